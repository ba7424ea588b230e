/** Online state of a field machine as the gateway derives it. Pure. */
import type { StationDialect, StationOnline } from '@shanshui/contract'

export interface StationFacts {
  readonly enabled: boolean
  readonly dialect: StationDialect
  readonly lastFrameMs: number | null
  readonly lastDataMs: number | null
  /** When DataTime last moved forward. */
  readonly dataAdvancedMs: number | null
  readonly skewMs: number | null
}

const skewLimitMs = 10 * 60_000
const leastSilenceMs = 5 * 60_000
const defaultRtdIntervalS = 60

/** A valid frame within max(3 × RtdInterval, 2 × heartbeat, 5 min). */
export function silenceLimitMs(dialect: StationDialect): number {
  const rtd = 3 * (dialect.rtdIntervalS ?? defaultRtdIntervalS) * 1000
  const heartbeat = 2 * (dialect.heartbeatS ?? 0) * 1000
  return Math.max(rtd, heartbeat, leastSilenceMs)
}

export function onlineState(station: StationFacts, nowMs: number): StationOnline {
  if (!station.enabled) return 'disabled'
  if (station.lastFrameMs === null) return 'never-seen'
  const limit = silenceLimitMs(station.dialect)
  if (nowMs - station.lastFrameMs > limit) return 'silent'
  if (station.skewMs !== null && Math.abs(station.skewMs) > skewLimitMs) return 'clock-skewed'
  const stale = station.lastDataMs !== null && station.lastDataMs - (station.dataAdvancedMs ?? 0) > limit
  return stale ? 'data-stale' : 'online'
}
