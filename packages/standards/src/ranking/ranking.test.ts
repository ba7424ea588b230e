import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AirItem, airItems } from '../gb3095/items.ts'
import { indexChangeRate, pointChange, yearOnYear } from './change.ts'
import { compositeIndex, type IndexOptions, indexRules, indexStandard } from './composite-index.ts'
import { rankGaps, rankWithTies, worseningList } from './rank.ts'

type Six = readonly [so2: number, no2: number, pm10: number, pm25: number, co: number, o3: number]
const six = ([so2, no2, pm10, pm25, co, o3]: Six): Record<AirItem, number> => ({
  so2,
  no2,
  pm10,
  pm25,
  co,
  o3,
})

function indexOf(
  values: Six,
  edition: '2012' | '2026-transition' | '2026-final',
  options: IndexOptions = {},
): number {
  const outcome = compositeIndex(six(values), edition, options)
  if (!outcome.ok) throw new Error('refused')
  return outcome.value.index
}

const heyuan: Six = [3, 13, 16, 13, 0.9, 87]
const daying: Six = [7.1, 23.5, 72.3, 48.5, 1.2, 81]
const city2023: Six = [12, 31, 74, 37, 1.4, 168]
const c4: Six = [8, 28, 58, 33, 1.0, 158]
const c5: Six = [7, 22, 52, 29, 0.9, 150]

describe('环办监测〔2018〕19号: composite index', () => {
  test('C1 sums to 1.74, and to the published 1.73 when every item is rounded first', () => {
    expect(indexOf(heyuan, '2012')).toBe(1.74)
    expect(indexOf(heyuan, '2012', { rounding: 'parts' })).toBe(1.73)
    expect(indexOf(heyuan, '2026-transition')).toBe(1.84)
  })

  test('C2 gives the published 3.93 from unrounded concentrations', () => {
    expect(indexOf(daying, '2012', { rounding: 'none' })).toBe(3.93)
    expect(indexOf(daying, '2026-transition', { rounding: 'none' })).toBe(4.33)
  })

  test('C3 sums to 4.49; the published 4.48 came from concentrations before they were rounded', () => {
    expect(indexOf(city2023, '2012')).toBe(4.49)
    expect(indexOf(city2023, '2026-transition')).toBe(4.84)
    expect(Math.abs(indexOf(city2023, '2012') - 4.48)).toBeLessThanOrEqual(0.02)
  })

  test.each([
    ['C4', c4, 3.84, 4.14, 5.05],
    ['C5', c5, 3.4, 3.66, 4.45],
  ] as const)('%s under the three editions', (_, values, old, transition, final) => {
    expect(indexOf(values, '2012')).toBe(old)
    expect(indexOf(values, '2026-transition')).toBe(transition)
    expect(indexOf(values, '2026-final')).toBe(final)
  })

  test('the parts of C2 and the main pollutant', () => {
    const outcome = compositeIndex(six(daying), '2012', { rounding: 'none' })
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        main: 'pm25',
        maxPart: 1.3857,
        parts: { so2: 0.1183, no2: 0.5875, pm10: 1.0329, pm25: 1.3857, co: 0.3, o3: 0.5062 },
      },
    })
  })

  test('C3 PM10 and PM2.5 are exactly equal: 74/70 = 37/35; the first in display order is named', () => {
    const outcome = compositeIndex(six(city2023), '2012')
    expect(outcome).toMatchObject({ ok: true, value: { main: 'pm25', mains: ['pm25', 'pm10'] } })
  })

  test('the standards are the class-2 annual limits, for CO and ozone the daily ones', () => {
    const standardsOf = (edition: '2012' | '2026-transition' | '2026-final') =>
      (['so2', 'no2', 'pm10', 'pm25', 'co', 'o3'] as const).map((item) => indexStandard(item, edition))
    expect(standardsOf('2012')).toEqual([60, 40, 70, 35, 4, 160])
    expect(standardsOf('2026-transition')).toEqual([60, 40, 60, 30, 4, 160])
    expect(standardsOf('2026-final')).toEqual([20, 30, 50, 25, 4, 160])
  })

  test('the weights are rows: equal in 2018, the 2026 proposal is marked unverified', () => {
    expect(indexRules['2018'].status).toBe('verified')
    expect(indexRules['2026-proposed'].status).toBe('unverified')
    // 3·33/30 + 2·158/160 + 2·28/40 + 58/60 + 8/60 + 1/4
    expect(indexOf(c4, '2026-transition', { rule: '2026-proposed' })).toBe(8.025)
  })

  test('a missing item refuses', () => {
    expect(compositeIndex({ ...six(c4), o3: Number.NaN }, '2012')).toMatchObject({
      ok: false,
      missing: ['o3'],
    })
  })

  test('property: a higher concentration never lowers the index, stricter limits never either', () => {
    const level = fc.integer({ min: 0, max: 400 })
    const values = fc.record({
      pm25: level,
      pm10: level,
      o3: level,
      no2: level,
      so2: level,
      co: level.map((n) => n / 10),
    })
    fc.assert(
      fc.property(values, fc.constantFrom(...airItems), (c, item) => {
        const base = compositeIndex(c, '2012')
        const more = compositeIndex({ ...c, [item]: c[item] + 10 }, '2012')
        const stricter = compositeIndex(c, '2026-transition')
        return (
          base.ok &&
          more.ok &&
          stricter.ok &&
          more.value.index >= base.value.index &&
          stricter.value.index >= base.value.index
        )
      }),
    )
  })
})

describe('change and year-on-year', () => {
  test('C6 the change rate of 3.40 after 3.84 is −11.5 %', () => {
    expect(indexChangeRate(3.4, 3.84)).toBe(-11.5)
  })

  test('20 on 18 is +11.1 %, 62 on 58 is +6.9 %', () => {
    expect(yearOnYear(20, 18)).toBe(11.1)
    expect(yearOnYear(62, 58)).toBe(6.9)
    expect(yearOnYear(20, 0)).toBeNaN()
    expect(yearOnYear(Number.NaN, 18)).toBeNaN()
  })

  test('a rate changes in percentage points', () => {
    expect(pointChange(87.5, 90.1)).toBe(-2.6)
  })

  test('a change on a half goes to the even digit: 12.25 % → 12.2', () => {
    expect(yearOnYear(449, 400)).toBe(12.2)
  })
})

describe('ranking with ties', () => {
  test('Sichuan 2024-01…08: 11 广安, 12 德阳, 12 达州, 14 成都', () => {
    const better = Array.from({ length: 10 }, (_, index) => ({ id: `前${index + 1}`, value: 2 + index / 10 }))
    const listed = [
      { id: '成都', value: 3.54 },
      { id: '德阳', value: 3.53 },
      { id: '广安', value: 3.43 },
      { id: '达州', value: 3.53 },
    ]
    const ranked = rankWithTies([...better, ...listed]).slice(10)
    expect(ranked.map(({ id, rank, tied }) => [id, rank, tied])).toEqual([
      ['广安', 11, false],
      ['德阳', 12, true],
      ['达州', 12, true],
      ['成都', 14, false],
    ])
  })

  test('good-day ratios rank descending, a city without a value is not ranked', () => {
    const ranked = rankWithTies(
      [
        { id: 'a', value: 80 },
        { id: 'b', value: Number.NaN },
        { id: 'c', value: 90 },
      ],
      'descending',
    )
    expect(ranked.map(({ id, rank }) => [id, rank])).toEqual([
      ['c', 1],
      ['a', 2],
    ])
  })

  test('the gap to the next better and worse place, ties skipped', () => {
    const ranked = rankWithTies([
      { id: 'a', value: 3.2 },
      { id: 'b', value: 3.35 },
      { id: 'c', value: 3.35 },
      { id: 'd', value: 3.41 },
    ])
    expect(rankGaps(ranked, 'c')).toEqual({
      better: { id: 'a', value: 3.2, rank: 1, gap: 0.15 },
      worse: { id: 'd', value: 3.41, rank: 4, gap: -0.06 },
    })
    expect(rankGaps(ranked, 'a').better).toBeNull()
    expect(rankGaps(ranked, 'x')).toEqual({ better: null, worse: null })
  })

  test('a city that meets class 2 is not put in the worsening list', () => {
    const list = worseningList([
      { id: 'a', value: 12.5, meetsClass2: true },
      { id: 'b', value: 3.1, meetsClass2: false },
      { id: 'c', value: -4, meetsClass2: false },
      { id: 'd', value: 8, meetsClass2: false },
    ])
    expect(list.map(({ id }) => id)).toEqual(['d', 'b'])
  })

  test('property: a rank is one more than the number of entries with a smaller value', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 40 }), (values) => {
        const entries = values.map((value, index) => ({ id: String(index), value }))
        return rankWithTies(entries).every(({ value, rank, tied }) => {
          const smaller = values.filter((other) => other < value).length
          return rank === smaller + 1 && tied === values.filter((other) => other === value).length > 1
        })
      }),
    )
  })
})
