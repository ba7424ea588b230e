/** Door of the series room. */
export { dateOf, dayMs, hourMs, isoOf, midnightOf, nextStart, startOf } from './civil-time.ts'
export { applyDecision } from './decision.service.ts'
export { digestOf, wipeDerived } from './digest.repository.ts'
export { internLayout } from './layout.repository.ts'
export { factorsOf, readSeries } from './read.repository.ts'
export { airFactors } from './rollup.days.ts'
export { waitingBuckets } from './rollup.repository.ts'
export { drainDirty } from './rollup.service.ts'
export { type OnRolled, type RollupWorker, startRollupWorker } from './rollup.worker.ts'
export { seriesRoutes } from './series.routes.ts'
export type {
  Cause,
  ObservationRow,
  Period,
  Procedure,
  RolledChange,
  SeriesQuery,
  SeriesTable,
  WriteResult,
} from './series.table.ts'
export { type Poisoned, writeBisecting, writeObservations } from './write.service.ts'
