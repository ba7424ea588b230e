import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Progress, satisfies, standingOfTarget } from './target-standing.ts'

const progress = (over: Partial<Progress> = {}): Progress => ({
  value: 24,
  exact: 24.2,
  days: 300,
  goodDays: 270,
  validDays: 300,
  daysLeft: 65,
  unit: 'µg/m³',
  decimals: 0,
  ...over,
})
const pm25 = {
  id: 1,
  title: 'PM2.5 不高于 24',
  indicator: 'air.mean.pm25',
  year: 2022,
  comparison: '<=',
  reach: 24,
} as const
const ratio = {
  id: 2,
  title: '优良率',
  indicator: 'air.excellent.ratio',
  year: 2022,
  comparison: '>=',
  reach: 87.5,
} as const
const heavy = {
  id: 3,
  title: '重污染天',
  indicator: 'air.heavy.days',
  year: 2022,
  comparison: '<=',
  reach: 3,
} as const

describe('a target when its year is over', () => {
  it('is met or missed by the printed value', () => {
    expect(standingOfTarget(pm25, progress({ daysLeft: 0 })).status).toBe('met')
    expect(standingOfTarget(pm25, progress({ daysLeft: 0, value: 25, exact: 24.6 })).status).toBe('missed')
  })
  it('is unknown without a value', () => {
    expect(standingOfTarget(pm25, progress({ value: null, exact: null })).status).toBe('unknown')
  })
})

describe('a target under way', () => {
  it('says what the rest of the year may average', () => {
    // 24.5 × 365 − 24.2 × 300 = 1682.5; / 65 = 25.88…
    const standing = standingOfTarget(pm25, progress())
    expect(standing.status).toBe('on-track')
    expect(standing.whatItTakes).toBe('PM2.5 到 12 月 31 日前 65 天平均不得高于 25.8 µg/m³')
  })
  it('is missed when even zero would not do', () => {
    const standing = standingOfTarget(pm25, progress({ value: 40, exact: 40, days: 360, daysLeft: 5 }))
    expect(standing.status).toBe('missed')
    expect(standing.budget?.reachable).toBe(false)
  })
  it('is at risk while above the target but still reachable', () => {
    expect(standingOfTarget(pm25, progress({ value: 26, exact: 26 })).status).toBe('at-risk')
  })
  it('says how many bad days are affordable', () => {
    const { budget } = standingOfTarget(ratio, progress({ value: 90, exact: 90, unit: '%', decimals: 1 }))
    // 87.5 % of 365 needs at least 87.45 %: 320 good days (319 give 87.4), so 50 of the 65 left.
    expect(budget?.goodDaysNeeded).toBe(50)
    expect(budget?.badDaysAffordable).toBe(15)
  })
  it('is met for certain when the rest cannot spoil it', () => {
    const standing = standingOfTarget(
      ratio,
      progress({ value: 99, exact: 99, goodDays: 340, validDays: 342, daysLeft: 10, unit: '%' }),
    )
    expect(standing.status).toBe('met')
  })
  it('counts what is left of heavy days', () => {
    expect(
      standingOfTarget(heavy, progress({ value: 1, exact: 1, unit: '天' })).budget?.badDaysAffordable,
    ).toBe(2)
    expect(standingOfTarget(heavy, progress({ value: 4, exact: 4, unit: '天' })).status).toBe('missed')
  })
})

it('a rest of the year at the allowed mean always meets the target (property)', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 60 }),
      fc.integer({ min: 0, max: 7000 }),
      fc.integer({ min: 30, max: 364 }),
      (reach, hundredths, days) => {
        const exact = hundredths / 100
        const daysLeft = 365 - days
        const { budget } = standingOfTarget(
          { ...pm25, reach },
          progress({ value: Math.round(exact), exact, days, daysLeft }),
        )
        if (budget === null || budget.restMeanText === null) return
        const year = (exact * days + Number(budget.restMeanText) * daysLeft) / 365
        expect(year).toBeLessThanOrEqual(reach + 0.5)
      },
    ),
  )
})

it('compares as the target says', () => {
  expect([
    satisfies(1, '<=', 1),
    satisfies(1, '<', 1),
    satisfies(1, '=', 1),
    satisfies(2, '>', 1),
    satisfies(1, '>=', 2),
  ]).toEqual([true, false, true, true, false])
})
