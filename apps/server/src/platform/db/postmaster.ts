/** The server process of a cluster: start it on a free port of the loopback address, wait for it, end it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { availableParallelism, totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from '../log.ts'
import { findBinaries } from './binaries.ts'
import { environmentFor, idsOf } from './cluster.ts'
import { isPostgres, processesIn } from './processes.ts'
import { databaseAccount } from './unprivileged.ts'

export interface PostmasterOptions {
  readonly clusterDir: string
  /** Password of the superuser and of the owner of the tables. */
  readonly password: string
  /** Folder of another PostgreSQL's initdb and postgres; '' takes the embedded 18. */
  readonly postgresBin?: string
  /** Further settings, `name: value`; they win over ours. */
  readonly settings?: Readonly<Record<string, string>>
}

const startLimitMs = 60_000
const stopLimitMs = 30_000

/**
 * Ends what a predecessor left working in the cluster's folder, and removes its pid file once no process holds it.
 * Only called under the directory lock, so whatever runs there has lost its server.
 */
export async function clearLeftovers(clusterDir: string, log: Logger): Promise<void> {
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

export interface Postmaster {
  readonly pid: number
  readonly port: number
  /** Resolves with how it ended. */
  readonly exited: Promise<string>
  readonly child: ChildProcess
}

async function spawnPostmaster(options: PostmasterOptions, port: number): Promise<Postmaster> {
  const { clusterDir } = options
  const account = databaseAccount()
  const binaries = findBinaries(options.postgresBin ?? '', account)
  keepLogSmall(join(clusterDir, 'server.log'))
  const output = openSync(join(clusterDir, 'server.log'), 'a', 0o600)
  const args = ['-D', clusterDir, '-p', String(port), ...settingsFor(options.settings ?? {})]
  const child = spawn(binaries.postgres, args, {
    env: environmentFor(binaries, clusterDir),
    cwd: clusterDir,
    stdio: ['ignore', output, output],
    // Its own process group: Ctrl-C reaches only the server, which then stops the database in order.
    detached: true,
    ...idsOf(account),
  })
  closeSync(output)
  const exited = new Promise<string>((done) =>
    child.once('exit', (code, name) => done(`PostgreSQL ended (${code ?? name})`)),
  )
  await new Promise<void>((spawned, failed) => {
    child.once('error', failed)
    child.once('spawn', spawned)
  })
  return { child, port, exited, pid: child.pid ?? 0 }
}

const largestLogBytes = 20 * 1_048_576

function keepLogSmall(file: string): void {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largestLogBytes) renameSync(file, `${file}.1`)
}

const startAttempts = 3

/**
 * Starts and waits until it answers. Without `port` a free one is taken, and another when somebody took that in
 * between. Errors: the last lines of the server's log.
 */
export async function startPostmaster(options: PostmasterOptions, port?: number): Promise<Postmaster> {
  for (let attempt = 1; ; attempt++) {
    const started = await spawnPostmaster(options, port ?? (await freePort()))
    try {
      await waitUntilReady(started, options)
      return started
    } catch (error) {
      await endPostmaster(started)
      const portTaken = error instanceof Error && error.message.includes('Address already in use')
      if (!portTaken || attempt === startAttempts) throw error
    }
  }
}

async function waitUntilReady({ child, port }: Postmaster, options: PostmasterOptions): Promise<void> {
  const log = join(options.clusterDir, 'server.log')
  const url = connectionString('postgres', options.password, port, 'postgres')
  for (const until = Date.now() + startLimitMs; Date.now() < until; await sleep(30)) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`内置数据库启动失败：\n${lastLines(log)}`)
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
        const detail = `密码文件与数据不符：${options.clusterDir}。请恢复数据目录中的 password 文件。`
        throw new Error(`内置数据库的${detail}`)
      }
    }
  }
  throw new Error(`内置数据库在 ${startLimitMs / 1000} 秒内没有启动完成，见 ${log}`)
}

function lastLines(file: string): string {
  try {
    return readFileSync(file, 'utf8').split('\n').slice(-12).join('\n')
  } catch {
    return ''
  }
}

export function connectionString(user: string, password: string, port: number, database: string): string {
  return `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`
}

/** Fast shutdown, then immediate, then kill: each only when the one before was not enough. */
export async function endPostmaster({ child, exited }: Postmaster): Promise<void> {
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
