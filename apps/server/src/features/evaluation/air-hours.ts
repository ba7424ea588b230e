import type { AirHourRow, AirHours } from '@shanshui/contract'
import {
  type AirEdition,
  type AirItem,
  airEditionOn,
  airItemInfo,
  airItems,
  cityMean,
  hourAqi,
} from '@shanshui/standards'
import type { Actor } from '../../platform/actor.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { assessmentStationsOf, type Point } from '../registry/index.ts'
import { readSeries, type SeriesTable } from '../series/index.ts'
import { publishedValues } from './air-days.ts'
import { type AirDeps, cityFor, presentCity, visibleOf } from './air-scope.ts'
import { dateOfMs, hourMs, isoOf } from './civil-day.ts'

const factors = airItems.map((item) => airItemInfo[item].code)
/** How far back the latest hour is looked for. */
const lookBackHours = 48

type Values = Record<AirItem, number | null>

/** Hour table of a city: all assessment stations and the city itself, with the AQI of the hour (实时报). */
export async function airHours(
  deps: AirDeps,
  actor: Actor,
  query: { city?: number | undefined; at?: string | undefined },
): Promise<AirHours> {
  const city = await cityFor(deps, actor, query.city)
  const stations = await assessmentStationsOf(deps.db.pool, city.id)
  const atMs = query.at === undefined ? await latestHourMs(deps, city, stations) : startOfHour(query.at)
  const hours = await hoursAt(deps.db.pool, city, stations, atMs)
  return { ...hours, rows: rowsFor(hours.rows, await visibleOf(deps, actor, stations)) }
}

/** The city's row, and of the stations' those that the reader may see. */
export function rowsFor(rows: AirHours['rows'], visible: ReadonlySet<number>): AirHours['rows'] {
  return rows.filter((row) => row.kind === 'air-city' || visible.has(row.pointId))
}

/** Times are written with four digits of the year. */
const latestMs = Date.UTC(9999, 0, 1)

function startOfHour(text: string): number {
  const ms = Date.parse(text)
  if (!(ms >= 0 && ms < latestMs))
    throw new AppError('air.period-invalid', { detail: `"${text}" 不是带时区的时间` })
  return Math.floor(ms / hourMs) * hourMs
}

/** Start of the newest hour for which any station has a value; the last whole hour when there is none. */
export async function latestHourMs(deps: AirDeps, city: Point, stations: readonly Point[]): Promise<number> {
  const now = Math.floor(deps.clock.now() / hourMs) * hourMs
  const pointIds = [city.id, ...stations.map((s) => s.id)]
  const series = await readSeries(deps.db.pool, {
    period: 'hour',
    pointIds,
    fromMs: now - lookBackHours * hourMs,
    toMs: now + hourMs,
    factors,
  })
  let latest = Number.NaN
  for (let row = 0; row < series.startMs.length; row++) {
    const at = series.startMs[row] ?? Number.NaN
    if (hasValue(series, row) && !(at <= latest)) latest = at
  }
  return Number.isNaN(latest) ? now - hourMs : latest
}

function hasValue(series: SeriesTable, row: number): boolean {
  return factors.some((factor) => !Number.isNaN(series.columns.get(factor)?.[row] ?? Number.NaN))
}

export async function hoursAt(
  q: Queryable,
  city: Point,
  stations: readonly Point[],
  atMs: number,
): Promise<AirHours> {
  const pointIds = [city.id, ...stations.map((s) => s.id)]
  const series = await readSeries(q, { period: 'hour', pointIds, fromMs: atMs, toMs: atMs + hourMs, factors })
  const edition = airEditionOn(dateOfMs(atMs))
  const rows = stations.map((station) => hourRow(station, 'air-station', series, edition))
  const own = hourRow(city, 'air-city', series, edition)
  // The city's hour is rolled up a moment after its stations'; until then it is their mean by the same rule.
  const cityRow = airItems.some((item) => own.values[item] !== null)
    ? own
    : meanRow(city, series, stations, edition)
  const end = isoOf(atMs + hourMs)
  return {
    city: presentCity(city),
    at: isoOf(atMs),
    label: `${end.slice(0, 10)} ${end.slice(11, 16)}（${isoOf(atMs).slice(11, 16)}—${end.slice(11, 16)} 的均值）`,
    edition,
    rows: [cityRow, ...rows],
  }
}

function hourRow(
  point: Point,
  kind: AirHourRow['kind'],
  series: SeriesTable,
  edition: AirEdition,
): AirHourRow {
  const row = series.pointId.indexOf(point.id)
  const values = {} as Values
  const flags: Record<string, string> = {}
  for (const [f, item] of airItems.entries()) {
    const factor = factors[f] ?? ''
    const value = row < 0 ? Number.NaN : (series.columns.get(factor)?.[row] ?? Number.NaN)
    values[item] = Number.isNaN(value) ? null : value
    flags[item] = row < 0 ? ' ' : (series.flags.get(factor)?.[row] ?? ' ')
  }
  const msg = row < 0 ? -1n : (series.msg[row] ?? -1n)
  return present(point, kind, values, edition, flags, msg > 0n ? String(msg) : null)
}

function meanRow(
  city: Point,
  series: SeriesTable,
  stations: readonly Point[],
  edition: AirEdition,
): AirHourRow {
  const values = {} as Values
  for (const [f, item] of airItems.entries()) {
    const column = series.columns.get(factors[f] ?? '')
    const sites = stations.map((s) => column?.[series.pointId.indexOf(s.id)] ?? Number.NaN)
    const { value } = cityMean(sites, stations.length)
    values[item] = Number.isNaN(value) ? null : value
  }
  return present(city, 'air-city', values, edition, {}, null)
}

function present(
  point: Point,
  kind: AirHourRow['kind'],
  values: Values,
  edition: AirEdition,
  flags: Record<string, string>,
  msg: string | null,
): AirHourRow {
  const aqi = hourAqi(values, edition)
  return {
    pointId: point.id,
    kind,
    name: point.name,
    values: publishedValues(values),
    flags,
    aqi: aqi.aqi,
    level: aqi.level,
    primary: [...aqi.primary],
    reason: aqi.naReason ?? null,
    msg,
  }
}
