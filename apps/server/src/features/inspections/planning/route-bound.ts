/** A proven upper limit of what any route of a crew kind can gain at given prices. */
import type { CrewKind, PlanModel } from './plan-model.ts'

/**
 * Depth-first search over orders of visits. A branch is left when the lesser of two optimistic completions does not
 * reach the best that is known: visits by price for minutes (knapsack: no visit twice, driving at its shortest), and
 * the best continuation by minutes (true driving, visits may repeat). Of a crew with several homes the first one's
 * day is asked for, which is no more than a part of the conditions. Both completions are of all visits of the kind,
 * so that one table serves every day.
 */
export class RouteBound {
  readonly #n: number
  readonly #budget: number
  readonly #visits: readonly number[]
  readonly #ways: Ways
  readonly #price: Float64Array
  /** Best further gain by minutes used and last visit, repeats allowed. */
  readonly #further: Float64Array
  readonly #closed: Uint8Array
  #steps = 0
  #best = 0
  #unsearched = 0

  constructor(model: PlanModel, { members, allowed }: CrewKind, prices: Float64Array) {
    const member = members[0] ?? { home: 0, minutes: 0 }
    this.#budget = member.minutes
    this.#ways = waysOf(model, member, allowed, prices)
    this.#visits = this.#ways.visits
    this.#n = this.#visits.length
    this.#price = Float64Array.from(this.#visits, (visit) => prices[visit] ?? 0)
    this.#further = furtherGains(this.#ways, this.#price, this.#budget)
    this.#closed = new Uint8Array(this.#n)
  }

  /**
   * No route among the visits with `open` 1 gains more than the answer, which is `atLeast` at least. With `steps` used
   * up, the completions of what was not searched count as they are: still a limit, only a weaker one.
   */
  limit(open: Uint8Array, { atLeast, steps }: { readonly atLeast: number; readonly steps: number }): number {
    this.#best = atLeast
    this.#unsearched = 0
    this.#steps = steps
    this.#visits.forEach((visit, j) => {
      this.#closed[j] = open[visit] === 1 ? 0 : 1
    })
    for (let j = 0; j < this.#n; j++)
      if (this.#closed[j] === 0) this.#enter(j, (this.#ways.home[j] ?? 0) + (this.#ways.service[j] ?? 0), 0)
    return Math.max(this.#best, this.#unsearched)
  }

  #enter(j: number, time: number, before: number): void {
    if (time + (this.#ways.home[j] ?? 0) > this.#budget) return
    const gain = before + (this.#price[j] ?? 0)
    const further = this.#further[time * this.#n + j] ?? 0
    if (gain + further <= this.#best + 1e-9) return
    this.#closed[j] = 1
    const hope = gain + Math.min(further, this.#knapsack(time))
    if (hope > this.#best + 1e-9) {
      if (--this.#steps < 0) this.#unsearched = Math.max(this.#unsearched, hope)
      else this.#extend(j, time, gain)
    }
    this.#closed[j] = 0
  }

  #extend(i: number, time: number, gain: number): void {
    this.#best = Math.max(this.#best, gain)
    const row = i * this.#n
    for (let j = 0; j < this.#n; j++)
      if (this.#closed[j] === 0) this.#enter(j, time + (this.#ways.leg[row + j] ?? 0), gain)
  }

  /** Minutes left, filled with what is open by price for its fewest minutes, the last one in part. */
  #knapsack(time: number): number {
    let left = this.#budget - time
    let gain = 0
    for (let j = 0; j < this.#n && left > 0; j++) {
      if (this.#closed[j] === 1) continue
      const least = this.#ways.least[j] ?? 1
      const price = this.#price[j] ?? 0
      if (least > left) return gain + (price * left) / least
      gain += price
      left -= least
    }
    return gain
  }
}

interface Ways {
  /** Visits with a price that fit a day alone, by price for their fewest minutes. */
  readonly visits: readonly number[]
  readonly home: Int32Array
  readonly service: Int32Array
  /** Fewest minutes that a visit adds to a route. */
  readonly least: Int32Array
  /** Minutes from the end of one visit to the end of another, row by row. */
  readonly leg: Int32Array
}

function waysOf(
  { between, toHome, candidates }: PlanModel,
  member: { readonly home: number; readonly minutes: number },
  allowed: Uint8Array,
  prices: Float64Array,
): Ways {
  const all = candidates.length
  const home = (visit: number) => toHome[member.home * all + visit] ?? 0
  const minutes = (visit: number) => candidates[visit]?.minutes ?? 0
  const drive = (from: number, to: number) => between[from * all + to] ?? 0
  const fits = candidates
    .map((_, visit) => visit)
    .filter((v) => allowed[v] === 1 && (prices[v] ?? 0) > 0 && 2 * home(v) + minutes(v) <= member.minutes)
  const least = new Map(
    fits.map((visit) => {
      const nearest = fits.reduce(
        (so, other) => (other === visit ? so : Math.min(so, drive(other, visit))),
        home(visit),
      )
      return [visit, minutes(visit) + nearest]
    }),
  )
  const rate = (visit: number) => (prices[visit] ?? 0) / (least.get(visit) ?? 1)
  const visits = fits.toSorted((a, b) => rate(b) - rate(a) || a - b)
  return {
    visits,
    home: Int32Array.from(visits, home),
    service: Int32Array.from(visits, minutes),
    least: Int32Array.from(visits, (visit) => least.get(visit) ?? 1),
    leg: Int32Array.from(visits.flatMap((from) => visits.map((to) => drive(from, to) + minutes(to)))),
  }
}

function furtherGains({ home, leg, visits }: Ways, price: Float64Array, budget: number): Float64Array {
  const n = visits.length
  const further = new Float64Array((budget + 1) * n)
  for (let time = budget; time >= 0; time--)
    for (let i = 0; i < n; i++) {
      if (time + (home[i] as number) > budget) continue
      let best = 0
      const row = i * n
      for (let j = 0; j < n; j++) {
        const next = time + (leg[row + j] as number)
        if (j === i || next + (home[j] as number) > budget) continue
        const gain = (price[j] as number) + (further[next * n + j] as number)
        if (gain > best) best = gain
      }
      further[time * n + i] = best
    }
  return further
}
