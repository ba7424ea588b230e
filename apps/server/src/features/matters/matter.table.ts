/** Rows of matters as the database holds them; instants in epoch milliseconds. */
import type { MatterParty, MatterPhaseName, ProblemSource } from '@shanshui/contract'
import type { ClockExtension, ClockStop, PartyRef } from '@shanshui/workflow'

export interface MatterRow {
  readonly id: number
  readonly number: string
  readonly workflow: string
  readonly title: string
  readonly state: string
  readonly phase: MatterPhaseName
  readonly round: number
  readonly rebounds: number
  readonly regionCode: number
  readonly ownerId: number
  readonly enterpriseId: number | null
  readonly featureId: number | null
  readonly problemId: number | null
  readonly parentId: number | null
  readonly source: ProblemSource
  readonly ref: string | null
  readonly parties: readonly number[]
  readonly shownToOwner: boolean
  readonly fields: Readonly<Record<string, unknown>>
  readonly lookBackOn: string | null
  readonly published: boolean
  readonly openedMs: number
  readonly recordedMs: number
  readonly changedMs: number
  readonly closedMs: number | null
  readonly dueMs: number | null
  readonly dueClock: string | null
  readonly dueStartedMs: number | null
  readonly dueProvisional: boolean
  readonly version: number
}

/** With the names that a list shows. */
export interface MatterListRow extends MatterRow {
  readonly regionName: string | null
  readonly enterpriseName: string | null
  readonly featureKind: string | null
  readonly featureCode: string | null
  readonly featureName: string | null
  readonly problemNumber: string | null
}

export interface PartyRow {
  readonly matterId: number
  readonly party: MatterParty
  readonly organizationId: number
  readonly organizationName: string
  readonly userId: number | null
  readonly userName: string | null
  readonly waiting: boolean
}

export interface ClockRow {
  readonly clock: string
  readonly round: number
  readonly occurrence: number
  readonly startedMs: number
  readonly dueMs: number
  readonly provisional: boolean
  readonly stops: readonly ClockStop[]
  readonly extensions: readonly ClockExtension[]
  readonly endedMs: number | null
  readonly reached: readonly number[]
}

/** `step` moves the matter; the others stand beside it. `move`: the matter follows a merger of enterprises. */
export type StepKind = 'step' | 'assign' | 'comment' | 'escalate' | 'clock' | 'move'

export interface StepRow {
  readonly seq: number
  readonly kind: StepKind
  readonly transition: string
  readonly stateFrom: string
  readonly stateTo: string
  readonly atMs: number
  readonly recordedMs: number
  readonly userId: number | null
  readonly userName: string | null
  readonly organizationId: number | null
  readonly organizationName: string | null
  readonly round: number
  readonly reason: string | null
  readonly detail: StepDetail
  readonly hash: string
}

export interface StepDetail {
  readonly fields?: Readonly<Record<string, unknown>>
  readonly parties?: Partial<Record<MatterParty, PartyRef>>
  readonly documents?: readonly string[]
  readonly clock?: string
  readonly occurrence?: number
  readonly level?: number
  readonly dueMs?: number
  readonly [more: string]: unknown
}

export interface StepDraft {
  readonly matterId: number
  readonly kind: StepKind
  readonly transition: string
  readonly stateFrom: string
  readonly stateTo: string
  readonly atMs: number
  readonly recordedMs: number
  readonly userId: number | null
  readonly organizationId: number | null
  readonly round: number
  readonly reason: string | null
  readonly detail: StepDetail
  readonly commandId: string | null
}
