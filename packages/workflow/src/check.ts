/**
 * Faults of a definition that can be seen without running it. A definition with a fault is not shipped: the test of
 * this package asks for an empty list for every workflow.
 */
import { nameFaults, twice } from './check-names.ts'
import type { Party, TransitionDefinition, WorkflowDefinition } from './definition.ts'

/** What is wrong with a definition, one sentence each; empty when nothing is. */
export function checkDefinition(def: WorkflowDefinition): readonly string[] {
  const names = nameFaults(def)
  // A walk over states that do not exist would only repeat the fault.
  return names.length > 0
    ? names
    : [
        ...graphFaults(def),
        ...closingFaults(def),
        ...lookBackFaults(def),
        ...clockFaults(def),
        ...waitFaults(def),
      ]
}

/** Faults between workflows: the same id or prefix twice, an effect that opens a workflow that is not there. */
export function checkWorkflows(defs: readonly WorkflowDefinition[]): readonly string[] {
  const opened = defs.flatMap(({ id, transitions }) =>
    transitions.flatMap(({ id: transition, effects = [] }) =>
      effects.flatMap((effect) =>
        effect.kind === 'open-matter' && !defs.some((def) => def.id === effect.workflow)
          ? [`${id}: transition ${transition} opens workflow ${effect.workflow}, which does not exist`]
          : [],
      ),
    ),
  )
  return [
    ...twice(defs.map(({ id }) => id)).map((id) => `workflow ${id} is defined twice`),
    ...twice(defs.map(({ prefix }) => prefix)).map((prefix) => `prefix ${prefix} is used twice`),
    ...opened,
    ...defs.flatMap((def) => checkDefinition(def).map((fault) => `${def.id}: ${fault}`)),
  ]
}

const phaseOf = (def: WorkflowDefinition, state: string) => def.states.find(({ id }) => id === state)?.phase

/** States that can be reached from some, over the transitions that are allowed. */
function reachable(
  { transitions }: WorkflowDefinition,
  from: readonly string[],
  allowed: (transition: TransitionDefinition) => boolean = () => true,
): ReadonlySet<string> {
  const seen = new Set(from)
  const queue = [...seen]
  for (let state = queue.pop(); state !== undefined; state = queue.pop())
    for (const transition of transitions)
      if (transition.from.includes(state) && allowed(transition) && !seen.has(transition.to)) {
        seen.add(transition.to)
        queue.push(transition.to)
      }
  return seen
}

/** Every state can be reached, can be left unless the matter is over, and leads to an end. */
function graphFaults(def: WorkflowDefinition): readonly string[] {
  const seen = reachable(def, [def.initial])
  const isOver = (state: string) => ['closed', 'dropped'].includes(phaseOf(def, state) ?? '')
  const faults = def.states.flatMap(({ id, phase }) => {
    if (!seen.has(id)) return [`state ${id} cannot be reached`]
    if (isOver(id)) return []
    if (!def.transitions.some(({ from, to }) => from.includes(id) && to !== id))
      return [`state ${id} is a dead end: ${phase}, but nothing leaves it`]
    return [...reachable(def, [id])].some(isOver) ? [] : [`no end can be reached from state ${id}`]
  })
  if (!def.states.some(({ phase }) => phase === 'closed')) faults.push('no state closes the matter')
  for (const { id, from, to } of def.transitions)
    if (phaseOf(def, to) === 'open' && from.some(isOver) && !isRebound(def, id))
      faults.push(`transition ${id} opens a matter that is over, but does not count as a rebound`)
  return faults
}

const isRebound = (def: WorkflowDefinition, id: string): boolean =>
  def.transitions.find((one) => one.id === id)?.effects?.some(({ kind }) => kind === 'rebound') === true

const isSeparated = ({ guards = [] }: TransitionDefinition, a: Party, b: Party): boolean =>
  guards.some(
    (guard) =>
      guard.kind === 'parties-differ' &&
      ((guard.a === a && guard.b === b) || (guard.a === b && guard.b === a)),
  )

/** Where a round begins: at the opening, and where a rebound leads. */
const beginnings = (def: WorkflowDefinition): readonly string[] => [
  def.initial,
  ...def.transitions.filter(({ id }) => isRebound(def, id)).map(({ to }) => to),
]

/** Phases in which a matter is held to be done. */
const isDone = (def: WorkflowDefinition, state: string): boolean =>
  ['closed', 'watched'].includes(phaseOf(def, state) ?? '')

/**
 * Nothing is closed on somebody's word alone, and where the workflow separates handler and acceptor no path leads
 * around the acceptance: not from the beginning, and not after a rebound.
 */
function closingFaults(def: WorkflowDefinition): readonly string[] {
  const isProven = ({ evidence = [], by }: TransitionDefinition) =>
    evidence.length > 0 || by.every((party) => party === 'acceptor')
  const onTheirWord = reachable(def, beginnings(def), (transition) => !isProven(transition))
  const faults = [...onTheirWord]
    .filter((state) => isDone(def, state))
    .map((state) => `state ${state} can be reached without evidence and without an acceptor`)
  for (const transition of def.transitions) {
    const said =
      isProven(transition) || transition.reason === true || transition.by.every((party) => party === 'system')
    if (phaseOf(def, transition.to) === 'dropped' && !said)
      faults.push(`transition ${transition.id} drops a matter without a reason`)
  }
  return [...faults, ...separationFaults(def)]
}

function separationFaults(def: WorkflowDefinition): readonly string[] {
  const acts = (party: Party) => def.transitions.some(({ by }) => by.includes(party))
  if (!acts('acceptor') || !acts('handler')) return []
  const around = reachable(
    def,
    beginnings(def),
    (transition) => !isSeparated(transition, 'acceptor', 'handler'),
  )
  return [...around]
    .filter((state) => isDone(def, state))
    .map(
      (state) =>
        `state ${state} can be reached without an acceptance by another organization than the handler`,
    )
}

/** Where a workflow has a look-back, everything that is held to be done gets one. */
function lookBackFaults(def: WorkflowDefinition): readonly string[] {
  const schedules = ({ effects = [] }: TransitionDefinition) =>
    effects.some(({ kind }) => kind === 'schedule-look-back')
  const watched = def.states.some(({ phase }) => phase === 'watched')
  if (!def.transitions.some(schedules))
    return watched ? ['a state waits for a look-back, but none is scheduled'] : []
  const around = reachable(def, beginnings(def), (transition) => !schedules(transition))
  return [...around]
    .filter((state) => isDone(def, state))
    .map((state) => `state ${state} is reached without a look-back being scheduled`)
}

/** Every clock starts, ends, and escalates by levels that differ. */
function clockFaults(def: WorkflowDefinition): readonly string[] {
  return def.clocks.flatMap((clock) => {
    const { id, startsOn, endsOn, escalations, limit, monthlyOn } = clock
    const faults = twice(escalations.map(({ level }) => String(level))).map(
      (level) => `clock ${id} has level ${level} twice`,
    )
    if (!('field' in limit) && monthlyOn === undefined && !(limit.amount > 0))
      faults.push(`clock ${id} has a limit of ${limit.amount}`)
    if (monthlyOn !== undefined && !(monthlyOn >= 1 && monthlyOn <= 31))
      faults.push(`clock ${id} is due on day ${monthlyOn} of the month`)
    const starts = [
      ...(startsOn.states ?? []),
      ...def.transitions.filter((one) => startsOn.transitions?.includes(one.id)).map(({ to }) => to),
    ]
    if (starts.length === 0) faults.push(`clock ${id} never starts`)
    if ((endsOn.states ?? []).length + (endsOn.transitions ?? []).length === 0)
      faults.push(`clock ${id} never ends`)
    for (const start of new Set(starts)) {
      const states = reachable(def, [start])
      const byTransition = def.transitions.some(
        (one) => endsOn.transitions?.includes(one.id) && one.from.some((state) => states.has(state)),
      )
      if (!byTransition && !endsOn.states?.some((state) => states.has(state) && state !== start))
        faults.push(`clock ${id} never ends once it has started on ${start}`)
    }
    return faults
  })
}

/** Whoever a state waits for can do something there, and an open state waits for somebody. */
function waitFaults(def: WorkflowDefinition): readonly string[] {
  return def.states.flatMap(({ id, phase, waitsFor }) => {
    const leaving = def.transitions.filter(({ from }) => from.includes(id))
    const idle = waitsFor.filter((party) => !leaving.some(({ by }) => by.includes(party)))
    return [
      ...(phase === 'open' && waitsFor.length === 0 ? [`state ${id} is open, but waits for nobody`] : []),
      ...idle.map((party) => `state ${id} waits for ${party}, who can do nothing there`),
    ]
  })
}
