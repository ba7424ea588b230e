/** The job that reads an uploaded file: one transaction a piece; stopped, it goes on where it stood. */
import type { Queryable, Trx } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { defineJob, type JobContext, type JobDefinition } from '../../platform/jobs/index.ts'
import { listPoints } from '../registry/index.ts'
import {
  addPiece,
  finishImport,
  type ImportRow,
  importById,
  insertErrors,
  markOpened,
} from './import.repository.ts'
import {
  applyAir,
  applyPeers,
  type Piece,
  readAir,
  readPeers,
  type TargetTable,
  targetsFrom,
} from './import-apply.ts'
import { type ImportKind, type ImportSource, openImportSource } from './import-source.ts'
import { appendDecision } from './journal.ts'
import type { Cause, ValueWriter, WriteResult } from './series-door.ts'

export const importJobName = 'intake.import'
const chunkRows = 20_000
/** Of more bad lines only the number is kept: such a file is the wrong file. */
const storedErrorLines = 50_000

export interface ImportJobInput {
  readonly importId: number
  readonly userId: number
  /** Regions that the uploader may write for, int4multirange literal. */
  readonly regions: string
}

export type ImportDeps = Pick<Deps, 'db' | 'clock'> & { readonly events: Pick<Deps['events'], 'publish'> }

/** @throws AppError intake.import-unknown */
export async function requireImport(q: Queryable, id: number): Promise<ImportRow> {
  const row = await importById(q, id)
  if (row === undefined) throw new AppError('intake.import-unknown', { detail: `导入 ${id}` })
  return row
}

/** The job that reads an uploaded file; register it where jobs run. */
export function importJob(deps: Deps, writer: ValueWriter): JobDefinition<ImportJobInput, object> {
  return defineJob<ImportJobInput, object>(
    importJobName,
    { concurrency: 1, title: '导入文件', permission: 'import:read' },
    async (context) => {
      const { importId } = context.input
      try {
        await runImport(deps, writer, context)
      } catch (error) {
        await settleFailure(deps, importId, context.signal, error)
        throw error
      }
      const row = await requireImport(deps.db.pool, importId)
      deps.events.publish('import', { id: importId })
      return { rows: row.row_count, inserted: row.inserted, revised: row.revised, errors: row.error_lines }
    },
  )
}

/** A shutdown leaves the import running: it goes on after the restart. */
export async function settleFailure(
  deps: ImportDeps,
  id: number,
  signal: AbortSignal,
  error: unknown,
): Promise<void> {
  const why = (signal.reason as { why?: string } | undefined)?.why
  if (signal.aborted && why === 'shutdown') return
  const cancelled = signal.aborted && why === 'cancelled'
  const message = cancelled
    ? '已取消；取消前写入的行保留'
    : error instanceof AppError
      ? error.message
      : '系统内部错误，详见日志'
  await finishImport(deps.db.pool, id, cancelled ? 'cancelled' : 'failed', message, deps.clock.now())
  deps.events.publish('import', { id })
}

export async function runImport(
  deps: ImportDeps,
  writer: ValueWriter,
  context: ImportContext,
): Promise<void> {
  const row = await requireImport(deps.db.pool, context.input.importId)
  const source = await openImportSource(deps.db.pool, BigInt(row.block))
  const points = row.points ?? (await findTargets(deps.db.pool, row.kind, context.input.regions))
  const targets = targetsFrom(points)
  const run: ImportRun = { deps, context, row, source, points }
  if (row.kind === 'air-hours') {
    const reading = readAir(source, targets, chunkRows)
    await open(run, reading)
    await walk(run, reading.pieces(), (trx, hours, cause) =>
      applyAir(trx, writer, source, reading, hours, cause),
    )
  } else {
    const reading = readPeers(source, targets, chunkRows)
    await open(run, reading)
    await walk(run, reading.pieces(), (trx, rows, cause) =>
      applyPeers(trx, source, targets, rows, cause.atMs),
    )
  }
  await finishImport(deps.db.pool, row.id, 'done', null, deps.clock.now())
}

type ImportContext = Pick<JobContext<ImportJobInput>, 'input' | 'signal' | 'progress'>

interface ImportRun {
  readonly deps: ImportDeps
  readonly context: ImportContext
  readonly row: ImportRow
  readonly source: ImportSource
  readonly points: TargetTable
}

/** First run only: what the file is and which code is which point, journalled before any value. */
async function open(run: ImportRun, reading: { layout: string; headerLine: string }): Promise<void> {
  const { deps, row, source, points, context } = run
  if (row.points !== null) return
  await deps.db.transaction(async (trx) => {
    await appendDecision(trx, {
      type: 'import-start',
      by: context.input.userId,
      atMs: deps.clock.now(),
      reason: `导入 ${row.file_name}`,
      body: { entry: String(source.entry), kind: row.kind, chunkRows, points },
    })
    await markOpened(trx, row.id, {
      layout: reading.layout,
      encoding: source.encoding,
      header: reading.headerLine,
      linesTotal: source.totalLines,
      points,
    })
  })
}

/** One transaction a piece: its decision in the journal, its values, its errors, its counts. */
async function walk<T>(
  run: ImportRun,
  pieces: Iterable<Piece<T>>,
  apply: (trx: Trx, content: T, cause: Cause) => Promise<WriteResult>,
): Promise<void> {
  const { deps, context, row, source } = run
  let done = 0
  for (const piece of pieces) {
    context.signal.throwIfAborted()
    const from = done
    done += piece.rows
    // a piece that an earlier run committed
    if (done <= row.row_count && piece.line <= row.lines) continue
    await retrying(() =>
      deps.db.transaction(async (trx) => {
        const atMs = deps.clock.now()
        const cause = { by: row.uploaded_by, reason: `导入 ${row.file_name}`, atMs }
        const written =
          piece.rows > 0 ? await apply(trx, piece.content, cause) : { inserted: 0, revised: 0, unchanged: 0 }
        await insertErrors(trx, row.id, piece.errors, storedErrorLines)
        const errorLines = new Set(piece.errors.map((e) => e.line)).size
        await addPiece(trx, row.id, {
          line: piece.line,
          rows: piece.rows,
          written,
          errorLines,
          unknown: piece.unknown,
        })
        if (piece.rows === 0) return
        // last, so that the gateway does not wait for a whole piece: appending locks the journal's head
        await appendDecision(trx, {
          type: 'import',
          by: context.input.userId,
          atMs,
          reason: cause.reason,
          body: { entry: String(source.entry), from, to: done, cause: row.uploaded_by },
        })
      }),
    )
    await context.progress(piece.line, source.totalLines, `${done} 行数据`)
    deps.events.publish('import', { id: row.id })
  }
}

/** A deadlock or a serialization fault of a piece is tried again. */
async function retrying(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work()
      return
    } catch (error) {
      if (attempt >= 5 || !isTransient(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, 50 * attempt))
    }
  }
}

/** Deadlock, serialization failure, or a concurrent change that the series room names. */
export function isTransient(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'series.concurrent-change'
  const code = (error as { code?: unknown } | null)?.code
  return code === '40P01' || code === '40001'
}

/** Registered stations or cities that the uploader may write for, by every code and name they go under. */
async function findTargets(q: Queryable, kind: ImportKind, regions: string): Promise<TargetTable> {
  const points = await listPoints(q, { kind: kind === 'air-hours' ? 'air-station' : 'peer-city' })
  const table: Record<string, readonly [number, number, number]> = {}
  for (const point of points) {
    // peer cities lie outside the uploader's regions by their nature
    if (kind === 'air-hours' && !inRegions(regions, point.regionCode)) continue
    const { nationalCode, mn } = point.properties as { nationalCode?: unknown; mn?: unknown }
    for (const name of [point.name, mn, nationalCode, point.code])
      if (typeof name === 'string' && name !== '') table[name] = [point.id, point.regionCode, point.ownerId]
  }
  return table
}

/** Whether a GB/T 2260 code lies in an int4multirange literal such as `{[629000,629100)}`. */
export function inRegions(literal: string, code: number): boolean {
  for (const match of literal.matchAll(/\[(\d+),(\d+)\)/g)) {
    if (code >= Number(match[1]) && code < Number(match[2])) return true
  }
  return false
}
