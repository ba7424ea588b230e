import { describe, expect, test } from 'vitest'
import { hospitalFacility, nmhcRemovalDuty, nozzlePlan, nozzleTest } from './duties.ts'

describe('duties that depend on a size', () => {
  test('NMHC of 2.4 kg/h has to be removed to 80 % only in a key region', () => {
    expect([nmhcRemovalDuty(2.4, false), nmhcRemovalDuty(2.4, true), nmhcRemovalDuty(3, false)]).toEqual([
      null,
      80,
      80,
    ])
    expect(nmhcRemovalDuty(5, true, true)).toBeNull()
  })

  test('12 nozzles, 8 tested, one at 1.21: not exceeded; 6 nozzles, one at 1.21: exceeded', () => {
    const good = (count: number) => Array.from({ length: count }, () => 1.1)
    expect(nozzleTest(12, [1.21, ...good(7)])).toEqual({ bad: 1, exceeds: false, enough: true })
    expect(nozzleTest(6, [1.21, ...good(5)])).toEqual({ bad: 1, exceeds: true, enough: true })
    expect(nozzleTest(12, good(7)).enough).toBe(false)
  })

  test('the plan at its bounds', () => {
    const plans = [1, 6, 7, 10, 11, 15, 16, 20, 21].map((nozzles) => {
      const { test: tested, exceedsFrom } = nozzlePlan(nozzles)
      return [tested, exceedsFrom]
    })
    expect(plans).toEqual([
      [1, 1],
      [6, 1],
      [6, 1],
      [6, 1],
      [8, 2],
      [8, 2],
      [10, 2],
      [10, 2],
      [12, 3],
    ])
    expect(() => nozzlePlan(0)).toThrow(RangeError)
  })

  test('a township hospital of 15 beds disinfects only; a county hospital to a treated sewer has table 2', () => {
    const hospital = { beds: 15, countyLevel: false, infectious: false, toTreatedSewer: true }
    expect(hospitalFacility(hospital)).toBeNull()
    expect(hospitalFacility({ ...hospital, countyLevel: true })).toBe('hospital-water-pretreatment')
    expect(hospitalFacility({ ...hospital, beds: 20, toTreatedSewer: false })).toBe('hospital-water')
    expect(hospitalFacility({ ...hospital, infectious: true })).toBe('hospital-water-infectious')
  })
})
