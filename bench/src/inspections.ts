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
    ...(await smallGaps(quick ? 10 : smallCases)),
  ]
}

/**
 * Cases small enough to list: as the product plans them, against the bound that it proves, and by the prices of large
 * cases, which it does not use for them.
 */
async function smallGaps(cases: number): Promise<readonly BenchResult[]> {
  let asPlanned = 0
  let byPrice = 0
  for (let seed = 1; seed <= cases; seed++) {
    const input = countyMonth({ people: 4, candidates: 10, days: 2, seed })
    const best = await planInspections(input, { seconds: 20 })
    asPlanned = Math.max(asPlanned, best.gap)
    const priced = await planInspections(input, { seconds: 20, listingSteps: 0 })
    const isAsMandatory = priced.explain.mandatoryPlanned === best.explain.mandatoryPlanned
    if (best.value > 0) byPrice = Math.max(byPrice, isAsMandatory ? 1 - priced.value / best.value : 1)
  }
  const sizes = '4 officers, 10 candidates, 2 days'
  return [
    {
      what: `worst gap of a plan to its proven bound, ${cases} small cases`,
      value: asPlanned * 100,
      unit: '%',
      bar: { kind: 'at-most', value: 2, unit: '%' },
      note: `${sizes}; every route is listed, and a brute force in the tests finds the same optimum`,
    },
    {
      what: `the same cases by the prices of large ones: worst gap to that optimum`,
      value: byPrice * 100,
      unit: '%',
      note: 'for information: the product lists cases of this size',
    },
  ]
}
