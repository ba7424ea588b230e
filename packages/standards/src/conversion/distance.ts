import type { ConversionRule } from './oxygen.ts'

/** Oxygen of air, % of the volume, as the formulas write it. GB 13271-2014 5.2. */
export const oxygenOfAir = 21

export type ConvertingRule = Exclude<ConversionRule, { kind: 'measured' }>

/** Differences of percentages carry binary noise: 21 − 8.2 has to be 12.8. */
const MILLIONTHS = 1e6
export const difference = (more: number, less: number): number =>
  Math.round((more - less) * MILLIONTHS) / MILLIONTHS

/** 21 − O2ref, or 21/α where the rule is given by the excess-air coefficient. Throws RangeError on a senseless rule. */
export function referenceDistance(rule: ConvertingRule): number {
  if (rule.kind === 'excess-air') {
    if (!(rule.coefficient >= 1)) throw new RangeError(`过量空气系数应不小于1，收到${rule.coefficient}`)
    return oxygenOfAir / rule.coefficient
  }
  if (!(rule.o2 >= 0 && rule.o2 < oxygenOfAir))
    throw new RangeError(`基准氧含量应在0至21之间，收到${rule.o2}`)
  return difference(oxygenOfAir, rule.o2)
}

/** Oxygen of the combustion air, φ0. Throws RangeError on pure oxygen, for which the formula does not hold. */
export function supplyOf(rule: ConvertingRule): number {
  if (rule.kind !== 'oxygen-enriched') return oxygenOfAir
  if (rule.supplyO2 >= oxygenOfAir && rule.supplyO2 < 100) return rule.supplyO2
  throw new RangeError(`助燃空气氧含量应不低于21且不是纯氧，收到${rule.supplyO2}（纯氧焚烧不适用本式）`)
}
