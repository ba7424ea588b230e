import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ratioPercent } from '../days/excellent.ts'
import { exactMean } from '../gb8170/exact-sum.ts'
import { roundHalfEven } from '../gb8170/rounding.ts'
import { percentile } from '../hj663/percentile.ts'
import { compositeIndex } from '../ranking/composite-index.ts'
import { rankWithTies } from '../ranking/rank.ts'
import { budgetDays, budgetPercentileDays } from './days.ts'
import {
  indexInterval,
  meanInterval,
  percentileInterval,
  rankInterval,
  ratioInterval,
  targetUnderInterval,
} from './interval.ts'
import { budgetMean } from './mean.ts'

describe('what may the rest of the year average', () => {
  test('an even target may be reached on the half: 20.5 rounds to 20', () => {
    // (20.5 × 365 − 22 × 300)/65 = 13.576…
    expect(budgetMean({ target: 20, meanSoFar: 22, daysSoFar: 300, daysLeft: 65 })).toMatchObject({
      ok: true,
      value: { restMean: 13.57, outcome: 'open', ceiling: 20.5, ceilingIncluded: true },
    })
  })

  test('an odd target must stay below the half: 25.5 rounds to 26', () => {
    // (25.5 × 100 − 26 × 50)/50 = 25 exactly, which would give 25.5 → 26; so 24.99.
    expect(budgetMean({ target: 25, meanSoFar: 26, daysSoFar: 50, daysLeft: 50 })).toMatchObject({
      value: { restMean: 24.99, ceilingIncluded: false },
    })
    expect(budgetMean({ target: 26, meanSoFar: 27, daysSoFar: 50, daysLeft: 50 })).toMatchObject({
      value: { restMean: 26, ceilingIncluded: true },
    })
  })

  test('a target that zero concentration would not save is missed; without days left it is settled', () => {
    expect(budgetMean({ target: 20, meanSoFar: 40, daysSoFar: 300, daysLeft: 65 })).toMatchObject({
      value: { restMean: null, outcome: 'missed' },
    })
    expect(budgetMean({ target: 20, meanSoFar: 20.5, daysSoFar: 365, daysLeft: 0 })).toMatchObject({
      value: { outcome: 'met' },
    })
    expect(budgetMean({ target: 21, meanSoFar: 21.5, daysSoFar: 365, daysLeft: 0 })).toMatchObject({
      value: { outcome: 'missed' },
    })
  })

  test('at the start of the year the whole ceiling is open', () => {
    expect(budgetMean({ target: 30, meanSoFar: Number.NaN, daysSoFar: 0, daysLeft: 365 })).toMatchObject({
      value: { restMean: 30.5, outcome: 'open' },
    })
  })

  test('nonsense is refused', () => {
    expect(budgetMean({ target: 30, meanSoFar: 10, daysSoFar: 0, daysLeft: 0 }).ok).toBe(false)
    expect(budgetMean({ target: 30, meanSoFar: 10, daysSoFar: 1.5, daysLeft: 3 }).ok).toBe(false)
    expect(budgetMean({ target: -1, meanSoFar: 10, daysSoFar: 1, daysLeft: 3 }).ok).toBe(false)
  })

  test('property: with the answer the target is met, with a hundredth of the last digit more it is not', () => {
    const cases = fc.record({
      target: fc.integer({ min: 1, max: 80 }),
      meanSoFar: fc.integer({ min: 0, max: 900 }).map((tenths) => tenths / 10),
      daysSoFar: fc.integer({ min: 1, max: 364 }),
    })
    fc.assert(
      fc.property(cases, ({ target, meanSoFar, daysSoFar }) => {
        const daysLeft = 365 - daysSoFar
        const outcome = budgetMean({ target, meanSoFar, daysSoFar, daysLeft })
        if (!outcome.ok) return false
        const { restMean } = outcome.value
        const meanWith = (rest: number) =>
          (Math.round(meanSoFar * 10) * 10 * daysSoFar + Math.round(rest * 100) * daysLeft) / 36_500
        if (restMean === null) return roundHalfEven(meanWith(0), 0) > target
        return (
          roundHalfEven(meanWith(restMean), 0) <= target &&
          roundHalfEven(meanWith(restMean + 0.01), 0) > target
        )
      }),
      { numRuns: 1000 },
    )
  })
})

describe('how many more bad days are affordable', () => {
  test('the target 87.5 %, 280 good of 320 valid days, 45 to come', () => {
    // 319/365 = 87.4 %, 320/365 = 87.7 %: 325 − 320 = 5 bad days.
    expect(budgetDays({ target: 87.5, goodSoFar: 280, validSoFar: 320, daysLeft: 45 })).toMatchObject({
      ok: true,
      value: { affordable: 5, outcome: 'open', best: 89, worst: 76.7 },
    })
  })

  test('met whatever comes, missed whatever comes', () => {
    expect(budgetDays({ target: 50, goodSoFar: 300, validSoFar: 300, daysLeft: 65 })).toMatchObject({
      value: { affordable: 65, outcome: 'met' },
    })
    expect(budgetDays({ target: 95, goodSoFar: 200, validSoFar: 300, daysLeft: 65 })).toMatchObject({
      value: { affordable: null, outcome: 'missed' },
    })
  })

  test('more good than valid days are refused', () => {
    expect(budgetDays({ target: 90, goodSoFar: 11, validSoFar: 10, daysLeft: 5 }).ok).toBe(false)
  })

  test('property: the answer meets the target and one more bad day does not', () => {
    const cases = fc.record({
      target: fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10),
      validSoFar: fc.integer({ min: 1, max: 365 }),
      bad: fc.nat(),
    })
    fc.assert(
      fc.property(cases, ({ target, validSoFar, bad }) => {
        const goodSoFar = validSoFar - (bad % (validSoFar + 1))
        const daysLeft = 366 - validSoFar
        const outcome = budgetDays({ target, goodSoFar, validSoFar, daysLeft })
        if (!outcome.ok) return false
        const ratio = (more: number) => ratioPercent(goodSoFar + daysLeft - more, 366)
        const { affordable } = outcome.value
        if (affordable === null) return ratio(0) < target
        return ratio(affordable) >= target && (affordable === daysLeft || ratio(affordable + 1) < target)
      }),
    )
  })
})

describe('how many days above a limit a percentile can carry', () => {
  test('P90 of 365 days: k = 328.6, so 36 days may be above', () => {
    expect(
      budgetPercentileDays({ target: 160, p: 90, daysSoFar: 300, aboveSoFar: 20, daysLeft: 65 }),
    ).toMatchObject({
      ok: true,
      value: { capacity: 36, affordable: 16, outcome: 'open' },
    })
  })

  test('a whole k carries one day more, too many are missed, few are met', () => {
    const ask = (daysSoFar: number, aboveSoFar: number, daysLeft: number) =>
      budgetPercentileDays({ target: 160, p: 90, daysSoFar, aboveSoFar, daysLeft })
    expect(ask(11, 1, 0)).toMatchObject({ value: { capacity: 1, affordable: 0, outcome: 'met' } })
    expect(ask(300, 37, 65)).toMatchObject({ value: { affordable: null, outcome: 'missed' } })
    expect(ask(360, 2, 5)).toMatchObject({ value: { affordable: 5, outcome: 'met' } })
    expect(ask(3, 4, 5).ok).toBe(false)
  })

  test('property: with the affordable number the percentile meets, with one more it can fail', () => {
    const cases = fc.record({
      p: fc.constantFrom(90, 95, 98),
      daysSoFar: fc.integer({ min: 1, max: 300 }),
      above: fc.integer({ min: 0, max: 10 }),
    })
    fc.assert(
      fc.property(cases, ({ p, daysSoFar, above }) => {
        const aboveSoFar = Math.min(above, daysSoFar)
        const daysLeft = 365 - daysSoFar
        const outcome = budgetPercentileDays({ target: 160, p, daysSoFar, aboveSoFar, daysLeft })
        if (!outcome.ok) return false
        const withMore = (more: number) =>
          percentile(
            Array.from({ length: 365 }, (_, index) => (index < aboveSoFar + more ? 100_000 : 160)),
            p,
          )
        const { affordable } = outcome.value
        if (affordable === null) return withMore(0) > 160
        return withMore(affordable) <= 160 && (affordable === daysLeft || withMore(affordable + 1) > 160)
      }),
    )
  })
})

describe('figures under missing data are intervals that contain the truth', () => {
  const history = fc.array(fc.integer({ min: 5, max: 200 }), { minLength: 10, maxLength: 60 })
  const masked = history.chain((truth) =>
    fc.record({
      truth: fc.constant(truth),
      mask: fc.array(fc.boolean(), { minLength: truth.length, maxLength: truth.length }),
    }),
  )
  const hide = (truth: readonly number[], mask: readonly boolean[]) =>
    truth.map((value, index) => (mask[index] === true ? Number.NaN : value))
  const bounds = { low: 5, high: 200 }

  test('property: mean and percentile of the full history lie inside', () => {
    fc.assert(
      fc.property(masked, ({ truth, mask }) => {
        const seen = hide(truth, mask)
        const mean = meanInterval(seen, bounds)
        const high = percentileInterval(seen, 90, bounds)
        const [m, p] = [exactMean(truth), percentile(truth, 90)]
        return mean.low <= m && m <= mean.high && high.low <= p && p <= high.high
      }),
    )
  })

  test('property: nothing missing leaves a point', () => {
    fc.assert(
      fc.property(history, (truth) => {
        const { low, high } = meanInterval(truth, bounds)
        return low === high && low === exactMean(truth)
      }),
    )
  })

  test('property: the good-day ratio lies inside', () => {
    fc.assert(
      fc.property(masked, ({ truth, mask }) => {
        const seen = truth.filter((_, index) => mask[index] !== true)
        const good = (values: readonly number[]) => values.filter((value) => value <= 100).length
        const { low, high } = ratioInterval(good(seen), seen.length, truth.length - seen.length)
        const ratio = ratioPercent(good(truth), truth.length)
        return low <= ratio && ratio <= high
      }),
    )
  })

  test('property: the true rank of a masked city lies inside its possible ranks', () => {
    const city = fc.record({
      truth: fc.array(fc.integer({ min: 5, max: 90 }), { minLength: 12, maxLength: 12 }),
      mask: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
    })
    const indexOf = (pm25: number) => {
      const outcome = compositeIndex({ pm25, pm10: 60, o3: 140, no2: 25, so2: 9, co: 1 }, '2012', {
        rounding: 'none',
      })
      if (!outcome.ok) throw new Error('refused')
      return outcome.value.index
    }
    fc.assert(
      fc.property(fc.array(city, { minLength: 2, maxLength: 8 }), (cities) => {
        const truth = rankWithTies(
          cities.map((each, index) => ({ id: `${index}`, value: indexOf(exactMean(each.truth)) })),
        )
        const possible = rankInterval(
          cities.map((each, index) => {
            const { low, high } = meanInterval(hide(each.truth, each.mask), { low: 5, high: 90 })
            return { id: `${index}`, interval: { low: indexOf(low), high: indexOf(high) } }
          }),
        )
        return truth.every(({ id, rank }) => {
          const range = possible.find((each) => each.id === id)!
          return range.best <= rank && rank <= range.worst
        })
      }),
    )
  })

  test('intervals that only touch can tie, and a tie shares the better rank', () => {
    const entry = (id: string, low: number, high: number) => ({ id, interval: { low, high } })
    expect(rankInterval([entry('a', 3, 3.2), entry('b', 3.2, 3.4)])).toEqual([
      { id: 'a', best: 1, worst: 1 },
      { id: 'b', best: 1, worst: 2 },
    ])
  })

  test('the index of intervals is an interval, and a missing item leaves none', () => {
    const point = (value: number) => ({ low: value, high: value })
    const items = {
      pm25: { low: 28, high: 35 },
      pm10: point(58),
      o3: point(158),
      no2: point(28),
      so2: point(8),
      co: point(1),
    }
    const { low, high } = indexInterval(items, '2012')!
    expect([low, high]).toEqual([3.7, 3.9])
    expect(indexInterval({ ...items, co: point(Number.NaN) }, '2012')).toBeNull()
  })

  test('bounds may differ by day', () => {
    const byDay = (index: number) => (index === 0 ? { low: 1, high: 1 } : { low: 3, high: 5 })
    expect(meanInterval([Number.NaN, Number.NaN], byDay)).toEqual({ low: 2, high: 3 })
  })

  test('a target is met, open or missed by the ends of the interval', () => {
    expect(targetUnderInterval({ low: 18, high: 20 }, 20)).toBe('met')
    expect(targetUnderInterval({ low: 18, high: 21 }, 20)).toBe('open')
    expect(targetUnderInterval({ low: 21, high: 22 }, 20)).toBe('missed')
  })
})
