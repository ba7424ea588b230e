/** Random lives of matters: mostly by people who mean well, often enough by people who do not. */

import { escalationsDue, reach } from '../clocks.ts'
import type { Party, TransitionDefinition, WorkflowDefinition } from '../definition.ts'
import { open, step } from '../engine.ts'
import type { Command, DoerRef, EvidenceFact, Facts } from '../facts.ts'
import { weekendCalendar } from './calendar.fixture.ts'
import { Oracle } from './oracle.fixture.ts'
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
  unfittingEvidence,
  unfittingValue,
  whenOver,
} from './world.fixture.ts'

/** What is walked: the engine, or one that was broken on purpose. */
export interface Engine {
  readonly step: typeof step
  readonly escalationsDue: typeof escalationsDue
  readonly reach: typeof reach
}
export const soundEngine: Engine = { step, escalationsDue, reach }

export interface WalkCount {
  steps: number
  done: number
  refused: Record<string, number>
  matters: number
  closings: number
  rebounds: number
  escalations: number
  /** `from transition` that have been walked. */
  edges: Set<string>
}

const newCount = (): WalkCount => ({
  steps: 0,
  done: 0,
  refused: {},
  matters: 0,
  closings: 0,
  rebounds: 0,
  escalations: 0,
  edges: new Set(),
})

/** A penalty that goes to the court takes more than twenty steps that succeed. */
const longest = 160

/** Walks at least `steps` steps through matters of one workflow. Throws at the first broken invariant. */
export function walk(
  def: WorkflowDefinition,
  steps: number,
  seed: number,
  engine: Engine = soundEngine,
  count: WalkCount = newCount(),
): WalkCount {
  const random = randomOf(seed)
  const until = count.steps + steps
  while (count.steps < until) live(def, random, engine, count)
  return count
}

function live(def: WorkflowDefinition, random: () => number, engine: Engine, count: WalkCount): void {
  let nowMs = beginMs + Math.floor(random() * 500 * dayMs)
  const named = Object.fromEntries(
    parties.filter(() => random() < 0.95).map((party) => [party, partyOf(random, party)]),
  )
  for (const party of def.parties) named[party] ??= ref(party)
  const fields = openingFields(random, def, nowMs)
  const opened = open(
    def,
    { parties: named, fields },
    personOf(1, 9, permissionsOf(def)),
    nowMs,
    weekendCalendar,
  )
  if (!opened.ok) throw new Error(`not opened: ${opened.refusals.map(({ zh }) => zh).join('；')}`)
  let facts = opened.facts
  const oracle = new Oracle(def, facts)
  count.matters++
  for (let length = 0; length < longest; length++) {
    nowMs += Math.floor(random() ** 3 * 40 * dayMs)
    const transition = nextStep(random, def, facts, count.edges)
    if (transition === undefined) return
    if (random() < 0.3) nowMs = whenOver(transition, facts, nowMs)
    facts = told(def, facts, nowMs, engine, oracle, count)
    facts = withEvidence(random, facts, transition, nowMs)
    const doer = doerOf(random, def, transition, facts)
    const command = commandOf(random, def, transition, facts, nowMs)
    const outcome = engine.step(def, Object.freeze(facts), doer, command, nowMs, weekendCalendar)
    oracle.attempted({ before: facts, doer, command, nowMs, outcome })
    count.steps++
    if (!outcome.ok) {
      for (const { code } of outcome.refusals) count.refused[code] = (count.refused[code] ?? 0) + 1
      continue
    }
    tally(def, facts, outcome.facts, transition, count)
    facts = outcome.facts
  }
}

function tally(
  def: WorkflowDefinition,
  before: Facts,
  after: Facts,
  transition: TransitionDefinition,
  count: WalkCount,
): void {
  count.done++
  count.edges.add(`${before.state} ${transition.id}`)
  if (after.rebounds > before.rebounds) count.rebounds++
  const phase = def.states.find(({ id }) => id === after.state)?.phase
  if (phase === 'closed' || phase === 'watched') count.closings++
}

/** One in eight matters has one organization on two sides, or a person in charge. */
function partyOf(random: () => number, party: Party) {
  if (random() < 0.1) return ref(pick(random, parties) ?? party)
  return random() < 0.3 ? { ...ref(party), userId: ref(party).organizationId * 100 + 1 } : ref(party)
}

/** The worker comes by on most days. */
function told(
  def: WorkflowDefinition,
  facts: Facts,
  nowMs: number,
  engine: Engine,
  oracle: Oracle,
  count: WalkCount,
): Facts {
  const due = engine.escalationsDue(def, facts, nowMs, weekendCalendar)
  const after = engine.reach(def, facts, due, nowMs, weekendCalendar)
  oracle.escalated(due, after, nowMs)
  count.escalations += due.length
  return after
}

function nextStep(
  random: () => number,
  def: WorkflowDefinition,
  { state }: Facts,
  walked: ReadonlySet<string>,
): TransitionDefinition | undefined {
  if (random() < 0.05) return pick(random, def.transitions)
  const leaving = def.transitions.filter(({ from }) => from.includes(state))
  const fresh = leaving.filter(({ id }) => !walked.has(`${state} ${id}`))
  if (fresh.length > 0 && random() < 0.2) return pick(random, fresh)
  const onward = leaving.filter(({ to }) => def.states.find(({ id }) => id === to)?.phase !== 'dropped')
  return pick(random, random() < 0.95 && onward.length > 0 ? onward : leaving)
}

/** What is missing is brought, or something that only looks like it, or nothing. */
function withEvidence(
  random: () => number,
  facts: Facts,
  { evidence: demands = [] }: TransitionDefinition,
  nowMs: number,
): Facts {
  if (demands.length === 0) return facts
  const roll = random()
  const brought: EvidenceFact[] = demands.flatMap((demand): readonly EvidenceFact[] => {
    if (roll < 0.8) return fittingEvidence(demand, nowMs)
    return roll < 0.95 ? [unfittingEvidence(random, demand, nowMs)] : []
  })
  return brought.length === 0 ? facts : { ...facts, evidence: [...facts.evidence, ...brought] }
}

function doerOf(
  random: () => number,
  def: WorkflowDefinition,
  transition: TransitionDefinition,
  facts: Facts,
): DoerRef {
  const right = rightDoer(random, def, transition, facts)
  const roll = random()
  if (right !== undefined && roll < 0.88) return right
  if (roll < 0.9) return 'system'
  const permissions = roll < 0.95 ? permissionsOf(def) : new Set<string>()
  return personOf(1 + Math.floor(random() * 6), 1 + Math.floor(random() * 3), permissions)
}

/** The right command, or one with something left out, wrong, or smuggled in. */
function commandOf(
  random: () => number,
  def: WorkflowDefinition,
  transition: TransitionDefinition,
  facts: Facts,
  nowMs: number,
): Command {
  const right = fittingCommand(random, def, transition, facts, nowMs)
  const roll = random()
  if (roll < 0.85) {
    const months = transition.effects?.some(({ kind }) => kind === 'schedule-look-back') === true
    return months && random() < 0.5 ? { ...right, lookBackMonths: Math.floor(random() * 20) } : right
  }
  if (roll < 0.88) return { transition: transition.id, fields: right.fields }
  if (roll < 0.91) return { ...right, reason: '  ', fields: {} }
  if (roll < 0.94) {
    const party = pick(random, parties) ?? 'handler'
    const other = pick(random, parties) ?? 'handler'
    return { ...right, reason: '改派', parties: { [party]: ref(other) } }
  }
  const field = pick(random, def.fields)
  if (field === undefined) return right
  return { ...right, fields: { ...right.fields, [field.id]: unfittingValue(field) } }
}
