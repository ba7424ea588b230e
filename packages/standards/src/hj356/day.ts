import { type Clause, type Configurable, clauseOf, standards } from '../clause.ts'
import { waterMass } from '../conversion/mass.ts'
import { waterShares } from './validity.ts'

export const waterMonthClause: Clause = clauseOf(standards.hj356)('有效月均值')

/** Factors that are never averaged: every value is judged by itself (pH, temperature). HJ 212 codes. */
export const unweightedWaterFactors: Configurable<readonly string[]> = {
  value: ['w01001', 'w01010'],
  source: 'HJ 356-2019（未见原文）：pH、水温不做加权平均',
  status: 'unverified',
}

export function isAveragedInWater(factor: string): boolean {
  return !unweightedWaterFactors.value.includes(factor)
}

export interface WaterDay {
  /** Flow-weighted mean ΣCᵢQᵢ/ΣQᵢ in the unit of the concentration, unrounded; NaN when the day is not valid. */
  readonly value: number
  /** ΣCᵢQᵢ·10⁻³, kg, of the valid data, whether or not the day is valid. */
  readonly massKg: number
  /** ΣQᵢ of the valid data, m³. */
  readonly volume: number
  readonly validCount: number
  /** %, of the due data; NaN when none was due. */
  readonly share: number
  readonly valid: boolean
}

/** Share of due data, exact in integers: 18 of 24 is 75 %, 17 is not. */
export function waterDayValid(validCount: number, dueCount: number): boolean {
  return dueCount > 0 && validCount * 100 >= waterShares.value.day * dueCount
}

/**
 * Valid daily mean (有效日均值) of waste water, weighted by flow. `concentration` mg/L and `flow` m³ of each period, NaN
 * = not valid; a pair counts when both are numbers and the flow is above 0. `dueCount`: how many data the day should
 * have had (hours of the day less stopped and exempt ones). HJ 356-2019.
 */
export function waterDay(
  concentration: ArrayLike<number>,
  flow: ArrayLike<number>,
  dueCount: number = concentration.length,
): WaterDay {
  const { sum: grams, volume, count: validCount } = weighted(concentration, flow)
  const valid = waterDayValid(validCount, dueCount)
  return {
    value: valid ? grams / volume : Number.NaN,
    massKg: waterMass(grams, 1),
    volume,
    validCount,
    share: dueCount > 0 ? (validCount * 100) / dueCount : Number.NaN,
    valid,
  }
}

export interface WaterMonth {
  /** ΣC̄ᵈQᵈ/ΣQᵈ over the valid days, unrounded; NaN when the month is not valid. */
  readonly value: number
  readonly validDays: number
  readonly valid: boolean
}

/**
 * Valid monthly mean: at least 75 % of the due days have a valid daily mean. `dayMeans` mg/L (NaN = not valid),
 * `dayVolumes` m³. `dueDays`: days of the month less those on which nothing was discharged. HJ 356-2019.
 */
export function waterMonth(
  dayMeans: ArrayLike<number>,
  dayVolumes: ArrayLike<number>,
  dueDays: number = dayMeans.length,
): WaterMonth {
  const { sum, volume, count: validDays } = weighted(dayMeans, dayVolumes)
  const valid = dueDays > 0 && validDays * 100 >= waterShares.value.month * dueDays
  return { value: valid ? sum / volume : Number.NaN, validDays, valid }
}

/** ΣCᵢQᵢ, ΣQᵢ and the number of pairs that count: a concentration and a flow above 0. */
function weighted(
  concentrations: ArrayLike<number>,
  volumes: ArrayLike<number>,
): { sum: number; volume: number; count: number } {
  let sum = 0
  let volume = 0
  let count = 0
  for (let i = 0; i < concentrations.length; i++) {
    const c = concentrations[i] as number
    const q = volumes[i] ?? Number.NaN
    if (Number.isNaN(c) || !(q > 0)) continue
    sum += c * q
    volume += q
    count++
  }
  return { sum, volume, count }
}

/**
 * Daily means of whole days of 24 hours without an object a day: `mean[d]` NaN when the day is not valid, `massKg[d]`
 * of the valid hours, `count[d]` the valid hours. `valid[i]` is 1 where the hour counts, `due[d]` the due hours of the
 * day (24 less stopped and exempt ones). `mean.length · 24` hours are read.
 */
export function waterDays(
  mean: Float64Array,
  massKg: Float64Array,
  count: Uint8Array,
  hours: {
    readonly concentration: Float64Array
    readonly flow: Float64Array
    readonly valid: Uint8Array
    readonly due: Uint8Array
  },
): void {
  const { concentration, flow, valid, due } = hours
  for (let day = 0; day < mean.length; day++) {
    let grams = 0
    let volume = 0
    let n = 0
    for (let i = day * 24; i < day * 24 + 24; i++) {
      const c = concentration[i] as number
      const q = flow[i] as number
      if (valid[i] !== 1 || Number.isNaN(c) || !(q > 0)) continue
      grams += c * q
      volume += q
      n++
    }
    count[day] = n
    massKg[day] = grams / 1e3
    mean[day] = waterDayValid(n, due[day] as number) ? grams / volume : Number.NaN
  }
}
