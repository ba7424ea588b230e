/** Door of the server for the command line, the demo, the benchmarks and the journeys. */

export { createTraining, setAttendance } from './features/bureau/index.ts'
export { complaintDeps, createComplaint } from './features/complaints/index.ts'
export { evidenceFolder, takeFile, verifyStoredEvidence } from './features/evidence/index.ts'
export {
  actorOf,
  createOrganization,
  createUser,
  ensureOrganization,
  organizationBy,
  resetUserPassword,
  userBy,
} from './features/identity/index.ts'
export {
  bruteForce,
  countyMonth,
  type Plan,
  type PlanInput,
  planApart,
  planInspections,
  smallCase,
  whatIfApart,
} from './features/inspections/index.ts'
export {
  describeFault,
  exportBundle,
  type Gateway,
  importFile,
  importJob,
  replay,
  saveStation,
  sealDay,
  startGateway,
  startImport,
  verifyBundle,
  verifyJournal,
} from './features/intake/index.ts'
export {
  addCause,
  advanceMatter,
  matterSubject,
  openMatter,
  registerProblem,
} from './features/matters/index.ts'
export * from './features/registry/index.ts'
export {
  airFactors,
  applyDecision,
  digestOf,
  drainDirty,
  factorsOf,
  internLayout,
  type ObservationRow,
  type RollupWorker,
  readSeries,
  startRollupWorker,
  waitingBuckets,
  wipeDerived,
  writeObservations,
} from './features/series/index.ts'
export {
  applySourceDecision,
  drainSources,
  fileMark,
  monthlyMass,
  queueEverything,
  readOutletHours,
  reviewMark,
  type SourceWorker,
  sourceDigest,
  startSourceWorker,
  wipeComputed,
  wipeSources,
  writeMaintenance,
} from './features/sources/index.ts'
export {
  type OpenDatabase,
  openConfiguredDatabase,
  type RunningServer,
  roomRoutes,
  type ServerOptions,
  type ServerRole,
  serverRoles,
  startServer,
  version,
} from './main.ts'
export { type Actor, regionsLiteral } from './platform/actor.ts'
export { recordAudit, verifyAuditChain } from './platform/audit/index.ts'
export {
  backupTo,
  checkBackup,
  openRunningEmbedded,
  restoreFrom,
  type TableEnd,
} from './platform/backup/index.ts'
export { type Clock, fixedClock, shanghaiIso, systemClock } from './platform/clock.ts'
export {
  type Config,
  ConfigError,
  configTable,
  defaultConfig,
  type LoadedConfig,
  loadConfig,
  maskedEntries,
} from './platform/config/index.ts'
export { type DirectoryLock, lockDirectory } from './platform/db/directory-lock.ts'
export {
  clusterElsewhere,
  type Database,
  migrate,
  migrationState,
  openDatabase,
  type Queryable,
  startEmbedded,
  type Trx,
} from './platform/db/index.ts'
export type { Deps } from './platform/deps.ts'
export { AppError, toProblem } from './platform/errors.ts'
export { keepHeapSmall } from './platform/heap.ts'
export { createLogger, type Logger, silentLogger } from './platform/log.ts'
