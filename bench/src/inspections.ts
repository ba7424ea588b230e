/** Planning: a county's month in time and against its proven bound, small cases against their optimum. */
import { countyMonth, planApart, planInspections, whatIfApart } from '@shanshui/server'
import type { BenchOptions, BenchResult } from './result.ts'

const month = { people: 12, candidates: 400, days: 21, seed: 7 }
const solverSeconds = 15
const smallCases = 50

export async function benchInspections({ quick }: BenchOptions): Promise<readonly BenchResult[]> {
  const input = countyMonth(month)
  const began = performance.now()
  const plan = await planApart(input, { seconds: quick ? 5 : solverSeconds })
  const seconds = (performance.now() - began) / 1000
  const what = `${month.people} officers, ${month.candidates} candidates, ${month.days} days`
  const { plan: larger, gain } = await whatIfApart(input, 2, { seconds: quick ? 5 : solverSeconds })
  return [
    {
      what: `plan of a county month: ${what}`,
      value: seconds,
      unit: 's',
      bar: { kind: 'at-most', value: 20, unit: 's' },
      note: `rule of thumb, routes by price, bound, choice; ${plan.visits.length} visits, ${plan.explain.personDaysUsed} of ${plan.explain.personDaysAvailable} person-days`,
    },
    {
      what: 'risk covered by that plan',
      value: plan.value,
      unit: 'points',
      against: { what: 'proven bound', value: plan.bound, unit: 'points' },
      ratio: plan.value / plan.bound,
      note: `${plan.explain.valuePerPersonDay ?? 0} a person-day; all ${plan.explain.mandatoryAsked} mandatory visits: ${plan.explain.mandatoryPlanned}`,
    },
    {
      what: 'the same by the solver',
      value: plan.value,
      unit: 'points',
      against: { what: 'rule of thumb alone', value: plan.greedyValue, unit: 'points' },
      ratio: plan.value / plan.greedyValue,
    },
    {
      what: 'risk covered besides by two more officers',
      value: gain,
      unit: 'points',
      against: { what: 'covered by fourteen', value: larger.value, unit: 'points' },
    },
    await worstSmallGap(quick ? 10 : smallCases),
  ]
}

/** Cases small enough to list: their optimum, and what the way of large cases makes of them. */
async function worstSmallGap(cases: number): Promise<BenchResult> {
  let worst = 0
  let optimal = 0
  for (let seed = 1; seed <= cases; seed++) {
    const input = countyMonth({ people: 4, candidates: 10, days: 2, seed })
    const best = await planInspections(input, { seconds: 20 })
    if (best.method !== 'optimal') continue
    optimal++
    const byPrice = await planInspections(input, { seconds: 20, listingSteps: 0 })
    const isAsMandatory = byPrice.explain.mandatoryPlanned === best.explain.mandatoryPlanned
    if (best.value > 0) worst = Math.max(worst, isAsMandatory ? 1 - byPrice.value / best.value : 1)
  }
  return {
    what: `worst gap of routes by price to the optimum, ${optimal} small cases`,
    value: worst * 100,
    unit: '%',
    bar: { kind: 'at-most', value: 2, unit: '%' },
    note: '4 officers, 10 candidates, 2 days; optimum by listing every route, which a brute force in the tests confirms',
  }
}
