import { type Evaluation, type Finding, refusal, success } from '../clause.ts'
import type { AirEdition } from '../gb3095/editions.ts'
import { type AirItem, airItemInfo } from '../gb3095/items.ts'
import { type Averaging, airLimit, limitClause, type ZoneClass } from '../gb3095/limits.ts'
import { compare, divide, multiply, rational, subtract } from '../gb8170/rational.ts'
import { roundHalfEven, roundRational } from '../gb8170/rounding.ts'
import { decimalsFor, multipleDecimals, rateDecimals, statisticsClause } from './clauses.ts'

export interface Compliance {
  readonly value: number
  readonly limit: number
  readonly meets: boolean
  /** Exceedance multiple (超标倍数), 0 when the limit is met. */
  readonly multiple: number
}

/** Exceedance multiple B = (C − S)/S for C > S, else 0; two decimals, exact. HJ 663. */
export function exceedanceMultiple(concentration: number, limit: number): number {
  const c = rational(concentration)
  const s = rational(limit)
  if (compare(c, s) <= 0) return 0
  return roundRational(divide(subtract(c, s), s), multipleDecimals.value)
}

/**
 * Compares a value with its limit after rounding (修约值比较; HJ 663 compares rounded values). `averaging` 'year' for
 * annual means; 'day' or 'mda8' for daily values and for the annual percentiles, which are judged by the daily limit.
 */
export function judge(
  item: AirItem,
  averaging: Averaging,
  value: number,
  edition: AirEdition,
  zoneClass: ZoneClass = 2,
): Evaluation<Compliance> {
  const limit = airLimit(edition, item, averaging, zoneClass)
  const clause = limitClause(edition)
  if (limit === undefined)
    return refusal('out-of-scope', clause, { detail: `${airItemInfo[item].zh} 没有 ${averaging} 限值` })
  if (!(value >= 0))
    return refusal('invalid-input', clause, { missing: [item], detail: `浓度应为非负数：${value}` })
  const rounded = roundHalfEven(value, decimalsFor(edition, item).compliance)
  const meets = rounded <= limit
  const multiple = exceedanceMultiple(rounded, limit)
  const trace: Finding[] = [
    {
      rule: '达标判定',
      input: value,
      result: meets ? '达标' : '超标',
      clause,
      formula: `${value} → ${rounded} ${meets ? '≤' : '>'} ${limit}`,
    },
  ]
  if (!meets)
    trace.push({
      rule: '超标倍数',
      input: rounded,
      result: multiple,
      clause: statisticsClause(edition, '超标倍数'),
      formula: `(${rounded}−${limit})/${limit} = ${multiple}`,
    })
  return success({ value: rounded, limit, meets, multiple }, trace)
}

/** Compliance rate in % (达标率): days meeting / valid days × 100, one decimal; NaN without valid days. HJ 663. */
export function complianceRate(meeting: number, valid: number): number {
  if (valid === 0) return Number.NaN
  return roundRational(
    multiply(divide(rational(meeting), rational(valid)), rational(100)),
    rateDecimals.value,
  )
}
