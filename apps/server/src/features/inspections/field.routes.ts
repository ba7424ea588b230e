import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import * as contract from '@shanshui/contract'
import { listChecklists, pastCases } from './checklist.service.ts'
import { itemsOf } from './field.repository.ts'
import { fieldPack } from './field-pack.service.ts'
import { decideFieldConflict, digestOf, syncField } from './field-sync.service.ts'
import {
  decideFinding,
  explainFinding,
  listFindings,
  raiseFinding,
  verifyFinding,
} from './finding.service.ts'
import type { InspectionRoomDeps } from './inspection-doors.ts'
import { offSiteCheck } from './off-site.ts'
import { recordPage } from './record-page.ts'
import { getTask, inspectionSummary, listTasks, openTaskByActor } from './task.service.ts'

const read = { permission: 'inspection:read' } as const
const plan = { permission: 'inspection:plan' } as const
const perform = { permission: 'inspection:perform' } as const

/** Tasks, their records, and the phone. */
export const fieldPlugin =
  (deps: InspectionRoomDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/inspections/summary',
      { schema: contract.getInspectionSummary, config: read },
      async (request) => inspectionSummary(deps, request.actor, request.query),
    )
    app.get('/inspections/tasks', { schema: contract.listTasks, config: read }, async (request) =>
      listTasks(deps, request.actor, request.query),
    )
    app.post('/inspections/tasks', { schema: contract.openTask, config: plan }, async (request, reply) =>
      reply.code(201).send(await openTaskByActor(deps, request.actor, request.body)),
    )
    app.get('/inspections/tasks/:id', { schema: contract.getTask, config: read }, async (request) =>
      getTask(deps, request.actor, request.params.id),
    )
    app.get(
      '/inspections/tasks/:id/record.html',
      { schema: contract.taskRecordPage, config: read },
      async (request, reply) => {
        const { id } = request.params
        const task = await getTask(deps, request.actor, id)
        const items = await deps.db.asActor(request.actor, (trx) => itemsOf(trx, [id]))
        return reply
          .header('content-type', 'text/html; charset=utf-8')
          .send(recordPage(task, digestOf(items.get(id) ?? [])))
      },
    )
    app.post(
      '/inspections/tasks/:id/conflicts/:conflictId',
      { schema: contract.decideFieldConflict, config: read },
      async (request) => {
        const { id, conflictId } = request.params
        return decideFieldConflict(deps, request.actor, id, conflictId, request.body)
      },
    )
    app.get(
      '/inspections/field-pack',
      { schema: contract.getFieldPack, config: perform },
      async (request, reply) => {
        const pack = await fieldPack(deps, request.actor, request.query)
        const etag = `"${pack.revision}"`
        void reply.header('etag', etag).header('cache-control', 'private, no-cache')
        if (request.headers['if-none-match'] === etag) return reply.code(304).send(null)
        return pack
      },
    )
    app.post('/inspections/field-sync', { schema: contract.fieldSync, config: perform }, async (request) =>
      syncField(deps, request.actor, request.body),
    )
  }

/** Checklists, and what is checked at the desk. */
export const checklistPlugin =
  (deps: InspectionRoomDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/inspections/checklists', { schema: contract.listChecklists, config: read }, async (request) =>
      listChecklists(request.query.theme),
    )
    app.get(
      '/inspections/checklists/items/:itemId/cases',
      { schema: contract.listChecklistCases, config: read },
      async (request) => pastCases(deps, request.actor, request.params.itemId),
    )
    app.get(
      '/inspections/off-site/:enterpriseId',
      { schema: contract.getOffSiteCheck, config: read },
      async (request) =>
        deps.db.asActor(request.actor, (trx) =>
          offSiteCheck(
            trx,
            deps.doors,
            request.params.enterpriseId,
            request.query.days ?? 30,
            deps.clock.now(),
          ),
        ),
    )
    app.post(
      '/inspections/off-site/:enterpriseId/findings',
      { schema: contract.raiseFinding, config: { permission: 'lead:handle' } },
      async (request, reply) =>
        reply
          .code(201)
          .send(await raiseFinding(deps, request.actor, request.params.enterpriseId, request.body)),
    )
    app.get(
      '/inspections/findings',
      { schema: contract.listFindings, config: { permission: 'matter:read' } },
      async (request) => listFindings(deps, request.actor, request.query),
    )
    app.post(
      '/inspections/findings/:id/verify',
      { schema: contract.verifyFinding, config: { permission: 'lead:handle' } },
      async (request) => verifyFinding(deps, request.actor, request.params.id, request.body),
    )
    app.post(
      '/inspections/findings/:id/explain',
      { schema: contract.explainFinding, config: { permission: 'matter:handle' } },
      async (request) => explainFinding(deps, request.actor, request.params.id, request.body),
    )
    app.post(
      '/inspections/findings/:id/decide',
      { schema: contract.decideFinding, config: { permission: 'lead:handle' } },
      async (request) => decideFinding(deps, request.actor, request.params.id, request.body),
    )
  }
