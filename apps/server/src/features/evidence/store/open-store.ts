import { join } from 'node:path'
import type { Config } from '../../../platform/config/index.ts'
import { diskStore } from './disk-store.ts'
import { s3Store } from './s3-store.ts'
import type { EvidenceStore } from './store.ts'

/** Folder of the data directory that holds evidence, its unfinished uploads, thumbnails and quarantine. */
export const evidenceFolder = (config: Pick<Config, 'dataDir'>): string => join(config.dataDir, 'evidence')

/** The store that the configuration names. */
export function openStore(config: Config): EvidenceStore {
  if (config.evidenceS3Endpoint === '') return diskStore(join(evidenceFolder(config), 'files'))
  return s3Store({
    endpoint: config.evidenceS3Endpoint,
    region: config.evidenceS3Region,
    bucket: config.evidenceS3Bucket,
    key: config.evidenceS3Key,
    secret: config.evidenceS3Secret,
  })
}
