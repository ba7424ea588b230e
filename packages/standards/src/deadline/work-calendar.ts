/** Days off and make-up days of the State Council's yearly notice: data that a bureau brings up to date. */
import { addDays, daysBetween, weekday } from '../civil-date.ts'
import type { Configurable } from '../clause.ts'

export interface HolidayYear {
  /** Ranges of days off, first and last day. */
  readonly off: readonly (readonly [string, string])[]
  /** Weekend days that are worked (调休上班). */
  readonly worked: readonly string[]
  /** Entered before the notice came: what is counted with it is provisional. */
  readonly provisional?: boolean
}

/** A year without a row counts weekends and New Year's Day only, and what is counted with it is provisional. */
export interface WorkCalendar {
  readonly years: Readonly<Record<string, HolidayYear>>
}

/** 2026: 248 working days. */
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

/** The calendar that comes with the package; an installation hands in its own once the next notice is out. */
export const builtInCalendar: WorkCalendar = { years: holidayYears.value }

const yearOf = (date: string) => date.slice(0, 4)

export function isWorkingDay(date: string, calendar: WorkCalendar = builtInCalendar): boolean {
  const year = calendar.years[yearOf(date)]
  if (year?.worked.includes(date) === true) return true
  if (year?.off.some(([from, to]) => date >= from && date <= to) === true) return false
  if (year === undefined && date.endsWith('-01-01')) return false
  const day = weekday(date)
  return day !== 0 && day !== 6
}

/** Whether the notice for the day's year is in the calendar. */
export function isCalendarKnown(date: string, calendar: WorkCalendar = builtInCalendar): boolean {
  const year = calendar.years[yearOf(date)]
  return year !== undefined && year.provisional !== true
}

/** The day itself when it is worked, else the first worked day after it (民法典 203). */
export function nextWorkingDay(date: string, calendar: WorkCalendar = builtInCalendar): string {
  let day = date
  while (!isWorkingDay(day, calendar)) day = addDays(day, 1)
  return day
}

/** Working days after `from`, up to and with `to`. */
export function workingDaysBetween(
  from: string,
  to: string,
  calendar: WorkCalendar = builtInCalendar,
): number {
  let count = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day, calendar)) count++
  return count
}

/** Working days of a year: the check word of a calendar (2026: 248). */
export const workingDaysOfYear = (year: number, calendar: WorkCalendar = builtInCalendar): number =>
  workingDaysBetween(`${year - 1}-12-31`, `${year}-12-31`, calendar)

/** What is wrong with a row that somebody enters, in words; empty when nothing is. */
export function holidayYearFaults(year: string, { off, worked }: HolidayYear): readonly string[] {
  const faults: string[] = []
  const isDay = (date: string) =>
    /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date)) && addDays(date, 0) === date
  const days = [...off.flat(), ...worked]
  for (const date of days) {
    if (!isDay(date)) faults.push(`“${date}”不是日期：请写成年-月-日`)
    else if (yearOf(date) !== year) faults.push(`${date} 不在 ${year} 年：跨年的假期请分写在两年`)
  }
  if (faults.length > 0) return faults
  for (const [from, to] of off)
    if (daysBetween(from, to) < 0) faults.push(`假期 ${from} 至 ${to} 止日早于起日`)
  for (const date of worked) {
    if (weekday(date) !== 0 && weekday(date) !== 6) faults.push(`调休上班日 ${date} 本来就不是周末，不必填写`)
    if (off.some(([from, to]) => date >= from && date <= to)) faults.push(`${date} 既列为放假又列为上班`)
  }
  if (new Set(worked).size < worked.length) faults.push('调休上班日有重复')
  return faults
}
