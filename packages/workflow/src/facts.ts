/**
 * What the engine knows of one matter, who moves it, and what the calendar answers. Times are epoch milliseconds,
 * civil days are text YYYY-MM-DD of Asia/Shanghai.
 */
import type {
  DocumentKind,
  Doer,
  Effect,
  EvidenceKind,
  Limit,
  Party,
  TransitionDefinition,
} from './definition.ts'

/** An organization that takes part, perhaps with the person of it who is in charge. */
export interface PartyRef {
  readonly organizationId: number
  readonly userId?: number
}

export interface EvidenceFact {
  readonly demand: string
  readonly kind: EvidenceKind
  /** When it was taken; where that is not known, when it was uploaded. */
  readonly atMs: number
  /** Time and place are known and fit the object of the matter. */
  readonly located: boolean
}

/** One row of the history; the first is the opening (`openingId`, from the empty state). */
export interface HistoryEntry {
  readonly transition: string
  readonly from: string
  readonly to: string
  /** null: the platform itself. */
  readonly userId: number | null
  readonly organizationId: number | null
  readonly atMs: number
  /** The round in which the matter is after it. */
  readonly round: number
}

/** Name of the opening in the history; guards and `since` may refer to it like to a transition. */
export const openingId = 'open'

export interface ClockStop {
  readonly fromMs: number
  /** null: still stopped. */
  readonly toMs: number | null
}

export interface ClockExtension {
  readonly transition: string
  readonly by: Limit
}

/** One run of a clock. A clock that starts again in a round, or is due every month, has several occurrences. */
export interface ClockState {
  readonly clock: string
  readonly round: number
  /** 1, 2, … within the round. */
  readonly occurrence: number
  readonly startedMs: number
  /** The first moment that is too late (24:00 of the last day). While the clock is stopped: as if it were not. */
  readonly dueMs: number
  /** The calendar of days off of the year was not published when this was counted. */
  readonly provisional: boolean
  readonly stops: readonly ClockStop[]
  readonly endedMs: number | null
  readonly extensions: readonly ClockExtension[]
  /** Levels of escalation that have been told. */
  readonly reached: readonly number[]
}

export interface Facts {
  readonly state: string
  /** 1, and one more at each rebound. */
  readonly round: number
  readonly rebounds: number
  readonly parties: Partial<Record<Party, PartyRef>>
  readonly fields: Readonly<Record<string, unknown>>
  readonly evidence: readonly EvidenceFact[]
  readonly history: readonly HistoryEntry[]
  readonly clocks: readonly ClockState[]
  /** Civil day of the look-back. */
  readonly lookBackOn: string | null
}

export interface PersonRef {
  readonly userId: number
  readonly organizationId: number
  readonly permissions: ReadonlySet<string>
}

export type DoerRef = PersonRef | 'system'

/** What the engine asks of a calendar of working days; `calendarOf` of the standards package makes one. */
export interface Calendar {
  /** End of a limit counted from an instant: extensions are added before the last day is moved. */
  endMs(
    fromMs: number,
    limit: Limit,
    options: {
      readonly roll: boolean
      readonly stops: readonly ClockStop[]
      readonly extensions?: readonly Limit[]
    },
  ): { readonly atMs: number; readonly provisional: boolean }
  /** 24:00 of a civil day, moved to the next working day when `roll`. */
  dayEndMs(
    day: string,
    options: { readonly roll: boolean },
  ): { readonly atMs: number; readonly provisional: boolean }
  /** So long before an end: what is left then is the whole limit. */
  beforeMs(endMs: number, limit: Limit): number
}

export interface Command {
  readonly transition: string
  readonly reason?: string | undefined
  readonly fields?: Readonly<Record<string, unknown>> | undefined
  /** Parties named or changed on the way. */
  readonly parties?: Partial<Record<Party, PartyRef>> | undefined
  /** Months to the look-back, where the step schedules one. */
  readonly lookBackMonths?: number | undefined
}

/** Why a step is not possible, in words that say what is missing and what to do. */
export interface Refusal {
  readonly code: 'state' | 'not-party' | 'permission' | 'evidence' | 'field' | 'guard' | 'reason'
  readonly zh: string
  /** The demand, field, clock, transition or party that it is about. */
  readonly what?: string
}

export interface Option {
  readonly transition: TransitionDefinition
  readonly refusals: readonly Refusal[]
}

/** What the caller has to do; clocks, rounds and look-backs are in the facts already. */
export type CallerEffect = Extract<Effect, { kind: 'open-matter' | 'lead-outcome' | 'publish' }>

export type Outcome =
  | {
      readonly ok: true
      readonly facts: Facts
      readonly effects: readonly CallerEffect[]
      readonly documents: readonly DocumentKind[]
    }
  | { readonly ok: false; readonly refusals: readonly Refusal[] }

export interface EscalationDue {
  readonly clock: string
  readonly round: number
  readonly occurrence: number
  readonly level: number
  readonly to: readonly (Party | 'head' | 'director')[]
  /** When it became due. */
  readonly atMs: number
}

/** Party names as they are read in refusals and diagrams. */
export const partyTitles: Readonly<Record<Doer, { readonly zh: string; readonly en: string }>> = {
  overseer: { zh: '交办单位', en: 'overseer' },
  handler: { zh: '责任单位', en: 'handler' },
  acceptor: { zh: '验收单位', en: 'acceptor' },
  reviewer: { zh: '法制审核', en: 'legal reviewer' },
  owner: { zh: '当事企业', en: 'owner' },
  system: { zh: '系统', en: 'system' },
}
