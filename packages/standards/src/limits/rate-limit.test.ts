import { describe, expect, test } from 'vitest'
import { airFactors as a } from './factors.ts'
import { mixedWaterLimit, permittedLoad } from './mixed-water.ts'
import { equivalentStack, rateLimit } from './rate-limit.ts'
import { rateLimits } from './rates.ts'

const so2 = (heightM: number) => rateLimit({ factor: a.so2, grade: 2, heightM })!.value

describe('GB 16297-1996 emission rates by stack height', () => {
  test('interpolated at 45 m, above 100 m by the square, below 15 m the square and half', () => {
    expect(so2(45)).toBe(32)
    expect(so2(120)).toBeCloseTo(244.8, 10)
    expect(so2(12)).toBeCloseTo(0.832, 12)
    expect(so2(15)).toBe(2.6)
    expect(so2(100)).toBe(170)
  })

  test('a stack that does not stand above its surroundings has half', () => {
    const low = rateLimit({ factor: a.pm, grade: 2, heightM: 25, aboveSurroundings: false })!
    expect(low.value).toBeCloseTo(7.225, 12)
    expect(low.formula).toContain('×0.5')
  })

  test('particulate matter at 17 m', () => {
    expect(rateLimit({ factor: a.pm, grade: 2, heightM: 17 })!.value).toBeCloseTo(4.46, 12)
  })

  test('two NOx stacks 40 m apart: each alone meets, the equivalent stack exceeds (7.2)', () => {
    const nox = (heightM: number) => rateLimit({ factor: a.nox, grade: 2, heightM })!.value
    expect([1.2 <= nox(20), 2.0 <= nox(30)]).toEqual([true, true])
    const pair = equivalentStack({ heightM: 20, rate: 1.2 }, { heightM: 30, rate: 2.0 }, 40)!
    expect(pair.heightM).toBeCloseTo(25.495, 3)
    expect(pair.rate).toBeCloseTo(3.2, 12)
    expect(nox(pair.heightM)).toBeCloseTo(3.0035, 4)
    expect(pair.rate).toBeGreaterThan(nox(pair.heightM))
    expect(pair.fromFirstM).toBeCloseTo(25, 12)
    expect(equivalentStack({ heightM: 20, rate: 1 }, { heightM: 30, rate: 1 }, 50)).toBeUndefined()
  })

  test('chlorine has no rate below 25 m', () => {
    expect(rateLimit({ factor: a.chlorine, grade: 2, heightM: 20 })).toBeUndefined()
    expect(rateLimit({ factor: a.chlorine, grade: 2, heightM: 25 })!.value).toBe(0.52)
    expect(rateLimit({ factor: a.co, grade: 2, heightM: 20 })).toBeUndefined()
  })

  test('table 1 for sources before 1997', () => {
    expect(rateLimit({ factor: a.so2, grade: 3, heightM: 30, existing: true })!.value).toBe(26)
  })

  test('every row rises with the height, and grade 3 is never below grade 2', () => {
    for (const { factor, heights, rates } of rateLimits) {
      expect(rates.length, factor).toBe(heights.length)
      for (const [index, [two, three]] of rates.entries()) {
        expect(three, `${factor} ${heights[index]}`).toBeGreaterThanOrEqual(two)
        if (index > 0) expect(two, `${factor} ${heights[index]}`).toBeGreaterThan(rates[index - 1]![0])
      }
    }
  })

  test('a height of 0 is refused', () => {
    expect(() => so2(0)).toThrow(RangeError)
  })
})

describe('GB 8978-1996 appendix A', () => {
  test('mixed COD of two industries: 110000/900', () => {
    const parts = [
      { limit: 100, drainage: 10, output: 50 },
      { limit: 150, drainage: 4, output: 100 },
    ]
    expect(mixedWaterLimit(parts)).toBeCloseTo(122.22, 2)
    expect(permittedLoad(100, 10)).toBe(1)
    expect(() => mixedWaterLimit([])).toThrow(RangeError)
  })
})
