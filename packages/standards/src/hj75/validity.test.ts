import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluatorById } from '../evaluators/registry.ts'
import { roundHalfEven } from '../gb8170/rounding.ts'
import {
  substituteMass,
  substitutionLookback,
  substitutionOrigins,
  substitutionRows,
} from './substitution.ts'
import {
  captureRate,
  captureTarget,
  gasDayMean,
  hourMean,
  hourState,
  hourStateCode,
  hourStates,
  isValidState,
  validHoursPerDay,
  validMinutesPerHour,
} from './validity.ts'

const run = (id: string, input: object) => {
  const outcome = evaluatorById(id)!.evaluate(input)
  if (!outcome.ok) throw new Error(outcome.detail)
  return outcome.value
}

describe('hour', () => {
  test('S7 44 valid minutes are no hour, 45 are one', () => {
    expect(hourState({ validMinutes: 44 })).toBe('invalid')
    expect(hourState({ validMinutes: 45 })).toBe('valid')
    expect(run('source.valid-hour', { validMinutes: 44 })).toMatchObject({ valid: false, state: 'invalid' })
    expect(run('source.valid-hour', { validMinutes: 45 })).toMatchObject({ valid: true, state: 'valid' })
    expect(validMinutesPerHour).toMatchObject({ value: 45, status: 'unverified' })
  })

  test('S24 16 minutes of maintenance leave 44: invalid, and its mean is none; 15 cost nothing', () => {
    expect(run('source.valid-hour', { markedMinutes: 16, value: 400 })).toEqual({
      valid: false,
      state: 'invalid',
      validMinutes: 44,
      mean: null,
    })
    expect(run('source.valid-hour', { markedMinutes: 15, value: 400 })).toMatchObject({
      valid: true,
      mean: 400,
    })
  })

  test('a source that ran 44 minutes stood; nothing received is missing', () => {
    expect(hourState({ validMinutes: 44, runningMinutes: 44 })).toBe('stopped')
    expect(hourState({ validMinutes: 45, runningMinutes: 45 })).toBe('valid')
    expect(hourState({ validMinutes: 0, receivedMinutes: 0 })).toBe('missing')
    expect(hourStates.map((state) => hourStateCode[state])).toEqual([0, 1, 2, 3, 4])
    expect(hourStates.filter(isValidState)).toEqual(['valid', 'exempt'])
  })

  test('the mean is that of the valid minutes', () => {
    const minutes = Array.from({ length: 60 }, (_, minute) => (minute < 45 ? 10 + (minute % 2) : Number.NaN))
    expect(hourMean(minutes)).toEqual({ value: (23 * 10 + 22 * 11) / 45, validMinutes: 45 })
    expect(hourMean(minutes.with(0, Number.NaN)).value).toBeNaN()
  })
})

describe('day', () => {
  const hours = (valid: number) => Array.from({ length: 24 }, (_, hour) => (hour < valid ? 30 : Number.NaN))

  test('20 valid hours by default, 18 where a bureau sets it', () => {
    expect(gasDayMean(hours(20))).toEqual({ value: 30, validHours: 20 })
    expect(gasDayMean(hours(19)).value).toBeNaN()
    expect(gasDayMean(hours(18), 18).value).toBe(30)
    expect(validHoursPerDay.map(({ value, status }) => [value, status])).toEqual([
      [20, 'verified'],
      [18, 'unverified'],
    ])
  })

  test('S9 of water: 18 of 24 are 75 % and valid, 17 are 70.8 % and are not', () => {
    expect(run('source.valid-day', { medium: 'water', dueHours: 24, validHours: 18 })).toMatchObject({
      valid: true,
    })
    expect(run('source.valid-day', { medium: 'water', dueHours: 24, validHours: 17 })).toMatchObject({
      valid: false,
    })
    expect(run('source.valid-day', { validHours: 19 })).toMatchObject({ valid: false })
    expect(run('source.valid-day', { validHours: 19, minValidHours: 18 })).toMatchObject({ valid: true })
  })
})

describe('capture rate of a quarter', () => {
  test('S10 (2184 − 96 − 240)/(2184 − 240) = 95.06 %', () => {
    const { rate, validHours, dueHours, meets } = captureRate({
      hours: 2184,
      invalidHours: 96,
      stopHours: 240,
    })
    expect([roundHalfEven(rate, 2), validHours, dueHours, meets]).toEqual([95.06, 1848, 1944, true])
    expect(captureTarget.value).toBe(75)
  })

  test('a quarter that stood is no 0 %, and more hours than there are is refused', () => {
    expect(captureRate({ hours: 2184, invalidHours: 0, stopHours: 2184 }).rate).toBeNaN()
    expect(run('source.capture-rate', { hours: 2184, invalidHours: 0, stopHours: 2184 })).toMatchObject({
      rate: null,
    })
    expect(() => captureRate({ hours: 10, invalidHours: 6, stopHours: 5 })).toThrow(RangeError)
  })
})

describe('substitution of mass, HJ 75 tables 5 and 6', () => {
  test('S11 95.06 %: 20 h look back 180, 30 h 720; 82 %: 2160', () => {
    expect(substitutionLookback(95.06, 20)).toBe(180)
    expect(substitutionLookback(95.06, 24)).toBe(180)
    expect(substitutionLookback(95.06, 30)).toBe(720)
    expect(substitutionLookback(82, 5)).toBe(2160)
    expect(substitutionLookback(90, 1)).toBe(180)
    expect(substitutionLookback(89.99, 1)).toBe(2160)
    expect(substitutionLookback(75, 500)).toBe(2160)
    expect(substitutionLookback(74.99, 1)).toBeUndefined()
    expect(substitutionRows.status).toBe('unverified')
    expect(Object.keys(substitutionOrigins.value)).toEqual(['table5', 'table6'])
  })

  test('the largest of the last 180 valid hours, invalid ones not counted', () => {
    const masses = Array.from({ length: 400 }, (_, hour) =>
      hour % 2 === 0 ? Number.NaN : hour === 39 ? 99 : 5,
    )
    // Hours 41, 43 … 399 are the last 180 valid ones; 39 is the 181st.
    expect(substituteMass(masses, 95, 20)).toEqual({ lookback: 180, searched: 180, kgPerHour: 5 })
    expect(substituteMass(masses, 95, 30)).toEqual({ lookback: 720, searched: 200, kgPerHour: 99 })
    expect(substituteMass(masses, 60, 3)).toBeUndefined()
    expect(substituteMass([Number.NaN], 95, 3)).toBeUndefined()
  })

  test('the evaluator says how much stands in', () => {
    expect(run('source.substitution', { captureRate: 95, gapHours: 3, masses: [3, null, 5, 4] })).toEqual({
      lookback: 180,
      kgPerHour: 5,
      substitutedKg: 15,
      searched: 3,
    })
    expect(run('source.substitution', { captureRate: 70, gapHours: 3 })).toMatchObject({ lookback: null })
  })

  test('property: a longer gap or a worse quarter never looks back less', () => {
    const rate = fc.double({ min: 75, max: 100, noNaN: true })
    const gap = fc.integer({ min: 1, max: 2000 })
    fc.assert(
      fc.property(rate, rate, gap, gap, (a, b, m, n) => {
        const [worse, better] = [Math.min(a, b), Math.max(a, b)]
        const [short, long] = [Math.min(m, n), Math.max(m, n)]
        expect(substitutionLookback(worse, long)!).toBeGreaterThanOrEqual(
          substitutionLookback(better, short)!,
        )
      }),
    )
  })
})
