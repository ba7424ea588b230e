/** Door of the evaluation room: figures with basis, the pages of air, the calculator. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Deps } from '../../platform/deps.ts'
import { airRoutes } from './air.routes.ts'
import type { TargetDoor } from './air-year.ts'
import { evaluatorRoutes } from './evaluator.routes.ts'
import { figureRoutes } from './figure.routes.ts'
import type { ReportDoor } from './figure-detail.ts'

/** All routes of the room. `doors`: what later rooms add to its pages. */
export const evaluationRoomRoutes =
  (deps: Deps, doors: { targets?: TargetDoor; reports?: ReportDoor } = {}): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(airRoutes(deps, doors.targets))
    await app.register(figureRoutes(deps, doors.reports))
    await app.register(evaluatorRoutes(deps))
  }

export { type AirScope, asker, type BasisQuery, cityFor, editionFor, yearPeriod } from './air-scope.ts'
export type { TargetDoor } from './air-year.ts'
export { dateOf, datesBetween, dayNumber, isoOf, periodText, yearBefore } from './civil-day.ts'
export { figureById, figuresByIds, figuresByKeys, freezeFigures } from './figure.repository.ts'
export { type FigureBook, openFigureBook, presentRef, requestOf } from './figure.service.ts'
export type { FigureRow, FigureWithBasis } from './figure.table.ts'
export { type FigureWorker, startFigureWorker } from './figure.worker.ts'
export { presentFigure, type ReportDoor } from './figure-detail.ts'
export { closureOf, editionInfo, indicatorByName, indicators } from './figure-engine.ts'
export { type FigureRequest, figureKey, lastYear } from './figure-request.ts'
export { evaluatedIndicator, percentileIndicator } from './indicators-of-items.ts'
export { type Days, lastWholeDay, loadDayTable } from './load-day-table.ts'
export { peerIndicators } from './load-figure-data.ts'
export { rankedSpan } from './load-peers.ts'
