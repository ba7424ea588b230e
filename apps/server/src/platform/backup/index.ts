export {
  type BackupOptions,
  type BackupReport,
  backupTo,
  checkBackup,
  type RestoreOptions,
  restoreFrom,
} from './backup.service.ts'
export type { Manifest, TableEnd } from './backup-file.ts'
export { openRunningEmbedded } from './running-database.ts'
