/** By when a lead is to be looked into: a high one within 48 hours on site, a medium one in 5 working days (design). */
import type { LeadLevelName } from '@shanshui/contract'
import { endOfWorkingDays } from '@shanshui/standards'
import { dateOf, hourMs, midnightOf } from '../series/index.ts'

const onSiteHours = 48
const deskWorkingDays = 5

/** The same time of day so many working days later, by the State Council's calendar of days off. */
function afterWorkingDays(fromMs: number, days: number): number {
  const date = dateOf(fromMs)
  return midnightOf(endOfWorkingDays(date, days)) + (fromMs - midnightOf(date))
}

export function dueOf(level: LeadLevelName, openedMs: number): number | null {
  switch (level) {
    case 'high':
      return openedMs + onSiteHours * hourMs
    case 'medium':
      return afterWorkingDays(openedMs, deskWorkingDays)
    case 'watch':
      return null
  }
}
