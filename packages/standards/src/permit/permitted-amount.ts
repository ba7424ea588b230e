/** Permitted amount (许可排放量): by limit and gas volume, the smallest of its bounds, and of special periods. */
import { type Evaluation, type Finding, refusal, success } from '../clause.ts'
import { regulationAt, specificationAt } from './clauses.ts'

export const permittedAmountClause = specificationAt('许可排放量')
export const specialPeriodClause = regulationAt('第十三条')

/** Tonnes a year: C·Q·h·1e-9; C mg/m³, Q m³/h, h hours. */
export const amountByFlow = (limit: number, flow: number, hours: number): number =>
  limit * flow * hours * 1e-9
/** Tonnes a year: R·V·C·1e-9; R units of product, V base gas volume m³ a unit. */
export const amountByProduct = (product: number, gasVolume: number, limit: number): number =>
  product * gasVolume * limit * 1e-9

/** Tonnes a day of a special period (特殊时段): last year's daily mean less the reduction. */
export const specialPeriodAmount = (lastYearDailyMean: number, reductionPercent: number): number =>
  lastYearDailyMean * (1 - reductionPercent / 100)

export interface PermittedFacts {
  readonly limit?: number | undefined
  readonly flow?: number | undefined
  readonly hours?: number | undefined
  readonly product?: number | undefined
  readonly gasVolume?: number | undefined
  /** Value of the sector specification, when it is given rather than computed. */
  readonly specification?: number | undefined
  readonly totalControl?: number | undefined
  readonly eia?: number | undefined
}
export type PermittedBasis = 'specification' | 'total-control' | 'eia'
export interface PermittedAmount {
  readonly tonnes: number
  readonly basis: PermittedBasis
  readonly computed: number | null
}

/** The smallest of specification, total-control indicator and EIA approval. */
export function permittedAmount(facts: PermittedFacts): Evaluation<PermittedAmount> {
  const { limit, flow, hours, product, gasVolume, specification, totalControl, eia } = facts
  const trace: Finding[] = []
  const computed = computedAmount({ limit, flow, hours, product, gasVolume }, trace)
  const bounds: [PermittedBasis, number | undefined][] = [
    ['specification', specification ?? computed],
    ['total-control', totalControl],
    ['eia', eia],
  ]
  const known = bounds.filter((bound): bound is [PermittedBasis, number] => bound[1] !== undefined)
  const [first, ...rest] = known
  if (first === undefined) {
    return refusal('insufficient-data', permittedAmountClause, {
      missing: ['specification', 'totalControl', 'eia'],
    })
  }
  const [basis, tonnes] = rest.reduce((least, next) => (next[1] < least[1] ? next : least), first)
  trace.push({
    rule: '取严',
    input: Object.fromEntries(known),
    result: tonnes,
    clause: permittedAmountClause,
    formula: `min(${known.map(([, value]) => value).join(', ')}) = ${tonnes}`,
  })
  return success({ tonnes, basis, computed: computed ?? null }, trace)
}

function computedAmount(
  { limit, flow, hours, product, gasVolume }: PermittedFacts,
  trace: Finding[],
): number | undefined {
  if (limit === undefined) return undefined
  const note = (result: number, formula: string) => {
    trace.push({ rule: '年许可排放量', input: null, result, clause: permittedAmountClause, formula })
    return result
  }
  if (flow !== undefined && hours !== undefined)
    return note(amountByFlow(limit, flow, hours), `${limit}×${flow}×${hours}×1e-9`)
  if (product !== undefined && gasVolume !== undefined)
    return note(amountByProduct(product, gasVolume, limit), `${product}×${gasVolume}×${limit}×1e-9`)
  return undefined
}
