/**
 * The HJ 212 gateway: listens, verifies each frame against the allow-list, and acknowledges it after its bytes and
 * values are committed. It runs as owner of the tables and may live in a process of its own.
 */
import { randomUUID } from 'node:crypto'
import {
  type AckDecision,
  type Connection,
  createHost,
  type Frame,
  type Host,
  type HostLimits,
  parseQn,
  type Session,
} from '@shanshui/hj212'
import type { Deps } from '../../platform/deps.ts'
import { Batcher } from './batcher.ts'
import { ConnectionLog } from './connection-log.ts'
import { defaultWindow, judgeFrame, type TimeWindow } from './frame-verdict.ts'
import {
  beatRun,
  loadStations,
  saveStationDeltas,
  startRun,
  stopRun,
  tidyAfterDeadRuns,
} from './gateway.repository.ts'
import { runCommands } from './gateway-commands.ts'
import { type Arrival, commitArrivals, isDataFault, poisonedArrival } from './gateway-commit.ts'
import { Durations, Rate, StationCounters } from './gateway-counters.ts'
import {
  ackGauge,
  batchFrames,
  batchSeconds,
  connectionsGauge,
  faultsCounter,
  framesCounter,
  queueGauge,
  valuesCounter,
} from './gateway-metrics.ts'
import { codecDialect } from './replay.ts'
import { requeryMissing } from './requery.ts'
import type { ValueReader, ValueWriter } from './series-door.ts'
import type { Station } from './station.ts'
import { StrangerBudget } from './stranger-budget.ts'

export interface GatewayOptions {
  readonly host?: string
  /** 0 takes a free port. */
  readonly port?: number
  readonly window?: TimeWindow
  readonly limits?: Partial<HostLimits>
  readonly maxBatch?: number
  readonly lingerMs?: number
  /** Ask again for missing hours this often; 0 = never. */
  readonly requeryEveryMs?: number
}

export interface GatewayStats {
  readonly connections: number
  readonly framesPerSecond: number
  readonly framesTotal: number
  readonly acknowledged: number
  readonly quarantined: number
  readonly duplicates: number
  readonly revised: number
  readonly rejected: number
  readonly queueFrames: number
  readonly queueBytes: number
  readonly batchSizeMean: number
  readonly batchMsP50: number
  readonly batchMsP99: number
  readonly ackMsP50: number
  readonly ackMsP99: number
  readonly memoryBytes: number
  readonly lastError: string | null
}

export interface Gateway {
  readonly instance: string
  readonly host: string
  readonly port: number
  stats(): GatewayStats
  /** Reads the allow-list again. */
  reload(): Promise<void>
  /** Finds missing hours and asks connected stations for them. Returns the number of hours asked for. */
  requery(): Promise<number>
  /** Accepts nothing more, writes and acknowledges what is queued, closes the sockets. */
  stop(): Promise<void>
}

/** Event by which another process says that the allow-list has changed. */
export const stationsTopic = 'gateway-stations'
/** Event by which another process says that a command waits. */
export const commandsTopic = 'gateway-commands'

export async function startGateway(
  deps: Deps,
  series: ValueWriter & ValueReader,
  options: GatewayOptions = {},
): Promise<Gateway> {
  const gateway = new RunningGateway(deps, series, options)
  await gateway.start()
  return gateway
}

const saveEveryMs = 2_000
const fewStations = 200
const beatEveryMs = 10_000
const commandEveryMs = 1_000
const defaultRequeryEveryMs = 5 * 60_000

class RunningGateway implements Gateway {
  readonly instance = randomUUID()
  host = ''
  port = 0
  readonly #deps: Deps
  readonly #series: ValueWriter & ValueReader
  readonly #options: GatewayOptions
  readonly #window: TimeWindow
  readonly #host: Host
  readonly #batcher: Batcher<Arrival>
  readonly #counters = new StationCounters()
  readonly #ackMs = new Durations()
  readonly #batchMs = new Durations()
  readonly #rate = new Rate()
  readonly #strangers = new StrangerBudget()
  readonly #connections = new ConnectionLog()
  readonly #timers: NodeJS.Timeout[] = []
  readonly #busy = new Set<string>()
  #stations = new Map<string, Station>()
  #unsubscribe: (() => void) | undefined
  #quarantined = 0
  #duplicates = 0
  #revised = 0
  #batches = 0
  #batched = 0
  /** `batch`: a batch waits for it; it ends with the next commit. Other faults end with the next heartbeat. */
  #lastFault: { readonly reason: string; readonly batch: boolean } | null = null

  constructor(deps: Deps, series: ValueWriter & ValueReader, options: GatewayOptions) {
    this.#deps = deps
    this.#series = series
    this.#options = options
    this.#window = options.window ?? defaultWindow
    this.#host = createHost(this.#hostOptions())
    this.#batcher = new Batcher<Arrival>({
      commit: (batch) => this.#commit(batch),
      isDataFault,
      poisoned: poisonedArrival,
      bytesOf: (arrival) => arrival.raw.byteLength,
      onPressure: () => undefined, // the host itself stops reading when too much is undecided
      onFault: (error, size) => this.#fault(error, size),
      ...(options.maxBatch !== undefined && { maxBatch: options.maxBatch }),
      ...(options.lingerMs !== undefined && { lingerMs: options.lingerMs }),
    })
  }

  #hostOptions() {
    const { config, clock } = this.#deps
    return {
      host: this.#options.host ?? config.gatewayHost,
      port: this.#options.port ?? config.gatewayPort,
      now: () => clock.now(),
      limits: {
        maxConnections: config.gatewayMaxConnections,
        maxConnectionsPerAddress: config.gatewayMaxConnectionsPerAddress,
        idleMs: config.gatewayIdleSeconds * 1000,
        ...this.#options.limits,
      },
      dialectOf: (mn: string) => codecDialect(this.#stations.get(mn)),
      onFrame: (frame: Frame, session: Session) => this.#onFrame(frame, session),
      onBadFrame: (frame: Frame, connection: Connection) => this.#onBadFrame(frame, connection),
      onConnection: (connection: Connection) => void this.#connections.note(connection),
      onClose: (connection: Connection) => void this.#connections.note(connection),
    }
  }

  async start(): Promise<void> {
    const { db, clock, log, events } = this.#deps
    await this.reload()
    await tidyAfterDeadRuns(db.pool, clock.now())
    const { host, port } = await this.#host.listen()
    this.host = host
    this.port = port
    await startRun(db.pool, this.instance, `${host}:${port}`, clock.now())
    this.#unsubscribe = events.subscribe([stationsTopic, commandsTopic], (message) => {
      if (message.topic === commandsTopic) this.#guard('commands', () => this.#commands())
      else this.#guard('reload', () => this.reload())
    })
    this.#every(saveEveryMs, 'save', () => this.#save())
    this.#every(beatEveryMs, 'beat', () => this.#beat())
    this.#every(commandEveryMs, 'commands', () => this.#commands())
    this.#every(30_000, 'reload', () => this.reload())
    const requeryEvery = this.#options.requeryEveryMs ?? defaultRequeryEveryMs
    if (requeryEvery > 0) this.#every(requeryEvery, 'requery', () => this.requery().then(() => undefined))
    log.info({ event: 'gateway.listening', host, port, stations: this.#stations.size }, 'gateway listening')
  }

  async reload(): Promise<void> {
    const loaded = await loadStations(this.#deps.db.pool)
    // an unchanged station keeps its object, and with it what was worked out for its factors
    this.#stations = new Map(
      loaded.map((station) => {
        const known = this.#stations.get(station.mn)
        return [station.mn, known && JSON.stringify(known) === JSON.stringify(station) ? known : station]
      }),
    )
  }

  requery(): Promise<number> {
    const connected = this.#host.sessions().map((s) => s.mn)
    return requeryMissing(this.#deps, this.#series, connected)
  }

  stats(): GatewayStats {
    const host = this.#host.stats()
    return {
      connections: host.connections,
      framesPerSecond: this.#rate.perSecond(this.#deps.clock.now()),
      framesTotal: host.framesReceived,
      acknowledged: host.framesAcknowledged,
      quarantined: this.#quarantined,
      duplicates: this.#duplicates,
      revised: this.#revised,
      rejected: host.badFrames,
      queueFrames: this.#batcher.queued,
      queueBytes: this.#batcher.queuedBytes,
      batchSizeMean: this.#batches === 0 ? 0 : this.#batched / this.#batches,
      batchMsP50: this.#batchMs.percentile(0.5),
      batchMsP99: this.#batchMs.percentile(0.99),
      ackMsP50: this.#ackMs.percentile(0.5),
      ackMsP99: this.#ackMs.percentile(0.99),
      memoryBytes: process.memoryUsage.rss(),
      lastError: this.#lastFault?.reason ?? null,
    }
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    this.#unsubscribe?.()
    const seconds = this.#deps.config.shutdownSeconds
    const closing = this.#host.close(seconds * 1000)
    await this.#batcher.stop(seconds * 1000)
    await closing
    await this.#save(Number.POSITIVE_INFINITY).catch((error: unknown) => this.#fault(error, 0))
    await stopRun(this.#deps.db.pool, this.instance, this.#deps.clock.now()).catch((error: unknown) =>
      this.#fault(error, 0),
    )
  }

  #onFrame(frame: Frame, session: Session): AckDecision | Promise<AckDecision> {
    const { mn, cn, qn } = frame.header
    const receivedMs = this.#deps.clock.now()
    const { address } = session.connection
    const station = this.#stations.get(mn)
    const verdict = judgeFrame(frame, station, receivedMs, this.#window)
    this.#rate.add(receivedMs)
    this.#connections.frame(session.connection, receivedMs)
    const stranger = verdict.kind === 'refused' && !verdict.acknowledge
    if (stranger && !this.#strangers.mayKeep(address, receivedMs)) return 'none'
    if (station && !stranger) {
      const values = verdict.kind === 'values' ? verdict.values : undefined
      this.#counters.frame(mn, receivedMs, address, parseQn(qn) ?? undefined, values)
    }
    if (cn === '9015' && verdict.kind === 'record') return 'ack' // a heartbeat is no evidence
    return new Promise((resolve) => {
      const started = performance.now()
      const arrival = {
        raw: frame.raw,
        receivedMs,
        address,
        mn,
        cn,
        anomalies: frame.anomalies,
        verdict,
        station,
      }
      this.#batcher.push(arrival, (committed) => {
        this.#ackMs.add(performance.now() - started)
        resolve(committed && !stranger ? 'ack' : 'none')
      })
    })
  }

  #onBadFrame(frame: Frame, connection: Connection): void {
    const receivedMs = this.#deps.clock.now()
    this.#connections.note(connection)
    if (!this.#strangers.mayKeep(connection.address, receivedMs)) return
    const { mn, cn } = frame.header
    const station = this.#stations.get(mn)
    const verdict = judgeFrame(frame, station, receivedMs, this.#window)
    const arrival = {
      raw: frame.raw,
      receivedMs,
      address: connection.address,
      mn,
      cn,
      anomalies: frame.anomalies,
      verdict,
      station,
    }
    this.#batcher.push(arrival, () => undefined)
  }

  async #commit(batch: readonly Arrival[]): Promise<void> {
    const started = performance.now()
    const result = await commitArrivals(this.#deps.db, this.#series, batch)
    const ms = performance.now() - started
    this.#lastFault = null
    let quarantined = 0
    for (const arrival of batch) {
      if (arrival.verdict.kind !== 'refused') continue
      quarantined += 1
      if (arrival.station) this.#counters.quarantined(arrival.mn)
    }
    this.#batchMs.add(ms)
    this.#batches += 1
    this.#batched += batch.length
    this.#duplicates += result.unchanged
    this.#revised += result.revised
    this.#quarantined += quarantined
    batchSeconds.observe(ms / 1000)
    batchFrames.observe(batch.length)
    framesCounter.inc({ outcome: 'accepted' }, batch.length - quarantined)
    framesCounter.inc({ outcome: 'quarantined' }, quarantined)
    for (const effect of ['inserted', 'revised', 'unchanged'] as const)
      valuesCounter.inc({ effect }, result[effect])
  }

  /** Counters and connections: observability, not evidence; a failed save is made up by the next. */
  async #save(stationsAtOnce = fewStations): Promise<void> {
    const { db, events, clock } = this.#deps
    const stats = this.stats()
    events.publish('gateway', stats)
    connectionsGauge.set(stats.connections)
    queueGauge.set(stats.queueFrames)
    ackGauge.set(stats.ackMsP99 / 1000)
    const deltas = this.#counters.take(stationsAtOnce)
    try {
      await saveStationDeltas(db.pool, deltas)
    } catch (error) {
      this.#counters.putBack(deltas)
      throw error
    }
    await this.#connections.save(db.pool, this.instance, clock.now())
  }

  async #beat(): Promise<void> {
    const { db, clock } = this.#deps
    await beatRun(db.pool, this.instance, clock.now(), this.stats())
    await tidyAfterDeadRuns(db.pool, clock.now())
    if (this.#lastFault?.batch === false) this.#lastFault = null
  }

  #commands(): Promise<void> {
    return runCommands(this.#deps, this.#host, () => this.#batcher.settled())
  }

  #every(ms: number, name: string, work: () => Promise<void>): void {
    const timer = setInterval(() => this.#guard(name, work), ms)
    timer.unref()
    this.#timers.push(timer)
  }

  /** One at a time of each name; a fault is logged and the next turn tries again. */
  #guard(name: string, work: () => Promise<void>): void {
    if (this.#busy.has(name)) return
    this.#busy.add(name)
    work()
      .catch((error: unknown) => this.#fault(error, 0))
      .finally(() => this.#busy.delete(name))
  }

  #fault(error: unknown, frames: number): void {
    const message = error instanceof Error ? error.message : String(error)
    this.#lastFault = { reason: message, batch: frames > 0 }
    if (frames > 0) faultsCounter.inc()
    this.#deps.log.warn(
      { event: 'gateway.write-failed', frames, reason: message },
      'not written; will be tried again',
    )
  }
}
