/** Which limits a law writes as “日” and counts as working days. */
import { type Clause, clauseOf } from '../clause.ts'
import { deadlineStandards as of } from './clauses.ts'

export interface ShortPeriodRule {
  readonly clause: Clause
  /** Numbers of days that are working days in this law; `all`, or all up to a number. */
  readonly workingDays: readonly number[] | 'all' | { readonly upTo: number }
}

export const shortPeriodRules = {
  行政处罚法: { clause: clauseOf(of.penalty)('第八十五条'), workingDays: [2, 3, 5, 7] },
  行政强制法: { clause: clauseOf(of.coercion)('第六十九条'), workingDays: { upTo: 10 } },
  行政复议法: { clause: clauseOf(of.review)('第八十八条'), workingDays: [3, 5, 7, 10] },
  行政许可法: { clause: clauseOf(of.licensing)('第八十二条'), workingDays: 'all' },
  '公治〔2014〕853号': { clause: clauseOf(of.detention)('第十九条'), workingDays: 'all' },
} as const satisfies Record<string, ShortPeriodRule>

export type ShortPeriodLaw = keyof typeof shortPeriodRules

export const shortPeriodLaws = Object.keys(shortPeriodRules) as readonly ShortPeriodLaw[]

/** How a limit of so many “日” in a law is counted. A law without a rule means calendar days unless it says 工作日. */
export function dayUnitOf(law: ShortPeriodLaw, days: number): 'working-day' | 'day' {
  const { workingDays }: ShortPeriodRule = shortPeriodRules[law]
  if (workingDays === 'all') return 'working-day'
  const counts = 'upTo' in workingDays ? days <= workingDays.upTo : workingDays.includes(days)
  return counts ? 'working-day' : 'day'
}
