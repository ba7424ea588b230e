import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { leadRoutes as contract, leadRuleRoutes as rules } from '@shanshui/contract'
import type { Deps } from '../../platform/deps.ts'
import { attachment } from '../../platform/http/index.ts'
import { tableTypes } from '../../platform/table-file.ts'
import {
  acknowledgeLead,
  confirmLead,
  dismissLead,
  dismissLeads,
  getLead,
  leadSummary,
  listLeads,
  listPlants,
  recordOutcome,
  reopenLead,
  watchLead,
} from './lead.service.ts'
import { leadChart, leadFrames } from './lead-chart.ts'
import { changeRule, createRule, getRule, leadStatistics, listRules, ruleHistory } from './rule.service.ts'
import { requestScan } from './scan-request.ts'
import { similarObjects } from './similar.ts'
import { screeningFile } from './similar-export.ts'
import type { SourceDoor } from './source-door.ts'

const read = { permission: 'lead:read' } as const
const handle = { permission: 'lead:handle' } as const
const write = { permission: 'rule:write' } as const
const longestList = 500

export const leadRoomRoutes =
  (deps: Deps, door: SourceDoor): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(ruleRoutes(deps))
    await app.register(commandRoutes(deps))
    app.get('/leads', { schema: contract.list, config: read }, (request) =>
      listLeads(deps, request.actor, request.query),
    )
    app.get('/leads/plants', { schema: contract.plants, config: read }, (request) =>
      listPlants(deps, request.actor, request.query),
    )
    app.get('/leads/summary', { schema: contract.summary, config: read }, (request) =>
      leadSummary(deps, request.actor),
    )
    app.get('/leads/:id', { schema: contract.get, config: read }, (request) =>
      getLead(deps, request.actor, request.params.id),
    )
    app.get('/leads/:id/chart', { schema: contract.chart, config: read }, (request) =>
      leadChart(deps, request.actor, door, request.params.id, request.query.padHours),
    )
    // Raw bytes need the right to read the journal as well; every role that reads leads has it.
    app.get(
      '/leads/:id/frames',
      { schema: contract.frames, config: { permission: 'journal:read' } },
      (request) => leadFrames(deps, request.actor, request.params.id),
    )
    app.get('/leads/:id/similar', { schema: contract.similar, config: read }, async (request) => ({
      items: await similarObjects(deps, request.actor, request.params.id, request.query.limit),
    }))
    app.get(
      '/leads/:id/similar/export/:format',
      { schema: contract.exportSimilar, config: read },
      async (request, reply) => {
        const { id, format } = request.params
        const objects = await similarObjects(deps, request.actor, id, longestList)
        reply
          .header('content-disposition', attachment(`排查清单_线索${id}.${format}`))
          .type(tableTypes[format])
        return reply.send(await screeningFile(format, objects))
      },
    )
  }

const commandRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.post('/leads/dismiss', { schema: contract.dismissMany, config: handle }, (request) =>
      dismissLeads(deps, request.actor, request.body),
    )
    app.post('/leads/:id/acknowledge', { schema: contract.acknowledge, config: handle }, (request) =>
      acknowledgeLead(deps, request.actor, request.params.id, request.body),
    )
    app.post('/leads/:id/watch', { schema: contract.watch, config: handle }, (request) =>
      watchLead(deps, request.actor, request.params.id, request.body),
    )
    app.post('/leads/:id/confirm', { schema: contract.confirm, config: handle }, (request) =>
      confirmLead(deps, request.actor, request.params.id, request.body),
    )
    app.post('/leads/:id/dismiss', { schema: contract.dismiss, config: handle }, (request) =>
      dismissLead(deps, request.actor, request.params.id, request.body),
    )
    app.post('/leads/:id/reopen', { schema: contract.reopen, config: handle }, (request) =>
      reopenLead(deps, request.actor, request.params.id, request.body),
    )
    app.post('/leads/:id/outcome', { schema: contract.outcome, config: handle }, (request) =>
      recordOutcome(deps, request.actor, request.params.id, request.body),
    )
  }

const ruleRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/leads/rules', { schema: rules.listRules, config: read }, async (request) => ({
      items: await listRules(deps, request.actor),
    }))
    app.post('/leads/rules', { schema: rules.createRule, config: write }, async (request, reply) =>
      reply.code(201).send(await createRule(deps, request.actor, request.body)),
    )
    app.get('/leads/rules/:id', { schema: rules.getRule, config: read }, (request) =>
      getRule(deps, request.actor, request.params.id),
    )
    app.put('/leads/rules/:id', { schema: rules.updateRule, config: write }, (request) =>
      changeRule(deps, request.actor, request.params.id, request.body),
    )
    app.get('/leads/rules/:id/history', { schema: rules.ruleHistory, config: read }, async (request) => ({
      items: await ruleHistory(deps, request.actor, request.params.id),
    }))
    app.get('/leads/stats', { schema: rules.statistics, config: read }, (request) =>
      leadStatistics(deps, request.actor, request.query),
    )
    app.post('/leads/scan', { schema: rules.scan, config: write }, async (request, reply) => {
      return reply.code(202).send({ jobId: await requestScan(deps, request.actor, request.body) })
    })
  }
