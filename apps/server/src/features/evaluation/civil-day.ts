/**
 * Civil days of Asia/Shanghai as text YYYY-MM-DD and as day numbers. UTC+8 without daylight saving, so a day number
 * is floor((epoch ms + 8 h) / 24 h).
 */
export const dayMs = 86_400_000
export const hourMs = 3_600_000
const offsetMs = 8 * hourMs

/** Day number of a date. Throws RangeError when the text is no date. */
export function dayNumber(date: string): number {
  const ms = Date.parse(`${date}T00:00:00Z`)
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date)
    throw new RangeError(`no such date: "${date}"`)
  return ms / dayMs
}

export const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)
/** Epoch ms of the first moment of the day in Beijing. */
export const dayStartMs = (date: string): number => dayNumber(date) * dayMs - offsetMs
export const dayOfMs = (ms: number): number => Math.floor((ms + offsetMs) / dayMs)
export const dateOfMs = (ms: number): string => dateOf(dayOfMs(ms))

/** ISO 8601 with +08:00, to the second. */
export const isoOf = (ms: number): string => `${new Date(ms + offsetMs).toISOString().slice(0, 19)}+08:00`

export function datesBetween(from: string, to: string): string[] {
  const dates: string[] = []
  for (let day = dayNumber(from); day <= dayNumber(to); day++) dates.push(dateOf(day))
  return dates
}

export type PeriodKind = 'month' | 'quarter' | 'half-year' | 'year' | 'to-date'

/** What a span of days is called: whole month, quarter, half-year or year; anything else is a period to date. */
export function periodKind(from: string, to: string): PeriodKind {
  const year = from.slice(0, 4)
  const month = Number(from.slice(5, 7))
  const whole = from.endsWith('-01') && dateOf(dayNumber(to) + 1).endsWith('-01') && to.slice(0, 4) === year
  if (!whole) return 'to-date'
  const months = Number(to.slice(5, 7)) - month + 1
  if (months === 1) return 'month'
  if (months === 12) return 'year'
  if (months === 3 && month % 3 === 1) return 'quarter'
  return months === 6 && month % 6 === 1 ? 'half-year' : 'to-date'
}

/** The same span a year earlier; 29 February becomes 28 February. */
export function yearBefore(from: string, to: string): { from: string; to: string } {
  return { from: shiftYear(from, to), to: shiftYear(to, to, true) }
}

function shiftYear(date: string, to: string, isEnd = false): string {
  const year = Number(date.slice(0, 4)) - 1
  const leapEnd = isEnd && to.endsWith('-02-28') && new Date(Date.UTC(year, 2, 0)).getUTCDate() === 29
  // A whole February ends on the 29th of a leap year.
  if (leapEnd && dateOf(dayNumber(to) + 1).endsWith('-03-01')) return `${year}-02-29`
  if (date.endsWith('-02-29')) return `${year}-02-28`
  return `${year}${date.slice(4)}`
}

/** 2022年 · 2022年7月 · 2022年1月1日—9月30日, as a report writes it. */
export function periodText(from: string, to: string): string {
  const year = from.slice(0, 4)
  const month = Number(from.slice(5, 7))
  switch (periodKind(from, to)) {
    case 'year':
      return `${year}年`
    case 'month':
      return `${year}年${month}月`
    case 'quarter':
      return `${year}年第${['一', '二', '三', '四'][Math.floor(month / 3)]}季度`
    case 'half-year':
      return `${year}年${month === 1 ? '上' : '下'}半年`
    case 'to-date': {
      const end = to.slice(0, 4) === year ? '' : `${to.slice(0, 4)}年`
      return `${year}年${month}月${Number(from.slice(8))}日—${end}${Number(to.slice(5, 7))}月${Number(to.slice(8))}日`
    }
  }
}
