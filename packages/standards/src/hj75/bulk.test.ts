import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gasDayMeans, markedMinutes, substituteQuarter, validHours } from './bulk.ts'
import { gasDayMean, hourStateCode } from './validity.ts'

const MINUTE = 60_000
const { missing, valid, invalid, stopped, exempt } = hourStateCode

describe('marked minutes of hours', () => {
  const minutes = (hours: number, spans: readonly (readonly [number, number])[]) => {
    const out = new Uint8Array(hours)
    markedMinutes(
      out,
      0,
      spans.map(([from, to]) => ({ fromMs: from * MINUTE, toMs: to * MINUTE })),
    )
    return [...out]
  }

  test('overlapping marks of different kinds count once, a mark over the hour is split', () => {
    expect(
      minutes(2, [
        [10, 20],
        [15, 26],
      ]),
    ).toEqual([16, 0])
    expect(minutes(2, [[50, 75]])).toEqual([10, 15])
    expect(
      minutes(2, [
        [-30, 5],
        [115, 400],
      ]),
    ).toEqual([5, 5])
    expect(minutes(1, [[20, 10]])).toEqual([0])
  })

  test('property: as many minutes as a list of minutes would count', () => {
    const span = fc.tuple(fc.integer({ min: -100, max: 400 }), fc.integer({ min: 0, max: 120 }))
    fc.assert(
      fc.property(fc.array(span, { maxLength: 8 }), (list) => {
        const spans = list.map(([from, length]) => [from, from + length] as const)
        const counted = Array.from({ length: 5 }, (_, hour) => {
          let n = 0
          for (let minute = hour * 60; minute < hour * 60 + 60; minute++)
            if (spans.some(([from, to]) => minute >= from && minute < to)) n++
          return n
        })
        expect(minutes(5, spans)).toEqual(counted)
      }),
    )
  })
})

describe('states of hours', () => {
  test('16 lost minutes make an hour invalid, 15 do not; a stopped source goes before a missing value', () => {
    const out = new Uint8Array(6)
    const value = Float64Array.of(1, 1, Number.NaN, Number.NaN, 5, 5)
    const lost = Uint8Array.of(15, 16, 0, 60, 60, 15)
    const stop = Uint8Array.of(0, 0, 0, 60, 16, 15)
    expect(validHours(out, value, lost, stop)).toBe(2)
    expect([...out]).toEqual([valid, invalid, missing, stopped, stopped, valid])
  })
})

describe('daily means in bulk', () => {
  test('property: equal to the day by itself', () => {
    const state = fc.constantFrom(missing, valid, valid, valid, valid, invalid, stopped, exempt)
    const value = fc.integer({ min: 0, max: 500 }).map((tenths) => tenths / 10)
    fc.assert(
      fc.property(fc.array(fc.tuple(value, state), { minLength: 48, maxLength: 48 }), (hours) => {
        const values = Float64Array.from(hours, ([each]) => each)
        const states = Uint8Array.from(hours, ([, each]) => each)
        const mean = new Float64Array(2)
        const count = new Uint8Array(2)
        gasDayMeans(mean, count, values, states, 18)
        for (const day of [0, 1]) {
          const one = hours
            .slice(day * 24, day * 24 + 24)
            .map(([each, code]) => (code === valid || code === exempt ? each : Number.NaN))
          expect({ value: mean[day], validHours: count[day] }).toEqual(gasDayMean(one, 18))
        }
      }),
    )
  })
})

describe('the masses of a quarter', () => {
  const fill = (mass: number[], state: number[], from = 0, origin?: number[]) => {
    const out = new Float64Array(mass.length)
    const sums = substituteQuarter(
      out,
      Float64Array.from(mass),
      Uint8Array.from(state),
      from,
      mass.length,
      origin === undefined ? undefined : Int32Array.from(origin),
    )
    return { out: [...out.subarray(from)], ...sums }
  }

  test('a gap takes the largest valid mass before it, later ones do not count', () => {
    const states = [...Array<number>(18).fill(valid), invalid, missing, ...Array<number>(4).fill(valid)]
    const masses = states.map((state, hour) => (state === valid ? hour + 1 : Number.NaN))
    const { out, measuredKg, substitutedKg, captureRate, unfilledHours } = fill(masses, states)
    expect(out.slice(17, 21)).toEqual([18, 18, 18, 21])
    expect(substitutedKg).toBe(36)
    expect(measuredKg).toBe(171 + 21 + 22 + 23 + 24)
    expect(unfilledHours).toBe(0)
    expect(captureRate).toBeCloseTo((22 / 24) * 100, 9)
  })

  test('the year before is the look-back of January; the last calibration may be its origin', () => {
    const states = [valid, valid, ...Array<number>(12).fill(valid), invalid]
    const masses = [90, 40, ...Array<number>(12).fill(7), Number.NaN]
    expect(fill(masses, states, 2).out.at(-1)).toBe(90)
    const origin = states.map((_, hour) => (hour === 14 ? 2 : hour))
    expect(fill(masses.with(5, 500), states, 2, origin).out.at(-1)).toBe(90)
  })

  test('below 75 % nothing stands in and the hours are named as unfilled', () => {
    const { out, substitutedKg, unfilledHours } = fill([5, Number.NaN, 5], [valid, invalid, valid])
    expect(out).toEqual([5, Number.NaN, 5])
    expect([substitutedKg, unfilledHours]).toEqual([0, 1])
  })

  test('a stopped hour emits nothing and leaves the capture rate', () => {
    const { out, captureRate } = fill([5, 3, 5], [valid, stopped, exempt])
    expect(out).toEqual([5, 0, 5])
    expect(captureRate).toBe(100)
  })

  test('25 consecutive hours look further back than 24', () => {
    const early = 1000
    const make = (gap: number) => {
      const states = [...Array<number>(early).fill(valid), ...Array<number>(gap).fill(missing)]
      const masses = states.map((state, hour) => (state === valid ? (hour === 300 ? 50 : 2) : Number.NaN))
      return fill(masses, states).out.at(-1)
    }
    expect(make(24)).toBe(2)
    expect(make(25)).toBe(50)
  })
})
