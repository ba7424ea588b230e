import { expect, test } from 'vitest'
import { worthOf } from './crew-day.ts'
import { makePlan } from './index.ts'
import { greedyPlan } from './plan-greedy.ts'
import { planModel } from './plan-model.ts'
import { bruteForce } from './plan-oracle.ts'
import { smallCase } from './plan-sample.ts'
import { solve } from './plan-solve.ts'

const CASES = 80

test(`${CASES} random small cases: the plan is the optimum that brute force finds`, async () => {
  let planned = 0
  let better = 0
  for (let seed = 1; seed <= CASES; seed++) {
    const input = smallCase(seed)
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
    const model = planModel(smallCase(seed))
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
