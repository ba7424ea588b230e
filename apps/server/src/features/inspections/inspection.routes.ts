import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import * as contract from '@shanshui/contract'
import { listCandidates } from './candidates.ts'
import { daySheets, daySheetsCsv, daySheetsPage } from './day-sheets.ts'
import { freezeDraw, getDraw, listDraws, makeDraw, publishDraw, replayDraw } from './draw.service.ts'
import { checklistPlugin, fieldPlugin } from './field.routes.ts'
import type { InspectionRoomDeps } from './inspection-doors.ts'
import { addAbsence, listInspectors, putInspector, putRecusal, removeAbsence } from './inspector.service.ts'
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
import { buildPools, listUnits, poolsOf, putUnit } from './pool.service.ts'
import { listSettings, putSetting } from './setting.service.ts'

const read = { permission: 'inspection:read' } as const
const plan = { permission: 'inspection:plan' } as const
const draw = { permission: 'inspection:draw' } as const

export const inspectionRoomRoutes =
  (deps: InspectionRoomDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(peoplePlugin(deps))
    await app.register(drawPlugin(deps))
    await app.register(planPlugin(deps))
    await app.register(fieldPlugin(deps))
    await app.register(checklistPlugin(deps))
  }

const peoplePlugin =
  (deps: InspectionRoomDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/inspections/settings',
      { schema: contract.listInspectionSettings, config: read },
      async (request) => listSettings(deps, request.actor),
    )
    app.put(
      '/inspections/settings/:key',
      { schema: contract.putInspectionSetting, config: plan },
      async (request) => putSetting(deps, request.actor, request.params.key, request.body),
    )
    app.get('/inspections/inspectors', { schema: contract.listInspectors, config: read }, async (request) =>
      listInspectors(deps, request.actor, request.query),
    )
    app.put(
      '/inspections/inspectors/:userId',
      { schema: contract.putInspector, config: plan },
      async (request) => putInspector(deps, request.actor, request.params.userId, request.body),
    )
    app.post(
      '/inspections/inspectors/:userId/absences',
      { schema: contract.addAbsence, config: plan },
      async (request, reply) =>
        reply.code(201).send(await addAbsence(deps, request.actor, request.params.userId, request.body)),
    )
    app.delete(
      '/inspections/inspectors/:userId/absences/:absenceId',
      { schema: contract.removeAbsence, config: plan },
      async (request) => removeAbsence(deps, request.actor, request.params.userId, request.params.absenceId),
    )
    app.put(
      '/inspections/inspectors/:userId/recusals/:enterpriseId',
      { schema: contract.putRecusal, config: plan },
      async (request) =>
        putRecusal(deps, request.actor, request.params.userId, request.params.enterpriseId, request.body),
    )
    app.get('/inspections/pools', { schema: contract.getPools, config: read }, async (request) =>
      poolsOf(deps, request.actor, request.query),
    )
    app.get('/inspections/pools/units', { schema: contract.listPoolUnits, config: read }, async (request) =>
      listUnits(deps, request.actor, request.query),
    )
    app.post('/inspections/pools/build', { schema: contract.buildPools, config: draw }, async (request) =>
      buildPools(deps, request.actor, request.body.regionCode),
    )
    app.put(
      '/inspections/pools/units/:enterpriseId',
      { schema: contract.putPoolUnit, config: draw },
      async (request) => putUnit(deps, request.actor, request.params.enterpriseId, request.body),
    )
  }

const drawPlugin =
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

const planPlugin =
  (deps: InspectionRoomDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/inspections/candidates', { schema: contract.listCandidates, config: read }, async (request) =>
      listCandidates(deps, request.actor, request.query),
    )
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
          .header('content-type', 'text/csv; charset=utf-8')
          .header('content-disposition', `attachment; filename="${found.number}.csv"`)
          .send(daySheetsCsv(daySheets(found, request.query)))
      },
    )
  }
