/**
 * Supervisor of the embedded PostgreSQL: makes the cluster once, starts it as a child that listens on the loopback
 * address only with a generated password, clears what a killed predecessor left behind, and stops it gracefully.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { availableParallelism, tmpdir, totalmem } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from '../log.ts'
import { type Binaries, findBinaries, systemFolder } from './binaries.ts'
import { type DirectoryLock, lockDirectory } from './directory-lock.ts'
import { isPostgres, processesIn } from './processes.ts'
import { type Account, canTraverse, databaseAccount } from './unprivileged.ts'

export interface EmbeddedOptions {
  readonly dataDir: string
  /** Folder of another PostgreSQL's initdb and postgres; '' takes the embedded 18. */
  readonly postgresBin?: string
  readonly log: Logger
  /** Further settings, `name: value`; they win over ours. */
  readonly settings?: Readonly<Record<string, string>>
}

export interface EmbeddedPostgres {
  /** Connection of the owner of the tables. */
  readonly connectionString: string
  /** Connection of the superuser: for test databases only. */
  readonly adminConnectionString: string
  readonly pid: number
  readonly clusterDir: string
  stop(): Promise<void>
  /** Resolves with the reason when the server ends without having been asked to. */
  readonly ended: Promise<string>
}

const startLimitMs = 60_000
const stopLimitMs = 30_000
const ownerName = 'shanshui'
export const databaseName = 'shanshui'

/**
 * Where the cluster lies: inside the data directory, or, when root keeps that in a folder which the database's
 * account cannot pass (such as /root), in the system's folder for state, with a note of the place.
 */
function clusterFolder(dataDir: string, account: Account | undefined): string {
  const inside = join(dataDir, 'pgdata')
  if (canTraverse(account, inside)) return inside
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  const elsewhere = join(systemFolder, `cluster-${name}`)
  mkdirSync(systemFolder, { recursive: true, mode: 0o755 })
  writeFileSync(
    join(dataDir, 'pgdata.location'),
    `${elsewhere}\n数据库以账号 ${account?.name ?? ''} 运行，进不了本目录的上级目录，因此数据放在上面的位置。\n`,
  )
  return elsewhere
}

function readOrMakePassword(dataDir: string): string {
  const file = join(dataDir, 'password')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  const password = randomBytes(24).toString('base64url')
  writeFileSync(file, `${password}\n`, { mode: 0o600 })
  return password
}

function environmentFor(binaries: Binaries, home: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    HOME: home, // libpq inside the server looks for certificates there, and root's home is closed to it
    LC_ALL: 'C',
    TZ: 'UTC',
    ...(binaries.libraryPath === undefined
      ? {}
      : { LD_LIBRARY_PATH: binaries.libraryPath, DYLD_LIBRARY_PATH: binaries.libraryPath }),
  }
}

/** Makes a cluster: UTF-8, C collation (key order must not depend on a library's version), checksums, scram. */
export async function initCluster(clusterDir: string, password: string, postgresBin = ''): Promise<void> {
  const account = databaseAccount()
  const binaries = findBinaries(postgresBin, account)
  // A half-made cluster of a start that was killed has no control file yet; one with it is never touched.
  if (existsSync(join(clusterDir, 'global', 'pg_control')) && existsSync(join(clusterDir, 'shanshui.made')))
    return
  rmSync(clusterDir, { recursive: true, force: true })
  mkdirSync(clusterDir, { recursive: true, mode: 0o700 })
  const passwordFile = join(tmpdir(), `shanshui-${randomBytes(8).toString('hex')}`)
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (account !== undefined) {
    chownSync(clusterDir, account.uid, account.gid)
    chownSync(passwordFile, account.uid, account.gid)
  }
  try {
    await run(binaries.initdb, account, environmentFor(binaries, clusterDir), [
      `--pgdata=${clusterDir}`,
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--data-checksums',
    ])
  } finally {
    rmSync(passwordFile, { force: true })
  }
  writeFileSync(join(clusterDir, 'shanshui.made'), '')
}

async function run(
  file: string,
  account: Account | undefined,
  env: NodeJS.ProcessEnv,
  args: readonly string[],
): Promise<void> {
  const child = spawn(file, args, { env, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'], ...idsOf(account) })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  const code = await new Promise<number | null>((done, failed) => {
    child.once('error', failed)
    child.once('close', done)
  })
  if (code !== 0) throw new Error(`${basename(file)} 失败（${code}）：${output.slice(-2000)}`)
}

const idsOf = (account: Account | undefined) =>
  account === undefined ? {} : { uid: account.uid, gid: account.gid }

/**
 * Ends what a predecessor left working in the cluster's folder, and removes its pid file once no process holds it.
 * Only called under the directory lock, so whatever runs there has lost its server.
 */
async function clearLeftovers(clusterDir: string, log: Logger): Promise<void> {
  const pidFile = join(clusterDir, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const postmaster = Number.parseInt(readFileSync(pidFile, 'utf8'), 10)
  const held = () => processesIn(clusterDir).filter(isPostgres)
  if (held().includes(postmaster)) {
    log.warn(
      { event: 'database.orphan-stopped', pid: postmaster },
      'stopping the database of a killed server',
    )
    signal(postmaster, 'SIGINT')
  }
  for (let waited = 0; held().length > 0; waited += 50) {
    if (waited === 15_000) for (const pid of held()) signal(pid, 'SIGQUIT')
    if (waited === 20_000) for (const pid of held()) signal(pid, 'SIGKILL')
    if (waited > 30_000)
      throw new Error(`数据目录 ${clusterDir} 中的旧数据库进程 ${held().join('、')} 停不下来`)
    await sleep(50)
  }
  // PostgreSQL deals with a pid file of a process that is gone, but refuses one whose number exists: taken by another
  // process meanwhile, or a zombie that nobody reaps (in containers). Nobody works in the folder, so it is stale.
  if (process.platform === 'linux' && numberExists(postmaster)) rmSync(pidFile, { force: true })
}

function numberExists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // already gone
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(0, '127.0.0.1', listening)
  })
  const address = server.address()
  await new Promise<void>((closed) => server.close(() => closed()))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

function settingsFor(extra: Readonly<Record<string, string>>): string[] {
  const memoryMb = Math.floor((process.constrainedMemory() || totalmem()) / 1_048_576)
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    synchronous_commit: 'on', // acknowledge after commit means after the disk
    shared_buffers: `${Math.max(64, Math.min(1024, Math.floor(memoryMb / 4)))}MB`,
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    wal_compression: 'on',
    jit: 'off',
    max_connections: '200',
    max_parallel_workers_per_gather: availableParallelism() > 2 ? '2' : '0',
    timezone: 'Asia/Shanghai',
    log_timezone: 'Asia/Shanghai',
    log_line_prefix: '%m [%p] ',
    dynamic_shared_memory_type: process.platform === 'linux' ? 'posix' : 'mmap',
    ...extra,
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

interface Started {
  readonly child: ChildProcess
  readonly port: number
}

async function startPostmaster(
  clusterDir: string,
  options: EmbeddedOptions,
  detached: boolean,
): Promise<Started> {
  const account = databaseAccount()
  const binaries = findBinaries(options.postgresBin ?? '', account)
  const port = await freePort()
  const logFile = join(clusterDir, 'server.log')
  const output = openSync(logFile, 'a', 0o600)
  const child = spawn(
    binaries.postgres,
    ['-D', clusterDir, '-p', String(port), ...settingsFor(options.settings ?? {})],
    {
      env: environmentFor(binaries, clusterDir),
      cwd: clusterDir,
      stdio: ['ignore', output, output],
      // Its own process group: Ctrl-C reaches only the server, which then stops the database in order.
      detached: true,
      ...idsOf(account),
    },
  )
  closeSync(output)
  if (detached) child.unref()
  await new Promise<void>((spawned, failed) => {
    child.once('error', failed)
    child.once('spawn', spawned)
  })
  return { child, port }
}

const startAttempts = 3

/** Starts and waits; again with another port when somebody took the free one in between. */
async function startReady(
  clusterDir: string,
  password: string,
  options: EmbeddedOptions,
  detached: boolean,
): Promise<Started> {
  for (let attempt = 1; ; attempt++) {
    const started = await startPostmaster(clusterDir, options, detached)
    try {
      await waitUntilReady(started, password, clusterDir)
      return started
    } catch (error) {
      started.child.kill('SIGINT')
      const portTaken = error instanceof Error && error.message.includes('Address already in use')
      if (!portTaken || attempt === startAttempts) throw error
    }
  }
}

async function waitUntilReady(started: Started, password: string, clusterDir: string): Promise<void> {
  const { child, port } = started
  const url = connectionString('postgres', password, port, 'postgres')
  for (const until = Date.now() + startLimitMs; Date.now() < until; await sleep(30)) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`内置数据库启动失败：\n${lastLines(join(clusterDir, 'server.log'))}`)
    }
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query('select 1')
      await client.end()
      return
    } catch (error) {
      await client.end().catch(() => undefined)
      if ((error as { code?: string }).code === '28P01') {
        throw new Error(`内置数据库的密码文件与数据不符：${clusterDir}。请恢复数据目录中的 password 文件。`)
      }
    }
  }
  throw new Error(
    `内置数据库在 ${startLimitMs / 1000} 秒内没有启动完成，见 ${join(clusterDir, 'server.log')}`,
  )
}

function lastLines(file: string): string {
  try {
    return readFileSync(file, 'utf8').split('\n').slice(-12).join('\n')
  } catch {
    return ''
  }
}

function connectionString(user: string, password: string, port: number, database: string): string {
  return `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
}

/** First start: the owner of the tables, who is not a superuser, and the database. */
async function makeOwnerAndDatabase(adminUrl: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const role = await client.query('select 1 from pg_roles where rolname = $1', [ownerName])
    if (role.rowCount === 0) {
      await client.query(
        `create role ${ownerName} login createrole password ${client.escapeLiteral(password)}`,
      )
    }
    const database = await client.query('select 1 from pg_database where datname = $1', [databaseName])
    if (database.rowCount === 0) await client.query(`create database ${databaseName} owner ${ownerName}`)
  } finally {
    await client.end()
  }
}

/**
 * Starts a cluster that outlives this process, for a run of tests that several processes share.
 * Returns the superuser's connection. Ended by `stopDetached`.
 */
export async function startDetached(
  clusterDir: string,
  password: string,
  options: EmbeddedOptions,
): Promise<{ adminConnectionString: string; ownerConnectionString(database: string): string }> {
  const started = await startReady(clusterDir, password, options, true)
  const adminConnectionString = connectionString('postgres', password, started.port, 'postgres')
  await makeOwnerAndDatabase(adminConnectionString, password)
  return {
    adminConnectionString,
    ownerConnectionString: (database) => connectionString(ownerName, password, started.port, database),
  }
}

/** Ends a cluster by its folder, whoever started it. */
export async function stopDetached(clusterDir: string, log: Logger): Promise<void> {
  await clearLeftovers(clusterDir, log)
}

/**
 * Starts the embedded PostgreSQL of a data directory, making it on the first start.
 * Errors: `database.directory-in-use` when another server has it; what PostgreSQL said when it does not start.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { dataDir, log } = options
  mkdirSync(dataDir, { recursive: true })
  const lock = await lockDirectory(dataDir)
  try {
    return await startLocked(options, lock)
  } catch (error) {
    lock.release()
    throw error
  }

  async function startLocked(_: EmbeddedOptions, held: DirectoryLock): Promise<EmbeddedPostgres> {
    const account = databaseAccount()
    if (account !== undefined && canTraverse(account, dataDir)) chmodSync(dataDir, 0o711)
    const clusterDir = clusterFolder(dataDir, account)
    const password = readOrMakePassword(dataDir)
    await initCluster(clusterDir, password, options.postgresBin)
    await clearLeftovers(clusterDir, log)
    const { child, port } = await startReady(clusterDir, password, options, false)
    let stopping = false
    const exited = new Promise<string>((done) =>
      child.once('exit', (code, name) => done(`database ended (${code ?? name})`)),
    )
    const ended = new Promise<string>((done) => void exited.then((reason) => stopping || done(reason)))
    const adminUrl = connectionString('postgres', password, port, 'postgres')
    try {
      await makeOwnerAndDatabase(adminUrl, password)
    } catch (error) {
      stopping = true
      await endChild(child, exited)
      throw error
    }
    log.info({ event: 'database.started', pid: child.pid, port, clusterDir }, 'embedded PostgreSQL started')
    return {
      connectionString: connectionString(ownerName, password, port, databaseName),
      adminConnectionString: adminUrl,
      pid: child.pid ?? 0,
      clusterDir,
      ended,
      async stop() {
        if (stopping) return
        stopping = true
        await endChild(child, exited)
        held.release()
        log.info({ event: 'database.stopped' }, 'embedded PostgreSQL stopped')
      },
    }
  }
}

/** Fast shutdown, then immediate, then kill: each only when the one before was not enough. */
async function endChild(child: ChildProcess, exited: Promise<string>): Promise<void> {
  for (const [name, limitMs] of [
    ['SIGINT', stopLimitMs],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 5_000],
  ] as const) {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(name)
    await Promise.race([exited, sleep(limitMs, undefined, { ref: false })])
  }
}
