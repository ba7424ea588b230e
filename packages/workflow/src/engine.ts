/**
 * The engine: what may be done with a matter, and what it is after it was done. Pure: facts in, facts out; it knows no
 * clock, no database and no organization but those that are handed in.
 */
import { dayOf, monthsAfter } from './civil.ts'
import { atMoment, currentClock, isRunning, moveClocks } from './clocks.ts'
import type {
  Doer,
  EvidenceDemand,
  Party,
  StateDefinition,
  TransitionDefinition,
  WorkflowDefinition,
} from './definition.ts'
import {
  type Calendar,
  type CallerEffect,
  type Command,
  type DoerRef,
  type Facts,
  type HistoryEntry,
  type Option,
  type Outcome,
  openingId,
  type PartyRef,
  partyTitles,
  type Refusal,
} from './facts.ts'
import { fieldFault, isEmpty } from './fields.ts'
import { guardFields, guardRefusal, transitionTitle } from './guards.ts'

/** A person with this permission may act for the one who is in charge, within their own organization. */
export const actForPermission = 'matter:assign'

export interface Opening {
  readonly parties: Partial<Record<Party, PartyRef>>
  readonly fields?: Readonly<Record<string, unknown>>
}

/** A new matter in its initial state, with the clocks that start there. Who may open one is the caller's to decide. */
export function open(
  def: WorkflowDefinition,
  opening: Opening,
  doer: DoerRef,
  nowMs: number,
  calendar: Calendar,
): Outcome {
  const fields = opening.fields ?? {}
  const refusals: Refusal[] = def.parties.flatMap((party) =>
    opening.parties[party] === undefined
      ? [{ code: 'guard' as const, zh: `尚未确定${partyTitles[party].zh}：请先指定`, what: party }]
      : [],
  )
  refusals.push(...valueRefusals(def, fields))
  if (refusals.length > 0) return { ok: false, refusals }
  const entry = historyEntry(openingId, '', def.initial, doer, nowMs, 1)
  const facts: Facts = {
    state: def.initial,
    round: 1,
    rebounds: 0,
    parties: opening.parties,
    fields: withoutEmpty(fields),
    evidence: [],
    history: [entry],
    clocks: [],
    lookBackOn: null,
  }
  const move = { transition: undefined, from: '', to: def.initial, rebound: false, atMs: nowMs }
  const clocks = moveClocks(def, facts, facts, move, calendar)
  return { ok: true, facts: { ...facts, clocks }, effects: [], documents: [] }
}

/**
 * The transitions that leave the present state, each with what stands in the way. What can still be filled, named or
 * written in the step itself is not in the way. Transitions of the platform alone are only offered to the platform.
 */
export function options(
  def: WorkflowDefinition,
  facts: Facts,
  doer: DoerRef,
  nowMs: number,
): readonly Option[] {
  return def.transitions
    .filter(({ from, by }) => from.includes(facts.state) && isOffered(by, doer))
    .map((transition) => ({
      transition,
      refusals: [
        ...doerRefusals(transition, facts, doer),
        ...evidenceRefusals(transition, facts),
        ...guardRefusals(def, transition, facts, doer, nowMs, true),
        ...extensionRefusals(def, transition, facts),
      ],
    }))
}

function isOffered(by: readonly Doer[], doer: DoerRef): boolean {
  return doer === 'system' ? by.includes('system') : by.some((one) => one !== 'system')
}

/** One step of a matter: every refusal at once, or the facts after it. */
export function step(
  def: WorkflowDefinition,
  facts: Facts,
  doer: DoerRef,
  command: Command,
  nowMs: number,
  calendar: Calendar,
): Outcome {
  const transition = def.transitions.find(({ id }) => id === command.transition)
  const refusal = stateRefusal(def, transition, facts, command)
  if (transition === undefined || refusal !== undefined)
    return { ok: false, refusals: refusal === undefined ? [] : [refusal] }
  const now = atMoment(def, facts, nowMs, calendar)
  const filled: Facts = {
    ...now,
    fields: withoutEmpty({ ...now.fields, ...command.fields }),
    parties: { ...now.parties, ...command.parties },
  }
  const refusals = [
    ...doerRefusals(transition, now, doer),
    ...partyRefusals(transition, now, doer, command),
    ...reasonRefusals(transition, command),
    ...fillRefusals(def, transition, filled, command),
    ...evidenceRefusals(transition, now),
    ...guardRefusals(def, transition, filled, doer, nowMs, false),
    ...extensionRefusals(def, transition, now),
    ...lookBackRefusals(transition, command),
    ...nextRefusals(def, transition, filled),
  ]
  if (refusals.length > 0) return { ok: false, refusals }
  return done(def, transition, filled, doer, command, nowMs, calendar)
}

function done(
  def: WorkflowDefinition,
  transition: TransitionDefinition,
  filled: Facts,
  doer: DoerRef,
  command: Command,
  nowMs: number,
  calendar: Calendar,
): Outcome {
  const effects = transition.effects ?? []
  const rebound = effects.some(({ kind }) => kind === 'rebound')
  const round = filled.round + (rebound ? 1 : 0)
  const entry = historyEntry(transition.id, filled.state, transition.to, doer, nowMs, round)
  const after: Facts = {
    ...filled,
    state: transition.to,
    round,
    rebounds: filled.rebounds + (rebound ? 1 : 0),
    history: [...filled.history, entry],
    lookBackOn: lookBackAfter(transition, filled, command, nowMs),
  }
  const move = { transition, from: filled.state, to: transition.to, rebound, atMs: nowMs }
  const clocks = moveClocks(def, filled, after, move, calendar)
  const forCaller = effects.filter(
    (effect): effect is CallerEffect =>
      effect.kind === 'open-matter' || effect.kind === 'lead-outcome' || effect.kind === 'publish',
  )
  return {
    ok: true,
    facts: { ...after, clocks },
    effects: forCaller,
    documents: transition.documents ?? [],
  }
}

function historyEntry(
  transition: string,
  from: string,
  to: string,
  doer: DoerRef,
  atMs: number,
  round: number,
): HistoryEntry {
  const by = doer === 'system' ? { userId: null, organizationId: null } : doer
  return { transition, from, to, userId: by.userId, organizationId: by.organizationId, atMs, round }
}

function lookBackAfter(
  transition: TransitionDefinition,
  { lookBackOn }: Facts,
  { lookBackMonths }: Command,
  nowMs: number,
): string | null {
  for (const effect of transition.effects ?? []) {
    if (effect.kind === 'rebound') return null
    if (effect.kind === 'schedule-look-back')
      return monthsAfter(dayOf(nowMs), lookBackMonths ?? effect.months.default)
  }
  return lookBackOn
}

function stateRefusal(
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

function doerRefusals(transition: TransitionDefinition, facts: Facts, doer: DoerRef): readonly Refusal[] {
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
function partyRefusals(
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

function reasonRefusals(transition: TransitionDefinition, { reason }: Command): readonly Refusal[] {
  return transition.reason !== true || (reason !== undefined && reason.trim() !== '')
    ? []
    : [{ code: 'reason', zh: `办理“${transition.title.zh}”须写明理由` }]
}

function fillRefusals(
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

function valueRefusals(
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

/** How much of a demand has been met in this round. */
export function evidenceMet(demand: EvidenceDemand, facts: Facts): number {
  const roundMs = roundBegin(facts)
  const sinceMs = demand.since === undefined ? roundMs : lastDone(facts, demand.since)
  if (sinceMs === undefined) return 0
  return facts.evidence.filter(
    ({ demand: id, kind, atMs, located }) =>
      id === demand.id &&
      demand.kinds.includes(kind) &&
      atMs >= Math.max(roundMs, sinceMs) &&
      (located || demand.located !== true),
  ).length
}

/** When the round began; in the first round everything counts, also what was taken before the matter was opened. */
function roundBegin({ history, round }: Facts): number {
  if (round === 1) return Number.NEGATIVE_INFINITY
  return history.find((entry) => entry.round === round)?.atMs ?? Number.POSITIVE_INFINITY
}

/** Also of an earlier round: where a rebound leads past the step, the new round stands in its place. */
function lastDone({ history }: Facts, transition: string): number | undefined {
  return history.findLast((entry) => entry.transition === transition)?.atMs
}

function evidenceRefusals({ evidence = [] }: TransitionDefinition, facts: Facts): readonly Refusal[] {
  return evidence.flatMap((demand) => {
    const met = evidenceMet(demand, facts)
    if (met >= demand.min) return []
    const how = demand.located === true ? '，须带拍摄时间和位置且与对象相符' : ''
    const round = facts.round > 1 ? '，反弹前的材料不计' : ''
    return [
      {
        code: 'evidence' as const,
        zh: `缺“${demand.title.zh}”${demand.min - met}份（要求${demand.min}份，现有${met}份${how}${round}）：请先上传`,
        what: demand.id,
      },
    ]
  })
}

function guardRefusals(
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

function extensionRefusals(
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

function lookBackRefusals(transition: TransitionDefinition, { lookBackMonths }: Command): readonly Refusal[] {
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
function nextRefusals(
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

function withoutEmpty(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)))
}
