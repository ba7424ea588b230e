import { type Clause, type Configurable, clauseOf, standards } from '../clause.ts'
import { difference, oxygenOfAir, referenceDistance, supplyOf } from './distance.ts'

export const referenceOxygenClause: Clause = clauseOf(standards.gb13271)('5.2')
export const enrichedClause: Clause = clauseOf(standards.gb18484)('3.20')
export const excessAirClause: Clause = clauseOf(standards.gb9078)('5.2')
export const baseVolumeClause: Clause = clauseOf(standards.gb26132)('4.2.9')

/**
 * From this oxygen on nothing is converted: the divisor nears zero and dilution air would be turned into a finding.
 * A rule of this software; the standards give no bound.
 */
export const convertibleBelowO2: Configurable<number> = {
  value: 20.5,
  source: '本软件规则：标准未规定折算的氧含量上限',
  status: 'design',
}

export type NotConverted = 'O2_NOT_CONVERTIBLE' | 'VALUE_MISSING' | 'VALUE_NEGATIVE'

/** A converted concentration in the unit of the measured one, or null with the reason. Never a guess. */
export interface Converted {
  readonly value: number | null
  readonly reason: NotConverted | null
}

/** How a source's concentration is brought to the basis of its limit. */
export type ConversionRule =
  | { readonly kind: 'reference-oxygen'; readonly o2: number }
  /** Combustion air with `supplyO2` % oxygen instead of 21. */
  | { readonly kind: 'oxygen-enriched'; readonly o2: number; readonly supplyO2: number }
  | { readonly kind: 'excess-air'; readonly coefficient: number }
  | { readonly kind: 'measured' }

/** α = 21/(21 − O2). GB 9078-1996 5.2. */
export function excessAir(o2: number): number {
  return oxygenOfAir / difference(oxygenOfAir, o2)
}

/** The reference oxygen that has the same effect as a reference excess-air coefficient: 1.7 → 8.647 %. */
export function oxygenOfExcessAir(coefficient: number): number {
  if (!(coefficient >= 1)) throw new RangeError(`过量空气系数应不小于1，收到${coefficient}`)
  return oxygenOfAir - oxygenOfAir / coefficient
}

/**
 * Converted concentration (折算浓度) of a dry measured one (mg/m³) by the source's rule. `o2`: dry oxygen of the waste
 * gas, %; null or NaN = missing. Oxygen at or above 20.5 % (with enriched air: within 0.5 of the supply) converts to
 * null, never by the reference value instead. Throws RangeError on a rule that has no meaning.
 * GB 13271-2014 5.2: C = C'·(21−O2ref)/(21−O2'); GB 18484-2020 3.20: C = C'·(21−O2ref)/(φ0−O2');
 * GB 9078-1996 5.2: C = C'·α'/α.
 */
export function convertedConcentration(
  measured: number | null,
  o2: number | null,
  rule: ConversionRule,
): Converted {
  if (measured === null || !Number.isFinite(measured)) return { value: null, reason: 'VALUE_MISSING' }
  if (measured < 0) return { value: null, reason: 'VALUE_NEGATIVE' }
  const factor = conversionFactor(o2 ?? Number.NaN, rule)
  if (Number.isNaN(factor)) return { value: null, reason: 'O2_NOT_CONVERTIBLE' }
  return { value: measured * factor, reason: null }
}

/** Factor from measured to converted at this oxygen; NaN where the oxygen is missing or cannot be converted. */
export function conversionFactor(o2: number, rule: ConversionRule): number {
  if (rule.kind === 'measured') return 1
  const distance = referenceDistance(rule)
  const supply = supplyOf(rule)
  return o2 >= 0 && o2 < convertibleBound(supply) ? distance / difference(supply, o2) : Number.NaN
}

/** Oxygen at which conversion ends, % : 20.5 with air, 0.5 below an enriched supply. */
export function convertibleBound(supplyO2: number): number {
  return difference(supplyO2, difference(oxygenOfAir, convertibleBelowO2.value))
}

/**
 * Concentration on the base volume (基准排气量、基准排水量): C'·Q/Qbase when the actual volume of gas or water per unit
 * of product is above the base, else the measured value. Volumes in the same unit; the period is one working day.
 * Throws RangeError when the base is not positive. GB 26132-2010 4.2.9.
 */
export function baseVolumeConcentration(measured: number, actual: number, base: number): number {
  if (!(base > 0)) throw new RangeError(`基准排放量应大于0，收到${base}`)
  if (!(actual >= 0)) throw new RangeError(`实际排放量不应为负，收到${actual}`)
  return actual > base ? (measured * actual) / base : measured
}
