import { ratioPercent } from '../days/excellent.ts'
import type { AirEdition } from '../gb3095/editions.ts'
import { type AirItem, airItems } from '../gb3095/items.ts'
import { exactMean } from '../gb8170/exact-sum.ts'
import { percentile } from '../hj663/percentile.ts'
import { compositeIndex, type IndexOptions } from '../ranking/composite-index.ts'

/** A figure under missing data: the true value lies between both ends if the missing days lie within their bounds. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** What a missing day can at least and at most have been. */
export type DayBounds = Interval | ((index: number) => Interval)

/** Mean with the missing days (NaN) at their lower and at their upper bound. */
export function meanInterval(values: ArrayLike<number>, bounds: DayBounds): Interval {
  return bothWays(values, bounds, exactMean)
}

/** Percentile with the missing days at their bounds; a percentile never falls when a value rises. */
export function percentileInterval(values: ArrayLike<number>, p: number, bounds: DayBounds): Interval {
  return bothWays(values, bounds, (filled) => percentile(filled, p))
}

function bothWays(
  values: ArrayLike<number>,
  bounds: DayBounds,
  statistic: (filled: Float64Array) => number,
): Interval {
  const fill = (end: 'low' | 'high') =>
    Float64Array.from({ length: values.length }, (_, index) => {
      const value = values[index] as number
      if (!Number.isNaN(value)) return value
      return (typeof bounds === 'function' ? bounds(index) : bounds)[end]
    })
  return { low: statistic(fill('low')), high: statistic(fill('high')) }
}

/** Good-day ratio in % when the missing days were all bad, all good, or never valid (unknown denominators). */
export function ratioInterval(good: number, valid: number, missing: number, decimals = 1): Interval {
  return {
    low: ratioPercent(good, valid + missing, decimals),
    high: ratioPercent(good + missing, valid + missing, decimals),
  }
}

/**
 * Possible ranks of one entry when every value is only known as an interval (lower is better). Best: one more than
 * those surely below it; worst: one more than those that may be below it. Equal values share a rank.
 */
export function rankInterval(
  entries: readonly { readonly id: string; readonly interval: Interval }[],
): { id: string; best: number; worst: number }[] {
  return entries.map(({ id, interval }) => {
    const others = entries.filter((other) => other.id !== id)
    const best = 1 + others.filter((other) => other.interval.high < interval.low).length
    const worst = 1 + others.filter((other) => other.interval.low < interval.high).length
    return { id, best, worst }
  })
}

/** Whether a "not above" target is met for every, for some or for no value of the interval. */
export function targetUnderInterval(interval: Interval, target: number): 'met' | 'open' | 'missed' {
  if (interval.high <= target) return 'met'
  return interval.low > target ? 'missed' : 'open'
}

/** Composite index when every item is only known as an interval; null when an item is missing altogether. */
export function indexInterval(
  items: Readonly<Record<AirItem, Interval>>,
  edition: AirEdition,
  options: IndexOptions = {},
): Interval | null {
  const at = (end: 'low' | 'high') =>
    Object.fromEntries(airItems.map((item) => [item, items[item][end]])) as Record<AirItem, number>
  const low = compositeIndex(at('low'), edition, options)
  const high = compositeIndex(at('high'), edition, options)
  return low.ok && high.ok ? { low: low.value.index, high: high.value.index } : null
}
