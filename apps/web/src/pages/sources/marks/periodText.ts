import { dateOf, shortTime, toMs } from '../../../format/time.ts'

/**
 * `14:00–16:00` within a civil day, whose end is 24:00; with both dates where it runs on. `dated` puts the day before it.
 */
export function periodText(from: string, to: string, dated = false): string {
  const start = shortTime(from)
  const end = shortTime(to)
  const lastMs = toMs(to) - 1
  if (dateOf(toMs(from)) !== dateOf(lastMs)) return `${start} – ${end}`
  const until = end.endsWith('00:00') ? '24:00' : end.slice(6)
  return `${dated ? start : start.slice(6)}–${until}`
}
