/** What a change by hand costs, and whether it can be done at all. Nothing is planned anew. */

import type {
  ChangeCost,
  ChangeWarning,
  ChangeWarningCode,
  Plan,
  PlanCandidate,
  PlanChange,
  PlanInput,
  PlanVisit,
} from './plan.types.ts'
import { loadOf, timed } from './plan-answer.ts'
import { isOpenOn, peopleOf } from './plan-model.ts'

const round = (x: number) => Math.round(x * 1000) / 1000
const crewKey = (ids: readonly number[]) => ids.toSorted((a, b) => a - b).join(',')

interface Warnings {
  readonly list: ChangeWarning[]
  add(code: ChangeWarningCode, zh: string, hard: boolean): void
}

function collected(): Warnings {
  const list: ChangeWarning[] = []
  return { list, add: (code, zh, hard) => list.push({ code, zh, hard }) }
}

/** Errors: RangeError for a candidate that the plan does not know. */
export function costOfChange(input: PlanInput, plan: Plan, change: PlanChange): ChangeCost {
  const candidate = input.candidates.find((one) => one.id === change.candidateId)
  if (candidate === undefined) throw new RangeError(`计划中没有候选 ${change.candidateId}`)
  const warnings = collected()
  const rest = plan.visits.filter((visit) => visit.candidateId !== change.candidateId)
  const had = rest.length < plan.visits.length
  let visits = retimed(input, rest)
  if (change.kind === 'remove') {
    if (candidate.mandatory === true)
      warnings.add('mandatory-removed', `${candidate.title} 属于必查，移出须写明理由`, false)
  } else {
    checkVisit(input, candidate, change, warnings)
    checkCrew(rest, change, warnings)
    visits = retimed(input, withVisit(input, rest, candidate, change))
  }
  const load = loadOf(input, visits)
  checkMinutes(input, load, warnings)
  const driven = (of: Plan['load']) => of.reduce((sum, one) => sum + one.travelMinutes, 0)
  const after = change.kind === 'remove' ? 0 : candidate.value
  return {
    feasible: !warnings.list.some((warning) => warning.hard),
    valueDifference: round(after - (had ? candidate.value : 0)),
    travelDifference: round(driven(load) - driven(plan.load)),
    warnings: warnings.list,
    visits,
    load,
  }
}

type Placing = Exclude<PlanChange, { kind: 'remove' }>

function checkVisit(input: PlanInput, candidate: PlanCandidate, change: Placing, warnings: Warnings): void {
  const crew = input.inspectors.filter((one) => change.inspectorIds.includes(one.id))
  if (candidate.blocked !== undefined) warnings.add('blocked', `无事不扰：${candidate.blocked}`, true)
  if (crew.length < 2) warnings.add('one-officer', '现场检查不得少于两人', true)
  else if (crew.length < peopleOf(candidate))
    warnings.add('people-missing', `需要 ${peopleOf(candidate)} 人，只有 ${crew.length} 人`, true)
  const away = crew.filter((one) => !one.dates.includes(change.date))
  if (away.length > 0)
    warnings.add('officer-missing', `${change.date} 不在岗：${away.map((one) => one.name).join('、')}`, true)
  const missing = candidate.skills.filter((skill) => !crew.some((one) => one.skills.includes(skill)))
  if (missing.length > 0) warnings.add('skill-missing', '小组缺少所需专长', true)
  if (!isOpenOn(candidate, change.date))
    warnings.add('out-of-window', `应在 ${candidate.from ?? '即日'} 至 ${candidate.by ?? '不限'} 之间`, false)
}

/** An officer is in one crew a day. */
function checkCrew(rest: readonly PlanVisit[], change: Placing, warnings: Warnings): void {
  const own = crewKey(change.inspectorIds)
  const split = rest.some(
    (visit) =>
      visit.date === change.date &&
      crewKey(visit.inspectorIds) !== own &&
      visit.inspectorIds.some((id) => change.inspectorIds.includes(id)),
  )
  if (split) warnings.add('crew-split', `${change.date} 有人已编入另一组`, true)
}

function withVisit(
  input: PlanInput,
  rest: readonly PlanVisit[],
  candidate: PlanCandidate,
  change: Placing,
): PlanVisit[] {
  const isCrew = (visit: PlanVisit) =>
    visit.date === change.date && crewKey(visit.inspectorIds) === crewKey(change.inspectorIds)
  const crew = rest.filter(isCrew).toSorted((a, b) => a.order - b.order)
  const others = rest.filter((visit) => !isCrew(visit))
  const own: PlanVisit = {
    candidateId: candidate.id,
    date: change.date,
    inspectorIds: change.inspectorIds.toSorted((a, b) => a - b),
    order: 0,
    travelMinutes: 0,
    startMinute: 0,
  }
  const placed = (at: number) => crew.toSpliced(at, 0, own).map((visit, i) => ({ ...visit, order: i + 1 }))
  const driven = (at: number) => loadOf(input, placed(at)).reduce((sum, one) => sum + one.travelMinutes, 0)
  const places = crew.map((_, i) => i).concat(crew.length)
  const at =
    change.order === undefined
      ? (places.toSorted((a, b) => driven(a) - driven(b) || a - b)[0] ?? 0)
      : Math.min(crew.length, change.order - 1)
  return [...others, ...placed(at)]
}

/** Orders without gaps and times as they come out of them. */
function retimed(input: PlanInput, visits: readonly PlanVisit[]): PlanVisit[] {
  const candidates = new Map(input.candidates.map((one) => [one.id, one]))
  const crews = Map.groupBy(visits, (visit) => `${visit.date} ${crewKey(visit.inspectorIds)}`)
  return [...crews.values()].flatMap((crew) => {
    const [first] = crew
    if (first === undefined) return []
    const route = crew
      .toSorted((a, b) => a.order - b.order)
      .flatMap((visit) => candidates.get(visit.candidateId) ?? [])
    return timed(input, first.date, first.inspectorIds, route)
  })
}

function checkMinutes(input: PlanInput, load: Plan['load'], warnings: Warnings): void {
  const people = new Map(input.inspectors.map((one) => [one.id, one]))
  for (const { inspectorId, date, minutes } of load) {
    const person = people.get(inspectorId)
    if (person !== undefined && minutes > person.minutesPerDay)
      warnings.add(
        'minutes-exceeded',
        `${person.name} ${date} 需 ${Math.round(minutes)} 分钟，可用 ${person.minutesPerDay} 分钟`,
        true,
      )
  }
}
