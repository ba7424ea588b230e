import type { AirEdition } from '../gb3095/editions.ts'
import { type AirItem, airItems } from '../gb3095/items.ts'
import { airLimit, type ZoneClass } from '../gb3095/limits.ts'
import { validity } from '../gb3095/validity.ts'
import { countValid, exactMean } from '../gb8170/exact-sum.ts'
import { roundHalfEven } from '../gb8170/rounding.ts'
import { ozoneWindows } from './clauses.ts'

/**
 * Daily mean of 24 hourly values, unrounded; NaN below 20 valid hours. `hours24[0]` is the first hour of the natural
 * day (label 1), NaN = missing. GB 3095-2026 3, table 4.
 */
export function dayMean(hours24: ArrayLike<number>): { value: number; validHours: number } {
  const validHours = countValid(hours24)
  return { value: validHours >= validity.hoursPerDay ? exactMean(hours24) : Number.NaN, validHours }
}

/**
 * Daily maximum 8 h of ozone (MDA8): the largest of the 8 h means at labels 8…24, the windows that lie wholly inside
 * the natural day. A window needs 6 of its 8 hours and is rounded half to even; the day needs 14 of 17 windows, or a
 * maximum above `limit` (µg/m³, the limit of the applicable class). HJ 663 6.1.2.
 * `atLabel`: label of the first window with the maximum, null when there is none.
 */
export function mda8(
  hours24: ArrayLike<number>,
  limit: number,
): { value: number; validWindows: number; atLabel: number | null } {
  let value = Number.NaN
  let validWindows = 0
  let atLabel: number | null = null
  for (let label = ozoneWindows.firstLabel; label <= ozoneWindows.lastLabel; label++) {
    const mean = eightHourMean(hours24, label)
    if (Number.isNaN(mean)) continue
    validWindows++
    if (Number.isNaN(value) || mean > value) {
      value = mean
      atLabel = label
    }
  }
  const valid = validWindows >= ozoneWindows.needed || value > limit
  return valid ? { value, validWindows, atLabel } : { value: Number.NaN, validWindows, atLabel: null }
}

/** Mean of the hours label−7…label, rounded half to even; NaN below 6 valid hours. */
export function eightHourMean(hours24: ArrayLike<number>, label: number): number {
  const window: number[] = []
  for (let hour = label - 8; hour < label; hour++) {
    const value = hours24[hour]
    if (value !== undefined && !Number.isNaN(value)) window.push(value)
  }
  if (window.length < validity.valuesPerEightHours) return Number.NaN
  return roundHalfEven(exactMean(window), 0)
}

/**
 * The day of one station: daily means (n = valid hours) and MDA8 of ozone (n = valid windows); NaN where invalid.
 * Each array has 24 values, the first is label 1. The ozone limit is that of the edition and zone class.
 */
export function stationDay(
  hours: Readonly<Record<AirItem, ArrayLike<number>>>,
  edition: AirEdition,
  zoneClass: ZoneClass = 2,
): Record<AirItem, { value: number; n: number }> {
  const day = {} as Record<AirItem, { value: number; n: number }>
  for (const item of airItems) {
    if (item === 'o3') {
      const limit = airLimit(edition, 'o3', 'mda8', zoneClass) ?? Number.POSITIVE_INFINITY
      const { value, validWindows } = mda8(hours.o3, limit)
      day.o3 = { value, n: validWindows }
      continue
    }
    const { value, validHours } = dayMean(hours[item])
    day[item] = { value, n: validHours }
  }
  return day
}
