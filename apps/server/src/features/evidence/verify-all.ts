/** Every file of evidence hashed again and held against its row and the audit chain; for the operator. */
import type { Config } from '../../platform/config/index.ts'
import type { Database } from '../../platform/db/index.ts'
import { auditedHash, evidenceFiles } from './evidence.repository.ts'
import { hashOf } from './store/incoming.ts'
import { openStore } from './store/open-store.ts'

export interface EvidenceFault {
  readonly id: number
  readonly sha256: string
  readonly reason: 'missing' | 'changed' | 'not-audited'
}

const rowsPerStep = 500

/** @returns how many were looked at, and what does not fit; quarantined files are looked up in the chain only */
export async function verifyStoredEvidence(
  db: Pick<Database, 'pool'>,
  config: Config,
  onProgress?: (checked: number) => void,
): Promise<{ checked: number; faults: EvidenceFault[] }> {
  const store = openStore(config)
  const faults: EvidenceFault[] = []
  let checked = 0
  for (let last = 0; ; ) {
    const rows = await evidenceFiles(db.pool, last, rowsPerStep)
    for (const { id, sha256, scan } of rows) {
      last = id
      checked++
      if ((await auditedHash(db.pool, id))?.sha256 !== sha256)
        faults.push({ id, sha256, reason: 'not-audited' })
      if (scan === 'infected') continue
      if ((await store.size(sha256)) === undefined) faults.push({ id, sha256, reason: 'missing' })
      else if ((await hashOf(await store.open(sha256))).sha256 !== sha256)
        faults.push({ id, sha256, reason: 'changed' })
    }
    onProgress?.(checked)
    if (rows.length < rowsPerStep) return { checked, faults }
  }
}
