import { describe, expect, test } from 'vitest'
import { type AirItem, airItems } from '../gb3095/items.ts'
import { annualCompliance, dayMeets } from './annual-compliance.ts'
import { annualPercentile, decimalsFor } from './clauses.ts'
import { complianceRate, exceedanceMultiple, judge } from './compliance.ts'
import { threeYearAverage } from './moving-average.ts'
import { type DailyValues, judgedMonths, periodStatistics } from './period.ts'

const dayAfter = (date: string) => new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10)

function datesOf(from: string, to: string): string[] {
  const dates: string[] = []
  for (let date = from; date <= to; date = dayAfter(date)) dates.push(date)
  return dates
}

/** A year of the same value, with some dates missing. */
function flat(
  from: string,
  to: string,
  value: number,
  missing: (date: string) => boolean = () => false,
): DailyValues {
  const dates = datesOf(from, to)
  const column = dates.map((date) => (missing(date) ? Number.NaN : value))
  return {
    dates,
    values: Object.fromEntries(airItems.map((item) => [item, column])) as Record<AirItem, number[]>,
  }
}

const year = { from: '2022-01-01', to: '2022-12-31', kind: 'year' } as const

describe('GB 3095 table 4: months and years', () => {
  test('a full year is complete', () => {
    const { pm25 } = periodStatistics(flat(year.from, year.to, 20), year, '2012')
    expect(pm25).toMatchObject({ mean: 20, rounded: 20, validDays: 365, complete: true, shortMonths: [] })
  })

  test('E8 a year with 324 days or more but 24 in February is not valid', () => {
    const missing = (date: string) => date.startsWith('2022-02') && date > '2022-02-24'
    const { pm25 } = periodStatistics(flat(year.from, year.to, 20, missing), year, '2012')
    expect(pm25).toMatchObject({ validDays: 361, complete: false, shortMonths: ['2022-02'] })
    expect(pm25.mean).toBe(20)
  })

  test('25 days in February are enough', () => {
    const missing = (date: string) => date.startsWith('2022-02') && date > '2022-02-25'
    expect(periodStatistics(flat(year.from, year.to, 20, missing), year, '2012').pm25.complete).toBe(true)
  })

  test('E9 323 valid days with at least 27 a month (February 25) are not a valid year, 324 are', () => {
    // 27 days a month (25 in February) are 322 days; two more make 324.
    const keep = (date: string, extra: number) => {
      const day = Number(date.slice(8))
      const needed = date.slice(5, 7) === '02' ? 25 : 27
      return day <= needed || (date.startsWith('2022-01') && day <= 27 + extra)
    }
    const withExtra = (extra: number) =>
      periodStatistics(
        flat(year.from, year.to, 20, (date) => !keep(date, extra)),
        year,
        '2012',
      ).pm25
    expect(withExtra(1)).toMatchObject({ validDays: 323, complete: false, shortMonths: [] })
    expect(withExtra(2)).toMatchObject({ validDays: 324, complete: true })
  })

  test('a month needs 27 days', () => {
    const month = { from: '2022-03-01', to: '2022-03-31', kind: 'month' } as const
    const until = (last: string) => flat(month.from, month.to, 30, (date) => date > last)
    expect(periodStatistics(until('2022-03-27'), month, '2012').pm10.complete).toBe(true)
    expect(periodStatistics(until('2022-03-26'), month, '2012').pm10.complete).toBe(false)
  })

  test('a quarter needs its three months, a period to date its whole months only', () => {
    const missing = (date: string) => date.startsWith('2022-02')
    const quarter = { from: '2022-01-01', to: '2022-03-31', kind: 'quarter' } as const
    expect(
      periodStatistics(flat(quarter.from, quarter.to, 9, missing), quarter, '2012').so2.shortMonths,
    ).toEqual(['2022-02'])
    const toDate = { from: '2022-01-01', to: '2022-02-10', kind: 'to-date' } as const
    expect(periodStatistics(flat(toDate.from, toDate.to, 9), toDate, '2012').so2.complete).toBe(true)
    expect(judgedMonths(toDate)).toEqual(['2022-01'])
  })

  test('days outside the period do not count, and no day at all is incomplete', () => {
    const days = flat('2021-12-01', '2022-12-31', 10)
    expect(periodStatistics(days, year, '2012').pm25.validDays).toBe(365)
    const empty = periodStatistics({ dates: [], values: days.values }, year, '2012').pm25
    expect(empty).toMatchObject({ validDays: 0, complete: false, mean: Number.NaN })
    expect(empty.shortMonths).toHaveLength(12)
  })
})

describe('HJ 663: annual set of statistics', () => {
  test('SO2 and NO2 P98, PM and CO P95, ozone P90; CO and ozone are evaluated by the percentile', () => {
    expect(annualPercentile).toEqual({ so2: 98, no2: 98, pm10: 95, pm25: 95, co: 95, o3: 90 })
    const dates = datesOf(year.from, year.to)
    const rising = dates.map((_, index) => index + 1)
    const values = Object.fromEntries(airItems.map((item) => [item, rising])) as Record<AirItem, number[]>
    const result = periodStatistics({ dates, values }, year, '2012')
    expect(result.o3).toMatchObject({ mean: 183, percentile: 328.6, evaluated: 328.6, rounded: 329 })
    expect(result.co).toMatchObject({ evaluated: 346.8, rounded: 346.8 })
    expect(result.no2).toMatchObject({ percentile: 357.72, evaluated: 183, rounded: 183 })
  })

  test('2026 may publish one more decimal, the compared value keeps the daily ones', () => {
    expect(decimalsFor('2012', 'pm25')).toEqual({ statistic: 0, compliance: 0 })
    expect(decimalsFor('2026-transition', 'pm25')).toEqual({ statistic: 1, compliance: 0 })
    expect(decimalsFor('2026-transition', 'co')).toEqual({ statistic: 2, compliance: 1 })
  })
})

describe('HJ 663: compliance', () => {
  test('E13 and E14 exceedance multiples', () => {
    expect(exceedanceMultiple(33, 30)).toBe(0.1)
    expect(exceedanceMultiple(172, 160)).toBe(0.08)
    expect(exceedanceMultiple(30, 30)).toBe(0)
  })

  test('E16 the rounded value is compared: 30.4 and 30.5 meet 30, 30.6 does not', () => {
    const meets = (value: number) => judge('pm25', 'year', value, '2026-transition')
    expect(meets(30.4)).toMatchObject({ ok: true, value: { value: 30, meets: true } })
    expect(meets(30.5)).toMatchObject({ ok: true, value: { value: 30, meets: true } })
    expect(meets(30.6)).toMatchObject({ ok: true, value: { value: 31, meets: false, multiple: 0.03 } })
  })

  test('the class of the zone decides', () => {
    expect(judge('o3', 'mda8', 120, '2012', 1)).toMatchObject({ value: { limit: 100, meets: false } })
    expect(judge('o3', 'mda8', 120, '2012', 2)).toMatchObject({ value: { limit: 160, meets: true } })
  })

  test('no limit and no value are refused', () => {
    expect(judge('co', 'year', 1, '2012')).toMatchObject({ ok: false, reason: 'out-of-scope' })
    expect(judge('co', 'day', Number.NaN, '2012')).toMatchObject({ ok: false, reason: 'invalid-input' })
  })

  test('E15 326 of 364 valid days are 89.6 %', () => {
    expect(complianceRate(326, 364)).toBe(89.6)
    expect(complianceRate(30, 31)).toBe(96.8)
    expect(complianceRate(0, 0)).toBeNaN()
  })
})

describe('HJ 663-2026: three-year moving average (interpretation)', () => {
  test('unrounded annual values are averaged and rounded once', () => {
    expect(threeYearAverage('pm25', [30.4, 30.4, 30.7], '2026-transition')).toMatchObject({
      ok: true,
      value: { value: 30.5, rounded: 30 },
    })
  })

  test('a year without a valid value refuses, and is named', () => {
    expect(threeYearAverage('pm25', [30, Number.NaN, 30], '2026-transition')).toMatchObject({
      ok: false,
      missing: ['y-1'],
    })
  })
})

describe('HJ 663: annual compliance and days that meet', () => {
  const figures = (changes: Partial<Record<AirItem, { mean: number; percentile: number }>> = {}) => ({
    pm25: { mean: 30, percentile: 70 },
    pm10: { mean: 60, percentile: 140 },
    o3: { mean: Number.NaN, percentile: 158 },
    no2: { mean: 28, percentile: 60 },
    so2: { mean: 8, percentile: 20 },
    co: { mean: Number.NaN, percentile: 1 },
    ...changes,
  })

  test('all ten statistics are judged, CO and ozone by the percentile only', () => {
    const outcome = annualCompliance(figures(), '2012')
    expect(outcome).toMatchObject({ ok: true, value: { meets: true, exceeding: [] } })
    if (outcome.ok) expect(outcome.value.judged).toHaveLength(10)
  })

  test('the percentiles of PM exceed under 2026, which the ministry does not count', () => {
    const every = annualCompliance(figures(), '2026-transition')
    // PM2.5 70/60 → 0.17, PM10 140/120 → 0.17: equal multiples keep the display order.
    expect(every).toMatchObject({ value: { meets: false, exceeding: ['pm25', 'pm10'] } })
    expect(annualCompliance(figures(), '2026-transition', 2, 'ministry')).toMatchObject({
      value: { meets: true },
    })
  })

  test('exceeding items stand in descending order of the multiple', () => {
    const worse = figures({ o3: { mean: 0, percentile: 168 }, pm10: { mean: 105, percentile: 140 } })
    expect(annualCompliance(worse, '2012')).toMatchObject({ value: { exceeding: ['pm10', 'o3'] } })
  })

  test('a missing statistic refuses and is named', () => {
    const gap = figures({ no2: { mean: Number.NaN, percentile: 60 } })
    expect(annualCompliance(gap, '2012')).toMatchObject({ ok: false, missing: ['no2 年平均'] })
  })

  test('a day may have an AQI below 100 and not meet: PM2.5 55 under the final limits', () => {
    const day = { pm25: 55, pm10: null, o3: null, no2: null, so2: null, co: null }
    expect(dayMeets(day, '2026-transition')).toBe(true)
    expect(dayMeets(day, '2026-final')).toBe(false)
    expect(dayMeets({ ...day, pm25: 40 }, '2012', 1)).toBe(false)
    expect(dayMeets({ ...day, pm25: 60.5 }, '2026-transition')).toBe(true)
    expect(dayMeets({ ...day, pm25: null }, '2012')).toBeNull()
  })
})
