const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Asia/Shanghai is UTC+8, without daylight saving. */
export const BEIJING_MS = 8 * HOUR_MS
const two = (n: number): string => String(n).padStart(2, '0')

/** Wall clock of Asia/Shanghai (UTC+8, no daylight saving) whatever the time zone of the browser. */
function wall(ms: number): Date {
  return new Date(ms + BEIJING_MS)
}

/** `2026-08-21` */
export function dateOf(ms: number): string {
  return wall(ms).toISOString().slice(0, 10)
}

/** `08-21 14:00`: the form of times on screen. */
export function shortTime(time: string | number): string {
  const at = wall(toMs(time))
  return `${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
}

/** `2026-08-21 14:00:05`, for histories. */
export function fullTime(time: string | number): string {
  return wall(toMs(time)).toISOString().slice(0, 19).replace('T', ' ')
}

/** `14` of 14:00–15:00; the platform labels an hour by its start. */
export function hourOf(time: string | number): number {
  return wall(toMs(time)).getUTCHours()
}

/** `2026-08-21T14:00`: what a `datetime-local` field shows. */
export function fieldTime(time: string | number): string {
  return wall(toMs(time)).toISOString().slice(0, 16)
}

/** What was typed into a `datetime-local` field as an instant: it is the city's time, whatever the clock of the machine. */
export function typedTime(text: string): string {
  return `${text}:00+08:00`
}

export function toMs(time: string | number): number {
  return typeof time === 'number' ? time : Date.parse(time)
}

/** Start of a civil day as an instant. */
export function dayStartMs(date: string): number {
  return Date.parse(`${date}T00:00:00+08:00`)
}

export function addDays(date: string, days: number): string {
  return dateOf(dayStartMs(date) + days * DAY_MS)
}

export function today(nowMs: number = Date.now()): string {
  return dateOf(nowMs)
}

export function daysBetween(from: string, to: string): number {
  return Math.round((dayStartMs(to) - dayStartMs(from)) / DAY_MS)
}

/** Every civil date from `from` to `to`, both included. */
export function datesOf(from: string, to: string): string[] {
  return Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, i) => addDays(from, i))
}

/** 0 = Monday … 6 = Sunday. */
export function weekdayOf(date: string): number {
  return (wall(dayStartMs(date)).getUTCDay() + 6) % 7
}

/** Age in the largest whole unit, for `Intl.RelativeTimeFormat`. */
export function age(ms: number, nowMs: number): { value: number; unit: 'minute' | 'hour' | 'day' } {
  const distance = nowMs - ms
  if (distance < HOUR_MS) return { value: Math.max(0, Math.floor(distance / 60_000)), unit: 'minute' }
  if (distance < 2 * DAY_MS) return { value: Math.floor(distance / HOUR_MS), unit: 'hour' }
  return { value: Math.floor(distance / DAY_MS), unit: 'day' }
}
