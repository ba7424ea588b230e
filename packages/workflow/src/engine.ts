/**
 * The engine: what may be done with a matter, and what it is after it was done. Pure: facts in, facts out; it knows no
 * clock, no database and no organization but those that are handed in.
 */
import { dayOf, monthsAfter } from './civil.ts'
import { atMoment, moveClocks } from './clocks.ts'
import type { Doer, Party, TransitionDefinition, WorkflowDefinition } from './definition.ts'
import { evidenceRefusals } from './evidence.ts'
import {
  type Calendar,
  type CallerEffect,
  type Command,
  type DoerRef,
  type Facts,
  type HistoryEntry,
  type Option,
  type Outcome,
  openingId,
  type PartyRef,
  partyTitles,
  type Refusal,
} from './facts.ts'
import { isEmpty } from './fields.ts'
import {
  doerRefusals,
  extensionRefusals,
  fillRefusals,
  guardRefusals,
  lookBackRefusals,
  nextRefusals,
  partyRefusals,
  reasonRefusals,
  stateRefusal,
  valueRefusals,
} from './refusals.ts'

export interface Opening {
  readonly parties: Partial<Record<Party, PartyRef>>
  readonly fields?: Readonly<Record<string, unknown>>
}

/** A new matter in its initial state, with the clocks that start there. Who may open one is the caller's to decide. */
export function open(
  def: WorkflowDefinition,
  opening: Opening,
  doer: DoerRef,
  nowMs: number,
  calendar: Calendar,
): Outcome {
  const fields = opening.fields ?? {}
  const refusals: Refusal[] = def.parties.flatMap((party) =>
    opening.parties[party] === undefined
      ? [{ code: 'guard' as const, zh: `尚未确定${partyTitles[party].zh}：请先指定`, what: party }]
      : [],
  )
  refusals.push(...valueRefusals(def, fields))
  if (refusals.length > 0) return { ok: false, refusals }
  const entry = historyEntry(openingId, '', def.initial, doer, nowMs, 1)
  const facts: Facts = {
    state: def.initial,
    round: 1,
    rebounds: 0,
    parties: opening.parties,
    fields: withoutEmpty(fields),
    evidence: [],
    history: [entry],
    clocks: [],
    lookBackOn: null,
  }
  const move = { transition: undefined, from: '', to: def.initial, rebound: false, atMs: nowMs }
  const clocks = moveClocks(def, facts, facts, move, calendar)
  return { ok: true, facts: { ...facts, clocks }, effects: [], documents: [] }
}

/**
 * The transitions that leave the present state, each with what stands in the way. What can still be filled, named or
 * written in the step itself is not in the way. Transitions of the platform alone are only offered to the platform.
 */
export function options(
  def: WorkflowDefinition,
  facts: Facts,
  doer: DoerRef,
  nowMs: number,
): readonly Option[] {
  return def.transitions
    .filter(({ from, by }) => from.includes(facts.state) && isOffered(by, doer))
    .map((transition) => ({
      transition,
      refusals: [
        ...doerRefusals(transition, facts, doer),
        ...evidenceRefusals(transition, facts),
        ...guardRefusals(def, transition, facts, doer, nowMs, true),
        ...extensionRefusals(def, transition, facts),
      ],
    }))
}

function isOffered(by: readonly Doer[], doer: DoerRef): boolean {
  return doer === 'system' ? by.includes('system') : by.some((one) => one !== 'system')
}

/** One step of a matter: every refusal at once, or the facts after it. */
export function step(
  def: WorkflowDefinition,
  facts: Facts,
  doer: DoerRef,
  command: Command,
  nowMs: number,
  calendar: Calendar,
): Outcome {
  const transition = def.transitions.find(({ id }) => id === command.transition)
  const refusal = stateRefusal(def, transition, facts, command)
  if (transition === undefined || refusal !== undefined)
    return { ok: false, refusals: refusal === undefined ? [] : [refusal] }
  const now = atMoment(def, facts, nowMs, calendar)
  const filled: Facts = {
    ...now,
    fields: withoutEmpty({ ...now.fields, ...command.fields }),
    parties: { ...now.parties, ...command.parties },
  }
  const refusals = [
    ...doerRefusals(transition, now, doer),
    ...partyRefusals(transition, now, doer, command),
    ...reasonRefusals(transition, command),
    ...fillRefusals(def, transition, filled, command),
    ...evidenceRefusals(transition, now),
    ...guardRefusals(def, transition, filled, doer, nowMs, false),
    ...extensionRefusals(def, transition, now),
    ...lookBackRefusals(transition, command),
    ...nextRefusals(def, transition, filled),
  ]
  if (refusals.length > 0) return { ok: false, refusals }
  return done(def, transition, filled, doer, command, nowMs, calendar)
}

function done(
  def: WorkflowDefinition,
  transition: TransitionDefinition,
  filled: Facts,
  doer: DoerRef,
  command: Command,
  nowMs: number,
  calendar: Calendar,
): Outcome {
  const effects = transition.effects ?? []
  const rebound = effects.some(({ kind }) => kind === 'rebound')
  const round = filled.round + (rebound ? 1 : 0)
  const entry = historyEntry(transition.id, filled.state, transition.to, doer, nowMs, round)
  const after: Facts = {
    ...filled,
    state: transition.to,
    round,
    rebounds: filled.rebounds + (rebound ? 1 : 0),
    history: [...filled.history, entry],
    lookBackOn: lookBackAfter(transition, filled, command, nowMs),
  }
  const move = { transition, from: filled.state, to: transition.to, rebound, atMs: nowMs }
  const clocks = moveClocks(def, filled, after, move, calendar)
  const forCaller = effects.filter(
    (effect): effect is CallerEffect =>
      effect.kind === 'open-matter' || effect.kind === 'lead-outcome' || effect.kind === 'publish',
  )
  return {
    ok: true,
    facts: { ...after, clocks },
    effects: forCaller,
    documents: transition.documents ?? [],
  }
}

function historyEntry(
  transition: string,
  from: string,
  to: string,
  doer: DoerRef,
  atMs: number,
  round: number,
): HistoryEntry {
  const by = doer === 'system' ? { userId: null, organizationId: null } : doer
  return { transition, from, to, userId: by.userId, organizationId: by.organizationId, atMs, round }
}

function lookBackAfter(
  transition: TransitionDefinition,
  { lookBackOn }: Facts,
  { lookBackMonths }: Command,
  nowMs: number,
): string | null {
  for (const effect of transition.effects ?? []) {
    if (effect.kind === 'rebound') return null
    if (effect.kind === 'schedule-look-back')
      return monthsAfter(dayOf(nowMs), lookBackMonths ?? effect.months.default)
  }
  return lookBackOn
}

function withoutEmpty(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)))
}
