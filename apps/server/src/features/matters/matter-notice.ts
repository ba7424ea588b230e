/** Who is told when a matter moves or a limit comes near: people of the parties who may act, heads and directors. */
import { type Permission, roleNames, rolePermissions } from '@shanshui/contract'
import type { EscalationDue, Facts, Party, WorkflowDefinition } from '@shanshui/workflow'
import type { Queryable } from '../../platform/db/index.ts'
import { notify } from '../identity/index.ts'
import { peopleWith } from './matter.repository.ts'
import type { MatterRow } from './matter.table.ts'
import { waitsFor } from './matter-facts.ts'
import { clockOf, permissionsToAct, stateOf } from './workflow-of.ts'

const headRoles = ['section-head', 'county-head']
const directorRoles = ['director']

const rolesThatMay = (permissions: readonly string[]): string[] =>
  roleNames.filter((role) =>
    permissions.some((permission) => rolePermissions[role].includes(permission as Permission)),
  )

/** The person in charge; without one, those of the organization who may act in the state. */
async function peopleOf(
  q: Queryable,
  def: WorkflowDefinition,
  facts: Facts,
  party: Party,
): Promise<number[]> {
  const ref = facts.parties[party]
  if (ref === undefined) return []
  if (ref.userId !== undefined) return [ref.userId]
  const permissions = permissionsToAct(def, facts.state, party)
  const roles = rolesThatMay(permissions.length > 0 ? permissions : ['matter:handle', 'matter:assign'])
  return peopleWith(q, [ref.organizationId], roles, null)
}

const briefOf = (def: WorkflowDefinition, row: Pick<MatterRow, 'number' | 'title'>) =>
  `${def.title.zh} ${row.number}：${row.title}`

/** Tells those who have to act now, once for a step. The doer is not told of their own deed. */
export async function tellNext(
  q: Queryable,
  def: WorkflowDefinition,
  row: Pick<MatterRow, 'id' | 'number' | 'title'>,
  facts: Facts,
  step: { readonly seq: number; readonly userId: number | null },
): Promise<void> {
  const people = new Set<number>()
  for (const party of waitsFor(def, facts.state))
    for (const id of await peopleOf(q, def, facts, party)) people.add(id)
  if (step.userId !== null) people.delete(step.userId)
  if (people.size === 0) return
  const state = stateOf(def, facts.state).title.zh
  await notify(q, {
    topic: 'matter',
    to: { userIds: [...people] },
    title: `待办：${briefOf(def, row)}`,
    body: `现为“${state}”，请按时办理。`,
    link: `/matters/${row.id}`,
    dedupeKey: `matter:${row.id}:${step.seq}`,
  })
}

async function peopleOfLevel(
  q: Queryable,
  def: WorkflowDefinition,
  row: MatterRow,
  facts: Facts,
  to: EscalationDue['to'],
): Promise<number[]> {
  const people = new Set<number>()
  const add = (ids: readonly number[]) => {
    for (const id of ids) people.add(id)
  }
  for (const one of to) {
    if (one === 'director') add(await peopleWith(q, null, directorRoles, row.regionCode))
    else if (one === 'head') {
      const { overseer, handler } = facts.parties
      const organizations = [overseer, handler].flatMap((ref) => ref?.organizationId ?? [])
      add(await peopleWith(q, organizations, headRoles, null))
    } else add(await peopleOf(q, def, facts, one))
  }
  // A level that reaches nobody would be lost: then the director hears it.
  if (people.size === 0) add(await peopleWith(q, null, directorRoles, row.regionCode))
  return [...people]
}

const lastDay = (dueMs: number) => new Date(dueMs - 1 + 8 * 3_600_000).toISOString().slice(0, 10)

/** Tells a level of a clock; the key makes it one notice even if somebody tried to tell it twice. */
export async function tellLevel(
  q: Queryable,
  def: WorkflowDefinition,
  row: MatterRow,
  facts: Facts,
  due: EscalationDue,
): Promise<number> {
  const clock = clockOf(def, due.clock)
  const state = facts.clocks.find(
    (one) => one.clock === due.clock && one.round === due.round && one.occurrence === due.occurrence,
  )
  const late = clock?.escalations.find(({ level }) => level === due.level)?.when === 'after'
  const title = clock?.title.zh ?? due.clock
  const day = state === undefined ? '' : lastDay(state.dueMs)
  return notify(q, {
    topic: 'matter',
    to: { userIds: await peopleOfLevel(q, def, row, facts, due.to) },
    title: `${late ? '到期' : '临期'}：${briefOf(def, row)}`,
    body: `“${title}”${late ? `已于 ${day} 到期` : `将于 ${day} 到期`}，第 ${due.level} 级提醒。`,
    link: `/matters/${row.id}`,
    dedupeKey: `matter:${row.id}:${due.clock}:${due.round}:${due.occurrence}:${due.level}`,
  })
}
