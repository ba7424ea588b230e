/** What this room needs of rooms before it; handed in by the composition root. */
import type { Queryable, Trx } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'

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

/** Hours of a factor at an outlet within a span. */
export interface MonitoredHours {
  readonly outletId: number
  readonly factor: string
  readonly valid: number
  /** The facility stood still, or the permit exempts the hour. */
  readonly stopped: number
}

export interface PermitLeadDraft {
  readonly ruleId: string
  readonly featureId: number
  readonly enterpriseId: number | null
  readonly factor: string | null
  readonly regionCode: number
  readonly ownerId: number
  readonly fromMs: number
  readonly toMs: number
  readonly score: number
  readonly level: 'high' | 'medium' | 'watch'
  readonly statistic: { readonly name: string; readonly value: number; readonly unit?: string }
  readonly threshold: string
  readonly n: number
  readonly explanation: string
  readonly refutation: string
  readonly evidence: { readonly hoursMs: number[]; readonly msgs: string[] }
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
  ) => Promise<readonly MonitoredHours[]>
  readonly raiseLead: (
    trx: Trx,
    draft: PermitLeadDraft,
    atMs: number,
  ) => Promise<{ leadId: number; transition: 'opened' | 'continued' | 'escalated' | 'none' }>
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
