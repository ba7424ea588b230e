/** What the chosen crews' days are in terms of people, times and reasons. */
import { type CrewDay, compositionOf } from './crew-day.ts'
import type {
  DayLoad,
  PlanCandidate,
  PlanExplanation,
  PlanInput,
  PlanVisit,
  VisitReason,
} from './plan.types.ts'
import type { PlanModel } from './plan-model.ts'
import { drivingMinutes } from './travel.ts'

/** Crews of people: the officers of a class come in turn, from day to day beginning with the next one. */
export function visitsOf(model: PlanModel, crewDays: readonly CrewDay[]): PlanVisit[] {
  const taken = new Map<string, number>()
  return crewDays.flatMap((crewDay) => {
    const day = model.days[crewDay.day]
    if (day === undefined) return []
    const ids = compositionOf(model, crewDay).counts.flatMap((count, index) => {
      const key = `${crewDay.day}/${index}`
      const from = taken.get(key) ?? 0
      taken.set(key, from + count)
      const atWork = day.officers[index] ?? []
      return Array.from({ length: count }, (_, i) => atWork[(crewDay.day + from + i) % atWork.length] ?? 0)
    })
    const crew = ids.toSorted((a, b) => a - b)
    const route = crewDay.route.flatMap((visit) => model.candidates[visit] ?? [])
    return timed(model.input, day.date, crew, route)
  })
}

/** The visits of a crew's day in their order, with the times at which each begins. */
export function timed(
  input: PlanInput,
  date: string,
  crew: readonly number[],
  route: readonly PlanCandidate[],
): PlanVisit[] {
  const people = input.inspectors.filter((one) => crew.includes(one.id))
  let minute = input.settings.startMinute
  return route.map((candidate, index) => {
    const before = route[index - 1]
    const travelMinutes =
      before === undefined
        ? Math.max(0, ...people.map((one) => drivingMinutes(one.home, candidate.place, input)))
        : drivingMinutes(before.place, candidate.place, input)
    const startMinute = minute + travelMinutes
    minute = startMinute + candidate.minutes
    return {
      candidateId: candidate.id,
      date,
      inspectorIds: [...crew],
      order: index + 1,
      travelMinutes,
      startMinute,
    }
  })
}

/** Minutes of each officer on each day: from home to the first visit, on site, between, and back home. */
export function loadOf(input: PlanInput, visits: readonly PlanVisit[]): DayLoad[] {
  const candidates = new Map(input.candidates.map((one) => [one.id, one]))
  const people = new Map(input.inspectors.map((one) => [one.id, one]))
  const days = Map.groupBy(
    visits.flatMap((visit) => visit.inspectorIds.map((inspectorId) => ({ inspectorId, visit }))),
    ({ inspectorId, visit }) => `${visit.date} ${inspectorId}`,
  )
  return [...days.values()].flatMap((entries): DayLoad[] => {
    const own = entries.map((entry) => entry.visit).toSorted((a, b) => a.order - b.order)
    const [entry] = entries
    const person = entry === undefined ? undefined : people.get(entry.inspectorId)
    const places = own.flatMap((visit) => candidates.get(visit.candidateId) ?? [])
    const first = places[0]
    const last = places.at(-1)
    if (person === undefined || first === undefined || last === undefined || entry === undefined) return []
    const drive = places.reduce(
      (sum, place, index) =>
        sum +
        (index === 0 ? 0 : drivingMinutes((places[index - 1] as PlanCandidate).place, place.place, input)),
      drivingMinutes(person.home, first.place, input) + drivingMinutes(last.place, person.home, input),
    )
    const onSite = places.reduce((sum, place) => sum + place.minutes, 0)
    return [{ inspectorId: person.id, date: entry.visit.date, minutes: drive + onSite, travelMinutes: drive }]
  })
}

const kindWords = {
  lead: '线索',
  complaint: '举报',
  'look-back': '回头看',
  quota: '双随机',
  risk: '风险',
} as const

export function explain(
  model: PlanModel,
  visits: readonly PlanVisit[],
  load: readonly DayLoad[],
  outcome: { readonly value: number; readonly bound: number; readonly isOptimal: boolean },
): PlanExplanation {
  const candidates = new Map(model.candidates.map((one) => [one.id, one]))
  const available = model.input.inspectors.reduce(
    (sum, one) => sum + one.dates.filter((date) => model.input.days.includes(date)).length,
    0,
  )
  const used = load.length
  const asked = model.candidates.filter((one) => one.mandatory === true).length
  const planned = visits.filter((visit) => candidates.get(visit.candidateId)?.mandatory === true).length
  const perDay = used === 0 ? null : Math.round((outcome.value / used) * 10) / 10
  return {
    visits: visits.flatMap((visit): VisitReason[] => {
      const candidate = candidates.get(visit.candidateId)
      if (candidate === undefined) return []
      const minutes = (candidate.minutes + visit.travelMinutes) * visit.inspectorIds.length
      const valuePerMinute = Math.round((candidate.value / minutes) * 1000) / 1000
      const zh = `${candidate.mandatory === true ? '必查' : '优选'}：${kindWords[candidate.kind]}，覆盖风险 ${candidate.value}，每人每分钟 ${valuePerMinute}`
      return [{ candidateId: candidate.id, valuePerMinute, zh }]
    }),
    summary: [
      `安排 ${visits.length} 次检查，用 ${used} 个人日（可用 ${available} 个）`,
      `覆盖风险 ${Math.round(outcome.value * 10) / 10}${perDay === null ? '' : `，每人日 ${perDay}`}`,
      `必查 ${asked} 家，已安排 ${planned} 家`,
    ],
    personDaysAvailable: available,
    personDaysUsed: used,
    valuePerPersonDay: perDay,
    mandatoryPlanned: planned,
    mandatoryAsked: asked,
    boundZh: outcome.isOptimal
      ? '已列出全部可行路线，证明这是最好的安排'
      : `在时限内求得；同样安排必查单位时，最好也不会超过 ${Math.round(outcome.bound * 10) / 10}`,
  }
}
