/**
 * The invariants of matters, checked from outside: what went in and what came out of every step, with books of its
 * own. Nothing of the engine is imported here but types; where both must count, they count apart.
 */
import type { Doer, Party, TransitionDefinition, WorkflowDefinition } from '../definition.ts'
import type { Command, DoerRef, EscalationDue, Facts, Outcome } from '../facts.ts'

export interface Attempt {
  readonly before: Facts
  readonly doer: DoerRef
  readonly command: Command
  readonly nowMs: number
  readonly outcome: Outcome
}

const over = new Set(['closed', 'dropped'])
const heldDone = new Set(['closed', 'watched'])

/** Watches one matter. A broken invariant throws, with the name of the invariant. */
export class Oracle {
  readonly def: WorkflowDefinition
  private readonly transitions = new Map<string, TransitionDefinition>()
  private readonly phases = new Map<string, string>()
  private readonly hasLookBack: boolean
  private readonly separates: boolean
  /** Books of the present round. */
  private roundMs = Number.NEGATIVE_INFINITY
  private lastMs = new Map<string, number>()
  private proven = false
  private accepted = false
  private looked = false
  private handlers = new Set<number>()
  /** Books of the whole matter. */
  private readonly everMs = new Map<string, number>()
  private readonly doers = new Map<string, Set<number>>()
  private round = 1
  private steps = 1
  private readonly told = new Set<string>()

  constructor(def: WorkflowDefinition, opened: Facts) {
    this.def = def
    for (const transition of def.transitions) this.transitions.set(transition.id, transition)
    for (const { id, phase } of def.states) this.phases.set(id, phase)
    const guards = def.transitions.flatMap(({ guards: all = [] }) => all)
    this.separates = guards.some(isSeparation)
    this.hasLookBack = def.transitions.some((one) => lookBackOf(one) !== undefined)
    const [first] = opened.history
    this.demand('history: begins with the opening', first?.transition === 'open' && first.to === def.initial)
    this.lastMs.set('open', first?.atMs ?? Number.NaN)
    this.everMs.set('open', first?.atMs ?? Number.NaN)
    if (first !== undefined && first.userId !== null) this.doers.set('open', new Set([first.userId]))
  }

  private demand(invariant: string, holds: boolean): void {
    if (!holds) throw new Error(`broken invariant: ${invariant}`)
  }

  /** After every attempt, whether it succeeded or was refused. */
  attempted(attempt: Attempt): void {
    const { before, command, outcome } = attempt
    const transition = this.transitions.get(command.transition)
    if (!outcome.ok) {
      this.demand('refusal: gives a reason', outcome.refusals.length > 0)
      this.demand(
        'refusal: in words',
        outcome.refusals.every(({ zh }) => zh.length > 4),
      )
      for (const { code } of outcome.refusals) this.refusedRightly(code, attempt, transition)
      return
    }
    this.demand('step: exists and leaves the state', transition?.from.includes(before.state) === true)
    if (transition === undefined) return
    this.doneBy(attempt, transition)
    this.withEvidence(attempt, transition)
    this.withFields(attempt, transition)
    this.partiesKept(attempt, transition)
    this.written(attempt, outcome.facts, transition)
    this.guarded(attempt, outcome.facts, transition)
    this.book(attempt, transition, outcome.facts)
    this.ended(attempt, outcome.facts, transition)
  }

  /** A refusal for want of a party, permission, proof or reason is true. */
  private refusedRightly(code: string, attempt: Attempt, transition: TransitionDefinition | undefined): void {
    const { before, command, doer } = attempt
    if (code === 'state') {
      this.demand('refusal: state is true', transition?.from.includes(before.state) !== true)
      return
    }
    if (transition === undefined) return
    if (code === 'not-party') this.demand('refusal: party is true', !isEntitled(before, doer, transition.by))
    if (code === 'permission')
      this.demand(
        'refusal: permission is true',
        doer !== 'system' && !doer.permissions.has(transition.permission),
      )
    if (code === 'reason')
      this.demand('refusal: reason is true', transition.reason === true && !command.reason?.trim())
    if (code === 'evidence') this.demand('refusal: evidence is true', !this.demandsMet(before, transition))
  }

  private doneBy({ before, doer }: Attempt, transition: TransitionDefinition): void {
    this.demand('doer: is a party', isEntitled(before, doer, transition.by))
    if (doer !== 'system')
      this.demand('doer: holds the permission', doer.permissions.has(transition.permission))
  }

  private demandsMet({ evidence }: Facts, { evidence: demands = [] }: TransitionDefinition): boolean {
    return demands.every(({ id, kinds, min, located, since }) => {
      const from = since === undefined ? this.roundMs : this.everMs.get(since)
      if (from === undefined) return false
      let count = 0
      for (const one of evidence) {
        if (one.demand !== id || !kinds.includes(one.kind)) continue
        if (one.atMs < from || one.atMs < this.roundMs) continue
        if (located !== true || one.located) count++
      }
      return count >= min
    })
  }

  private withEvidence({ before }: Attempt, transition: TransitionDefinition): void {
    this.demand('evidence: as demanded, in this round', this.demandsMet(before, transition))
  }

  private withFields({ before, command }: Attempt, transition: TransitionDefinition): void {
    const given = command.fields ?? {}
    const may = [...(transition.fields ?? []), ...(transition.optionalFields ?? [])]
    this.demand(
      'fields: only those of the step',
      Object.keys(given).every((id) => may.includes(id)),
    )
    for (const id of transition.fields ?? []) {
      const value = id in given ? given[id] : before.fields[id]
      this.demand('fields: filled', value !== undefined && value !== null && value !== '')
    }
    if (transition.reason === true) this.demand('reason: given', Boolean(command.reason?.trim()))
  }

  private partiesKept({ before, doer, command }: Attempt, transition: TransitionDefinition): void {
    for (const [name, now] of Object.entries(command.parties ?? {})) {
      const party = name as Party
      const was = before.parties[party]
      if (was?.organizationId === now.organizationId && was.userId === now.userId) continue
      const mine =
        doer !== 'system' &&
        was?.organizationId === doer.organizationId &&
        now.organizationId === was.organizationId
      const oversees = doer === 'system' || isEntitled(before, doer, ['overseer'])
      this.demand(
        'parties: changed by who may',
        mine || (oversees && party !== 'owner') || transition.assigns?.includes(party) === true,
      )
    }
  }

  private written({ before, doer, nowMs }: Attempt, after: Facts, transition: TransitionDefinition): void {
    const rebound = transition.effects?.some(({ kind }) => kind === 'rebound') === true
    this.demand('state: as defined', after.state === transition.to)
    this.demand('rebound: counts', after.rebounds === before.rebounds + (rebound ? 1 : 0))
    this.demand('rebound: opens a round', after.round === this.round + (rebound ? 1 : 0))
    if (rebound) {
      this.demand('rebound: reopens', this.phases.get(after.state) === 'open')
      this.demand('rebound: forgets the look-back', after.lookBackOn === null)
    }
    this.demand('history: one entry a step', after.history.length === this.steps + 1)
    const entry = after.history.at(-1)
    const last = after.history.at(-2)
    this.demand('history: chained', entry?.from === last?.to && entry?.to === after.state)
    this.demand('history: says what, when and in which round', entry?.transition === transition.id)
    this.demand('history: in order', entry?.atMs === nowMs && (last?.atMs ?? 0) <= nowMs)
    this.demand('history: round', entry?.round === after.round)
    const user = doer === 'system' ? null : doer.userId
    const organization = doer === 'system' ? null : doer.organizationId
    this.demand('history: says who', entry?.userId === user && entry.organizationId === organization)
  }

  /** Guards that can be seen from outside without counting time. */
  private guarded(
    { before, doer, nowMs }: Attempt,
    after: Facts,
    { guards = [] }: TransitionDefinition,
  ): void {
    for (const guard of guards) {
      if (guard.kind === 'parties-differ') {
        const [a, b] = [after.parties[guard.a], after.parties[guard.b]]
        this.demand(
          'separation: two organizations',
          a !== undefined && b !== undefined && a.organizationId !== b.organizationId,
        )
      }
      if (guard.kind === 'other-person-than' && doer !== 'system')
        this.demand(
          'separation: another person',
          !guard.transitions.some((id) => this.doers.get(id)?.has(doer.userId)),
        )
      if (guard.kind === 'people-at-least')
        this.demand('guard: people', size(after.fields[guard.field]) >= guard.count)
      if (guard.kind === 'done-before') this.demand('guard: done before', this.lastMs.has(guard.transition))
      if (guard.kind === 'field-is') this.demand('guard: field', has(after.fields[guard.field], guard.values))
      if (guard.kind === 'done-if' && has(after.fields[guard.field], guard.values))
        this.demand('guard: done where it has to be', this.lastMs.has(guard.transition))
      if (guard.kind === 'rows-all') {
        const rows = after.fields[guard.field] as readonly Record<string, unknown>[] | undefined
        this.demand(
          'guard: rows',
          size(rows) > 0 && rows?.every((r) => r[guard.column] === guard.value) === true,
        )
      }
      if (guard.kind === 'months-between') this.cycle(after, guard)
      if (guard.kind === 'clock-over' || guard.kind === 'clock-runs') {
        const runs = before.clocks.filter((one) => one.clock === guard.clock && one.round === this.round)
        const last = runs.at(-1)
        const passed = last !== undefined && last.dueMs <= nowMs
        const stopped = last?.stops.some(({ toMs }) => toMs === null) === true
        if (guard.kind === 'clock-over') this.demand('guard: clock over', passed && !stopped)
        // A monthly clock may have come to its next run by now.
        else
          this.demand(
            'guard: clock runs',
            last !== undefined && last.endedMs === null && (!passed || stopped),
          )
      }
    }
  }

  private cycle({ fields }: Facts, guard: { from: string; to: string; atLeast: number | { field: string } }) {
    const months = typeof guard.atLeast === 'number' ? guard.atLeast : fields[guard.atLeast.field]
    this.demand('guard: cycle is known', typeof months === 'number')
    if (typeof months !== 'number' || months <= 0) return
    const days = (Date.parse(String(fields[guard.to])) - Date.parse(String(fields[guard.from]))) / 86_400_000
    // The shortest so many months are at least 30.4 days each less two.
    this.demand('guard: a full cycle', days + 1 >= Math.floor(months * 30.4) - 2)
  }

  private book({ doer, nowMs }: Attempt, transition: TransitionDefinition, after: Facts): void {
    const rebound = after.round > this.round
    if (rebound) {
      this.round = after.round
      this.roundMs = nowMs
      this.lastMs = new Map()
      this.proven = false
      this.accepted = false
      this.looked = false
      this.handlers = new Set()
    }
    this.steps++
    this.lastMs.set(transition.id, nowMs)
    this.everMs.set(transition.id, nowMs)
    if (doer !== 'system') {
      const who = this.doers.get(transition.id) ?? new Set()
      this.doers.set(transition.id, who.add(doer.userId))
    }
    // What proves a rebound proves nothing of the round that begins with it.
    if (rebound) return
    if ((transition.evidence ?? []).length > 0 || transition.by.every((party) => party === 'acceptor'))
      this.proven = true
    if (transition.guards?.some(isSeparation) === true) {
      const acceptor = after.parties.acceptor?.organizationId
      this.accepted = acceptor !== after.parties.handler?.organizationId
      if (doer !== 'system' && doer.organizationId === acceptor)
        this.demand('separation: who acted for the handler does not accept', !this.handlers.has(acceptor))
    }
    if (lookBackOf(transition) !== undefined) this.looked = true
    if (doer !== 'system' && transition.by.every((party) => party === 'handler'))
      this.handlers.add(doer.organizationId)
  }

  private ended({ before, command, nowMs }: Attempt, after: Facts, transition: TransitionDefinition): void {
    const phase = this.phases.get(after.state) ?? ''
    if (heldDone.has(phase) && this.phases.get(before.state) === 'open') {
      this.demand('closing: with evidence or by an acceptor', this.proven)
      if (this.separates) this.demand('closing: accepted by another organization', this.accepted)
      if (this.hasLookBack)
        this.demand('closing: look-back scheduled', this.looked && after.lookBackOn !== null)
    }
    const months = lookBackOf(transition)
    if (months !== undefined) {
      const asked = command.lookBackMonths ?? months.default
      this.demand('look-back: within its months', asked >= months.min && asked <= months.max)
      this.demand('look-back: on its day', after.lookBackOn === lookBackDay(nowMs, asked))
    }
    const running = after.clocks.filter(({ endedMs }) => endedMs === null)
    if (over.has(phase)) this.demand('clocks: none runs when the matter is over', running.length === 0)
    this.demand(
      'clocks: only those of this round run',
      running.every(({ round }) => round === after.round),
    )
    this.demand('clocks: none is lost', after.clocks.length >= before.clocks.length)
  }

  /** After the worker told what was due: each once, none early, none left. */
  escalated(told: readonly EscalationDue[], after: Facts, nowMs: number): void {
    for (const { clock, round, occurrence, level, atMs } of told) {
      const key = `${clock} ${round} ${occurrence} ${level}`
      this.demand('escalation: once a level', !this.told.has(key))
      this.told.add(key)
      this.demand('escalation: not early', atMs <= nowMs)
      const run = after.clocks.find(
        (one) => one.clock === clock && one.round === round && one.occurrence === occurrence,
      )
      this.demand('escalation: of a clock that runs', run !== undefined && run.endedMs === null)
      const rule = this.def.clocks
        .find(({ id }) => id === clock)
        ?.escalations.find((one) => one.level === level)
      if (rule?.when === 'after') this.demand('escalation: after the end', (run?.dueMs ?? 0) <= nowMs)
    }
    for (const run of after.clocks) {
      if (run.endedMs !== null || run.stops.some(({ toMs }) => toMs === null)) continue
      for (const { when, limit, level } of this.def.clocks.find(({ id }) => id === run.clock)?.escalations ??
        [])
        if (when === 'after' && limit.amount === 0 && run.dueMs <= nowMs)
          this.demand(
            'escalation: none is left out',
            this.told.has(`${run.clock} ${run.round} ${run.occurrence} ${level}`),
          )
    }
  }
}

const isSeparation = (guard: { kind: string; a?: Party; b?: Party }): boolean =>
  guard.kind === 'parties-differ' &&
  ((guard.a === 'acceptor' && guard.b === 'handler') || (guard.a === 'handler' && guard.b === 'acceptor'))

const lookBackOf = ({ effects = [] }: TransitionDefinition) => {
  const effect = effects.find(({ kind }) => kind === 'schedule-look-back')
  return effect?.kind === 'schedule-look-back' ? effect.months : undefined
}

function isEntitled(facts: Facts, doer: DoerRef, by: readonly Doer[]): boolean {
  for (const party of by) {
    if (party === 'system') {
      if (doer === 'system') return true
      continue
    }
    const named = facts.parties[party]
    if (doer === 'system' || named === undefined || named.organizationId !== doer.organizationId) continue
    if (named.userId === undefined || named.userId === doer.userId) return true
    if (doer.permissions.has('matter:assign')) return true
  }
  return false
}

const size = (value: unknown): number => (Array.isArray(value) ? value.length : 0)
const has = (value: unknown, values: readonly unknown[]): boolean =>
  Array.isArray(value) ? value.some((one) => values.includes(one)) : values.includes(value)

/** Same day of the month, or the last of a shorter one. */
function lookBackDay(nowMs: number, months: number): string {
  const now = new Date(nowMs + 8 * 3_600_000)
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth() + months]
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month, Math.min(now.getUTCDate(), last))).toISOString().slice(0, 10)
}
