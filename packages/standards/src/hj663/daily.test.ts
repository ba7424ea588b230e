import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { roundHalfEven } from '../gb8170/rounding.ts'
import { iaqi } from '../hj633/iaqi.ts'
import { cityMean, regionMean } from './city.ts'
import { dayMean, eightHourMean, mda8, stationDay } from './daily.ts'

/** 24 hours, valid (flat value) only at the labels from…to. */
const hoursAt = (from: number, to: number, value = 100) =>
  Float64Array.from({ length: 24 }, (_, index) => (index + 1 >= from && index + 1 <= to ? value : Number.NaN))

describe('GB 3095 table 4: daily mean', () => {
  test('E1 20 valid hours make a day, E2 19 do not', () => {
    expect(dayMean(hoursAt(1, 20))).toEqual({ value: 100, validHours: 20 })
    expect(dayMean(hoursAt(1, 19))).toEqual({ value: Number.NaN, validHours: 19 })
  })

  test('CO is averaged exactly: twelve hours 0.8 and twelve 0.9 give 0.85', () => {
    const hours = Float64Array.from({ length: 24 }, (_, index) => (index < 12 ? 0.8 : 0.9))
    expect(dayMean(hours).value).toBe(0.85)
    expect(roundHalfEven(dayMean(hours).value, 1)).toBe(0.8)
  })
})

describe('HJ 663 6.1.2: daily maximum 8 h of ozone', () => {
  test('E3 hours at labels 3…24: windows 8…24 are all valid', () => {
    expect(mda8(hoursAt(3, 24), 160)).toEqual({ value: 100, validWindows: 17, atLabel: 8 })
  })

  test('E4 hours at labels 1…19: 14 windows, valid', () => {
    expect(mda8(hoursAt(1, 19), 160)).toEqual({ value: 100, validWindows: 14, atLabel: 8 })
  })

  test('E5 hours at labels 1…18: 13 windows, valid only above the limit', () => {
    expect(mda8(hoursAt(1, 18), 160)).toEqual({ value: Number.NaN, validWindows: 13, atLabel: null })
    expect(mda8(hoursAt(1, 18, 160), 160).value).toBeNaN()
    expect(mda8(hoursAt(1, 18, 161), 160).value).toBe(161)
    expect(mda8(hoursAt(1, 18, 101), 100).value).toBe(101)
  })

  test('E6 flat 100 with 90 at label 12: the windows without it give 100', () => {
    const hours = hoursAt(1, 24)
    hours[11] = 90
    expect(mda8(hours, 160)).toMatchObject({ value: 100, validWindows: 17 })
  })

  test('E7 200 at labels 9…16, else 40: 200 at label 16, IAQI 137', () => {
    const hours = Float64Array.from({ length: 24 }, (_, index) => (index >= 8 && index < 16 ? 200 : 40))
    expect(mda8(hours, 160)).toEqual({ value: 200, validWindows: 17, atLabel: 16 })
    expect(iaqi('o3', 'mda8', 200, '2012')).toBe(137)
  })

  test('a window needs six hours and is rounded half to even', () => {
    expect(eightHourMean(hoursAt(1, 5), 8)).toBeNaN()
    const hours = hoursAt(1, 8, 44)
    for (const index of [0, 1, 2, 3]) hours[index] = 45
    expect(eightHourMean(hours, 8)).toBe(44)
  })

  test('early windows that reach into the day before never count', () => {
    const hours = Float64Array.from({ length: 24 }, (_, index) => (index < 2 ? 500 : 50))
    expect(mda8(hours, 160).value).toBe(162)
    expect(eightHourMean(hours, 8)).toBe(162)
  })
})

describe('station day', () => {
  test('daily means and MDA8 side by side, the limit by edition and zone class', () => {
    const flat = (value: number) => hoursAt(1, 24, value)
    const hours = {
      pm25: flat(35),
      pm10: flat(70),
      o3: hoursAt(1, 18, 130),
      no2: hoursAt(1, 19, 20),
      so2: flat(8),
      co: flat(0.7),
    }
    const day = stationDay(hours, '2026-transition')
    expect(day.pm25).toEqual({ value: 35, n: 24 })
    expect(day.co).toEqual({ value: 0.7, n: 24 })
    expect(day.no2).toEqual({ value: Number.NaN, n: 19 })
    expect(day.o3).toEqual({ value: Number.NaN, n: 13 })
    expect(stationDay(hours, '2026-transition', 1).o3).toEqual({ value: 130, n: 13 })
  })

  test('property: MDA8 lies between the lowest and the highest hour and is one of the windows', () => {
    const hour = fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 0, max: 400 }) },
      { weight: 1, arbitrary: fc.constant(Number.NaN) },
    )
    fc.assert(
      fc.property(fc.array(hour, { minLength: 24, maxLength: 24 }), (hours) => {
        const { value, atLabel, validWindows } = mda8(hours, 160)
        if (Number.isNaN(value)) return atLabel === null && validWindows < 14
        const valid = hours.filter((each) => !Number.isNaN(each))
        const inside = value >= Math.min(...valid) && value <= Math.max(...valid)
        return inside && atLabel !== null && eightHourMean(hours, atLabel) === value
      }),
    )
  })
})

describe('HJ 663: city value from stations', () => {
  test('E10 six of eight stations are 75 %, five are too few', () => {
    const six = [10, 10, 10, 10, 10, 10, Number.NaN, Number.NaN]
    expect(cityMean(six, 8)).toEqual({ value: 10, n: 6, valid: true })
    expect(cityMean(six.with(0, Number.NaN), 8)).toEqual({ value: Number.NaN, n: 5, valid: false })
  })

  test('E11 below four stations half of them are enough', () => {
    expect(cityMean([1, 2, Number.NaN], 3)).toMatchObject({ value: 1.5, valid: true })
    expect(cityMean([1, Number.NaN], 2)).toMatchObject({ valid: true })
    expect(cityMean([1, Number.NaN, Number.NaN], 3).valid).toBe(false)
    expect(cityMean([], 0).valid).toBe(false)
  })

  test('a region is the mean of its cities, a city without a value has no vote', () => {
    expect(regionMean([80, 90, Number.NaN])).toEqual({ value: 85, n: 2 })
  })

  test('E12 41, 44, 47, 48 → 45; 41, 44, 46, 47 → 44.5 → 44', () => {
    expect(roundHalfEven(cityMean([41, 44, 47, 48], 4).value, 0)).toBe(45)
    expect(roundHalfEven(cityMean([41, 44, 46, 47], 4).value, 0)).toBe(44)
  })
})
