/** SQL of the importer's own tables. */
import type { Import } from '@shanshui/contract'
import { shanghaiIso } from '../../platform/clock.ts'
import type { Queryable } from '../../platform/db/index.ts'
import type { TargetTable } from './import-apply.ts'
import type { ImportKind } from './import-source.ts'
import type { WriteResult } from './series-door.ts'
import type { LineError } from './station-file.ts'

export interface ImportRow {
  id: number
  job_id: number | null
  kind: ImportKind
  file_name: string
  hour_label: 'end' | 'start'
  bytes: string
  sha256: string
  state: Import['state']
  layout: string | null
  encoding: string | null
  header: string | null
  lines: number
  lines_total: number | null
  row_count: number
  inserted: number
  revised: number
  unchanged: number
  error_lines: number
  unknown_codes: string[]
  points: TargetTable | null
  message: string | null
  block: string
  uploaded_by: string
  uploaded_at: Date
  finished_at: Date | null
}

export const presentImport = (row: ImportRow): Import => ({
  id: row.id,
  jobId: row.job_id,
  kind: row.kind,
  fileName: row.file_name,
  bytes: Number(row.bytes),
  sha256: row.sha256,
  state: row.state,
  layout: row.layout,
  encoding: row.encoding,
  lines: row.lines,
  linesTotal: row.lines_total,
  rows: row.row_count,
  inserted: row.inserted,
  revised: row.revised,
  unchanged: row.unchanged,
  errors: row.error_lines,
  unknownCodes: row.unknown_codes,
  message: row.message,
  uploadedBy: row.uploaded_by,
  uploadedAt: shanghaiIso(row.uploaded_at.getTime()),
  finishedAt: row.finished_at === null ? null : shanghaiIso(row.finished_at.getTime()),
  block: row.block,
})

export interface NewImport {
  readonly kind: ImportKind
  readonly fileName: string
  readonly hourLabel: 'end' | 'start'
  readonly bytes: number
  readonly sha256: string
  readonly block: bigint
  readonly by: string
  readonly atMs: number
}

export async function insertImport(q: Queryable, made: NewImport): Promise<number> {
  const { rows } = await q.query<{ id: number }>(
    `insert into import_file (kind, file_name, hour_label, bytes, sha256, block, uploaded_by, uploaded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    [
      made.kind,
      made.fileName,
      made.hourLabel,
      made.bytes,
      made.sha256,
      String(made.block),
      made.by,
      new Date(made.atMs),
    ],
  )
  return rows[0]?.id ?? 0
}

export async function setImportJob(q: Queryable, id: number, jobId: number): Promise<void> {
  await q.query('update import_file set job_id = $2 where id = $1', [id, jobId])
}

export async function importById(q: Queryable, id: number): Promise<ImportRow | undefined> {
  const { rows } = await q.query<ImportRow>('select * from import_file where id = $1', [id])
  return rows[0]
}

/** The import whose file is an entry of the journal. */
export async function importByEntry(q: Queryable, entry: bigint): Promise<ImportRow | undefined> {
  const { rows } = await q.query<ImportRow>('select * from import_file where block = $1', [String(entry)])
  return rows[0]
}

export async function listImportRows(
  q: Queryable,
  before: number | undefined,
  limit: number,
): Promise<ImportRow[]> {
  const { rows } = await q.query<ImportRow>(
    'select * from import_file where ($1::int is null or id < $1) order by id desc limit $2',
    [before ?? null, limit],
  )
  return rows
}

export interface Opened {
  readonly layout: string
  readonly encoding: string
  readonly header: string
  readonly linesTotal: number
  readonly points: TargetTable
}

export async function markOpened(q: Queryable, id: number, opened: Opened): Promise<void> {
  await q.query(
    `update import_file set state = 'running', layout = $2, encoding = $3, header = $4, lines_total = $5, points = $6
      where id = $1`,
    [id, opened.layout, opened.encoding, opened.header, opened.linesTotal, JSON.stringify(opened.points)],
  )
}

export interface PieceDone {
  readonly line: number
  readonly rows: number
  readonly written: WriteResult
  readonly errorLines: number
  readonly unknown: readonly string[]
}

export async function addPiece(q: Queryable, id: number, piece: PieceDone): Promise<void> {
  await q.query(
    `update import_file set lines = $2, row_count = row_count + $3, inserted = inserted + $4, revised = revised + $5,
            unchanged = unchanged + $6, error_lines = error_lines + $7, unknown_codes = $8 where id = $1`,
    [
      id,
      piece.line,
      piece.rows,
      piece.written.inserted,
      piece.written.revised,
      piece.written.unchanged,
      piece.errorLines,
      [...piece.unknown].slice(0, 1000),
    ],
  )
}

/** Keeps bad lines, as long as the import has fewer than `most` so far. */
export async function insertErrors(
  q: Queryable,
  id: number,
  errors: readonly LineError[],
  most: number,
): Promise<void> {
  if (errors.length === 0) return
  const clean = (text: string) => text.replaceAll('\0', '')
  await q.query(
    `insert into import_error (import_id, line, col, value, reason, line_text)
     select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[])
      where (select error_lines from import_file where id = $1) < $7 on conflict do nothing`,
    [
      id,
      errors.map((e) => e.line),
      errors.map((e) => clean(e.column)),
      errors.map((e) => clean(e.value).slice(0, 200)),
      errors.map((e) => e.reason),
      errors.map((e) => clean(e.text)),
      most,
    ],
  )
}

export interface ErrorRow {
  line: number
  col: string
  value: string
  reason: string
  line_text: string
}

export async function errorRows(q: Queryable, id: number, after: number, limit: number): Promise<ErrorRow[]> {
  const { rows } = await q.query<ErrorRow>(
    `select line, col, value, reason, line_text from import_error where import_id = $1 and line > $2
      order by line, col limit $3`,
    [id, after, limit],
  )
  return rows
}

export async function finishImport(
  q: Queryable,
  id: number,
  state: 'done' | 'failed' | 'cancelled',
  message: string | null,
  atMs: number,
): Promise<void> {
  await q.query(
    `update import_file set state = $2, message = $3, finished_at = $4
      where id = $1 and state in ('queued', 'running')`,
    [id, state, message, new Date(atMs)],
  )
}
