import { beijingYear } from '../beijing.ts'
import type { Status } from '../clause.ts'

/** When hours in a working condition are not judged: a sector's or a permit's rule. */
export interface ExemptionRule {
  readonly key: string
  readonly zh: string
  /** Codes of `workingConditions` to which it applies. */
  readonly conditions: readonly number[]
  /** Hours that may be exempt in a calendar year; null = no quota. */
  readonly maxHoursPerYear: number | null
  /** Consecutive hours in the condition that may be exempt; null = no such limit. */
  readonly maxHoursPerEvent: number | null
  readonly source: string
  readonly status: Status
}

export interface Quota {
  readonly rule: ExemptionRule
  year: number
  used: number
  run: number
  lastMs: number
}

export function makeQuota(rule: ExemptionRule): Quota {
  return { rule, year: Number.NaN, used: 0, run: 0, lastMs: Number.NaN }
}

const HOUR_MS = 3_600_000

/**
 * Counts this hour (epoch ms of its start) against the quota and says whether it is exempt. Hours go in order of time;
 * every hour in the condition uses quota, whether its data are valid or not. A new calendar year (Beijing) starts anew.
 */
export function exemptNow(quota: Quota, startMs: number, condition: number): boolean {
  const { rule } = quota
  if (!rule.conditions.includes(condition)) {
    quota.run = 0
    return false
  }
  const year = beijingYear(startMs)
  if (year !== quota.year) {
    quota.year = year
    quota.used = 0
  }
  quota.run = startMs - quota.lastMs === HOUR_MS ? quota.run + 1 : 1
  quota.lastMs = startMs
  if (rule.maxHoursPerEvent !== null && quota.run > rule.maxHoursPerEvent) return false
  if (rule.maxHoursPerYear !== null && quota.used >= rule.maxHoursPerYear) return false
  quota.used++
  return true
}
