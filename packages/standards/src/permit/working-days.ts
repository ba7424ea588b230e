/** Days off of the State Council's yearly notice, and ends of limits counted in days. */

import { addDays, weekday } from '../civil-date.ts'
import type { Configurable } from '../clause.ts'

export interface HolidayYear {
  /** Ranges of days off, first and last day. */
  readonly off: readonly (readonly [string, string])[]
  /** Weekend days that are worked (调休上班). */
  readonly worked: readonly string[]
}

/** 2026: 248 working days. A year without a row counts weekends and New Year's Day only, and is provisional. */
export const holidayYears: Configurable<Readonly<Record<string, HolidayYear>>> = {
  value: {
    '2026': {
      off: [
        ['2026-01-01', '2026-01-03'],
        ['2026-02-15', '2026-02-23'],
        ['2026-04-04', '2026-04-06'],
        ['2026-05-01', '2026-05-05'],
        ['2026-06-19', '2026-06-21'],
        ['2026-09-25', '2026-09-27'],
        ['2026-10-01', '2026-10-07'],
      ],
      worked: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
    },
  },
  source: '国务院办公厅关于2026年部分节假日安排的通知（转载核对）',
  status: 'unverified',
}

export function isWorkingDay(date: string): boolean {
  const year = holidayYears.value[date.slice(0, 4)]
  if (year?.worked.includes(date) === true) return true
  if (year?.off.some(([from, to]) => date >= from && date <= to) === true) return false
  if (year === undefined && date.endsWith('-01-01')) return false
  const day = weekday(date)
  return day !== 0 && day !== 6
}

/** Whether the calendar of the day's year has been published here. */
export const isCalendarKnown = (date: string): boolean => holidayYears.value[date.slice(0, 4)] !== undefined

/**
 * Last day of a limit of `days` calendar days: the count starts the next day (民法典 201), and a last day off moves
 * to the first working day after it (民法典 203).
 */
export function endOfCalendarDays(from: string, days: number): string {
  return nextWorkingDay(addDays(from, days))
}

/** Last day of a limit of `days` working days; the count starts the next day. */
export function endOfWorkingDays(from: string, days: number): string {
  let date = from
  for (let left = days; left > 0; ) {
    date = addDays(date, 1)
    if (isWorkingDay(date)) left--
  }
  return date
}

/** The day itself when it is worked, else the first worked day after it (民法典 203). */
export function nextWorkingDay(date: string): string {
  let day = date
  while (!isWorkingDay(day)) day = addDays(day, 1)
  return day
}
