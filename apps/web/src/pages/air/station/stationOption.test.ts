import type { TFunction } from 'i18next'
import { expect, test } from 'vitest'
import { stationOption } from './stationOption.ts'
import type { StationRow } from './stationRows.ts'

const START = Date.parse('2022-03-01T00:00:00+08:00')
const HOUR_MS = 3_600_000
const t = ((key: string, values?: object) =>
  values === undefined ? key : `${key} ${JSON.stringify(values)}`) as unknown as TFunction<'station'>

function rowsOf(values: readonly number[]): StationRow[] {
  return values.map((value, index) => ({
    time: '',
    ms: START + index * HOUR_MS,
    value,
    flag: 'N',
    mark: '.',
    validity: 'valid',
    msg: '',
    other: null,
  }))
}

interface Line {
  readonly data: readonly [number, number | null][]
  readonly markLine: { readonly data: readonly { yAxis: number; label: { formatter: string } }[] }
}
interface Option {
  readonly series: readonly Line[]
  readonly yAxis: readonly { max?: (extent: { max: number }) => number }[]
}

function optionOf(values: readonly number[], item: 'pm25' | 'so2', period: 'hour' | 'day' = 'hour'): Option {
  const input = {
    rows: rowsOf(values),
    item,
    period,
    marks: [],
    revisions: [],
    zoneClass: 2,
    name: '甲',
    otherName: '',
    t,
  } as const
  return stationOption(input) as unknown as Option
}

test('midnight of the city stands at midnight of the axis, in whatever time zone the browser runs', () => {
  const [first] = optionOf([10], 'pm25').series[0]?.data ?? []
  expect(new Date(first?.[0] ?? 0).toISOString()).toBe('2022-03-01T00:00:00.000Z')
})

test('particles have no hourly limit: the daily one is drawn and called so (GB 3095-2012 table 1)', () => {
  const [limit] = optionOf([60], 'pm25').series[0]?.markLine.data ?? []
  expect(limit?.yAxis).toBe(75)
  expect(limit?.label.formatter).toContain('dayLimit')
  expect(optionOf([60], 'so2').series[0]?.markLine.data[0]).toMatchObject({ yAxis: 500 })
})

test('the axis reaches a near limit, but a far one does not press the curve flat', () => {
  expect(optionOf([60], 'pm25').yAxis[0]?.max?.({ max: 60 })).toBeGreaterThanOrEqual(75)
  expect(optionOf([12], 'so2').yAxis[0]?.max?.({ max: 12 })).toBeLessThan(50)
})
