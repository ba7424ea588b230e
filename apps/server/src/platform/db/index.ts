export { clusterElsewhere, initCluster } from './cluster.ts'
export {
  checkServerVersion,
  type Database,
  type DatabaseOptions,
  openDatabase,
  type Queryable,
  type Trx,
  withSavepoint,
} from './database.ts'
export {
  type EmbeddedOptions,
  type EmbeddedPostgres,
  startDetached,
  startEmbedded,
  stopDetached,
} from './embedded.ts'
export { type Migration, migrate, migrationState, migrationsFolder, readMigrations } from './migrate.ts'
