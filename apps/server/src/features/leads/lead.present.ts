import {
  type Lead,
  type LeadBrief,
  type LeadHistoryEntry,
  type LeadOccurrence,
  leadLevelTitles,
} from '@shanshui/contract'
import { isoOf } from '../series/index.ts'
import { factorName } from './factor-name.ts'
import type { HistoryRow, LeadRow, Occurrence } from './lead.table.ts'
import { isActive } from './lead-decision.ts'
import { stepTitles } from './lead-states.ts'

const named = (factor: string) => ({
  factor: factor === '' ? null : factor,
  factorName: factor === '' ? null : factorName(factor),
})

export function presentLead(row: LeadRow, nowMs: number): Lead {
  return {
    id: row.id,
    rule: {
      id: row.rule_id,
      title: row.rule_title ?? row.rule_id,
      family: row.rule_family ?? 'other',
      clause: row.rule_clause ?? '',
      status: row.rule_status ?? 'design',
    },
    state: row.state,
    level: row.level,
    score: row.score,
    weight: row.weight,
    feature: { id: row.feature_id, kind: row.feature_kind, code: row.feature_code, name: row.feature_name },
    enterprise:
      row.enterprise_id === null
        ? null
        : { id: row.enterprise_id, name: row.enterprise_name ?? '（不在本人范围内）' },
    regionCode: row.region_code,
    regionName: row.region_name,
    ...named(row.factor),
    from: isoOf(row.from_ms),
    to: isoOf(row.to_ms),
    occurrences: row.occurrences,
    statistic: row.statistic,
    threshold: row.threshold,
    n: row.n,
    explanation: row.explanation,
    refutation: row.refutation,
    openedAt: isoOf(row.opened_ms),
    changedAt: isoOf(row.changed_ms),
    acknowledgedBy: row.acknowledged_by_name,
    dueAt: row.due_ms === null ? null : isoOf(row.due_ms),
    overdue: isActive(row.state) && row.due_ms !== null && row.due_ms < nowMs,
    escalation: row.escalation,
    outcome: row.outcome,
    outcomeGrounds: row.outcome_grounds,
    dismissal: row.dismissal,
    version: row.version,
  }
}

export function presentBrief(row: LeadRow): LeadBrief {
  return {
    id: row.id,
    ruleId: row.rule_id,
    ruleTitle: row.rule_title ?? row.rule_id,
    featureId: row.feature_id,
    featureName: row.feature_name,
    ...named(row.factor),
    state: row.state,
    level: row.level,
    score: row.score,
    openedAt: isoOf(row.opened_ms),
    outcome: row.outcome,
    version: row.version,
  }
}

const levelNote = (note: string | null) =>
  note !== null && note in leadLevelTitles
    ? `${leadLevelTitles[note as keyof typeof leadLevelTitles].zh}`
    : note

export function presentHistory(row: HistoryRow): LeadHistoryEntry {
  return {
    at: isoOf(row.at_ms),
    action: row.action,
    title: stepTitles[row.action] ?? row.action,
    by: row.by_name,
    note: levelNote(row.note),
    from: row.state_from,
    to: row.state_to,
  }
}

export function presentOccurrence(o: Occurrence): LeadOccurrence {
  return {
    from: isoOf(o.fromMs),
    to: isoOf(o.toMs),
    statistic: o.statistic.value,
    threshold: o.threshold,
    n: o.n,
    explanation: o.explanation,
  }
}
