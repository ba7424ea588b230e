import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordAudit } from '../../platform/audit/index.ts'
import { backupTo, checkBackup, restoreFrom } from '../../platform/backup/index.ts'
import { defaultConfig } from '../../platform/config/index.ts'
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts'
import { sha256Of } from './evidence-fixture.ts'
import { diskStore, storedPath } from './store/disk-store.ts'
import { verifyStoredEvidence } from './verify-all.ts'

const files = [Buffer.from('照片'.repeat(700_000)), Buffer.from('文书')]
const options = { version: '0.1.0', now: Date.parse('2026-03-02T00:00:00+08:00') }
let database: TestDatabase
let dir: string
let dataDir: string
const evidence = () => join(dataDir, 'evidence')

beforeAll(async () => {
  database = await createTestDatabase()
  dir = mkdtempSync(join(tmpdir(), 'shanshui-evidence-backup-'))
  dataDir = join(dir, 'data')
  const store = diskStore(join(evidence(), 'files'))
  for (const [i, bytes] of files.entries()) {
    const path = join(dir, `f${i}`)
    writeFileSync(path, bytes)
    await store.put(path, sha256Of(bytes), bytes.length)
    await database.db.transaction(async (trx) => {
      const { rows } = await trx.query<{ id: number }>(
        `insert into evidence (subject_kind, subject_id, kind, title, file_name, media_type, bytes, sha256, region_code,
           owner_id, parties, shown_to_owner, internal, located, verdict, findings, scan, uploaded_at, user_id, organization_id)
         values ('matter', 1, 'photo', 'x', 'x', 'image/jpeg', $1, $2, 629001, 0, '{}', false, false, false, 'unknown', '[]',
           'not-scanned', now(), 1, 1) returning id`,
        [bytes.length, sha256Of(bytes)],
      )
      await recordAudit(trx, 'system', 'evidence.added', `evidence:${rows[0]?.id}`, {
        sha256: sha256Of(bytes),
      })
    })
  }
  mkdirSync(join(evidence(), 'incoming'), { recursive: true })
  writeFileSync(join(evidence(), 'incoming', '1.part'), 'unfinished')
})
afterAll(async () => {
  await database.drop()
  rmSync(dir, { recursive: true })
})

test('a backup brings the files of evidence along, and they verify after the restore', async () => {
  const file = join(dir, 'all.backup')
  const report = await backupTo(database.db, file, { ...options, folder: evidence() })
  expect(report).toMatchObject({ files: 2, fileBytes: files[0]!.length + files[1]!.length })
  await checkBackup(file)
  const elsewhere = join(dir, 'elsewhere')
  const target = await createEmptyDatabase()
  const restored = await restoreFrom(target.db, file, { folder: join(elsewhere, 'evidence') })
  expect(restored.files).toBe(2)
  expect(existsSync(join(elsewhere, 'evidence', 'incoming'))).toBe(false)
  const config = { ...defaultConfig, dataDir: elsewhere }
  expect(await verifyStoredEvidence(target.db, config)).toEqual({ checked: 2, faults: [] })
  await target.drop()
})

test('a backup without a folder is one as before, and one with files restores without a place for them', async () => {
  const plain = join(dir, 'plain.backup')
  expect(await backupTo(database.db, plain, options)).toMatchObject({ files: 0 })
  const full = join(dir, 'full.backup')
  await backupTo(database.db, full, { ...options, folder: evidence() })
  const target = await createEmptyDatabase()
  expect(await restoreFrom(target.db, full)).toMatchObject({ files: 0 })
  await target.drop()
})

test('a file changed in the backup is noticed', async () => {
  const file = join(dir, 'changed.backup')
  await backupTo(database.db, file, { ...options, folder: evidence() })
  const bytes = gunzipSync(await readFile(file))
  const at = bytes.indexOf(files[1]!)
  const changed = Buffer.from(bytes)
  changed[at] = (changed[at] ?? 0) ^ 1
  await writeFile(file, gzipSync(changed))
  await expect(checkBackup(file)).rejects.toMatchObject({ code: 'backup.damaged' })
})

test('every stored file is held against its row and the audit chain', async () => {
  const config = { ...defaultConfig, dataDir }
  const path = storedPath(join(evidence(), 'files'), sha256Of(files[1]!))
  writeFileSync(path, 'forged')
  const { faults } = await verifyStoredEvidence(database.db, config)
  expect(faults.map(({ reason }) => reason)).toEqual(['changed'])
  rmSync(path)
  expect((await verifyStoredEvidence(database.db, config)).faults.map(({ reason }) => reason)).toEqual([
    'missing',
  ])
})
