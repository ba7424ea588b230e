import { type Clause, clauseOf, standards } from '../clause.ts'
import { roundHalfEven } from '../gb8170/rounding.ts'

/** Rounded values are compared; the clause of ambient air's judgement (`judgementClause`) is the same. */
export const comparisonClause: Clause = clauseOf(standards.gb8170)('4')
const at16297 = clauseOf({ id: 'GB 16297-1996', title: '大气污染物综合排放标准' })
export const airHourClause: Clause = at16297('3.2、8.2')
export const waterMeanClause: Clause = clauseOf({ id: 'GB 8978-1996', title: '污水综合排放标准' })('5.2')
export const multipleClause: Clause = { standard: '环境监测数据评价', at: '超标倍数' }

/** A limit as it is compared: its value, its decimals, and for pH its lower end. */
export interface ComparedLimit {
  readonly value: number
  readonly decimals: number
  readonly min?: number | null
}

export type Comparison = 'meets' | 'exceeds' | 'undecidable'

/**
 * Compares a result with a limit: the result is rounded once, half to even, to the decimals in which the limit is
 * written (GB/T 8170-2008 clause 4, rounded-value comparison). A result below its detection limit (`nonDetect`, `value`
 * is the detection limit) meets a limit that is not below the detection limit; otherwise nothing can be said. NaN:
 * undecidable.
 */
export function compare(value: number, limit: ComparedLimit, nonDetect = false): Comparison {
  if (Number.isNaN(value) || Number.isNaN(limit.value)) return 'undecidable'
  if (nonDetect) return value <= limit.value || limit.value === 0 ? 'meets' : 'undecidable'
  const rounded = roundHalfEven(value, limit.decimals)
  if (rounded > limit.value) return 'exceeds'
  return limit.min !== null && limit.min !== undefined && rounded < limit.min ? 'exceeds' : 'meets'
}

/** Exceedance multiple (超标倍数) (C − L)/L of the unrounded result; NaN for a limit of 0 and for pH, which has none. */
export function overLimitMultiple(value: number, limit: number): number {
  return limit > 0 ? (value - limit) / limit : Number.NaN
}
