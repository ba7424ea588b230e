import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { airEditions } from '../gb3095/editions.ts'
import { airItems } from '../gb3095/items.ts'
import { type AirValues, dayAqi, hourAqi } from './aqi.ts'
import { bulkAqi, makeBulkAqi, primaryItems } from './bulk.ts'

const value = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 200 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 50_000 }).map((tenths) => tenths / 10) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 1000 }).map((n) => n / 100 + 0.05) },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 5000, noNaN: true }) },
)
const record: fc.Arbitrary<AirValues> = fc.record({
  pm25: value,
  pm10: value,
  o3: value,
  no2: value,
  so2: value,
  co: value,
})

describe('HJ 633: bulk evaluation', () => {
  test.each(airEditions)('agrees with the object API row by row, %s', (edition) => {
    const rows = fc.array(record, { minLength: 1, maxLength: 50 })
    fc.assert(
      fc.property(rows, fc.constantFrom('hour' as const, 'day' as const), (records, averaging) => {
        const columns = Object.fromEntries(
          airItems.map((item) => [item, Float64Array.from(records, (row) => row[item] ?? Number.NaN)]),
        ) as Record<(typeof airItems)[number], Float64Array>
        const bulk = bulkAqi(averaging, columns, edition)
        for (const [index, row] of records.entries()) {
          const single = (averaging === 'hour' ? hourAqi : dayAqi)(row, edition)
          expect(bulk.aqi[index]).toBe(single.aqi ?? -1)
          expect(bulk.level[index]).toBe(single.level ?? 0)
          expect(primaryItems(bulk.primary[index]!)).toEqual(single.primary)
        }
      }),
      { numRuns: 400 },
    )
  })

  test('negative values count as missing, and a handed-in result is reused', () => {
    const one = (item: number) => Float64Array.of(item)
    const out = makeBulkAqi(1)
    const columns = { pm25: one(-1), pm10: one(50), o3: one(10), no2: one(10), so2: one(10), co: one(0.5) }
    expect(bulkAqi('hour', columns, '2012', out)).toBe(out)
    expect(out.aqi[0]).toBe(50)
    bulkAqi('hour', columns, '2026-transition', out)
    expect(out.aqi[0]).toBe(-1)
  })
})
