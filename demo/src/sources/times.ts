import { dayOf, dayStartMs, isoDate } from '../calendar.ts'

/** ISO 8601 in Beijing time, to the second. */
export function shanghaiIso(ms: number): string {
  const day = dayOf(ms)
  const seconds = Math.floor((ms - dayStartMs(day)) / 1000)
  const two = (n: number) => String(n).padStart(2, '0')
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return `${isoDate(day)}T${clock}+08:00`
}
