/** The plan by rule of thumb: always at hand, and what the solver has to beat. */
import { type CrewDay, isMandatory, mayVisit, polish, worthOfVisit } from './crew-day.ts'
import type { CrewKind, PlanModel } from './plan-model.ts'
import { bestInsertion, type Route, slackOf } from './route.ts'

/** Day by day the crew is sent out that covers most for each of its officers, until nobody is left to send. */
export function greedyPlan(model: PlanModel): readonly CrewDay[] {
  const taken = new Set<number>()
  const crewDays: CrewDay[] = []
  for (let day = 0; day < model.days.length; day++) {
    const free = (model.days[day]?.officers ?? []).map((ids) => ids.length)
    for (let crew = bestCrew(model, day, free, taken); crew !== undefined; ) {
      crewDays.push(crew)
      for (const visit of crew.route) taken.add(visit)
      model.compositions[crew.composition]?.counts.forEach((count, at) => {
        free[at] = (free[at] ?? 0) - count
      })
      crew = bestCrew(model, day, free, taken)
    }
  }
  return polish(model, crewDays)
}

function bestCrew(
  model: PlanModel,
  day: number,
  free: readonly number[],
  taken: ReadonlySet<number>,
): CrewDay | undefined {
  const routes = new Map<number, Route>()
  let best: { crew: CrewDay; score: number } | undefined
  model.compositions.forEach(({ counts, size, kind }, composition) => {
    if (counts.some((count, at) => count > (free[at] ?? 0))) return
    const crewKind = model.kinds[kind]
    if (crewKind === undefined) return
    const route = routes.get(kind) ?? filledRoute(model, crewKind, day, taken)
    routes.set(kind, route)
    const worth = route.reduce(
      (sum, visit) => sum + worthOfVisit(model, visit) + (isMandatory(model, visit) ? 1e6 : 0),
      0,
    )
    if (route.length > 0 && (best === undefined || worth / size > best.score))
      best = { crew: { day, composition, route }, score: worth / size }
  })
  return best?.crew
}

/** A route built by putting in the visit with the most value for the minutes it adds; mandatory ones before others. */
function filledRoute(model: PlanModel, kind: CrewKind, day: number, taken: ReadonlySet<number>): Route {
  const open = model.candidates
    .map((_, visit) => visit)
    .filter((visit) => !taken.has(visit) && mayVisit(model, kind, day, visit))
  let route: Route = []
  let slack = slackOf(model, kind, route)
  for (let left = open; left.length > 0; ) {
    let best: { visit: number; route: Route; slack: number; score: number } | undefined
    const fitting: number[] = []
    for (const visit of left) {
      const longer = bestInsertion(model, kind, route, visit)
      if (longer.slack < 0) continue
      fitting.push(visit)
      const minutes = Math.max(1, slack - longer.slack)
      const score = (worthOfVisit(model, visit) + (isMandatory(model, visit) ? 1e6 : 0)) / minutes
      if (best === undefined || score > best.score) best = { visit, ...longer, score }
    }
    if (best === undefined) break
    const { visit } = best
    route = best.route
    slack = best.slack
    left = fitting.filter((other) => other !== visit)
  }
  return route
}
