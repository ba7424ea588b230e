/**
 * Every edge of every workflow, walked by people who mean well; and at every edge everything that must not pass:
 * every step from every wrong state, by every wrong party, without permission, proof, field, reason or guard.
 */
import { describe, expect, test } from 'vitest'
import type { Doer, Guard, Party, TransitionDefinition, WorkflowDefinition } from '../definition.ts'
import { workflows } from '../definitions/index.ts'
import { open, step } from '../engine.ts'
import type { Command, DoerRef, Facts, Refusal } from '../facts.ts'
import { weekendCalendar } from './calendar.fixture.ts'
import { sample } from './sample.fixture.ts'
import {
  beginMs,
  dayMs,
  fittingCommand,
  fittingEvidence,
  openingFields,
  parties,
  permissionsOf,
  personOf,
  pick,
  randomOf,
  ref,
  rightDoer,
  whenOver,
} from './world.fixture.ts'

interface Edge {
  readonly transition: TransitionDefinition
  readonly facts: Facts
  readonly doer: DoerRef
  readonly command: Command
  readonly nowMs: number
}

interface Explored {
  readonly edges: ReadonlyMap<string, Edge>
  /** States in which somebody who means well found no step for half a year. */
  readonly stuck: ReadonlySet<string>
}

const all = [sample, ...workflows]
const explored = new Map(all.map((def) => [def.id, explore(def)]))
const run = (def: WorkflowDefinition, { facts, doer, command, nowMs }: Edge) =>
  step(def, facts, doer, command, nowMs, weekendCalendar)

/** Keeps the first success of every edge: a state and a step that leaves it. */
function explore(def: WorkflowDefinition): Explored {
  const random = randomOf(1)
  const edges = new Map<string, Edge>()
  const stuck = new Set<string>()
  const phases = new Map(def.states.map(({ id, phase }) => [id, phase]))
  const wanted = def.transitions.reduce((sum, { from }) => sum + from.length, 0)
  for (let life = 0; life < 200 || (life < 4_000 && edges.size < wanted); life++) {
    let nowMs = beginMs
    const opening = {
      parties: Object.fromEntries(parties.map((party) => [party, ref(party)])),
      fields: openingFields(random, def, nowMs),
    }
    const opened = open(def, opening, personOf(6, 9, permissionsOf(def)), nowMs, weekendCalendar)
    if (!opened.ok) throw new Error(opened.refusals.map(({ zh }) => zh).join('；'))
    let { facts } = opened
    let waited = 0
    for (let length = 0; length < 200 && waited < 60; length++) {
      nowMs += Math.floor(random() * 6 * dayMs)
      const leaving = def.transitions.filter(({ from }) => from.includes(facts.state))
      const onward = leaving.filter(({ to }) => phases.get(to) !== 'dropped')
      const fresh = leaving.filter(({ id }) => !edges.has(`${facts.state} ${id}`))
      const roll = random()
      const wished = roll < 0.4 ? fresh : roll < 0.9 ? onward : leaving
      const transition = pick(random, wished.length > 0 ? wished : leaving)
      if (transition === undefined) break
      if (random() < 0.5) nowMs = whenOver(transition, facts, nowMs)
      const proof = (transition.evidence ?? []).flatMap((demand) => fittingEvidence(demand, nowMs))
      const seen: Facts = { ...facts, evidence: [...facts.evidence, ...proof] }
      const doer = rightDoer(random, def, transition, seen)
      if (doer === undefined) continue
      const command = fittingCommand(random, def, transition, seen, nowMs)
      const outcome = step(def, seen, doer, command, nowMs, weekendCalendar)
      waited++
      if (!outcome.ok) continue
      waited = 0
      const key = `${facts.state} ${transition.id}`
      if (!edges.has(key)) edges.set(key, { transition, facts: seen, doer, command, nowMs })
      facts = outcome.facts
    }
    if (waited >= 60 && phases.get(facts.state) === 'open') stuck.add(facts.state)
  }
  return { edges, stuck }
}

const edgesOf = (def: WorkflowDefinition): readonly Edge[] => [
  ...(explored.get(def.id)?.edges.values() ?? []),
]
const codes = (outcome: ReturnType<typeof step>): readonly Refusal['code'][] =>
  outcome.ok ? [] : outcome.refusals.map(({ code }) => code)

describe.each(all.map((def) => [def.id, def] as const))('%s', (_, def) => {
  test('every edge can be walked', () => {
    const wanted = def.transitions.flatMap(({ id, from }) => from.map((state) => `${state} ${id}`))
    expect(wanted.filter((key) => explored.get(def.id)?.edges.has(key) !== true)).toEqual([])
  })

  test('nobody who means well is stuck in an open state', () => {
    expect([...(explored.get(def.id)?.stuck ?? [])]).toEqual([])
  })

  test('no step passes from a state that it does not leave', () => {
    for (const edge of edgesOf(def))
      for (const { id } of def.states)
        if (!edge.transition.from.includes(id)) {
          const outcome = run(def, { ...edge, facts: { ...edge.facts, state: id } })
          expect([id, edge.transition.id, codes(outcome)]).toEqual([id, edge.transition.id, ['state']])
        }
  })

  test('no step passes by an organization that is not of its parties, nor by the platform in their place', () => {
    for (const edge of edgesOf(def)) {
      const { by } = edge.transition
      for (const doer of strangers(def, edge.facts, by))
        expect(codes(run(def, { ...edge, doer }))).toContain('not-party')
    }
  })

  test('no step passes by a person without the permission', () => {
    for (const edge of edgesOf(def)) {
      if (edge.doer === 'system') continue
      const permissions = new Set([...permissionsOf(def)].filter((one) => one !== edge.transition.permission))
      expect(codes(run(def, { ...edge, doer: { ...edge.doer, permissions } }))).toContain('permission')
    }
  })

  test('no step passes by a colleague of the person in charge', () => {
    for (const edge of edgesOf(def)) {
      const { doer } = edge
      if (doer === 'system' || edge.transition.permission === 'matter:assign') continue
      const named = Object.fromEntries(
        Object.entries(edge.facts.parties).map(([party, one]) => [party, { ...one, userId: 999 }]),
      )
      const permissions = new Set([edge.transition.permission])
      const facts = { ...edge.facts, parties: named }
      expect(codes(run(def, { ...edge, facts, doer: { ...doer, permissions } }))).toContain('not-party')
    }
  })

  test('no step passes without each of its proofs, nor with one from before the round or of the wrong kind', () => {
    for (const edge of edgesOf(def))
      for (const { id, located } of edge.transition.evidence ?? []) {
        const others = edge.facts.evidence.filter(({ demand }) => demand !== id)
        const mine = edge.facts.evidence.filter(({ demand }) => demand === id)
        const withProof = (evidence: Facts['evidence']) =>
          run(def, { ...edge, facts: { ...edge.facts, evidence } })
        expect(codes(withProof(others))).toContain('evidence')
        const later = {
          ...edge.facts,
          round: 2,
          evidence: edge.facts.evidence.map((one) => ({ ...one, atMs: 0 })),
        }
        expect(codes(run(def, { ...edge, facts: later }))).toContain('evidence')
        if (located === true) {
          const nowhere = mine.map((one) => ({ ...one, located: false }))
          expect(codes(withProof([...others, ...nowhere]))).toContain('evidence')
        }
      }
  })

  test('no step passes without each of its fields, without its reason, or with a field of another step', () => {
    for (const edge of edgesOf(def)) {
      for (const id of edge.transition.fields ?? []) {
        const fields = { ...edge.command.fields, [id]: null }
        expect(codes(run(def, { ...edge, command: { ...edge.command, fields } }))).toContain('field')
      }
      if (edge.transition.reason === true)
        expect(codes(run(def, { ...edge, command: { ...edge.command, reason: '  ' } }))).toContain('reason')
      const smuggled = { ...edge.command, fields: { ...edge.command.fields, 'no-such-field': 1 } }
      expect(codes(run(def, { ...edge, command: smuggled }))).toContain('field')
    }
  })

  test('no step passes against each of its guards', () => {
    for (const edge of edgesOf(def))
      for (const guard of edge.transition.guards ?? []) {
        const against = broken(edge, guard)
        if (against === undefined) continue
        const outcome = run(def, { ...edge, ...against })
        expect([edge.transition.id, guard.kind, outcome.ok]).toEqual([edge.transition.id, guard.kind, false])
      }
  })

  test('nobody but the overseer names other parties, unless the step assigns them', () => {
    for (const edge of edgesOf(def)) {
      const { doer } = edge
      if (doer === 'system' || doer.organizationId === ref('overseer').organizationId) continue
      for (const party of parties) {
        if (edge.transition.assigns?.includes(party) === true) continue
        const command = { ...edge.command, parties: { [party]: { organizationId: 77 } } }
        expect(codes(run(def, { ...edge, command }))).toContain('field')
      }
    }
  })
})

function strangers(def: WorkflowDefinition, facts: Facts, by: readonly Doer[]): readonly DoerRef[] {
  const organizations = [...parties.map((party) => ref(party).organizationId), 66]
  const own = new Set(
    by.flatMap((party) => (party === 'system' ? [] : [facts.parties[party as Party]?.organizationId])),
  )
  const people = organizations
    .filter((organization) => !own.has(organization))
    .map((organization) => personOf(organization, 1, permissionsOf(def)))
  return by.includes('system') ? people : [...people, 'system']
}

/** What would have to be refused because of one guard. */
function broken(
  { facts, command, doer, transition }: Edge,
  guard: Guard,
): { readonly facts?: Facts; readonly command?: Command; readonly doer?: DoerRef } | undefined {
  const withField = (field: string, value: unknown) => {
    const given = command.fields !== undefined && field in command.fields
    return given
      ? { command: { ...command, fields: { ...command.fields, [field]: value } } }
      : { facts: { ...facts, fields: { ...facts.fields, [field]: value } } }
  }
  const currentOf = (field: string) => command.fields?.[field] ?? facts.fields[field]
  switch (guard.kind) {
    case 'parties-differ': {
      const one = facts.parties[guard.a]
      if (one === undefined) return undefined
      return { facts: { ...facts, parties: { ...facts.parties, [guard.a]: one, [guard.b]: one } } }
    }
    case 'other-person-than': {
      const [first] = guard.transitions
      if (doer === 'system' || first === undefined) return undefined
      const { userId, organizationId } = doer
      const entry = {
        from: facts.state,
        to: facts.state,
        userId,
        organizationId,
        atMs: 0,
        round: facts.round,
      }
      return { facts: { ...facts, history: [{ transition: first, ...entry }, ...facts.history] } }
    }
    case 'people-at-least':
      return withField(guard.field, [])
    case 'field-is':
      return withField(guard.field, 'none-of-these')
    case 'clock-over': {
      const clocks = facts.clocks.map((run) => ({ ...run, dueMs: beginMs + 9999 * dayMs }))
      return { facts: { ...facts, clocks } }
    }
    case 'clock-runs':
      return { facts: { ...facts, clocks: facts.clocks.map((run) => ({ ...run, endedMs: 1 })) } }
    case 'done-before': {
      const history = facts.history.filter((one) => one.transition !== guard.transition)
      return { facts: { ...facts, history } }
    }
    case 'done-if': {
      const [value] = guard.values
      if (transition.id === guard.transition || !guard.values.includes(currentOf(guard.field) as string))
        return undefined
      const history = facts.history.filter((one) => one.transition !== guard.transition)
      return value === undefined ? undefined : { facts: { ...facts, history } }
    }
    case 'rows-all':
      return withField(guard.field, [])
    case 'months-between': {
      const months = typeof guard.atLeast === 'number' ? guard.atLeast : currentOf(guard.atLeast.field)
      return typeof months === 'number' && months > 0 ? withField(guard.to, currentOf(guard.from)) : undefined
    }
  }
}
