import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { matterDocumentRoutes as contract } from '@shanshui/contract'
import type { DocumentKind } from '@shanshui/workflow'
import type { Deps } from '../../../platform/deps.ts'
import { AppError } from '../../../platform/errors.ts'
import { attachment } from '../../../platform/http/index.ts'
import { docxType } from '../../../platform/official/index.ts'
import { annexPictures } from '../../evidence/index.ts'
import { documentDataOf } from './document-facts.ts'
import { type DocumentForm, renderDocument, templates } from './render.ts'

export const documentPlugin =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const pictures = annexPictures(deps)
    app.get(
      '/matters/:id/documents/:file',
      { schema: contract.document, config: { permission: 'matter:read' } },
      async (request, reply) => {
        const { id, file } = request.params
        const [asked = '', form] = file.split('.') as [string, DocumentForm]
        if (!Object.hasOwn(templates, asked)) throw new AppError('matter.document-unknown', { detail: file })
        const kind = asked as DocumentKind
        const data = await deps.db.asActor(request.actor, (trx) =>
          documentDataOf(trx, request.actor, id, kind, pictures),
        )
        const bytes = await renderDocument(kind, data, form)
        if (form === 'docx') {
          const name = `${templates[kind].title}_${data.matter.number}.docx`
          return reply.type(docxType).header('content-disposition', attachment(name)).send(bytes)
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
