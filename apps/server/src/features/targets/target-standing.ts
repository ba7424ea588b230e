import type { AirBudget, TargetComparison, TargetStatus } from '@shanshui/contract'
import { type AirItem, airItemInfo, airItems, budgetDays, budgetMean } from '@shanshui/standards'
import type { TargetRow } from './target.table.ts'

/** What is known of the target's indicator at the end of the period so far. */
export interface Progress {
  /** Printed value; null: the standard gives none. */
  readonly value: number | null
  /** Unrounded. */
  readonly exact: number | null
  /** Valid days so far. */
  readonly days: number
  readonly goodDays: number
  readonly validDays: number
  /** Days of the target's year still to come; 0 when it is over. */
  readonly daysLeft: number
  readonly unit: string
  readonly decimals: number
}

export interface TargetStanding {
  readonly status: TargetStatus
  readonly distance: number | null
  readonly distanceText: string
  readonly whatItTakes: string
  readonly budget: AirBudget | null
}

type Target = Pick<TargetRow, 'id' | 'title' | 'indicator' | 'year' | 'comparison' | 'reach'>

export function satisfies(value: number, comparison: TargetComparison, reach: number): boolean {
  switch (comparison) {
    case '<=':
      return value <= reach
    case '>=':
      return value >= reach
    case '<':
      return value < reach
    case '>':
      return value > reach
    case '=':
      return value === reach
  }
}

/** Where a target stands: judged when its year is over, else what the rest of the year has to be. */
export function standingOfTarget(target: Target, progress: Progress): TargetStanding {
  const { value, daysLeft } = progress
  if (value === null) {
    return { status: 'unknown', distance: null, distanceText: '—', whatItTakes: '尚无有效数据', budget: null }
  }
  const meets = satisfies(value, target.comparison, target.reach)
  const distance = Number((value - target.reach).toFixed(6))
  const shown = { distance, distanceText: distanceText(target, progress, distance) }
  if (daysLeft === 0) {
    const whatItTakes = meets ? '目标已完成' : '目标未完成'
    return { ...shown, status: meets ? 'met' : 'missed', whatItTakes, budget: null }
  }
  const budget = budgetOf(target, progress)
  if (budget === null) {
    const whatItTakes = meets ? '目前符合目标，须保持到年底' : `目前不符合目标，差 ${shown.distanceText}`
    return { ...shown, status: meets ? 'on-track' : 'at-risk', whatItTakes, budget: null }
  }
  const status: TargetStatus = budget.secured
    ? 'met'
    : !budget.row.reachable
      ? 'missed'
      : meets
        ? 'on-track'
        : 'at-risk'
  return { ...shown, status, whatItTakes: budget.row.sentence, budget: budget.row }
}

function distanceText(target: Target, { unit, decimals }: Progress, distance: number): string {
  const text = `${Math.abs(distance).toFixed(Math.max(decimals, decimalsOf(target.reach)))}${unit === '' ? '' : ` ${unit}`}`
  if (distance === 0) return '与目标持平'
  return distance > 0 ? `高于目标 ${text}` : `低于目标 ${text}`
}

const decimalsOf = (value: number): number => (String(value).split('.')[1] ?? '').length

interface Budget {
  readonly row: AirBudget
  /** Certain whatever comes. */
  readonly secured: boolean
}

function budgetOf(target: Target, progress: Progress): Budget | null {
  const item = airItems.find((i) => target.indicator === `air.mean.${i}`)
  if (item !== undefined && target.comparison === '<=') return meanBudget(target, progress, item)
  if (target.indicator === 'air.excellent.ratio' && target.comparison === '>=')
    return ratioBudget(target, progress)
  if (target.indicator === 'air.heavy.days' && target.comparison === '<=')
    return countBudget(target, progress)
  return null
}

const blank = (target: Target, { unit, daysLeft }: Progress): AirBudget => ({
  targetId: target.id,
  title: target.title,
  indicator: target.indicator,
  reach: target.reach,
  unit,
  remainingDays: daysLeft,
  restMean: null,
  restMeanText: null,
  badDaysAffordable: null,
  goodDaysNeeded: null,
  reachable: true,
  sentence: '',
})

function meanBudget(target: Target, progress: Progress, item: AirItem): Budget | null {
  const info = airItemInfo[item]
  const result = budgetMean({
    target: target.reach,
    meanSoFar: progress.exact ?? Number.NaN,
    daysSoFar: progress.days,
    daysLeft: progress.daysLeft,
    decimals: Math.max(info.decimals, decimalsOf(target.reach)),
  })
  if (!result.ok) return null
  const { restMean, outcome } = result.value
  const row = blank(target, progress)
  if (outcome === 'missed' || restMean === null) {
    const sentence = `其余 ${progress.daysLeft} 天即使浓度为零，${info.zh} 年均值也不能达到 ${target.reach} ${info.unit}`
    return { row: { ...row, reachable: false, sentence }, secured: false }
  }
  // Rounded down: what the sentence allows must never be too much.
  const text = (Math.floor(restMean * 10 + 1e-9) / 10).toFixed(1)
  const sentence = `${info.zh} 到 12 月 31 日前 ${progress.daysLeft} 天平均不得高于 ${text} ${info.unit}`
  return { row: { ...row, restMean, restMeanText: text, sentence }, secured: false }
}

function ratioBudget(target: Target, progress: Progress): Budget | null {
  const { goodDays, validDays, daysLeft } = progress
  const result = budgetDays({ target: target.reach, goodSoFar: goodDays, validSoFar: validDays, daysLeft })
  if (!result.ok) return null
  const { affordable, outcome, best } = result.value
  const row = blank(target, progress)
  if (affordable === null) {
    const sentence = `其余 ${daysLeft} 天即使全部优良，优良天数比例也只能达到 ${best.toFixed(1)}%`
    return { row: { ...row, reachable: false, sentence }, secured: false }
  }
  const needed = daysLeft - affordable
  const sentence =
    outcome === 'met'
      ? `其余 ${daysLeft} 天无论如何都能完成`
      : `其余 ${daysLeft} 天至多还可出现 ${affordable} 个超标天，须有 ${needed} 个优良天`
  return {
    row: { ...row, badDaysAffordable: affordable, goodDaysNeeded: needed, sentence },
    secured: outcome === 'met',
  }
}

function countBudget(target: Target, progress: Progress): Budget | null {
  const left = target.reach - (progress.value ?? 0)
  const row = blank(target, progress)
  if (left < 0)
    return { row: { ...row, reachable: false, sentence: `已超过目标 ${-left} 天` }, secured: false }
  const sentence = left === 0 ? '不能再出现重度及以上污染天' : `至多还可出现 ${left} 个重度及以上污染天`
  return { row: { ...row, badDaysAffordable: left, sentence }, secured: left >= progress.daysLeft }
}
