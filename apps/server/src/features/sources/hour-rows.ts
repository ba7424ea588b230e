/** Between columns of an evaluation and stored rows. Pure. */
import { hourMs } from '../series/index.ts'
import {
  factorValues,
  type HourRow,
  headValues,
  hourState,
  type OutletBlock,
  valueAt,
} from './source.table.ts'

const decode = (codes: Uint8Array) => Buffer.from(codes).toString('latin1')
const zero = '0'.charCodeAt(0)

/** Rows of the hours that have data or a mark; null where there is nothing to keep. */
export function rowsOfBlock(block: OutletBlock): (HourRow | null)[] {
  const { context, hours, factors } = block
  const n = factors.length
  const width = headValues + factorValues * n
  const all = new Float64Array(width * hours)
  const chars = new Uint8Array(n)
  const rows: (HourRow | null)[] = []
  const text = (pick: (factor: OutletBlock['factors'][number]) => Uint8Array, i: number, add = 0) => {
    for (let f = 0; f < n; f++)
      chars[f] = (pick(factors[f] as OutletBlock['factors'][number])[i] as number) + add
    return decode(chars)
  }
  for (let i = 0; i < hours; i++) {
    if (isEmpty(block, i)) {
      rows.push(null)
      continue
    }
    const vals = all.subarray(i * width, (i + 1) * width)
    const limits = new Int32Array(n)
    vals[0] = block.o2[i] as number
    vals[1] = block.flow[i] as number
    vals[2] = block.load[i] as number
    for (let f = 0; f < n; f++) {
      const factor = factors[f] as OutletBlock['factors'][number]
      const at = headValues + f * factorValues
      vals[at + valueAt.measured] = factor.measured[i] as number
      vals[at + valueAt.reported] = factor.reported[i] as number
      vals[at + valueAt.converted] = factor.converted[i] as number
      vals[at + valueAt.massKg] = factor.massKg[i] as number
      vals[at + valueAt.limit] = factor.limit[i] as number
      limits[f] = factor.limitId[i] as number
    }
    rows.push({
      outletId: context.outlet.id,
      startMs: block.fromMs + i * hourMs,
      layoutId: context.layoutId,
      regionCode: context.outlet.regionCode,
      ownerId: context.outlet.ownerId,
      msg: block.msg[i] as number,
      vals,
      limits,
      states: text((factor) => factor.state, i, zero),
      reasons: text((factor) => factor.reason, i),
      auto: text((factor) => factor.auto, i),
      manual: text((factor) => factor.manual, i),
      methods: text((factor) => factor.method, i),
    })
  }
  return rows
}

const space = ' '.charCodeAt(0)
function isEmpty(block: OutletBlock, i: number): boolean {
  if ((block.msg[i] as number) > 0) return false
  return block.factors.every((factor) => factor.state[i] === hourState.missing && factor.manual[i] === space)
}

/** Whether two rows of one hour say the same. */
export function sameRow(a: HourRow, b: HourRow): boolean {
  return (
    a.layoutId === b.layoutId &&
    a.states === b.states &&
    a.reasons === b.reasons &&
    a.auto === b.auto &&
    a.manual === b.manual &&
    a.methods === b.methods &&
    a.msg === b.msg &&
    a.regionCode === b.regionCode &&
    a.ownerId === b.ownerId &&
    sameNumbers(a.vals, b.vals) &&
    sameNumbers(a.limits, b.limits)
  )
}

function sameNumbers(a: Float64Array | Int32Array, b: Float64Array | Int32Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number]
    if (x !== y && !(Number.isNaN(x) && Number.isNaN(y))) return false
  }
  return true
}
