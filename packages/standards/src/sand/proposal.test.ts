import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { proposeSandPeriods, sandCriteria } from './proposal.ts'

const calm = Array.from({ length: 6 }, () => 100)
const fine = (count: number, value = 50) => Array.from({ length: count }, () => value)

describe('sand periods are proposed, never decided', () => {
  test('the criteria are rows that still have to be checked', () => {
    expect(sandCriteria.status).toBe('unverified')
  })

  test('starts at twice the mean of six hours and above 150, ends when PM10 is back within 10 %', () => {
    const pm10 = [...calm, 200, 800, 400, 110, 100, 100]
    expect(proposeSandPeriods({ pm10, pm25: fine(pm10.length) })).toEqual([
      { start: 6, end: 9, lingerEnd: 9, basePm10: 100, baseRatio: 0.5, peakPm10: 800, closed: true },
    ])
  })

  test('twice the base but not above 150 does not start, nor does 199', () => {
    const low = [...fine(6, 60), 150, 60]
    expect(proposeSandPeriods({ pm10: low, pm25: fine(8) })).toEqual([])
    expect(proposeSandPeriods({ pm10: [...calm, 199, 100], pm25: fine(8) })).toEqual([])
  })

  test('the lingering effect lasts while PM2.5/PM10 is at most half of the ratio before', () => {
    const pm10 = [...calm, 500, 105, 105, 100]
    // Before: 50/100 = 0.5, so 0.25 and below lingers: 20/105 and 25/100 do, 26/100 does not.
    const pm25 = [...fine(6), 60, 20, 25, 26]
    pm10[8] = 100
    const [period] = proposeSandPeriods({ pm10, pm25 })
    expect(period).toMatchObject({ start: 6, end: 7, lingerEnd: 9 })
  })

  test('a missing hour neither starts nor ends an event, and an open event says so', () => {
    const pm10 = [...calm, 500, Number.NaN, 300]
    expect(proposeSandPeriods({ pm10, pm25: fine(9) })).toMatchObject([
      { start: 6, end: 9, closed: false, peakPm10: 500 },
    ])
    expect(proposeSandPeriods({ pm10: [...calm, Number.NaN], pm25: fine(7) })).toEqual([])
    expect(proposeSandPeriods({ pm10: [...fine(6, Number.NaN), 500], pm25: fine(7) })).toEqual([])
  })

  test('a bureau may set its own numbers', () => {
    const pm10 = [...calm, 199, 100]
    const own = { ...sandCriteria.value, startMultiple: 1.5 }
    expect(proposeSandPeriods({ pm10, pm25: fine(8) }, own)).toHaveLength(1)
  })

  test('property: periods are ordered, do not overlap, and start above the threshold', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 10, max: 900 }), { maxLength: 120 }), (pm10) => {
        const periods = proposeSandPeriods({ pm10, pm25: pm10.map((value) => value / 3) })
        return periods.every(({ start, end, lingerEnd }, index) => {
          const before = periods[index - 1]
          return (
            pm10[start]! > 150 &&
            start < end &&
            end <= lingerEnd &&
            (before === undefined || before.end <= start)
          )
        })
      }),
    )
  })
})
