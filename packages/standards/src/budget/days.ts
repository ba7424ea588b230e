import { type Evaluation, refusal, success } from '../clause.ts'
import { goodDayClause, ratioPercent } from '../days/excellent.ts'

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
