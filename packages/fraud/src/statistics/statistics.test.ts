import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wander } from '../plant.fixture.ts'
import { dips, sharpened } from './change.ts'
import { autocorrelation, laggedPearson, pearson, ranks, rollingPearson, spearman } from './correlation.ts'
import { displayStep, evenChiSquare, lastDigits, trueStep } from './digits.ts'
import { matchedEdges } from './edges.ts'
import { deviation, mad, median, quantile, variation } from './order.ts'
import { robustFit } from './regression.ts'
import { highPass, Prefix, rollingSpread } from './rolling.ts'
import { theilSen } from './slope.ts'

const of = (...values: number[]) => Float64Array.from(values)
const numbers = fc.array(fc.oneof(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), fc.constant(Number.NaN)), {
  maxLength: 80,
})

describe('order statistics', () => {
  test('the median is that of the sorted finite values', () => {
    expect(median(of(3, 1, 2))).toBe(2)
    expect(median(of(4, 1, 3, 2))).toBe(2.5)
    expect(median(of(Number.NaN, 5))).toBe(5)
    expect(median(of())).toBeNaN()
    fc.assert(
      fc.property(numbers, (values) => {
        const sorted = values.filter(Number.isFinite).sort((a, b) => a - b)
        const [a, b] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
        const expected = a === undefined || b === undefined ? Number.NaN : (a + b) / 2
        const got = median(Float64Array.from(values))
        expect(
          Number.isNaN(expected) ? Number.isNaN(got) : Math.abs(got - expected) <= 1e-9 * Math.abs(expected),
        ).toBe(true)
      }),
    )
  })

  test('one wild value does not move the median absolute deviation', () => {
    expect(mad(of(1, 2, 3, 4, 5))).toBeCloseTo(1.4826, 10)
    expect(mad(of(1, 2, 3, 4, 5e9))).toBeCloseTo(1.4826, 10)
    expect(mad(of())).toBeNaN()
  })

  test('quantiles interpolate', () => {
    expect(quantile(of(0, 10), 0.25)).toBe(2.5)
    expect(quantile(of(7), 0.99)).toBe(7)
  })

  test('deviation and variation', () => {
    expect(deviation(of(2, 4, 4, 4, 5, 5, 7, 9))).toBeCloseTo(2.138, 3)
    expect(variation(of(9, 10, 11))).toBeCloseTo(0.1, 10)
    expect(variation(of(0, 0))).toBeNaN()
  })
})

describe('correlation', () => {
  test('ranks share ties', () => {
    expect([...ranks(of(10, 20, 20, 5))]).toEqual([2, 3.5, 3.5, 1])
  })

  test('Spearman is 1 for any rising relation, −1 for a falling one', () => {
    const x = of(1, 2, 3, 4, 5, 6)
    expect(spearman(x, x.map(Math.exp))).toBeCloseTo(1, 12)
    expect(
      spearman(
        x,
        x.map((v) => -(v ** 3)),
      ),
    ).toBeCloseTo(-1, 12)
  })

  test('nothing correlates with a constant', () => {
    expect(pearson(of(1, 2, 3), of(5, 5, 5))).toBeNaN()
    expect(pearson(of(), of())).toBeNaN()
  })

  test('a series that follows another by three hours is found at that lag', () => {
    const b = Float64Array.from({ length: 60 }, (_, i) => Math.sin(i * 1.7) + Math.sin(i * 0.31))
    const a = b.map((_, i) => b[i - 3] ?? Number.NaN)
    expect(laggedPearson(a, b, 3, 0, 60)).toBeCloseTo(1, 10)
    expect(laggedPearson(a, b, 0, 0, 60)).toBeLessThan(0.6)
  })

  test('running sums give the same as the plain formula', () => {
    const a = Float64Array.from({ length: 50 }, (_, i) => Math.sin(i * 1.3))
    const b = Float64Array.from({ length: 50 }, (_, i) => Math.cos(i * 0.9) + (i % 9 === 0 ? Number.NaN : 0))
    const rolling = rollingPearson(a, b, 20, 5)
    for (const [k, rho] of rolling.entries())
      expect(rho).toBeCloseTo(laggedPearson(a, b, 0, k * 5, k * 5 + 20), 9)
  })

  test('a daily period has an autocorrelation of 1 at 24 h', () => {
    const day = Float64Array.from({ length: 240 }, (_, i) => Math.sin((i / 24) * 2 * Math.PI))
    expect(autocorrelation(day, 24)).toBeCloseTo(1, 10)
    expect(autocorrelation(day, 12)).toBeCloseTo(-1, 10)
  })
})

describe('slope and fit', () => {
  test('Theil–Sen keeps to the line when a fifth of the points is wrong', () => {
    const x = Float64Array.from({ length: 50 }, (_, i) => i)
    const y = x.map((v) => (v % 5 === 0 ? 1e6 : 3 * v + 1))
    expect(theilSen(x, y)).toBeCloseTo(3, 6)
    expect(theilSen(of(1), of(1))).toBeNaN()
  })

  test('a robust fit finds both slopes in spite of wild rows', () => {
    const a = Float64Array.from({ length: 300 }, (_, i) => Math.sin(i * 1.1))
    const b = Float64Array.from({ length: 300 }, (_, i) => Math.cos(i * 0.7))
    const y = a.map((v, i) => 2 * v - 0.5 * (b[i] as number) + (i % 50 === 0 ? 40 : 0.01 * Math.sin(i * 3)))
    const fit = robustFit(y, [a, b])
    expect(fit?.slopes[0]).toBeCloseTo(2, 1)
    expect(fit?.slopes[1]).toBeCloseTo(-0.5, 1)
    expect(robustFit(y, [])).toBeUndefined()
  })
})

describe('digits', () => {
  test('ten even counts have a chi-square of zero', () => {
    expect(evenChiSquare(Array.from({ length: 10 }, () => 50))).toBe(0)
  })

  test('the display step is the smallest decimal in use', () => {
    expect(displayStep(of(1, 2, 3))).toBe(1)
    expect(displayStep(of(1.5, 2, 3))).toBe(0.1)
    expect(displayStep(of(0.125, 0.25, 1))).toBe(0.001)
    expect(displayStep(of(Math.PI, Math.E))).toBe(0)
  })

  test('last digits are counted in steps', () => {
    expect(lastDigits(of(1.2, 3.2, 0.7, Number.NaN), 0.1)).toEqual([0, 0, 2, 0, 0, 0, 0, 1, 0, 0])
  })
})

describe('rolling', () => {
  test('the spread of a window is largest minus smallest', () => {
    expect([...rollingSpread(of(1, 5, 2, 2, 9), 3)].slice(2)).toEqual([4, 3, 7])
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 4, maxLength: 40 }), (values) => {
        const spread = rollingSpread(Float64Array.from(values), 4)
        for (let i = 3; i < values.length; i++) {
          const window = values.slice(i - 3, i + 1)
          expect(spread[i]).toBe(Math.max(...window) - Math.min(...window))
        }
      }),
    )
  })

  test('sums leave NaN out', () => {
    const sums = new Prefix(of(1, Number.NaN, 3))
    expect(sums.mean(0, 3)).toBe(2)
    expect(sums.count(0, 3)).toBe(2)
    expect(sums.mean(1, 2)).toBeNaN()
  })

  test('a constant has no fast part', () => {
    expect([...highPass(of(4, 4, 4, 4), 2)]).toEqual([0, 0, 0, 0])
  })
})

describe('change of level', () => {
  const noisy = wander(1000, 5, 0.6)
  test('a stretch that lies lower is found with its ends', () => {
    const lower = noisy.map((v, i) => (i >= 400 && i < 520 ? v - 4 : v))
    const [dip] = dips(lower, -1, 5)
    expect(dip).toBeDefined()
    const sharp = sharpened(lower, dip!)
    expect(Math.abs(sharp.from - 400)).toBeLessThanOrEqual(3)
    expect(Math.abs(sharp.to - 520)).toBeLessThanOrEqual(3)
    expect(sharp.shift).toBeLessThan(-3)
  })

  test('without one, and for a higher one, none is found', () => {
    expect(dips(noisy, -1, 5)).toEqual([])
    expect(
      dips(
        noisy.map((v, i) => (i >= 400 && i < 520 ? v + 4 : v)),
        -1,
        8,
      ),
    ).toEqual([])
  })
})

test('the true step of an instrument is found where it is a multiple of the last digit shown', () => {
  expect(trueStep(Float64Array.of(1.2, 1.4, 2.6, 3), 0.1)).toBeCloseTo(0.2)
  expect(trueStep(Float64Array.of(10, 25, 35), 1)).toBe(5)
  expect(trueStep(Float64Array.of(10, 25, 36), 1)).toBe(1)
  expect(trueStep(Float64Array.of(Math.PI), 0)).toBe(0)
  expect(trueStep(new Float64Array(0), 0.1)).toBe(0.1)
})

describe('edges of like size', () => {
  const n = 2000
  let state = 7
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4_294_967_296
  }
  let x = 0
  const wandering = Float64Array.from({ length: n }, () => {
    x = 0.97 * x + 0.1 * (uniform() + uniform() + uniform() - 1.5) * 2
    return x
  })
  const lowered = (from: number, to: number, by: number) =>
    wandering.map((v, i) => (i >= from && i < to ? v - by : v))
  const found = (values: Float64Array) => matchedEdges(values, values, 1, () => true)

  test('a stretch lowered by one factor is found though the level wanders by as much', () => {
    const pairs = found(lowered(900, 1200, 0.8))
    expect(pairs[0]).toMatchObject({ from: 900, to: 1200 })
    expect(pairs[0]!.z).toBeGreaterThan(6)
    expect(pairs[0]!.z).toBeGreaterThan(1.15 * pairs[0]!.mirrored)
  })

  test('an honest wandering level has none of that strength, nor has one without movement', () => {
    expect(found(wandering).filter(({ z }) => z >= 6)).toEqual([])
    expect(found(new Float64Array(500).fill(3))).toEqual([])
    expect(found(new Float64Array(0))).toEqual([])
  })

  test('a series that makes such pairs the other way round says so', () => {
    const both = lowered(300, 350, 0.8).map((v, i) =>
      (i >= 600 && i < 650) || (i >= 1000 && i < 1060) || (i >= 1500 && i < 1560) ? v + 0.8 : v,
    )
    const [pair] = found(both).filter(({ from }) => from === 300)
    expect(pair === undefined || pair.mirrored > 5).toBe(true)
  })
})
