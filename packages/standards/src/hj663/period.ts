import type { AirEdition } from '../gb3095/editions.ts'
import { type AirItem, airItems } from '../gb3095/items.ts'
import { daysNeeded, validity } from '../gb3095/validity.ts'
import { countValid, exactMean } from '../gb8170/exact-sum.ts'
import { roundHalfEven } from '../gb8170/rounding.ts'
import { annualPercentile, decimalsFor, evaluatedStatistic, type PercentileRank } from './clauses.ts'
import { percentile } from './percentile.ts'

export type PeriodKind = 'month' | 'quarter' | 'half-year' | 'year' | 'to-date'

export interface Period {
  /** First and last day, YYYY-MM-DD, both inclusive. */
  readonly from: string
  readonly to: string
  readonly kind: PeriodKind
}

/** Daily values side by side: `values.pm25[i]` is the value of `dates[i]`; NaN = missing or invalid. Ozone: MDA8. */
export interface DailyValues {
  readonly dates: readonly string[]
  readonly values: Readonly<Record<AirItem, ArrayLike<number>>>
}

export interface PeriodStatistic {
  /** Arithmetic mean of the daily values, unrounded; NaN without data. */
  readonly mean: number
  /** Percentile of the daily values, unrounded, and which one. */
  readonly percentile: number
  readonly percentileRank: PercentileRank
  /** What the composite index and the compliance of the item use, unrounded: the mean, for CO and O3 the percentile. */
  readonly evaluated: number
  /** `evaluated` rounded once with the decimals that are compared with the limit. */
  readonly rounded: number
  readonly validDays: number
  /** Whether the data requirement is met. If not, the figure is for reference only and compliance is not judged. */
  readonly complete: boolean
  /** Months (YYYY-MM) with too few valid days. */
  readonly shortMonths: readonly string[]
}

/**
 * Statistics of a month, quarter, half-year, year or of a year to date, from daily values. GB 3095-2026 clause 3 and
 * table 4 (≥ 324 days a year and ≥ 27 a month, February 25), HJ 663. A quarter and a half-year need valid months; a
 * period to date needs its whole months, a month still running is not judged (no separate number is published).
 */
export function periodStatistics(
  days: DailyValues,
  period: Period,
  edition: AirEdition,
): Record<AirItem, PeriodStatistic> {
  const chosen: number[] = []
  for (const [index, date] of days.dates.entries())
    if (date >= period.from && date <= period.to) chosen.push(index)
  const months = chosen.map((index) => (days.dates[index] as string).slice(0, 7))
  const judged = judgedMonths(period)
  const result = {} as Record<AirItem, PeriodStatistic>
  for (const item of airItems) {
    const values = Float64Array.from(chosen, (index) => days.values[item][index] ?? Number.NaN)
    result[item] = itemStatistic(item, values, months, judged, period, edition)
  }
  return result
}

function itemStatistic(
  item: AirItem,
  values: Float64Array,
  months: readonly string[],
  judged: readonly string[],
  period: Period,
  edition: AirEdition,
): PeriodStatistic {
  const validDays = countValid(values)
  const mean = exactMean(values)
  const percentileRank = annualPercentile[item]
  const high = percentile(values, percentileRank)
  const evaluated = evaluatedStatistic[item] === 'mean' ? mean : high
  const shortMonths = shortMonthsOf(values, months, judged)
  const enough = period.kind !== 'year' || validDays >= validity.daysPerYear
  return {
    mean,
    percentile: high,
    percentileRank,
    evaluated,
    rounded: roundHalfEven(evaluated, decimalsFor(edition, item).compliance),
    validDays,
    complete: validDays > 0 && enough && shortMonths.length === 0,
    shortMonths,
  }
}

function shortMonthsOf(values: Float64Array, months: readonly string[], judged: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const [index, month] of months.entries())
    if (!Number.isNaN(values[index] as number)) counts.set(month, (counts.get(month) ?? 0) + 1)
  return judged.filter((month) => (counts.get(month) ?? 0) < daysNeeded(Number(month.slice(5, 7))))
}

/** The calendar months that lie wholly inside the period. */
export function judgedMonths(period: Pick<Period, 'from' | 'to'>): string[] {
  const months: string[] = []
  let year = Number(period.from.slice(0, 4))
  let month = Number(period.from.slice(5, 7))
  const last = period.to.slice(0, 7)
  for (;;) {
    const name = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`
    if (!(name <= last)) return months
    const whole = period.from <= `${name}-01` && period.to >= `${name}-${daysInMonth(year, month)}`
    if (whole) months.push(name)
    month = month === 12 ? 1 : month + 1
    if (month === 1) year++
  }
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}
