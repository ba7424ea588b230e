/** Imports of files: into the journal first, then read by a job, line by line, good lines kept. */
import type { Import } from '@shanshui/contract'
import { type Actor, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Queryable, Trx } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { enqueue, requestCancel } from '../../platform/jobs/index.ts'
import {
  errorRows,
  finishImport,
  type ImportRow,
  insertImport,
  presentImport,
  setImportJob,
} from './import.repository.ts'
import {
  type ImportDeps,
  type ImportJobInput,
  importJobName,
  requireImport,
  runImport,
  settleFailure,
} from './import-job.ts'
import type { FileCard, ImportKind } from './import-source.ts'
import { appendEntry, partsOf } from './journal.ts'
import { shaOf } from './journal-block.ts'
import type { ValueWriter } from './series-door.ts'
import { csvCell, sliceFile } from './table-text.ts'

export interface Upload {
  readonly kind: ImportKind
  readonly fileName: string
  readonly hourLabel: 'end' | 'start'
  readonly bytes: Uint8Array
}

/** Who uploads: a person, or the operator at the command line. */
interface Uploader {
  readonly userId: number
  readonly name: string
  readonly regions: string
  readonly audit: Actor | 'system'
}

/**
 * Puts the file into the journal and queues its reading; nothing is parsed before the bytes are safe.
 * @throws AppError intake.file-empty, auth.forbidden
 */
export async function startImport(deps: Deps, actor: Actor, upload: Upload): Promise<Import> {
  requirePermission(actor, 'import:write')
  const { userId, name, regions } = actor
  const row = await deps.db.asActor(actor, async (trx) => {
    const id = await keepUpload(trx, { userId, name, regions, audit: actor }, upload, deps.clock.now())
    const input: ImportJobInput = { importId: id, userId, regions }
    await setImportJob(trx, id, await enqueue(trx, importJobName, input, actor))
    return await requireImport(trx, id)
  })
  return presentImport(row)
}

const everyRegion = '{[100000,1000000)}'

/** The same for the operator at the command line: read at once, in this process, for all regions. */
export async function importFile(
  deps: ImportDeps,
  writer: ValueWriter,
  upload: Upload,
  onProgress: (line: number, total: number) => void,
): Promise<{ result: Import; errors: () => AsyncGenerator<string> }> {
  const uploader: Uploader = { userId: 0, name: '命令行', regions: everyRegion, audit: 'system' }
  const id = await deps.db.transaction((trx) => keepUpload(trx, uploader, upload, deps.clock.now()))
  const { signal } = new AbortController()
  const progress = async (line: number, total?: number | null) => onProgress(line, total ?? line)
  const input: ImportJobInput = { importId: id, userId: 0, regions: everyRegion }
  try {
    await runImport(deps, writer, { input, signal, progress })
  } catch (error) {
    await settleFailure(deps, id, signal, error)
    throw error
  }
  const row = await requireImport(deps.db.pool, id)
  return { result: presentImport(row), errors: () => errorFile(deps.db.pool, row) }
}

async function keepUpload(trx: Trx, by: Uploader, upload: Upload, nowMs: number): Promise<number> {
  if (upload.bytes.byteLength === 0) throw new AppError('intake.file-empty', { detail: upload.fileName })
  const block = await journalFile(trx, upload, by.name, nowMs)
  const sha256 = shaOf(upload.bytes).toString('hex')
  const id = await insertImport(trx, {
    kind: upload.kind,
    fileName: upload.fileName,
    hourLabel: upload.hourLabel,
    bytes: upload.bytes.byteLength,
    sha256,
    block,
    by: by.name,
    atMs: nowMs,
  })
  await recordAudit(trx, by.audit, 'import.uploaded', `import:${id}`, { fileName: upload.fileName, sha256 })
  return id
}

/** The file as one entry: a card, then its bytes in slices. Returns the entry's first block. */
async function journalFile(trx: Trx, upload: Upload, by: string, nowMs: number): Promise<bigint> {
  const card: FileCard = {
    name: upload.fileName,
    kind: upload.kind,
    hourLabel: upload.hourLabel,
    bytes: upload.bytes.byteLength,
    sha256: shaOf(upload.bytes).toString('hex'),
    by,
  }
  const records = [Buffer.from(JSON.stringify(card)), ...sliceFile(upload.bytes)]
  const about = { receivedFromMs: nowMs, receivedToMs: nowMs, source: 'upload' }
  const [first] = await appendEntry(trx, 'file', partsOf(records), about)
  if (first === undefined) throw new Error('a file makes at least one block')
  return first.blockId
}

/** The lines that could not be read, with a last column that says why; mended, the file can be imported again. */
export async function* errorFile(q: Queryable, row: ImportRow): AsyncGenerator<string> {
  const separator = row.header?.includes('\t') && !row.header.includes(',') ? '\t' : ','
  const width = (row.header ?? '').split(separator).length
  yield `\ufeff${row.header ?? ''}${separator}错误说明\r\n`
  for (let after = 0; ; ) {
    const errors = await errorRows(q, row.id, after, 1000)
    for (const error of errors) {
      const missing = Math.max(0, width - error.line_text.split(separator).length)
      const why = csvCell(`第${error.line}行“${error.col}”：${error.reason}`)
      yield `${error.line_text}${separator.repeat(missing)}${separator}${why}\r\n`
    }
    const last = errors.at(-1)
    if (last === undefined || errors.length < 1000) return
    after = last.line
  }
}

/** @throws AppError intake.import-unknown, intake.import-finished */
export async function cancelImport(deps: Deps, actor: Actor, id: number): Promise<Import> {
  requirePermission(actor, 'import:write')
  const row = await requireImport(deps.db.pool, id)
  if (row.job_id === null || (row.state !== 'queued' && row.state !== 'running'))
    throw new AppError('intake.import-finished', { detail: `导入 ${id} 的状态是 ${row.state}` })
  await requestCancel(deps.db.pool, row.job_id)
  deps.events.publish('job-cancel', { id: row.job_id })
  await deps.db.transaction(async (trx) => {
    // a job that had not begun ends at once, and nobody else will say so
    if (row.state === 'queued') await finishImport(trx, id, 'cancelled', '已取消，没有写入', deps.clock.now())
    await recordAudit(trx, actor, 'import.cancelled', `import:${id}`)
  })
  deps.events.publish('import', { id })
  return presentImport(await requireImport(deps.db.pool, id))
}
