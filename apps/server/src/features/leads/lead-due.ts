/** By when a lead is to be looked into: a high one within 48 hours on site, a medium one in 5 working days (design). */
import type { LeadLevelName } from '@shanshui/contract'
import { shanghaiIso } from '../../platform/clock.ts'

const hour = 3_600_000
const day = 24 * hour
const onSiteHours = 48
const deskWorkingDays = 5

/** The same time of day so many working days later; Saturdays and Sundays are none. Public holidays are not known here. */
function afterWorkingDays(fromMs: number, days: number): number {
  let at = fromMs
  for (let left = days; left > 0; ) {
    at += day
    const weekday = new Date(shanghaiIso(at).slice(0, 10)).getUTCDay()
    if (weekday !== 0 && weekday !== 6) left--
  }
  return at
}

export function dueOf(level: LeadLevelName, openedMs: number): number | null {
  switch (level) {
    case 'high':
      return openedMs + onSiteHours * hour
    case 'medium':
      return afterWorkingDays(openedMs, deskWorkingDays)
    case 'watch':
      return null
  }
}
