/** Times of the wire: YYYYMMDDhhmmss in China standard time (UTC+8, no daylight saving), here epoch milliseconds. */
import type { StationDialect } from './dialect.ts'
import type { Frame } from './frame.ts'
import { periodOfCommand } from './tables/commands.ts'

const OFFSET_MS = 8 * 3_600_000
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
const EARLIEST_YEAR = 1990
const LATEST_YEAR = 2200

const pad = (value: number, width: number) => String(value).padStart(width, '0')

/** `YYYYMMDDhhmmss` of an instant. */
export function formatTime(ms: number): string {
  const t = new Date(ms + OFFSET_MS)
  return (
    pad(t.getUTCFullYear(), 4) +
    pad(t.getUTCMonth() + 1, 2) +
    pad(t.getUTCDate(), 2) +
    pad(t.getUTCHours(), 2) +
    pad(t.getUTCMinutes(), 2) +
    pad(t.getUTCSeconds(), 2)
  )
}

/** A request number QN, `YYYYMMDDhhmmsszzz`. */
export function formatQn(ms: number): string {
  return formatTime(ms) + pad(((ms % 1000) + 1000) % 1000, 3)
}

/**
 * Instant of a time as devices write it: 14 digits; 17 (milliseconds are dropped); 12 (seconds 00); with
 * separators `yyyy-MM-dd HH:mm:ss`. NaN when it is no time or outside the years 1990…2200.
 */
export function parseTime(text: string): number {
  let digits = ''
  for (let i = 0; i < text.length && digits.length < 14; i++) {
    const c = text.charCodeAt(i)
    if (c >= 48 && c <= 57) digits += text[i]
    else if (!'-/: T.'.includes(text[i] as string)) return Number.NaN
  }
  if (digits.length === 12) digits += '00'
  if (digits.length !== 14) return Number.NaN
  const part = (from: number, to: number) => Number(digits.slice(from, to))
  const [year, month, day] = [part(0, 4), part(4, 6), part(6, 8)]
  const [hour, minute, second] = [part(8, 10), part(10, 12), part(12, 14)]
  if (year < EARLIEST_YEAR || year > LATEST_YEAR || month < 1 || month > 12 || day < 1) return Number.NaN
  // 24:00:00 is written by some devices for the end of a day.
  if (hour > 24 || minute > 59 || second > 59 || (hour === 24 && minute + second > 0)) return Number.NaN
  const ms = Date.UTC(year, month - 1, day, hour, minute, second)
  const back = new Date(Date.UTC(year, month - 1, day))
  return back.getUTCDate() === day ? ms - OFFSET_MS : Number.NaN
}

/** Instant of a QN of 17 digits, or of fewer millisecond digits; NaN otherwise. */
export function parseQn(qn: string): number {
  if (qn.length < 14 || qn.length > 17) return Number.NaN
  const ms = parseTime(qn.slice(0, 14))
  const rest = qn.slice(14)
  return rest === '' ? ms : ms + Number(rest.padEnd(3, '0'))
}

export interface FrameTime {
  /** Start of the interval, or the instant of a real-time message; NaN when DataTime is missing or no time. */
  readonly startMs: number
  /** Length of the interval; 0 for an instant or when the minute interval is not known. */
  readonly lengthMs: number
  readonly anomalies: readonly string[]
}

/**
 * Time of the values of a data message (HJ 212-2017 table 4: DataTime is the start of the interval of 2051, 2061,
 * 2031 and 2041, the instant of acquisition of 2011 and 2021). A DataTime inside its interval is taken down to
 * the start and named `DataTime-not-at-interval`; a station that labels the end is shifted by its dialect.
 */
export function frameTime(frame: Frame, dialect: StationDialect = {}): FrameTime {
  const atMs = parseTime(frame.cp.plain('DataTime') ?? '')
  const lengthMs = intervalMs(frame.header.cn, dialect)
  if (Number.isNaN(atMs) || lengthMs === 0) return { startMs: atMs, lengthMs, anomalies: [] }
  const inside = (((atMs + OFFSET_MS) % lengthMs) + lengthMs) % lengthMs
  const floor = atMs - inside
  const anomalies = inside === 0 ? [] : ['DataTime-not-at-interval']
  return { startMs: dialect.labelsEnd === true ? floor - lengthMs : floor, lengthMs, anomalies }
}

function intervalMs(cn: string, dialect: StationDialect): number {
  if (cn === '2041') return DAY_MS
  switch (periodOfCommand[cn]) {
    case 'day':
      return DAY_MS
    case 'hour':
      return HOUR_MS
    case 'min':
      return dialect.minuteInterval === undefined ? MINUTE_MS : dialect.minuteInterval * MINUTE_MS
    default:
      return 0
  }
}

/** Strictly increasing request numbers, one millisecond apart at least, as a connection needs them. */
export class QnSource {
  private lastMs = Number.NEGATIVE_INFINITY

  next(nowMs: number): string {
    this.lastMs = Math.max(Math.floor(nowMs), this.lastMs + 1)
    return formatQn(this.lastMs)
  }
}
