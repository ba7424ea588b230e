import type { AirEdition } from '../gb3095/editions.ts'
import { type AirItem, airItems } from '../gb3095/items.ts'
import { iaqi } from './iaqi.ts'
import { type AqiLevel, levelOf } from './levels.ts'

export type AirValues = Readonly<Record<AirItem, number | null>>

export interface AqiResult {
  readonly iaqi: Readonly<Record<AirItem, number | null>>
  readonly aqi: number | null
  readonly level: AqiLevel | null
  /** Items with the largest IAQI when AQI > 50, in display order; equal ones are all listed (并列). */
  readonly primary: readonly AirItem[]
  /** Why AQI, level and primary pollutant are marked NA. */
  readonly naReason?: string
}

export interface AqiOptions {
  /**
   * Items not monitored by plan whose history allows publication without them (HJ 633-2026 5.3.2: three years in a
   * row without light or worse pollution with the item as primary pollutant). See `mayOmitItem`.
   */
  readonly notMonitored?: readonly AirItem[] | undefined
  /** Daily maximum 1 h of ozone, µg/m³: its IAQI is used under HJ 633-2012 when the 8 h value is above 800. */
  readonly o3HourMax?: number | null | undefined
}

/** What the national platform published for SO2 1 h above 800 already before 2026 (2012 edition). */
const SO2_HOUR_ABOVE_800 = 200

/**
 * Real-time AQI of one hour from the six 1 h values (µg/m³, CO mg/m³; null = missing). HJ 633-2026 4.2, 5.3.
 * Edition '2012' is the practice of the national platform: the same algorithm on the 2012 breakpoints, published from
 * whatever is present; it reproduces 99.998 % of eleven million published station-hours of 2019.
 */
export function hourAqi(values: AirValues, edition: AirEdition, options: AqiOptions = {}): AqiResult {
  const parts = emptyParts()
  for (const item of airItems) {
    const value = values[item]
    if (value === null) continue
    const part = iaqi(item, 'hour', value, edition)
    parts[item] = part === null && item === 'so2' && value >= 0 ? SO2_HOUR_ABOVE_800 : part
  }
  return combine(parts, edition, options)
}

/**
 * AQI of one day from the daily means and the daily maximum 8 h of ozone (µg/m³, CO mg/m³; null = missing or invalid).
 * HJ 633-2012 / HJ 633-2026 4.2, 5.3. The concentrations are rounded here; hand in unrounded ones.
 */
export function dayAqi(values: AirValues, edition: AirEdition, options: AqiOptions = {}): AqiResult {
  const parts = emptyParts()
  for (const item of airItems) {
    const value = values[item]
    if (value !== null) parts[item] = iaqi(item, 'day', value, edition)
  }
  const { o3HourMax } = options
  if (parts.o3 === null && values.o3 !== null && typeof o3HourMax === 'number')
    parts.o3 = iaqi('o3', 'hour', o3HourMax, edition)
  return combine(parts, edition, options)
}

/** AQI, level and primary pollutant from given IAQIs. HJ 633-2026 4.1.1, 4.2.6, 5.3. */
export function aqiOfParts(
  parts: Readonly<Record<AirItem, number | null>>,
  edition: AirEdition,
  options: AqiOptions = {},
): AqiResult {
  return combine({ ...parts }, edition, options)
}

function emptyParts(): Record<AirItem, number | null> {
  return { pm25: null, pm10: null, o3: null, no2: null, so2: null, co: null }
}

function combine(
  parts: Record<AirItem, number | null>,
  edition: AirEdition,
  { notMonitored = [] }: AqiOptions,
): AqiResult {
  let largest = -1
  let missing = 0
  for (const item of airItems) {
    const part = parts[item]
    if (part !== null) largest = Math.max(largest, part)
    else if (!notMonitored.includes(item)) missing++
  }
  if (largest < 0) return { iaqi: parts, aqi: null, level: null, primary: [], naReason: '六项均缺测' }
  // 5.3.1: with an item missing only an AQI above 100 is published; the old platform published in any case.
  if (missing > 0 && edition !== '2012' && largest <= 100) {
    const absent = airItems.filter((item) => parts[item] === null && !notMonitored.includes(item))
    return { iaqi: parts, aqi: null, level: null, primary: [], naReason: `缺测：${absent.join('、')}` }
  }
  // The range is 1–500 from 2026 on.
  const aqi = edition === '2012' ? largest : Math.max(1, largest)
  const primary = aqi > 50 ? airItems.filter((item) => parts[item] === largest) : []
  return { iaqi: parts, aqi, level: levelOf(aqi), primary }
}

/**
 * Whether an item that is not monitored by plan may be left out: three consecutive years of history in which it was
 * never the primary pollutant of a day of light or worse pollution. HJ 633-2026 5.3.2.
 * `daysAsPrimary`: by consecutive year, days with AQI > 100 and this item as primary pollutant.
 */
export function mayOmitItem(daysAsPrimary: readonly number[]): boolean {
  return daysAsPrimary.length >= 3 && daysAsPrimary.slice(-3).every((days) => days === 0)
}
