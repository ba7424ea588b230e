/** What a complaint takes over from the matter that treats it, after each of its steps. Pure. */
import type { Facts, Party } from '@shanshui/workflow'
import type { ComplaintRow, Followed } from './complaint.table.ts'
import { definition } from './definition.ts'

/** Those who may look at who complained: who gave the matter out and who handles it. */
const keeperParties: readonly Party[] = ['overseer', 'handler']
const partiesHere: readonly Party[] = ['overseer', 'handler', 'acceptor', 'reviewer']
/** A right, not a duty: nobody is late by it. */
const notDuties: ReadonlySet<string> = new Set(['objection'])

function organizations(facts: Facts, parties: readonly Party[]): number[] {
  const ids = parties.flatMap((party) => facts.parties[party]?.organizationId ?? [])
  return [...new Set(ids)].sort((a, b) => a - b)
}

const textField = (facts: Facts, field: string): string | null => {
  const value = facts.fields[field]
  return typeof value === 'string' && value !== '' ? value : null
}

function dueOf(facts: Facts): Followed['due'] {
  const running = facts.clocks
    .filter(({ clock, endedMs, stops }) => {
      const stopped = stops.some(({ toMs }) => toMs === null)
      return endedMs === null && !stopped && !notDuties.has(clock)
    })
    .sort((a, b) => a.dueMs - b.dueMs)
  const [first] = running
  if (first === undefined) return null
  const { clock, startedMs, dueMs, provisional } = first
  const title = definition.clocks.find(({ id }) => id === clock)?.title.zh ?? clock
  return { title, startedMs, dueMs, provisional }
}

export function followedFrom(facts: Facts): Followed {
  const state = definition.states.find(({ id }) => id === facts.state)
  const phase: ComplaintRow['phase'] = state?.phase ?? 'open'
  const waiting = (state?.waitsFor ?? []).filter((doer): doer is Party => doer !== 'system')
  const first = (transition: string) => facts.history.find((entry) => entry.transition === transition)
  const last = (...transitions: string[]) =>
    facts.history.findLast(({ transition }) => transitions.includes(transition))
  const clock = (name: string) => facts.clocks.findLast((run) => run.clock === name)
  const ended = phase === 'closed' || phase === 'dropped'
  const finish = clock('finish')
  return {
    parties: organizations(facts, partiesHere),
    keepers: organizations(facts, keeperParties),
    state: facts.state,
    phase,
    waitsFor: organizations(facts, waiting),
    due: ended ? null : dueOf(facts),
    informDueMs: clock('inform')?.dueMs ?? null,
    acceptedMs: (first('accept') ?? last('transfer', 'send-back', 'join'))?.atMs ?? null,
    finishDueMs: finish?.dueMs ?? null,
    extended: (finish?.extensions.length ?? 0) > 0,
    answeredMs: last('reply', 'no-reply')?.atMs ?? null,
    // Merged ones end with the one that they were merged into.
    finishedMs: ended && facts.state !== 'joined' ? (facts.history.at(-1)?.atMs ?? null) : null,
    verdict: textField(facts, 'verdict'),
    satisfaction: textField(facts, 'satisfaction'),
  }
}
