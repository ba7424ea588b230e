/** Another way to the optimum, which shares nothing with the planner but its order of worth: for tests and measurements. */
import { isBetter } from './crew-day.ts'
import type { PlanCandidate, PlanInput, PlanInspector, PlanPlace } from './plan.types.ts'

export interface Optimum {
  readonly mandatory: number
  readonly value: number
}

function minutesBetween(a: PlanPlace, b: PlanPlace, { roadFactor, speedKmh }: PlanInput): number {
  const rad = Math.PI / 180
  const cos =
    Math.sin(a.lat * rad) * Math.sin(b.lat * rad) +
    Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.cos((a.lon - b.lon) * rad)
  const km = 6371.0088 * Math.acos(Math.min(1, cos))
  return Math.ceil((km * roadFactor * 60) / speedKmh - 1e-3)
}

/** Every crew by its members, every order of every set of visits, every day: for a handful of officers and visits. */
export function bruteForce(input: PlanInput): Optimum {
  const { inspectors, candidates, days } = input
  const crewMax = input.settings.crewMax ?? 2
  const fits = (crew: readonly PlanInspector[], route: readonly PlanCandidate[]) =>
    crew.every((one) => {
      const stops = [one.home, ...route.map(({ place }) => place), one.home]
      const driving = stops
        .slice(1)
        .reduce((sum, stop, i) => sum + minutesBetween(stops[i] as PlanPlace, stop, input), 0)
      return driving + route.reduce((sum, { minutes }) => sum + minutes, 0) <= one.minutesPerDay
    })
  const may = (crew: readonly PlanInspector[], date: string, one: PlanCandidate) =>
    one.blocked === undefined &&
    crew.length >= Math.max(2, one.people) &&
    one.skills.every((skill) => crew.some(({ skills }) => skills.includes(skill))) &&
    (one.from ?? date) <= date &&
    (one.by ?? date) >= date
  const setsOf = (crew: readonly PlanInspector[], date: string): ReadonlySet<number> => {
    const sets = new Set<number>()
    const extend = (route: readonly PlanCandidate[], set: number): void =>
      candidates.forEach((one, i) => {
        if ((set & (1 << i)) !== 0 || !may(crew, date, one) || !fits(crew, [...route, one])) return
        sets.add(set | (1 << i))
        extend([...route, one], set | (1 << i))
      })
    extend([], 0)
    return sets
  }
  const crews = Array.from({ length: 2 ** inspectors.length }, (_, mask) => mask).filter((mask) => {
    const size = inspectors.filter((_, i) => (mask & (1 << i)) !== 0).length
    return size >= 2 && size <= crewMax
  })
  const known = new Map<string, Optimum>()
  const worth = (set: number): Optimum => {
    const chosen = candidates.filter((_, i) => (set & (1 << i)) !== 0)
    return {
      mandatory: chosen.filter(({ mandatory }) => mandatory === true).length,
      value: chosen.reduce((sum, { value }) => sum + value, 0),
    }
  }
  const sets = new Map<string, ReadonlySet<number>>()
  const best = (day: number, busy: number, done: number): Optimum => {
    const date = days[day]
    if (date === undefined) return worth(done)
    const key = `${day} ${busy} ${done}`
    const before = known.get(key)
    if (before !== undefined) return before
    let top = best(day + 1, 0, done)
    for (const mask of crews) {
      const crew = inspectors.filter((_, i) => (mask & (1 << i)) !== 0)
      if ((mask & busy) !== 0 || !crew.every(({ dates }) => dates.includes(date))) continue
      const found = sets.get(`${day} ${mask}`) ?? setsOf(crew, date)
      sets.set(`${day} ${mask}`, found)
      for (const set of found) {
        if ((set & done) !== 0) continue
        const here = best(day, busy | mask, done | set)
        if (isBetter(here, top)) top = here
      }
    }
    known.set(key, top)
    return top
  }
  return best(0, 0, 0)
}
