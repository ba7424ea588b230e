import { type Evaluation, refusal, standards, success } from '../clause.ts'
import {
  compare,
  divide,
  floorOf,
  multiply,
  type Rational,
  rational,
  subtract,
  toNumber,
} from '../gb8170/rational.ts'
import { roundRational } from '../gb8170/rounding.ts'

export const budgetClause = { standard: standards.gb3095_2026.id, at: '3（年平均）' }

export interface MeanBudgetInput {
  /** The target of the period's mean, as it is judged (rounded), e.g. 25. */
  readonly target: number
  /** Mean of the valid days so far (unrounded) and how many there are. */
  readonly meanSoFar: number
  readonly daysSoFar: number
  /** Days still to come that are expected to be valid. */
  readonly daysLeft: number
  /** Decimals with which the mean is rounded before it is compared with the target: 0, CO 1. */
  readonly decimals?: number | undefined
}

export interface MeanBudget {
  /** What the rest may average at most, rounded down to two decimals more than the judged value; null without days left. */
  readonly restMean: number | null
  readonly outcome: 'met' | 'open' | 'missed'
  /** Largest unrounded mean of the whole period that still meets the target, and whether itself meets it. */
  readonly ceiling: number
  readonly ceilingIncluded: boolean
}

/**
 * "What may the rest of the year average for the target to be met?" Exact: the rounded mean is compared, so that the
 * mean may reach half a unit above the target, the half itself only when the target's last digit is even (GB/T 8170).
 * `met`: already certain whatever comes (no days left), `missed`: not to be met even with zero concentration.
 */
export function budgetMean(input: MeanBudgetInput): Evaluation<MeanBudget> {
  const { target, meanSoFar, daysSoFar, daysLeft, decimals = 0 } = input
  const counts = [daysSoFar, daysLeft].every((days) => Number.isInteger(days) && days >= 0)
  const known = daysSoFar === 0 || meanSoFar >= 0
  if (!counts || !known || !(target >= 0) || daysSoFar + daysLeft === 0)
    return refusal('invalid-input', budgetClause, { detail: '天数应为非负整数，浓度和目标应为非负数' })
  const { bound, included } = roundingCeiling(target, decimals)
  const total = rational(daysSoFar + daysLeft)
  const used = daysSoFar === 0 ? rational(0) : multiply(rational(meanSoFar), rational(daysSoFar))
  const left = subtract(multiply(bound, total), used)
  const result = spread(left, daysLeft, included, decimals)
  const value = { ...result, ceiling: toNumber(bound), ceilingIncluded: included }
  const text = `(${toNumber(bound)}×${daysSoFar + daysLeft} − ${meanSoFar}×${daysSoFar})/${daysLeft}`
  const formula = `${text} ${included ? '≥' : '>'} ${result.restMean ?? result.outcome}`
  return success(value, [
    { rule: 'budget-mean', input, result: result.restMean, clause: budgetClause, formula },
  ])
}

/** Largest value that rounds (half to even) to at most `target`: target + half a unit, included when its digit is even. */
export function roundingCeiling(target: number, decimals: number): { bound: Rational; included: boolean } {
  const unit = rational(`1e${-decimals}`)
  const steps = floorOf(divide(rational(target), unit))
  const half = { n: 2n * steps + 1n, d: 2n }
  return { bound: multiply(half, unit), included: steps % 2n === 0n }
}

function spread(
  left: Rational,
  daysLeft: number,
  included: boolean,
  decimals: number,
): { restMean: number | null; outcome: MeanBudget['outcome'] } {
  const sign = compare(left, rational(0))
  const affordable = included ? sign >= 0 : sign > 0
  if (daysLeft === 0) return { restMean: null, outcome: affordable ? 'met' : 'missed' }
  if (!affordable) return { restMean: null, outcome: 'missed' }
  const scale = rational(`1e${decimals + 2}`)
  const scaled = multiply(divide(left, rational(daysLeft)), scale)
  const whole = floorOf(scaled)
  const exact = compare({ n: whole, d: 1n }, scaled) === 0
  const safe = exact && !included ? whole - 1n : whole
  return { restMean: roundRational({ n: safe, d: scale.n }, decimals + 2), outcome: 'open' }
}
