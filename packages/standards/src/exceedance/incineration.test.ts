import { describe, expect, test } from 'vitest'
import { convertedConcentration } from '../conversion/oxygen.ts'
import { allowanceHour, incinerationDay, incinerationMonthOrders } from './incineration.ts'
import { compare } from './multiple.ts'
import { rollUpExceedances } from './roll-up.ts'

const hcl = (value: number | null) => [{ factor: 'a21024', value, limit: 50, decimals: 0 }]
const furnace = (cold: number, below: number) =>
  Array.from({ length: 288 }, (_, index) => (index < cold ? below - 1 : below))

describe('incinerator days', () => {
  test('HCl daily mean 51 against 50 is an exceedance day', () => {
    expect(incinerationDay('municipal', hcl(51), [])).toMatchObject({
      exceedanceDay: true,
      exceeding: ['a21024'],
    })
    expect(incinerationDay('municipal', hcl(50.4), []).exceedanceDay).toBe(false)
    expect(incinerationDay('municipal', hcl(null), []).exceedanceDay).toBe(false)
  })

  test('hazardous: hours of 58 meet 60 while the day of 51 exceeds 50 (9.4)', () => {
    expect(compare(58, { value: 60, decimals: 0 })).toBe('meets')
    expect(incinerationDay('hazardous', hcl(51), []).exceedanceDay).toBe(true)
  })

  test('furnace: municipal from the fifth cold mean, hazardous and medical more than five times', () => {
    const violates = (kind: 'municipal' | 'hazardous' | 'medical', cold: number, below: number) =>
      incinerationDay(kind, [], furnace(cold, below)).furnaceViolation
    expect([4, 5].map((cold) => violates('municipal', cold, 850))).toEqual([false, true])
    expect([5, 6].map((cold) => violates('hazardous', cold, 1100))).toEqual([false, true])
    expect([5, 6].map((cold) => violates('medical', cold, 850))).toEqual([false, true])
    expect(incinerationDay('municipal', [], [Number.NaN]).coldMeans).toBe(0)
  })

  test('start-up hour: particulate 140 exempt, 155 a violation; past 60 hours the data count', () => {
    expect(allowanceHour('hazardous', 10, 140)).toBe('exempt')
    expect(allowanceHour('hazardous', 10, 155)).toBe('particulate-violation')
    expect(allowanceHour('hazardous', 60, 140)).toBe('counts')
  })

  test('enriched air of 30 % converts with its own oxygen', () => {
    const { value } = convertedConcentration(40, 14, { kind: 'oxygen-enriched', o2: 11, supplyO2: 30 })
    expect(value).toBeCloseTo(25, 12)
  })

  test('five exceedance days in a month', () => {
    expect([4, 5].map(incinerationMonthOrders)).toEqual([false, true])
  })
})

describe('roll-up to enterprises and parks', () => {
  const event = (outlet: string, factor: string, hours: number, multiple: number) => ({
    outlet,
    factor,
    hours,
    multiple,
    fromMs: 0,
  })

  test('hours and events are added, the worst multiple is named, an outlet of nobody is left out', () => {
    const events = [
      event('甲-1', 'a21026', 3, 0.5),
      event('甲-2', 'a21002', 1, 1.2),
      event('甲-1', 'w01001', 1, Number.NaN),
      event('乙-1', 'a21026', 2, 0.1),
      event('丙-1', 'a21026', 9, 9),
    ]
    const rolled = rollUpExceedances(events, (outlet) =>
      outlet.startsWith('丙') ? null : outlet.slice(0, 1),
    )
    expect(rolled).toEqual([
      {
        key: '甲',
        outlets: 2,
        events: 3,
        factorHours: 5,
        worstMultiple: 1.2,
        worst: { outlet: '甲-2', factor: 'a21002' },
        factors: ['a21002', 'a21026', 'w01001'],
      },
      {
        key: '乙',
        outlets: 1,
        events: 1,
        factorHours: 2,
        worstMultiple: 0.1,
        worst: { outlet: '乙-1', factor: 'a21026' },
        factors: ['a21026'],
      },
    ])
  })

  test('only pH: there is no worst multiple', () => {
    const [one] = rollUpExceedances([event('甲', 'w01001', 1, Number.NaN)], () => '甲')
    expect([one?.worst, one?.worstMultiple]).toEqual([null, Number.NaN])
  })
})
