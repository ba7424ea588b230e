/**
 * What intake is handed by the composition root, because the series room comes after it: how values are written, read
 * and wiped. The shapes are those of the series room's door.
 */
import type { Queryable, Trx } from '../../platform/db/index.ts'
import type { Decision } from './journal.ts'

export interface ObservationRow {
  readonly pointId: number
  readonly regionCode: number
  readonly ownerId: number
  readonly startMs: number
  readonly layoutId: number
  readonly values: ArrayLike<number>
  readonly mins?: ArrayLike<number> | undefined
  readonly maxs?: ArrayLike<number> | undefined
  readonly cous?: ArrayLike<number> | undefined
  readonly flags: string
  readonly msg: bigint
}

export interface Cause {
  readonly by: string
  readonly reason: string
  readonly atMs: number
}

export interface WriteResult {
  readonly inserted: number
  readonly revised: number
  readonly unchanged: number
}

export type MeasuredPeriod = 'rt' | 'min' | 'hour' | 'day'

export interface ValueWriter {
  internLayout(q: Queryable, factors: readonly string[]): Promise<number>
  writeObservations(
    trx: Trx,
    period: MeasuredPeriod,
    rows: readonly ObservationRow[],
    cause: Cause,
  ): Promise<WriteResult>
}

/** Hourly values in columns, as the series room reads them. */
export interface HourTable {
  readonly startMs: Float64Array
  readonly pointId: Int32Array
  readonly columns: Map<string, Float64Array>
  readonly flags: Map<string, string>
}

export interface ValueReader {
  readSeries(
    q: Queryable,
    query: {
      period: 'hour'
      pointIds: readonly number[]
      fromMs: number
      toMs: number
      factors: readonly string[]
      procedure?: 'measured'
    },
  ): Promise<HourTable>
}

export interface Replayer extends ValueWriter {
  applyDecision(trx: Trx, decision: Decision, msg: bigint): Promise<void>
  /** Empties observations, revisions, latest values, roll-ups and everything else that the journal rebuilds. */
  wipeDerived(trx: Trx): Promise<void>
}

const keyOf = (row: ObservationRow): string => `${row.pointId}|${row.startMs}|${row.layoutId}`

/**
 * Cuts a batch so that no part holds two rows of one key: the second one is a revision of the first and must be written
 * after it. Identical repetitions are dropped and counted.
 */
export function rounds(rows: readonly ObservationRow[]): {
  parts: (readonly ObservationRow[])[]
  repeated: number
} {
  if (!mayRepeat(rows)) return { parts: [rows], repeated: 0 }
  const parts: ObservationRow[][] = []
  let repeated = 0
  const placed = new Map<string, { row: ObservationRow; part: number }>()
  for (const row of rows) {
    const key = keyOf(row)
    const before = placed.get(key)
    if (before && sameValues(before.row, row)) {
      repeated += 1
      continue
    }
    const part = before ? before.part + 1 : 0
    const list = parts[part]
    if (list) list.push(row)
    else parts[part] = [row]
    placed.set(key, { row, part })
  }
  return { parts, repeated }
}

/** Whether two rows share point and second: a cheap look before keys are made of text. */
function mayRepeat(rows: readonly ObservationRow[]): boolean {
  const seen = new Set<number>()
  for (const { startMs, pointId } of rows) {
    // 2^53 holds seconds of two centuries times four million points; a collision only costs the closer look
    const key = Math.floor(startMs / 1000) * 4_000_000 + (pointId % 4_000_000)
    if (seen.has(key)) return true
    seen.add(key)
  }
  return false
}

function sameValues(a: ObservationRow, b: ObservationRow): boolean {
  const same = (x: ArrayLike<number> | undefined, y: ArrayLike<number> | undefined) =>
    x === y ||
    (x !== undefined &&
      y !== undefined &&
      x.length === y.length &&
      Array.prototype.every.call(x, (v: number, i: number) => Object.is(v, y[i])))
  return (
    a.flags === b.flags &&
    same(a.values, b.values) &&
    same(a.mins, b.mins) &&
    same(a.maxs, b.maxs) &&
    same(a.cous, b.cous)
  )
}

/** Writes rows whatever repetitions they hold; the sums count every row once. */
export async function writeInRounds(
  writer: ValueWriter,
  trx: Trx,
  period: MeasuredPeriod,
  rows: readonly ObservationRow[],
  cause: Cause,
): Promise<WriteResult> {
  const { parts, repeated } = rounds(rows)
  const total = { inserted: 0, revised: 0, unchanged: repeated }
  for (const part of parts) {
    const result = await writer.writeObservations(trx, period, part, cause)
    total.inserted += result.inserted
    total.revised += result.revised
    total.unchanged += result.unchanged
  }
  return total
}
