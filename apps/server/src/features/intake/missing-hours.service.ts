/** The grid of stations and hours, each cell with exactly one reason (缺数时段与原因). */
import type { HourReason } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import { fileFactors } from './file-header.ts'
import { runsBetween } from './gateway.repository.ts'
import {
  type HourStation,
  hourStations,
  presenceBetween,
  quarantinedHours,
  stopsBetween,
} from './missing-hours.repository.ts'
import { attributeHour, type Interval, uncoveredShare } from './missing-reason.ts'
import type { HourTable, ValueReader } from './series-door.ts'

const hourMs = 3_600_000
/** A station is given this long after the hour's end. */
const graceMs = 15 * 60_000
/** Within this time after its end an hour has to be delivered; the state of line and platform is judged in it. */
const deliveryMs = hourMs

export interface HourGridQuery {
  readonly fromMs: number
  readonly hours: number
  readonly nowMs: number
  readonly pointId?: number | undefined
  /** Other points than air stations: their kind, which of them, and what each has to send in an hour. */
  readonly others?: {
    readonly kind: string
    readonly factorsOf: ReadonlyMap<number, readonly string[]>
  }
}

export interface StationHourReasons {
  readonly pointId: number
  readonly code: string
  readonly name: string
  readonly mn: string | null
  readonly reasons: HourReason[]
  readonly missingItems: number[]
}

export interface HourGrid {
  readonly fromMs: number
  readonly stations: StationHourReasons[]
}

/** Reads what is known and attributes every station-hour. `q` decides who sees which stations. */
export async function missingHours(
  q: Queryable,
  series: ValueReader,
  query: HourGridQuery,
): Promise<HourGrid> {
  const { fromMs, hours } = query
  const toMs = fromMs + hours * hourMs
  const { others } = query
  const stations =
    others === undefined
      ? await hourStations(q, query.pointId === undefined ? undefined : [query.pointId])
      : await hourStations(q, [...others.factorsOf.keys()], others.kind)
  const dueOf = (pointId: number) => others?.factorsOf.get(pointId) ?? fileFactors
  if (stations.length === 0) return { fromMs, stations: [] }
  const table = await series.readSeries(q, {
    period: 'hour',
    pointIds: [...new Set(stations.map((s) => s.pointId))],
    fromMs,
    toMs,
    factors: others === undefined ? fileFactors : [...new Set([...others.factorsOf.values()].flat())],
    procedure: 'measured',
  })
  const known: Known = {
    query,
    dueOf,
    missing: missingFlagsOf(table, fromMs, dueOf),
    presence: new Map(
      (await presenceBetween(q, fromMs, toMs + deliveryMs)).map((p) => [`${p.mn}|${p.hourMs}`, p.frames]),
    ),
    runs: await runsBetween(q, fromMs, toMs + deliveryMs),
    stops: await stopsBetween(q, fromMs, toMs),
    quarantine: await quarantineByHour(q, fromMs, toMs),
  }
  return { fromMs, stations: stations.map((station) => stationReasons(station, known)) }
}

interface Known {
  readonly query: HourGridQuery
  /** Factors that a point has to send. */
  readonly dueOf: (pointId: number) => readonly string[]
  /** Point and hour index → flags of the items without a usable value ('' = complete). */
  readonly missing: Map<string, string>
  readonly presence: Map<string, number>
  readonly runs: Interval[]
  readonly stops: readonly (Interval & { pointId: number })[]
  readonly quarantine: Map<string, string>
}

/** A row without a value for an item keeps the item's flag: it names the device's own reason. */
function missingFlagsOf(table: HourTable, fromMs: number, dueOf: Known['dueOf']): Map<string, string> {
  const missing = new Map<string, string>()
  for (let i = 0; i < table.startMs.length; i++) {
    let flags = ''
    for (const factor of dueOf(table.pointId[i] as number)) {
      const value = table.columns.get(factor)?.[i] ?? Number.NaN
      if (Number.isNaN(value)) flags += table.flags.get(factor)?.[i] ?? ' '
    }
    missing.set(`${table.pointId[i]}|${((table.startMs[i] as number) - fromMs) / hourMs}`, flags)
  }
  return missing
}

/**
 * A refused frame counts for the hour it names; one refused for its time names a wrong hour, and counts for the hour
 * before its receipt.
 */
async function quarantineByHour(q: Queryable, fromMs: number, toMs: number): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const { mn, dataTimeMs, receivedMs, reason } of await quarantinedHours(q, fromMs, toMs)) {
    const wrongTime = dataTimeMs === null || reason.startsWith('datatime-')
    const hour = Math.floor((wrongTime ? receivedMs - hourMs : dataTimeMs) / hourMs) * hourMs
    found.set(`${mn}|${hour}`, reason)
  }
  return found
}

function stationReasons(station: HourStation, known: Known): StationHourReasons {
  const { query } = known
  const reasons: HourReason[] = []
  const missingItems: number[] = []
  for (let i = 0; i < query.hours; i++) {
    const flags = known.missing.get(`${station.pointId}|${i}`)
    reasons.push(reasonOf(station, known, i, flags))
    missingItems.push(flags === undefined ? known.dueOf(station.pointId).length : flags.length)
  }
  return {
    pointId: station.pointId,
    code: station.code,
    name: station.name,
    mn: station.mn,
    reasons,
    missingItems,
  }
}

function reasonOf(
  station: HourStation,
  known: Known,
  index: number,
  missingFlags: string | undefined,
): HourReason {
  const { nowMs, fromMs } = known.query
  const startMs = fromMs + index * hourMs
  const endMs = startMs + hourMs
  const window = { fromMs: endMs, toMs: Math.min(endMs + deliveryMs, Math.max(nowMs, endMs + 1)) }
  return attributeHour({
    due: nowMs >= endMs + graceMs,
    inOperation: station.enabled && startMs >= station.validFromMs && endMs <= station.validToMs,
    plannedStop: known.stops.some(
      (s) => s.pointId === station.pointId && s.fromMs < endMs && s.toMs > startMs,
    ),
    missingFlags,
    quarantined: station.mn === null ? undefined : known.quarantine.get(`${station.mn}|${startMs}`),
    networked: station.mn !== null,
    everSeen: station.firstFrameMs !== null && station.firstFrameMs < window.toMs,
    framesInWindow: known.presence.get(`${station.mn}|${endMs}`) ?? 0,
    gatewayDown: uncoveredShare(window, known.runs),
  })
}
