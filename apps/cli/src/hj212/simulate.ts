/** `shanshui hj212 simulate`: simulated field machines that load a host and measure its acknowledgements. */
import { createStation, type DataCn, type Station, type StationFactor, type Version } from '@shanshui/hj212'

export interface SimulateOptions {
  readonly host: string
  readonly port: number
  readonly stations: number
  /** Frames a second of all stations together. */
  readonly rate: number
  /** Seconds; undefined: until stopped. */
  readonly durationS: number | undefined
  readonly mnPrefix: string
  readonly cn: DataCn
  readonly st: string
  readonly version: Version
  readonly pw: string
  readonly factors: readonly string[]
  /** Messages under way a station. */
  readonly window: number
  readonly connectsPerSecond: number
  readonly signal: AbortSignal
  /** Every five seconds. */
  readonly onProgress?: (summary: Summary) => void
}

export interface Summary {
  readonly connected: number
  readonly sent: number
  readonly acked: number
  readonly resent: number
  readonly unanswered: number
  readonly seconds: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

const TICK_MS = 10
const PROGRESS_MS = 5000
const GRACE_MS = 10_000
const MN_LENGTH = 24
const MOST_LATENCIES = 2_000_000

/** Identifier of the n-th station: the prefix, filled up to 24 characters. */
export function mnOf(prefix: string, n: number): string {
  return prefix + String(n).padStart(Math.max(1, MN_LENGTH - prefix.length), '0')
}

export async function simulate(options: SimulateOptions): Promise<Summary> {
  const latencies: number[] = []
  const factors: StationFactor[] = options.factors.map((code) => ({ code, decimals: 2 }))
  const stations: Station[] = []
  const began = performance.now()
  const summary = () => summarise(stations, latencies, (performance.now() - began) / 1000)
  const progress = setInterval(() => options.onProgress?.(summary()), PROGRESS_MS)
  try {
    const connecting = connectAll(options, factors, stations, latencies)
    await Promise.race([connecting, aborted(options.signal)])
    await load(options, stations)
    await settle(stations, options.signal)
    return summary()
  } finally {
    clearInterval(progress)
    await Promise.all(stations.map((station) => station.stop()))
  }
}

async function connectAll(
  options: SimulateOptions,
  factors: readonly StationFactor[],
  stations: Station[],
  latencies: number[],
): Promise<void> {
  const started: Promise<void>[] = []
  for (let n = 0; n < options.stations && !options.signal.aborted; n++) {
    const station = createStation({
      host: options.host,
      port: options.port,
      mn: mnOf(options.mnPrefix, n),
      pw: options.pw,
      st: options.st,
      version: options.version,
      factors,
      values: (code, _cn, startMs) => wave(code, n, startMs),
      uploads: [],
      window: options.window,
      backlog: 0,
      onAck: (cn, latencyMs) => {
        if (cn === options.cn && latencies.length < MOST_LATENCIES) latencies.push(latencyMs)
      },
    })
    stations.push(station)
    started.push(station.start())
    if ((n + 1) % Math.max(1, Math.ceil(options.connectsPerSecond / 50)) === 0) await pause(20)
  }
  await Promise.all(started)
}

/** A value that changes smoothly with the hour and differs from station to station. */
function wave(code: string, n: number, ms: number): number {
  const phase = code.charCodeAt(code.length - 1) + n
  return 30 + 25 * Math.sin(ms / 3_600_000 / 4 + phase)
}

async function load(options: SimulateOptions, stations: readonly Station[]): Promise<void> {
  const { rate, durationS, signal } = options
  const total = durationS === undefined ? Number.POSITIVE_INFINITY : Math.round(rate * durationS)
  // Real-time messages of a station lie a second apart, and none in the future.
  const each = Number.isFinite(total) ? Math.ceil(total / stations.length) : 0
  const firstMs = Math.floor(Date.now() / 1000) * 1000 - each * stepMs(options.cn)
  const began = performance.now()
  let sent = 0
  while (sent < total && !signal.aborted) {
    const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * rate))
    for (; sent < due; sent++) {
      const station = stations[sent % stations.length]
      void station?.upload(options.cn, firstMs + Math.floor(sent / stations.length) * stepMs(options.cn))
    }
    await pause(TICK_MS)
  }
}

function stepMs(cn: DataCn): number {
  return { '2011': 1000, '2051': 60_000, '2061': 3_600_000, '2031': 86_400_000 }[cn]
}

async function settle(stations: readonly Station[], signal: AbortSignal): Promise<void> {
  const end = performance.now() + GRACE_MS
  while (
    performance.now() < end &&
    !signal.aborted &&
    stations.some((station) => station.stats().waiting > 0)
  )
    await pause(20)
}

function summarise(stations: readonly Station[], latencies: readonly number[], seconds: number): Summary {
  const sum = { connected: 0, sent: 0, acked: 0, resent: 0, unanswered: 0 }
  for (const station of stations) {
    const stats = station.stats()
    if (stats.connected) sum.connected++
    sum.sent += stats.sent
    sum.acked += stats.acked
    sum.resent += stats.resent
    sum.unanswered += stats.unanswered
  }
  const sorted = Float64Array.from(latencies).sort()
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { ...sum, seconds, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
