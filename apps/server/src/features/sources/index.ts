/** Door of the sources room: hours of outlets as the platform judges them, exceedances, marks, masses. */
export { queueEverything } from './dirty.repository.ts'
export { drainSources } from './drain.service.ts'
export { type HourCounts, hourCounts } from './hour-counts.repository.ts'
export { writeMaintenance } from './maintenance.service.ts'
export { type MarkRow, markRows } from './mark.repository.ts'
export { fileMark, reviewMark } from './mark.service.ts'
export { monthlyMass, type OutletMonthMass } from './month-mass.ts'
export {
  type OutletHours,
  readComparisons,
  readExceedances,
  readOutletHours,
  readTickets,
} from './outlet-hours.ts'
export { sourceRoomRoutes } from './source.routes.ts'
export { countOpenExceedances, readOutletStates, sourcesTimeline } from './source.timeline.ts'
export {
  type DoubtedOutlets,
  type OnEvaluated,
  type SourceWorker,
  startSourceWorker,
} from './source.worker.ts'
export { applySourceDecision } from './source-decision.ts'
export { readTransmission } from './transmission.service.ts'
export { sourceDigest, wipeComputed, wipeSources } from './wipe.repository.ts'
