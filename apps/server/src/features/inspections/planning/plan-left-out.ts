/** Why candidates are not in the plan. */
import { type CrewDay, compositionOf, isMandatory, kindOf, mayVisit } from './crew-day.ts'
import type { LeftOut, PlanCandidate } from './plan.types.ts'
import { isOpenOn, type PlanModel } from './plan-model.ts'
import { bestInsertion, slackOf } from './route.ts'

type Why = Pick<LeftOut, 'reason' | 'zh'>

/** One line for each candidate that the crew days do not visit. */
export function leftOutOf(model: PlanModel, crewDays: readonly CrewDay[]): LeftOut[] {
  const planned = new Set(crewDays.flatMap(({ route }) => route))
  const lowest = lowestRate(model, crewDays)
  const indices = new Map(model.candidates.map((candidate, index) => [candidate, index]))
  return model.input.candidates.flatMap((candidate): LeftOut[] => {
    const index = indices.get(candidate)
    if (index !== undefined && planned.has(index)) return []
    const why: Why =
      index === undefined
        ? { reason: 'blocked', zh: `无事不扰：${candidate.blocked ?? ''}` }
        : (neverPossible(model, candidate, index) ?? crowdedOut(model, crewDays, candidate, index, lowest))
    return [{ candidateId: candidate.id, ...why }]
  })
}

/** What would keep it out of any plan. */
function neverPossible(model: PlanModel, candidate: PlanCandidate, index: number): Why | undefined {
  const kinds = model.kinds.filter((kind) => kind.allowed[index] === 1)
  if (kinds.length === 0) return { reason: 'skill-missing', zh: '没有具备所需专长、人数足够的小组可以组成' }
  if (!model.days.some((day) => isOpenOn(candidate, day.date)))
    return {
      reason: 'out-of-window',
      zh: `应在 ${candidate.from ?? '即日'} 至 ${candidate.by ?? '不限'} 之间，不在计划期内`,
    }
  const slack = Math.max(...kinds.map((kind) => slackOf(model, kind, [index])))
  if (slack < 0) return { reason: 'too-long', zh: `单独安排一天也来不及往返，差 ${-slack} 分钟` }
  return undefined
}

interface Place {
  /** Minutes left of the day with the visit in it; negative when it does not fit. */
  readonly slack: number
  /** Officer-minutes that the visit takes, the way there included. */
  readonly minutes: number
  readonly date: string
}

/** Days are full: by what it is worth for its minutes, or by the minutes alone. */
function crowdedOut(
  model: PlanModel,
  crewDays: readonly CrewDay[],
  candidate: PlanCandidate,
  index: number,
  lowest: number,
): Why {
  const places = crewDays
    .filter((crewDay) => mayVisit(model, kindOf(model, crewDay), crewDay.day, index))
    .map((crewDay) => placeIn(model, crewDay, index))
  const [roomiest] = places.toSorted((a, b) => b.slack - a.slack)
  if (roomiest === undefined)
    return { reason: 'no-capacity', zh: '可查的日子里没有剩余的人可以组成合格的小组' }
  const rate = candidate.value / Math.min(...places.map(({ minutes }) => minutes))
  if (rate < lowest)
    return {
      reason: 'lower-value',
      zh: `人手已满：每人每分钟覆盖风险 ${shown(rate)}，低于已安排的最低值 ${shown(lowest)}`,
    }
  return {
    reason: 'no-capacity',
    zh: `人手已满：余地最大的一天（${roomiest.date}）也差 ${Math.max(1, -roomiest.slack)} 分钟，且不值得换下已安排的`,
  }
}

const shown = (rate: number) => (Math.round(rate * 1000) / 1000).toString()

function placeIn(model: PlanModel, crewDay: CrewDay, index: number): Place {
  const kind = kindOf(model, crewDay)
  const { slack } = bestInsertion(model, kind, crewDay.route, index)
  const more = Math.max(1, slackOf(model, kind, crewDay.route) - slack)
  return {
    slack,
    minutes: more * compositionOf(model, crewDay).size,
    date: model.days[crewDay.day]?.date ?? '',
  }
}

/** The least that a chosen visit is worth for an officer-minute; mandatory ones are not chosen for their worth. */
function lowestRate(model: PlanModel, crewDays: readonly CrewDay[]): number {
  const rates = crewDays.flatMap((crewDay) =>
    crewDay.route
      .filter((visit) => !isMandatory(model, visit))
      .map((visit) => {
        const rest = crewDay.route.filter((other) => other !== visit)
        const { minutes } = placeIn(model, { ...crewDay, route: rest }, visit)
        return (model.candidates[visit]?.value ?? 0) / minutes
      }),
  )
  return rates.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...rates)
}
