/** What stands in the way of a step, besides proof: each says what is missing and what to do. */
import { currentClock, isRunning } from './clocks.ts'
import type { Doer, Party, StateDefinition, TransitionDefinition, WorkflowDefinition } from './definition.ts'
import { type Command, type DoerRef, type Facts, type PartyRef, partyTitles, type Refusal } from './facts.ts'
import { fieldFault, isEmpty } from './fields.ts'
import { guardFields, guardRefusal, transitionTitle } from './guards.ts'

/** A person with this permission may act for the one who is in charge, within their own organization. */
export const actForPermission = 'matter:assign'

export function stateRefusal(
  def: WorkflowDefinition,
  transition: TransitionDefinition | undefined,
  facts: Facts,
  command: Command,
): Refusal | undefined {
  if (transition === undefined)
    return {
      code: 'state',
      zh: `“${def.title.zh}”没有“${command.transition}”这一步`,
      what: command.transition,
    }
  if (transition.from.includes(facts.state)) return undefined
  const title = stateOf(def, facts.state)?.title.zh ?? facts.state
  return {
    code: 'state',
    zh: `事项现为“${title}”，不能办理“${transition.title.zh}”：请刷新后再看`,
    what: facts.state,
  }
}

export function doerRefusals(
  transition: TransitionDefinition,
  facts: Facts,
  doer: DoerRef,
): readonly Refusal[] {
  if (doer === 'system')
    return transition.by.includes('system')
      ? []
      : [{ code: 'not-party', zh: `“${transition.title.zh}”须由人员办理，系统不能代办` }]
  const refusals: Refusal[] = []
  if (!transition.by.some((party) => party !== 'system' && mayActAs(facts.parties[party], doer)))
    refusals.push({ code: 'not-party', zh: partyText(transition, facts, doer) })
  if (!doer.permissions.has(transition.permission))
    refusals.push({
      code: 'permission',
      zh: `您的账号没有办理“${transition.title.zh}”的权限（${transition.permission}）：请联系本单位管理员`,
      what: transition.permission,
    })
  return refusals
}

/** Of the same organization; and the person in charge, unless one who may assign acts for them. */
function mayActAs(party: PartyRef | undefined, doer: Exclude<DoerRef, 'system'>): boolean {
  if (party === undefined || party.organizationId !== doer.organizationId) return false
  return party.userId === undefined || party.userId === doer.userId || doer.permissions.has(actForPermission)
}

function partyText(transition: TransitionDefinition, facts: Facts, doer: Exclude<DoerRef, 'system'>): string {
  const names = transition.by.map((party) => partyTitles[party].zh).join('或')
  const own = transition.by.some(
    (party) => party !== 'system' && facts.parties[party]?.organizationId === doer.organizationId,
  )
  return own
    ? `“${transition.title.zh}”由本单位指定的经办人办理：请由经办人办理，或由负责人改派`
    : `“${transition.title.zh}”由${names}办理，您所在单位不是`
}

/** Who may name whom; and a person is named within an organization. */
export function partyRefusals(
  transition: TransitionDefinition,
  facts: Facts,
  doer: DoerRef,
  { parties = {} }: Command,
): readonly Refusal[] {
  const oversees = doer === 'system' || mayActAs(facts.parties.overseer, doer)
  return (Object.entries(parties) as [Party, PartyRef][]).flatMap(([party, ref]) => {
    if (partyTitles[party] === undefined || (party as Doer) === 'system')
      return [{ code: 'field' as const, zh: `没有“${party}”这一方`, what: party }]
    const own = facts.parties[party]
    const inside =
      doer !== 'system' &&
      own?.organizationId === doer.organizationId &&
      own.organizationId === ref.organizationId
    if (inside || transition.assigns?.includes(party) === true || (oversees && party !== 'owner')) return []
    return [
      {
        code: 'field' as const,
        zh: `办理“${transition.title.zh}”时不能改变${partyTitles[party].zh}：请由交办单位指定`,
        what: party,
      },
    ]
  })
}

export function reasonRefusals(transition: TransitionDefinition, { reason }: Command): readonly Refusal[] {
  return transition.reason !== true || (reason !== undefined && reason.trim() !== '')
    ? []
    : [{ code: 'reason', zh: `办理“${transition.title.zh}”须写明理由` }]
}

export function fillRefusals(
  def: WorkflowDefinition,
  transition: TransitionDefinition,
  filled: Facts,
  { fields = {} }: Command,
): readonly Refusal[] {
  const fillable = new Set([...(transition.fields ?? []), ...(transition.optionalFields ?? [])])
  const refusals: Refusal[] = []
  for (const id of Object.keys(fields))
    if (!fillable.has(id))
      refusals.push({
        code: 'field',
        zh: `办理“${transition.title.zh}”时不填写“${titleOf(def, id)}”`,
        what: id,
      })
  for (const id of transition.fields ?? [])
    if (isEmpty(filled.fields[id]))
      refusals.push({ code: 'field', zh: `“${titleOf(def, id)}”未填写`, what: id })
  return [...refusals, ...valueRefusals(def, fields)]
}

export function valueRefusals(
  def: WorkflowDefinition,
  fields: Readonly<Record<string, unknown>>,
): readonly Refusal[] {
  return Object.entries(fields).flatMap(([id, value]) => {
    const field = def.fields.find((one) => one.id === id)
    if (field === undefined) return [{ code: 'field' as const, zh: `没有“${id}”这一项`, what: id }]
    const fault = isEmpty(value) ? undefined : fieldFault(field, value)
    return fault === undefined ? [] : [{ code: 'field' as const, zh: fault, what: id }]
  })
}

export function guardRefusals(
  def: WorkflowDefinition,
  transition: TransitionDefinition,
  facts: Facts,
  doer: DoerRef,
  nowMs: number,
  beforeFilling: boolean,
): readonly Refusal[] {
  const fillable = new Set([...(transition.fields ?? []), ...(transition.optionalFields ?? [])])
  return (transition.guards ?? []).flatMap((guard) => {
    if (beforeFilling && guardFields(guard).some((field) => fillable.has(field))) return []
    if (beforeFilling && guard.kind === 'parties-differ' && isNamedOnTheWay(transition, guard.a, guard.b))
      return []
    const refusal = guardRefusal(guard, { def, facts, doer, nowMs })
    return refusal === undefined ? [] : [refusal]
  })
}

const isNamedOnTheWay = ({ assigns = [] }: TransitionDefinition, ...parties: Party[]): boolean =>
  parties.some((party) => assigns.includes(party))

export function extensionRefusals(
  def: WorkflowDefinition,
  transition: TransitionDefinition,
  facts: Facts,
): readonly Refusal[] {
  return (transition.effects ?? []).flatMap((effect) => {
    if (effect.kind !== 'extend-clock') return []
    const title = def.clocks.find(({ id }) => id === effect.clock)?.title.zh ?? effect.clock
    const clock = currentClock(facts, effect.clock)
    const refuse = (zh: string): Refusal[] => [{ code: 'guard', zh, what: effect.clock }]
    if (clock === undefined || !isRunning(clock)) return refuse(`“${title}”未在计时，不能延期`)
    const times = clock.extensions.filter((one) => one.transition === transition.id).length
    return times < effect.times
      ? []
      : refuse(`“${title}”已按“${transitionTitle(def, transition.id)}”延期${times}次，不得再延`)
  })
}

export function lookBackRefusals(
  transition: TransitionDefinition,
  { lookBackMonths }: Command,
): readonly Refusal[] {
  if (lookBackMonths === undefined) return []
  const effect = transition.effects?.find(({ kind }) => kind === 'schedule-look-back')
  if (effect?.kind !== 'schedule-look-back')
    return [{ code: 'field', zh: `办理“${transition.title.zh}”时不安排回头看`, what: 'lookBackMonths' }]
  const { min, max } = effect.months
  return Number.isInteger(lookBackMonths) && lookBackMonths >= min && lookBackMonths <= max
    ? []
    : [
        {
          code: 'field',
          zh: `回头看须在${min}至${max}个月之间安排，收到${lookBackMonths}`,
          what: 'lookBackMonths',
        },
      ]
}

/** Somebody has to be there to act next: a matter that waits for nobody is lost. */
export function nextRefusals(
  def: WorkflowDefinition,
  transition: TransitionDefinition,
  { parties }: Facts,
): readonly Refusal[] {
  const waitsFor = stateOf(def, transition.to)?.waitsFor ?? []
  if (waitsFor.length === 0 || waitsFor.some((one) => one === 'system' || parties[one] !== undefined))
    return []
  const names = waitsFor.map((party) => partyTitles[party].zh).join('或')
  return [
    { code: 'guard', zh: `下一步由${names}办理，尚未确定是哪个单位：请先指定`, what: waitsFor[0] ?? '' },
  ]
}

const stateOf = (def: WorkflowDefinition, state: string): StateDefinition | undefined =>
  def.states.find(({ id }) => id === state)
const titleOf = (def: WorkflowDefinition, field: string): string =>
  def.fields.find(({ id }) => id === field)?.title.zh ?? field
