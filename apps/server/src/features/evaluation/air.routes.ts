import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { evaluationRoutes } from '@shanshui/contract'
import type { Deps } from '../../platform/deps.ts'
import { airHours } from './air-hours.ts'
import { airMonths } from './air-months.ts'
import { airOverview } from './air-overview.ts'
import { airPercentiles } from './air-percentiles.ts'
import { airRankingOf } from './air-ranking-page.ts'
import { airStationDays } from './air-station-days.ts'
import { airYear, noTargets, type TargetDoor } from './air-year.ts'

/** Air quality of a city. `targets`: what the targets room adds to the pages. */
export const airRoutes =
  (deps: Deps, targets: TargetDoor = noTargets): FastifyPluginAsyncTypebox =>
  async (app) => {
    const config = { permission: 'air:read' } as const
    app.get('/air/overview', { schema: evaluationRoutes.airOverview, config }, async (request) =>
      airOverview(deps, request.actor, request.query, targets),
    )
    app.get('/air/hours', { schema: evaluationRoutes.airHours, config }, async (request) =>
      airHours(deps, request.actor, request.query),
    )
    app.get('/air/cities/:id/year', { schema: evaluationRoutes.airYear, config }, async (request) =>
      airYear(deps, request.actor, request.params.id, request.query, targets),
    )
    app.get('/air/cities/:id/months', { schema: evaluationRoutes.airMonths, config }, async (request) =>
      airMonths(deps, request.actor, request.params.id, request.query),
    )
    app.get('/air/cities/:id/ranking', { schema: evaluationRoutes.airRanking, config }, async (request) =>
      airRankingOf(deps, request.actor, request.params.id, request.query),
    )
    app.get(
      '/air/cities/:id/percentiles',
      { schema: evaluationRoutes.airPercentiles, config },
      async (request) => airPercentiles(deps, request.actor, request.params.id, request.query),
    )
    app.get('/air/stations/:id/days', { schema: evaluationRoutes.airStationDays, config }, async (request) =>
      airStationDays(deps, request.actor, request.params.id, request.query),
    )
  }
