/** Evaluated hours in columns, for the rooms that look at them in bulk. */
import type { Queryable } from '../../platform/db/index.ts'
import { hourMs } from '../series/index.ts'
import { exceedancesMeeting } from './exceedance.repository.ts'
import { eachHourRow } from './hour.repository.ts'
import { outletLayouts } from './limit.repository.ts'
import { maintenanceRows } from './maintenance.repository.ts'
import { factorValues, type HourRow, headValues, valueAt } from './source.table.ts'

/** One factor of one outlet; position i of every array is the hour startMs[i]. NaN = no value. */
export interface OutletHours {
  readonly outletId: number
  readonly factor: string
  /** Ascending, without gaps, from the first stored hour of the range to the last. */
  readonly startMs: Float64Array
  readonly measured: Float64Array
  /** Calculated by the platform; the measured value where nothing is converted. */
  readonly converted: Float64Array
  /** Converted as sent (Zs). */
  readonly reported: Float64Array
  /** % */
  readonly o2: Float64Array
  /** m³/h */
  readonly flow: Float64Array
  /** % */
  readonly load: Float64Array
  readonly massKg: Float64Array
  readonly limit: Float64Array
  /** 0 missing 1 valid 2 invalid 3 stopped 4 exempt */
  readonly state: Uint8Array
  /** One character an hour: the manual mark, else what the device flagged; ' ' none. */
  readonly marks: string
  readonly msg: BigInt64Array
}

interface Open {
  readonly factor: string
  readonly measured: Float64Array
  readonly converted: Float64Array
  readonly reported: Float64Array
  readonly massKg: Float64Array
  readonly limit: Float64Array
  readonly state: Uint8Array
  readonly marks: Uint8Array
}

const space = ' '.charCodeAt(0)

/**
 * Hours of outlets in [fromMs, toMs), one entry an outlet and factor, in order of outlet and factor. Row-level security
 * holds when `q` is an actor's transaction.
 */
export async function readOutletHours(
  q: Queryable,
  outletIds: readonly number[],
  fromMs: number,
  toMs: number,
): Promise<OutletHours[]> {
  const layouts = await outletLayouts(q)
  const all: OutletHours[] = []
  let rows: HourRow[] = []
  const close = () => {
    all.push(...columnsOf(rows, layouts))
    rows = []
  }
  await eachHourRow(q, outletIds, fromMs, toMs, (row) => {
    if (rows[0] !== undefined && rows[0].outletId !== row.outletId) close()
    rows.push(row)
  })
  close()
  return all
}

function columnsOf(rows: readonly HourRow[], layouts: ReadonlyMap<number, readonly string[]>): OutletHours[] {
  const [first, last] = [rows[0], rows.at(-1)]
  if (first === undefined || last === undefined) return []
  const hours = (last.startMs - first.startMs) / hourMs + 1
  const nan = () => new Float64Array(hours).fill(Number.NaN)
  const shared = { o2: nan(), flow: nan(), load: nan(), msg: new BigInt64Array(hours) }
  const open = new Map<string, Open>()
  const openOf = (factor: string): Open => {
    const known = open.get(factor)
    if (known !== undefined) return known
    const made = {
      factor,
      measured: nan(),
      converted: nan(),
      reported: nan(),
      massKg: nan(),
      limit: nan(),
      state: new Uint8Array(hours),
      marks: new Uint8Array(hours).fill(space),
    }
    open.set(factor, made)
    return made
  }
  for (const row of rows) {
    const i = (row.startMs - first.startMs) / hourMs
    shared.o2[i] = row.vals[0] as number
    shared.flow[i] = row.vals[1] as number
    shared.load[i] = row.vals[2] as number
    shared.msg[i] = BigInt(row.msg)
    const factors = layouts.get(row.layoutId) ?? []
    for (let f = 0; f < factors.length; f++) put(openOf(factors[f] as string), row, f, i)
  }
  const startMs = Float64Array.from({ length: hours }, (_, i) => first.startMs + i * hourMs)
  return [...open.values()]
    .sort((a, b) => (a.factor < b.factor ? -1 : 1))
    .map(({ marks, ...own }) => ({
      outletId: first.outletId,
      startMs,
      ...shared,
      ...own,
      marks: Buffer.from(marks).toString('latin1'),
    }))
}

function put(into: Open, row: HourRow, f: number, i: number): void {
  const at = headValues + f * factorValues
  const converted = row.vals[at + valueAt.converted] as number
  const measured = row.vals[at + valueAt.measured] as number
  into.measured[i] = measured
  into.converted[i] = Number.isNaN(converted) && row.reasons[f] !== 'c' ? measured : converted
  into.reported[i] = row.vals[at + valueAt.reported] as number
  into.massKg[i] = row.vals[at + valueAt.massKg] as number
  into.limit[i] = row.vals[at + valueAt.limit] as number
  into.state[i] = row.states.charCodeAt(f) - 48
  const manual = row.manual.charCodeAt(f)
  into.marks[i] = manual === space ? row.auto.charCodeAt(f) : manual
}

/** Exceedances that stand (candidate or confirmed) and meet [fromMs, toMs). */
export async function readExceedances(
  q: Queryable,
  outletIds: readonly number[],
  fromMs: number,
  toMs: number,
): Promise<{ outletId: number; factor: string; fromMs: number; toMs: number }[]> {
  const rows = await exceedancesMeeting(q, outletIds, fromMs, toMs)
  return rows
    .filter((row) => row.state === 'candidate' || row.state === 'confirmed')
    .map((row) => ({ outletId: row.outlet_id, factor: row.factor, fromMs: row.from_ms, toMs: row.to_ms }))
}

/** Entries of the maintenance ledger at an outlet that meet the range. */
export async function readTickets(
  q: Queryable,
  outletId: number,
  fromMs: number,
  toMs: number,
): Promise<{ fromMs: number; toMs: number; kind: string; factor: string | null; content: string }[]> {
  const rows = await maintenanceRows(q, { outletIds: [outletId], fromMs, toMs })
  return rows
    .filter((row) => row.withdrawn_ms === null)
    .map((row) => ({
      fromMs: row.from_ms,
      toMs: row.to_ms,
      kind: row.kind,
      factor: row.factor,
      content: row.content,
    }))
}

/** Pairs of the comparisons in the maintenance ledger at an outlet that meet [fromMs, toMs), by time. */
export async function readComparisons(
  q: Queryable,
  outletId: number,
  fromMs: number,
  toMs: number,
): Promise<{ atMs: number; factor: string; online: number; reference: number }[]> {
  const rows = await maintenanceRows(q, { outletIds: [outletId], kind: 'comparison', fromMs, toMs })
  return rows
    .flatMap(({ factor, withdrawn_ms, from_ms, to_ms, pairs }) => {
      if (factor === null || withdrawn_ms !== null) return []
      // The ledger has the time of the whole comparison: its pairs are spread over it evenly.
      const step = (to_ms - from_ms) / pairs.length
      return pairs.map((pair, i) => ({ atMs: from_ms + i * step, factor, ...pair }))
    })
    .filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
    .sort((a, b) => a.atMs - b.atMs)
}
