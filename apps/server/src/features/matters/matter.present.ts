/** Matters in the words of the contract. */
import type {
  MatterBrief,
  MatterClock,
  MatterDue,
  MatterEvidenceDemand,
  MatterLight,
  MatterOption,
  MatterPartyEntry,
  MatterStep,
} from '@shanshui/contract'
import {
  type Calendar,
  evidenceMet,
  type Facts,
  isStopped,
  type Option,
  type WorkflowDefinition,
} from '@shanshui/workflow'
import { shanghaiIso } from '../../platform/clock.ts'
import type { LevelRow } from './matter.repository.ts'
import type { ClockRow, MatterListRow, PartyRow, StepRow } from './matter.table.ts'
import { clockOf, stateOf, waitingPeriods, workflowOf } from './workflow-of.ts'

const iso = shanghaiIso
const isoOrNull = (ms: number | null) => (ms === null ? null : shanghaiIso(ms))
const named = (id: number | null, name: string | null) =>
  id === null ? null : { id, name: name ?? `#${id}` }

/** Share of a limit below which it is yellow. */
const yellowShare = 0.3

/** Green with more than 30 % left, red on the last working day and after, yellow between. */
export function lightOf(
  limit: { readonly startedMs: number; readonly dueMs: number },
  nowMs: number,
  calendar: Calendar,
): MatterLight {
  if (nowMs >= calendar.beforeMs(limit.dueMs, { amount: 1, unit: 'working-day' })) return 'red'
  return limit.dueMs - nowMs > (limit.dueMs - limit.startedMs) * yellowShare ? 'green' : 'yellow'
}

function dueOf(
  def: WorkflowDefinition,
  row: MatterListRow,
  nowMs: number,
  calendar: Calendar,
): MatterDue | null {
  if (row.dueMs === null || row.dueClock === null || row.dueStartedMs === null) return null
  const limit = { startedMs: row.dueStartedMs, dueMs: row.dueMs }
  return {
    clock: row.dueClock,
    title: clockOf(def, row.dueClock)?.title ?? { zh: row.dueClock, en: row.dueClock },
    dueAt: iso(row.dueMs),
    provisional: row.dueProvisional,
    overdue: row.dueMs <= nowMs,
    light: lightOf(limit, nowMs, calendar),
  }
}

export interface Moment {
  readonly nowMs: number
  readonly calendar: Calendar
}

export function presentBrief(
  row: MatterListRow,
  parties: readonly PartyRow[],
  { nowMs, calendar }: Moment,
): MatterBrief {
  const def = workflowOf(row.workflow)
  const state = stateOf(def, row.state)
  const organizationOf = (party: string) => {
    const found = parties.find((one) => one.party === party)
    return found === undefined ? null : { id: found.organizationId, name: found.organizationName }
  }
  return {
    id: row.id,
    number: row.number,
    workflow: row.workflow,
    workflowTitle: def.title,
    title: row.title,
    state: row.state,
    stateTitle: state.title,
    phase: row.phase,
    regionCode: row.regionCode,
    regionName: row.regionName,
    enterprise: row.enterpriseName === null ? null : named(row.enterpriseId, row.enterpriseName),
    feature:
      row.featureId === null || row.featureName === null
        ? null
        : {
            id: row.featureId,
            kind: row.featureKind ?? '',
            code: row.featureCode ?? '',
            name: row.featureName,
          },
    problem:
      row.problemId === null || row.problemNumber === null
        ? null
        : { id: row.problemId, number: row.problemNumber },
    source: row.source,
    round: row.round,
    rebounds: row.rebounds,
    handler: organizationOf('handler'),
    acceptor: organizationOf('acceptor'),
    waitsFor: state.waitsFor.map((party) => ({ party, organization: organizationOf(party) })),
    due: dueOf(def, row, nowMs, calendar),
    lookBackOn: row.lookBackOn,
    published: row.published,
    openedAt: iso(row.openedMs),
    changedAt: iso(row.changedMs),
    closedAt: isoOrNull(row.closedMs),
    version: row.version,
  }
}

export function presentOption(def: WorkflowDefinition, { transition, refusals }: Option): MatterOption {
  const lookBack = transition.effects?.find((effect) => effect.kind === 'schedule-look-back')
  return {
    transition: transition.id,
    title: transition.title,
    to: transition.to,
    toTitle: stateOf(def, transition.to).title,
    primary: transition.primary === true,
    reason: transition.reason === true,
    fields: [...(transition.fields ?? [])],
    optionalFields: [...(transition.optionalFields ?? [])],
    lookBackMonths:
      lookBack?.kind === 'schedule-look-back' ? { ...lookBack.months, basis: lookBack.basis } : null,
    documents: [...(transition.documents ?? [])],
    refusals: [...refusals],
  }
}

export function presentDemands(facts: Facts, offered: readonly Option[]): MatterEvidenceDemand[] {
  return offered.flatMap(({ transition }) =>
    (transition.evidence ?? []).map((demand) => {
      const have = evidenceMet(demand, facts)
      return {
        transition: transition.id,
        demand: demand.id,
        title: demand.title,
        kinds: [...demand.kinds],
        min: demand.min,
        have,
        missing: Math.max(0, demand.min - have),
        located: demand.located === true,
        basis: demand.basis ?? null,
      }
    }),
  )
}

export function presentClock(
  def: WorkflowDefinition,
  row: ClockRow,
  levels: readonly LevelRow[],
  { nowMs, calendar }: Moment,
): MatterClock {
  const clock = clockOf(def, row.clock)
  const late = (row.endedMs ?? nowMs) >= row.dueMs && !waitingPeriods(def).has(row.clock)
  return {
    clock: row.clock,
    title: clock?.title ?? { zh: row.clock, en: row.clock },
    round: row.round,
    occurrence: row.occurrence,
    startedAt: iso(row.startedMs),
    dueAt: iso(row.dueMs),
    provisional: row.provisional,
    stopped: isStopped(row),
    stops: row.stops.map(({ fromMs, toMs }) => ({ from: iso(fromMs), to: isoOrNull(toMs) })),
    endedAt: isoOrNull(row.endedMs),
    late,
    extended: row.extensions.length,
    levels: levels
      .filter(
        (one) => one.clock === row.clock && one.round === row.round && one.occurrence === row.occurrence,
      )
      .map(({ level, toldMs }) => ({ level, at: iso(toldMs) })),
    light: row.endedMs === null ? lightOf(row, nowMs, calendar) : late ? 'red' : 'green',
    basis: clock?.basis ?? { text: '', status: 'design' },
  }
}

function stepTitle(def: WorkflowDefinition, row: StepRow): { zh: string; en: string } {
  const clock = clockOf(def, row.transition)?.title
  switch (row.kind) {
    case 'step':
      if (row.transition === 'open') return { zh: '立项', en: 'Opened' }
      return (
        def.transitions.find(({ id }) => id === row.transition)?.title ?? {
          zh: row.transition,
          en: row.transition,
        }
      )
    case 'assign':
      return { zh: '调整当事方', en: 'Parties changed' }
    case 'comment':
      return { zh: '备注', en: 'Remark' }
    case 'escalate':
      return {
        zh: `“${clock?.zh ?? row.transition}”第 ${row.detail.level ?? ''} 级提醒`,
        en: `${clock?.en ?? row.transition}: level ${row.detail.level ?? ''}`,
      }
    case 'clock':
      return {
        zh: `“${clock?.zh ?? row.transition}”期限变动`,
        en: `${clock?.en ?? row.transition}: limit moved`,
      }
    case 'move':
      return { zh: '随企业归并调整', en: 'Moved with a merger of enterprises' }
  }
}

/** @param hidden fields that the reader does not see */
export function presentStep(def: WorkflowDefinition, row: StepRow, hidden: ReadonlySet<string>): MatterStep {
  return {
    seq: row.seq,
    at: iso(row.atMs),
    recordedAt: iso(row.recordedMs),
    transition: row.transition,
    title: stepTitle(def, row),
    from: row.stateFrom === '' ? null : row.stateFrom,
    to: row.stateTo,
    fromTitle: row.stateFrom === '' ? null : stateOf(def, row.stateFrom).title,
    toTitle: stateOf(def, row.stateTo).title,
    by: named(row.userId, row.userName),
    organization: named(row.organizationId, row.organizationName),
    round: row.round,
    reason: row.reason,
    fields: withoutHidden(row.detail.fields ?? {}, hidden),
    hash: row.hash,
  }
}

export const withoutHidden = (
  fields: Readonly<Record<string, unknown>>,
  hidden: ReadonlySet<string>,
): Record<string, unknown> => Object.fromEntries(Object.entries(fields).filter(([id]) => !hidden.has(id)))

export const presentParty = (row: PartyRow): MatterPartyEntry => ({
  party: row.party,
  organization: { id: row.organizationId, name: row.organizationName },
  user: named(row.userId, row.userName),
})
