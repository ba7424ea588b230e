import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import * as contract from '@shanshui/contract'
import { attachment } from '../../platform/http/index.ts'
import { tableTypes } from '../../platform/table-file.ts'
import { daySheets, daySheetsFile, daySheetsPage } from './day-sheets.ts'
import { freezeDraw, getDraw, listDraws, makeDraw, publishDraw, replayDraw } from './draw.service.ts'
import type { InspectionRoomDeps } from './inspection-doors.ts'
import {
  changePlan,
  costPlanChange,
  getPlan,
  listPlans,
  makePlan,
  publishPlan,
  whatIfPlan,
  withdrawPlan,
} from './plan.service.ts'

const read = { permission: 'inspection:read' } as const
const plan = { permission: 'inspection:plan' } as const
const draw = { permission: 'inspection:draw' } as const

export const drawPlugin =
  (deps: InspectionRoomDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/inspections/draws', { schema: contract.listDraws, config: read }, async (request) =>
      listDraws(deps, request.actor, request.query),
    )
    app.get('/inspections/draws/:id', { schema: contract.getDraw, config: read }, async (request) =>
      getDraw(deps, request.actor, request.params.id),
    )
    app.post('/inspections/draws', { schema: contract.makeDraw, config: draw }, async (request, reply) =>
      reply.code(201).send(await makeDraw(deps, request.actor, request.body)),
    )
    app.post(
      '/inspections/draws/:id/freeze',
      { schema: contract.freezeDraw, config: draw },
      async (request) => freezeDraw(deps, request.actor, request.params.id, request.body.version),
    )
    app.post(
      '/inspections/draws/:id/publish',
      { schema: contract.publishDraw, config: draw },
      async (request) => publishDraw(deps, request.actor, request.params.id, request.body.version),
    )
    app.get('/inspections/draws/:id/replay', { schema: contract.replayDraw, config: read }, async (request) =>
      replayDraw(deps, request.actor, request.params.id),
    )
  }

export const planPlugin =
  (deps: InspectionRoomDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/inspections/plans', { schema: contract.listPlans, config: read }, async (request) =>
      listPlans(deps, request.actor, request.query),
    )
    app.post('/inspections/plans', { schema: contract.makePlan, config: plan }, async (request, reply) =>
      reply.code(202).send(await makePlan(deps, request.actor, request.body)),
    )
    app.get('/inspections/plans/:id', { schema: contract.getPlan, config: read }, async (request) =>
      getPlan(deps, request.actor, request.params.id),
    )
    app.post(
      '/inspections/plans/:id/cost',
      { schema: contract.costPlanChange, config: plan },
      async (request) => costPlanChange(deps, request.actor, request.params.id, request.body.change),
    )
    app.post(
      '/inspections/plans/:id/changes',
      { schema: contract.changePlan, config: plan },
      async (request) => changePlan(deps, request.actor, request.params.id, request.body),
    )
    app.post(
      '/inspections/plans/:id/what-if',
      { schema: contract.whatIfPlan, config: plan },
      async (request) => whatIfPlan(deps, request.actor, request.params.id, request.body.more),
    )
    app.post(
      '/inspections/plans/:id/publish',
      { schema: contract.publishPlan, config: plan },
      async (request) => publishPlan(deps, request.actor, request.params.id, request.body.version),
    )
    app.post(
      '/inspections/plans/:id/withdraw',
      { schema: contract.withdrawPlan, config: plan },
      async (request) => withdrawPlan(deps, request.actor, request.params.id, request.body),
    )
    app.get(
      '/inspections/plans/:id/day-sheets.html',
      { schema: contract.daySheetsPage, config: read },
      async (request, reply) => {
        const found = await getPlan(deps, request.actor, request.params.id)
        return reply
          .header('content-type', 'text/html; charset=utf-8')
          .send(daySheetsPage(found, daySheets(found, request.query)))
      },
    )
    app.get(
      '/inspections/plans/:id/day-sheets.csv',
      { schema: contract.daySheetsFile, config: read },
      async (request, reply) => {
        const found = await getPlan(deps, request.actor, request.params.id)
        return reply
          .type(tableTypes.csv)
          .header('content-disposition', attachment(`${found.number}.csv`))
          .send(await daySheetsFile(daySheets(found, request.query)))
      },
    )
  }
