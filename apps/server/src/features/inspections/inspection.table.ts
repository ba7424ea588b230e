import type {
  CapException,
  DrawState,
  FieldConclusion,
  FindingDecision,
  FindingState,
  InspectionSkill,
  PlanState,
  PoolKind,
  SpecialReason,
  VisitKind,
} from '@shanshui/contract'
import type { DrawOfficer, DrawUnit, PairDraw, UnitDraw } from './draw/draw.types.ts'
import type { Plan, PlanInput } from './planning/plan.types.ts'

export type NumberStatus = 'primary' | 'one-source' | 'unverified' | 'design'

export interface SettingRow {
  key: string
  title: string
  value: number
  unit: string | null
  source: string
  status: NumberStatus
}

export interface InspectorRow {
  id: number
  user_id: number
  name: string
  organization_id: number
  organization_name: string
  region_code: number
  certificate: string
  certificate_expires: string
  skills: InspectionSkill[]
  lon: number
  lat: number
  minutes_per_day: number
  active: boolean
  version: number
}

export interface UnitRow {
  enterprise_id: number
  code: string
  name: string
  region_code: number
  kind: PoolKind
  reason: string
  special_reason: SpecialReason | null
  by_hand: boolean
  risk: number
  cap: number | null
  cap_source: string | null
  positive_from: string | null
  positive_to: string | null
  positive_reason: string | null
  visits: number
  last_visit: string | null
  drawn: boolean
}

export interface DrawRow {
  id: number
  number: string
  region_code: number
  kind: PoolKind
  quarter: string
  state: DrawState
  rate: number | null
  quota: number
  settings: DrawAsked
  pool: DrawUnit[]
  officers: DrawOfficer[]
  units: UnitDraw
  pairs: PairDraw
  drawn_ms: number
  drawn_by_name: string | null
  frozen_ms: number | null
  published_ms: number | null
  publish_by: string | null
  version: number
}

/** What a draw was asked, as far as it is not in the pools. */
export interface DrawAsked {
  readonly rate: number
  readonly quota?: number
  readonly publicRandomness: string
  readonly timestamp: string
  readonly reserves: number
}

/** Of a candidate of a plan: what the planner does not need to know. */
export interface CandidateDetail {
  readonly enterpriseId: number | null
  readonly enterpriseCode: string | null
  readonly enterpriseName: string | null
  readonly regionCode: number
  readonly ownerId: number
  readonly parts: readonly {
    readonly title: string
    readonly points: number
    readonly status: NumberStatus
  }[]
  readonly exception: CapException | null
  readonly why: readonly string[]
  readonly what: readonly string[]
  readonly checklists: readonly string[]
  readonly refs: readonly { readonly kind: string; readonly id: number; readonly title: string }[]
}

export interface PlanRow {
  id: number
  number: string
  region_code: number
  region_name: string | null
  from_on: string
  to_on: string
  state: PlanState
  version: number
  job_id: number | null
  input: PlanInput
  details: Record<string, CandidateDetail>
  result: Plan | null
  made_ms: number
  made_by_name: string | null
  published_ms: number | null
}

export interface InspectionRow {
  id: number
  matter_id: number
  number: string
  region_code: number
  region_name: string | null
  owner_id: number
  enterprise_id: number | null
  enterprise_code: string | null
  enterprise_name: string | null
  kind: VisitKind
  title: string
  lon: number
  lat: number
  planned_on: string
  sequence: number
  start_minute: number | null
  minutes: number
  officers: number[]
  plan_id: number | null
  candidate_id: string | null
  draw_id: number | null
  exception: CapException | null
  why: string[]
  what: string[]
  checklists: string[]
  refs: { kind: string; id: number; title: string }[]
  conclusion: FieldConclusion | null
  state: string
  phase: string
  matter_version: number
  due_ms: number | null
  arrived_ms: number | null
  finished_ms: number | null
  record_version: number
  problems: number
  open_conflicts: number
}

export interface ItemRow {
  key: string
  value: unknown
  version: number
  at_ms: number
  by_user: number
  by_name: string | null
  device: string
  seq: number
  operation_id: string
}

export interface OperationRow {
  id: string
  inspection_id: number
  device: string
  seq: number
  kind: string
  key: string
  at_ms: number
  by_name: string | null
  payload: unknown
  status: 'applied' | 'conflict' | 'refused'
  code: string | null
  detail: string | null
  version: number | null
  conflict_id: number | null
}

export interface ConflictRow {
  id: number
  inspection_id: number
  key: string
  operations: string[]
  decided_operation: string | null
  decided_by_name: string | null
  decided_ms: number | null
  reason: string | null
}

export interface FindingRow {
  id: number
  enterprise_id: number
  enterprise_code: string
  enterprise_name: string
  region_code: number
  owner_id: number
  item: string
  title: string
  finding: string
  state: FindingState
  decision: FindingDecision | null
  raised_ms: number
  raised_by_name: string | null
  due_ms: number | null
  due_text: string | null
  due_status: NumberStatus | null
  verify_note: string | null
  explanation: string | null
  decision_note: string | null
  problem_id: number | null
  inspection_id: number | null
  version: number
}
