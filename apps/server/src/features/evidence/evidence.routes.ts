import { join } from 'node:path'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { evidenceRoutes as contract, evidenceChunkBytes } from '@shanshui/contract'
import { AppError } from '../../platform/errors.ts'
import {
  getEvidence,
  listEvidence,
  servedEvidence,
  verifyEvidence,
  withdrawEvidence,
} from './evidence.service.ts'
import type { EvidenceDeps } from './evidence-deps.ts'
import { guardFile, sendFile } from './serve.ts'
import { changeSetting, listSettings } from './setting.service.ts'
import { evidenceFolder } from './store/open-store.ts'
import { thumbnailOf } from './thumbnail.ts'
import { abandonUpload, getUpload, listUploads, startUpload, takePiece } from './upload.service.ts'

const read = { permission: 'evidence:read' } as const
const write = { permission: 'evidence:write' } as const
const pieceType = 'application/octet-stream'

export const evidencePlugin =
  (deps: EvidenceDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(uploadPlugin(deps))
    await app.register(filePlugin(deps))
    app.get('/evidence', { schema: contract.list, config: read }, (request) =>
      listEvidence(deps, request.actor, { kind: request.query.subjectKind, id: request.query.subjectId }),
    )
    app.get('/evidence/settings', { schema: contract.settings, config: read }, (request) =>
      listSettings(deps, request.actor),
    )
    app.put(
      '/evidence/settings/:name',
      { schema: contract.changeSetting, config: { permission: 'rule:write' } },
      (request) => changeSetting(deps, request.actor, request.params.name, request.body),
    )
    app.get('/evidence/:id', { schema: contract.get, config: read }, (request) =>
      getEvidence(deps, request.actor, request.params.id),
    )
    app.get('/evidence/:id/verify', { schema: contract.verify, config: read }, (request) =>
      verifyEvidence(deps, request.actor, request.params.id),
    )
    app.post('/evidence/:id/withdraw', { schema: contract.withdraw, config: write }, (request) =>
      withdrawEvidence(deps, request.actor, request.params.id, request.body.reason),
    )
  }

const filePlugin =
  (deps: EvidenceDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const thumbnails = join(evidenceFolder(deps.config), 'thumbnails')
    // Compressed on the way they would lose their ranges; pictures and films are compressed already.
    app.get(
      '/evidence/:id/content',
      { schema: contract.content, config: read, compress: false },
      async (request, reply) => {
        const row = await servedEvidence(deps, request.actor, request.params.id)
        return sendFile(request, reply, deps.store, row, request.query.download === true)
      },
    )
    app.get(
      '/evidence/:id/thumbnail',
      { schema: contract.thumbnail, config: read, compress: false },
      async (request, reply) => {
        const row = await servedEvidence(deps, request.actor, request.params.id)
        const etag = `"t-${row.sha256}"`
        guardFile(reply).header('etag', etag)
        if (request.headers['if-none-match'] === etag) return reply.code(304).send()
        const picture = await thumbnailOf(deps.store, thumbnails, row)
        return reply.type('image/webp').header('content-disposition', 'inline').send(picture)
      },
    )
  }

/** Pieces are raw bytes: their parser lives in this plugin only. */
const uploadPlugin =
  (deps: EvidenceDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.addContentTypeParser(
      pieceType,
      { parseAs: 'buffer', bodyLimit: evidenceChunkBytes },
      (_request, body, done) => done(null, body),
    )
    app.get('/evidence/uploads', { schema: contract.uploads, config: write }, (request) =>
      listUploads(deps, request.actor),
    )
    app.post('/evidence/uploads', { schema: contract.startUpload, config: write }, async (request, reply) => {
      const upload = await startUpload(deps, request.actor, request.body)
      reply.header('upload-offset', upload.offset)
      return upload
    })
    app.get(
      '/evidence/uploads/:id',
      { schema: contract.getUpload, config: write },
      async (request, reply) => {
        const upload = await getUpload(deps, request.actor, request.params.id)
        reply.header('upload-offset', upload.offset).header('upload-length', upload.bytes)
        return upload
      },
    )
    app.patch(
      '/evidence/uploads/:id',
      { schema: contract.sendChunk, config: write, bodyLimit: evidenceChunkBytes },
      async (request, reply) => {
        const body: unknown = request.body ?? Buffer.alloc(0)
        if (!Buffer.isBuffer(body))
          throw new AppError('request.unsupported-media', { detail: `一片为 ${pieceType}` })
        const { id } = request.params
        const upload = await takePiece(deps, request.actor, id, request.headers['upload-offset'], body)
        reply.header('upload-offset', upload.offset)
        return upload
      },
    )
    app.delete(
      '/evidence/uploads/:id',
      { schema: contract.abandonUpload, config: write },
      async (request, reply) => {
        await abandonUpload(deps, request.actor, request.params.id)
        return reply.code(204).send(null)
      },
    )
  }
