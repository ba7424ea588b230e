import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { waterMass } from '../conversion/mass.ts'
import { evaluatorById } from '../evaluators/registry.ts'
import { roundHalfEven } from '../gb8170/rounding.ts'
import {
  compareWater,
  standardCheckLimit,
  standardCheckPasses,
  waterComparisonPairs,
  waterComparisonParameters,
  waterComparisonRow,
  waterComparisonRows,
} from './comparison.ts'
import {
  isAveragedInWater,
  unweightedWaterFactors,
  waterDay,
  waterDays,
  waterDayValid,
  waterMonth,
} from './day.ts'
import { fillWaterDay, waterSubstitutionRule } from './substitution.ts'
import { failedSpans, platformDeviation, waterFaults, waterFaultsOf, waterShares } from './validity.ts'

const concentrations = [38, 42, 55, 30]
const flows = [120, 150, 90, 60]
const run = (id: string, input: object) => {
  const outcome = evaluatorById(id)!.evaluate(input)
  return outcome.ok ? outcome.value : outcome.reason
}

describe('daily mean of waste water', () => {
  test('S8 weighted by flow: 41.93 mg/L and 17.61 kg, not the plain mean 41.25', () => {
    const day = waterDay(concentrations, flows)
    expect(roundHalfEven(day.value, 2)).toBe(41.93)
    expect(day.massKg).toBe(17.61)
    expect(day).toMatchObject({ volume: 420, validCount: 4, share: 100, valid: true })
    expect(waterMass(1, 1000)).toBe(1)
  })

  test('the evaluator reads lists and cells alike', () => {
    const hours = concentrations.map((concentration, i) => ({ concentration, flow: flows[i] }))
    const cells = { concentrations: concentrations.join(';'), flows: flows.join(';') }
    expect(run('source.water-day', cells)).toEqual(run('source.water-day', { hours }))
    expect(run('source.water-day', { concentrations: '38;;55', flows: '120;150;90' })).toMatchObject({
      validHours: 2,
      valid: false,
    })
    expect(run('source.water-day', { concentrations: '38;x', flows: '1;2' })).toBe('invalid-input')
    expect(run('source.water-day', { concentrations: '38', flows: '1;2' })).toBe('invalid-input')
  })

  test('S9 18 of 24 due data make a day, 17 do not', () => {
    expect(waterDayValid(18, 24)).toBe(true)
    expect(waterDayValid(17, 24)).toBe(false)
    expect(waterDayValid(0, 0)).toBe(false)
    const hours = (n: number) => Array.from({ length: 24 }, (_, hour) => (hour < n ? 40 : Number.NaN))
    const flow = hours(24).map(() => 10)
    expect(waterDay(hours(18), flow).value).toBe(40)
    expect(waterDay(hours(17), flow).value).toBeNaN()
    expect(waterDay(hours(17), flow).massKg).toBeCloseTo(6.8, 9)
    expect(waterShares.value.day).toBe(75)
  })

  test('an hour without flow is not valid; pH is never averaged', () => {
    expect(waterDay([40, 900], [10, 0], 1)).toMatchObject({ value: 40, validCount: 1 })
    expect(isAveragedInWater('w01001')).toBe(false)
    expect(isAveragedInWater('w01018')).toBe(true)
    expect(unweightedWaterFactors.value).toContain('w01010')
    expect(run('source.water-day', { concentrations: '7', flows: '1', factor: 'w01001' })).toBe(
      'out-of-scope',
    )
  })

  test('property: the mean lies between the least and the largest, and the bulk form is equal', () => {
    const hour = fc.tuple(
      fc.oneof(fc.double({ min: 0, max: 500, noNaN: true }), fc.constant(Number.NaN)),
      fc.double({ min: 0, max: 900, noNaN: true }),
    )
    fc.assert(
      fc.property(
        fc.array(hour, { minLength: 24, maxLength: 24 }),
        fc.integer({ min: 1, max: 24 }),
        (list, due) => {
          const c = Float64Array.from(list, ([each]) => each)
          const q = Float64Array.from(list, ([, each]) => each)
          const day = waterDay(c, q, due)
          const used = list
            .filter(([value, flow]) => !Number.isNaN(value) && flow > 0)
            .map(([value]) => value)
          if (day.valid) {
            expect(day.value).toBeGreaterThanOrEqual(Math.min(...used) - 1e-9)
            expect(day.value).toBeLessThanOrEqual(Math.max(...used) + 1e-9)
          }
          const mean = new Float64Array(1)
          const mass = new Float64Array(1)
          const count = new Uint8Array(1)
          const valid = new Uint8Array(24).fill(1)
          waterDays(mean, mass, count, { concentration: c, flow: q, valid, due: Uint8Array.of(due) })
          expect(mean[0]).toBe(day.value)
          expect(mass[0]).toBe(day.massKg)
          expect(count[0]).toBe(day.validCount)
        },
      ),
    )
  })

  test('a month needs valid means on 75 % of its days and is weighted by their water', () => {
    const means = Array.from({ length: 30 }, (_, day) => (day < 23 ? (day < 10 ? 20 : 40) : Number.NaN))
    const volumes = means.map((_, day) => (day < 10 ? 300 : 100))
    const month = waterMonth(means, volumes)
    expect(month).toMatchObject({ validDays: 23, valid: true })
    expect(month.value).toBeCloseTo((20 * 3000 + 40 * 1300) / 4300, 9)
    expect(waterMonth(means.with(0, Number.NaN), volumes).value).toBeNaN()
    expect(waterMonth([], [], 0).valid).toBe(false)
  })
})

describe('invalid values', () => {
  test('no flow, a platform that differs by more than 1 %, a mark, a failed check', () => {
    expect(waterFaultsOf({ flow: 0 })).toEqual(['ZERO_FLOW'])
    expect(waterFaultsOf({ flow: 1, analyser: 100, platform: 101 })).toEqual([])
    expect(waterFaultsOf({ flow: 1, analyser: 100, platform: 101.1 })).toEqual(['PLATFORM_DEVIATES'])
    expect(waterFaultsOf({ flow: 1, analyser: 0, logger: 0, platform: 0 })).toEqual([])
    expect(waterFaultsOf({ flow: Number.NaN, marked: true, inFailedSpan: true })).toEqual([
      'COMPARISON_FAILED',
      'MARKED',
    ])
    expect(waterFaultsOf({ flow: 0, analyser: 1, logger: 2, marked: true, inFailedSpan: true })).toEqual(
      waterFaults,
    )
    expect(platformDeviation.value).toBe(1)
  })

  test('a failed check spoils everything back to the last and on to the next passing one', () => {
    const checks = [
      { atMs: 10, pass: true },
      { atMs: 30, pass: false },
      { atMs: 20, pass: true },
      { atMs: 40, pass: false },
      { atMs: 50, pass: true },
      { atMs: 60, pass: false },
    ]
    expect(failedSpans(checks)).toEqual([
      { fromMs: 20, toMs: 50 },
      { fromMs: 50, toMs: Number.POSITIVE_INFINITY },
    ])
    expect(failedSpans([{ atMs: 5, pass: false }])[0]?.fromMs).toBe(Number.NEGATIVE_INFINITY)
    expect(failedSpans([{ atMs: 5, pass: true }])).toEqual([])
  })
})

describe('comparison with the laboratory, HJ 355 table 1', () => {
  test('S18 COD 52 against 41: 26.8 % of 30 passes; NH3-N 1.8 against 1.4: 0.4 of 0.3 fails', () => {
    const cod = compareWater('COD', 52, 41)!
    expect([roundHalfEven(cod.deviation, 1), cod.pass, cod.row.limit]).toEqual([26.8, true, 30])
    expect(compareWater('NH3-N', 1.8, 1.4)).toMatchObject({ deviation: 0.4, pass: false })
    expect(run('source.comparison', { parameter: 'NH3-N', online: 1.8, reference: 1.4 })).toMatchObject({
      pass: false,
      limit: 0.3,
      enough: false,
    })
  })

  test('exactly on the limit passes, whatever the doubles say', () => {
    expect(compareWater('NH3-N', 1.7, 1.4)!.pass).toBe(true)
    expect(compareWater('TP', 0.24, 0.2)!.pass).toBe(true)
    expect(compareWater('pH', 7.6, 8.1)!.pass).toBe(true)
    expect(compareWater('COD', 115, 100)!.pass).toBe(true)
  })

  test('the bands of COD', () => {
    expect([29.9, 30, 60, 100].map((value) => waterComparisonRow('COD', value)?.limit)).toEqual([
      5, 30, 20, 15,
    ])
    expect(waterComparisonRow('COD', -1)).toBeUndefined()
    for (const parameter of waterComparisonParameters)
      expect(waterComparisonRows.value.some((row) => row.parameter === parameter)).toBe(true)
  })

  test('three pairs, all of which have to pass; the worst is shown', () => {
    const pairs = [
      { online: 52, reference: 41 },
      { online: 40, reference: 41 },
      { online: 60, reference: 41 },
    ]
    expect(run('source.comparison', { parameter: 'COD', pairs })).toMatchObject({ pass: false, enough: true })
    expect(run('source.comparison', { parameter: 'COD', pairs: pairs.slice(0, 2) })).toMatchObject({
      pass: true,
    })
    expect(waterComparisonPairs.value).toBe(3)
    expect(run('source.comparison', { parameter: 'SO2', online: 800, reference: 790 })).toBe('out-of-scope')
    expect(
      run('source.comparison', { parameter: 'temperature', medium: 'air', online: 82, reference: 80 }),
    ).toMatchObject({
      pass: true,
      limit: 3,
    })
    expect(run('source.comparison', { parameter: 'COD' })).toBe('insufficient-data')
  })

  test('the automatic check with a standard sample keeps within 10 %', () => {
    expect(standardCheckPasses(110, 100)).toBe(true)
    expect(standardCheckPasses(89.9, 100)).toBe(false)
    expect(() => standardCheckPasses(1, 0)).toThrow('标准样品')
    expect(standardCheckLimit.value).toBe(10)
  })
})

describe('mass of an invalid day', () => {
  const history = Array.from({ length: 40 }, (_, day) =>
    day === 5 ? 99 : day === 20 ? Number.NaN : 10 + day / 100,
  )

  test('the largest of the last 30 valid days; older ones do not count', () => {
    const filled = fillWaterDay({ massKg: Number.NaN }, history)
    expect(filled).toEqual({ massKg: 10.39, method: 'maximum' })
    expect(fillWaterDay({ massKg: Number.NaN }, history.slice(0, 35))).toEqual({
      massKg: 99,
      method: 'maximum',
    })
    expect(waterSubstitutionRule.value.days).toBe(30)
  })

  test('a valid day keeps its mass, a day without flow is 0, no history is none', () => {
    expect(fillWaterDay({ massKg: 3 }, history)).toEqual({ massKg: 3, method: 'none' })
    expect(fillWaterDay({ massKg: Number.NaN, zeroFlow: true }, history)).toEqual({
      massKg: 0,
      method: 'zero-flow',
    })
    expect(fillWaterDay({ massKg: Number.NaN }, [])).toEqual({ massKg: Number.NaN, method: 'no-history' })
  })

  test('manual samples go first in an abnormal period, when there are four', () => {
    const day = { massKg: Number.NaN, abnormal: true, manualKg: 7, manualSamples: 4 }
    expect(fillWaterDay(day, history)).toEqual({ massKg: 7, method: 'manual' })
    expect(fillWaterDay({ ...day, manualSamples: 3 }, history).method).toBe('maximum')
    expect(fillWaterDay({ ...day, abnormal: false }, history).method).toBe('maximum')
  })
})

test('source.water-valid names every reason', () => {
  expect(run('source.water-valid', { flow: 0, marked: true })).toEqual({
    valid: false,
    faults: ['ZERO_FLOW', 'MARKED'],
  })
  expect(run('source.water-valid', { flow: null })).toEqual({ valid: true, faults: [] })
})
