/** One day of one crew: the order of its visits and what it takes. */
import type { CrewKind, PlanModel } from './plan-model.ts'

export type Route = readonly number[]

const at = (array: Int32Array, index: number) => array[index] ?? 0

/** Minutes on site and between the visits, without the ways from and to home. */
function innerMinutes({ between, candidates }: PlanModel, route: Route): number {
  const n = candidates.length
  return route.reduce(
    (sum, visit, index) =>
      sum +
      (candidates[visit]?.minutes ?? 0) +
      (index === 0 ? 0 : at(between, (route[index - 1] ?? 0) * n + visit)),
    0,
  )
}

/** Minutes from a home to the first visit and from the last one back. */
function homeMinutes({ toHome, candidates }: PlanModel, home: number, route: Route): number {
  const n = candidates.length
  const first = route[0]
  const last = route.at(-1)
  if (first === undefined || last === undefined) return 0
  return at(toHome, home * n + first) + at(toHome, home * n + last)
}

/** Minutes left of the tightest member's day; negative when the route does not fit. */
export function slackOf(model: PlanModel, { members }: CrewKind, route: Route): number {
  const inner = innerMinutes(model, route)
  return Math.min(...members.map(({ home, minutes }) => minutes - inner - homeMinutes(model, home, route)))
}

/** The place at which a visit costs least, and the slack left then. */
export function bestInsertion(
  model: PlanModel,
  kind: CrewKind,
  route: Route,
  visit: number,
): { readonly route: Route; readonly slack: number } {
  let best: { route: Route; slack: number } | undefined
  for (let place = 0; place <= route.length; place++) {
    const longer = route.toSpliced(place, 0, visit)
    const slack = slackOf(model, kind, longer)
    if (best === undefined || slack > best.slack) best = { route: longer, slack }
  }
  return best ?? { route: [visit], slack: slackOf(model, kind, [visit]) }
}

/** The same visits in the order with the most slack: every order of up to seven, moves of one visit beyond that. */
export function bestOrder(model: PlanModel, kind: CrewKind, route: Route): Route {
  if (route.length <= 2) return route
  if (route.length <= 7) return exhaustive(model, kind, route)
  let best = route
  let slack = slackOf(model, kind, best)
  for (let improved = true; improved; ) {
    improved = false
    for (const visit of route) {
      const moved = bestInsertion(
        model,
        kind,
        best.filter((other) => other !== visit),
        visit,
      )
      if (moved.slack <= slack) continue
      best = moved.route
      slack = moved.slack
      improved = true
    }
  }
  return best
}

function exhaustive(model: PlanModel, kind: CrewKind, route: Route): Route {
  let best = route
  let slack = slackOf(model, kind, route)
  const extend = (done: number[], left: readonly number[]): void => {
    if (left.length === 0) {
      const now = slackOf(model, kind, done)
      if (now > slack) {
        slack = now
        best = done
      }
      return
    }
    for (const next of left)
      extend(
        [...done, next],
        left.filter((other) => other !== next),
      )
  }
  extend([], route)
  return best
}
