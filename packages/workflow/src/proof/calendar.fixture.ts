/** A calendar for proofs: weekends off, days by plain arithmetic. What days off do is proved where they are counted. */
import type { Limit } from '../definition.ts'
import type { Calendar } from '../facts.ts'

const dayMs = 86_400_000
const offset = 8 * 3_600_000

/** Number of the civil day of an instant; day 0 is 1970-01-01, a Thursday. */
const dayNumber = (ms: number) => Math.floor((ms + offset) / dayMs)
const endOf = (day: number) => (day + 1) * dayMs - offset
const isOff = (day: number) => {
  const weekday = (((day + 4) % 7) + 7) % 7
  return weekday === 0 || weekday === 6
}

function rolled(day: number): number {
  let at = day
  while (isOff(at)) at++
  return at
}

function plus(day: number, { amount, unit }: Limit): number {
  if (unit === 'day') return day + amount
  if (unit === 'working-day') {
    let at = day
    for (let left = amount; left > 0; ) if (!isOff(++at)) left--
    return at
  }
  const date = new Date(day * dayMs)
  const months = date.getUTCMonth() + amount * (unit === 'year' ? 12 : 1)
  const last = new Date(Date.UTC(date.getUTCFullYear(), months + 1, 0)).getUTCDate()
  return Date.UTC(date.getUTCFullYear(), months, Math.min(date.getUTCDate(), last)) / dayMs
}

export const weekendCalendar: Calendar = {
  endMs(fromMs, limit, { roll, stops, extensions = [] }) {
    if (limit.unit === 'hour') return { atMs: fromMs + limit.amount * 3_600_000, provisional: false }
    let stood = 0
    for (const { fromMs: begin, toMs } of stops)
      if (toMs !== null) stood += dayNumber(toMs) - dayNumber(begin) + 1
    const day = [limit, ...extensions].reduce(plus, dayNumber(fromMs)) + stood
    return { atMs: endOf(roll ? rolled(day) : day), provisional: false }
  },
  dayEndMs(day, { roll }) {
    const number = Date.parse(`${day}T00:00:00Z`) / dayMs
    return { atMs: endOf(roll ? rolled(number) : number), provisional: false }
  },
  beforeMs(endMs, { amount, unit }) {
    if (unit === 'hour') return endMs - amount * 3_600_000
    let at = dayNumber(endMs - 1)
    if (unit === 'working-day') for (let left = amount; left > 0; ) if (!isOff(--at)) left--
    if (unit !== 'working-day') at -= amount * (unit === 'day' ? 1 : unit === 'month' ? 30 : 365)
    return at * dayMs - offset
  },
}
