import type { Condition, LeadRule, RuleParameter, RuleStatus } from '@shanshui/contract'

export interface RuleRow {
  readonly id: string
  readonly title: string
  readonly titleEn: string
  readonly description: string
  readonly kind: LeadRule['kind']
  readonly family: LeadRule['family']
  readonly subjectKind: string
  readonly medium: 'air' | 'water' | null
  readonly condition: Condition
  readonly weight: number
  readonly clause: string
  readonly status: RuleStatus
  readonly parameters: readonly RuleParameter[]
  readonly enabled: boolean
  readonly calmAfterHours: number
  readonly followUpHours: number
  readonly escalateHours: number
  readonly own: boolean
  readonly version: number
  readonly enabledSinceMs: number
  readonly updatedMs: number
  readonly updatedBy: string | null
}

/** A rule as it is delivered with the product. */
export type RuleSeed = Omit<
  RuleRow,
  'enabled' | 'own' | 'version' | 'enabledSinceMs' | 'updatedMs' | 'updatedBy' | 'parameters'
> & { readonly parameters: readonly Omit<RuleParameter, 'value'>[] }
