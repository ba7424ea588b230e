/**
 * What a draft means beside the leads that are there already. Pure, so that the same drafts in the same or another
 * order, twice or from several writers, end in the same leads.
 */
import type { LeadStateName } from '@shanshui/contract'
import type { Occurrence } from './lead.table.ts'

export interface KnownLead {
  readonly id: number
  readonly state: LeadStateName
  /** Time of the data at which the condition was found ended; null while it holds. */
  readonly endedMs: number | null
  readonly occurrences: readonly Occurrence[]
}

export type RaisePlan =
  | { readonly kind: 'none'; readonly leadId: number }
  | { readonly kind: 'open' }
  | {
      readonly kind: 'extend'
      readonly leadId: number
      readonly reopen: boolean
      /** Occurrences that the draft meets and that become one with it. */
      readonly absorbed: readonly Occurrence[]
      readonly fromMs: number
      readonly toMs: number
    }

export const isActive = (state: LeadStateName): boolean =>
  state === 'open' || state === 'acknowledged' || state === 'watching'

interface Window {
  readonly fromMs: number
  readonly toMs: number
}
/** Windows that overlap or touch. */
export const meets = (a: Window, b: Window) => a.fromMs <= b.toMs && a.toMs >= b.fromMs
const within = (inner: Window, outer: Window) => inner.fromMs >= outer.fromMs && inner.toMs <= outer.toMs

/** Leads that are open come first, then the newest. */
const nearest = (leads: readonly KnownLead[]) =>
  leads.toSorted((a, b) => Number(isActive(b.state)) - Number(isActive(a.state)) || b.id - a.id)

/**
 * @param known leads of the object, rule and factor that are open, decided but not ended, or meet the draft's window,
 *   each with the occurrences that meet the window
 */
export function decideRaise(known: readonly KnownLead[], draft: Window): RaisePlan {
  const ordered = nearest(known)
  const covering = ordered.find((lead) => lead.occurrences.some((o) => within(draft, o)))
  if (covering !== undefined) return { kind: 'none', leadId: covering.id }
  const lead =
    ordered.find((l) => isActive(l.state)) ??
    ordered.find((l) => l.endedMs === null && l.state !== 'calmed') ??
    ordered.find((l) => l.occurrences.some((o) => meets(draft, o)))
  if (lead === undefined) return { kind: 'open' }
  const absorbed = lead.occurrences.filter((o) => meets(draft, o))
  return {
    kind: 'extend',
    leadId: lead.id,
    // Late data that only widen a stretch which ended long ago do not open its lead again.
    reopen: lead.state === 'calmed' && draft.toMs > (lead.endedMs ?? Number.POSITIVE_INFINITY),
    absorbed,
    fromMs: Math.min(draft.fromMs, ...absorbed.map((o) => o.fromMs)),
    toMs: Math.max(draft.toMs, ...absorbed.map((o) => o.toMs)),
  }
}

export type CalmPlan = 'nothing' | 'wait' | 'calm'

/**
 * The condition does not hold at `atMs` (time of the data). A word from before the lead's window, as a replay says it,
 * means nothing.
 */
export function decideCalm(lead: { toMs: number }, calmAfterHours: number, atMs: number): CalmPlan {
  if (atMs < lead.toMs) return 'nothing'
  return atMs - lead.toMs >= calmAfterHours * 3_600_000 ? 'calm' : 'wait'
}
