import type { MatterBrief } from '@shanshui/contract'
import type { TransitionDefinition, WorkflowDefinition } from '@shanshui/workflow'
import { useQueries } from '@tanstack/react-query'
import { workflowQuery } from '../../../api/matters.ts'

/** The usual steps out of where a matter is, by those it waits for; without a usual one, whatever they can do. */
export function nextActions(
  def: WorkflowDefinition,
  matter: Pick<MatterBrief, 'state' | 'waitsFor'>,
): readonly TransitionDefinition[] {
  const parties = new Set(matter.waitsFor.map(({ party }) => party))
  const own = def.transitions.filter(
    ({ from, by }) => from.includes(matter.state) && by.some((one) => parties.has(one)),
  )
  const usual = own.filter(({ primary }) => primary === true)
  return usual.length > 0 ? usual : own
}

/** What comes next for each of the matters, once the definitions of their workflows are there. */
export function useNextActions(
  matters: readonly MatterBrief[],
): (matter: MatterBrief) => readonly TransitionDefinition[] {
  const ids = [...new Set(matters.map(({ workflow }) => workflow))].sort()
  const definitions = useQueries({ queries: ids.map(workflowQuery) })
  return (matter) => {
    const def = definitions[ids.indexOf(matter.workflow)]?.data
    return def === undefined ? [] : nextActions(def, matter)
  }
}
