import type { Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { startOf } from './civil-time.ts'
import { refreshMarks } from './mark.repository.ts'
import { byShape, type Dirty, queueDirty, type Span, upsertFacts } from './observation.repository.ts'
import { ensurePartitions, forgetPartitions } from './partition.repository.ts'
import type { Cause, ObservationRow, Period, WriteResult } from './series.table.ts'

const maxValuesPerStatement = 50_000
/** Two 32-bit ids in one exact double as a key would need 64 bits; layouts stay far below this. */
const maxLayouts = 2 ** 21

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
  for (const part of byShape(batch).flatMap((group) => [...parts(group)])) {
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
  const span = spanOf(rows)
  const covering = await queueDirty(trx, period, dirtyOf(period, rows), span)
  if (covering.length > 0 && period !== 'rt') await refreshMarks(trx, period, span, covering)
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
export function sortedUnique(rows: readonly ObservationRow[]): readonly ObservationRow[] {
  if (isAscending(rows)) return rows
  const order = rows.map((row, at) => ({ row, at }))
  order.sort((a, b) => compareRows(a.row, b.row) || compareMsg(a.row.msg, b.row.msg) || a.at - b.at)
  const unique: ObservationRow[] = []
  for (const { row } of order) {
    const last = unique.at(-1)
    if (last !== undefined && compareRows(last, row) === 0) unique[unique.length - 1] = row
    else unique.push(row)
  }
  return unique
}

function compareMsg(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Batches mostly come in order of time and point: nothing to do then. */
function isAscending(rows: readonly ObservationRow[]): boolean {
  for (let i = 1; i < rows.length; i++) {
    if (compareRows(rows[i - 1] as ObservationRow, rows[i] as ObservationRow) >= 0) return false
  }
  return true
}

function* parts(rows: readonly ObservationRow[]): Generator<readonly ObservationRow[]> {
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

/** What rests on rows of a period. */
const dependentUnit: Partial<Record<Period, 'hour' | 'day'>> = { min: 'hour', hour: 'day' }

/** By bucket: the points written, and the newest row of each point and layout. Rows are sorted by time. */
function dirtyOf(period: Period, rows: readonly ObservationRow[]): Dirty[] {
  const unit = dependentUnit[period]
  const dirty: Dirty[] = []
  let from = 0
  let bucketMs = unit === undefined ? null : startOf(unit, rows[0]?.startMs ?? 0)
  for (let i = 1; i <= rows.length; i++) {
    const row = rows[i]
    const next = row === undefined || unit === undefined ? bucketMs : startOf(unit, row.startMs)
    if (row !== undefined && next === bucketMs) continue
    dirty.push(dirtyBucket(bucketMs, rows.slice(from, i)))
    from = i
    bucketMs = next
  }
  return dirty
}

function dirtyBucket(bucketMs: number | null, rows: readonly ObservationRow[]): Dirty {
  const newest = new Map<number, ObservationRow>()
  for (const row of rows) newest.set(row.pointId * maxLayouts + row.layoutId, row)
  const pointers = [...newest.values()]
  return {
    bucketMs,
    pointIds: pointers.map((row) => row.pointId),
    layoutIds: pointers.map((row) => row.layoutId),
    lastMs: pointers.map((row) => row.startMs),
  }
}

function spanOf(rows: readonly ObservationRow[]): Span {
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
