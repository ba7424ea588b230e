import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { airItems } from '../gb3095/items.ts'
import { bulkYears } from './bulk.ts'
import { annualPercentile } from './clauses.ts'
import { periodStatistics } from './period.ts'

const datesOf = (year: number, days: number) =>
  Array.from({ length: days }, (_, index) =>
    new Date(Date.UTC(year, 0, index + 1)).toISOString().slice(0, 10),
  )

describe('HJ 663: station-years in bulk', () => {
  test.each([
    [2022, 365],
    [2024, 366],
  ])('agree with the statistics of one year, %i', (year, days) => {
    const dates = datesOf(year, days)
    const value = fc.oneof(
      { weight: 12, arbitrary: fc.integer({ min: 0, max: 300 }) },
      { weight: 3, arbitrary: fc.integer({ min: 0, max: 3000 }).map((tenths) => tenths / 10) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    )
    const station = fc.array(value, { minLength: days, maxLength: days })
    fc.assert(
      fc.property(
        fc.array(station, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(...airItems),
        (stations, item) => {
          const rank = annualPercentile[item]
          const bulk = bulkYears({ values: Float64Array.from(stations.flat()), year }, rank)
          for (const [index, column] of stations.entries()) {
            const values = { pm25: column, pm10: column, o3: column, no2: column, so2: column, co: column }
            const period = { from: `${year}-01-01`, to: `${year}-12-31`, kind: 'year' } as const
            const one = periodStatistics({ dates, values }, period, '2012')[item]
            expect(bulk.mean[index]).toBe(one.mean)
            expect(bulk.percentile[index]).toBe(one.percentile)
            expect(bulk.validDays[index]).toBe(one.validDays)
            expect(bulk.complete[index]).toBe(one.complete ? 1 : 0)
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  test('a year without data is NaN and incomplete; half a year is refused', () => {
    const empty = bulkYears({ values: new Float64Array(365).fill(Number.NaN), year: 2022 }, 90)
    expect(empty.mean[0]).toBeNaN()
    expect(empty.percentile[0]).toBeNaN()
    expect(empty.complete[0]).toBe(0)
    expect(() => bulkYears({ values: new Float64Array(180), year: 2022 }, 90)).toThrow(RangeError)
  })

  test('a flat year is complete', () => {
    const flat = bulkYears({ values: new Float64Array(365).fill(20), year: 2022 }, 98)
    expect([flat.mean[0], flat.percentile[0], flat.validDays[0], flat.complete[0]]).toEqual([20, 20, 365, 1])
  })
})
