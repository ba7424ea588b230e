import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import * as contract from '@shanshui/contract'
import { listCandidates } from './candidates.ts'
import { checklistPlugin, fieldPlugin } from './field.routes.ts'
import type { InspectionRoomDeps } from './inspection-doors.ts'
import { addAbsence, listInspectors, putInspector, putRecusal, removeAbsence } from './inspector.service.ts'
import { drawPlugin, planPlugin } from './plan.routes.ts'
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
    app.get('/inspections/candidates', { schema: contract.listCandidates, config: read }, async (request) =>
      listCandidates(deps, request.actor, request.query),
    )
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
