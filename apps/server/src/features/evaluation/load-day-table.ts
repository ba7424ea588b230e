import { type AirItem, airItemInfo, airItems, cityMean } from '@shanshui/standards'
import type { Queryable } from '../../platform/db/index.ts'
import { readSeries, type SeriesTable } from '../series/index.ts'
import { dateOf, dayMs, dayNumber, dayOfMs, dayStartMs } from './civil-day.ts'
import { type DayTable, emptyItemValues, type ItemValues } from './day-table.ts'

export interface Days {
  readonly from: string
  readonly to: string
}

const factors = airItems.map((item) => airItemInfo[item].code)

/**
 * Day values of one point (a city or a station), as rolled up and without sand. Days without a row are NaN.
 * The reader of figures runs as owner of the tables: a figure must not depend on who asks for it.
 */
export async function loadDayTable(q: Queryable, pointId: number, days: Days): Promise<DayTable> {
  const [measured, noSand] = await bothProcedures(q, [pointId], days)
  return dayTable([pointId], days, fill(measured, pointId, days), fill(noSand, pointId, days))
}

/**
 * City days of chosen stations: mean of the valid station days, when enough of them are valid (HJ 663, site to city).
 * `stations`: ascending ids.
 */
export async function loadDayTableOf(
  q: Queryable,
  stations: readonly number[],
  days: Days,
): Promise<DayTable> {
  const [measured, noSand] = await bothProcedures(q, stations, days)
  return dayTable(stations, days, cityValues(measured, stations, days), cityValues(noSand, stations, days))
}

/** Day tables of several points in two reads. */
export async function loadDayTables(
  q: Queryable,
  pointIds: readonly number[],
  days: Days,
): Promise<Map<number, DayTable>> {
  const [measured, noSand] = await bothProcedures(q, pointIds, days)
  return new Map(
    pointIds.map(
      (id) => [id, dayTable([id], days, fill(measured, id, days), fill(noSand, id, days))] as const,
    ),
  )
}

async function bothProcedures(
  q: Queryable,
  pointIds: readonly number[],
  days: Days,
): Promise<[SeriesTable, SeriesTable]> {
  const query = {
    period: 'day' as const,
    pointIds,
    fromMs: dayStartMs(days.from),
    toMs: dayStartMs(days.to) + dayMs,
    factors,
  }
  const measured = await readSeries(q, query)
  const noSand = await readSeries(q, { ...query, procedure: 'rolled-no-sand' })
  return [measured, noSand]
}

function dayTable(
  pointIds: readonly number[],
  days: Days,
  measured: ItemValues,
  noSand: ItemValues,
): DayTable {
  const firstDay = dayNumber(days.from)
  const count = dayNumber(days.to) - firstDay + 1
  const sand = new Uint8Array(count)
  // A sand day is one whose PM values change when the data of confirmed sand periods are taken out.
  for (let i = 0; i < count; i++) {
    if (differs(measured.pm25[i], noSand.pm25[i]) || differs(measured.pm10[i], noSand.pm10[i])) sand[i] = 1
  }
  return { pointIds, firstDay, days: count, measured, noSand, sand }
}

const differs = (a: number | undefined, b: number | undefined): boolean => !Object.is(a, b)

function fill(series: SeriesTable, pointId: number, days: Days): Record<AirItem, Float64Array> {
  const firstDay = dayNumber(days.from)
  const values = emptyItemValues(dayNumber(days.to) - firstDay + 1)
  for (let row = 0; row < series.startMs.length; row++) {
    if (series.pointId[row] !== pointId) continue
    const at = dayOfMs(series.startMs[row] ?? Number.NaN) - firstDay
    for (const [f, item] of airItems.entries()) {
      const column = series.columns.get(factors[f] ?? '')
      if (column !== undefined) values[item][at] = column[row] ?? Number.NaN
    }
  }
  return values
}

function cityValues(
  series: SeriesTable,
  stations: readonly number[],
  days: Days,
): Record<AirItem, Float64Array> {
  const perStation = stations.map((id) => fill(series, id, days))
  const count = dayNumber(days.to) - dayNumber(days.from) + 1
  const values = emptyItemValues(count)
  for (const item of airItems) {
    for (let i = 0; i < count; i++) {
      const sites = perStation.map((v) => v[item][i] ?? Number.NaN)
      values[item][i] = cityMean(sites, stations.length).value
    }
  }
  return values
}

/** Last day that may be evaluated: yesterday; today is not over. */
export const lastWholeDay = (nowMs: number): string => dateOf(dayOfMs(nowMs) - 1)
