/** Civil days of Asia/Shanghai (UTC+8, no daylight saving) as whole numbers, so that typed arrays can be indexed by them. */

export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS
const OFFSET_MS = 8 * HOUR_MS

/** Number of the civil day (days since 1970-01-01 in Beijing time) of an instant in epoch milliseconds. */
export function dayOf(ms: number): number {
  return Math.floor((ms + OFFSET_MS) / DAY_MS)
}

/** Epoch milliseconds of 00:00 Beijing time of a civil day. */
export function dayStartMs(day: number): number {
  return day * DAY_MS - OFFSET_MS
}

/** First civil day of a month; `month` is 1…12, 13 is January of the next year. */
export function firstDayOf(year: number, month = 1): number {
  return Date.UTC(year, month - 1, 1) / DAY_MS
}

export function daysInYear(year: number): number {
  return firstDayOf(year + 1) - firstDayOf(year)
}

export interface CivilDate {
  readonly year: number
  readonly month: number
  readonly date: number
  /** 0 Sunday … 6 Saturday */
  readonly weekday: number
}

export function civilDate(day: number): CivilDate {
  const at = new Date(day * DAY_MS)
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    date: at.getUTCDate(),
    weekday: at.getUTCDay(),
  }
}

/** `YYYY-MM-DD` of a civil day. */
export function isoDate(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** `YYYY-MM-DDTHH:00:00+08:00` of hour `hour` (0…24) of a civil day. */
export function isoHour(day: number, hour: number): string {
  const carried = day + Math.floor(hour / 24)
  return `${isoDate(carried)}T${String(hour % 24).padStart(2, '0')}:00:00+08:00`
}
