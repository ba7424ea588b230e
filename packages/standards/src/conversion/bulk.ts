import { difference, referenceDistance, supplyOf } from './distance.ts'
import { type ConversionRule, convertibleBound } from './oxygen.ts'

/**
 * `convertedConcentration` for many hours without an object an hour: writes the converted concentration into `out`
 * (same unit as `measured`), NaN where a value is missing, negative or its oxygen is not convertible. Arrays of equal
 * length; `out` may be `measured`. Returns how many measured hours could not be converted for want of oxygen.
 */
export function convertHours(
  out: Float64Array,
  measured: Float64Array,
  o2: Float64Array,
  rule: ConversionRule | number,
): number {
  const basis: ConversionRule = typeof rule === 'number' ? { kind: 'reference-oxygen', o2: rule } : rule
  if (basis.kind === 'measured') return copyMeasured(out, measured)
  const distance = referenceDistance(basis)
  const supply = supplyOf(basis)
  const bound = convertibleBound(supply)
  let refused = 0
  for (let i = 0; i < measured.length; i++) {
    const value = measured[i] as number
    const oxygen = o2[i] as number
    if (!(value >= 0)) out[i] = Number.NaN
    else if (oxygen >= 0 && oxygen < bound) out[i] = value * (distance / difference(supply, oxygen))
    else {
      out[i] = Number.NaN
      refused++
    }
  }
  return refused
}

function copyMeasured(out: Float64Array, measured: Float64Array): number {
  for (let i = 0; i < measured.length; i++) {
    const value = measured[i] as number
    out[i] = value >= 0 ? value : Number.NaN
  }
  return 0
}

/**
 * Hourly masses in kg from the measured dry concentration (mg/m³) and the flow (m³/h); with `medium` 'water' from mg/L
 * and m³/h. NaN where one is missing; a negative concentration is drift around zero and counts as nothing emitted.
 * Returns the sum.
 */
export function hourMass(
  out: Float64Array,
  measured: Float64Array,
  flow: Float64Array,
  medium: 'air' | 'water' = 'air',
): number {
  const divisor = medium === 'air' ? 1e6 : 1e3
  let sum = 0
  for (let i = 0; i < measured.length; i++) {
    const value = measured[i] as number
    const mass = (Math.max(value, 0) * (flow[i] as number)) / divisor
    out[i] = mass
    if (mass > 0) sum += mass
  }
  return sum
}
