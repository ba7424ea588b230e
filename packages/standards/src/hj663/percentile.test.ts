import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { percentile, percentilePosition } from './percentile.ts'

const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1)

describe('HJ 663: percentile', () => {
  test.each([
    ['D1', [3, 4, 8, 2, 5, 4], 90, 6.5],
    ['D2', upTo(365), 90, 328.6],
    ['D3', upTo(365), 95, 346.8],
    ['D4', upTo(365), 98, 357.72],
    ['D5', upTo(366), 90, 329.5],
    ['D6', upTo(366), 98, 358.7],
    ['D7', upTo(324), 95, 307.85],
    ['D8', [10, 20, 30, 40], 98, 39.4],
    ['D9', [0.4, 0.5, 0.6, 0.9, 1.4], 95, 1.3],
    ['D10', upTo(11), 90, 10],
  ] as const)('%s', (_, values, p, expected) => {
    expect(percentile(values, p)).toBe(expected)
  })

  test.each([
    ['D1', 6, 90, 5.5],
    ['D2', 365, 90, 328.6],
    ['D8', 4, 98, 3.94],
    ['D9', 5, 95, 4.8],
    ['D10', 11, 90, 10],
  ] as const)('%s: n = %i stands at k', (_, n, p, k) => {
    const { index, hundredths } = percentilePosition(n, p)
    expect(index + 1 + hundredths / 100).toBeCloseTo(k, 10)
  })

  test('missing days are skipped, the input is not reordered', () => {
    const values = [5, Number.NaN, 1, 3]
    expect(percentile(values, 50)).toBe(3)
    expect(values).toEqual([5, Number.NaN, 1, 3])
    expect(percentile([Number.NaN], 90)).toBeNaN()
    expect(percentile([], 90)).toBeNaN()
    expect(percentile([1, 2], 101)).toBeNaN()
    expect(percentile([7], 90)).toBe(7)
  })

  const days = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 366 })

  test('property: between minimum and maximum, monotone in p, and never falls when a day rises', () => {
    fc.assert(
      fc.property(
        days,
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 365 }),
        (values, p, at) => {
          const m = percentile(values, p)
          const raised = values.with(at % values.length, 501)
          return (
            m >= Math.min(...values) &&
            m <= Math.max(...values) &&
            m <= percentile(values, Math.min(100, p + 1)) &&
            m <= percentile(raised, p)
          )
        },
      ),
    )
  })

  test('property: the order of the days does not matter', () => {
    fc.assert(fc.property(days, (values) => percentile(values, 90) === percentile(values.toReversed(), 90)))
  })
})
