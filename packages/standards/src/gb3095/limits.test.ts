import { describe, expect, test } from 'vitest'
import { annexALimits } from './annex-a.ts'
import { airEditionOn, airEditions } from './editions.ts'
import { airItemInfo, airItems, itemByCode } from './items.ts'
import { type Averaging, airLimit, basicLimits, otherAirLimit, otherLimits } from './limits.ts'
import { toReferenceState } from './reference-state.ts'
import { daysNeeded, validity, validity2012, validityClause } from './validity.ts'

type Six = readonly [number, number, number, number, number, number]
type Row = readonly [item: (typeof airItems)[number], averaging: Averaging, ...limits: Six]

describe('GB 3095 table 1: basic items [2012 class 1, 2; transition 1, 2; final 1, 2]', () => {
  const rows: readonly Row[] = [
    ['so2', 'year', 20, 60, 20, 60, 20, 20],
    ['so2', 'day', 50, 150, 50, 150, 50, 50],
    ['so2', 'hour', 150, 500, 150, 500, 150, 150],
    ['no2', 'year', 40, 40, 40, 40, 30, 30],
    ['no2', 'day', 80, 80, 80, 80, 50, 50],
    ['no2', 'hour', 200, 200, 200, 200, 200, 200],
    ['co', 'day', 4, 4, 4, 4, 4, 4],
    ['co', 'hour', 10, 10, 10, 10, 10, 10],
    ['o3', 'mda8', 100, 160, 100, 160, 100, 160],
    ['o3', 'hour', 160, 200, 160, 200, 160, 200],
    ['pm10', 'year', 40, 70, 40, 60, 20, 50],
    ['pm10', 'day', 50, 150, 50, 120, 50, 100],
    ['pm25', 'year', 15, 35, 15, 30, 10, 25],
    ['pm25', 'day', 35, 75, 35, 60, 25, 50],
  ]
  test.each(rows)('%s %s', (item, averaging, ...numbers) => {
    const found = airEditions.flatMap((edition) => [
      airLimit(edition, item, averaging, 1),
      airLimit(edition, item, averaging, 2),
    ])
    expect(found).toEqual(numbers)
  })

  test('every row of the table is checked here', () => {
    expect(basicLimits.map(({ item, averaging }) => `${item} ${averaging}`)).toEqual(
      rows.map(([item, averaging]) => `${item} ${averaging}`),
    )
  })

  test('class 1 is never looser than class 2, and no edition is looser than the one before', () => {
    for (const { limits } of [...basicLimits, ...otherLimits])
      for (const [index, edition] of airEditions.entries()) {
        const [first, second] = limits[edition]
        const before = limits[airEditions[Math.max(0, index - 1)]!]
        expect(first).toBeLessThanOrEqual(second)
        expect(first).toBeLessThanOrEqual(before[0])
        expect(second).toBeLessThanOrEqual(before[1])
      }
  })

  test('CO has no annual limit, and the day of ozone means its daily maximum 8 h', () => {
    expect(airLimit('2012', 'co', 'year', 2)).toBeUndefined()
    expect(airLimit('2012', 'o3', 'year', 2)).toBeUndefined()
    expect(airLimit('2026-final', 'o3', 'day', 2)).toBe(160)
  })
})

describe('GB 3095 table 2 and annex A', () => {
  test.each([
    ['tsp', 'year', '2012', 80, 200],
    ['tsp', 'day', '2026-final', 120, 300],
    ['nox', 'year', '2026-transition', 50, 50],
    ['nox', 'day', '2026-transition', 100, 100],
    ['nox', 'year', '2026-final', 40, 40],
    ['nox', 'day', '2026-final', 70, 70],
    ['nox', 'hour', '2026-final', 250, 250],
    ['pb', 'quarter', '2012', 1, 1],
    ['pb', 'year', '2026-final', 0.5, 0.5],
    ['bap', 'day', '2012', 0.0025, 0.0025],
    ['bap', 'year', '2012', 0.001, 0.001],
  ] as const)('%s %s %s', (item, averaging, edition, first, second) => {
    expect(otherAirLimit(edition, item, averaging, 1)).toBe(first)
    expect(otherAirLimit(edition, item, averaging, 2)).toBe(second)
  })

  test('annex A has its ten reference values', () => {
    expect(annexALimits.map(({ limit }) => limit)).toEqual([
      0.005, 0.05, 0.006, 0.000025, 20, 7, 1.8, 1.2, 3, 2,
    ])
  })
})

describe('GB 3095-2026 4.4: the edition follows the date of the datum', () => {
  test.each([
    ['2012-01-01', '2012'],
    ['2026-02-28', '2012'],
    ['2026-03-01', '2026-transition'],
    ['2030-12-31', '2026-transition'],
    ['2031-01-01', '2026-final'],
    ['2026-02-28T23:00:00+08:00', '2012'],
  ])('%s → %s', (date, edition) => {
    expect(airEditionOn(date)).toBe(edition)
  })

  test('a text that is no date is refused', () => {
    expect(() => airEditionOn('1 March 2026')).toThrow(RangeError)
  })
})

describe('GB 3095 table 4: minimum data', () => {
  test('days a month needs', () => {
    expect([1, 2, 3].map(daysNeeded)).toEqual([27, 25, 27])
    expect(validityClause('2012').standard).toBe('GB 3095-2012')
    expect(validity2012).toMatchObject({ value: validity, status: 'unverified' })
    expect(validity).toMatchObject({ hoursPerDay: 20, valuesPerEightHours: 6, daysPerYear: 324 })
  })
})

describe('2018 amendment: reference state', () => {
  test('E17: gas 100 at 273.15 K is 91.615 at 298.15 K', () => {
    const outcome = toReferenceState({ item: 'so2', concentration: 100 })
    expect(outcome).toMatchObject({ ok: true, value: { rounded: 92 } })
    if (outcome.ok) expect(outcome.value.value).toBeCloseTo(91.615, 3)
  })

  test('particles need temperature and pressure, gases do not', () => {
    expect(toReferenceState({ item: 'pm10', concentration: 100 })).toMatchObject({
      ok: false,
      reason: 'insufficient-data',
    })
    const actual = {
      item: 'pm10',
      concentration: 100,
      temperatureKelvin: 273.15,
      pressureHectopascal: 1013.25,
    } as const
    expect(toReferenceState(actual)).toMatchObject({ ok: true, value: { value: 100, rounded: 100 } })
  })

  test('a negative concentration is refused', () => {
    expect(toReferenceState({ item: 'co', concentration: -1 })).toMatchObject({
      ok: false,
      reason: 'invalid-input',
    })
  })
})

describe('items', () => {
  test('a factor code finds its item and back', () => {
    for (const item of airItems) expect(itemByCode(airItemInfo[item].code)).toBe(item)
    expect(itemByCode('a34001')).toBeUndefined()
  })
})
