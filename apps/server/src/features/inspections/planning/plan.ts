/** Plans the days of crews: a rule of thumb first, then the solver; the answer is never worse than the first. */

import type { CrewDay } from './crew-day.ts'
import { polish, worthOf } from './crew-day.ts'
import type { Plan, PlanInput, PlanInspector, PlanMethod, PlanOptions, WhatIf } from './plan.types.ts'
import { explain, loadOf, visitsOf } from './plan-answer.ts'
import { greedyPlan } from './plan-greedy.ts'
import { leftOutOf } from './plan-left-out.ts'
import { type PlanModel, planModel } from './plan-model.ts'
import { type Solution, solve } from './plan-solve.ts'

const round = (x: number) => Math.round(x * 1000) / 1000

/** Throws RangeError, in words, on input that has no meaning. */
export async function makePlan(input: PlanInput, options: PlanOptions): Promise<Plan> {
  const began = performance.now()
  const model = planModel(input)
  const start = greedyPlan(model)
  const elapsed = () => (performance.now() - began) / 1000
  const solved = await solvedOr(model, start, {
    ...options,
    seconds: Math.max(0.1, options.seconds - elapsed()),
  })
  return answerOf(model, start, solved, elapsed())
}

/** The solver is a compiled library: what it cannot do leaves the plan by rule of thumb. */
async function solvedOr(
  model: PlanModel,
  start: readonly CrewDay[],
  { seconds, listingSteps }: PlanOptions,
): Promise<Solution | undefined> {
  if (model.candidates.length === 0 || model.compositions.length === 0) return undefined
  try {
    return await solve(model, start, seconds, listingSteps)
  } catch {
    return undefined
  }
}

function answerOf(
  model: PlanModel,
  start: readonly CrewDay[],
  solved: Solution | undefined,
  seconds: number,
): Plan {
  // Listed days of crews may name a unit twice: it counts once, and is visited once.
  const crewDays = solved === undefined ? start : polish(model, solved.crewDays)
  const visits = visitsOf(model, crewDays)
  const load = loadOf(model.input, visits)
  const { value } = worthOf(model, crewDays)
  const most = model.candidates.reduce((sum, one) => sum + one.value, 0)
  const bound = Math.max(value, solved?.bound ?? most)
  const isOptimal = solved?.isOptimal === true
  const method: PlanMethod = isOptimal ? 'optimal' : solved === undefined ? 'greedy' : 'time-limit'
  return {
    visits,
    leftOut: leftOutOf(model, crewDays),
    load,
    value: round(value),
    bound: round(bound),
    gap: bound === 0 ? 0 : round((bound - value) / bound),
    method,
    greedyValue: round(worthOf(model, start).value),
    seconds: round(seconds),
    explain: explain(model, visits, load, { value, bound, isOptimal }),
  }
}

/** The plan with `more` officers who live where most do, work the usual minutes, and have every skill that is asked. */
export async function whatIf(
  input: PlanInput,
  more: number,
  options: PlanOptions = { seconds: 10 },
): Promise<WhatIf> {
  const before = await makePlan(input, options)
  const plan = await makePlan(
    { ...input, inspectors: [...input.inspectors, ...newcomers(input, more)] },
    options,
  )
  // The plan of today stays possible: more officers never bring less.
  return plan.value < before.value
    ? { plan: before, gain: 0 }
    : { plan, gain: round(plan.value - before.value) }
}

function newcomers(input: PlanInput, more: number): PlanInspector[] {
  const homes = Map.groupBy(input.inspectors, ({ home }) => `${home.lon} ${home.lat}`)
  const [usual] = [...homes.values()].toSorted((a, b) => b.length - a.length)[0] ?? []
  if (usual === undefined) return []
  const skills = [...new Set(input.candidates.flatMap((one) => one.skills))]
  const last = Math.max(...input.inspectors.map((one) => one.id))
  return Array.from({ length: more }, (_, i) => ({
    id: last + 1 + i,
    name: `增员${i + 1}`,
    home: usual.home,
    dates: input.days,
    minutesPerDay: usual.minutesPerDay,
    skills,
  }))
}
