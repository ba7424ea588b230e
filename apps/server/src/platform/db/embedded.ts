/**
 * Supervisor of the embedded PostgreSQL: takes the directory's lock, makes the cluster once, clears what a killed
 * predecessor left behind, runs the server as its child, starts it again when it dies, stops it gracefully.
 */
import { chmodSync, mkdirSync } from 'node:fs'
import pg from 'pg'
import type { Logger } from '../log.ts'
import { clusterFolder, initCluster, readOrMakePassword } from './cluster.ts'
import { type DirectoryLock, lockDirectory } from './directory-lock.ts'
import {
  clearLeftovers,
  connectionString,
  endPostmaster,
  type Postmaster,
  type PostmasterOptions,
  startPostmaster,
} from './postmaster.ts'
import { canTraverse, databaseAccount } from './unprivileged.ts'

export interface EmbeddedOptions {
  readonly dataDir: string
  /** Folder of another PostgreSQL's initdb and postgres; '' takes the embedded 18. */
  readonly postgresBin?: string
  readonly log: Logger
}

export interface EmbeddedPostgres {
  /** Connection of the owner of the tables; holds over restarts of the database. */
  readonly connectionString: string
  readonly pid: number
  readonly clusterDir: string
  stop(): Promise<void>
  /** Resolves with the reason when the database ended by itself and does not come back. */
  readonly ended: Promise<string>
}

const ownerName = 'shanshui'
const databaseName = 'shanshui'
const requestRole = 'shanshui_app'
/** A database that dies more often than this is not helped by starting it again. */
const restartsInTenMinutes = 5
const tenMinutesMs = 600_000

/** First start: the owner of the tables, who is not a superuser, and the database. */
async function makeOwnerAndDatabase(adminUrl: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const role = await client.query('select 1 from pg_roles where rolname = $1', [ownerName])
    if (role.rowCount === 0) {
      await client.query(`create role ${ownerName} login password ${client.escapeLiteral(password)}`)
    }
    // The role of requests is made here, so that the owner of the tables need not be able to make roles.
    const app = await client.query('select 1 from pg_roles where rolname = $1', [requestRole])
    if (app.rowCount === 0) {
      await client.query(`create role ${requestRole} nologin`)
      await client.query(`grant ${requestRole} to ${ownerName}`)
    }
    const database = await client.query('select 1 from pg_database where datname = $1', [databaseName])
    if (database.rowCount === 0) await client.query(`create database ${databaseName} owner ${ownerName}`)
  } finally {
    await client.end()
  }
}

/**
 * Starts a cluster that outlives this process, for a run of tests that several processes share.
 * Ended by `stopDetached`.
 */
export async function startDetached(
  options: PostmasterOptions,
): Promise<{ adminConnectionString: string; ownerConnectionString(database: string): string }> {
  const { child, port } = await startPostmaster(options)
  child.unref()
  const adminConnectionString = connectionString('postgres', options.password, port, 'postgres')
  await makeOwnerAndDatabase(adminConnectionString, options.password)
  return {
    adminConnectionString,
    ownerConnectionString: (database) => connectionString(ownerName, options.password, port, database),
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
  mkdirSync(options.dataDir, { recursive: true })
  const lock = await lockDirectory(options.dataDir)
  try {
    return await startLocked(options, lock)
  } catch (error) {
    lock.release()
    throw error
  }
}

async function startLocked(options: EmbeddedOptions, lock: DirectoryLock): Promise<EmbeddedPostgres> {
  const { dataDir, log, postgresBin } = options
  const account = databaseAccount()
  if (account !== undefined && canTraverse(account, dataDir)) chmodSync(dataDir, 0o711)
  const clusterDir = clusterFolder(dataDir, account)
  const password = readOrMakePassword(dataDir)
  await initCluster(clusterDir, password, postgresBin)
  await clearLeftovers(clusterDir, log)
  const postmasterOptions: PostmasterOptions = { clusterDir, password, postgresBin }
  const first = await startPostmaster(postmasterOptions)
  try {
    await makeOwnerAndDatabase(connectionString('postgres', password, first.port, 'postgres'), password)
  } catch (error) {
    await endPostmaster(first)
    throw error
  }
  log.info(
    { event: 'database.started', pid: first.pid, port: first.port, clusterDir },
    'embedded PostgreSQL started',
  )
  const supervised = supervise(first, postmasterOptions, log)
  return {
    connectionString: connectionString(ownerName, password, first.port, databaseName),
    clusterDir,
    get pid() {
      return supervised.pid()
    },
    ended: supervised.ended,
    async stop() {
      await supervised.stop()
      lock.release()
      log.info({ event: 'database.stopped' }, 'embedded PostgreSQL stopped')
    },
  }
}

interface Supervised {
  pid(): number
  stop(): Promise<void>
  readonly ended: Promise<string>
}

/** Starts a database that died again, on the same port, so that pools simply connect anew. */
function supervise(first: Postmaster, options: PostmasterOptions, log: Logger): Supervised {
  let current = first
  let stopping = false
  let restarting: Promise<void> = Promise.resolve()
  const deaths: number[] = []
  let giveUp: (reason: string) => void = () => undefined
  const ended = new Promise<string>((done) => {
    giveUp = done
  })

  async function restart(reason: string): Promise<void> {
    const now = Date.now()
    deaths.push(now)
    log.error({ event: 'database.died', reason }, 'the embedded database died')
    if (deaths.filter((at) => now - at < tenMinutesMs).length > restartsInTenMinutes) return giveUp(reason)
    try {
      await clearLeftovers(options.clusterDir, log)
      if (stopping) return
      current = await startPostmaster(options, current.port)
      log.warn({ event: 'database.restarted', pid: current.pid }, 'the embedded database runs again')
      watch(current)
    } catch (error) {
      giveUp(error instanceof Error ? error.message : String(error))
    }
  }

  function watch({ exited }: Postmaster): void {
    void exited.then((reason) => {
      if (!stopping) restarting = restart(reason)
    })
  }

  // However this process ends, short of being killed: its database is asked to stop, and not left behind.
  const onExit = () => current.child.kill('SIGINT')
  process.once('exit', onExit)
  watch(current)
  return {
    pid: () => current.pid,
    ended,
    async stop() {
      stopping = true
      await restarting
      await endPostmaster(current)
      process.off('exit', onExit)
    },
  }
}
