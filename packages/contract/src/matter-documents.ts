/** Official documents of a matter, as DOCX and as a page to print. */
import { Type } from 'typebox'
import { Id, problemResponses } from './common.ts'

export const matterDocumentRoutes = {
  document: {
    operationId: 'matterDocument',
    summary: '事项的文书（DOCX 或打印页）',
    description: '按产生该文书的步骤当时的内容生成；没有登记的内容留空，手写填写。',
    tags: ['事项 Matters'],
    params: Type.Object({
      id: Id,
      file: Type.String({
        pattern: '^[a-z-]{3,40}\\.(docx|html)$',
        description: '文书种类与形式，如 acceptance-sheet.docx、site-record.html',
      }),
    }),
    response: { 200: Type.Unknown({ description: '文件' }), ...problemResponses },
  },
} as const
