/**
 * Composition root: reads nothing but the configuration it is handed, starts the database, applies migrations,
 * wires the rooms together and stops everything in order. What an earlier room must tell a later one is a
 * function that is handed in here.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { ConfigEntry } from '@shanshui/contract'
import { bureauRoomRoutes } from './features/bureau/index.ts'
import {
  complaintRoomRoutes,
  complaintSubject,
  moveComplaints,
  refuseUnanswered,
} from './features/complaints/index.ts'
import { evaluationRoomRoutes, type FigureWorker, startFigureWorker } from './features/evaluation/index.ts'
import { evidenceRoutes, type SubjectDoor, startEvidenceWorker } from './features/evidence/index.ts'
import {
  authenticateBy,
  createFirstAdministrator,
  identityRoutes,
  notify,
  startDeliveryWorker,
} from './features/identity/index.ts'
import {
  type InspectionRoomDeps,
  inspectionRoomRoutes,
  inspectionSubject,
  planJob,
} from './features/inspections/index.ts'
import {
  followOutlets,
  type GatewayOptions,
  importJob,
  intakeRoutes,
  startGateway,
} from './features/intake/index.ts'
import {
  calmLead,
  type LeadWorker,
  leadRoomRoutes,
  leadsTimeline,
  moveLeads,
  openLeadsByEnterprise,
  outletsInDoubt,
  raiseLead,
  type SourceDoor,
  scanJob,
  seedRules,
  setLeadOutcome,
  standingLeads,
  startLeadWorker,
} from './features/leads/index.ts'
import {
  matterRoomRoutes,
  matterSubject,
  mattersByEnterprise,
  mattersTimeline,
  moveMatters,
  problemSubject,
  seedCalendar,
  startMatterWorker,
} from './features/matters/index.ts'
import {
  dutiesOf,
  movePermitRecords,
  overdueByEnterprise,
  type PermitRoomDeps,
  permitRoomRoutes,
  permitTimeline,
  startPermitWorker,
} from './features/permits/index.ts'
import { type DossierDoors, registryRoutes } from './features/registry/index.ts'
import { reportDoor, reportRoomRoutes } from './features/reports/index.ts'
import {
  internLayout,
  readSeries,
  seriesRoutes,
  startRollupWorker,
  writeObservations,
} from './features/series/index.ts'
import {
  countOpenExceedances,
  hourCounts,
  monthlyMass,
  readComparisons,
  readExceedances,
  readOutletHours,
  readOutletStates,
  readTickets,
  readTransmission,
  sourceRoomRoutes,
  sourcesTimeline,
  startSourceWorker,
} from './features/sources/index.ts'
import { targetDoor, targetRoomRoutes } from './features/targets/index.ts'
import { type Clock, systemClock } from './platform/clock.ts'
import type { Config } from './platform/config/index.ts'
import {
  checkServerVersion,
  type Database,
  type EmbeddedPostgres,
  migrate,
  migrationState,
  openDatabase,
  readMigrations,
  startEmbedded,
} from './platform/db/index.ts'
import { channelsOf } from './platform/delivery/index.ts'
import type { Deps } from './platform/deps.ts'
import { AppError } from './platform/errors.ts'
import { openEvents } from './platform/events/index.ts'
import { keepHeapSmall } from './platform/heap.ts'
import { buildApp, type HealthCheck } from './platform/http/index.ts'
import { openJobs } from './platform/jobs/index.ts'
import { createLogger, type Logger } from './platform/log.ts'
import { collectProcessMetrics } from './platform/metrics.ts'

export type ServerRole = 'api' | 'gateway' | 'worker'
export const serverRoles: readonly ServerRole[] = ['api', 'gateway', 'worker']

export const version = (
  JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')) as { version: string }
).version

export interface ServerOptions {
  /** Parts that this process runs; all by default. */
  readonly only?: readonly ServerRole[]
  readonly log?: Logger
  /** The time the platform goes by; the machine's own when left out. */
  readonly clock?: Clock
  /** Effective configuration for the page of it; secrets masked. */
  readonly configEntries?: readonly ConfigEntry[]
  /** Called once on an empty database, with the one-time password of the first administrator. */
  readonly onFirstAdministrator?: (account: { login: string; password: string }) => void
  /** The demo brings its own people. */
  readonly withoutFirstAdministrator?: boolean
  /** Limits and time window of the gateway; its defaults when left out. */
  readonly gateway?: Pick<GatewayOptions, 'limits' | 'window'>
  /** Called when the embedded database ends by itself; the caller decides whether the process goes on. */
  readonly onDatabaseEnded?: (reason: string) => void
}

export interface RunningServer {
  /** Address of the web application and API; undefined without the role `api`. */
  readonly url: string | undefined
  readonly gatewayPort: number | undefined
  readonly deps: Deps
  stop(): Promise<void>
}

/** Things to undo, newest first. */
class Undo {
  readonly #steps: { name: string; run: () => Promise<unknown> }[] = []
  add(name: string, run: () => Promise<unknown>): void {
    this.#steps.push({ name, run })
  }
  async all(log: Logger): Promise<void> {
    for (const { name, run } of this.#steps.splice(0).reverse()) {
      await run().catch((error: unknown) =>
        log.error({ event: 'server.stop-failed', step: name, err: error }, 'stop step failed'),
      )
    }
  }
}

export interface OpenDatabase {
  readonly db: Database
  readonly embedded: EmbeddedPostgres | undefined
  close(): Promise<void>
}

/** The configured database, or the embedded one; version checked, not migrated. */
export async function openConfiguredDatabase(config: Config, log: Logger): Promise<OpenDatabase> {
  const external = config.databaseUrl !== ''
  const embedded = external
    ? undefined
    : await startEmbedded({ dataDir: config.dataDir, postgresBin: config.postgresBin, log })
  const db = openDatabase(embedded?.connectionString ?? config.databaseUrl, {
    poolSize: config.databasePoolSize,
    statementSeconds: config.requestTimeoutSeconds,
    log,
  })
  const close = async () => {
    await db.close().catch(() => undefined)
    await embedded?.stop()
  }
  try {
    const found = await checkServerVersion(db)
    log.info({ event: 'database.connected', version: found.text, embedded: !external }, 'database connected')
    return { db, embedded, close }
  } catch (error) {
    await close()
    if (error instanceof AppError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('database.unavailable', { detail: `连不上数据库：${reason}`, cause: error })
  }
}

function databaseChecks(db: Database): Record<string, HealthCheck> {
  // The schema that this process was started with: files of the next release on the disk are not its matter.
  const known = readMigrations()
  return {
    database: async () => {
      await db.pool.query('select 1')
      return { ok: true }
    },
    migrations: async () => {
      const { pending } = await migrationState(db.pool, known)
      return pending.length === 0 ? { ok: true } : { ok: false, detail: `未执行：${pending.join('、')}` }
    },
  }
}

/** Starts the parts of the server. Errors: whatever keeps one of them from starting; nothing is left running then. */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<RunningServer> {
  const log = options.log ?? createLogger(config.logLevel)
  const only = new Set(options.only ?? serverRoles)
  const undo = new Undo()
  try {
    return await start(config, options, log, only, undo)
  } catch (error) {
    await undo.all(log)
    throw error
  }
}

/** What intake needs of the series room, which comes after it. */
const seriesDoor = { internLayout, readSeries, writeObservations }

/** What leads read of the room of sources. */
const outletDoor: SourceDoor = {
  readOutletHours,
  readExceedances,
  readTickets,
  readComparisons,
  readTransmission,
}

/** What permits read of the room of sources, and how they raise leads. */
const permitDeps = (deps: Deps): PermitRoomDeps => ({
  ...deps,
  doors: {
    monthlyMass,
    monitoredHours: hourCounts,
    raiseLead: (trx, draft, atMs) => raiseLead(trx, draft, atMs, notify),
    calmLead,
    standingLeads,
  },
})

/** What inspections ask of permits, which come after them. */
const inspectionDeps = (deps: Deps): InspectionRoomDeps => ({
  ...deps,
  doors: { permits: { overdueByEnterprise, duties: dutiesOf } },
})

/** What the dossier of an enterprise shows of later rooms, each to those who may read it. */
const dossierDoors = (deps: Deps): DossierDoors => ({
  timelines: [
    { permission: 'source:read', read: sourcesTimeline },
    { permission: 'lead:read', read: leadsTimeline },
    { permission: 'matter:read', read: mattersTimeline },
    { permission: 'permit:read', read: permitTimeline },
  ],
  counts: [
    { kind: 'exceedance', permission: 'source:read', count: countOpenExceedances },
    { kind: 'lead', permission: 'lead:read', count: openLeadsByEnterprise },
    { kind: 'matter', permission: 'matter:read', count: mattersByEnterprise },
    { kind: 'obligation', permission: 'permit:read', count: overdueByEnterprise },
  ],
  outletStates: {
    permission: 'source:read',
    read: (q, outletIds) => readOutletStates(q, outletIds, deps.clock.now()),
  },
  afterMerge: [
    followOutlets,
    moveLeads,
    moveComplaints,
    movePermitRecords,
    (trx, move) => moveMatters(trx, move, deps.clock.now()),
  ],
})

/** Whose objects evidence can belong to; each later room brings its own. */
const evidenceSubjects: readonly SubjectDoor[] = [
  matterSubject,
  problemSubject,
  complaintSubject,
  inspectionSubject,
]

/** Routes of the rooms; what a later room adds to an earlier one's pages is handed in. */
export function roomRoutes(deps: Deps): FastifyPluginAsyncTypebox[] {
  return [
    identityRoutes(deps),
    registryRoutes(deps, dossierDoors(deps)),
    intakeRoutes(deps, seriesDoor),
    seriesRoutes(deps),
    evaluationRoomRoutes(deps, { targets: targetDoor(deps), reports: reportDoor(deps) }),
    sourceRoomRoutes(deps),
    leadRoomRoutes(deps, outletDoor),
    evidenceRoutes(deps, evidenceSubjects),
    matterRoomRoutes({ ...deps, beforeStep: refuseUnanswered }),
    complaintRoomRoutes(deps),
    inspectionRoomRoutes(inspectionDeps(deps)),
    permitRoomRoutes(permitDeps(deps)),
    targetRoomRoutes(deps),
    bureauRoomRoutes(deps),
    reportRoomRoutes(deps),
  ]
}

/** Roll-ups follow the data; figures and hours of outlets follow the roll-ups; leads follow the hours. */
function startWorkers(deps: Deps, undo: Undo): void {
  const deliveries = startDeliveryWorker(deps, channelsOf(deps.config))
  undo.add('deliveries', () => deliveries.stop())
  const figures: FigureWorker = startFigureWorker(deps)
  undo.add('figures', () => figures.stop())
  const leads: LeadWorker = startLeadWorker(deps, outletDoor)
  undo.add('leads', () => leads.stop())
  const sources = startSourceWorker(
    deps,
    (changes) => leads.onEvaluated(changes),
    (outletIds) => outletsInDoubt(deps.db.pool, outletIds),
  )
  undo.add('sources', () => sources.stop())
  const rollups = startRollupWorker(deps, async (changes) => {
    await sources.onRolled(changes)
    await figures.onRolled(changes)
  })
  undo.add('rollups', () => rollups.stop())
  const matters = startMatterWorker(deps, { setLeadOutcome })
  undo.add('matters', () => matters.stop())
  const permits = startPermitWorker(permitDeps(deps))
  undo.add('permits', () => permits.stop())
  const evidence = startEvidenceWorker(deps)
  undo.add('evidence', () => evidence.stop())
  // What changed while no worker ran is found by comparing every live figure with the data.
  figures
    .sweep()
    .then((count) => deps.log.info({ event: 'figure.swept', count }, 'figures compared with the data'))
    .catch((error: unknown) =>
      deps.log.error({ event: 'figure.sweep-failed', err: error }, 'figure sweep failed'),
    )
}

async function start(
  config: Config,
  options: ServerOptions,
  log: Logger,
  only: ReadonlySet<ServerRole>,
  undo: Undo,
): Promise<RunningServer> {
  collectProcessMetrics()
  const { db, embedded, close } = await openConfiguredDatabase(config, log)
  undo.add('database', close)
  void embedded?.ended.then((reason) => {
    log.fatal({ event: 'database.ended', reason }, 'the embedded database ended by itself')
    options.onDatabaseEnded?.(reason)
  })
  const applied = await migrate(db.pool)
  if (applied.length > 0) log.info({ event: 'database.migrated', count: applied.length }, 'database migrated')

  const events = await openEvents(db, log, { listen: true })
  undo.add('events', () => events.close())
  const jobs = openJobs({ db, events, log })
  const deps: Deps = { db, clock: options.clock ?? systemClock, log, config, events, jobs }
  await seedRules(db.pool, deps.clock.now())
  await seedCalendar(db.pool, deps.clock.now())
  if (options.withoutFirstAdministrator !== true) {
    const first = await createFirstAdministrator(deps)
    if (first !== undefined) options.onFirstAdministrator?.(first)
  }

  // registered everywhere: the API shows jobs that another process runs
  jobs.register(importJob(deps, seriesDoor))
  jobs.register(scanJob(deps, outletDoor))
  jobs.register(planJob(deps))

  const checks = databaseChecks(db)
  if (only.has('worker')) {
    startWorkers(deps, undo)
    jobs.start()
    undo.add('jobs', () => jobs.stop(config.shutdownSeconds * 1000))
  }

  let gatewayPort: number | undefined
  if (only.has('gateway')) {
    if (only.size === 1) keepHeapSmall()
    const gateway = await startGateway(deps, seriesDoor, options.gateway)
    undo.add('gateway', () => gateway.stop())
    gatewayPort = gateway.port
    checks.gateway = async () => {
      const { lastError } = gateway.stats()
      return lastError === null ? { ok: true } : { ok: false, detail: lastError }
    }
  }

  let url: string | undefined
  if (only.has('api')) {
    const { app } = await buildApp(deps, {
      routes: roomRoutes(deps),
      authenticate: authenticateBy(deps),
      version,
      checks,
      configEntries: options.configEntries ?? [],
    })
    undo.add('http', () => app.close())
    url = await app.listen({ host: config.httpHost, port: config.httpPort })
    log.info({ event: 'http.listening', url }, 'web and API listening')
  }
  return {
    url,
    gatewayPort,
    deps,
    async stop() {
      log.info({ event: 'server.stopping' }, 'stopping')
      await undo.all(log)
      log.info({ event: 'server.stopped' }, 'stopped')
    },
  }
}
