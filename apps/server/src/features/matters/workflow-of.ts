/** Definitions by name, and what the room reads out of them. */
import {
  type ClockDefinition,
  type Party,
  type StateDefinition,
  type WorkflowDefinition,
  workflows,
} from '@shanshui/workflow'
import { AppError } from '../../platform/errors.ts'

const byId = new Map(workflows.map((def) => [def.id, def]))

/** Errors: `matter.workflow-unknown`. */
export function workflowOf(id: string): WorkflowDefinition {
  const def = byId.get(id)
  if (def === undefined) throw new AppError('matter.workflow-unknown', { detail: `没有“${id}”` })
  return def
}

/** A state of the definition; one that a newer release took out keeps its name and asks for nobody. */
export function stateOf(def: WorkflowDefinition, state: string): StateDefinition {
  return (
    def.states.find(({ id }) => id === state) ?? {
      id: state,
      title: { zh: state, en: state },
      phase: 'open',
      waitsFor: [],
    }
  )
}

export const clockOf = (def: WorkflowDefinition, clock: string): ClockDefinition | undefined =>
  def.clocks.find(({ id }) => id === clock)

/** Clocks that a step has to wait out (公示期): nobody is late by them. */
export function waitingPeriods(def: WorkflowDefinition): ReadonlySet<string> {
  return new Set(
    def.transitions.flatMap(({ guards = [] }) =>
      guards.flatMap((guard) => (guard.kind === 'clock-over' ? [guard.clock] : [])),
    ),
  )
}

/** Permissions with which a party moves the matter on from a state. */
export function permissionsToAct(def: WorkflowDefinition, state: string, party: Party): readonly string[] {
  return [
    ...new Set(
      def.transitions
        .filter(({ from, by }) => from.includes(state) && by.includes(party))
        .map(({ permission }) => permission),
    ),
  ]
}
