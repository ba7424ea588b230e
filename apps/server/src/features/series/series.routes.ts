import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { seriesSchemas as schema } from '@shanshui/contract'
import type { Deps } from '../../platform/deps.ts'
import { attachment } from '../../platform/http/index.ts'
import { tableTypes } from '../../platform/table-file.ts'
import { confirmSand, makeMark, reviewDaysAt, withdrawMark, withdrawSand } from './decide.service.ts'
import { exportCsv, exportXlsx } from './export.service.ts'
import { listMarks, listReviews, listSand, proposeSand, reviewHistory } from './queue.service.ts'
import {
  listCompleteness,
  listLatest,
  listObservations,
  listRevisions,
  openObservation,
} from './read.service.ts'
import { waitingBuckets } from './rollup.repository.ts'

const read = { permission: 'series:read' } as const

/** Routes of the series room, below /api/v1. */
export const seriesRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get('/points/:pointId/observations', { schema: schema.observations, config: read }, (request) =>
      listObservations(deps, request.actor, request.params.pointId, request.query),
    )
    app.get(
      '/points/:pointId/observations.csv',
      { schema: schema.observationsCsv, config: read },
      async (request, reply) => {
        const file = await exportCsv(deps, request.actor, request.params.pointId, request.query)
        return reply
          .header('content-disposition', attachment(file.name))
          .type(`text/csv; charset=${request.query.charset ?? 'utf-8'}`)
          .send(file.bytes as never)
      },
    )
    app.get(
      '/points/:pointId/observations.xlsx',
      { schema: schema.observationsXlsx, config: read },
      async (request, reply) => {
        const file = await exportXlsx(deps, request.actor, request.params.pointId, request.query)
        return reply
          .header('content-disposition', attachment(file.name))
          .type(tableTypes.xlsx)
          .send(file.bytes)
      },
    )
    app.get('/points/:pointId/observation', { schema: schema.observation, config: read }, (request) =>
      openObservation(deps, request.actor, request.params.pointId, request.query),
    )
    app.get('/points/:pointId/revisions', { schema: schema.revisions, config: read }, (request) =>
      listRevisions(deps, request.actor, request.params.pointId, request.query),
    )
    app.get('/latest', { schema: schema.latest, config: read }, async (request) => ({
      items: await listLatest(deps, request.actor, request.query),
    }))
    app.get('/completeness', { schema: schema.completeness, config: read }, async (request) => ({
      items: await listCompleteness(deps, request.actor, request.query),
    }))
    app.get('/rollup', { schema: schema.rollup, config: read }, async (request) => ({
      waiting: await deps.db.asActor(request.actor, (trx) => waitingBuckets(trx)),
    }))
    decisionRoutes(deps, app)
    reviewRoutes(deps, app)
  }

type Routes = Parameters<FastifyPluginAsyncTypebox>[0]

function decisionRoutes(deps: Deps, app: Routes): void {
  const mark = { permission: 'series:mark' } as const
  const sand = { permission: 'sand:confirm' } as const
  app.get('/marks', { schema: schema.marks, config: read }, (request) =>
    listMarks(deps, request.actor, request.query),
  )
  app.post('/marks', { schema: schema.createMark, config: mark }, async (request, reply) =>
    reply.code(201).send(await makeMark(deps, request.actor, request.body)),
  )
  app.post('/marks/:id/withdraw', { schema: schema.withdrawMark, config: mark }, (request) =>
    withdrawMark(deps, request.actor, request.params.id, request.body.reason),
  )
  app.get('/sand-periods', { schema: schema.sandPeriods, config: read }, async (request) => ({
    items: await listSand(deps, request.actor, request.query),
  }))
  app.get('/sand-periods/proposals', { schema: schema.sandProposals, config: read }, (request) =>
    proposeSand(deps, request.actor, request.query),
  )
  app.post('/sand-periods', { schema: schema.confirmSand, config: sand }, async (request, reply) =>
    reply.code(201).send(await confirmSand(deps, request.actor, request.body)),
  )
  app.post('/sand-periods/:id/withdraw', { schema: schema.withdrawSand, config: sand }, (request) =>
    withdrawSand(deps, request.actor, request.params.id, request.body.reason),
  )
}

function reviewRoutes(deps: Deps, app: Routes): void {
  app.get('/reviews', { schema: schema.reviews, config: read }, (request) =>
    listReviews(deps, request.actor, request.query),
  )
  app.get('/reviews/history', { schema: schema.reviewHistory, config: read }, (request) =>
    reviewHistory(deps, request.actor, request.query),
  )
  app.post(
    '/reviews/station',
    { schema: schema.reviewStation, config: { permission: 'review:station' } },
    (request) => reviewDaysAt(deps, request.actor, 'station', request.body),
  )
  app.post('/reviews/city', { schema: schema.reviewCity, config: { permission: 'review:city' } }, (request) =>
    reviewDaysAt(deps, request.actor, 'city', request.body),
  )
  app.post(
    '/reviews/province',
    { schema: schema.reviewProvince, config: { permission: 'review:province' } },
    (request) => reviewDaysAt(deps, request.actor, 'province', request.body),
  )
}
