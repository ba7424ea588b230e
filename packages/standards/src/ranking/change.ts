import { divide, multiply, rational, subtract } from '../gb8170/rational.ts'
import { roundRational } from '../gb8170/rounding.ts'

/**
 * Year-on-year change in % with one decimal: (now − base)/base × 100, exact on the decimal text (20 against 18 → 11.1).
 * For concentrations and indexes. Both must come from the same rules and stations. NaN when the base is 0 or missing.
 */
export function yearOnYear(now: number, base: number): number {
  if (!Number.isFinite(now) || !Number.isFinite(base) || base === 0) return Number.NaN
  const b = rational(base)
  return roundRational(multiply(divide(subtract(rational(now), b), b), rational(100)), 1)
}

/** Year-on-year change of a rate in percentage points (个百分点), one decimal: 87.5 against 90.1 → −2.6. */
export function pointChange(now: number, base: number): number {
  if (!Number.isFinite(now) || !Number.isFinite(base)) return Number.NaN
  return roundRational(subtract(rational(now), rational(base)), 1)
}

/**
 * Change rate of the composite index R in %, one decimal; R < 0 is an improvement. From the published (two-decimal)
 * indexes of the same period of both years. 城市环境空气质量变化程度排名方案.
 */
export function indexChangeRate(now: number, base: number): number {
  return yearOnYear(now, base)
}
