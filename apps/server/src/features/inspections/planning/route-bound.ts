/** A proven upper limit of what any route of a crew kind can gain at given prices. */
import type { CrewKind, PlanModel } from './plan-model.ts'
import type { Route } from './route.ts'

export interface RouteBound {
  /** No route of the kind gains more. */
  readonly gain: number
  /** A route that gains more than asked, where one was met. */
  readonly route: Route | undefined
}

/**
 * Depth-first search over orders of visits. A branch is left when even the better of two optimistic completions
 * stays below `atLeast`: visits by price for minutes (knapsack, no visit twice, driving at its shortest), and the
 * best continuation by minutes (true driving, visits may repeat). With `steps` used up, the completions of what was
 * not searched count as they are: the result is still a limit, only a weaker one. Of a crew with several homes the
 * first one's day is asked for, which is no more than a part of the conditions.
 */
export function routeBound(
  model: PlanModel,
  kind: CrewKind,
  visits: readonly number[],
  prices: Float64Array,
  { atLeast, steps }: { readonly atLeast: number; readonly steps: number },
): RouteBound {
  const search = new Search(model, kind, visits, prices, atLeast, steps)
  search.run()
  return { gain: search.limit, route: search.best }
}

class Search {
  limit: number
  best: Route | undefined
  readonly #n: number
  readonly #budget: number
  readonly #open: readonly number[]
  readonly #drive: Int32Array
  readonly #out: Int32Array
  readonly #back: Int32Array
  readonly #service: Int32Array
  readonly #price: Float64Array
  /** Fewest minutes that a visit adds to a route, by visit. */
  readonly #least: Int32Array
  /** Best further gain by minutes used and last visit, repeats allowed. */
  readonly #further: Float64Array
  readonly #visited: Uint8Array
  #steps: number
  #best: number

  constructor(
    model: PlanModel,
    { members }: CrewKind,
    visits: readonly number[],
    prices: Float64Array,
    atLeast: number,
    steps: number,
  ) {
    const member = members[0] ?? { home: 0, minutes: 0 }
    const all = model.candidates.length
    const home = (visit: number) => model.toHome[member.home * all + visit] ?? 0
    const minutes = (visit: number) => model.candidates[visit]?.minutes ?? 0
    const fits = visits.filter((visit) => 2 * home(visit) + minutes(visit) <= member.minutes)
    // By gain for minutes: the order of the knapsack.
    const rate = (visit: number) => (prices[visit] ?? 0) / Math.max(1, minutes(visit))
    const nearest = new Map(
      fits.map((visit) => [
        visit,
        Math.min(
          home(visit),
          ...fits.filter((other) => other !== visit).map((o) => model.between[o * all + visit] ?? 0),
        ),
      ]),
    )
    const least = (visit: number) => minutes(visit) + (nearest.get(visit) ?? 0)
    this.#open = fits.toSorted(
      (a, b) => (prices[b] ?? 0) / least(b) - (prices[a] ?? 0) / least(a) || rate(b) - rate(a) || a - b,
    )
    const open = this.#open
    this.#n = open.length
    this.#budget = member.minutes
    this.#out = Int32Array.from(open, home)
    this.#back = Int32Array.from(open, home)
    this.#service = Int32Array.from(open, minutes)
    this.#price = Float64Array.from(open, (visit) => prices[visit] ?? 0)
    this.#least = Int32Array.from(open, least)
    this.#drive = Int32Array.from(open.flatMap((a) => open.map((b) => model.between[a * all + b] ?? 0)))
    this.#visited = new Uint8Array(this.#n)
    this.#steps = steps
    this.#best = atLeast
    this.limit = atLeast
    this.#further = this.#completions()
  }

  run(): void {
    for (let j = 0; j < this.#n; j++) this.#enter(j, (this.#out[j] ?? 0) + (this.#service[j] ?? 0), 0, [])
    this.limit = Math.max(this.limit, this.#best)
  }

  #enter(j: number, time: number, gainBefore: number, way: readonly number[]): void {
    if (time + (this.#back[j] ?? 0) > this.#budget) return
    const gain = gainBefore + (this.#price[j] ?? 0)
    const further = this.#further[time * this.#n + j] ?? 0
    if (gain + further <= this.#best + 1e-9) return
    this.#visited[j] = 1
    const hope = gain + Math.min(further, this.#knapsack(j, time))
    if (hope > this.#best + 1e-9) {
      if (--this.#steps < 0) this.limit = Math.max(this.limit, hope)
      else this.#extend(j, time, gain, [...way, j])
    }
    this.#visited[j] = 0
  }

  #extend(i: number, time: number, gain: number, way: readonly number[]): void {
    if (gain > this.#best) {
      this.#best = gain
      this.best = way.map((index) => this.#open[index] ?? 0)
    }
    const n = this.#n
    for (let j = 0; j < n; j++) {
      if (this.#visited[j] === 1) continue
      this.#enter(j, time + (this.#drive[i * n + j] ?? 0) + (this.#service[j] ?? 0), gain, way)
    }
  }

  /** Minutes left, filled with what is not visited yet by price for its fewest minutes, the last one in part. */
  #knapsack(_last: number, time: number): number {
    let left = this.#budget - time
    let gain = 0
    for (let j = 0; j < this.#n && left > 0; j++) {
      if (this.#visited[j] === 1) continue
      const least = this.#least[j] ?? 1
      const price = this.#price[j] ?? 0
      if (least > left) return gain + (price * left) / least
      gain += price
      left -= least
    }
    return gain
  }

  #completions(): Float64Array {
    const n = this.#n
    const further = new Float64Array((this.#budget + 1) * n)
    for (let time = this.#budget; time >= 0; time--)
      for (let i = 0; i < n; i++) {
        if (time + (this.#back[i] ?? 0) > this.#budget) continue
        let best = 0
        for (let j = 0; j < n; j++) {
          const next = time + (this.#drive[i * n + j] ?? 0) + (this.#service[j] ?? 0)
          if (j === i || next + (this.#back[j] ?? 0) > this.#budget) continue
          const gain = (this.#price[j] ?? 0) + (further[next * n + j] ?? 0)
          if (gain > best) best = gain
        }
        further[time * n + i] = best
      }
    return further
  }
}
