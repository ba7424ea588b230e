/** Dates, hours and periods as files write them. Times in epoch milliseconds, days in Asia/Shanghai (UTC+8). */

const hourMs = 3_600_000
const dayMs = 86_400_000
const shanghaiOffsetMs = 8 * hourMs

/** Which end of the hour a label names. National station files name the end: label 5 is 04:00–05:00 (platform note). */
export type HourLabel = 'end' | 'start'

const datePattern = /^(\d{4})(?:[-/.年]?)(\d{1,2})(?:[-/.月]?)(\d{1,2})日?$/

/** Start of the civil day in ms; undefined when the text is no date. `20220301`, `2022-03-01`, `2022/3/1`, `2022年3月1日`. */
export function parseDay(text: string): number | undefined {
  const match = datePattern.exec(text)
  if (match === null) return undefined
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const ms = Date.UTC(year, month - 1, day)
  const back = new Date(ms)
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || year < 1970) return undefined
  return ms - shanghaiOffsetMs
}

const hourPattern = /^(\d{1,2})(?:时|点|:00|:00:00)?$/

/** Label 0…24 (end) or 0…23 (start); undefined otherwise. */
export function parseHour(text: string, label: HourLabel): number | undefined {
  const match = hourPattern.exec(text)
  if (match === null) return undefined
  const hour = Number(match[1])
  return hour <= (label === 'end' ? 24 : 23) ? hour : undefined
}

/** Start of the hour. Label h of a day, naming the end, is (h−1, h]; label 0 closes the day before. */
export const hourStart = (dayStartMs: number, hour: number, label: HourLabel): number =>
  dayStartMs + (label === 'end' ? hour - 1 : hour) * hourMs

/** `2022-03-01 05:00`, `2022/3/1 5时`: day and hour in one cell. */
export function parseMoment(text: string, label: HourLabel): number | undefined {
  const at = text.search(/[ T]/)
  if (at < 0) return undefined
  const day = parseDay(text.slice(0, at))
  const hour = parseHour(text.slice(at + 1).trim(), label)
  return day === undefined || hour === undefined ? undefined : hourStart(day, hour, label)
}

export interface Period {
  readonly from: string
  readonly to: string
}

const lastDay = (year: number, month: number): string =>
  new Date(Date.UTC(year, month, 1) - dayMs).toISOString().slice(0, 10)
const two = (n: number): string => String(n).padStart(2, '0')

/**
 * Statistical period: `2022`, `2022年`, `2022-03`, `2022年3月`, `2022年1-6月`, `2022-01~2022-06`.
 * Returns first and last day; undefined when the text is none of these.
 */
export function parsePeriod(text: string): Period | undefined {
  const plain = text.replace(/\s/g, '').replace(/[—–~～至]+/g, '~')
  const year = /^(\d{4})年?$/.exec(plain)
  if (year) return months(Number(year[1]), 1, 12)
  const month = /^(\d{4})[-/.年]?(\d{1,2})月?$/.exec(plain)
  if (month) return months(Number(month[1]), Number(month[2]), Number(month[2]))
  const inYear = /^(\d{4})年(\d{1,2})月?[~-](\d{1,2})月$/.exec(plain)
  if (inYear) return months(Number(inYear[1]), Number(inYear[2]), Number(inYear[3]))
  const range = /^(\d{4})[-/.年](\d{1,2})月?~(\d{4})[-/.年](\d{1,2})月?$/.exec(plain)
  if (range && range[1] === range[3]) return months(Number(range[1]), Number(range[2]), Number(range[4]))
  return undefined
}

function months(year: number, from: number, to: number): Period | undefined {
  if (from < 1 || to > 12 || from > to || year < 1990 || year > 2999) return undefined
  return { from: `${year}-${two(from)}-01`, to: lastDay(year, to) }
}
