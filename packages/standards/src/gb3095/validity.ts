import { type Clause, type Configurable, clauseOf, standards } from '../clause.ts'
import type { AirEdition } from './editions.ts'

/** Minimum data for a statistic to be valid. GB 3095-2026 table 4, read in the text. */
export const validity = {
  hoursPerDay: 20,
  valuesPerEightHours: 6,
  daysPerYear: 324,
  daysPerMonth: 27,
  daysPerFebruary: 25,
  minutesPerHour: 45,
} as const

/** Other items: evenly spread daily means per year and month, per quarter for lead, hours of sampling per day. */
export const otherValidity = {
  daysPerYear: 60,
  daysPerMonth: 5,
  leadDaysPerQuarter: 15,
  samplingHoursPerDay: 24,
} as const

/** GB 3095-2012 table 4 has the same numbers, as far as is known. */
export const validity2012: Configurable<typeof validity> = {
  value: validity,
  source: 'GB 3095-2012 表4',
  status: 'unverified',
}

export function validityClause(edition: AirEdition): Clause {
  return clauseOf(edition === '2012' ? standards.gb3095_2012 : standards.gb3095_2026)('表4')
}

/** Days that a calendar month needs (27, February 25). `month` is 1…12. */
export function daysNeeded(month: number): number {
  return month === 2 ? validity.daysPerFebruary : validity.daysPerMonth
}
