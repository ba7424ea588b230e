import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sandExceedShare } from '../sand/share.ts'
import { checkRatio, excellentDays, levelCounts, possibleCounts, ratioPercent } from './excellent.ts'

const day = (
  date: string,
  aqi: number | null,
  more: { sand?: boolean; aqiWithoutSand?: number | null } = {},
) => ({
  date,
  aqi,
  ...more,
})

const days = [
  day('2022-04-01', 80),
  day('2022-04-02', 100),
  day('2022-04-03', 101),
  day('2022-04-04', null),
  day('2022-04-05', 320, { sand: true, aqiWithoutSand: 60 }),
  day('2022-04-06', 90, { sand: true, aqiWithoutSand: null }),
]

describe('good-day ratio', () => {
  test('sand days are kept by default; a day without valid AQI is excluded with its reason', () => {
    expect(excellentDays(days)).toEqual({
      numerator: 3,
      denominator: 5,
      ratio: 60,
      excluded: [{ date: '2022-04-04', reason: '无有效AQI' }],
    })
  })

  test('sand days that exceed can be taken out of both counts', () => {
    const result = excellentDays(days, { sand: 'exclude-exceeding' })
    expect(result).toMatchObject({ numerator: 3, denominator: 4, ratio: 75 })
    expect(result.excluded).toContainEqual({ date: '2022-04-05', reason: '沙尘超标天' })
  })

  test('or counted by the AQI without the deducted items', () => {
    const result = excellentDays(days, { sand: 'without-sand-aqi' })
    expect(result).toMatchObject({ numerator: 3, denominator: 4 })
    expect(result.excluded).toContainEqual({ date: '2022-04-06', reason: '扣除沙尘后无有效AQI' })
  })

  test('E15 and a published ratio', () => {
    expect(ratioPercent(326, 364)).toBe(89.6)
    expect(ratioPercent(30, 31)).toBe(96.8)
    expect(ratioPercent(1, 0)).toBeNaN()
    expect(excellentDays([]).ratio).toBeNaN()
  })

  test('days by level', () => {
    expect(levelCounts([50, 51, 100, 101, 151, 201, 301, null, Number.NaN])).toEqual({
      levels: [1, 2, 1, 1, 1, 1],
      invalid: 2,
    })
  })

  test('property: without sand days all three ways agree', () => {
    const aqi = fc.option(fc.integer({ min: 1, max: 500 }), { nil: null })
    fc.assert(
      fc.property(fc.array(aqi, { maxLength: 60 }), (aqis) => {
        const plain = aqis.map((value) => day('2022-01-01', value))
        const [a, b, c] = (['keep', 'exclude-exceeding', 'without-sand-aqi'] as const).map((sand) =>
          excellentDays(plain, { sand }),
        )
        expect(a).toEqual(b)
        expect(a).toEqual(c)
        expect(a!.denominator + a!.excluded.length).toBe(aqis.length)
      }),
    )
  })
})

describe('impossible ratios are refused', () => {
  test('87.5 % is possible as 316 of 361 valid days and impossible with 365', () => {
    expect(checkRatio(87.5, 361)).toMatchObject({ ok: true, value: { numerators: [316] } })
    const refused = checkRatio(87.5, 365)
    expect(refused).toMatchObject({ ok: false, reason: 'invalid-input' })
    if (!refused.ok)
      expect(refused.detail).toBe('有效天数365天不可能得到87.5%：319/365 = 87.4%，320/365 = 87.7%')
  })

  test('361 is among the year lengths that can give 87.5 %', () => {
    const near = possibleCounts(87.5, 366).filter(({ denominator }) => denominator >= 355)
    expect(near).toContainEqual({ numerator: 316, denominator: 361 })
    expect(near.map(({ denominator }) => denominator)).not.toContain(365)
  })

  test('nonsense is refused', () => {
    expect(checkRatio(101, 365).ok).toBe(false)
    expect(checkRatio(50, 0).ok).toBe(false)
    expect(checkRatio(50, 2.5).ok).toBe(false)
  })

  test('property: a ratio computed from counts is always accepted with its own numerator', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(), (denominator, n) => {
        const numerator = n % (denominator + 1)
        const check = checkRatio(ratioPercent(numerator, denominator), denominator)
        return check.ok && check.value.numerators.includes(numerator)
      }),
    )
  })
})

describe('share of sand exceed days', () => {
  test('sand days above 100 of all valid days', () => {
    expect(sandExceedShare(days)).toMatchObject({
      ok: true,
      value: { sandExceedDays: 1, validDays: 5, share: 20 },
    })
    expect(sandExceedShare([])).toMatchObject({ ok: false, reason: 'insufficient-data' })
  })
})
