/**
 * What could be visited: open leads, complaints and look-backs that are due, units that were drawn, and risk. One
 * candidate a unit: a visit takes care of everything there is. 无事不扰 is decided here, with its reason.
 */
import type {
  Candidate as CandidateView,
  CapException,
  ChecklistTheme,
  InspectionSkill,
  VisitKind,
} from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { regionSpan } from '../../platform/region.ts'
import { type LeadRow, selectLeads } from '../leads/index.ts'
import { listEnterprises, listOutlets, type Outlet, type Point } from '../registry/index.ts'
import { dayMs } from '../series/index.ts'
import { type DueDrawn, openTasks, undoneDrawn } from './candidate.repository.ts'
import { disturbanceOf } from './disturbance.ts'
import type { CandidateDetail, UnitRow } from './inspection.table.ts'
import type { InspectionRoomDeps } from './inspection-doors.ts'
import { dayOf } from './inspector.service.ts'
import { type MatterState, mattersToVisit } from './matter.repository.ts'
import type { PlanCandidate } from './planning/plan.types.ts'
import { selectUnits } from './pool.repository.ts'
import { capOf } from './pool.service.ts'
import { daysOfQuarter } from './quota.ts'
import { combinedValue, type Risk, type RiskFacts, riskOf } from './risk.ts'
import { readSettings, type Settings } from './setting.service.ts'
import { permitClassOf, riskFactsOf } from './unit-facts.ts'

export interface FullCandidate {
  readonly plan: PlanCandidate
  readonly detail: CandidateDetail
}

export interface Period {
  readonly from: string
  readonly to: string
}

const longestDays = 31

/** Errors: `inspection.period-invalid`. */
export function checkPeriod({ from, to }: Period): void {
  const days = (Date.parse(to) - Date.parse(from)) / dayMs + 1
  if (days < 1 || days > longestDays)
    throw new AppError('inspection.period-invalid', { detail: `${from} 至 ${to}` })
}

/** Everything that is known of one unit. */
interface Known {
  readonly enterprise: Point
  readonly unit: UnitRow | undefined
  readonly facts: RiskFacts
  readonly risk: Risk
  readonly leads: readonly LeadRow[]
  readonly complaints: readonly MatterState[]
  readonly lookBacks: readonly MatterState[]
  readonly drawn: readonly DueDrawn[]
  readonly outlets: readonly Outlet[]
  readonly planned: { readonly number: string; readonly on: string } | undefined
}

/** Candidates of a region in a period, the most valuable first. */
export async function candidatesOf(
  q: Queryable,
  deps: InspectionRoomDeps,
  regionCode: number,
  period: Period,
): Promise<FullCandidate[]> {
  checkPeriod(period)
  const settings = await readSettings(q)
  const units = await gather(q, deps, regionCode, period, settings)
  return units
    .flatMap((known) => candidateOf(known, period, settings, dayOf(deps.clock.now())) ?? [])
    .sort((a, b) => b.plan.value - a.plan.value || a.plan.id.localeCompare(b.plan.id))
}

const mostLeads = 1000
const mostUnits = 20_000

async function gather(
  q: Queryable,
  deps: InspectionRoomDeps,
  regionCode: number,
  period: Period,
  settings: Settings,
): Promise<Known[]> {
  const nowMs = deps.clock.now()
  const today = dayOf(nowMs)
  const region = regionSpan(regionCode)
  const enterprises = (await listEnterprises(q, { regionCode })).filter((one) => one.lon !== null)
  const facts = await riskFactsOf(q, deps.doors, enterprises, nowMs)
  const rows = await selectUnits(q, { today, region, limit: mostUnits })
  const units = new Map(rows.map((row) => [row.enterprise_id, row]))
  const leads = Map.groupBy(
    await selectLeads(q, { state: 'active', level: 'act', region }, { order: 'rank', limit: mostLeads }),
    (row) => row.enterprise_id,
  )
  const matters = await mattersToVisit(q, region, period.to)
  const complaints = Map.groupBy(
    matters.filter((one) => one.workflow === 'complaint' && one.phase === 'open'),
    (one) => one.enterprise_id,
  )
  const lookBacks = Map.groupBy(
    matters.filter((one) => one.phase === 'watched'),
    (one) => one.enterprise_id,
  )
  const drawn = Map.groupBy(await undoneDrawn(q, region), (row) => row.enterprise_id)
  const outlets = Map.groupBy(await listOutlets(q, { regionCode }), (outlet) => outlet.enterprise.id)
  const planned = new Map((await openTasks(q, region, today)).map((task) => [task.enterprise_id, task]))
  return enterprises.flatMap((enterprise) => {
    const known = facts.get(enterprise.id)
    if (known === undefined) return []
    const task = planned.get(enterprise.id)
    return [
      {
        enterprise,
        unit: units.get(enterprise.id),
        facts: known,
        risk: riskOf(known, settings),
        leads: leads.get(enterprise.id) ?? [],
        complaints: complaints.get(enterprise.id) ?? [],
        lookBacks: lookBacks.get(enterprise.id) ?? [],
        drawn: drawn.get(enterprise.id) ?? [],
        outlets: outlets.get(enterprise.id) ?? [],
        planned: task === undefined ? undefined : { number: task.number, on: task.planned_on },
      },
    ]
  })
}

interface Reason {
  readonly kind: VisitKind
  readonly value: number
  readonly title: string
  readonly why: readonly string[]
  readonly what: readonly string[]
}

/** Reasons to visit, the most urgent first. */
function reasonsOf(known: Known, settings: Settings): Reason[] {
  const { leads, complaints, lookBacks, drawn, risk } = known
  const reasons: Reason[] = []
  const top = leads[0]
  if (top !== undefined) {
    const urgent = leads.some((lead) => lead.level === 'high') ? settings.number('value.lead.high') : 0
    reasons.push({
      kind: 'lead',
      value: Math.min(100, settings.number('value.lead') * top.score + urgent),
      title: `线索 ${leads.length} 条`,
      why: leads
        .slice(0, 5)
        .map(
          (lead) => `线索：${lead.rule_title ?? lead.rule_id}（${lead.feature_name}），${lead.explanation}`,
        ),
      what: leads.slice(0, 5).map((lead) => `核实“${lead.rule_title ?? lead.rule_id}”：${lead.refutation}`),
    })
  }
  if (complaints.length > 0)
    reasons.push({
      kind: 'complaint',
      value: settings.number('value.complaint'),
      title: `举报 ${complaints.length} 件`,
      why: complaints.map((one) => `举报：${one.number} ${one.title}`),
      what: ['按举报内容逐项核实，取证后答复'],
    })
  if (lookBacks.length > 0)
    reasons.push({
      kind: 'look-back',
      value: settings.number('value.look-back'),
      title: '回头看',
      why: lookBacks.map((one) => `回头看到期（${one.look_back_on}）：${one.number} ${one.title}`),
      what: ['原问题是否反弹，整改措施是否仍在落实'],
    })
  if (drawn.length > 0)
    reasons.push({
      kind: 'quota',
      value: Math.min(100, settings.number('value.quota') + risk.value / 2),
      title: '双随机抽中',
      why: drawn.map((one) => `双随机抽中：${one.number}`),
      what: ['按检查单全面检查'],
    })
  if (risk.value >= settings.number('risk.floor'))
    reasons.push({
      kind: 'risk',
      value: risk.value,
      title: `风险值 ${risk.value}`,
      why: risk.parts.map((part) => `风险：${part.title}（${part.points} 分）`),
      what: ['治理设施运行、自动监测设施、台账'],
    })
  return reasons
}

/** Leads come from online data; complaints and what was handed on stand outside the ceiling as well. */
function exceptionOf(kinds: readonly VisitKind[]): CapException | null {
  if (kinds.includes('complaint')) return 'complaint'
  if (kinds.includes('lead')) return 'abnormal-data'
  return null
}

function blockedOf(
  known: Known,
  kinds: readonly VisitKind[],
  exception: CapException | null,
  on: string,
  settings: Settings,
): string | undefined {
  if (known.planned !== undefined)
    return `已有待执行的检查任务 ${known.planned.number}（${known.planned.on}）`
  const { unit } = known
  if (unit === undefined) return undefined
  return disturbanceOf(
    {
      pool: unit.kind,
      cap: capOf(unit, settings).visits,
      visits: unit.visits,
      lastVisitOn: unit.last_visit,
      positiveList:
        unit.positive_from === null || unit.positive_to === null
          ? null
          : { from: unit.positive_from, to: unit.positive_to },
      quietDays: settings.number('quiet.days'),
    },
    { kinds, exception, on },
  )
}

function candidateOf(
  known: Known,
  period: Period,
  settings: Settings,
  today: string,
): FullCandidate | undefined {
  const { enterprise } = known
  const reasons = reasonsOf(known, settings)
  const first = reasons[0]
  if (first === undefined || enterprise.lon === null || enterprise.lat === null) return undefined
  const kinds = reasons.map((reason) => reason.kind)
  const exception = exceptionOf(kinds)
  const due = dueOf(known, period)
  const blocked = blockedOf(known, kinds, exception, period.from > today ? period.from : today, settings)
  return {
    plan: {
      id: `E${enterprise.id}`,
      title: enterprise.name,
      place: { lon: enterprise.lon, lat: enterprise.lat },
      minutes: minutesOf(known, kinds, settings),
      people: 2,
      skills: skillsOf(kinds),
      value: combinedValue(reasons.map((reason) => reason.value)),
      kind: first.kind,
      mandatory: due.mandatory,
      ...(due.by === undefined ? {} : { by: due.by }),
      ...(blocked === undefined ? {} : { blocked }),
    },
    detail: {
      enterpriseId: enterprise.id,
      enterpriseCode: enterprise.code,
      enterpriseName: enterprise.name,
      regionCode: enterprise.regionCode,
      ownerId: enterprise.ownerId,
      parts: reasons.map((reason) => ({ title: reason.title, points: reason.value, status: 'design' })),
      exception,
      why: reasons.flatMap((reason) => reason.why),
      what: [...new Set(reasons.flatMap((reason) => reason.what))],
      checklists: themesOf(enterprise, known.outlets, kinds),
      refs: [
        ...known.leads.map((lead) => ({ kind: 'lead', id: lead.id, title: lead.rule_title ?? lead.rule_id })),
        ...[...known.complaints, ...known.lookBacks].map((one) => ({
          kind: 'matter',
          id: one.id,
          title: one.number,
        })),
        ...known.drawn.map((one) => ({ kind: 'draw', id: one.draw_id, title: one.number })),
      ],
    },
  }
}

/** A day by which it has to be done within the period, and whether it must be planned. */
function dueOf(known: Known, period: Period): { by?: string; mandatory: boolean } {
  const days: string[] = []
  for (const lead of known.leads)
    if (lead.level === 'high') days.push(lead.due_ms === null ? period.from : dayOf(lead.due_ms))
  for (const complaint of known.complaints) if (complaint.due_ms !== null) days.push(dayOf(complaint.due_ms))
  for (const drawn of known.drawn) days.push(daysOfQuarter(drawn.quarter).to)
  const first = days.filter((day) => day <= period.to).sort()[0]
  if (first === undefined) return { mandatory: false }
  // A day that has passed already makes it urgent, not impossible.
  return first < period.from ? { mandatory: true } : { by: first, mandatory: true }
}

function minutesOf(known: Known, kinds: readonly VisitKind[], settings: Settings): number {
  if (kinds.includes('quota') || kinds.includes('risk'))
    return settings.number(`minutes.${permitClassOf(known.enterprise)}`)
  return settings.number(
    kinds.includes('lead') || kinds.includes('complaint') ? 'minutes.lead' : 'minutes.look-back',
  )
}

const skillsOf = (kinds: readonly VisitKind[]): InspectionSkill[] =>
  kinds.includes('lead') ? ['online-monitoring'] : []

/** Checklists that fit the unit. */
function themesOf(
  enterprise: Point,
  outlets: readonly Outlet[],
  kinds: readonly VisitKind[],
): ChecklistTheme[] {
  const themes = new Set<ChecklistTheme>()
  if (kinds.includes('lead') || enterprise.properties.autoMonitored === true) themes.add('online-monitoring')
  if (outlets.some((outlet) => outlet.medium === 'air')) themes.add('waste-gas')
  if (outlets.some((outlet) => outlet.medium === 'water')) themes.add('waste-water')
  if (kinds.includes('quota') || kinds.includes('risk')) {
    themes.add('permit').add('self-monitoring').add('hazardous-waste').add('emergency')
    if (enterprise.properties.sector === 'mining') themes.add('tailings')
  }
  if (themes.size === 0) themes.add('permit')
  return [...themes]
}

function presentCandidate({ plan, detail }: FullCandidate): CandidateView {
  return {
    id: plan.id,
    kind: plan.kind,
    title: plan.title,
    enterprise: enterpriseRef(detail),
    regionCode: detail.regionCode,
    place: plan.place,
    minutes: plan.minutes,
    people: plan.people,
    skills: plan.skills as InspectionSkill[],
    value: plan.value,
    valueParts: [...detail.parts],
    mandatory: plan.mandatory === true,
    from: plan.from ?? null,
    by: plan.by ?? null,
    blocked: plan.blocked ?? null,
    exception: detail.exception,
    why: [...detail.why],
    what: [...detail.what],
    refs: [...detail.refs],
  }
}

export const enterpriseRef = (detail: CandidateDetail) =>
  detail.enterpriseId === null
    ? null
    : { id: detail.enterpriseId, name: detail.enterpriseName ?? '', code: detail.enterpriseCode ?? '' }

export async function listCandidates(
  deps: InspectionRoomDeps,
  actor: Actor,
  query: Period & { regionCode: number },
): Promise<{ items: CandidateView[] }> {
  return deps.db.asActor(actor, async (trx) => {
    const found = await candidatesOf(trx, deps, query.regionCode, query)
    return { items: found.map(presentCandidate) }
  })
}
