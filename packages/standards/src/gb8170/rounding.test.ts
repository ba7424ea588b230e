import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimalSum, exactMean } from './exact-sum.ts'
import { nearestEven, rational } from './rational.ts'
import { formatRounded, roundHalfEven, roundToStep } from './rounding.ts'

describe('GB/T 8170-2008 clause 3: examples', () => {
  test.each([
    ['12.1498', 1, 12.1],
    ['12.1498', 0, 12],
    ['10.502', 0, 11],
    ['10.5', 0, 10],
    ['11.5', 0, 12],
    ['34.5', 0, 34],
    ['35.5', 0, 36],
    ['1.050', 1, 1.0],
    ['0.350', 1, 0.4],
    ['0.45', 1, 0.4],
    ['2500', -3, 2000],
    ['3500', -3, 4000],
    ['0.0325', 3, 0.032],
    ['32500', -3, 32_000],
    ['-355', -1, -360],
    ['-325', -1, -320],
    ['-0.0365', 3, -0.036],
    ['1268', -2, 1300],
    ['97.46', 0, 97],
    ['15.4546', 0, 15],
    ['2.675', 2, 2.68],
  ])('%s to %i decimals is %d', (value, decimals, expected) => {
    expect(roundHalfEven(value, decimals)).toBe(expected)
    expect(roundHalfEven(Number(value), decimals)).toBe(expected)
  })

  test.each([
    ['60.25', '0.5', 60],
    ['60.38', '0.5', 60.5],
    ['-60.75', '0.5', -61],
    ['830', '20', 840],
    ['842', '20', 840],
    ['-930', '20', -920],
  ])('%s to steps of %s is %d', (value, step, expected) => {
    expect(roundToStep(value, step)).toBe(expected)
  })

  test('text keeps digits that a double would lose', () => {
    expect(roundHalfEven('0.500000000000000000001', 0)).toBe(1)
    expect(roundHalfEven('0.5', 0)).toBe(0)
  })

  test('the rounded text keeps its trailing zero', () => {
    expect(formatRounded('1.050', 1)).toBe('1.0')
  })

  test('NaN stays NaN, and text that is no number is refused', () => {
    expect(roundHalfEven(Number.NaN, 1)).toBeNaN()
    expect(() => roundHalfEven('abc', 1)).toThrow(RangeError)
    expect(() => roundHalfEven('', 1)).toThrow(RangeError)
    expect(() => roundHalfEven('1e999999999', 1)).toThrow(RangeError)
    expect(() => roundToStep('1', 0)).toThrow(RangeError)
  })

  test('zero never comes back negative', () => {
    expect(Object.is(roundHalfEven(-0.4, 0), 0)).toBe(true)
    expect(Object.is(roundHalfEven('-0.4', 0), 0)).toBe(true)
  })
})

describe('GB/T 8170-2008 clause 3: properties', () => {
  const decimalText = fc
    .tuple(fc.integer({ min: -99_999_999, max: 99_999_999 }), fc.integer({ min: 0, max: 6 }))
    .map(([digits, places]) => `${digits}e-${places}`)

  test('the fast path agrees with the exact fraction', () => {
    fc.assert(
      fc.property(decimalText, fc.integer({ min: 0, max: 4 }), (value, decimals) => {
        const number = Number(value)
        const exact = rational(number)
        const scaled = { n: exact.n * 10n ** BigInt(decimals), d: exact.d }
        const expected = Number(`${nearestEven(scaled)}e-${decimals}`) + 0
        return roundHalfEven(number, decimals) === expected
      }),
      { numRuns: 5000 },
    )
  })

  test('any double rounds as its decimal text does', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
        fc.integer({ min: -2, max: 6 }),
        (value, decimals) => {
          return roundHalfEven(value, decimals) === roundHalfEven(String(value), decimals)
        },
      ),
      { numRuns: 5000 },
    )
  })

  test('rounding is odd, monotone, and moves a value by at most half a unit', () => {
    fc.assert(
      fc.property(decimalText, decimalText, fc.integer({ min: 0, max: 3 }), (left, right, decimals) => {
        const [a, b] = [Number(left), Number(right)].toSorted((x, y) => x - y) as [number, number]
        const rounded = roundHalfEven(a, decimals)
        return (
          rounded <= roundHalfEven(b, decimals) &&
          roundHalfEven(-a, decimals) === 0 - rounded &&
          Math.abs(rounded - a) <= 0.5 * 10 ** -decimals + 1e-9
        )
      }),
    )
  })

  test('a tie goes to an even last digit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        (whole) => roundHalfEven(`${whole}.5`, 0) % 2 === 0,
      ),
    )
  })

  test('a step of 0.5 or 0.2 gives a multiple of the step', () => {
    fc.assert(
      fc.property(decimalText, fc.constantFrom(['0.5', 2], ['0.2', 5]), (value, [step, perUnit]) => {
        const times = roundToStep(value, step as string) * (perUnit as number)
        return Math.abs(times - Math.round(times)) < 1e-6
      }),
    )
  })
})

describe('exact means', () => {
  test('tenths are summed as integers, so 0.85 is a tie and rounds to 0.8', () => {
    const tenths = [0.7, 0.8, 0.9, 1.0]
    expect(exactMean(tenths)).toBe(0.85)
    expect(roundHalfEven(exactMean(tenths), 1)).toBe(0.8)
  })

  test('a mean of means that must be 44.5 is 44.5', () => {
    expect(exactMean([44 + 1 / 3, 44 + 2 / 3, 44 + 1 / 7, 44 + 6 / 7])).toBe(44.5)
  })

  test('a mean of daily means over 23 hours that is 91.5 is not 91.49999999999999', () => {
    const stations = [1030 / 23, 63 / 23, 62, 5899 / 23]
    expect(exactMean(stations)).toBe(91.5)
    expect(roundHalfEven(exactMean(stations), 0)).toBe(92)
  })

  test('property: a mean of means rounds as the exact fraction does, on a half too', () => {
    const parts = fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(
        parts,
        fc.constantFrom(20, 21, 22, 23, 24),
        fc.integer({ min: 100, max: 200 }),
        (counts, hours, whole) => {
          const n = counts.length + 1
          // The last station brings the mean to whole + 0.5 exactly.
          const twice = (2 * whole + 1) * n * hours - 2 * counts.reduce((sum, count) => sum + count, 0)
          if (twice < 0 || twice % 2 !== 0) return true
          const mean = exactMean([...counts, twice / 2].map((count) => count / hours))
          return roundHalfEven(mean, 0) === (whole % 2 === 0 ? whole : whole + 1)
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('missing values are skipped and nothing gives NaN', () => {
    expect(exactMean([Number.NaN, 2, 4])).toBe(3)
    expect(exactMean([Number.NaN])).toBeNaN()
    expect(decimalSum([0.1, 0.2])).toEqual({ sum: 3, scale: 10, count: 2, exact: true })
  })

  test('the mean of decimals equals the exact fraction rounded to a double', () => {
    const values = fc.array(fc.integer({ min: 0, max: 50_000 }), { minLength: 1, maxLength: 400 })
    fc.assert(
      fc.property(values, fc.constantFrom(1, 10, 100), (integers, scale) => {
        const mean = exactMean(integers.map((value) => value / scale))
        const sum = integers.reduce((total, value) => total + value, 0)
        return Math.abs(mean - sum / (scale * integers.length)) <= 1e-10
      }),
    )
  })
})
