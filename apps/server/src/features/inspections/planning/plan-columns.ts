/** Column generation: crew days are made where the prices of the linear programme say that they pay. */
import type { CrewDay } from './crew-day.ts'
import { mayVisit } from './crew-day.ts'
import type { PlanMaster, Prices } from './plan-master.ts'
import type { PlanModel } from './plan-model.ts'
import { routeBound } from './route-bound.ts'
import { pricedRoutes } from './route-pricing.ts'

const ROUTES_A_ROUND = 10
const LEAST_GAIN = 1e-6

/** Days on which a crew kind may make the same visits. */
interface Pricing {
  readonly kind: number
  readonly days: readonly number[]
  readonly visits: readonly number[]
}

export function pricingsOf(model: PlanModel): readonly Pricing[] {
  const groups = Map.groupBy(model.days.keys(), (day) => model.days[day]?.open.join('') ?? '')
  return model.kinds.flatMap((kind, index) =>
    [...groups.values()].map((days): Pricing => {
      const day = days[0] ?? 0
      const visits = model.candidates.map((_, visit) => visit).filter((v) => mayVisit(model, kind, day, v))
      return { kind: index, days, visits }
    }),
  )
}

/** The cheapest composition of a kind on a day that still has the officers for it. */
export function cheapestCrew(
  model: PlanModel,
  { officers, free }: Prices,
  kind: number,
  day: number,
): { readonly composition: number; readonly cost: number } | undefined {
  const classes = model.classes.length
  let best: { composition: number; cost: number } | undefined
  model.compositions.forEach((composition, index) => {
    if (composition.kind !== kind) return
    if (composition.counts.some((count, at) => count > (free[day * classes + at] ?? 0))) return
    const cost = composition.counts.reduce(
      (sum, count, at) => sum + count * (officers[day * classes + at] ?? 0),
      0,
    )
    if (best === undefined || cost < best.cost) best = { composition: index, cost }
  })
  return best
}

/** New crew days that pay at these prices; none when the heuristic search finds none. */
export function payingCrewDays(
  model: PlanModel,
  pricings: readonly Pricing[],
  prices: Prices,
): readonly CrewDay[] {
  return pricings.flatMap(({ kind, days, visits }) => {
    const crewKind = model.kinds[kind]
    const offers = offersOf(model, prices, kind, days)
    const cheapest = offers[0]
    if (crewKind === undefined || cheapest === undefined) return []
    const open = visits.filter((visit) => (prices.visits[visit] ?? 0) > LEAST_GAIN)
    return pricedRoutes(model, crewKind, open, prices.visits, ROUTES_A_ROUND).flatMap(
      ({ route, gain }, rank) => {
        // The days are alike: routes that share no visits go to different ones, the cheapest first.
        const offer = offers[rank % offers.length] ?? cheapest
        const { day, composition, cost } = gain > offer.cost + LEAST_GAIN ? offer : cheapest
        return gain > cost + LEAST_GAIN ? [{ day, composition, route }] : []
      },
    )
  })
}

interface Offer {
  readonly day: number
  readonly composition: number
  readonly cost: number
}

function offersOf(model: PlanModel, prices: Prices, kind: number, days: readonly number[]): readonly Offer[] {
  return days
    .flatMap((day) => {
      const crew = cheapestCrew(model, prices, kind, day)
      return crew === undefined ? [] : [{ day, ...crew }]
    })
    .toSorted((a, b) => a.cost - b.cost || a.day - b.day)
}

/** Generates crew days until none pays, `rounds` are over or the clock says so. The last prices. */
export function generate(
  model: PlanModel,
  master: PlanMaster,
  { rounds, secondsLeft }: { readonly rounds: number; readonly secondsLeft: () => number },
): Prices | undefined {
  const pricings = pricingsOf(model)
  let prices = master.prices(secondsLeft())
  for (let round = 0; round < rounds && prices !== undefined && secondsLeft() > 0; round++) {
    const added = master.add(payingCrewDays(model, pricings, prices))
    if (added === 0) break
    prices = master.prices(secondsLeft()) ?? prices
  }
  return prices
}

/**
 * A limit that no plan exceeds, by Lagrangian duality: the visits' surplus over their prices, the officers at theirs,
 * and, for each crew that a day can have, what the best route gains above the cheapest crew. Valid for any prices.
 */
export function provenBound(
  model: PlanModel,
  prices: Prices,
  gainOf: (visit: number) => number,
  { steps, secondsLeft }: { readonly steps: number; readonly secondsLeft: () => number },
): { readonly bound: number; readonly paying: readonly CrewDay[] } {
  const surplus = model.candidates.reduce(
    (sum, _, visit) => sum + Math.max(0, gainOf(visit) - (prices.visits[visit] ?? 0)),
    0,
  )
  const classes = model.classes.length
  const officers = model.days.reduce(
    (sum, day, index) =>
      sum +
      day.officers.reduce(
        (part, ids, at) => part + ids.length * (prices.officers[index * classes + at] ?? 0),
        0,
      ),
    0,
  )
  const excess = new Float64Array(model.days.length)
  const paying: CrewDay[] = []
  for (const { kind, days, visits } of pricingsOf(model)) {
    const crewKind = model.kinds[kind]
    const offers = offersOf(model, prices, kind, days)
    const cheapest = offers[0]
    if (crewKind === undefined || cheapest === undefined) continue
    const open = visits.filter((visit) => (prices.visits[visit] ?? 0) > 0)
    const { gain, route } = routeBound(model, crewKind, open, prices.visits, {
      atLeast: cheapest.cost,
      steps: secondsLeft() > 0 ? steps : 0,
    })
    if (route !== undefined) paying.push({ day: cheapest.day, composition: cheapest.composition, route })
    for (const { day, cost } of offers) excess[day] = Math.max(excess[day] ?? 0, gain - cost)
  }
  const crews = model.days.reduce(
    (sum, { officers: atWork }, day) =>
      sum +
      Math.floor(atWork.reduce((count, ids) => count + ids.length, 0) / 2) * Math.max(0, excess[day] ?? 0),
    0,
  )
  return { bound: surplus + officers + crews, paying }
}
