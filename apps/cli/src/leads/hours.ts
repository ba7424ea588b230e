/** Hours as files write them: with a blank or a T, with or without minutes, seconds and offset. Without offset Beijing time. */

const HOUR_MS = 3_600_000
const BEIJING_MS = 8 * HOUR_MS
const PATTERN =
  /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})([ T]+)(\d{1,2})(?::(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/

/** How a text writes an hour, so that hours can be written the same way. */
export interface HourStyle {
  readonly dateSeparator: string
  readonly padded: boolean
  readonly between: string
  readonly minutes: boolean
  readonly seconds: boolean
  readonly offset: string
}

/** Start of the hour in epoch ms, or the reason why the text is none. */
export function readHour(text: string): { ms: number; style: HourStyle } | { fault: string } {
  const found = PATTERN.exec(text.trim())
  if (found === null) return { fault: '不是小时，应如 2025-01-01 00:00' }
  const [
    ,
    year,
    dateSeparator = '-',
    month = '',
    day = '',
    between = ' ',
    hour = '',
    minute,
    second,
    offset = '',
  ] = found
  if (Number(minute ?? 0) !== 0 || Number(second ?? 0) !== 0) return { fault: '不是整点' }
  const utc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour))
  const at = new Date(utc)
  const exists =
    at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day) && Number(hour) < 24
  if (!exists) return { fault: '没有这样的日期或小时' }
  const ms = utc - offsetMs(offset)
  // grids of hours are Beijing's; an offset of half an hour would fall between them
  if (ms % HOUR_MS !== 0) return { fault: '不是北京时间的整点' }
  return {
    ms,
    style: {
      dateSeparator,
      padded: month.length === 2 && day.length === 2 && hour.length === 2,
      between: between[0] ?? ' ',
      minutes: minute !== undefined,
      seconds: second !== undefined,
      offset,
    },
  }
}

function offsetMs(offset: string): number {
  if (offset === '') return BEIJING_MS
  if (offset === 'Z') return 0
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2))
  return (offset.startsWith('-') ? -1 : 1) * minutes * 60_000
}

export function writeHour(ms: number, style: HourStyle): string {
  const at = new Date(ms + offsetMs(style.offset))
  const two = (n: number) => (style.padded ? String(n).padStart(2, '0') : String(n))
  const date = [at.getUTCFullYear(), two(at.getUTCMonth() + 1), two(at.getUTCDate())].join(
    style.dateSeparator,
  )
  const time = two(at.getUTCHours()) + (style.minutes ? ':00' : '') + (style.seconds ? ':00' : '')
  return `${date}${style.between}${time}${style.offset}`
}

export { HOUR_MS }
