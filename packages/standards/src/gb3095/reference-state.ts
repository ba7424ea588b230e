import { clauseOf, type Evaluation, refusal, standards, success } from '../clause.ts'
import { divide, multiply, rational } from '../gb8170/rational.ts'
import { roundRational } from '../gb8170/rounding.ts'
import { type AirItem, airItemInfo } from './items.ts'

/** 2018 amendment: gases at 298.15 K and 1013.25 hPa, particles at the actual state; before: 273.15 K for everything. */
export const referenceState = {
  gasKelvin: 298.15,
  standardKelvin: 273.15,
  pressureHectopascal: 1013.25,
} as const

export const referenceStateClause = clauseOf(standards.gb3095_2012)('2018年修改单')

const PARTICLES: readonly AirItem[] = ['pm25', 'pm10']

export interface StateConversion {
  readonly item: AirItem
  /** Concentration at the old standard state (273.15 K, 1013.25 hPa), µg/m³ (CO mg/m³). */
  readonly concentration: number
  /** For particles: the temperature and pressure during monitoring. */
  readonly temperatureKelvin?: number | undefined
  readonly pressureHectopascal?: number | undefined
}

/**
 * Converts a value of before the 2018 amendment to the present state, so that a series becomes comparable:
 * gas C × 273.15/298.15; particle C × (273.15/T) × (P/1013.25). `value` keeps six decimals, `rounded` the item's.
 */
export function toReferenceState(input: StateConversion): Evaluation<{ value: number; rounded: number }> {
  const { item, concentration, temperatureKelvin: t, pressureHectopascal: p } = input
  if (!(concentration >= 0))
    return refusal('invalid-input', referenceStateClause, { detail: `concentration ${concentration}` })
  const particle = PARTICLES.includes(item)
  if (particle && !(t !== undefined && t > 0 && p !== undefined && p > 0)) {
    const missing = ['temperatureKelvin', 'pressureHectopascal']
    return refusal('insufficient-data', referenceStateClause, { missing })
  }
  const kelvin = particle ? (t as number) : referenceState.gasKelvin
  const pressure = particle ? (p as number) : referenceState.pressureHectopascal
  const factor = multiply(
    divide(rational(referenceState.standardKelvin), rational(kelvin)),
    divide(rational(pressure), rational(referenceState.pressureHectopascal)),
  )
  const exact = multiply(rational(concentration), factor)
  const value = roundRational(exact, 6)
  const rounded = roundRational(exact, airItemInfo[item].decimals)
  const formula = particle
    ? `${concentration} × (273.15/${kelvin}) × (${pressure}/1013.25) = ${value} → ${rounded}`
    : `${concentration} × 273.15/298.15 = ${value} → ${rounded}`
  const finding = { rule: 'reference-state', input, result: rounded, clause: referenceStateClause, formula }
  return success({ value, rounded }, [finding])
}
