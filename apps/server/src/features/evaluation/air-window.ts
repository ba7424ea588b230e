import {
  type AirEdition,
  type AirItem,
  type AqiResult,
  airItems,
  dayAqi,
  type PeriodStatistic,
  periodStatistics,
} from '@shanshui/standards'
import { dateOf, type PeriodKind, periodKind } from './civil-day.ts'
import {
  type DayTable,
  daysOf,
  itemDigest,
  joinDigests,
  type Sand,
  tableDates,
  valuesOf,
} from './day-table.ts'

/**
 * The days of a period under one edition, with everything that several figures need computed once: day AQI, period
 * statistics, digests. Sand days keep their AQI (环办监测〔2016〕120号: shares of days are counted with sand days).
 */
export interface AirWindow {
  readonly table: DayTable
  /** All days that are loaded, of which `table` is a part: what the largest day on record is. */
  readonly record: DayTable
  readonly from: string
  readonly to: string
  readonly kind: PeriodKind
  readonly edition: AirEdition
  readonly dates: readonly string[]
  aqi(): readonly AqiResult[]
  statistics(sand: Sand): Readonly<Record<AirItem, PeriodStatistic>>
  /** Digest of the day values of some items; all six when none is named. */
  digest(sand: Sand, items?: readonly AirItem[]): string
  digestOfSand(): string
}

export function airWindow(whole: DayTable, from: string, to: string, edition: AirEdition): AirWindow {
  const table = daysOf(whole, from, to)
  const kind = periodKind(from, to)
  const dates = tableDates(table)
  const statistics = new Map<Sand, Readonly<Record<AirItem, PeriodStatistic>>>()
  const digests = new Map<string, string>()
  let aqi: readonly AqiResult[] | undefined

  const itemDigestOnce = (sand: Sand, item: AirItem) => {
    const name = `${sand}|${item}`
    const known = digests.get(name)
    if (known !== undefined) return known
    const digest = itemDigest(table, item, sand)
    digests.set(name, digest)
    return digest
  }
  return {
    table,
    record: whole,
    from,
    to,
    kind,
    edition,
    dates,
    aqi() {
      aqi ??= dates.map((_, i) => dayAqi(dayValues(table, i), edition))
      return aqi
    },
    statistics(sand) {
      const known = statistics.get(sand)
      if (known !== undefined) return known
      const result = periodStatistics({ dates, values: valuesOf(table, sand) }, { from, to, kind }, edition)
      statistics.set(sand, result)
      return result
    },
    digest: (sand, items = airItems) => joinDigests(items.map((item) => itemDigestOnce(sand, item))),
    digestOfSand: () => joinDigests([...dates.filter((_, i) => table.sand[i] === 1), 'sand']),
  }
}

/** The six values of day `i` as measured; null = no valid value. */
export function dayValues(table: DayTable, i: number): Record<AirItem, number | null> {
  const values = {} as Record<AirItem, number | null>
  for (const item of airItems) {
    const value = table.measured[item][i]
    values[item] = value === undefined || Number.isNaN(value) ? null : value
  }
  return values
}

export const dateAt = (window: AirWindow, i: number): string => dateOf(window.table.firstDay + i)
