/**
 * Hours to days, stations to cities: pure. The rules (20 hours, MDA8 windows, share of stations) are those of the
 * evaluators in @shanshui/standards; here only the values are laid out for them. Means are kept unrounded.
 */
import {
  type AirEdition,
  type AirItem,
  airEditionOn,
  airItemInfo,
  airItems,
  cityMean,
  stationDay,
} from '@shanshui/standards'
import { dateOf, dayMs, hourMs } from './civil-time.ts'
import type { SandInForce } from './sand.table.ts'
import type { ObservationRow, SeriesTable } from './series.table.ts'
import type { City, Station } from './topology.ts'

/** Factor codes in the order of the air items: the layout of every rolled air row. */
export const airFactors: readonly string[] = airItems.map((item) => airItemInfo[item].code)

/** Layout ids of rolled rows. */
export interface RolledLayouts {
  readonly rolled: number
  readonly noSand: number
}

/** Hours of one point over a run of days, dense: `hours[item][24 × day + hour]`, NaN = missing. */
export interface DenseHours {
  readonly hours: readonly Float64Array[]
  /** Rows a day, and the highest message among them. */
  readonly rows: Int32Array
  readonly msg: BigInt64Array
  readonly rowsByHour: Uint8Array
}

/** Lays a table of hours out by point over [fromMs, toMs), both at midnight. */
export function denseHours(table: SeriesTable, fromMs: number, toMs: number): Map<number, DenseHours> {
  const days = (toMs - fromMs) / dayMs
  const columns = airFactors.map((factor) => table.columns.get(factor))
  const dense = new Map<number, DenseHours>()
  for (let i = 0; i < table.startMs.length; i++) {
    const pointId = table.pointId[i] as number
    const own = dense.get(pointId) ?? emptyHours(days)
    dense.set(pointId, own)
    const slot = Math.floor(((table.startMs[i] as number) - fromMs) / hourMs)
    const day = Math.floor(slot / 24)
    own.rowsByHour[slot] = 1
    own.rows[day] = (own.rows[day] as number) + 1
    const msg = table.msg[i] as bigint
    if (msg > (own.msg[day] as bigint)) own.msg[day] = msg
    for (const [c, column] of columns.entries())
      (own.hours[c] as Float64Array)[slot] = column?.[i] ?? Number.NaN
  }
  return dense
}

function emptyHours(days: number): DenseHours {
  return {
    hours: airItems.map(() => new Float64Array(24 * days).fill(Number.NaN)),
    rows: new Int32Array(days),
    msg: new BigInt64Array(days),
    rowsByHour: new Uint8Array(24 * days),
  }
}

type HoursOfDay = Record<AirItem, Float64Array>

function dayOf(dense: DenseHours, day: number): HoursOfDay {
  const hours = {} as HoursOfDay
  for (const [i, item] of airItems.entries())
    hours[item] = (dense.hours[i] as Float64Array).subarray(24 * day, 24 * day + 24)
  return hours
}

/** The day's hours without what the sand periods remove. */
function withoutSand(hours: HoursOfDay, dayStartMs: number, periods: readonly SandInForce[]): HoursOfDay {
  const kept = {} as HoursOfDay
  for (const item of airItems) {
    const own = hours[item].slice()
    for (const period of periods) {
      if (!period.factors.includes(airItemInfo[item].code)) continue
      for (let hour = 0; hour < 24; hour++) {
        const atMs = dayStartMs + hour * hourMs
        if (period.scope === 'days' || (atMs >= period.fromMs && atMs < period.toMs)) own[hour] = Number.NaN
      }
    }
    kept[item] = own
  }
  return kept
}

export function touching(periods: readonly SandInForce[], fromMs: number, toMs: number): SandInForce[] {
  return periods.filter((period) => period.fromMs < toMs && period.toMs > fromMs)
}

/**
 * The rolled rows of a station's day: `rolled`, and `rolled-no-sand` where a confirmed sand period touches it.
 * cous = valid hours (ozone: valid 8 h windows); mins and maxs = smallest and largest hour.
 */
export function rollStationDay(
  station: Station,
  dense: DenseHours,
  day: number,
  dayStartMs: number,
  sand: readonly SandInForce[],
  layouts: RolledLayouts,
): ObservationRow[] {
  if ((dense.rows[day] ?? 0) === 0) return []
  const edition = airEditionOn(dateOf(dayStartMs))
  const hours = dayOf(dense, day)
  const about = { ...scopeOf(station), startMs: dayStartMs, msg: dense.msg[day] as bigint }
  const rows = [stationRow(about, hours, edition, station, layouts.rolled)]
  const touched = touching(sand, dayStartMs, dayStartMs + dayMs).filter((p) =>
    p.pointIds.includes(station.id),
  )
  if (touched.length > 0)
    rows.push(stationRow(about, withoutSand(hours, dayStartMs, touched), edition, station, layouts.noSand))
  return rows
}

interface About {
  readonly pointId: number
  readonly regionCode: number
  readonly ownerId: number
  readonly startMs: number
  readonly msg: bigint
}

function scopeOf(point: { id: number; regionCode: number; ownerId: number }) {
  return { pointId: point.id, regionCode: point.regionCode, ownerId: point.ownerId }
}

function stationRow(
  about: About,
  hours: HoursOfDay,
  edition: AirEdition,
  station: Station,
  layoutId: number,
): ObservationRow {
  const day = stationDay(hours, edition, station.zoneClass)
  const extremes = airItems.map((item) => extremesOf(hours[item]))
  return rolledRow(
    about,
    layoutId,
    airItems.map((item) => day[item].value),
    airItems.map((item) => day[item].n),
    extremes,
  )
}

/** A rolled row: N where there is a valid value, I where the data are insufficient. */
export function rolledRow(
  about: About,
  layoutId: number,
  values: readonly number[],
  counts: readonly number[],
  extremes: readonly { min: number; max: number }[],
): ObservationRow {
  return {
    ...about,
    layoutId,
    values,
    mins: extremes.map((e) => e.min),
    maxs: extremes.map((e) => e.max),
    cous: counts,
    flags: values.map((value) => (Number.isNaN(value) ? 'I' : 'N')).join(''),
  }
}

export function extremesOf(values: ArrayLike<number>): { min: number; max: number } {
  let min = Number.NaN
  let max = Number.NaN
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (Number.isNaN(value)) continue
    if (!(value >= min)) min = value
    if (!(value <= max)) max = value
  }
  return { min, max }
}

/** The city's rolled hours of a day: mean of the valid station hours, hours without any row left out. */
export function rollCityHours(
  city: City,
  stations: ReadonlyMap<number, DenseHours>,
  day: number,
  dayStartMs: number,
  layouts: RolledLayouts,
): ObservationRow[] {
  const members = city.stationIds.flatMap((id) => stations.get(id) ?? [])
  const rows: ObservationRow[] = []
  const values = new Float64Array(members.length)
  let msg = 0n
  for (const member of members) if ((member.msg[day] ?? 0n) > msg) msg = member.msg[day] as bigint
  for (let hour = 0; hour < 24; hour++) {
    const slot = 24 * day + hour
    if (!members.some((member) => member.rowsByHour[slot] === 1)) continue
    const about = { ...scopeOf(city), startMs: dayStartMs + hour * hourMs, msg }
    rows.push(
      cityRow(about, city, layouts.rolled, (item) => {
        for (const [m, member] of members.entries())
          values[m] = (member.hours[item] as Float64Array)[slot] as number
        return values
      }),
    )
  }
  return rows
}

/** City value by item: mean of the valid stations, valid with enough of those that should report (HJ 663). */
function cityRow(
  about: About,
  city: City,
  layoutId: number,
  stationValues: (item: number) => ArrayLike<number>,
): ObservationRow {
  const values: number[] = []
  const counts: number[] = []
  const extremes: { min: number; max: number }[] = []
  for (let item = 0; item < airItems.length; item++) {
    const own = stationValues(item)
    const mean = cityMean(own, city.stationIds.length)
    values.push(mean.value)
    counts.push(mean.n)
    extremes.push(extremesOf(own))
  }
  return rolledRow(about, layoutId, values, counts, extremes)
}

/** Days of one point: values by item of each day's start, and the highest message. */
export type DaysOfPoint = ReadonlyMap<number, { readonly values: readonly number[]; readonly msg: bigint }>

export function daysByPoint(table: SeriesTable): Map<number, Map<number, { values: number[]; msg: bigint }>> {
  const columns = airFactors.map((factor) => table.columns.get(factor))
  const days = new Map<number, Map<number, { values: number[]; msg: bigint }>>()
  for (let i = 0; i < table.startMs.length; i++) {
    const pointId = table.pointId[i] as number
    const own = days.get(pointId) ?? new Map<number, { values: number[]; msg: bigint }>()
    days.set(pointId, own)
    own.set(table.startMs[i] as number, {
      values: columns.map((column) => column?.[i] ?? Number.NaN),
      msg: table.msg[i] as bigint,
    })
  }
  return days
}

/**
 * The city's row of a day from its stations' days (HJ 663: mean of the valid station days, not of city hours).
 * Undefined when no station has a row.
 */
export function rollCityDay(
  city: City,
  stations: ReadonlyMap<number, DaysOfPoint>,
  dayStartMs: number,
  layoutId: number,
): ObservationRow | undefined {
  const members = city.stationIds.flatMap((id) => stations.get(id)?.get(dayStartMs) ?? [])
  if (members.length === 0) return undefined
  let msg = 0n
  for (const member of members) if (member.msg > msg) msg = member.msg
  const about = { ...scopeOf(city), startMs: dayStartMs, msg }
  return cityRow(about, city, layoutId, (item) => members.map((member) => member.values[item] ?? Number.NaN))
}
