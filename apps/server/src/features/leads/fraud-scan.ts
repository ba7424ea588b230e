/** The rules of @shanshui/fraud as rules of this room. */
import { type FraudLead, type FraudRule, fraudRules, type OutletFrame, scanOutlet } from '@shanshui/fraud'
import { hourMs } from '../series/index.ts'
import type { RuleRow, RuleSeed } from './rule.table.ts'

/** How long a pattern must be gone before its lead is calmed: what was seen is still to be looked into. */
const calmAfterHours = 720
const shortest = {
  name: 'minHours',
  zh: '最短时段',
  en: 'Shortest window',
  unit: 'h',
  default: 1,
  min: 1,
  max: 744,
} as const

/** A threshold of the package as it stands: shown with its source, fixed there. */
const fixed = ({ name, value, unit }: FraudRule['thresholds'][number]) => ({
  name: `fixed.${name}`,
  zh: name,
  en: name,
  unit: unit ?? '',
  default: value,
  min: value,
  max: value,
})

export const fraudRuleSeeds: readonly RuleSeed[] = fraudRules.map((rule) => {
  const isPublished = rule.thresholds.some((threshold) => threshold.source === 'public-rule-set')
  return {
    id: rule.id,
    title: rule.title.zh,
    titleEn: rule.title.en,
    description: `按整段时间窗判定的数据特征规则。可否定情形：${rule.refutation}`,
    kind: 'day',
    family: 'fraud',
    subjectKind: 'outlet',
    medium: null,
    condition: { kind: 'fraud', rule: rule.id },
    weight: Math.min(rule.weight, 0.6),
    clause: isPublished
      ? '公开的监测数据质量审核规则集中的做法，待核实；权重为平台设计'
      : '平台设计规则，无标准条文',
    status: isPublished ? 'unverified' : 'design',
    parameters: [shortest, ...rule.thresholds.map(fixed)],
    calmAfterHours,
    followUpHours: 24,
    escalateHours: 48,
  }
})

const parameterIn = (rule: RuleRow | undefined, name: string): number | undefined =>
  rule?.parameters.find((p) => p.name === name)?.value

/**
 * Findings of the rules that are switched on, with the weights that the bureau has set. Windows are half-open: `toMs` is
 * the end of the last hour.
 */
export function findFraud(frame: OutletFrame, rules: readonly RuleRow[]): FraudLead[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  const weights = Object.fromEntries(fraudRules.map(({ id }) => [id, byId.get(id)?.weight ?? 0]))
  return scanOutlet(frame, { weights })
    .map((lead) => ({ ...lead, toMs: lead.toMs + hourMs }))
    .filter(
      (lead) => lead.toMs - lead.fromMs >= (parameterIn(byId.get(lead.rule), shortest.name) ?? 1) * hourMs,
    )
}
