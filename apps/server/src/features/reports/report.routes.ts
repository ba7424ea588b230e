import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { reportRoutes as contract } from '@shanshui/contract'
import type { Deps } from '../../platform/deps.ts'
import { attachment } from '../../platform/http/index.ts'
import { docxType } from '../../platform/official/index.ts'
import { organizationBy } from '../identity/index.ts'
import {
  compareReport,
  createReport,
  freezeReport,
  getReport,
  listReports,
  refreshReport,
} from './report.service.ts'
import { checkReport } from './report-check.ts'
import { reportDocx } from './report-docx.ts'

export const reportRoomRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const read = { permission: 'report:read' } as const
    const write = { permission: 'report:write' } as const
    app.get('/reports', { schema: contract.listReports, config: read }, async (request) =>
      listReports(deps, request.actor, request.query),
    )
    app.post('/reports', { schema: contract.createReport, config: write }, async (request, reply) =>
      reply.code(201).send(await createReport(deps, request.actor, request.body)),
    )
    app.post('/reports/check', { schema: contract.checkReport, config: read }, async (request) =>
      checkReport(deps, request.actor, request.body),
    )
    app.get('/reports/:id', { schema: contract.getReport, config: read }, async (request) =>
      getReport(deps, request.actor, request.params.id),
    )
    app.get(
      '/reports/:id.docx',
      { schema: contract.downloadReport, config: read },
      async (request, reply) => {
        const report = await getReport(deps, request.actor, request.params.id)
        const organization =
          (await organizationBy(deps.db.pool, { id: request.actor.organizationId }))?.name ?? ''
        const file = await reportDocx(report, {
          organization,
          date: dateText(report.frozenAt ?? report.createdAt),
        })
        return reply
          .type(docxType)
          .header('content-disposition', attachment(`${report.title}.docx`))
          .send(file)
      },
    )
    app.post('/reports/:id/refresh', { schema: contract.refreshReport, config: write }, async (request) =>
      refreshReport(deps, request.actor, request.params.id),
    )
    app.post(
      '/reports/:id/freeze',
      { schema: contract.freezeReport, config: { permission: 'report:freeze' } },
      async (request) => freezeReport(deps, request.actor, request.params.id, request.body),
    )
    app.get('/reports/:id/comparison', { schema: contract.compareReport, config: read }, async (request) =>
      compareReport(deps, request.actor, request.params.id),
    )
  }

/** 2023年2月3日, as official documents date. */
function dateText(iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split('-').map(Number)
  return `${year}年${month}月${day}日`
}
