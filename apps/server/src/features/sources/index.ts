/** Door of the sources room: hours of outlets as the platform judges them, exceedances, marks, masses. */
export { queueEverything, queueSpans } from './dirty.repository.ts'
export { type HourCounts, hourCounts } from './hour-counts.repository.ts'
export { monthlyMass, type OutletMonthMass, type Pollutant, pollutantOf } from './month-mass.ts'
export {
  type DoubtedOutlets,
  type OnEvaluated,
  type SourceWorker,
  startSourceWorker,
} from './source.worker.ts'
export { applySourceDecision } from './source-decision.ts'
export { sourceDigest, wipeComputed, wipeSources } from './wipe.repository.ts'
