import { type Clause, clauseOf, standards } from '../clause.ts'

export const gasMassClause: Clause = clauseOf(standards.hj75)('排放速率与排放量')
export const waterMassClause: Clause = clauseOf(standards.hj356)('排放量')

/**
 * Emission rate in kg/h: G = Csn·Qsn·10⁻⁶. `measuredDry` in mg/m³ (dry standard, measured, never the converted one:
 * conversion changes a concentration for the comparison with a limit, not what leaves the stack); `flow` in m³/h, dry
 * standard. NaN when one is missing.
 */
export function emissionRate(measuredDry: number, flow: number): number {
  return (measuredDry * flow) / 1e6
}

/** Mass of `hours` hours (1 by default), kg. */
export function gasMass(measuredDry: number, flow: number, hours = 1): number {
  return emissionRate(measuredDry, flow) * hours
}

/** Mass in waste water, kg: C[mg/L]·Q[m³]·10⁻³. `volume` is the water of the period. NaN when one is missing. */
export function waterMass(concentration: number, volume: number): number {
  return (concentration * volume) / 1e3
}
