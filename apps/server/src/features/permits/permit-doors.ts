/** What this room needs of rooms before it; handed in by the composition root. */
import type { Queryable, Trx } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import type { LeadDraft, LeadTransition } from '../leads/index.ts'
import type { HourCounts } from '../sources/index.ts'

/** Tonnes of automatic monitoring, by outlet, month and pollutant; kg. */
export interface MonthlyMass {
  readonly outletId: number
  /** YYYY-MM */
  readonly month: string
  readonly pollutant: string
  readonly kg: number
  /** Valid hours over hours that were to be measured, 0–1. */
  readonly validShare: number
}

export interface PermitDoors {
  readonly monthlyMass: (
    q: Queryable,
    of: { year: number; outletIds?: readonly number[] },
  ) => Promise<readonly MonthlyMass[]>
  readonly monitoredHours: (
    q: Queryable,
    outletIds: readonly number[],
    fromMs: number,
    toMs: number,
  ) => Promise<readonly HourCounts[]>
  readonly raiseLead: (
    trx: Trx,
    draft: LeadDraft,
    atMs: number,
  ) => Promise<{ leadId: number; transition: LeadTransition }>
  readonly calmLead: (
    trx: Trx,
    featureId: number,
    ruleId: string,
    atMs: number,
    factor?: string,
  ) => Promise<void>
  /** Leads of a rule that have not ended, of every object or of one enterprise; factor '' for the object as a whole. */
  readonly standingLeads: (
    q: Queryable,
    ruleId: string,
    enterpriseId?: number,
  ) => Promise<readonly { featureId: number; enterpriseId: number | null; factor: string }[]>
}

export interface PermitRoomDeps extends Pick<Deps, 'db' | 'clock' | 'log' | 'events'> {
  readonly doors: PermitDoors
}

/** Without automatic monitoring and leads: for tests, and for a system that has neither. */
export const noDoors: PermitDoors = {
  monthlyMass: async () => [],
  monitoredHours: async () => [],
  raiseLead: async () => ({ leadId: 0, transition: 'none' }),
  calmLead: async () => undefined,
  standingLeads: async () => [],
}
