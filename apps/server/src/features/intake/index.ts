/** Door of the intake room: the journal, the HJ 212 gateway, file imports. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Deps } from '../../platform/deps.ts'
import { gatewayRoutes } from './gateway.routes.ts'
import { importRoutes } from './import.routes.ts'
import { journalRoutes } from './journal.routes.ts'
import type { ValueReader, ValueWriter } from './series-door.ts'

export { type DeviceInfoChange, deviceInfoChanges } from './device-info.repository.ts'
export { type BundleReport, type BundleSource, verifyBundle } from './evidence-bundle.ts'
export { type StationDraft, saveStation } from './gateway.service.ts'
export { type Gateway, type GatewayOptions, type GatewayStats, startGateway } from './gateway.ts'
export { importFile, startImport, type Upload } from './import.service.ts'
export { importJob } from './import-job.ts'
export {
  type AppendedBlock,
  appendBlock,
  appendDecision,
  type BlockAbout,
  type Decision,
  describeFault,
  exportBundle,
  type JournalRecord,
  type JournalReport,
  readRecord,
  sealDay,
  verifyDay,
  verifyJournal,
} from './journal.ts'
export { blockArrivals } from './journal-arrivals.repository.ts'
export type { BlockKind } from './journal-block.ts'
export { stopsBetween as plannedStops } from './missing-hours.repository.ts'
export { missingHours } from './missing-hours.service.ts'
export { hourReasonTexts } from './missing-reason.ts'
export { type PublishedIndex, publishedIndexes, publishedIndexesWithin } from './peer-index.repository.ts'
export { readRecordAs } from './record-access.ts'
export { type ReplayReport, replay } from './replay.ts'
export type { Replayer, ValueReader, ValueWriter } from './series-door.ts'
export { type StationClock, stationClocks } from './station-clock.repository.ts'
export { followOutlets } from './station-moves.service.ts'

/** Routes of the room; `series` is handed in because that room comes later. */
export const intakeRoutes =
  (deps: Deps, series: ValueWriter & ValueReader): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(gatewayRoutes(deps, series))
    await app.register(importRoutes(deps))
    await app.register(journalRoutes(deps))
  }
export { csvCell, decodeText, looksLikeXlsx, separatorOf, splitLine, type TableLine } from './table-text.ts'
