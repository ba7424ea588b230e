import type { DismissalReason, LeadLevelName, LeadStateName } from '@shanshui/contract'

/** What a rule, or another room, says about an object. Windows are half-open, `fromMs <= t < toMs`. */
export interface LeadDraft {
  readonly ruleId: string
  readonly featureId: number
  readonly enterpriseId: number | null
  readonly factor: string | null
  readonly regionCode: number
  readonly ownerId: number
  readonly fromMs: number
  readonly toMs: number
  /** Weight of this rule alone, at most 0.6; the combined score is worked out from all open leads of the object. */
  readonly score: number
  readonly level: LeadLevelName
  readonly statistic: Statistic
  readonly threshold: string
  /** Number of data behind the statistic. */
  readonly n: number
  readonly explanation: string
  readonly refutation: string
  readonly evidence: { readonly hoursMs: readonly number[]; readonly msgs: readonly string[] }
  /** Operator company of the object, for the precision by operator. */
  readonly operator?: string | null
}

export interface Statistic {
  readonly name: string
  readonly value: number
  readonly unit?: string
}

export type LeadTransition = 'opened' | 'continued' | 'escalated' | 'none'

export interface Occurrence {
  readonly leadId: number
  readonly fromMs: number
  readonly toMs: number
  readonly score: number
  readonly statistic: Statistic
  readonly threshold: string
  readonly n: number
  readonly explanation: string
  readonly refutation: string
  readonly hoursMs: readonly number[]
  readonly msgs: readonly string[]
}

/** A lead as the engine sees it. */
export interface LeadStanding {
  readonly id: number
  readonly featureId: number
  readonly ruleId: string
  readonly factor: string
  readonly state: LeadStateName
  readonly level: LeadLevelName
  readonly weight: number
  readonly score: number
  readonly fromMs: number
  readonly toMs: number
  readonly openings: number
  readonly openedMs: number
  readonly quietSinceMs: number | null
  readonly endedMs: number | null
  readonly lowSinceMs: number | null
  readonly regionCode: number
  readonly ownerId: number
}

/** A lead as people see it, with names. */
export interface LeadRow {
  id: number
  feature_id: number
  feature_kind: string
  feature_code: string
  feature_name: string
  enterprise_id: number | null
  enterprise_name: string | null
  rule_id: string
  rule_title: string | null
  rule_family: string | null
  rule_clause: string | null
  rule_status: string | null
  factor: string
  region_code: number
  region_name: string | null
  owner_id: number
  operator: string | null
  state: LeadStateName
  level: LeadLevelName
  weight: number
  score: number
  from_ms: number
  to_ms: number
  occurrences: number
  statistic: Statistic
  threshold: string
  n: number
  explanation: string
  refutation: string
  opened_ms: number
  changed_ms: number
  acknowledged_by_name: string | null
  due_ms: number | null
  escalation: number
  outcome: 'confirmed' | 'not-confirmed' | null
  outcome_grounds: string | null
  dismissal: DismissalReason | null
  version: number
}

export interface HistoryRow {
  at_ms: number
  action: string
  by_name: string | null
  note: string | null
  state_from: LeadStateName | null
  state_to: LeadStateName | null
}
