/** What this room needs of rooms after it; handed in by the composition root. */
import type { Queryable } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'

/** What the desk sees of permits, which are a later room. */
export interface PermitDuty {
  readonly id: number
  readonly kind: string
  readonly title: string
  readonly dueOn: string
  readonly state: string
  readonly late: boolean
  readonly clause: string
}
export interface PermitDoor {
  readonly overdueByEnterprise: (
    q: Queryable,
    enterpriseIds: readonly number[],
  ) => Promise<ReadonlyMap<number, number>>
  /** Obligations whose day lies in [from, to]. */
  readonly duties: (
    q: Queryable,
    enterpriseId: number,
    range: { readonly from: string; readonly to: string },
  ) => Promise<readonly PermitDuty[]>
}

export interface InspectionDoors {
  readonly permits: PermitDoor
}

export interface InspectionRoomDeps extends Pick<Deps, 'db' | 'clock' | 'log' | 'events' | 'jobs'> {
  readonly doors: InspectionDoors
}

/** Without permits: for tests, and for a system that has none. */
export const noDoors: InspectionDoors = {
  permits: { overdueByEnterprise: async () => new Map(), duties: async () => [] },
}
