/** Conditions of a transition beyond who does it and with what evidence. */
import { isDay, monthsAfter } from './civil.ts'
import { currentClock, isStopped } from './clocks.ts'
import type { Doer, Guard, Party, TransitionDefinition, WorkflowDefinition } from './definition.ts'
import { type DoerRef, type Facts, type PersonRef, partyTitles, type Refusal } from './facts.ts'
import { isEmpty } from './fields.ts'

export interface GuardView {
  readonly def: WorkflowDefinition
  readonly facts: Facts
  readonly doer: DoerRef
  readonly nowMs: number
}

/** Why a guard does not let pass, or undefined. */
export function guardRefusal(guard: Guard, view: GuardView): Refusal | undefined {
  const { def, facts, nowMs } = view
  switch (guard.kind) {
    case 'parties-differ':
      return partiesRefusal(guard.a, guard.b, view)
    case 'other-person-than':
      return personRefusal(guard.transitions, view)
    case 'people-at-least': {
      const named = facts.fields[guard.field]
      const count = Array.isArray(named) ? named.length : 0
      if (count >= guard.count) return undefined
      return refuse(
        `“${fieldTitle(def, guard.field)}”须不少于${guard.count}人，现为${count}人：请补充人员`,
        guard.field,
      )
    }
    case 'field-is': {
      if (isOneOf(facts.fields[guard.field], guard.values)) return undefined
      const wanted = guard.values.map((value) => valueTitle(def, guard.field, value)).join('或')
      return refuse(
        `“${fieldTitle(def, guard.field)}”须为${wanted}，现为${valueTitle(def, guard.field, facts.fields[guard.field])}`,
        guard.field,
      )
    }
    case 'clock-over': {
      const clock = currentClock(facts, guard.clock)
      const title = clockTitle(def, guard.clock)
      if (clock === undefined) return refuse(`“${title}”尚未开始计时，期满后才能办理`, guard.clock)
      if (isStopped(clock)) return refuse(`“${title}”已中止计时，恢复并期满后才能办理`, guard.clock)
      return clock.dueMs <= nowMs
        ? undefined
        : refuse(`“${title}”未满，${momentText(clock.dueMs)}期满后才能办理`, guard.clock)
    }
    case 'clock-runs': {
      const clock = currentClock(facts, guard.clock)
      const title = clockTitle(def, guard.clock)
      if (clock === undefined || clock.endedMs !== null)
        return refuse(`“${title}”未在计时，不能办理`, guard.clock)
      return clock.dueMs > nowMs || isStopped(clock)
        ? undefined
        : refuse(`“${title}”已于${momentText(clock.dueMs)}届满，不能再办理`, guard.clock)
    }
    case 'done-before':
      return isDone(facts, guard.transition)
        ? undefined
        : refuse(`本轮尚未办理“${transitionTitle(def, guard.transition)}”：请先办理`, guard.transition)
    case 'done-if':
      return !isOneOf(facts.fields[guard.field], guard.values) || isDone(facts, guard.transition)
        ? undefined
        : refuse(
            `“${fieldTitle(def, guard.field)}”为${valueTitle(def, guard.field, facts.fields[guard.field])}，须先办理“${transitionTitle(def, guard.transition)}”`,
            guard.transition,
          )
    case 'rows-all':
      return rowsRefusal(guard, view)
    case 'months-between':
      return monthsRefusal(guard, view)
  }
}

/** Fields whose value decides a guard: while they can still be filled in a step, the step is not refused for them. */
export function guardFields(guard: Guard): readonly string[] {
  if (guard.kind === 'months-between') {
    const { from, to, atLeast } = guard
    return typeof atLeast === 'number' ? [from, to] : [from, to, atLeast.field]
  }
  return 'field' in guard ? [guard.field] : []
}

const refuse = (zh: string, what: string): Refusal => ({ code: 'guard', zh, what })

/**
 * Both parties are named and of different organizations; and who acts now has not acted this round for the other
 * side before the parties were changed.
 */
function partiesRefusal(a: Party, b: Party, { def, facts, doer }: GuardView): Refusal | undefined {
  const [first, second] = [facts.parties[a], facts.parties[b]]
  const missing = first === undefined ? a : second === undefined ? b : undefined
  if (missing !== undefined) return refuse(`尚未确定${partyTitles[missing].zh}：请先指定`, missing)
  if (first?.organizationId === second?.organizationId)
    return refuse(`${partyTitles[a].zh}不得与${partyTitles[b].zh}为同一单位：请改由其他单位办理`, a)
  if (doer === 'system') return undefined
  const mine = [a, b].find((party) => isParty(facts, party, doer))
  if (mine === undefined) return undefined
  const side = mine === a ? b : a
  const acted = facts.history.some(({ transition, organizationId, round }) => {
    if (round !== facts.round || organizationId !== doer.organizationId) return false
    const by = def.transitions.find(({ id }) => id === transition)?.by ?? []
    return by.includes(side) && !by.some((party) => party !== side && isParty(facts, party, doer))
  })
  return acted
    ? refuse(`本单位本轮已以${partyTitles[side].zh}身份办理过，不得再作为${partyTitles[mine].zh}办理`, a)
    : undefined
}

function isParty({ parties }: Facts, party: Doer, { organizationId }: PersonRef): boolean {
  return party !== 'system' && parties[party]?.organizationId === organizationId
}

function personRefusal(transitions: readonly string[], { def, facts, doer }: GuardView): Refusal | undefined {
  if (doer === 'system') return undefined
  const done = facts.history.find(
    ({ transition, userId }) => userId === doer.userId && transitions.includes(transition),
  )
  return done === undefined
    ? undefined
    : refuse(`您已办理“${transitionTitle(def, done.transition)}”，本步须由其他人员办理`, done.transition)
}

function rowsRefusal(
  { field, column, value }: Extract<Guard, { kind: 'rows-all' }>,
  { def, facts }: GuardView,
): Refusal | undefined {
  const rows = facts.fields[field]
  const title = fieldTitle(def, field)
  if (!Array.isArray(rows) || rows.length === 0) return refuse(`“${title}”没有内容：请先填写`, field)
  const columnTitle = def.fields.find(({ id }) => id === field)?.columns?.find(({ id }) => id === column)
    ?.title.zh
  const open = rows.flatMap((row: unknown, index) =>
    (row as Record<string, unknown> | null)?.[column] === value ? [] : [index + 1],
  )
  return open.length === 0
    ? undefined
    : refuse(`“${title}”第${open.join('、')}行的“${columnTitle ?? column}”未满足要求`, field)
}

function monthsRefusal(
  { from, to, atLeast }: Extract<Guard, { kind: 'months-between' }>,
  { def, facts }: GuardView,
): Refusal | undefined {
  const months = typeof atLeast === 'number' ? atLeast : facts.fields[atLeast.field]
  if (typeof months !== 'number')
    return refuse(
      `“${typeof atLeast === 'number' ? '' : fieldTitle(def, atLeast.field)}”未填写，无法核对周期`,
      from,
    )
  if (months <= 0) return undefined
  const [first, last] = [facts.fields[from], facts.fields[to]]
  const titles = `“${fieldTitle(def, from)}”至“${fieldTitle(def, to)}”`
  if (typeof first !== 'string' || typeof last !== 'string' || !isDay(first) || !isDay(last))
    return refuse(`${titles}须不少于${months}个月：请填写日期`, from)
  // A period that holds its last day: 1 January to 31 December is twelve months.
  const dayAfter = new Date(Date.parse(`${last}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  return monthsAfter(first, months) <= dayAfter
    ? undefined
    : refuse(`${titles}为${first}至${last}，不足${months}个月（一个完整周期）`, to)
}

function isDone(facts: Facts, transition: string): boolean {
  return facts.history.some((entry) => entry.transition === transition && entry.round === facts.round)
}

function isOneOf(value: unknown, values: readonly unknown[]): boolean {
  // A field of several choices has the value when it is among them.
  return Array.isArray(value) ? value.some((one) => values.includes(one)) : values.includes(value)
}

const fieldTitle = (def: WorkflowDefinition, field: string): string =>
  def.fields.find(({ id }) => id === field)?.title.zh ?? field
const clockTitle = (def: WorkflowDefinition, clock: string): string =>
  def.clocks.find(({ id }) => id === clock)?.title.zh ?? clock
export const transitionTitle = (def: WorkflowDefinition, transition: TransitionDefinition['id']): string =>
  def.transitions.find(({ id }) => id === transition)?.title.zh ?? transition

function valueTitle(def: WorkflowDefinition, field: string, value: unknown): string {
  if (isEmpty(value)) return '空'
  if (typeof value === 'boolean') return value ? '“是”' : '“否”'
  if (Array.isArray(value)) return value.map((one) => valueTitle(def, field, one)).join('、')
  const option = def.fields.find(({ id }) => id === field)?.options?.find((one) => one.value === value)
  return `“${option?.title.zh ?? String(value)}”`
}

/** The last moment of a limit in words: an end at 0:00 is 24:00 of the day before. */
function momentText(ms: number): string {
  const local = new Date(ms + 8 * 3_600_000).toISOString()
  if (local.slice(11, 19) !== '00:00:00') return `${local.slice(0, 10)} ${local.slice(11, 16)}`
  return `${new Date(ms + 8 * 3_600_000 - 1).toISOString().slice(0, 10)} 24时`
}
