/** Civil time of Asia/Shanghai: UTC+8 without daylight saving, so plain integer arithmetic. */
export const hourMs = 3_600_000
export const dayMs = 24 * hourMs
const offsetMs = 8 * hourMs

export type CivilUnit = 'hour' | 'day' | 'month' | 'year'

/** Start (epoch ms) of the civil hour, day, month or year that contains the instant. */
export function startOf(unit: CivilUnit, ms: number): number {
  if (unit === 'hour') return Math.floor(ms / hourMs) * hourMs
  if (unit === 'day') return Math.floor((ms + offsetMs) / dayMs) * dayMs - offsetMs
  const civil = new Date(ms + offsetMs)
  const month = unit === 'month' ? civil.getUTCMonth() : 0
  return Date.UTC(civil.getUTCFullYear(), month, 1) - offsetMs
}

/** Start of the following hour, day, month or year. */
export function nextStart(unit: CivilUnit, ms: number): number {
  const start = startOf(unit, ms)
  if (unit === 'hour') return start + hourMs
  if (unit === 'day') return start + dayMs
  const civil = new Date(start + offsetMs)
  const [year, month] = [civil.getUTCFullYear(), civil.getUTCMonth()]
  return (unit === 'month' ? Date.UTC(year, month + 1, 1) : Date.UTC(year + 1, 0, 1)) - offsetMs
}

/** Civil date `YYYY-MM-DD` of an instant. */
export function dateOf(ms: number): string {
  return new Date(ms + offsetMs).toISOString().slice(0, 10)
}

/** Instant of the civil midnight that opens a date `YYYY-MM-DD`; NaN when it is no date. */
export function midnightOf(date: string): number {
  const ms = Date.parse(`${date}T00:00:00+08:00`)
  return !Number.isNaN(ms) && dateOf(ms) === date ? ms : Number.NaN
}

/** ISO 8601 with +08:00, to the second (to the millisecond where there is one). */
export function isoOf(ms: number): string {
  const text = new Date(ms + offsetMs).toISOString()
  return `${text.endsWith('.000Z') ? text.slice(0, 19) : text.slice(0, 23)}+08:00`
}

const twoDigits = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'))

/** ISO 8601 with +08:00 of the first `count` instants; fast where many lie on one day (a month of minutes). */
export function isoTimes(instantsMs: ArrayLike<number>, count: number): string[] {
  const times = new Array<string>(count)
  let dayMsStart = Number.NaN
  let date = ''
  for (let i = 0; i < count; i++) {
    const ms = instantsMs[i] as number
    let rest = ms - dayMsStart
    if (!(rest >= 0 && rest < dayMs)) {
      dayMsStart = startOf('day', ms)
      date = dateOf(ms)
      rest = ms - dayMsStart
    }
    const seconds = Math.floor(rest / 1000)
    times[i] =
      seconds * 1000 === rest
        ? `${date}T${twoDigits[Math.floor(seconds / 3600)]}:${twoDigits[Math.floor(seconds / 60) % 60]}:${twoDigits[seconds % 60]}+08:00`
        : isoOf(ms)
  }
  return times
}

/** Every start of `unit` whose period overlaps [fromMs, toMs). */
export function startsBetween(unit: CivilUnit, fromMs: number, toMs: number): number[] {
  const starts: number[] = []
  for (let at = startOf(unit, fromMs); at < toMs; at = nextStart(unit, at)) starts.push(at)
  return starts
}
