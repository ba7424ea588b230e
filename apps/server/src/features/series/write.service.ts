import type { Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { startOf } from './civil-time.ts'
import { refreshMarks } from './mark.repository.ts'
import {
  advanceLatest,
  type Bucket,
  type Pointer,
  queueBuckets,
  upsertFacts,
} from './observation.repository.ts'
import { ensurePartitions, forgetPartitions } from './partition.repository.ts'
import type { Cause, ObservationRow, Period, WriteResult } from './series.table.ts'

const maxValuesPerStatement = 50_000

/**
 * Writes a batch: inserts, corrects (the replaced row is kept with who, why and when), queues the buckets to be
 * rolled up and moves the newest-row pointers. Duplicates inside the batch are resolved to the highest message,
 * the last of equals. Everything happens in the caller's transaction.
 * @throws AppError `series.row-invalid`, `series.concurrent-change` (repeat the batch)
 */
export async function writeObservations(
  trx: Trx,
  period: Period,
  rows: readonly ObservationRow[],
  cause: Cause,
): Promise<WriteResult> {
  for (const row of rows) checkRow(row)
  const batch = sortedUnique(rows)
  const result = { inserted: 0, revised: 0, unchanged: rows.length - batch.length }
  for (const part of parts(batch)) {
    const written = await writePart(trx, period, part, cause)
    result.inserted += written.inserted
    result.revised += written.revised
    result.unchanged += written.unchanged
  }
  return result
}

async function writePart(
  trx: Trx,
  period: Period,
  rows: readonly ObservationRow[],
  cause: Cause,
): Promise<WriteResult> {
  await ensurePartitions(
    trx,
    period,
    rows.map((row) => row.startMs),
  )
  const written = await upsertFacts(trx, period, rows, cause).catch((error: unknown) => {
    // A partition seen on this connection was made by a transaction that failed later.
    if (isNoPartition(error)) forgetPartitions(trx)
    throw error
  })
  if (written.conflict) throw new AppError('series.concurrent-change', { detail: `${rows.length} 行` })
  if (written.inserted + written.revised === 0) return written
  await advanceLatest(trx, period, newest(rows))
  if (period !== 'rt') await refreshMarks(trx, period, spanOf(rows))
  if (period === 'min') await queueBuckets(trx, 'hour', bucketsOf(rows, 'hour'))
  if (period === 'hour') await queueBuckets(trx, 'day', bucketsOf(rows, 'day'))
  return written
}

function isNoPartition(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23514'
}

const ascii = /^[\x20-\x7e]*$/
/** Outside these years a time is a mistake, and would make partitions for ever. */
const earliestMs = Date.UTC(1970, 0, 1)
const latestMs = Date.UTC(2200, 0, 1)

function checkRow(row: ObservationRow): void {
  const count = row.values.length
  const same = (values: ArrayLike<number> | undefined) => values === undefined || values.length === count
  const shaped = row.flags.length === count && same(row.mins) && same(row.maxs) && same(row.cous)
  if (shaped && isPlausible(row.startMs) && ascii.test(row.flags)) return
  throw new AppError('series.row-invalid', {
    detail: `点位 ${row.pointId}，${count} 个数值，${row.flags.length} 个标记，起始时间 ${row.startMs}`,
    pointId: row.pointId,
    startMs: row.startMs,
  })
}

function isPlausible(ms: number): boolean {
  return Number.isSafeInteger(ms) && ms >= earliestMs && ms < latestMs
}

function compareRows(a: ObservationRow, b: ObservationRow): number {
  return a.startMs - b.startMs || a.pointId - b.pointId || a.layoutId - b.layoutId
}

/** Sorted by key (two writers never wait for each other in a ring), one row a key: the highest message, then the last. */
export function sortedUnique(rows: readonly ObservationRow[]): ObservationRow[] {
  const order = rows.map((row, at) => ({ row, at }))
  order.sort(
    (a, b) =>
      compareRows(a.row, b.row) || (a.row.msg < b.row.msg ? -1 : a.row.msg > b.row.msg ? 1 : a.at - b.at),
  )
  const unique: ObservationRow[] = []
  for (const { row } of order) {
    const last = unique.at(-1)
    if (last !== undefined && compareRows(last, row) === 0) unique[unique.length - 1] = row
    else unique.push(row)
  }
  return unique
}

function* parts(rows: readonly ObservationRow[]): Generator<ObservationRow[]> {
  let from = 0
  let values = 0
  for (let i = 0; i < rows.length; i++) {
    values += (rows[i] as ObservationRow).values.length
    if (values < maxValuesPerStatement && i < rows.length - 1) continue
    yield rows.slice(from, i + 1)
    from = i + 1
    values = 0
  }
}

/** Newest row of each point and layout in a batch sorted by time. */
function newest(rows: readonly ObservationRow[]): Pointer[] {
  const pointers = new Map<number, Map<number, ObservationRow>>()
  for (const row of rows) {
    const byLayout = pointers.get(row.pointId) ?? new Map<number, ObservationRow>()
    pointers.set(row.pointId, byLayout.set(row.layoutId, row))
  }
  return [...pointers.values()]
    .flatMap((byLayout) => [...byLayout.values()])
    .sort((a, b) => a.pointId - b.pointId || a.layoutId - b.layoutId)
}

function bucketsOf(rows: readonly ObservationRow[], unit: 'hour' | 'day'): Bucket[] {
  const seen = new Map<number, Set<number>>()
  const buckets: Bucket[] = []
  for (const row of rows) {
    const startMs = startOf(unit, row.startMs)
    const starts = seen.get(row.pointId) ?? new Set<number>()
    seen.set(row.pointId, starts)
    if (starts.has(startMs)) continue
    starts.add(startMs)
    buckets.push({ pointId: row.pointId, startMs })
  }
  return buckets
}

function spanOf(rows: readonly ObservationRow[]): { pointIds: number[]; fromMs: number; toMs: number } {
  const pointIds = new Set<number>()
  for (const row of rows) pointIds.add(row.pointId)
  return { pointIds: [...pointIds], fromMs: rows[0]?.startMs ?? 0, toMs: (rows.at(-1)?.startMs ?? 0) + 1 }
}

export interface Poisoned {
  readonly row: ObservationRow
  readonly error: Error
}

/**
 * Writes what can be written: a batch that fails on a data error (SQLSTATE class 22 or 23, or a malformed row) is
 * halved until the bad rows stand alone; they are returned, the good ones are written. Other errors are thrown.
 */
export async function writeBisecting(
  trx: Trx,
  period: Period,
  rows: readonly ObservationRow[],
  cause: Cause,
): Promise<WriteResult & { poisoned: readonly Poisoned[] }> {
  await trx.query('savepoint series_batch')
  try {
    const written = await writeObservations(trx, period, rows, cause)
    await trx.query('release savepoint series_batch')
    return { ...written, poisoned: [] }
  } catch (error) {
    if (!(error instanceof Error) || !isDataError(error)) throw error
    await trx.query('rollback to savepoint series_batch')
    await trx.query('release savepoint series_batch')
    const [only] = rows
    if (rows.length === 1 && only !== undefined) {
      return { inserted: 0, revised: 0, unchanged: 0, poisoned: [{ row: only, error }] }
    }
  }
  const half = rows.length >> 1
  const first = await writeBisecting(trx, period, rows.slice(0, half), cause)
  const second = await writeBisecting(trx, period, rows.slice(half), cause)
  return {
    inserted: first.inserted + second.inserted,
    revised: first.revised + second.revised,
    unchanged: first.unchanged + second.unchanged,
    poisoned: [...first.poisoned, ...second.poisoned],
  }
}

function isDataError(error: Error): boolean {
  if (error instanceof AppError) return error.code === 'series.row-invalid'
  return 'code' in error && typeof error.code === 'string' && /^2[23]/.test(error.code)
}
