import { expect, test } from 'vitest'
import { isBetter, worthOf } from './crew-day.ts'
import { makePlan } from './index.ts'
import type { PlanCandidate, PlanInput, PlanInspector, PlanPlace } from './plan.types.ts'
import { greedyPlan } from './plan-greedy.ts'
import { planModel } from './plan-model.ts'
import { numbersFrom } from './plan-numbers.ts'
import { solve } from './plan-solve.ts'

const CASES = 80

/** Another way to the optimum: every crew by its members, every order of every set of visits, every day. */
interface Optimum {
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

function bruteForce(input: PlanInput): Optimum {
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

/** Small cases of every kind: homes apart, windows, skills, visits for three, blocked and mandatory ones. */
function randomCase(seed: number): PlanInput {
  const random = numbersFrom(seed)
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  const place = () => ({ lon: 103.2 + random() * 0.6, lat: 35.8 + random() * 0.5 })
  const homes = [place(), place()]
  const days = ['2026-12-01', '2026-12-02'].slice(0, whole(1, 2))
  const skills = ['air', 'water']
  const some = () => skills.filter(() => random() < 0.6)
  return {
    days,
    roadFactor: 1.3,
    speedKmh: 40,
    settings: { seed, startMinute: 510, crewMax: whole(2, 3) },
    inspectors: Array.from({ length: whole(2, 4) }, (_, i) => ({
      id: i + 1,
      name: `人${i + 1}`,
      home: homes[random() < 0.7 ? 0 : 1] ?? place(),
      dates: days.filter(() => random() < 0.9),
      minutesPerDay: whole(24, 42) * 10,
      skills: some(),
    })),
    candidates: Array.from({ length: whole(4, 7) }, (_, i) => ({
      id: `C${i}`,
      title: `企业${i}`,
      place: place(),
      minutes: whole(2, 11) * 10,
      people: random() < 0.15 ? 3 : random() < 0.2 ? 1 : 2,
      skills: some().slice(0, 1),
      value: whole(0, 1000) / 10,
      kind: 'risk' as const,
      ...(random() < 0.2 ? { mandatory: true } : {}),
      ...(random() < 0.2 ? { from: '2026-12-02' } : {}),
      ...(random() < 0.2 ? { by: '2026-12-01' } : {}),
      ...(random() < 0.1 ? { blocked: '年度频次已满' } : {}),
    })),
  }
}

test(`${CASES} random small cases: the plan is the optimum that brute force finds`, async () => {
  let planned = 0
  let better = 0
  for (let seed = 1; seed <= CASES; seed++) {
    const input = randomCase(seed)
    const optimum = bruteForce(input)
    const plan = await makePlan(input, { seconds: 10 })
    expect(plan.explain.mandatoryPlanned, `seed ${seed}`).toBe(optimum.mandatory)
    expect(plan.value, `seed ${seed}`).toBeCloseTo(optimum.value, 6)
    expect(plan.bound, `seed ${seed}`).toBeGreaterThanOrEqual(optimum.value - 1e-6)
    planned += plan.visits.length
    if (plan.value > plan.greedyValue) better++
  }
  // The cases are worth something: visits are planned, and the rule of thumb alone does not find the optimum.
  expect(planned).toBeGreaterThan(2 * CASES)
  expect(better).toBeGreaterThan(5)
}, 120_000)

test(`the same cases by prices, as large ones are planned: within 2 %, and the bound is never below the optimum`, async () => {
  let worst = 0
  for (let seed = 1; seed <= CASES; seed++) {
    const model = planModel(randomCase(seed))
    if (model.candidates.length === 0 || model.compositions.length === 0) continue
    const optimum = bruteForce(model.input)
    const { crewDays, bound } = await solve(model, greedyPlan(model), 10, 0)
    const worth = worthOf(model, crewDays)
    expect(worth.mandatory, `seed ${seed}`).toBe(optimum.mandatory)
    expect(bound, `seed ${seed}`).toBeGreaterThanOrEqual(optimum.value - 1e-6)
    expect(worth.value, `seed ${seed}`).toBeLessThanOrEqual(optimum.value + 1e-6)
    if (optimum.value > 0) worst = Math.max(worst, 1 - worth.value / optimum.value)
  }
  expect(worst).toBeLessThanOrEqual(0.02)
}, 120_000)
