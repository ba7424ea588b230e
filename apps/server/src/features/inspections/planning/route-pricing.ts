/** Which further crew day would pay, at given prices of visits: routes by dynamic programming over minutes. */
import { type CrewDay, kindOf, mayVisit } from './crew-day.ts'
import type { CrewKind, PlanModel } from './plan-model.ts'
import { type Route, slackOf } from './route.ts'

const LEAST_GAIN = 1e-6
/** Visits that are tried after a visit; more are slower and seldom better. */
const NEXT_VISITS = 40

export interface PricedRoute {
  readonly route: Route
  /** Σ prices of its visits. */
  readonly gain: number
}

/**
 * Routes of a crew kind among `open` visits that gain more than `above`, the best first and the next ones with few visits in common. Labels
 * are (minutes used, last visit); of two labels at one visit the later one has to have gained more. No visit is made
 * twice. The best route can be missed, so that nothing is proven by it: see `route-bound.ts`.
 */
export function pricedRoutes(
  model: PlanModel,
  kind: CrewKind,
  open: readonly number[],
  prices: Float64Array,
  { count, above }: { readonly count: number; readonly above: number },
): readonly PricedRoute[] {
  const first = kind.members[0]
  if (first === undefined || open.length === 0) return []
  const { toHome, candidates } = model
  const all = candidates.length
  const n = open.length
  /** Minutes from finishing i to finishing j. */
  const leg = legsOf(model, open)
  const budget = Math.max(...kind.members.map(({ minutes }) => minutes))
  const gains = new Float64Array((budget + 1) * n).fill(-1)
  const from = new Int32Array((budget + 1) * n).fill(-1)
  const service = Int32Array.from(open, (visit) => candidates[visit]?.minutes ?? 0)
  const price = Float64Array.from(open, (visit) => prices[visit] ?? 0)
  /** Minutes already gone at the start of the first visit, seen from the end of the day, and those needed at the end. */
  const out = Int32Array.from(open, (visit) =>
    Math.max(
      ...kind.members.map(({ home, minutes }) => (toHome[home * all + visit] ?? 0) + budget - minutes),
    ),
  )
  const back = Int32Array.from(open, (visit) =>
    Math.max(...kind.members.map(({ home }) => toHome[home * all + visit] ?? 0)),
  )
  for (let j = 0; j < n; j++) {
    const time = (out[j] ?? 0) + (service[j] ?? 0)
    if (time + (back[j] ?? 0) <= budget) gains[time * n + j] = price[j] ?? 0
  }
  const width = Math.min(n - 1, NEXT_VISITS)
  const after = nextVisits(leg, price, width, above / budget)
  const latest = back.map((minutes) => budget - minutes)
  const hope = knapsack(model, open, prices, budget)
  const bestAt = new Float64Array(n).fill(-1)
  const ends: number[] = []
  for (let time = 0; time <= budget; time++) {
    for (let i = 0; i < n; i++) {
      const state = time * n + i
      const gain = gains[state] ?? -1
      if (gain <= (bestAt[i] as number)) continue
      if (gain + (hope[budget - time] as number) <= above) continue
      bestAt[i] = gain
      if (gain > above) ends.push(state)
      const row = i * n
      for (let nth = 0; nth < width; nth++) {
        const j = after[i * width + nth] as number
        const next = time + (leg[row + j] as number)
        if (next > (latest[j] as number)) continue
        const better = gain + (price[j] as number)
        const target = next * n + j
        if (better <= (gains[target] as number) || better <= (bestAt[j] as number)) continue
        if (isOnWay(from, state, j, n)) continue
        gains[target] = better
        from[target] = state
      }
    }
  }
  return diverse(model, kind, { ends, gains, from, n, open }, count)
}

/** For each visit those that are worth most after it, at `rate` for a minute; row by row, `width` each. */
function nextVisits(leg: Int32Array, price: Float64Array, width: number, rate: number): Int32Array {
  const n = price.length
  const after = new Int32Array(n * width)
  const others = Array.from({ length: n }, (_, j) => j)
  for (let i = 0; i < n; i++) {
    const worth = price.map((gain, j) => (j === i ? -1e9 : gain - rate * (leg[i * n + j] as number)))
    const best = others.toSorted((a, b) => (worth[b] as number) - (worth[a] as number) || a - b)
    for (let nth = 0; nth < width; nth++) after[i * width + nth] = best[nth] as number
  }
  return after
}

/** By minutes left: what they could gain at most, visits by price for their fewest minutes, the last one in part. */
function knapsack(
  { least }: PlanModel,
  open: readonly number[],
  prices: Float64Array,
  budget: number,
): Float64Array {
  const rate = (visit: number) => (prices[visit] ?? 0) / (least[visit] ?? 1)
  const most = new Float64Array(budget + 1)
  let minute = 0
  let gain = 0
  for (const visit of open.toSorted((a, b) => rate(b) - rate(a))) {
    const minutes = least[visit] ?? 1
    for (let part = 1; part <= minutes && minute < budget; part++) {
      minute++
      most[minute] = gain + rate(visit) * part
    }
    gain += prices[visit] ?? 0
    if (minute === budget) return most
  }
  return most.fill(gain, minute + 1)
}

function legsOf({ between, candidates }: PlanModel, open: readonly number[]): Int32Array {
  const all = candidates.length
  const n = open.length
  const legs = new Int32Array(n * n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const visit = open[j] ?? 0
      legs[i * n + j] = (between[(open[i] ?? 0) * all + visit] ?? 0) + (candidates[visit]?.minutes ?? 0)
    }
  return legs
}

function isOnWay(from: Int32Array, state: number, j: number, n: number): boolean {
  for (let at = state; at >= 0; at = from[at] ?? -1) if (at % n === j) return true
  return false
}

interface Labels {
  readonly ends: readonly number[]
  readonly gains: Float64Array
  readonly from: Int32Array
  readonly n: number
  readonly open: readonly number[]
}

function diverse(
  model: PlanModel,
  kind: CrewKind,
  { ends, gains, from, n, open }: Labels,
  count: number,
): readonly PricedRoute[] {
  const order = ends.toSorted((a, b) => (gains[b] ?? 0) - (gains[a] ?? 0) || a - b)
  const used = new Map<number, number>()
  const found: PricedRoute[] = []
  for (const end of order) {
    if (found.length >= count) break
    const route: number[] = []
    for (let at = end; at >= 0; at = from[at] ?? -1) route.unshift(open[at % n] ?? 0)
    // With several homes the label took the worst of each end together; the route itself is checked.
    if (slackOf(model, kind, route) < 0) continue
    const shared = route.filter((visit) => (used.get(visit) ?? 0) >= 2).length
    if (found.length > 0 && shared > 0) continue
    for (const visit of route) used.set(visit, (used.get(visit) ?? 0) + 1)
    found.push({ route, gain: gains[end] ?? 0 })
  }
  return found
}

/**
 * Each crew day in turn gets the best route of what is left and what it had: at the value of the visits, until none
 * gains. `gainOf` counts what a visit is worth.
 */
export function rerouted(
  model: PlanModel,
  crewDays: readonly CrewDay[],
  gainOf: (visit: number) => number,
): readonly CrewDay[] {
  const prices = Float64Array.from(model.candidates, (_, visit) => gainOf(visit))
  const days = [...crewDays]
  const taken = new Set(days.flatMap(({ route }) => route))
  for (let moved = true; moved; ) {
    moved = false
    days.forEach((crewDay, index) => {
      const kind = kindOf(model, crewDay)
      const open = model.candidates
        .map((_, visit) => visit)
        .filter(
          (visit) =>
            mayVisit(model, kind, crewDay.day, visit) && (!taken.has(visit) || crewDay.route.includes(visit)),
        )
      const now = crewDay.route.reduce((sum, visit) => sum + gainOf(visit), 0)
      const [best] = pricedRoutes(model, kind, open, prices, { count: 1, above: now })
      if (best === undefined || best.gain <= now + LEAST_GAIN) return
      for (const visit of crewDay.route) taken.delete(visit)
      for (const visit of best.route) taken.add(visit)
      days[index] = { ...crewDay, route: best.route }
      moved = true
    })
  }
  return days
}
