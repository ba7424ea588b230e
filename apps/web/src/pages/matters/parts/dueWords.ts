import { dateOf, daysBetween, today, toMs } from '../../../format/time.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** How far away a limit is, in the unit that people use for it. */
export type DueWords =
  | { readonly kind: 'over' | 'left'; readonly unit: 'hour' | 'day'; readonly count: number }
  | { readonly kind: 'today' }

/**
 * Distance of a limit from now. A limit in days ends at 24:00 of its last day and is told in civil days; one that ends
 * at another time of the day runs in hours and is told in hours while less than a day is left or over.
 */
export function dueWords(dueAt: string, nowMs: number): DueWords {
  const dueMs = toMs(dueAt)
  const left = dueMs - nowMs
  const byHours = dateOf(dueMs) === dateOf(dueMs - 1)
  if (byHours && Math.abs(left) < DAY_MS) {
    const kind = left <= 0 ? 'over' : 'left'
    return {
      kind,
      unit: 'hour',
      count: kind === 'over' ? Math.floor(-left / HOUR_MS) : Math.ceil(left / HOUR_MS),
    }
  }
  const days = daysBetween(today(nowMs), lastDayOf(dueAt))
  if (days === 0 && left > 0) return { kind: 'today' }
  return { kind: left <= 0 ? 'over' : 'left', unit: 'day', count: Math.abs(days) }
}

/** Last civil day of a limit that ends at `dueAt`: 24:00 belongs to the day before. */
export const lastDayOf = (dueAt: string): string => dateOf(toMs(dueAt) - 1)
