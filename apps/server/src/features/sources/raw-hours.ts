/** What outlets sent, hour by hour, for the evaluation: minutes first where they exist, else the hour message. */
import type { Queryable } from '../../platform/db/index.ts'
import { hourMs, markInvalid, readSeries, type SeriesTable, startOf } from '../series/index.ts'
import { emptyFactor, type RawBlock, type RawFactor } from './hour-evaluation.ts'
import { type MinuteHour, minuteHour, minuteHours, neededMinutes } from './minute-hours.ts'
import {
  airFlowFactor,
  bearableMinutes,
  loadFactor,
  type OutletContext,
  o2Factor,
  waterFlowFactor,
} from './source.table.ts'

const space = ' '.charCodeAt(0)
const flagI = 'I'.charCodeAt(0)
const flagN = 'N'.charCodeAt(0)
const fromMinutes = 'm'.charCodeAt(0)
const fromMessage = 'h'.charCodeAt(0)

/**
 * Dense hours of the outlets in [fromMs, toMs), both on the hour. An hour that has not ended at `nowMs` is left empty:
 * the minutes of it that have come would make it a short one.
 */
export async function readRawHours(
  q: Queryable,
  contexts: readonly OutletContext[],
  fromMs: number,
  toMs: number,
  nowMs: number,
): Promise<Map<number, RawBlock>> {
  const pointIds = contexts.map(({ outlet }) => outlet.id).sort((a, b) => a - b)
  const factors = factorsOf(contexts)
  // the hour now running begins here
  const endedMs = Math.max(fromMs, Math.min(toMs, startOf('hour', nowMs)))
  const query = {
    period: 'hour' as const,
    pointIds,
    fromMs,
    toMs: endedMs,
    factors,
    includeInvalid: true,
  }
  const measured = await readSeries(q, { ...query, procedure: 'measured' })
  const rolled = await readSeries(q, { ...query, procedure: 'rolled' })
  const measuredRows = rowsByPoint(measured)
  const rolledRows = rowsByPoint(rolled)
  const blocks = new Map<number, RawBlock>()
  for (const context of contexts) {
    const { id } = context.outlet
    const block = emptyBlock(context, fromMs, (toMs - fromMs) / hourMs)
    fill(block, measured, measuredRows.get(id), fromMessage)
    fill(block, rolled, rolledRows.get(id), fromMinutes)
    if (rolledRows.has(id)) await refine(q, context, block, measured, measuredRows.get(id))
    blocks.set(id, block)
  }
  return blocks
}

function factorsOf(contexts: readonly OutletContext[]): string[] {
  const pollutants = new Set(contexts.flatMap((context) => context.pollutants))
  return [
    ...[...pollutants].flatMap((factor) => [factor, `${factor}Zs`]),
    o2Factor,
    airFlowFactor,
    waterFlowFactor,
    loadFactor,
  ]
}

/** Tables are sorted by point: each point's rows are one stretch. */
function rowsByPoint(table: SeriesTable): Map<number, { from: number; to: number }> {
  const stretches = new Map<number, { from: number; to: number }>()
  let from = 0
  for (let i = 1; i <= table.pointId.length; i++) {
    if (i < table.pointId.length && table.pointId[i] === table.pointId[from]) continue
    stretches.set(table.pointId[from] as number, { from, to: i })
    from = i
  }
  return stretches
}

interface OpenBlock extends RawBlock {
  readonly factors: Map<string, RawFactor>
}

function emptyBlock(context: OutletContext, fromMs: number, hours: number): OpenBlock {
  const nan = () => new Float64Array(hours).fill(Number.NaN)
  const factors = new Map<string, RawFactor>()
  for (const factor of context.pollutants) factors.set(factor, emptyFactor(hours))
  return { fromMs, hours, o2: nan(), flow: nan(), load: nan(), msg: new Float64Array(hours), factors }
}

function fill(
  block: OpenBlock,
  table: SeriesTable,
  stretch: { from: number; to: number } | undefined,
  method: number,
): void {
  if (stretch === undefined) return
  const { from, to } = stretch
  const slots = new Int32Array(to - from)
  for (let i = from; i < to; i++) {
    const slot = ((table.startMs[i] as number) - block.fromMs) / hourMs
    slots[i - from] = slot
    const msg = Number(table.msg[i])
    if (msg > (block.msg[slot] as number)) block.msg[slot] = msg
  }
  const copy = (factor: string, into: Float64Array) => {
    const column = table.columns.get(factor)
    if (column === undefined) return
    for (let i = from; i < to; i++) {
      const value = column[i] as number
      if (!Number.isNaN(value)) into[slots[i - from] as number] = value
    }
  }
  copy(o2Factor, block.o2)
  copy(airFlowFactor, block.flow)
  copy(waterFlowFactor, block.flow)
  copy(loadFactor, block.load)
  for (const [factor, data] of block.factors) {
    copy(`${factor}Zs`, data.reported)
    fillFactor(data, table, factor, from, slots, method)
  }
}

function fillFactor(
  data: RawFactor,
  table: SeriesTable,
  factor: string,
  from: number,
  slots: Int32Array,
  method: number,
): void {
  const values = table.columns.get(factor)
  const flags = table.flags.get(factor)
  const marks = table.marks.get(factor)
  if (values === undefined || flags === undefined || marks === undefined) return
  for (let i = 0; i < slots.length; i++) {
    const flag = flags.charCodeAt(from + i)
    if (flag === space) continue
    const slot = slots[i] as number
    data.value[slot] = values[from + i] as number
    data.flag[slot] = flag
    data.method[slot] = method
    data.reviewed[slot] = marks.charCodeAt(from + i) === markInvalid ? 1 : 0
    data.short[slot] = flag === flagI ? 1 : 0
  }
}

/**
 * Hours whose minutes decide more than their mean says: too few valid ones (did they not come, or not count?), or a
 * manual mark over a part of them.
 */
async function refine(
  q: Queryable,
  context: OutletContext,
  block: OpenBlock,
  measured: SeriesTable,
  stretch: { from: number; to: number } | undefined,
): Promise<void> {
  const hours = doubtfulHours(context, block)
  const factors = [...block.factors.keys()]
  for (const run of runsOfHours(hours)) {
    const fromMs = block.fromMs + run.from * hourMs
    const toMs = block.fromMs + run.to * hourMs
    const table = await readSeries(q, {
      period: 'min',
      pointIds: [context.outlet.id],
      fromMs,
      toMs,
      factors,
      procedure: 'measured',
      includeInvalid: true,
    })
    const minutes = minuteHours(table, fromMs, run.to - run.from)
    for (const factor of factors)
      for (let i = run.from; i < run.to; i++)
        applyMinutes(block, factor, i, minuteHour(minutes, factor, i - run.from, context.marks), {
          table: measured,
          stretch,
        })
  }
}

function doubtfulHours(context: OutletContext, block: OpenBlock): number[] {
  const endMs = block.fromMs + block.hours * hourMs
  const doubtful = new Set<number>()
  for (const mark of context.marks) {
    if (mark.toMs <= block.fromMs || mark.fromMs >= endMs) continue
    // only the first and the last hour can be covered in part
    for (const ms of [mark.fromMs, mark.toMs - 1]) {
      const i = Math.floor((ms - block.fromMs) / hourMs)
      if (i >= 0 && i < block.hours) doubtful.add(i)
    }
  }
  const rolled = (i: number) => [...block.factors.values()].some((data) => data.method[i] === fromMinutes)
  for (const data of block.factors.values())
    for (let i = 0; i < block.hours; i++) if (data.short[i] === 1) doubtful.add(i)
  return [...doubtful].filter(rolled).sort((a, b) => a - b)
}

function runsOfHours(hours: readonly number[]): { from: number; to: number }[] {
  const runs: { from: number; to: number }[] = []
  for (const hour of hours) {
    const last = runs.at(-1)
    if (last !== undefined && last.to === hour) last.to = hour + 1
    else runs.push({ from: hour, to: hour + 1 })
  }
  return runs
}

/** Minutes that came and do not count make the hour short; minutes that did not come leave the hour message to speak. */
function applyMinutes(
  block: OpenBlock,
  factor: string,
  i: number,
  minutes: MinuteHour | undefined,
  message: { table: SeriesTable; stretch: { from: number; to: number } | undefined },
): void {
  const data = block.factors.get(factor)
  if (data === undefined || minutes === undefined) return
  if (minutes.validMinutes >= neededMinutes) {
    data.value[i] = minutes.mean
    data.flag[i] = flagN
    data.short[i] = 0
    return
  }
  data.short[i] = 1
  if (minutes.lostMinutes > bearableMinutes || message.stretch === undefined) return
  const { table, stretch } = message
  for (let row = stretch.from; row < stretch.to; row++) {
    if (table.startMs[row] !== block.fromMs + i * hourMs) continue
    const flag = table.flags.get(factor)?.charCodeAt(row) ?? space
    const value = table.columns.get(factor)?.[row] ?? Number.NaN
    if (flag !== flagN || Number.isNaN(value)) return
    data.value[i] = value
    data.flag[i] = flag
    data.method[i] = fromMessage
    data.short[i] = 0
  }
}
