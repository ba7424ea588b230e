/**
 * One PostgreSQL for a run of the tests, shared by its processes: the first that needs it makes it, the run's
 * global set-up ends it. Databases are cloned from a migrated template.
 */

import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { initCluster, migrate, openDatabase, startDetached, stopDetached } from '../db/index.ts'
import { processIdentity } from '../db/processes.ts'
import { silentLogger } from '../log.ts'

export interface TestCluster {
  readonly adminUrl: string
  readonly ownerUrl: string
}

export const templateName = 'shanshui_template'
const runPrefix = 'shanshui-run-'
const runFolderVariable = 'SHANSHUI_TEST_RUN'
const postgresBin = process.env.SHANSHUI_TEST_POSTGRES_BIN ?? ''
/** Tests may lose their database with the machine; they need not wait for the disk. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '128MB',
  max_wal_size: '512MB',
  max_connections: '300',
}

/** Folder of this run; made by the global set-up and handed to the workers by the environment. */
export function openRun(): string {
  removeDeadRuns()
  const folder = mkdtempSync(join(tmpdir(), `${runPrefix}${process.pid}-`))
  spawnSync('chmod', ['711', folder])
  writeFileSync(join(folder, 'holder'), `${process.pid}\n${processIdentity(process.pid) ?? ''}`)
  process.env[runFolderVariable] = folder
  return folder
}

export async function closeRun(folder: string): Promise<void> {
  await stopDetached(join(folder, 'pgdata'), silentLogger)
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** A run that was killed leaves its cluster behind; the next run clears it away. */
function removeDeadRuns(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(runPrefix)) continue
    const folder = join(tmpdir(), name)
    try {
      const [pid, identity] = readFileSync(join(folder, 'holder'), 'utf8').split('\n')
      if (processIdentity(Number(pid)) === identity) continue
      void closeRun(folder).catch(() => undefined)
    } catch {
      // being made or removed by somebody else at this moment
    }
  }
}

/** The run's cluster, started if need be. */
export async function testCluster(): Promise<TestCluster> {
  const folder = process.env[runFolderVariable]
  if (folder === undefined)
    throw new Error('createTestDatabase works under vitest only (globalSetup opens the run)')
  const ready = join(folder, 'ready.json')
  let mine = false
  try {
    mkdirSync(join(folder, 'starting'))
    mine = true
  } catch {
    // another worker is making it
  }
  if (mine) {
    try {
      writeReady(ready, await makeCluster(folder))
    } catch (error) {
      writeFileSync(
        join(folder, 'failed'),
        error instanceof Error ? (error.stack ?? error.message) : String(error),
      )
      throw error
    }
  }
  for (const until = Date.now() + 120_000; Date.now() < until; await sleep(40)) {
    if (existsSync(ready)) return JSON.parse(readFileSync(ready, 'utf8')) as TestCluster
    const failed = join(folder, 'failed')
    if (existsSync(failed)) throw new Error(`test cluster: ${readFileSync(failed, 'utf8')}`)
  }
  throw new Error('test cluster did not start within 120 s')
}

function writeReady(file: string, cluster: TestCluster): void {
  writeFileSync(`${file}.draft`, JSON.stringify(cluster), { mode: 0o600 })
  renameSync(`${file}.draft`, file)
}

async function makeCluster(folder: string): Promise<TestCluster> {
  const clusterDir = join(folder, 'pgdata')
  const password = await copyOfFreshCluster(clusterDir)
  const started = await startDetached({ clusterDir, password, postgresBin, settings })
  const admin = new pg.Client({ connectionString: started.adminConnectionString })
  await admin.connect()
  await admin.query(`create database ${templateName} owner shanshui`)
  await admin.query('alter role shanshui createdb')
  await admin.end()
  const ownerUrl = started.ownerConnectionString(templateName)
  const template = openDatabase(ownerUrl)
  try {
    await migrate(template.pool)
  } finally {
    await template.close()
  }
  return { adminUrl: started.adminConnectionString, ownerUrl }
}

/** initdb takes seconds; its result is kept per PostgreSQL and copied. */
async function copyOfFreshCluster(clusterDir: string): Promise<string> {
  const key = postgresBin === '' ? 'embedded-18.4.0' : postgresBin.replace(/[^a-z0-9]+/gi, '-')
  const cache = join(tmpdir(), `shanshui-initdb-${process.getuid?.() ?? 0}-${key}`)
  if (!existsSync(join(cache, 'password'))) {
    const draft = mkdtempSync(`${cache}.`)
    spawnSync('chmod', ['711', draft])
    const password = randomBytes(12).toString('hex')
    await initCluster(join(draft, 'pgdata'), password, postgresBin)
    writeFileSync(join(draft, 'password'), password, { mode: 0o600 })
    try {
      renameSync(draft, cache)
    } catch {
      rmSync(draft, { recursive: true, force: true }) // another run was first
    }
  }
  if (statSync(cache).uid !== (process.getuid?.() ?? 0)) throw new Error(`${cache} belongs to somebody else`)
  const copied = spawnSync('cp', ['-a', join(cache, 'pgdata'), clusterDir])
  if (copied.status !== 0)
    cpSync(join(cache, 'pgdata'), clusterDir, { recursive: true, preserveTimestamps: true })
  return readFileSync(join(cache, 'password'), 'utf8')
}
