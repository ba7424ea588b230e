/** Contradictions inside a permit, as the contract shows them. */
import type { PermitFinding, PermitProperties } from '@shanshui/contract'
import { type Clause, clauseText, permitContradictions, type Status } from '@shanshui/standards'

interface Found {
  readonly rule: string
  readonly title: string
  readonly detail: string
  readonly severity: 'error' | 'warning'
  readonly outletNumber: string | null
  readonly factor: string | null
  readonly clause: Clause
  readonly status: Status
}
export const presentFinding = (found: Found): PermitFinding => ({
  rule: found.rule,
  title: found.title,
  detail: found.detail,
  severity: found.severity,
  outletNumber: found.outletNumber,
  factor: found.factor,
  clause: clauseText(found.clause),
  status: found.status,
})

export function findingsOf(document: PermitProperties, asOf: string): PermitFinding[] {
  return permitContradictions(document, { asOf }).map(presentFinding)
}
