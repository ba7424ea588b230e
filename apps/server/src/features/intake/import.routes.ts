import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import * as contract from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { attachment } from '../../platform/http/index.ts'
import { errorRows, type ImportRow, listImportRows, presentImport } from './import.repository.ts'
import { cancelImport, errorFile, startImport, type Upload } from './import.service.ts'
import { requireImport } from './import-job.ts'
import { pageNumber, pageOf } from './page.ts'
import { maySeeLines } from './record-access.ts'

const read = { permission: 'import:read' } as const
const write = { permission: 'import:write' } as const
const firstErrors = 200

type Part =
  | { type: 'file'; filename: string; toBuffer(): Promise<Buffer> }
  | { type: 'field'; fieldname: string; value: unknown }

/** A name is shown and stored, never opened: no path, no control characters, no half characters. */
const fileNameOf = (given: string) =>
  given
    .replace(/\p{Cc}/gu, '')
    .slice(0, 200)
    .toWellFormed()

/** Fields may stand before or after the file. @throws AppError intake.file-missing, request.invalid */
async function readUpload(parts: AsyncIterable<Part>): Promise<Upload> {
  const fields = new Map<string, string>()
  let file: { fileName: string; bytes: Uint8Array } | undefined
  for await (const part of parts) {
    if (part.type === 'file') file = { fileName: fileNameOf(part.filename), bytes: await part.toBuffer() }
    else fields.set(part.fieldname, String(part.value))
  }
  if (file === undefined) throw new AppError('intake.file-missing')
  const kind = fields.get('kind') ?? 'air-hours'
  const hourLabel = fields.get('hourLabel') ?? 'end'
  if (kind !== 'air-hours' && kind !== 'peer-indexes')
    throw new AppError('request.invalid', {
      detail: `kind=${kind}`,
      errors: [{ path: 'kind', message: '应为 air-hours 或 peer-indexes' }],
    })
  if (hourLabel !== 'end' && hourLabel !== 'start')
    throw new AppError('request.invalid', {
      detail: `hourLabel=${hourLabel}`,
      errors: [{ path: 'hourLabel', message: '应为 end 或 start' }],
    })
  return { ...file, kind, hourLabel }
}

/** @throws AppError intake.import-unknown, auth.forbidden when its lines hold data that the actor does not see */
async function readableImport(deps: Deps, actor: Actor, id: number): Promise<ImportRow> {
  return deps.db.asActor(actor, async (trx) => {
    const row = await requireImport(trx, id)
    if (await maySeeLines(trx, actor, row.points)) return row
    throw new AppError('auth.forbidden', { detail: '这份文件含有本人数据范围以外点位的数据' })
  })
}

/** Upload, list, detail, errors, cancel. */
export const importRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.post('/imports', { schema: contract.createImport, config: write }, async (request, reply) => {
      const upload = await readUpload(request.parts() as AsyncIterable<Part>)
      return reply.code(202).send(await startImport(deps, request.actor, upload))
    })

    app.get('/imports', { schema: contract.listImports, config: read }, async (request) => {
      const { cursor, limit = 100 } = request.query
      const rows = await listImportRows(deps.db.pool, pageNumber(cursor), limit)
      return pageOf(rows, limit, presentImport, (row) => String(row.id))
    })

    app.get('/imports/:id', { schema: contract.getImport, config: read }, async (request) => {
      const row = await readableImport(deps, request.actor, request.params.id)
      const errors = await errorRows(deps.db.pool, row.id, 0, firstErrors)
      return {
        ...presentImport(row),
        firstErrors: errors.map(({ line, col, value, reason }) => ({ line, column: col, value, reason })),
      }
    })

    app.get(
      '/imports/:id/errors.csv',
      { schema: contract.getImportErrors, config: read },
      async (request, reply) => {
        const row = await readableImport(deps, request.actor, request.params.id)
        const name = `错误行_${row.file_name.replace(/\.[^.]*$/, '')}.csv`
        reply.type('text/csv; charset=utf-8')
        reply.header('content-disposition', attachment(name))
        return reply.send(Readable.from(errorFile(deps.db.pool, row)) as never)
      },
    )

    app.post('/imports/:id/cancel', { schema: contract.cancelImport, config: write }, async (request) =>
      cancelImport(deps, request.actor, request.params.id),
    )
  }
