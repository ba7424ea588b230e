/** Names in a definition: every id that is used exists, once, and is of the kind that its place asks for. */
import { lookBackField } from './clocks.ts'
import type { Effect, Guard, TransitionDefinition, WorkflowDefinition } from './definition.ts'
import { openingId } from './facts.ts'

/** What stands more than once. */
export const twice = (ids: readonly string[]): readonly string[] => [
  ...new Set(ids.filter((id, index) => ids.indexOf(id) !== index)),
]

/** Every id that is named exists, once. */
export function nameFaults(def: WorkflowDefinition): readonly string[] {
  const states = new Set(def.states.map(({ id }) => id))
  const transitions = new Set(def.transitions.map(({ id }) => id))
  const clocks = new Set(def.clocks.map(({ id }) => id))
  const faults: string[] = []
  const expect = (known: ReadonlySet<string>, kind: string, ids: readonly string[] = [], where: string) => {
    for (const id of ids)
      if (!known.has(id)) faults.push(`${where} names ${kind} ${id}, which does not exist`)
  }
  for (const [kind, ids] of [
    ['state', def.states.map(({ id }) => id)],
    ['transition', def.transitions.map(({ id }) => id)],
    ['clock', def.clocks.map(({ id }) => id)],
    ['field', def.fields.map(({ id }) => id)],
  ] as const)
    for (const id of twice(ids)) faults.push(`${kind} ${id} is defined twice`)
  if (transitions.has(openingId)) faults.push(`transition ${openingId} bears the name of the opening`)
  if (!/^[A-Z]{2}$/.test(def.prefix)) faults.push(`prefix ${def.prefix} is not two capital letters`)
  expect(states, 'state', [def.initial], 'initial')
  for (const transition of def.transitions) {
    const where = `transition ${transition.id}`
    expect(states, 'state', [...transition.from, transition.to], where)
    if (transition.from.length === 0) faults.push(`${where} leaves no state`)
    if (transition.by.length === 0) faults.push(`${where} can be done by nobody`)
    faults.push(...fillFaults(def, transition), ...evidenceFaults(transition, transitions))
    for (const guard of transition.guards ?? []) faults.push(...guardFaults(def, guard, where))
    for (const effect of transition.effects ?? []) faults.push(...effectFaults(def, effect, clocks, where))
  }
  for (const clock of def.clocks) {
    const where = `clock ${clock.id}`
    for (const when of [clock.startsOn, clock.endsOn]) {
      expect(states, 'state', when.states, where)
      expect(transitions, 'transition', when.transitions, where)
    }
    if ('field' in clock.limit && clock.limit.field !== lookBackField)
      faults.push(...fieldFaults(def, clock.limit.field, ['date'], where))
  }
  return faults
}

function fillFaults(def: WorkflowDefinition, transition: TransitionDefinition): readonly string[] {
  const ids = [...(transition.fields ?? []), ...(transition.optionalFields ?? [])]
  return [
    ...ids.flatMap((id) => fieldFaults(def, id, undefined, `transition ${transition.id}`)),
    ...twice(ids).map((id) => `transition ${transition.id} asks for field ${id} twice`),
  ]
}

function evidenceFaults(
  { id, evidence = [] }: TransitionDefinition,
  transitions: ReadonlySet<string>,
): readonly string[] {
  return [
    ...twice(evidence.map((demand) => demand.id)).map((demand) => `transition ${id} demands ${demand} twice`),
    ...evidence.flatMap((demand) => [
      ...(demand.min < 1 ? [`transition ${id} demands ${demand.min} of ${demand.id}`] : []),
      ...(demand.kinds.length === 0 ? [`demand ${demand.id} of ${id} accepts no kind`] : []),
      ...(demand.since === undefined || demand.since === openingId || transitions.has(demand.since)
        ? []
        : [`demand ${demand.id} of ${id} names transition ${demand.since}, which does not exist`]),
    ]),
  ]
}

function fieldFaults(
  def: WorkflowDefinition,
  id: string,
  types: readonly string[] | undefined,
  where: string,
): readonly string[] {
  const field = def.fields.find((one) => one.id === id)
  if (field === undefined) return [`${where} names field ${id}, which does not exist`]
  return types === undefined || types.includes(field.type)
    ? []
    : [`${where} uses field ${id} as ${types.join(' or ')}, but it is ${field.type}`]
}

function guardFaults(def: WorkflowDefinition, guard: Guard, where: string): readonly string[] {
  const transition = (id: string) =>
    id === openingId || def.transitions.some((one) => one.id === id)
      ? []
      : [`${where}: a guard names transition ${id}, which does not exist`]
  switch (guard.kind) {
    case 'parties-differ':
      return guard.a === guard.b ? [`${where}: a guard compares ${guard.a} with itself`] : []
    case 'other-person-than':
      return guard.transitions.flatMap(transition)
    case 'people-at-least':
      return fieldFaults(def, guard.field, ['people', 'table'], where)
    case 'field-is':
      return valueFaults(def, guard.field, guard.values, where)
    case 'clock-over':
    case 'clock-runs':
      return def.clocks.some(({ id }) => id === guard.clock)
        ? []
        : [`${where}: a guard names clock ${guard.clock}, which does not exist`]
    case 'done-before':
      return transition(guard.transition)
    case 'done-if':
      return [...transition(guard.transition), ...valueFaults(def, guard.field, guard.values, where)]
    case 'rows-all': {
      const wrong = fieldFaults(def, guard.field, ['table'], where)
      const columns = def.fields.find(({ id }) => id === guard.field)?.columns ?? []
      if (wrong.length > 0 || columns.some(({ id }) => id === guard.column)) return wrong
      return [`${where}: table ${guard.field} has no column ${guard.column}`]
    }
    case 'months-between':
      return [
        ...[guard.from, guard.to].flatMap((id) => fieldFaults(def, id, ['date'], where)),
        ...(typeof guard.atLeast === 'number'
          ? []
          : fieldFaults(def, guard.atLeast.field, ['number'], where)),
      ]
  }
}

/** A value that a choice cannot have makes a guard that never passes, or never asks. */
function valueFaults(
  def: WorkflowDefinition,
  id: string,
  values: readonly unknown[],
  where: string,
): readonly string[] {
  const field = def.fields.find((one) => one.id === id)
  if (field === undefined) return fieldFaults(def, id, undefined, where)
  const fits = (value: unknown) => {
    if (field.type === 'choice' || field.type === 'choices')
      return field.options?.some((option) => option.value === value) === true
    if (field.type === 'yes-no') return typeof value === 'boolean'
    return typeof value === (field.type === 'number' || field.type === 'money' ? 'number' : 'string')
  }
  return values
    .filter((value) => !fits(value))
    .map((value) => `${where}: a guard asks field ${id} for ${String(value)}, which it cannot have`)
}

function effectFaults(
  def: WorkflowDefinition,
  effect: Effect,
  clocks: ReadonlySet<string>,
  where: string,
): readonly string[] {
  if ('clock' in effect && !clocks.has(effect.clock))
    return [`${where}: an effect names clock ${effect.clock}, which does not exist`]
  if (effect.kind === 'schedule-look-back') {
    const { min, max, default: usual } = effect.months
    return min > 0 && min <= usual && usual <= max
      ? []
      : [`${where}: look-back of ${min} to ${max} months, by default ${usual}`]
  }
  if (effect.kind !== 'extend-clock') return []
  if (effect.times < 1 || effect.by.amount <= 0) return [`${where}: extends clock ${effect.clock} by nothing`]
  const limit = def.clocks.find(({ id }) => id === effect.clock)?.limit
  const inHours = limit !== undefined && 'unit' in limit && limit.unit === 'hour'
  return inHours === (effect.by.unit === 'hour')
    ? []
    : [`${where}: extends clock ${effect.clock} in a unit that cannot be added to its own`]
}
