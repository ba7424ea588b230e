import type { Composition, CrewKind, PlanModel } from './plan-model.ts'
import { bestInsertion, bestOrder, type Route, slackOf } from './route.ts'

/** A crew of a composition on a day, and whom it visits in which order. */
export interface CrewDay {
  readonly day: number
  readonly composition: number
  readonly route: Route
}

export const compositionOf = (model: PlanModel, { composition }: CrewDay): Composition => {
  const found = model.compositions[composition]
  if (found === undefined) throw new Error(`no composition ${composition}`)
  return found
}

export const kindOf = (model: PlanModel, crewDay: CrewDay): CrewKind => {
  const found = model.kinds[compositionOf(model, crewDay).kind]
  if (found === undefined) throw new Error(`no crew kind of composition ${crewDay.composition}`)
  return found
}

export const worthOfVisit = (model: PlanModel, visit: number): number => model.candidates[visit]?.value ?? 0
export const isMandatory = (model: PlanModel, visit: number): boolean =>
  model.candidates[visit]?.mandatory === true

export interface Worth {
  readonly mandatory: number
  readonly value: number
}

export function worthOf(model: PlanModel, crewDays: readonly CrewDay[]): Worth {
  const visits = new Set(crewDays.flatMap(({ route }) => route))
  let mandatory = 0
  let value = 0
  for (const visit of visits) {
    value += worthOfVisit(model, visit)
    if (isMandatory(model, visit)) mandatory++
  }
  return { mandatory, value }
}

/** Mandatory visits first, then the risk covered; differences below the noise of a double are none. */
export const isBetter = (a: Worth, b: Worth): boolean =>
  a.mandatory !== b.mandatory ? a.mandatory > b.mandatory : a.value > b.value + 1e-9

/** Whether a crew of the kind may make a visit on a day. */
export const mayVisit = (model: PlanModel, kind: CrewKind, day: number, visit: number): boolean =>
  kind.allowed[visit] === 1 && model.days[day]?.open[visit] === 1

/**
 * Removes visits planned twice, then fills the days: the visit worth most that fits somewhere goes in where it costs
 * least, and a visit gives way to one worth more, until nothing moves.
 */
export function polish(model: PlanModel, crewDays: readonly CrewDay[]): readonly CrewDay[] {
  let days = withoutRepeats(model, crewDays)
  // Mandatory ones that are left out come first, then by value.
  const rank = (visit: number) => (isMandatory(model, visit) ? 1e9 : 0) + worthOfVisit(model, visit)
  for (let moved = true; moved; ) {
    moved = false
    const taken = new Set(days.flatMap(({ route }) => route))
    const open = model.candidates.map((_, visit) => visit).filter((visit) => !taken.has(visit))
    for (const visit of open.toSorted((a, b) => rank(b) - rank(a) || a - b)) {
      const next = inserted(model, days, visit) ?? exchanged(model, days, visit, rank)
      if (next === undefined) continue
      days = next
      moved = true
      break
    }
  }
  return days
}

function withoutRepeats(model: PlanModel, crewDays: readonly CrewDay[]): readonly CrewDay[] {
  const seen = new Set<number>()
  return crewDays
    .map((crewDay) => {
      const route = crewDay.route.filter((visit) => !seen.has(visit))
      for (const visit of route) seen.add(visit)
      return { ...crewDay, route: bestOrder(model, kindOf(model, crewDay), route) }
    })
    .filter(({ route }) => route.length > 0)
}

function inserted(
  model: PlanModel,
  crewDays: readonly CrewDay[],
  visit: number,
): readonly CrewDay[] | undefined {
  let best: { at: number; route: Route; loss: number } | undefined
  crewDays.forEach((crewDay, at) => {
    const kind = kindOf(model, crewDay)
    if (!mayVisit(model, kind, crewDay.day, visit)) return
    const { route, slack } = bestInsertion(model, kind, crewDay.route, visit)
    const loss = slackOf(model, kind, crewDay.route) - slack
    if (slack >= 0 && (best === undefined || loss < best.loss)) best = { at, route, loss }
  })
  return best === undefined ? undefined : replaced(crewDays, best.at, best.route)
}

function exchanged(
  model: PlanModel,
  crewDays: readonly CrewDay[],
  visit: number,
  rank: (visit: number) => number,
): readonly CrewDay[] | undefined {
  let best: { at: number; route: Route; gain: number } | undefined
  crewDays.forEach((crewDay, at) => {
    const kind = kindOf(model, crewDay)
    if (!mayVisit(model, kind, crewDay.day, visit)) return
    for (const old of crewDay.route) {
      const gain = rank(visit) - rank(old)
      if (gain <= 1e-9 || (best !== undefined && gain <= best.gain)) continue
      const rest = crewDay.route.filter((other) => other !== old)
      const { route, slack } = bestInsertion(model, kind, rest, visit)
      if (slack >= 0) best = { at, route, gain }
    }
  })
  return best === undefined ? undefined : replaced(crewDays, best.at, best.route)
}

const replaced = (crewDays: readonly CrewDay[], at: number, route: Route): readonly CrewDay[] =>
  crewDays.map((crewDay, index) => (index === at ? { ...crewDay, route } : crewDay))
