import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { evaluationRoutes } from '@shanshui/contract'
import type { Deps } from '../../platform/deps.ts'
import { figureDetail, figureList, noReports, type ReportDoor, recomputeFigure } from './figure-detail.ts'
import { figureInputDay, figureInputs, figureRecord } from './figure-inputs.ts'

/** Figures and what they stand on. `reports`: where a figure is printed. */
export const figureRoutes =
  (deps: Deps, reports: ReportDoor = noReports): FastifyPluginAsyncTypebox =>
  async (app) => {
    const config = { permission: 'figure:read' } as const
    app.get('/figures', { schema: evaluationRoutes.listFigures, config }, async (request) =>
      figureList(deps, request.actor, request.query),
    )
    app.get('/figures/:id', { schema: evaluationRoutes.getFigure, config }, async (request) =>
      figureDetail(deps, request.actor, request.params.id, reports),
    )
    app.get('/figures/:id/inputs', { schema: evaluationRoutes.getFigureInputs, config }, async (request) =>
      figureInputs(deps, request.actor, request.params.id),
    )
    app.get(
      '/figures/:id/inputs/:date',
      { schema: evaluationRoutes.getFigureInputDay, config },
      async (request) => figureInputDay(deps, request.actor, request.params.id, request.params.date),
    )
    app.post(
      '/figures/:id/recompute',
      { schema: evaluationRoutes.recomputeFigure, config },
      async (request) => recomputeFigure(deps, request.actor, request.params.id, reports),
    )
    // Raw frames carry what only those may read who read the journal.
    app.get(
      '/figures/records/:msg',
      { schema: evaluationRoutes.getFigureRecord, config: { permission: 'journal:read' } },
      async (request) => figureRecord(deps, request.actor, request.params.msg),
    )
  }
