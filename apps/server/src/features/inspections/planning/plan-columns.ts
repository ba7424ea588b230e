/** Column generation: crew days are made where the prices of the linear programme say that they pay. */
import type { CrewDay } from './crew-day.ts'
import { mayVisit } from './crew-day.ts'
import type { PlanMaster, Prices } from './plan-master.ts'
import { type PlanModel, smallestCrew } from './plan-model.ts'
import { RouteBound } from './route-bound.ts'
import { pricedRoutes } from './route-pricing.ts'

const ROUTES_A_ROUND = 10
const LEAST_GAIN = 1e-6

/** Days on which a crew kind may make the same visits. */
interface Pricing {
  readonly kind: number
  readonly days: readonly number[]
  readonly visits: readonly number[]
}

function pricingsOf(model: PlanModel): readonly Pricing[] {
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
function cheapestCrew(
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
function payingCrewDays(model: PlanModel, pricings: readonly Pricing[], prices: Prices): readonly CrewDay[] {
  return pricings.flatMap(({ kind, days, visits }) => {
    const crewKind = model.kinds[kind]
    const offers = offersOf(model, prices, kind, days)
    const cheapest = offers[0]
    if (crewKind === undefined || cheapest === undefined) return []
    const open = visits.filter((visit) => (prices.visits[visit] ?? 0) > LEAST_GAIN)
    return pricedRoutes(model, crewKind, open, prices.visits, {
      count: ROUTES_A_ROUND,
      above: cheapest.cost + LEAST_GAIN,
    }).flatMap(({ route, gain }, rank) => {
      // The days are alike: routes that share no visits go to different ones, the cheapest first.
      const offer = offers[rank % offers.length] ?? cheapest
      const { day, composition, cost } = gain > offer.cost + LEAST_GAIN ? offer : cheapest
      return gain > cost + LEAST_GAIN ? [{ day, composition, route }] : []
    })
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

/** Days are priced in so many parts, one part a round: prices are fresh for each. */
const PARTS = 8

/** Goes on making crew days where it stopped: from part to part of the days. */
export class Pricer {
  readonly #model: PlanModel
  readonly #parts: readonly (readonly Pricing[])[]
  #round = 0

  constructor(model: PlanModel) {
    this.#model = model
    const pricings = pricingsOf(model)
    this.#parts = Array.from({ length: PARTS }, (_, part) =>
      pricings.filter(({ days }) => (days[0] ?? 0) % PARTS === part),
    )
  }

  /** Crew days of the next part of the days that pay; how many were new to the master. */
  round(master: PlanMaster, prices: Prices): number {
    const pricings = this.#parts[this.#round++ % PARTS] ?? []
    return master.add(payingCrewDays(this.#model, pricings, prices))
  }

  /** Generates until no part pays, `rounds` are over or the clock says so. The last prices. */
  generate(
    master: PlanMaster,
    { rounds, secondsLeft }: { readonly rounds: number; readonly secondsLeft: () => number },
  ): Prices | undefined {
    let prices = master.prices(secondsLeft())
    let idle = 0
    for (let round = 0; round < rounds && idle < PARTS; round++) {
      if (prices === undefined || secondsLeft() <= 0) break
      if (this.round(master, prices) === 0) {
        idle++
        continue
      }
      idle = 0
      prices = master.prices(secondsLeft()) ?? prices
    }
    return prices
  }
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
): number {
  const surplus = model.candidates.reduce(
    (sum, _, visit) => sum + Math.max(0, gainOf(visit) - (prices.visits[visit] ?? 0)),
    0,
  )
  const atWork = model.days.map(({ officers }) => officers.map((ids) => ids.length))
  const officers = atWork.flat().reduce((sum, count, index) => sum + count * (prices.officers[index] ?? 0), 0)
  const excess = new Float64Array(model.days.length)
  model.kinds.forEach((kind, index) => {
    const bound = new RouteBound(model, kind, prices.visits)
    for (const { days } of pricingsOf(model).filter((pricing) => pricing.kind === index)) {
      const offers = offersOf(model, prices, index, days)
      const [cheapest] = offers
      const open = model.days[days[0] ?? 0]?.open
      if (cheapest === undefined || open === undefined) continue
      const limit = bound.limit(open, { atLeast: cheapest.cost, steps: secondsLeft() > 0 ? steps : 0 })
      for (const { day, cost } of offers) excess[day] = Math.max(excess[day] ?? 0, limit - cost)
    }
  })
  const crews = model.days.reduce((sum, _, day) => {
    const people = (atWork[day] ?? []).reduce((count, of) => count + of, 0)
    return sum + Math.floor(people / smallestCrew) * (excess[day] ?? 0)
  }, 0)
  return surplus + officers + crews
}
