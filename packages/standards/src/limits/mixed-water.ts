import { type Clause, clauseOf } from '../clause.ts'

export const mixedWaterClause: Clause = clauseOf({ id: 'GB 8978-1996', title: '污水综合排放标准' })('附录A')

/** One industry that drains into a common outlet. */
export interface MixedPart {
  /** Its permitted concentration, mg/L. */
  readonly limit: number
  /** Its highest permitted drainage, m³ per t of product. */
  readonly drainage: number
  /** Its output, t/d. */
  readonly output: number
}

/**
 * Highest permitted concentration (mg/L) of waste waters of several industries that leave by one outlet:
 * C = ΣCi·Qi·Yi / ΣQi·Yi. GB 8978-1996 appendix A. Throws RangeError without any water.
 */
export function mixedWaterLimit(parts: readonly MixedPart[]): number {
  let load = 0
  let water = 0
  for (const { limit, drainage, output } of parts) {
    load += limit * drainage * output
    water += drainage * output
  }
  if (!(water > 0)) throw new RangeError('各部分的最高允许排水量与产量之积应大于0')
  return load / water
}

/** Highest permitted load in kg per t of product: C·Q·10⁻³. GB 8978-1996 appendix A. */
export function permittedLoad(limit: number, drainage: number): number {
  return (limit * drainage) / 1e3
}
