import { expect, test } from 'vitest'
import { costOfChange, makePlan, whatIf } from './index.ts'
import type { Plan, PlanInput } from './plan.types.ts'
import { countyMonth } from './plan-sample.ts'

const small = (seed: number) => countyMonth({ people: 4, candidates: 8, days: 2, seed })

/** What no plan may do, whatever it was asked. */
function expectFeasible(input: PlanInput, plan: Pick<Plan, 'visits' | 'load'>): void {
  const candidates = new Map(input.candidates.map((one) => [one.id, one]))
  const people = new Map(input.inspectors.map((one) => [one.id, one]))
  const ids = plan.visits.map((visit) => visit.candidateId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const visit of plan.visits) {
    const candidate = candidates.get(visit.candidateId)
    const crew = visit.inspectorIds.map((id) => people.get(id))
    expect(candidate?.blocked).toBeUndefined()
    expect(crew.length).toBeGreaterThanOrEqual(Math.max(2, candidate?.people ?? 2))
    expect(crew.every((one) => one?.dates.includes(visit.date))).toBe(true)
    for (const skill of candidate?.skills ?? [])
      expect(crew.some((one) => one?.skills.includes(skill))).toBe(true)
    expect(candidate?.from === undefined || visit.date >= candidate.from).toBe(true)
    expect(candidate?.by === undefined || visit.date <= candidate.by).toBe(true)
  }
  for (const load of plan.load)
    expect(load.minutes).toBeLessThanOrEqual(people.get(load.inspectorId)?.minutesPerDay ?? 0)
  const crews = new Map<string, string>()
  for (const visit of plan.visits)
    for (const id of visit.inspectorIds) {
      const key = `${visit.date} ${id}`
      expect(crews.get(key) ?? visit.inspectorIds.join()).toBe(visit.inspectorIds.join())
      crews.set(key, visit.inspectorIds.join())
    }
}

test('small plans are proven best, feasible, and account for every candidate', async () => {
  for (let seed = 1; seed <= 12; seed++) {
    const input = small(seed)
    const plan = await makePlan(input, { seconds: 10 })
    expectFeasible(input, plan)
    expect(plan.value).toBeGreaterThanOrEqual(plan.greedyValue)
    expect(plan.bound).toBeGreaterThanOrEqual(plan.value)
    expect(plan.visits.length + plan.leftOut.length).toBe(input.candidates.length)
  }
}, 60_000)

test('two more officers never cover less', async () => {
  const input = small(3)
  const { plan, gain } = await whatIf(input, 2, { seconds: 5 })
  expect(gain).toBeGreaterThanOrEqual(0)
  expect(plan.explain.personDaysAvailable).toBeGreaterThan(
    input.inspectors.flatMap((one) => one.dates).length,
  )
}, 60_000)

test('a change by hand: its price, and what makes it impossible', async () => {
  const input = small(1)
  const plan = await makePlan(input, { seconds: 10 })
  const visit = plan.visits[0]
  if (visit === undefined) throw new Error('an empty plan cannot be changed')
  const candidate = input.candidates.find((one) => one.id === visit.candidateId)
  const removed = costOfChange(input, plan, { kind: 'remove', candidateId: visit.candidateId })
  expect(removed.valueDifference).toBeCloseTo(-(candidate?.value ?? 0), 3)
  expect(removed.travelDifference).toBeLessThanOrEqual(0)
  expectFeasible(input, removed)
  const back = costOfChange(
    input,
    { ...plan, visits: removed.visits, load: removed.load },
    {
      kind: 'add',
      candidateId: visit.candidateId,
      date: visit.date,
      inspectorIds: visit.inspectorIds,
    },
  )
  expect(back.feasible).toBe(true)
  expect(removed.valueDifference + back.valueDifference).toBeCloseTo(0, 3)
  const alone = costOfChange(input, plan, {
    kind: 'move',
    candidateId: visit.candidateId,
    date: visit.date,
    inspectorIds: visit.inspectorIds.slice(0, 1),
  })
  expect(alone.feasible).toBe(false)
  expect(alone.warnings.map((warning) => warning.code)).toContain('one-officer')
})

test('a day that is too full is refused', async () => {
  const input = small(2)
  const plan = await makePlan(input, { seconds: 10 })
  const [first] = plan.visits
  if (first === undefined) throw new Error('an empty plan cannot be changed')
  let current: Pick<Plan, 'visits' | 'load'> = plan
  let full = false
  for (const candidate of input.candidates) {
    const cost = costOfChange(
      input,
      { ...plan, ...current },
      {
        kind: 'add',
        candidateId: candidate.id,
        date: first.date,
        inspectorIds: first.inspectorIds,
      },
    )
    full ||= cost.warnings.some((warning) => warning.code === 'minutes-exceeded' && warning.hard)
    current = { visits: cost.visits, load: cost.load }
  }
  expect(full).toBe(true)
})

test('without anybody, or without candidates, the plan is empty', async () => {
  const input = small(1)
  const nobody = await makePlan({ ...input, inspectors: [] }, { seconds: 1 })
  expect([nobody.visits, nobody.method]).toEqual([[], 'greedy'])
  const nothing = await makePlan({ ...input, candidates: [] }, { seconds: 1 })
  expect([nothing.value, nothing.gap, nothing.leftOut]).toEqual([0, 0, []])
})
