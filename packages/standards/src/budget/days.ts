import { type Evaluation, refusal, standards, success } from '../clause.ts'
import { goodDayClause, ratioPercent } from '../days/excellent.ts'
import { percentilePosition } from '../hj663/percentile.ts'

export interface DayBudgetInput {
  /** Target of the good-day ratio in %, e.g. 87.5. */
  readonly target: number
  readonly goodSoFar: number
  readonly validSoFar: number
  /** Days still to come that are expected to be valid. */
  readonly daysLeft: number
  readonly decimals?: number | undefined
}

export interface DayBudget {
  /** How many of the days left may be bad; 0 = none, null = the target cannot be met any more. */
  readonly affordable: number | null
  readonly outcome: 'met' | 'open' | 'missed'
  /** Ratio when every day left is good, and when every day left is bad. */
  readonly best: number
  readonly worst: number
}

/** "How many more bad days are affordable for the good-day target?" Compared after rounding to one decimal. */
export function budgetDays(input: DayBudgetInput): Evaluation<DayBudget> {
  const { target, goodSoFar, validSoFar, daysLeft, decimals = 1 } = input
  const counts = [goodSoFar, validSoFar, daysLeft].every((days) => Number.isInteger(days) && days >= 0)
  if (!counts || goodSoFar > validSoFar || validSoFar + daysLeft === 0 || !(target >= 0 && target <= 100))
    return refusal('invalid-input', goodDayClause, {
      detail: '天数应为非负整数且优良天数不多于有效天数，目标为0至100',
    })
  const total = validSoFar + daysLeft
  const ratio = (bad: number) => ratioPercent(goodSoFar + daysLeft - bad, total, decimals)
  const best = ratio(0)
  const worst = ratio(daysLeft)
  const affordable = best < target ? null : mostBadDays(ratio, target, daysLeft)
  const outcome = affordable === null ? 'missed' : worst >= target ? 'met' : 'open'
  const shown = affordable ?? 0
  const formula = `(${goodSoFar} + ${daysLeft} − ${shown})/${total} = ${ratio(shown)}% ${affordable === null ? '<' : '≥'} ${target}%`
  const finding = { rule: 'budget-days', input, result: affordable, clause: goodDayClause, formula }
  return success({ affordable, outcome, best, worst }, [finding])
}

/** The ratio falls with every bad day, so the largest affordable number is found by bisection. */
function mostBadDays(ratio: (bad: number) => number, target: number, daysLeft: number): number {
  let low = 0
  let high = daysLeft
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (ratio(middle) >= target) low = middle
    else high = middle - 1
  }
  return low
}

export interface PercentileBudgetInput {
  /** Limit or target of the percentile, e.g. 160 for the P90 of ozone. */
  readonly target: number
  readonly p: number
  /** Valid days so far, and how many of them are above the target. */
  readonly daysSoFar: number
  readonly aboveSoFar: number
  readonly daysLeft: number
}

export interface PercentileBudget {
  /** How many of the days left may be above the target whatever their height; null = already too many. */
  readonly affordable: number | null
  readonly outcome: 'met' | 'open' | 'missed'
  /** Most days above the target that the whole period can carry. */
  readonly capacity: number
}

export const percentileBudgetClause = { standard: standards.hj663_2013.id, at: '百分位数' }

/**
 * "How many more days above 160 can the P90 of ozone carry?" The percentile lies between X(s) and X(s+1): as long as
 * X(s+1) is not above the target it is met for certain, however high the days above are. `missed` is therefore strict:
 * a percentile between both neighbours may still just meet the target.
 */
export function budgetPercentileDays(input: PercentileBudgetInput): Evaluation<PercentileBudget> {
  const { target, p, daysSoFar, aboveSoFar, daysLeft } = input
  const counts = [daysSoFar, aboveSoFar, daysLeft].every((days) => Number.isInteger(days) && days >= 0)
  const total = daysSoFar + daysLeft
  if (!counts || aboveSoFar > daysSoFar || total === 0 || !(p > 0 && p <= 100))
    return refusal('invalid-input', percentileBudgetClause, {
      detail: '天数应为非负整数，超过天数不多于有效天数，百分位为0至100',
    })
  const { index, hundredths } = percentilePosition(total, p)
  // Zero-based place that must not be above the target; everything right of it may be.
  const place = hundredths === 0 ? index : index + 1
  const capacity = total - 1 - place
  const left = capacity - aboveSoFar
  const affordable = left < 0 ? null : Math.min(left, daysLeft)
  const outcome = affordable === null ? 'missed' : left >= daysLeft ? 'met' : 'open'
  const formula = `k = 1 + (${total}−1)×${p}%，可有${capacity}天高于${target}，已有${aboveSoFar}天`
  const finding = {
    rule: 'budget-percentile',
    input,
    result: affordable,
    clause: percentileBudgetClause,
    formula,
  }
  return success({ affordable, outcome, capacity }, [finding])
}
