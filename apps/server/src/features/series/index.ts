/** Door of the series room. */
export { float8Array, int4Array, int8Array, pairArray, textArray, timestampArray } from './binary-array.ts'
export { dateOf, dayMs, hourMs, isoOf, isoTimes, midnightOf, nextStart, startOf } from './civil-time.ts'
export type { CopyRow } from './copy-binary.ts'
export { copyRows, sqlInstant, sqlInts } from './copy-rows.ts'
export { decodeCursor, encodeCursor } from './cursor.ts'
export { applyDecision } from './decision.service.ts'
export { digestOf, wipeDerived } from './digest.repository.ts'
export { internLayout } from './layout.repository.ts'
export { listOf } from './range.ts'
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
export { isUsable, markInvalid } from './usable.ts'
export { instant as sqlEpoch, ms as sqlMs } from './view.repository.ts'
export { type Poisoned, writeBisecting, writeObservations } from './write.service.ts'
