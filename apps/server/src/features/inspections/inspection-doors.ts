/** What this room needs of rooms after it, and of the room of matters; handed in by the composition root. */
import type { Queryable, Trx } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import type { Actor } from '../../platform/actor.ts'

export interface MatterOpening {
  readonly workflow: string
  readonly title: string
  readonly regionCode: number
  readonly ownerId: number
  readonly featureId: number | null
  readonly enterpriseId: number | null
  readonly problemId: number | null
  readonly parties: Partial<
    Record<'overseer' | 'handler' | 'acceptor' | 'reviewer' | 'owner', { organizationId: number }>
  >
  readonly fields: Record<string, unknown>
  readonly source: { readonly kind: 'inspection' | 'lead'; readonly ref: string | null }
  readonly commandId?: string
}

/** A matter as this room shows it. */
export interface MatterState {
  readonly id: number
  readonly number: string
  readonly workflow: string
  readonly title: string
  readonly state: string
  readonly stateTitle: string
  readonly phase: string
  readonly version: number
  readonly enterpriseId: number | null
  readonly regionCode: number
  readonly dueMs: number | null
  /** Civil day on which a look-back falls due. */
  readonly lookBackOn: string | null
  readonly place: { readonly lon: number; readonly lat: number } | null
}

export interface ProblemFound {
  readonly ref: string
  readonly title: string
  readonly detail: string
  readonly theme: string
  readonly regionCode: number
  readonly ownerId: number
  readonly featureId: number | null
  readonly lon: number | null
  readonly lat: number | null
  readonly foundMs: number
}

export interface MatterDoor {
  open(
    trx: Trx,
    doer: Actor,
    draft: MatterOpening,
    atMs: number,
  ): Promise<{ id: number; number: string }>
  /** A step of the workflow; refused: in words what is missing. */
  step(
    trx: Trx,
    doer: Actor,
    matterId: number,
    command: { transition: string; fields?: Record<string, unknown>; reason?: string; commandId?: string },
    atMs: number,
  ): Promise<{ ok: true; state: string } | { ok: false; refusals: readonly string[] }>
  registerProblem(
    trx: Trx,
    doer: Actor,
    problem: ProblemFound,
    atMs: number,
  ): Promise<{ id: number; number: string }>
  states(q: Queryable, ids: readonly number[]): Promise<ReadonlyMap<number, MatterState>>
  /** Matters that are not over, and those that wait for a look-back by `until`, of a region. */
  openOf(
    q: Queryable,
    filter: { regionCode?: number; enterpriseIds?: readonly number[]; lookBackUntil?: string },
  ): Promise<readonly MatterState[]>
}

/** What the desk sees of permits, which are a later room. */
export interface PermitDuty {
  readonly id: number
  readonly enterpriseId: number | null
  readonly kind: string
  readonly title: string
  readonly dueOn: string
  readonly state: 'due' | 'done' | 'overdue' | 'exempt' | 'waived'
  readonly late: boolean
  readonly clause: string
}
export interface PermitDoor {
  overdueByEnterprise(q: Queryable, enterpriseIds: readonly number[]): Promise<ReadonlyMap<number, number>>
  /** Obligations whose day lies in [from, to], and those that are overdue. */
  duties(
    q: Queryable,
    enterpriseId: number,
    range: { from: string; to: string },
  ): Promise<readonly PermitDuty[]>
}

export interface InspectionDoors {
  readonly matters: MatterDoor
  readonly permits: PermitDoor
}

export interface InspectionRoomDeps extends Pick<Deps, 'db' | 'clock' | 'log' | 'events' | 'jobs'> {
  readonly doors: InspectionDoors
}
