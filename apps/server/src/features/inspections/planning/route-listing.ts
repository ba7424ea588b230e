/** Every route that is worth having, where there are few enough to list. */
import type { CrewDay } from './crew-day.ts'
import { mayVisit } from './crew-day.ts'
import type { CrewKind, PlanModel } from './plan-model.ts'
import { type Route, slackOf } from './route.ts'

/**
 * All crew days with a route to which no visit can be added (leaving one out is always possible, as driving obeys
 * the triangle inequality), or undefined when more than `limit` steps are needed. With them, the choice among crew
 * days is the whole problem.
 */
export function allCrewDays(model: PlanModel, limit: number): readonly CrewDay[] | undefined {
  const budget = { left: limit }
  const listed = new Map<string, readonly Route[]>()
  const made: CrewDay[] = []
  for (let day = 0; day < model.days.length; day++) {
    const { officers = [], open } = model.days[day] ?? {}
    for (let composition = 0; composition < model.compositions.length; composition++) {
      const { counts = [], kind = 0 } = model.compositions[composition] ?? {}
      const crewKind = model.kinds[kind]
      if (crewKind === undefined || counts.some((count, at) => count > (officers[at]?.length ?? 0))) continue
      const key = `${kind} ${open?.join('')}`
      const routes = listed.get(key) ?? largestRoutes(model, crewKind, day, budget)
      if (routes === undefined) return undefined
      listed.set(key, routes)
      for (const route of routes) made.push({ day, composition, route })
      if (made.length > limit) return undefined
    }
  }
  return made
}

function largestRoutes(
  model: PlanModel,
  kind: CrewKind,
  day: number,
  budget: { left: number },
): readonly Route[] | undefined {
  const open = model.candidates
    .map((_, visit) => visit)
    .filter((visit) => mayVisit(model, kind, day, visit) && slackOf(model, kind, [visit]) >= 0)
  /** The order with the most slack of each set of visits that fits. */
  const best = new Map<string, { route: Route; slack: number }>()
  const extend = (route: Route): boolean => {
    for (const visit of open) {
      if (route.includes(visit)) continue
      const longer = [...route, visit]
      if (--budget.left < 0) return false
      const slack = slackOf(model, kind, longer)
      if (slack < 0) continue
      const key = longer.toSorted((a, b) => a - b).join()
      const known = best.get(key)
      if (known === undefined || slack > known.slack) best.set(key, { route: longer, slack })
      if (!extend(longer)) return false
    }
    return true
  }
  if (!extend([])) return undefined
  return [...best.values()]
    .map(({ route }) => route)
    .filter((route) => !open.some((visit) => !route.includes(visit) && best.has(sorted([...route, visit]))))
}

const sorted = (route: Route) => route.toSorted((a, b) => a - b).join()
