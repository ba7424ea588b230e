/** Contradictions inside a permit, as the contract shows them. */
import type { PermitFinding, PermitProperties } from '@shanshui/contract'
import { type Clause, clauseText, permitContradictions, type Status } from '@shanshui/standards'
import type { Outlet } from '../registry/index.ts'
import { sectorContext } from './sector-limits.ts'

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

/** @param outlets of the holder, as the registry has them: their facilities say which standard holds */
export function findingsOf(
  document: PermitProperties,
  outlets: readonly Outlet[],
  asOf: string,
): PermitFinding[] {
  return permitContradictions(document, sectorContext(outlets, asOf)).map(presentFinding)
}

/** Outlets by the credit code of their enterprise. */
export const outletsByHolder = (outlets: readonly Outlet[]): ReadonlyMap<string, readonly Outlet[]> =>
  Map.groupBy(outlets, ({ enterprise }) => enterprise.code)
