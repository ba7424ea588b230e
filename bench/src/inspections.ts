/** Planning: a county's month in time and against its proven bound, small cases against their optimum. */
import {
  bruteForce,
  countyMonth,
  type Plan,
  planApart,
  planInspections,
  smallCase,
  whatIfApart,
} from '@shanshui/server'
import type { BenchOptions, BenchResult } from './result.ts'

const month = { people: 12, candidates: 400, days: 21, seed: 7 }
const solverSeconds = 15
/** Half as many hands for the same work: here it shows what is left out, and what more hands bring. */
const shortHanded = { ...month, people: 6 }
const smallCases = 80

export async function benchInspections({ quick }: BenchOptions): Promise<readonly BenchResult[]> {
  const input = countyMonth(month)
  const began = performance.now()
  const plan = await planApart(input, { seconds: quick ? 5 : solverSeconds })
  const seconds = (performance.now() - began) / 1000
  const what = `${month.people} officers, ${month.candidates} candidates, ${month.days} days`
  const few = countyMonth(shortHanded)
  const options = { seconds: quick ? 5 : solverSeconds }
  const short = await planApart(few, options)
  const { plan: larger, gain } = await whatIfApart(few, 2, options)
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
      what: `risk covered by ${shortHanded.people} officers of the same month`,
      value: short.value,
      unit: 'points',
      against: { what: 'proven bound', value: short.bound, unit: 'points' },
      ratio: short.value / short.bound,
      note: `${short.explain.personDaysUsed} of ${short.explain.personDaysAvailable} person-days, ${short.leftOut.length} left out`,
    },
    {
      what: 'risk that two more officers would cover besides',
      value: gain,
      unit: 'points',
      against: { what: `covered by ${shortHanded.people + 2}`, value: larger.value, unit: 'points' },
    },
    ...(await smallGaps(quick ? 10 : smallCases)),
  ]
}

/** Small cases against the optimum that a brute force finds: as the product plans them, and by the prices of large ones. */
async function smallGaps(cases: number): Promise<readonly BenchResult[]> {
  let asPlanned = 0
  let byPrice = 0
  for (let seed = 1; seed <= cases; seed++) {
    const input = smallCase(seed)
    const optimum = bruteForce(input)
    const gapOf = ({ value, explain }: Plan) => {
      if (explain.mandatoryPlanned !== optimum.mandatory) return 1
      return optimum.value === 0 ? 0 : 1 - value / optimum.value
    }
    asPlanned = Math.max(asPlanned, gapOf(await planInspections(input, { seconds: 20 })))
    byPrice = Math.max(byPrice, gapOf(await planInspections(input, { seconds: 20, listingSteps: 0 })))
  }
  const against = `the optimum by brute force, ${cases} small cases`
  const note = '2–4 officers, 4–7 candidates, 1–2 days; a mandatory visit missed counts as 100 %'
  return [
    {
      what: `worst gap of a plan to ${against}`,
      value: asPlanned * 100,
      unit: '%',
      bar: { kind: 'at-most', value: 2, unit: '%' },
      note,
    },
    {
      what: `worst gap by the prices of large cases to ${against}`,
      value: byPrice * 100,
      unit: '%',
      note: 'for information: the product lists cases of this size',
    },
  ]
}
