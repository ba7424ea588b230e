import { type Configurable, type Evaluation, type Finding, refusal, standards, success } from '../clause.ts'
import type { AirEdition } from '../gb3095/editions.ts'
import { type AirItem, airItemInfo, airItems } from '../gb3095/items.ts'
import { airLimit } from '../gb3095/limits.ts'
import { add, compare, divide, multiply, type Rational, rational } from '../gb8170/rational.ts'
import { roundHalfEven, roundRational } from '../gb8170/rounding.ts'

export type IndexRuleVersion = '2018' | '2026-proposed'

/**
 * Where rounding happens before the sum: concentrations first (default), nowhere, or every item's index to two decimals.
 * Published examples follow different orders; the sum itself is always rounded half to even to `decimals`.
 */
export type IndexRounding = 'concentrations' | 'none' | 'parts'

export interface IndexRule {
  readonly version: IndexRuleVersion
  readonly weights: Readonly<Record<AirItem, number>>
  readonly decimals: number
}

/** Weights by version of the ranking rule. */
export const indexRules: Readonly<Record<IndexRuleVersion, Configurable<IndexRule>>> = {
  '2018': {
    value: { version: '2018', weights: { pm25: 1, pm10: 1, o3: 1, no2: 1, so2: 1, co: 1 }, decimals: 2 },
    source: '环办监测〔2018〕19号',
    status: 'verified',
  },
  '2026-proposed': {
    value: {
      version: '2026-proposed',
      weights: { pm25: 3, pm10: 1, o3: 2, no2: 2, so2: 1, co: 1 },
      decimals: 3,
    },
    source: '第三方软件，未见正式文件',
    status: 'unverified',
  },
}

export const indexClause = { standard: standards.ranking2018.id, at: '环境空气质量综合指数' }

export interface CompositeIndex {
  readonly index: number
  /** I_i = C_i/S_i of each item (unweighted), four decimals; with rounding 'parts', two. */
  readonly parts: Record<AirItem, number>
  /** Item with the largest I_i (主要污染物); the first in display order when equal. */
  readonly main: AirItem
  /** All items with that I_i. */
  readonly mains: readonly AirItem[]
  readonly maxPart: number
}

export interface IndexOptions {
  readonly rule?: IndexRuleVersion | undefined
  readonly rounding?: IndexRounding | undefined
}

/** S_i: class-2 annual limit; for CO the daily limit, for O3 that of the daily maximum 8 h. */
export function indexStandard(item: AirItem, edition: AirEdition): number {
  const averaging = item === 'co' ? 'day' : item === 'o3' ? 'mda8' : 'year'
  return airLimit(edition, item, averaging, 2) as number
}

/**
 * Composite index (环境空气质量综合指数) I_sum = Σ w_i·C_i/S_i. C_i: mean of SO2, NO2, PM10, PM2.5 (PM without sand),
 * P95 of CO (mg/m³), P90 of O3 MDA8, µg/m³. Larger is worse. Refused when an item is missing. 环办监测〔2018〕19号.
 */
export function compositeIndex(
  c: Readonly<Record<AirItem, number>>,
  edition: AirEdition,
  options: IndexRuleVersion | IndexOptions = {},
): Evaluation<CompositeIndex> {
  const { rule: version = '2018', rounding = 'concentrations' } =
    typeof options === 'string' ? { rule: options } : options
  const rule = indexRules[version].value
  const missing = airItems.filter((item) => !(c[item] >= 0))
  if (missing.length > 0) return refusal('insufficient-data', indexClause, { missing })
  const trace: Finding[] = []
  const exact = {} as Record<AirItem, Rational>
  const parts = {} as Record<AirItem, number>
  let sum: Rational = { n: 0n, d: 1n }
  for (const item of airItems) {
    const used = rounding === 'concentrations' ? roundHalfEven(c[item], airItemInfo[item].decimals) : c[item]
    const limit = indexStandard(item, edition)
    const quotient = divide(rational(used), rational(limit))
    const part = rounding === 'parts' ? rational(roundRational(quotient, 2)) : quotient
    exact[item] = part
    parts[item] = roundRational(part, rounding === 'parts' ? 2 : 4)
    sum = add(sum, multiply(part, rational(rule.weights[item])))
    const formula = `${used}/${limit} = ${parts[item]}`
    trace.push({
      rule: `I(${airItemInfo[item].zh})`,
      input: c[item],
      result: parts[item],
      clause: indexClause,
      formula,
    })
  }
  const index = roundRational(sum, rule.decimals)
  trace.push({
    rule: 'I_sum',
    input: parts,
    result: index,
    clause: indexClause,
    formula: sumFormula(parts, rule, index),
  })
  const main = largestPart(exact)
  const mains = airItems.filter((item) => compare(exact[item], exact[main]) === 0)
  return success({ index, parts, main, mains, maxPart: parts[main] }, trace)
}

function largestPart(exact: Readonly<Record<AirItem, Rational>>): AirItem {
  return airItems.reduce((best, item) => (compare(exact[item], exact[best]) > 0 ? item : best))
}

function sumFormula(parts: Readonly<Record<AirItem, number>>, rule: IndexRule, index: number): string {
  const terms = airItems.map((item) =>
    rule.weights[item] === 1 ? parts[item] : `${rule.weights[item]}×${parts[item]}`,
  )
  return `${terms.join(' + ')} → ${index}`
}
