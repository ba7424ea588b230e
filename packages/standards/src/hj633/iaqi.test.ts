import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AirEdition, airEditions } from '../gb3095/editions.ts'
import { airItemInfo, airItems } from '../gb3095/items.ts'
import { type AqiAveraging, breakpointRow, breakpoints, iaqiLevels } from './breakpoints.ts'
import { evaluateIaqi, iaqi, iaqiFinding } from './iaqi.ts'

describe('HJ 633 4.2: single IAQI', () => {
  test.each([
    ['A1', 'pm25', 'day', 35, 50, 50],
    ['A2', 'pm25', 'day', 36, 52, 52],
    ['A3', 'pm25', 'day', 50, 69, 80],
    ['A4', 'pm25', 'day', 60, 82, 100],
    ['A5', 'pm25', 'day', 61, 83, 101],
    ['A6', 'pm25', 'day', 75, 100, 114],
    ['A7', 'pm25', 'day', 76, 102, 115],
    ['A8', 'pm25', 'day', 116, 152, 152],
    ['A9', 'pm25', 'day', 501, 500, 500],
    ['A10', 'pm10', 'day', 51, 51, 51],
    ['A11', 'pm10', 'day', 100, 75, 86],
    ['A12', 'pm10', 'day', 120, 85, 100],
    ['A13', 'pm10', 'day', 121, 86, 101],
    ['A14', 'pm10', 'day', 150, 100, 112],
    ['A15', 'so2', 'day', 151, 101, 101],
    ['A16', 'so2', 'hour', 501, 101, 101],
    ['A17', 'so2', 'hour', 801, null, 200],
    ['A18', 'no2', 'day', 41, 52, 52],
    ['A19', 'no2', 'hour', 201, 101, 101],
    ['A20', 'co', 'day', 2.1, 53, 53],
    ['A21', 'co', 'day', 2.2, 55, 55],
    ['A22', 'co', 'hour', 65.4, 218, 218],
    ['A22b', 'co', 'hour', 66.9, 223, 223],
    ['A22c', 'co', 'hour', 129.3, 431, 431],
    ['A23', 'o3', 'mda8', 101, 51, 51],
    ['A24', 'o3', 'mda8', 161, 101, 101],
    ['A25', 'o3', 'mda8', 266, 201, 201],
    ['A26', 'o3', 'mda8', 801, null, 300],
    ['A27', 'o3', 'hour', 161, 52, 52],
    ['A28', 'o3', 'hour', 1201, 500, 500],
    ['A29', 'pm25', 'day', 60.5, 82, 100],
    ['A30', 'pm25', 'day', 61.5, 84, 102],
  ] as const)('%s %s %s %d', (_, item, averaging, concentration, old, now) => {
    expect(iaqi(item, averaging, concentration, '2012')).toBe(old)
    expect(iaqi(item, averaging, concentration, '2026-transition')).toBe(now)
    expect(iaqi(item, averaging, concentration, '2026-final')).toBe(now)
  })

  test('a breakpoint gets exactly its IAQI', () => {
    for (const { item, averaging, editions, points } of breakpoints)
      for (const edition of editions)
        for (const [index, point] of points.entries())
          expect(iaqi(item, averaging, point, edition)).toBe(iaqiLevels[index])
  })

  test('the table is the published one, line by line', () => {
    const lines = breakpoints.map(
      ({ item, averaging, editions, points }) => `${item} ${averaging} ${editions[0]} ${points.join(' ')}`,
    )
    expect(lines.toSorted()).toEqual(
      [
        'so2 day 2012 0 50 150 475 800 1600 2100 2620',
        'so2 hour 2012 0 150 500 650 800',
        'no2 day 2012 0 40 80 180 280 565 750 940',
        'no2 hour 2012 0 100 200 700 1200 2340 3090 3840',
        'co day 2012 0 2 4 14 24 36 48 60',
        'co hour 2012 0 5 10 35 60 90 120 150',
        'o3 hour 2012 0 160 200 300 400 800 1000 1200',
        'o3 mda8 2012 0 100 160 215 265 800',
        'pm10 day 2012 0 50 150 250 350 420 500 600',
        'pm10 hour 2012 0 50 150 250 350 420 500 600',
        'pm10 day 2026-transition 0 50 120 250 350 420 500 600',
        'pm10 hour 2026-transition 0 50 120 250 350 420 500 600',
        'pm25 day 2012 0 35 75 115 150 250 350 500',
        'pm25 hour 2012 0 35 75 115 150 250 350 500',
        'pm25 day 2026-transition 0 35 60 115 150 250 350 500',
        'pm25 hour 2026-transition 0 35 60 115 150 250 350 500',
      ].toSorted(),
    )
  })

  test('plain doubles go wrong 23 times over all 0.1 steps of CO; integers never', () => {
    let wrong = 0
    for (const averaging of ['day', 'hour'] as const) {
      const points = breakpointRow('co', averaging, '2012')!.points
      for (let tenths = 0; tenths <= points.at(-1)! * 10; tenths++) {
        const concentration = tenths / 10
        const i = Math.max(
          1,
          points.findIndex((point) => concentration <= point),
        )
        const [lo, hi] = [points[i - 1]!, points[i]!]
        const [iLo, iHi] = [iaqiLevels[i - 1]!, iaqiLevels[i]!]
        if (
          Math.ceil(((iHi - iLo) / (hi - lo)) * (concentration - lo) + iLo) !==
          iaqi('co', averaging, concentration, '2012')
        )
          wrong++
      }
    }
    expect(wrong).toBe(23)
  })

  test('missing, negative or without a table is null', () => {
    expect(iaqi('pm25', 'day', Number.NaN, '2012')).toBeNull()
    expect(iaqi('pm25', 'day', -1, '2012')).toBeNull()
    expect(iaqi('pm25', 'mda8', 10, '2012')).toBeNull()
  })

  test('the evaluation says why there is no IAQI', () => {
    expect(evaluateIaqi('so2', 'hour', 801, '2012')).toMatchObject({ ok: false, reason: 'out-of-scope' })
    expect(evaluateIaqi('pm25', 'mda8', 8, '2012')).toMatchObject({ ok: false, reason: 'out-of-scope' })
    expect(evaluateIaqi('pm25', 'day', -3, '2012')).toMatchObject({ ok: false, reason: 'invalid-input' })
  })

  test('the trace shows the numbers filled in', () => {
    expect(iaqiFinding('co', 'day', 2.2, '2012').formula).toBe('(100−50)/(4−2)×(2.2−2)+50 → 55')
    expect(iaqiFinding('so2', 'hour', 801, '2026-transition').formula).toBe('801 > 800 → 200')
  })
})

describe('HJ 633 4.2: properties', () => {
  const anyTable = fc.constantFrom(...breakpoints).chain((row) =>
    fc.record({
      item: fc.constant(row.item),
      averaging: fc.constant<AqiAveraging>(row.averaging),
      edition: fc.constantFrom<AirEdition>(...row.editions),
    }),
  )

  test('IAQI never falls when the concentration rises, and stays within 0…500', () => {
    fc.assert(
      fc.property(
        anyTable,
        fc.integer({ min: 0, max: 40_000 }),
        fc.integer({ min: 0, max: 40_000 }),
        (table, a, b) => {
          const [low, high] = [Math.min(a, b) / 10, Math.max(a, b) / 10]
          const below = iaqi(table.item, table.averaging, low, table.edition)
          const above = iaqi(table.item, table.averaging, high, table.edition)
          if (above === null) return true
          return below !== null && below <= above && below >= 0 && above <= 500
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('2026 is never milder than 2012', () => {
    fc.assert(
      fc.property(fc.constantFrom(...airItems), fc.integer({ min: 0, max: 9000 }), (item, tenths) => {
        const old = iaqi(item, 'day', tenths / 10, '2012')
        return old === null || (iaqi(item, 'day', tenths / 10, '2026-transition') ?? 0) >= old
      }),
    )
  })

  test('IAQI is the interpolation over exact fractions, rounded up', () => {
    fc.assert(
      fc.property(anyTable, fc.integer({ min: 0, max: 4000 }), (table, units) => {
        const row = breakpointRow(table.item, table.averaging, table.edition)!
        const scale = airItemInfo[table.item].decimals === 0 ? 1 : 10
        const i = row.points.findIndex((point) => units <= point * scale)
        if (i <= 0) return true
        const lo = BigInt(row.points[i - 1]! * scale)
        const width = BigInt(row.points[i]! * scale) - lo
        const rise = BigInt(iaqiLevels[i]! - iaqiLevels[i - 1]!) * (BigInt(units) - lo)
        const exact = Number((rise + width - 1n) / width) + iaqiLevels[i - 1]!
        return iaqi(table.item, table.averaging, units / scale, table.edition) === exact
      }),
      { numRuns: 3000 },
    )
  })

  test('every edition has a daily and an hourly table for every item', () => {
    for (const edition of airEditions)
      for (const item of airItems) {
        expect(iaqi(item, 'day', 1, edition)).not.toBeNull()
        expect(iaqi(item, 'hour', 1, edition)).not.toBeNull()
      }
  })
})
