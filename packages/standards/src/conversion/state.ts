import { type Clause, type Configurable, clauseOf, standards } from '../clause.ts'

/** Standard state of waste gas: 273 K (the standards do not write 273.15), 101 325 Pa, dry. */
export const wasteGasState = { kelvin: 273, pascal: 101_325, litresPerMole: 22.4 } as const

export const wasteGasStateClause: Clause = clauseOf(standards.hj75)('标准状态与流量')
export const volumeFractionClause: Clause = clauseOf(standards.hj75)('体积浓度换算')

export const gases = ['so2', 'nox', 'no', 'co', 'hcl', 'nh3'] as const
export type Gas = (typeof gases)[number]

/**
 * Molar mass in g/mol, as the factor of ppm → mg/m³. Nitrogen oxides count as NO2; a reading of NO therefore uses the
 * mass of NO2 too (one molecule of NO stands for one of NO2).
 */
export const molarMasses: Readonly<Record<Gas, number>> = {
  so2: 64,
  nox: 46,
  no: 46,
  co: 28,
  hcl: 36.5,
  nh3: 17,
}

/** mg/m³ of NO as mg/m³ of NO2. */
export const noToNo2 = { no2: 46, no: 30 } as const

/** Volume fraction in ppm (µmol/mol) to mg/m³ at standard state: C = ppm·M/22.4. NO is given as NO2. */
export function ppmToMilligrams(ppm: number, gas: Gas): number {
  return (ppm * molarMasses[gas]) / wasteGasState.litresPerMole
}

/** A mass concentration of NO on the basis of NO2: ×46/30. mg/m³. */
export function nitricOxideAsNo2(no: number): number {
  return (no * noToNo2.no2) / noToNo2.no
}

export interface GasState {
  /** Atmospheric pressure Ba, Pa. */
  readonly atmosphericPressure: number
  /** Static pressure of the gas Ps, Pa, negative below the atmosphere. */
  readonly staticPressure: number
  /** Temperature of the gas ts, °C. */
  readonly temperature: number
  /** Water vapour Xsw as a fraction of the volume, 0…1. */
  readonly moisture: number
}

/** Factor from a volume as it flows to dry standard volume. Throws RangeError on a state that no gas has. */
function dryStandardFactor({ atmosphericPressure, staticPressure, temperature, moisture }: GasState): number {
  const pressure = atmosphericPressure + staticPressure
  const kelvin = wasteGasState.kelvin + temperature
  if (!(pressure > 0)) throw new RangeError(`绝对压力应大于0，收到${pressure} Pa`)
  if (!(kelvin > 0)) throw new RangeError(`烟温应高于−273 ℃，收到${temperature}`)
  if (!(moisture >= 0 && moisture < 1)) throw new RangeError(`含湿量应为体积分数0—1，收到${moisture}`)
  return (wasteGasState.kelvin / kelvin) * (pressure / wasteGasState.pascal) * (1 - moisture)
}

/** Concentration as it flows to dry standard: C·101325/(Ba+Ps)·(273+ts)/273 ÷ (1−Xsw). mg/m³. */
export function toDryStandard(actual: number, state: GasState): number {
  return actual / dryStandardFactor(state)
}

/** Wet standard to dry standard: ÷(1−Xsw). Throws RangeError when the moisture is no fraction below 1. */
export function wetToDry(wetStandard: number, moisture: number): number {
  if (!(moisture >= 0 && moisture < 1)) throw new RangeError(`含湿量应为体积分数0—1，收到${moisture}`)
  return wetStandard / (1 - moisture)
}

export interface Duct {
  /** Cross-section F, m². */
  readonly section: number
  /** Mean velocity Vs, m/s. */
  readonly velocity: number
}

/** Flow as it is in the duct, m³/h: Qs = 3600·F·Vs. */
export function actualFlow({ section, velocity }: Duct): number {
  return 3600 * section * velocity
}

/** Dry standard flow, m³/h: Qsn = Qs·273/(273+ts)·(Ba+Ps)/101325·(1−Xsw). */
export function standardFlow(duct: Duct, state: GasState): number {
  return actualFlow(duct) * dryStandardFactor(state)
}

/** The formulas are given without a public clause number. */
export const wasteGasFormulas: Configurable<string> = {
  value: 'Qsn = 3600·F·Vs·273/(273+ts)·(Ba+Ps)/101325·(1−Xsw)',
  source: 'HJ 75-2017 附录（条款号待核实）',
  status: 'unverified',
}
