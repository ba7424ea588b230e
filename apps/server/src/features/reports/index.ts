/** Door of the reports room. */
import type { Deps } from '../../platform/deps.ts'
import type { ReportDoor } from '../evaluation/index.ts'
import { usesOfFigures } from './report.repository.ts'

export { reportRoomRoutes } from './report.routes.ts'
export { createReport, freezeReport, getReport } from './report.service.ts'

/** Where a figure is printed. */
export function reportDoor(deps: Pick<Deps, 'db'>): ReportDoor {
  return { usesOf: (figureIds) => usesOfFigures(deps.db.pool, figureIds) }
}
