import type { ObligationKind, ObligationState, PermitProperties } from '@shanshui/contract'

/** A permit with its holder. */
export interface PermitRow {
  id: number
  code: string
  region_code: number
  region_name: string | null
  owner_id: number
  version: number
  properties: PermitProperties
  enterprise_id: number | null
  enterprise_name: string | null
}

export interface ObligationRow {
  id: number
  permit_id: number
  permit_number: string
  enterprise_id: number | null
  enterprise_name: string | null
  kind: ObligationKind
  key: string
  title: string
  outlet_number: string | null
  factor: string | null
  method: 'auto' | 'manual' | null
  period_from: string
  period_to: string
  due_on: string
  state: ObligationState
  required: number
  found: number
  evidence: string | null
  reason: string | null
  clause: string
  done_at: Date | null
  late: boolean
  overdue_at: Date | null
  lead_id: number | null
  region_code: number
  owner_id: number
}

export interface ObligationValues {
  readonly kind: ObligationKind
  readonly key: string
  readonly title: string
  readonly outletNumber: string | null
  readonly factor: string | null
  readonly method: 'auto' | 'manual' | null
  readonly periodFrom: string
  readonly periodTo: string
  readonly dueOn: string
  readonly required: number
  readonly exempt: string | null
  readonly clause: string
}
