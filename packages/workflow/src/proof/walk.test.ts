/**
 * Random lives of matters against an oracle that keeps books of its own, for every workflow; and the proof that the
 * oracle sees it when the engine is broken. `WORKFLOW_STEPS` sets the steps of all walks together.
 */
import { describe, expect, test } from 'vitest'
import type { Guard, TransitionDefinition, WorkflowDefinition } from '../definition.ts'
import { workflows } from '../definitions/index.ts'
import type { DoerRef, EscalationDue, Facts, Outcome } from '../facts.ts'
import { sample } from './sample.fixture.ts'
import { type Engine, soundEngine, walk } from './walk.fixture.ts'
import { permissionsOf } from './world.fixture.ts'

const walked = [sample, ...workflows]
const total = Number(process.env.WORKFLOW_STEPS ?? 1_000_000)
const share = Math.ceil(total / walked.length)

describe(`${total} random steps break no invariant and come everywhere`, () => {
  test.each(walked.map((def) => [def.id, def] as const))(
    '%s',
    (_, def) => {
      const count = walk(def, share, 20_260_302)
      const edges = def.transitions.flatMap(({ id, from }) => from.map((state) => `${state} ${id}`))
      expect(count.steps).toBeGreaterThanOrEqual(share)
      if (share >= 20_000) {
        expect(edges.filter((edge) => !count.edges.has(edge))).toEqual([])
        expect(count.done / count.steps).toBeGreaterThan(0.3)
      }
      expect(count.closings).toBeGreaterThan(0)
    },
    120_000,
  )
})

type Change = (transition: TransitionDefinition) => TransitionDefinition
const changed = (def: WorkflowDefinition, change: Change): WorkflowDefinition => ({
  ...def,
  transitions: def.transitions.map(change),
})

/** Runs the engine on a definition that forgot something, while the oracle holds on to the right one. */
function onDefinition(change: Change): Engine {
  const broken = changed(sample, change)
  return {
    ...soundEngine,
    step: (_, facts, doer, command, nowMs, calendar) =>
      soundEngine.step(broken, facts, doer, command, nowMs, calendar),
  }
}

/** Lets the engine see something else than there is. */
function onInput(see: (facts: Facts, doer: DoerRef) => { facts?: Facts; doer?: DoerRef }): Engine {
  return {
    ...soundEngine,
    step: (def, facts, doer, command, nowMs, calendar) => {
      const seen = see(facts, doer)
      return soundEngine.step(def, seen.facts ?? facts, seen.doer ?? doer, command, nowMs, calendar)
    },
  }
}

/** Spoils what the engine gives back. */
function onOutcome(spoil: (after: Facts, before: Facts) => Facts): Engine {
  return {
    ...soundEngine,
    step: (def, facts, doer, command, nowMs, calendar): Outcome => {
      const outcome = soundEngine.step(def, facts, doer, command, nowMs, calendar)
      return outcome.ok ? { ...outcome, facts: spoil(outcome.facts, facts) } : outcome
    },
  }
}

const without = (kind: Guard['kind']): Engine =>
  onDefinition((one) => ({ ...one, guards: (one.guards ?? []).filter((guard) => guard.kind !== kind) }))
const withoutEffect = (kind: string): Engine =>
  onDefinition((one) => ({ ...one, effects: (one.effects ?? []).filter((effect) => effect.kind !== kind) }))
const isOver = (state: string) =>
  ['closed', 'dropped'].includes(sample.states.find(({ id }) => id === state)?.phase ?? '')

const faults: readonly (readonly [string, Engine, string])[] = [
  ['evidence is not asked for', onDefinition((one) => ({ ...one, evidence: [] })), 'evidence'],
  [
    'evidence of an earlier round counts',
    onInput((facts) =>
      facts.round === 1
        ? {}
        : {
            facts: {
              ...facts,
              evidence: facts.evidence.map((one) => ({ ...one, atMs: Number.MAX_SAFE_INTEGER })),
            },
          },
    ),
    'evidence',
  ],
  [
    'pictures without a place count',
    onInput((facts) => ({
      facts: { ...facts, evidence: facts.evidence.map((one) => ({ ...one, located: true })) },
    })),
    'evidence',
  ],
  ['handler and acceptor may be one', without('parties-differ'), 'separation'],
  ['nobody asks for another person', without('other-person-than'), 'separation'],
  ['a notice period need not end', without('clock-over'), 'guard: clock over'],
  ['an application may be late', without('clock-runs'), 'guard: clock runs'],
  ['a goal need not be reached', without('rows-all'), 'guard: rows'],
  ['data need not cover a cycle', without('months-between'), 'guard: a full cycle'],
  ['a hearing may be left out', without('done-if'), 'guard: done'],
  ['no look-back is scheduled', withoutEffect('schedule-look-back'), 'look-back'],
  ['a rebound is not counted', withoutEffect('rebound'), 'rebound'],
  [
    'permissions are not asked for',
    onInput((_, doer) =>
      doer === 'system' ? {} : { doer: { ...doer, permissions: permissionsOf(sample) } },
    ),
    'doer: ',
  ],
  [
    'everybody is a party',
    onInput((facts, doer) =>
      doer === 'system'
        ? {}
        : {
            facts: {
              ...facts,
              parties: Object.fromEntries(
                Object.entries(facts.parties).map(([party]) => [
                  party,
                  { organizationId: doer.organizationId },
                ]),
              ),
            },
          },
    ),
    'party',
  ],
  ['a reason need not be given', onDefinition((one) => ({ ...one, reason: false })), 'reason'],
  [
    'fields need not be filled',
    onDefinition((one) => ({
      ...one,
      fields: [],
      optionalFields: [...(one.fields ?? []), ...(one.optionalFields ?? [])],
    })),
    'fields',
  ],
  [
    'a step is missing in the history',
    onOutcome((after) => ({ ...after, history: after.history.slice(0, -1) })),
    'history',
  ],
  [
    'the history is written over',
    onOutcome((after) => ({
      ...after,
      history: after.history.map((one, index) => (index === 1 ? { ...one, to: 'new' } : one)),
    })),
    'history',
  ],
  [
    'the clocks of a matter that is over go on',
    onOutcome((after) =>
      isOver(after.state)
        ? { ...after, clocks: after.clocks.map((run) => ({ ...run, endedMs: null })) }
        : after,
    ),
    'clocks',
  ],
  [
    'the clocks of the last round go on',
    onOutcome((after, before) =>
      after.round > before.round
        ? { ...after, clocks: after.clocks.map((run) => ({ ...run, endedMs: null })) }
        : after,
    ),
    'clocks',
  ],
  ['an escalation comes twice', { ...soundEngine, reach: (_, facts) => facts }, 'escalation: '],
  [
    'an escalation is left out',
    {
      ...soundEngine,
      escalationsDue: (def, facts, nowMs, calendar): readonly EscalationDue[] =>
        soundEngine.escalationsDue(def, facts, nowMs, calendar).filter(({ level }) => level !== 2),
    },
    'escalation: none is left out',
  ],
  [
    'an escalation comes a week early',
    {
      ...soundEngine,
      escalationsDue: (def, facts, nowMs, calendar): readonly EscalationDue[] =>
        soundEngine.escalationsDue(def, facts, nowMs + 7 * 86_400_000, calendar),
    },
    'escalation: ',
  ],
]

describe('the oracle sees it when', () => {
  test.each(faults)(
    '%s',
    (_, engine, invariant) => {
      expect(() => walk(sample, 60_000, 4, engine)).toThrow(`broken invariant: `)
      expect(() => walk(sample, 60_000, 4, engine)).toThrow(invariant)
    },
    60_000,
  )
})

test('the same seed walks the same walk', () => {
  const [first, second] = [walk(sample, 2_000, 11), walk(sample, 2_000, 11)]
  expect(second).toEqual(first)
  expect(walk(sample, 2_000, 12)).not.toEqual(first)
})
