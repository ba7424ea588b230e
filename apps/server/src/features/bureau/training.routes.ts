import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { trainingRoutes as contract } from '@shanshui/contract'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { attachment } from '../../platform/http/index.ts'
import { everyPage } from '../../platform/page.ts'
import { tableTypes } from '../../platform/table-file.ts'
import { readAttendance } from './attendance-file.ts'
import {
  addAttendance,
  changeTraining,
  createTraining,
  getTraining,
  listTrainings,
  setAttendance,
  trainingSummary,
  withdrawTraining,
} from './training.service.ts'
import { trainingsFile } from './training-export.ts'

const read = { permission: 'bureau:read' } as const
const write = { permission: 'training:write' } as const
const exportPage = 1000

export const trainingPlugin =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const announce = (id: number) => deps.events.publish('bureau', { id })
    app.get('/trainings', { schema: contract.list, config: read }, (request) =>
      listTrainings(deps, request.actor, request.query),
    )
    app.get('/trainings/summary', { schema: contract.summary, config: read }, (request) =>
      trainingSummary(deps, request.actor, request.query),
    )
    app.get(
      '/trainings/export/:format',
      { schema: contract.export, config: read },
      async (request, reply) => {
        const { format } = request.params
        const items = await everyPage((cursor) =>
          listTrainings(deps, request.actor, {
            ...request.query,
            limit: exportPage,
            ...(cursor === undefined ? {} : { cursor }),
          }),
        )
        reply.header('content-disposition', attachment(`培训与演练.${format}`)).type(tableTypes[format])
        return reply.send(await trainingsFile(format, items))
      },
    )
    app.get('/trainings/:id', { schema: contract.get, config: read }, (request) =>
      getTraining(deps, request.actor, request.params.id),
    )
    app.post('/trainings', { schema: contract.create, config: write }, async (request, reply) => {
      const detail = await createTraining(deps, request.actor, request.body)
      announce(detail.training.id)
      return reply.code(201).send(detail)
    })
    app.put('/trainings/:id', { schema: contract.update, config: write }, async (request) => {
      const detail = await changeTraining(deps, request.actor, request.params.id, request.body)
      announce(detail.training.id)
      return detail
    })
    app.put('/trainings/:id/attendance', { schema: contract.attend, config: write }, async (request) => {
      const detail = await setAttendance(deps, request.actor, request.params.id, request.body)
      announce(detail.training.id)
      return detail
    })
    app.post(
      '/trainings/:id/attendance/import',
      { schema: contract.importAttendance, config: write },
      async (request) => {
        const file = await request.file()
        if (file === undefined)
          throw new AppError('bureau.attendance-file', { detail: '没有收到文件（字段 file）' })
        const { attendees, errors } = await readAttendance(await file.toBuffer())
        const added = await addAttendance(deps, request.actor, request.params.id, attendees)
        announce(request.params.id)
        return { added, unchanged: attendees.length - added, errors: [...errors] }
      },
    )
    app.post(
      '/trainings/:id/withdraw',
      { schema: contract.withdraw, config: write },
      async (request, reply) => {
        await withdrawTraining(deps, request.actor, request.params.id, request.body)
        announce(request.params.id)
        return reply.code(204).send(null)
      },
    )
  }
