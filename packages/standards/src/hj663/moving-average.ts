import { type Evaluation, refusal, standards, success } from '../clause.ts'
import type { AirEdition } from '../gb3095/editions.ts'
import type { AirItem } from '../gb3095/items.ts'
import { exactMean } from '../gb8170/exact-sum.ts'
import { roundHalfEven } from '../gb8170/rounding.ts'
import { decimalsFor } from './clauses.ts'

/** HJ 663-2026 introduces the three-year moving average; its text was not available: this is an interpretation. */
export const movingAverageRule = {
  value: { years: 3, average: 'unrounded annual values, rounded once' },
  source: 'HJ 663-2026 三年滑动平均评价（解释）',
  status: 'unverified',
} as const

export const movingAverageClause = { standard: standards.hj663_2026.id, at: '三年滑动平均评价' }

/**
 * Mean of the annual statistic of years y−2, y−1, y (unrounded), all three valid, rounded once. Unverified
 * interpretation; show it next to the single-year value.
 */
export function threeYearAverage(
  item: AirItem,
  annual: readonly [number, number, number],
  edition: AirEdition,
): Evaluation<{ value: number; rounded: number }> {
  const missing = annual.flatMap((value, index) => (value >= 0 ? [] : [index === 2 ? 'y' : `y-${2 - index}`]))
  if (missing.length > 0) return refusal('insufficient-data', movingAverageClause, { missing })
  const value = exactMean(annual)
  const rounded = roundHalfEven(value, decimalsFor(edition, item).compliance)
  const formula = `(${annual.join(' + ')})/3 = ${value} → ${rounded}`
  return success({ value, rounded }, [
    { rule: 'three-year-average', input: annual, result: rounded, clause: movingAverageClause, formula },
  ])
}
