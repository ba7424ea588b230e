import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { burdenRoute, serviceRecordRoute, taskBoardRoute } from '@shanshui/contract'
import type { Deps } from '../../platform/deps.ts'
import { dateOf } from '../series/index.ts'
import { burdenOf } from './burden.ts'
import { askedForms } from './burden-catalogue.ts'
import { serviceRecord } from './service-record.ts'
import { selectTasks } from './task-board.repository.ts'
import { taskBoard } from './task-board.ts'

const read = { permission: 'bureau:read' } as const

export const bureauPlugin =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/bureau/burden', { schema: burdenRoute, config: read }, async () => burdenOf(askedForms()))
    app.get('/bureau/service-record', { schema: serviceRecordRoute, config: read }, (request) =>
      serviceRecord(deps, request.actor, request.query),
    )
    app.get('/bureau/task-board', { schema: taskBoardRoute, config: read }, async (request) => {
      const { year, regionCode } = request.query
      const rows = await deps.db.asActor(request.actor, (trx) => selectTasks(trx, year, regionCode))
      return taskBoard(rows, year, dateOf(deps.clock.now()))
    })
  }
