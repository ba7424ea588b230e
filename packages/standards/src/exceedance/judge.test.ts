import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { validHours } from '../hj75/bulk.ts'
import { hourStateCode } from '../hj75/validity.ts'
import { cumulativeExceedanceDays, exceedanceEvents } from './events.ts'
import { evidenceGrade } from './evidence.ts'
import type { ExemptionRule } from './exemption.ts'
import { type HourColumns, judgeHours, workingConditionCode } from './judge-hours.ts'
import { compare, overLimitMultiple } from './multiple.ts'
import { ultraLowOfCounts, ultraLowShare } from './ultra-low.ts'

const HOUR_MS = 3_600_000
const START = Date.UTC(2022, 0, 1) - 8 * HOUR_MS
const columns = (value: readonly number[], extra: Partial<HourColumns> = {}): HourColumns => ({
  startMs: Float64Array.from(value, (_, hour) => START + hour * HOUR_MS),
  value: Float64Array.from(value),
  state: new Uint8Array(value.length).fill(hourStateCode.valid),
  limit: 35,
  decimals: 0,
  ...extra,
})
const eventsOf = (input: HourColumns) => exceedanceEvents({ ...input, ...judgeHours(input) })

describe('comparison', () => {
  test('rounded to the decimals of the limit, half to even, once', () => {
    const limit = { value: 35, decimals: 0 }
    expect([35.5, 35.4999, 35.51].map((value) => compare(value, limit))).toEqual([
      'exceeds',
      'meets',
      'exceeds',
    ])
    expect(compare(0.125, { value: 0.12, decimals: 2 })).toBe('meets')
    expect(compare(50.5, { value: 50, decimals: 0 })).toBe('meets')
  })

  test('COD 132 against 100: multiple 0.32', () => {
    expect(overLimitMultiple(132, 100)).toBeCloseTo(0.32, 12)
  })

  test('NH3-N daily mean 7.2: meets 8, exceeds 5 by 0.44', () => {
    expect(compare(7.2, { value: 8, decimals: 0 })).toBe('meets')
    expect(compare(7.2, { value: 5, decimals: 0 })).toBe('exceeds')
    expect(overLimitMultiple(7.2, 5)).toBeCloseTo(0.44, 12)
  })

  test('below the detection limit: meets when that is not above the limit, else nothing can be said', () => {
    expect(compare(0.05, { value: 0.05, decimals: 2 }, true)).toBe('meets')
    expect(compare(0.05, { value: 0.01, decimals: 2 }, true)).toBe('undecidable')
    expect(compare(Number.NaN, { value: 1, decimals: 0 })).toBe('undecidable')
  })

  test('pH outside either end of its range', () => {
    const ph = { value: 9, min: 6, decimals: 0 }
    expect([5.4, 5.6, 9.4, 9.6].map((value) => compare(value, ph))).toEqual([
      'exceeds',
      'meets',
      'meets',
      'exceeds',
    ])
  })
})

describe('judging hours', () => {
  test('consecutive exceeding hours are one exceedance with its maximum and multiple', () => {
    const events = eventsOf(columns([30, 40, 70, 36, 34, 50]))
    expect(events.map(({ hours, maxValue, indices }) => [hours, maxValue, [...indices]])).toEqual([
      [3, 70, [1, 2, 3]],
      [1, 50, [5]],
    ])
    expect(events[0]).toMatchObject({ fromMs: START + HOUR_MS, toMs: START + 4 * HOUR_MS, multiple: 1 })
  })

  test('16 minutes of maintenance leave 44 valid: the hour is invalid and no exceedance, 15 cost nothing', () => {
    const state = new Uint8Array(2)
    const value = Float64Array.of(90, 90)
    validHours(state, value, Uint8Array.of(16, 15), new Uint8Array(2))
    const judged = judgeHours(columns([90, 90], { state }))
    expect([...judged.exceeds]).toEqual([0, 1])
    expect(judged.state[0]).toBe(hourStateCode.invalid)
  })

  test('an invalid hour between two exceeding ones makes two exceedances', () => {
    const state = Uint8Array.of(1, hourStateCode.invalid, 1)
    expect(eventsOf(columns([40, 40, 40], { state }))).toHaveLength(2)
  })

  test('a change of the limit ends an exceedance', () => {
    const limit = Float64Array.of(35, 35, 20, 20)
    expect(eventsOf(columns([40, 40, 40, 40], { limit })).map(({ limit: at }) => at)).toEqual([35, 20])
  })

  test('no limit and a value that cannot be converted are undecided, not compliant', () => {
    const judged = judgeHours(columns([Number.NaN, 40], { limit: Float64Array.of(35, Number.NaN) }))
    expect([[...judged.undecided], judged.judgedHours]).toEqual([[1, 1], 0])
  })

  test('a value outside the measuring range is no evidence', () => {
    const judged = judgeHours(columns([-3, 500, 40], { range: { low: 0, high: 300 } }))
    expect([...judged.state]).toEqual([2, 2, 1])
    expect(judged.exceedingHours).toBe(1)
  })

  test('a stopped source does not exceed', () => {
    const condition = Uint8Array.of(workingConditionCode.stopped)
    expect(judgeHours(columns([90], { condition })).state[0]).toBe(hourStateCode.stopped)
  })

  const startUp: ExemptionRule = {
    key: 'permit',
    zh: '许可证豁免时段',
    conditions: [workingConditionCode.startup],
    maxHoursPerYear: 3,
    maxHoursPerEvent: 2,
    source: '排污许可证',
    status: 'verified',
  }
  const started = (hours: number) => new Uint8Array(hours).fill(workingConditionCode.startup)

  test('exempt hours are not judged until the event or the year has used its hours', () => {
    const first = judgeHours(columns([90, 90, 90], { condition: started(3), exemption: startUp }))
    expect([...first.exceeds]).toEqual([0, 0, 1])
    const condition = Uint8Array.of(2, 2, 0, 2, 2)
    const second = judgeHours(columns([90, 90, 10, 90, 90], { condition, exemption: startUp }))
    expect([...second.exceeds]).toEqual([0, 0, 0, 0, 1])
  })

  test('the quota starts anew with the Beijing year', () => {
    const newYear = START + 365 * 24 * HOUR_MS
    const startMs = Float64Array.from([-3, -2, -1, 0, 1], (hour) => newYear + hour * HOUR_MS)
    const rule = { ...startUp, maxHoursPerEvent: null, maxHoursPerYear: 2 }
    const judged = judgeHours({
      ...columns([90, 90, 90, 90, 90]),
      startMs,
      condition: started(5),
      exemption: rule,
    })
    expect([...judged.exceeds]).toEqual([0, 0, 1, 0, 0])
  })

  test('pH exceeds at either end and has no multiple', () => {
    const events = eventsOf(columns([7, 5.2, 5.4, 9.6], { limit: 9, min: 6 }))
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({ hours: 3, maxValue: 5.2 })
    expect(events[0]!.multiple).toBeNaN()
  })

  test('equals the comparison of single values for any values and limits', () => {
    const value = fc.oneof(
      fc.double({ min: 0, max: 100, noNaN: true }),
      fc.integer({ min: 0, max: 1000 }).map((n) => n / 20),
    )
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 50 }),
        fc.integer({ min: 1, max: 90 }),
        fc.integer({ min: 0, max: 2 }),
        (values, limit, decimals) => {
          const judged = judgeHours(columns(values, { limit, decimals }))
          const single = values.map((one) => (compare(one, { value: limit, decimals }) === 'exceeds' ? 1 : 0))
          expect([...judged.exceeds]).toEqual(single)
        },
      ),
    )
  })

  test('every exceeding hour is in exactly one event', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 30, max: 40 }), { maxLength: 60 }), (values) => {
        const input = columns(values)
        const hours = eventsOf(input).flatMap(({ indices }) => [...indices])
        expect(hours).toEqual(values.flatMap((one, index) => (one > 35 ? [index] : [])))
      }),
    )
  })
})

describe('shares, days, grades', () => {
  test('ultra-low month: 684 of 720 valid hours are 95 % and meet', () => {
    expect(ultraLowOfCounts(720, 684)).toMatchObject({ share: 95, met: true })
    expect(ultraLowOfCounts(720, 683).met).toBe(false)
    const value = Float64Array.from({ length: 720 }, (_, hour) => (hour < 36 ? 36 : 35.4))
    expect(ultraLowShare(value, new Uint8Array(720).fill(1), 35, 0).share).toBe(95)
  })

  test('only valid hours count for the ultra-low share; without one it is not met', () => {
    expect(ultraLowShare(Float64Array.of(90, 10), Uint8Array.of(2, 4), 35, 0)).toMatchObject({
      validHours: 1,
      share: 100,
    })
    expect(ultraLowOfCounts(0, 0).met).toBe(false)
  })

  test('exceedance days of the last 30 days roll', () => {
    const days = new Uint8Array(35)
    days[0] = 1
    days[4] = 1
    const sums = cumulativeExceedanceDays(days)
    expect([sums[0], sums[4], sums[29], sums[30], sums[34]]).toEqual([1, 2, 2, 1, 0])
  })

  test('grade C while marks may come, B with a doubt, else A', () => {
    const good = { markWindowOpen: false, qualityAssuranceInDate: true, fraudLeadOpen: false }
    expect(evidenceGrade(good).grade).toBe('A')
    expect(evidenceGrade({ ...good, qualityAssuranceInDate: false }).grade).toBe('B')
    expect(evidenceGrade({ ...good, fraudLeadOpen: true }).grade).toBe('B')
    expect(evidenceGrade({ ...good, markWindowOpen: true, fraudLeadOpen: true })).toMatchObject({
      grade: 'C',
    })
  })
})
