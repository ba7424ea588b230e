import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { permitRoutes as contract } from '@shanshui/contract'
import { AppError } from '../../platform/errors.ts'
import { compilableFor } from './obligation.access.ts'
import { sweepObligations } from './obligation.compile.ts'
import {
  evidenceObligation,
  listObligations,
  obligationCalendar,
  obligationEnterprises,
  waiveObligation,
} from './obligation.service.ts'
import { getPermit, listPermits } from './permit.service.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import { getReport, listReports, submitReport, submitResults } from './report.service.ts'
import { importReports } from './report-import.service.ts'

const read = { permission: 'permit:read' } as const
const write = { permission: 'permit:write' } as const
const submit = { permission: 'permit:submit' } as const

export const permitPlugin =
  (deps: PermitRoomDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/permits', { schema: contract.listPermits, config: read }, async (request) =>
      listPermits(deps, request.actor, request.query),
    )
    app.get('/permits/:id', { schema: contract.getPermit, config: read }, async (request) =>
      getPermit(deps, request.actor, request.params.id),
    )
    app.get('/permit-obligations', { schema: contract.listObligations, config: read }, async (request) =>
      listObligations(deps, request.actor, request.query),
    )
    app.get(
      '/permit-obligations/calendar',
      { schema: contract.obligationCalendar, config: read },
      async (request) => obligationCalendar(deps, request.actor, request.query),
    )
    app.get(
      '/permit-obligations/enterprises',
      { schema: contract.obligationEnterprises, config: read },
      async (request) => obligationEnterprises(deps, request.actor, request.query),
    )
    app.post(
      '/permit-obligations/compile',
      { schema: contract.compileObligations, config: write },
      async (request) =>
        sweepObligations(deps, await compilableFor(deps, request.actor, request.body.permitId)),
    )
    app.post(
      '/permit-obligations/:id/evidence',
      { schema: contract.evidenceObligation, config: submit },
      async (request) => evidenceObligation(deps, request.actor, request.params.id, request.body),
    )
    app.post(
      '/permit-obligations/:id/waiver',
      { schema: contract.waiveObligation, config: write },
      async (request) => waiveObligation(deps, request.actor, request.params.id, request.body.reason),
    )
    app.post(
      '/self-monitoring-results',
      { schema: contract.submitSelfMonitoring, config: submit },
      async (request, reply) =>
        reply.code(201).send(await submitResults(deps, request.actor, request.body.results)),
    )
    app.get('/execution-reports', { schema: contract.listExecutionReports, config: read }, async (request) =>
      listReports(deps, request.actor, request.query),
    )
    app.get(
      '/execution-reports/:id',
      { schema: contract.getExecutionReport, config: read },
      async (request) => getReport(deps, request.actor, request.params.id),
    )
    app.post(
      '/execution-reports',
      { schema: contract.submitExecutionReport, config: submit },
      async (request, reply) => reply.code(201).send(await submitReport(deps, request.actor, request.body)),
    )
    app.post(
      '/execution-reports/import',
      { schema: contract.importExecutionReports, config: write },
      async (request) => {
        const file = await request.file()
        if (file === undefined)
          throw new AppError('permit.report-file', { detail: '没有收到文件（字段 file）' })
        return importReports(deps, request.actor, await file.toBuffer())
      },
    )
  }
