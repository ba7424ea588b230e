import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { complaintTextLimits, complaintRoutes as contract, publicComplaintRoutes } from '@shanshui/contract'
import { AppError } from '../../platform/errors.ts'
import { attachment } from '../../platform/http/index.ts'
import { tableTypes } from '../../platform/table-file.ts'
import { listLooks, lookAtComplainant } from './complainant.service.ts'
import { answerComplaint, changeComplaint, createComplaint, mergeComplaint } from './complaint.service.ts'
import { complaintKpi, complaintSummary, getComplaint, listComplaints } from './complaint-read.service.ts'
import { importTickets, ticketTemplate } from './import.service.ts'
import { publicForm, publicStatus, submitPublicComplaint } from './public.service.ts'
import { addPublicPhoto, type PhotoDoor } from './public-photo.service.ts'
import type { ComplaintDeps } from './room.ts'

const read = { permission: 'complaint:read' } as const
const write = { permission: 'complaint:write' } as const
const look = { permission: 'complainant:read' } as const

export const complaintPlugin =
  (deps: ComplaintDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/complaints', { schema: contract.list, config: read }, (request) =>
      listComplaints(deps, request.actor, request.query),
    )
    app.get('/complaints/summary', { schema: contract.summary, config: read }, (request) =>
      complaintSummary(deps, request.actor),
    )
    app.get('/complaints/kpi', { schema: contract.kpi, config: read }, (request) =>
      complaintKpi(deps, request.actor, request.query),
    )
    app.get('/complaints/looks', { schema: contract.looks, config: read }, (request) =>
      listLooks(deps, request.actor, request.query),
    )
    app.get('/complaints/template', { schema: contract.template, config: write }, async (_request, reply) => {
      reply.header('content-disposition', attachment('热线工单导入模板.xlsx'))
      reply.type(tableTypes.xlsx)
      return reply.send(await ticketTemplate())
    })
    app.post('/complaints', { schema: contract.create, config: write }, async (request, reply) =>
      reply.code(201).send(await createComplaint(deps, request.actor, request.body)),
    )
    app.post('/complaints/import', { schema: contract.importTickets, config: write }, async (request) => {
      const file = await request.file()
      if (file === undefined)
        throw new AppError('complaint.file-unreadable', { detail: '没有收到文件（字段 file）' })
      return importTickets(deps, request.actor, await file.toBuffer())
    })
    app.get('/complaints/:id', { schema: contract.get, config: read }, (request) =>
      getComplaint(deps, request.actor, request.params.id),
    )
    app.put('/complaints/:id', { schema: contract.change, config: write }, (request) =>
      changeComplaint(deps, request.actor, request.params.id, request.body),
    )
    app.post('/complaints/:id/merge', { schema: contract.merge, config: write }, (request) =>
      mergeComplaint(deps, request.actor, request.params.id, request.body),
    )
    app.post('/complaints/:id/answers', { schema: contract.answer, config: write }, (request) =>
      answerComplaint(deps, request.actor, request.params.id, request.body),
    )
    app.post('/complaints/:id/complainant/look', { schema: contract.look, config: look }, (request) =>
      lookAtComplainant(deps, request.actor, request.params.id, request.body.reason),
    )
  }

/** Without login. What leaves here is what a citizen may know; every limit is in the configuration. */
export const publicPlugin =
  (deps: ComplaintDeps, photos: PhotoDoor): FastifyPluginAsyncTypebox =>
  async (app) => {
    const contractOf = publicComplaintRoutes
    const limit = { max: deps.config.publicLookUpsPerMinute, timeWindow: '1 minute' }
    const open = { public: true } as const
    const limited = { ...open, rateLimit: limit } as const
    app.get('/public/complaint-form', { schema: contractOf.form, config: open }, () => publicForm(deps))
    app.post('/public/complaints', { schema: contractOf.submit, config: open }, async (request, reply) =>
      reply.code(201).send(await submitPublicComplaint(deps, request.body, request.ip)),
    )
    app.get('/public/complaints/:number', { schema: contractOf.status, config: limited }, (request) =>
      publicStatus(deps, request.params.number, request.query.code),
    )
    app.post(
      '/public/complaints/:number/photos',
      { schema: contractOf.photo, config: limited },
      async (request, reply) => {
        const file = await request.file({
          limits: { files: 1, fileSize: complaintTextLimits.photoMb * 1_048_576 },
        })
        if (file === undefined)
          throw new AppError('public.photo-refused', { detail: '没有收到照片（字段 file）' })
        const bytes = await file.toBuffer()
        const { number } = request.params
        await addPublicPhoto(deps, photos, number, request.query.token, { name: file.filename, bytes })
        return reply.code(204).send(null)
      },
    )
  }
