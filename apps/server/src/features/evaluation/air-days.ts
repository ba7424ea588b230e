import type { AirDay } from '@shanshui/contract'
import { type AirItem, airItemInfo, airItems, roundHalfEven } from '@shanshui/standards'
import { type AirWindow, dateAt, dayValues } from './air-window.ts'
import { invalidReason } from './indicators-of-days.ts'

/** The days of a window as a calendar shows them: concentrations as published, AQI of the window's edition. */
export function presentDays(window: AirWindow): AirDay[] {
  return window.aqi().map((day, i) => {
    const values = dayValues(window.table, i)
    return {
      date: dateAt(window, i),
      aqi: day.aqi,
      level: day.level,
      primary: [...day.primary],
      sand: window.table.sand[i] === 1,
      valid: day.aqi !== null,
      reason:
        day.aqi === null || airItems.some((item) => values[item] === null)
          ? invalidReason(day, values)
          : null,
      items: publishedValues(values),
    }
  })
}

/** Daily and hourly values are published with the decimals of HJ 663. */
export function publishedValues(
  values: Readonly<Record<AirItem, number | null>>,
): Record<string, number | null> {
  return Object.fromEntries(
    airItems.map((item) => {
      const value = values[item]
      return [item, value === null ? null : roundHalfEven(value, airItemInfo[item].decimals)]
    }),
  )
}
