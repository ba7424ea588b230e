import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makePlan } from './index.ts'
import type { Plan, PlanInput, PlanPlace } from './plan.types.ts'
import { greedyPlan } from './plan-greedy.ts'
import { planModel } from './plan-model.ts'
import { countyMonth } from './plan-sample.ts'
import { solve } from './plan-solve.ts'
import { drivingMinutes } from './travel.ts'

/** Minutes of an officer's day, from the visits alone. */
function minutesOf(input: PlanInput, plan: Pick<Plan, 'visits'>, inspectorId: number, date: string): number {
  const home = input.inspectors.find(({ id }) => id === inspectorId)?.home as PlanPlace
  const visits = plan.visits
    .filter((visit) => visit.date === date && visit.inspectorIds.includes(inspectorId))
    .toSorted((a, b) => a.order - b.order)
    .map(({ candidateId }) => input.candidates.find(({ id }) => id === candidateId))
  const stops = [home, ...visits.map((visit) => visit?.place as PlanPlace), home]
  const driving = stops
    .slice(1)
    .reduce((sum, stop, i) => sum + drivingMinutes(stops[i] as PlanPlace, stop, input), 0)
  return driving + visits.reduce((sum, visit) => sum + (visit?.minutes ?? 0), 0)
}

function expectWithinMinutes(input: PlanInput, plan: Plan): void {
  for (const { id, minutesPerDay, dates } of input.inspectors)
    for (const date of input.days) {
      const minutes = minutesOf(input, plan, id, date)
      expect(minutes).toBeLessThanOrEqual(minutesPerDay)
      if (minutes > 0) expect(dates).toContain(date)
      const load = plan.load.find((one) => one.inspectorId === id && one.date === date)
      expect(load?.minutes ?? 0).toBe(minutes)
    }
}

const sizes = fc.record({
  people: fc.integer({ min: 0, max: 7 }),
  candidates: fc.integer({ min: 0, max: 40 }),
  days: fc.integer({ min: 1, max: 6 }),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
})

test('property: minutes and person-days are never exceeded, nobody goes alone, nothing blocked is planned', async () => {
  await fc.assert(
    fc.asyncProperty(sizes, fc.double({ min: 0.05, max: 0.6, noNaN: true }), async (size, seconds) => {
      const input = countyMonth(size)
      const plan = await makePlan(input, { seconds })
      expectWithinMinutes(input, plan)
      expect(plan.explain.personDaysUsed).toBeLessThanOrEqual(plan.explain.personDaysAvailable)
      const crews = new Map<string, string>()
      for (const { candidateId, date, inspectorIds } of plan.visits) {
        expect(new Set(inspectorIds).size).toBeGreaterThanOrEqual(2)
        expect(input.candidates.find(({ id }) => id === candidateId)?.blocked).toBeUndefined()
        // An officer is in one crew a day.
        for (const id of inspectorIds) {
          expect(crews.get(`${date} ${id}`) ?? inspectorIds.join()).toBe(inspectorIds.join())
          crews.set(`${date} ${id}`, inspectorIds.join())
        }
      }
      expect(plan.visits.length + plan.leftOut.length).toBe(input.candidates.length)
      expect(plan.bound).toBeGreaterThanOrEqual(plan.value)
    }),
    { numRuns: 40 },
  )
}, 120_000)

test('the same input gives the same plan, by listing and by prices', async () => {
  const small = countyMonth({ people: 5, candidates: 12, days: 2, seed: 4 })
  const plans = [await makePlan(small, { seconds: 10 }), await makePlan(small, { seconds: 10 })]
  expect(plans[1]?.visits).toEqual(plans[0]?.visits)
  const model = planModel(countyMonth({ people: 6, candidates: 30, days: 3, seed: 4 }))
  const first = await solve(model, greedyPlan(model), 60, 0)
  expect((await solve(model, greedyPlan(model), 60, 0)).crewDays).toEqual(first.crewDays)
}, 120_000)

test('what is left out says why, with the numbers', async () => {
  const input = countyMonth({ people: 4, candidates: 30, days: 2, seed: 11 })
  const far = { lon: 113, lat: 36 }
  const base = { title: '某企业', minutes: 60, people: 2, skills: [], value: 90, kind: 'risk' as const }
  const place = input.inspectors[0]?.home as PlanPlace
  const plan = await makePlan(
    {
      ...input,
      candidates: [
        ...input.candidates,
        { ...base, id: 'far', place: far },
        { ...base, id: 'skill', place, skills: ['radiation'] },
        { ...base, id: 'late', place, by: '2026-11-01' },
        { ...base, id: 'blocked', place, blocked: '正面清单企业' },
      ],
    },
    { seconds: 5 },
  )
  const why = new Map(plan.leftOut.map((one) => [one.candidateId, one]))
  expect(['far', 'skill', 'late', 'blocked'].map((id) => why.get(id)?.reason)).toEqual([
    'too-long',
    'skill-missing',
    'out-of-window',
    'blocked',
  ])
  expect(why.get('blocked')?.zh).toContain('正面清单企业')
  const others = plan.leftOut.filter(({ reason }) => reason === 'lower-value' || reason === 'no-capacity')
  expect(others.length).toBeGreaterThan(5)
  for (const { zh } of others)
    expect(zh).toMatch(/每人每分钟覆盖风险 [\d.]+，低于已安排的最低值 [\d.]+|也差 \d+ 分钟|没有剩余的人/)
}, 60_000)
