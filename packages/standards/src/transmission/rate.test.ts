import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { roundHalfEven } from '../gb8170/rounding.ts'
import {
  checkHourFactors,
  countFactorDay,
  type FactorHour,
  sumCounters,
  transmissionRates,
  transmissionTarget,
  validDenominator,
} from './rate.ts'

const counters = (due: number, received: number, valid: number, validDue = due) => ({
  due,
  received,
  validDue,
  valid,
})
const hours = (n: number, state: FactorHour['state'], items = 2): FactorHour[] =>
  Array.from({ length: n }, () => ({
    due: items,
    received: state === 'running' ? items : 0,
    valid: state === 'running' ? items : 0,
    state,
  }))

describe('effective transmission rate', () => {
  test('S12 due 96, received 92, valid 88: T 95.83 %, V 95.65 %, E 91.67 %', () => {
    const rates = transmissionRates(counters(96, 92, 88))
    expect(roundHalfEven(rates.transmission!, 2)).toBe(95.83)
    expect(roundHalfEven(rates.valid!, 2)).toBe(95.65)
    expect(rates.effective).toBe(8800 / 96)
    expect(rates.meets).toBe(true)
    expect(transmissionTarget).toMatchObject({ value: 90, status: 'unverified' })
  })

  test('S13 waste water COD: 23 valid hours and one check hour are 100 %', () => {
    const day = countFactorDay('w01018', [...hours(23, 'running'), ...hours(1, 'standard-check')])
    expect(day).toEqual(counters(46, 46, 46))
    expect(transmissionRates(day).effective).toBe(100)
    expect(checkHourFactors.value.factors).toHaveLength(4)
  })

  test('a second check hour, or one of another factor, counts as due', () => {
    const two = [...hours(22, 'running', 1), ...hours(2, 'standard-check', 1)]
    expect(countFactorDay('w21003', two)).toEqual(counters(23, 22, 22))
    expect(countFactorDay('w01001', two)).toEqual(counters(24, 22, 22))
  })

  test('as many check hours leave as the caller allows', () => {
    const two = [...hours(22, 'running', 1), ...hours(2, 'standard-check', 1)]
    expect(countFactorDay('w21003', two, 2)).toEqual(counters(22, 22, 22))
    expect(countFactorDay('w21003', two, 0)).toEqual(counters(24, 22, 22))
    expect(countFactorDay('w01001', two, 2)).toEqual(counters(24, 22, 22))
  })

  test('an outlet that stood all day is not applicable, never 0 %', () => {
    const day = countFactorDay('a21026', hours(24, 'stopped'))
    expect(transmissionRates(day)).toEqual({
      status: 'not-applicable',
      transmission: null,
      valid: null,
      effective: null,
      meets: null,
    })
    const half = countFactorDay('a21026', [...hours(12, 'stopped'), ...hours(12, 'running')])
    expect(transmissionRates(half).effective).toBe(100)
  })

  test('nothing received is 0 %, and that is a finding', () => {
    expect(transmissionRates(counters(24, 0, 0))).toMatchObject({
      status: 'rated',
      effective: 0,
      meets: false,
    })
  })

  test('the denominator of V is a setting', () => {
    const four = counters(96, 92, 80, 88)
    expect(roundHalfEven(transmissionRates(four, 'received').valid!, 2)).toBe(86.96)
    expect(roundHalfEven(transmissionRates(four, 'validDue').valid!, 2)).toBe(90.91)
    expect(validDenominator.value).toBe('received')
  })

  test('counters that contradict each other are refused', () => {
    expect(() => transmissionRates(counters(10, 11, 5))).toThrow('实收')
    expect(() => transmissionRates(counters(10, 8, 9))).toThrow('有效')
    expect(() => transmissionRates(counters(10, -1, 0))).toThrow('负')
  })

  test('a city is the sum of its outlets, not the mean of their rates', () => {
    const city = sumCounters([counters(90, 90, 90), counters(10, 0, 0)])
    expect(transmissionRates(city).effective).toBe(90)
  })

  test('property: E lies between 0 and 100, equals valid/due, and sums stay between the parts', () => {
    const one = fc.tuple(fc.integer({ min: 1, max: 500 }), fc.nat(), fc.nat()).map(([due, a, b]) => {
      const received = a % (due + 1)
      return counters(due, received, b % (received + 1))
    })
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 6 }), (parts) => {
        const rates = parts.map((part) => transmissionRates(part).effective!)
        for (const [index, part] of parts.entries())
          expect(rates[index]).toBeCloseTo((part.valid / part.due) * 100, 9)
        const all = transmissionRates(sumCounters(parts)).effective!
        expect(all).toBeGreaterThanOrEqual(Math.min(...rates) - 1e-9)
        expect(all).toBeLessThanOrEqual(Math.max(...rates) + 1e-9)
      }),
    )
  })
})
