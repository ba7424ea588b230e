import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { processIdentity } from './processes.ts'
import { databaseAccount } from './unprivileged.ts'

interface Said {
  readonly connectionString: string
  readonly pid: number
  readonly clusterDir: string
  readonly code?: string
  readonly message?: string
}

const postgresBin = process.env.SHANSHUI_TEST_POSTGRES_BIN ?? ''
const folders: string[] = []
const children: ChildProcess[] = []

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'shanshui-embedded-'))
  chmodSync(folder, 0o711)
  folders.push(folder)
  return join(folder, 'data')
}

let made: string
/** Making a cluster takes seconds and is done once; the tests work on copies. */
beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), 'shanshui-embedded-'))
  chmodSync(made, 0o711)
  const { child } = await start(join(made, 'data'))
  await stop(child)
}, 120_000)
afterAll(() => rmSync(made, { recursive: true, force: true }))

function newCopy(): string {
  const dataDir = newFolder()
  execFileSync('cp', ['-a', join(made, 'data'), dataDir])
  return dataDir
}

async function start(
  dataDir: string,
  ids: { uid?: number; gid?: number } = {},
): Promise<{ child: ChildProcess; said: Said }> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'embedded.fixture.ts'), dataDir, postgresBin],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      ...ids,
    },
  )
  children.push(child)
  const line = await new Promise<string>((done, failed) => {
    let text = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes('\n')) done(text)
    })
    child.once('exit', (code) => failed(new Error(`ended with ${code}: ${text}`)))
  })
  return { child, said: JSON.parse(line) as Said }
}

const exited = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise<void>((done) => child.once('exit', () => done()))

async function stop(child: ChildProcess): Promise<void> {
  child.stdin?.end()
  await exited(child)
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(sql)).rows ?? []
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function gone(pid: number): Promise<void> {
  for (let i = 0; i < 600; i++) {
    if (processIdentity(pid) === undefined) return
    await new Promise((wait) => setTimeout(wait, 50))
  }
  throw new Error(`process ${pid} still there`)
}

afterEach(async () => {
  for (const child of children.splice(0)) await stop(child)
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

test('what was committed is there after an orderly stop, and the cluster has checksums', async () => {
  const dataDir = newCopy()
  const first = await start(dataDir)
  await query(first.said.connectionString, 'create table t as select 42 as x')
  await stop(first.child)
  await gone(first.said.pid)
  expect(existsSync(join(first.said.clusterDir, 'postmaster.pid'))).toBe(false)
  const second = await start(dataDir)
  expect(await query(second.said.connectionString, 'select x from t')).toEqual([{ x: 42 }])
  expect(await query(second.said.connectionString, `select current_setting('data_checksums') as on`)).toEqual(
    [{ on: 'on' }],
  )
}, 60_000)

test('it listens on the loopback address only, and asks for the generated password', async () => {
  const dataDir = newCopy()
  const { said } = await start(dataDir)
  const url = new URL(said.connectionString)
  expect(url.hostname).toBe('127.0.0.1')
  const rows = await query(
    said.connectionString,
    `select current_setting('listen_addresses') as tcp, current_setting('synchronous_commit') as sync,
            (select rolsuper or rolcreaterole or rolcreatedb from pg_roles where rolname = current_user) as mighty`,
  )
  expect(rows).toEqual([{ tcp: '127.0.0.1', sync: 'on', mighty: false }])
  url.password = 'guess'
  await expect(query(url.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
  expect(statSync(join(dataDir, 'password')).mode & 0o777).toBe(0o600)
}, 60_000)

test('a second server on the directory is refused and told who has it', async () => {
  const dataDir = newCopy()
  const { child, said } = await start(dataDir)
  const second = await start(dataDir)
  expect(second.said.code).toBe('database.directory-in-use')
  expect(second.said.message).toContain(String(child.pid))
  expect(second.said.message).toContain(dataDir)
  expect(await query(said.connectionString, 'select 1 as still')).toEqual([{ still: 1 }])
}, 60_000)

test('of servers that start at the same moment one gets the directory', async () => {
  const dataDir = newCopy()
  const starts = await Promise.all([start(dataDir), start(dataDir), start(dataDir)])
  expect(starts.filter(({ said }) => said.code === undefined)).toHaveLength(1)
}, 60_000)

test('after kill -9 of the server its orphaned database is ended and nothing committed is lost', async () => {
  const dataDir = newCopy()
  const first = await start(dataDir)
  await query(first.said.connectionString, 'create table t (x int)')
  await query(first.said.connectionString, 'insert into t select generate_series(1, 1000)')
  first.child.kill('SIGKILL')
  await exited(first.child)
  expect(processIdentity(first.said.pid)).toBeDefined()
  const second = await start(dataDir)
  expect(second.said.pid).not.toBe(first.said.pid)
  expect(processIdentity(first.said.pid)).toBeUndefined()
  expect(await query(second.said.connectionString, 'select count(*)::int as n from t')).toEqual([{ n: 1000 }])
}, 60_000)

test('after kill -9 of server and database at once it recovers', async () => {
  const dataDir = newCopy()
  const first = await start(dataDir)
  await query(first.said.connectionString, 'create table t as select generate_series(1, 500) as x')
  process.kill(first.said.pid, 'SIGKILL')
  first.child.kill('SIGKILL')
  await exited(first.child)
  await gone(first.said.pid)
  expect(existsSync(join(first.said.clusterDir, 'postmaster.pid'))).toBe(true)
  const second = await start(dataDir)
  expect(second.said.message).toBeUndefined()
  expect(await query(second.said.connectionString, 'select count(*)::int as n from t')).toEqual([{ n: 500 }])
}, 60_000)

test('after kill -9 of the database the server starts it again at the same address', async () => {
  const { child, said } = await start(newCopy())
  await query(said.connectionString, 'create table t as select generate_series(1, 300) as x')
  process.kill(said.pid, 'SIGKILL')
  await gone(said.pid)
  let rows: Record<string, unknown>[] = []
  for (let i = 0; i < 400 && rows.length === 0; i++) {
    rows = await query(said.connectionString, 'select count(*)::int as n from t').catch(() => [])
    await new Promise((wait) => setTimeout(wait, 50))
  }
  expect(rows).toEqual([{ n: 300 }])
  expect(child.exitCode).toBeNull()
}, 60_000)

test('a pid file whose number belongs to another process by now does not keep it from starting', async () => {
  const dataDir = newCopy()
  const first = await start(dataDir)
  const pidFile = join(first.said.clusterDir, 'postmaster.pid')
  const before = readFileSync(pidFile, 'utf8')
  await stop(first.child)
  const other = spawn('sleep', ['60'], { ...idsOfDatabase(), stdio: 'ignore' })
  try {
    writeFileSync(pidFile, before.replace(/^\d+/, String(other.pid)))
    const second = await start(dataDir)
    expect(second.said.code).toBeUndefined()
    expect(processIdentity(other.pid ?? 0)).toBeDefined()
  } finally {
    other.kill('SIGKILL')
  }
}, 60_000)

function idsOfDatabase(): { uid?: number; gid?: number } {
  const account = databaseAccount()
  return account === undefined ? {} : { uid: account.uid, gid: account.gid }
}

const isRoot = process.getuid?.() === 0

test.runIf(isRoot)(
  'started by root the database runs as an account without rights',
  async () => {
    const { said } = await start(newCopy())
    expect(statSync(`/proc/${said.pid}`).uid).toBe(databaseAccount()?.uid)
    expect(statSync(`/proc/${said.pid}`).uid).not.toBe(0)
  },
  60_000,
)

test.runIf(isRoot)(
  'a plain user starts it as itself',
  async () => {
    const ids = idsOfDatabase()
    const dataDir = newFolder()
    mkdirSync(dataDir)
    chownSync(dataDir, ids.uid ?? 0, ids.gid ?? 0)
    const { said } = await start(dataDir, ids)
    expect(said.message).toBeUndefined()
    expect(statSync(`/proc/${said.pid}`).uid).toBe(ids.uid)
    expect(await query(said.connectionString, 'select 1 as works')).toEqual([{ works: 1 }])
  },
  60_000,
)

test.runIf(isRoot)(
  'root may keep its data in a closed folder: the cluster lies elsewhere and a note says where',
  async () => {
    const dataDir = newFolder()
    chmodSync(join(dataDir, '..'), 0o700)
    const { child, said } = await start(dataDir)
    try {
      expect(said.clusterDir.startsWith('/var/lib/shanshui/')).toBe(true)
      expect(readFileSync(join(dataDir, 'pgdata.location'), 'utf8')).toContain(said.clusterDir)
      expect(await query(said.connectionString, 'select 1 as works')).toEqual([{ works: 1 }])
    } finally {
      await stop(child)
      if (said.clusterDir?.startsWith('/var/lib/shanshui/cluster-'))
        rmSync(said.clusterDir, { recursive: true })
    }
  },
  60_000,
)
