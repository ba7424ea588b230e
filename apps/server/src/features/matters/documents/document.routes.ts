import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { matterDocumentRoutes as contract } from '@shanshui/contract'
import type { DocumentKind } from '@shanshui/workflow'
import type { Deps } from '../../../platform/deps.ts'
import { AppError } from '../../../platform/errors.ts'
import { annexPictures } from '../../evidence/index.ts'
import { documentDataOf } from './document-facts.ts'
import { type DocumentForm, renderDocument, templates } from './render.ts'

const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

export const documentPlugin =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const pictures = annexPictures(deps)
    app.get(
      '/matters/:id/documents/:file',
      { schema: contract.document, config: { permission: 'matter:read' } },
      async (request, reply) => {
        const { id, file } = request.params
        const [name = '', form] = file.split('.') as [string, DocumentForm]
        if (!Object.hasOwn(templates, name)) throw new AppError('matter.document-unknown', { detail: file })
        const kind = name as DocumentKind
        const data = await deps.db.asActor(request.actor, (trx) =>
          documentDataOf(trx, request.actor, id, kind, pictures),
        )
        const bytes = await renderDocument(kind, data, form)
        if (form === 'docx') {
          const title = encodeURIComponent(`${templates[kind].title}_${data.matter.number}.docx`)
          return reply
            .type(docxType)
            .header('content-disposition', `attachment; filename*=UTF-8''${title}`)
            .send(bytes)
        }
        return reply
          .type('text/html; charset=utf-8')
          .header(
            'content-security-policy',
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
          )
          .send(bytes)
      },
    )
  }
