import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import {
  calendarRoutes,
  matterRoutes as contract,
  type MatterBrief,
  problemRoutes as problems,
  workflowRoutes,
} from '@shanshui/contract'
import { workflows } from '@shanshui/workflow'
import type { FastifyReply } from 'fastify'
import type { Deps } from '../../platform/deps.ts'
import { attachment } from '../../platform/http/index.ts'
import { everyPage } from '../../platform/page.ts'
import { tableFile, tableTypes } from '../../platform/table-file.ts'
import { getCalendarYear, listCalendarYears, putCalendarYear } from './calendar.service.ts'
import { documentPlugin } from './documents/document.routes.ts'
import { assignByActor, commentByActor, openByActor, stepByActor } from './matter-command.service.ts'
import { matterTable, problemTable, similarTable, type Table } from './matter-export.ts'
import {
  getMatter,
  listMatters,
  type MatterDeps,
  matterSummary,
  mattersDue,
  mattersToDo,
  verifyMatter,
} from './matter-read.service.ts'
import {
  addCause,
  causeCounts,
  getProblem,
  listProblems,
  mergeProblem,
  registerByActor,
  registerFromLead,
  removeCause,
  similarEnterprises,
  unattended,
  unmergeProblem,
} from './problem.service.ts'
import { workflowOf } from './workflow-of.ts'

type RoomDeps = Deps & MatterDeps

const read = { permission: 'matter:read' } as const
const readProblems = { permission: 'problem:read' } as const
const writeProblems = { permission: 'problem:write' } as const
const exportPage = 1_000
const longestSimilar = 500

async function sendTable(reply: FastifyReply, table: Table, format: 'csv' | 'xlsx') {
  reply.header('content-disposition', attachment(`${table.sheet}.${format}`)).type(tableTypes[format])
  return reply.send(await tableFile(format, table.sheet, table.heads, table.rows))
}

export const matterRoomRoutes =
  (deps: RoomDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(workflowPlugin)
    await app.register(listPlugin(deps))
    await app.register(documentPlugin(deps))
    await app.register(commandPlugin(deps))
    await app.register(problemPlugin(deps))
    await app.register(problemCommandPlugin(deps))
    await app.register(calendarPlugin(deps))
  }

const workflowPlugin: FastifyPluginAsyncTypebox = async (app) => {
  app.get('/workflows', { schema: workflowRoutes.list, config: read }, () => ({
    items: workflows.map(({ id, title, prefix, basis, parties, states }) => ({
      id,
      title,
      prefix,
      basis: [...basis],
      parties: [...parties],
      states: states.map((state) => ({ id: state.id, title: state.title, phase: state.phase })),
    })),
  }))
  app.get('/workflows/:id', { schema: workflowRoutes.get, config: read }, (request) =>
    workflowOf(request.params.id),
  )
}

const listPlugin =
  (deps: RoomDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/matters', { schema: contract.list, config: read }, (request) =>
      listMatters(deps, request.actor, request.query),
    )
    app.get('/matters/todo', { schema: contract.todo, config: read }, (request) =>
      mattersToDo(deps, request.actor, request.query),
    )
    app.get('/matters/summary', { schema: contract.summary, config: read }, (request) =>
      matterSummary(deps, request.actor, request.query),
    )
    app.get('/matters/due', { schema: contract.due, config: read }, (request) =>
      mattersDue(deps, request.actor, request.query),
    )
    app.get('/matters/export/:format', { schema: contract.export, config: read }, async (request, reply) => {
      const matters = await everyPage<MatterBrief>((cursor) =>
        listMatters(deps, request.actor, {
          ...request.query,
          limit: exportPage,
          ...(cursor === undefined ? {} : { cursor }),
        }),
      )
      return sendTable(reply, matterTable(matters), request.params.format)
    })
    app.get('/matters/:id', { schema: contract.get, config: read }, (request) =>
      getMatter(deps, request.actor, request.params.id),
    )
    app.get('/matters/:id/verify', { schema: contract.verify, config: read }, (request) =>
      verifyMatter(deps, request.actor, request.params.id),
    )
  }

const commandPlugin =
  (deps: RoomDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.post(
      '/matters',
      { schema: contract.open, config: { permission: 'matter:open' } },
      async (request, reply) => reply.code(201).send(await openByActor(deps, request.actor, request.body)),
    )
    // Each step asks for its own permission, which the engine looks at; reading is the least.
    app.post('/matters/:id/steps', { schema: contract.step, config: read }, (request) =>
      stepByActor(deps, request.actor, request.params.id, request.body),
    )
    app.post(
      '/matters/:id/parties',
      { schema: contract.assign, config: { permission: 'matter:assign' } },
      (request) => assignByActor(deps, request.actor, request.params.id, request.body),
    )
    app.post(
      '/matters/:id/comments',
      { schema: contract.comment, config: { permission: 'matter:handle' } },
      (request) => commentByActor(deps, request.actor, request.params.id, request.body),
    )
  }

const problemPlugin =
  (deps: RoomDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/problems', { schema: problems.list, config: readProblems }, (request) =>
      listProblems(deps, request.actor, request.query),
    )
    app.get('/problems/causes', { schema: problems.causes, config: readProblems }, (request) =>
      causeCounts(deps, request.actor, request.query.regionCode),
    )
    app.get('/problems/unattended', { schema: problems.unattended, config: readProblems }, (request) =>
      unattended(deps, request.actor, request.query.limit),
    )
    app.get(
      '/problems/export/:format',
      { schema: problems.export, config: readProblems },
      async (request, reply) => {
        const all = await everyPage((cursor) =>
          listProblems(deps, request.actor, {
            ...request.query,
            limit: exportPage,
            ...(cursor === undefined ? {} : { cursor }),
          }),
        )
        return sendTable(reply, problemTable(all), request.params.format)
      },
    )
    app.get('/problems/:id', { schema: problems.get, config: readProblems }, (request) =>
      getProblem(deps, request.actor, request.params.id),
    )
    app.get('/problems/:id/similar', { schema: problems.similar, config: readProblems }, async (request) => ({
      items: await similarEnterprises(deps, request.actor, request.params.id, request.query.limit),
    }))
    app.get(
      '/problems/:id/similar/export/:format',
      { schema: problems.exportSimilar, config: readProblems },
      async (request, reply) => {
        const { id, format } = request.params
        const like = await similarEnterprises(deps, request.actor, id, longestSimilar)
        return sendTable(reply, similarTable(like), format)
      },
    )
  }

const problemCommandPlugin =
  (deps: RoomDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.post('/problems', { schema: problems.register, config: writeProblems }, async (request, reply) =>
      reply.code(201).send(await registerByActor(deps, request.actor, request.body)),
    )
    app.post(
      '/problems/from-lead',
      { schema: problems.fromLead, config: writeProblems },
      async (request, reply) =>
        reply.code(201).send(await registerFromLead(deps, request.actor, request.body)),
    )
    app.post('/problems/:id/merge', { schema: problems.merge, config: writeProblems }, (request) =>
      mergeProblem(deps, request.actor, request.params.id, request.body),
    )
    app.post('/problems/:id/unmerge', { schema: problems.unmerge, config: writeProblems }, (request) =>
      unmergeProblem(deps, request.actor, request.params.id, request.body),
    )
    app.post('/problems/:id/causes', { schema: problems.addCause, config: writeProblems }, (request) =>
      addCause(deps, request.actor, request.params.id, request.body),
    )
    app.post(
      '/problems/:id/causes/:causeId/remove',
      { schema: problems.removeCause, config: writeProblems },
      (request) =>
        removeCause(deps, request.actor, request.params.id, request.params.causeId, request.body.reason),
    )
  }

const calendarPlugin =
  (deps: RoomDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/calendar',
      { schema: calendarRoutes.list, config: { authenticated: true } },
      async (request) => ({
        items: await listCalendarYears(deps, request.actor),
      }),
    )
    app.get('/calendar/:year', { schema: calendarRoutes.get, config: { authenticated: true } }, (request) =>
      getCalendarYear(deps, request.actor, request.params.year),
    )
    app.put(
      '/calendar/:year',
      { schema: calendarRoutes.put, config: { permission: 'calendar:write' } },
      (request) => putCalendarYear(deps, request.actor, request.params.year, request.body),
    )
  }
