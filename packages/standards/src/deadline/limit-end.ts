/**
 * Ends of limits. The first day is not counted (民法典 201), a month ends on the day of the same number (202), a last
 * day off moves to the first working day (203) unless the limit protects the party (C: coercive maxima).
 */
import { addDays, addMonths, laterOf } from '../civil-date.ts'
import {
  builtInCalendar,
  isCalendarKnown,
  isWorkingDay,
  nextWorkingDay,
  type WorkCalendar,
} from './work-calendar.ts'

export interface DayLimit {
  readonly amount: number
  readonly unit: 'day' | 'working-day' | 'month' | 'year'
}

/** Whole days, both ends included, on which the limit stands still. */
export interface DayRange {
  readonly from: string
  readonly to: string
}

export interface LimitOptions {
  readonly calendar?: WorkCalendar
  /** A last day off moves to the next working day. Coercive maxima (查封、限产) do not. */
  readonly roll?: boolean
  readonly stops?: readonly DayRange[]
  /** Added one after the other before the last day is moved. */
  readonly extensions?: readonly DayLimit[]
}

export interface LimitEnd {
  /** The last day; it ends at 24:00. */
  readonly end: string
  /** The last day before it was moved. */
  readonly unrolled: string
  /** A year whose days off are not known was counted with. */
  readonly provisional: boolean
}

/** Overlapping and adjoining ranges made one, in order of time. A range that ends before it starts is none. */
export function mergedRanges(ranges: readonly DayRange[]): readonly DayRange[] {
  const sorted = ranges
    .filter(({ from, to }) => from <= to)
    .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  const merged: DayRange[] = []
  for (const range of sorted) {
    const last = merged.at(-1)
    if (last === undefined || range.from > addDays(last.to, 1)) merged.push(range)
    else merged[merged.length - 1] = { from: last.from, to: laterOf(last.to, range.to) }
  }
  return merged
}

/**
 * Last day of a limit that is triggered on `from`.
 * @throws RangeError when the amount is no whole number from 0 to 36,500
 */
export function limitEnd(from: string, limit: DayLimit, options: LimitOptions = {}): LimitEnd {
  const { calendar = builtInCalendar, roll = true, stops = [], extensions = [] } = options
  const standing = mergedRanges(stops)
  let end = from
  let provisional = false
  for (const part of [limit, ...extensions]) {
    const next = counted(end, part, standing, calendar)
    if (part.unit === 'working-day' && !isKnown(end, next, calendar)) provisional = true
    end = next
  }
  const rolled = roll ? nextWorkingDay(end, calendar) : end
  if (roll && !isKnown(end, rolled, calendar)) provisional = true
  return { end: rolled, unrolled: end, provisional }
}

function isKnown(from: string, to: string, calendar: WorkCalendar): boolean {
  return isCalendarKnown(from, calendar) && isCalendarKnown(to, calendar)
}

function counted(
  from: string,
  { amount, unit }: DayLimit,
  stops: readonly DayRange[],
  calendar: WorkCalendar,
): string {
  if (!Number.isSafeInteger(amount) || amount < 0 || amount > 36_500)
    throw new RangeError(`期限须为 0 至 36500 的整数，收到 ${amount}`)
  if (unit === 'month' || unit === 'year')
    return stoodStill(from, addMonths(from, unit === 'year' ? amount * 12 : amount), stops)
  let day = from
  for (let left = amount; left > 0; ) {
    day = addDays(day, 1)
    if (stops.some((stop) => day >= stop.from && day <= stop.to)) continue
    if (unit === 'day' || isWorkingDay(day, calendar)) left--
  }
  return day
}

/** The end moves by every day on which the limit stood still, also by those that it reaches only by moving. */
function stoodStill(from: string, end: string, stops: readonly DayRange[]): string {
  let last = end
  for (const stop of stops)
    for (let day = stop.from; day <= stop.to; day = addDays(day, 1))
      if (day > from && day <= last) last = addDays(last, 1)
  return last
}

/** Last day of a limit of `days` calendar days, moved to a working day. */
export function endOfCalendarDays(
  from: string,
  days: number,
  calendar: WorkCalendar = builtInCalendar,
): string {
  return limitEnd(from, { amount: days, unit: 'day' }, { calendar }).end
}

/** Last day of a limit of `days` working days; the count starts the next day. */
export function endOfWorkingDays(
  from: string,
  days: number,
  calendar: WorkCalendar = builtInCalendar,
): string {
  return limitEnd(from, { amount: days, unit: 'working-day' }, { calendar, roll: false }).end
}

export interface InstantRange {
  readonly fromMs: number
  readonly toMs: number
}

/**
 * End of a limit of hours, epoch ms: from the moment on, through nights and holidays (民法典 201). Time during which
 * it stood still is added.
 */
export function hoursEnd(fromMs: number, hours: number, stops: readonly InstantRange[] = []): number {
  if (!(hours >= 0) || !Number.isFinite(hours)) throw new RangeError(`小时数不能为负，收到 ${hours}`)
  let end = fromMs + hours * 3_600_000
  let counted = fromMs
  for (const { fromMs: begin, toMs } of stops.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const from = Math.max(begin, counted)
    if (from >= end || toMs <= from) continue
    end += toMs - from
    counted = toMs
  }
  return end
}

export interface DaysBefore {
  /** Refuse what comes later: the day of the event is not counted, and the days are counted back. */
  readonly looser: string
  /** Warn by this one: so many clear days lie between. */
  readonly stricter: string
  readonly provisional: boolean
}

/** Latest day for what has to be done `days` working days before an event (听证七日前通知). */
export function workingDaysBefore(
  event: string,
  days: number,
  calendar: WorkCalendar = builtInCalendar,
): DaysBefore {
  if (!Number.isSafeInteger(days) || days < 0 || days > 36_500)
    throw new RangeError(`工作日数须为 0 至 36500 的整数，收到 ${days}`)
  let looser = event
  for (let left = days; left > 0; ) {
    looser = addDays(looser, -1)
    if (isWorkingDay(looser, calendar)) left--
  }
  let stricter = addDays(looser, -1)
  while (!isWorkingDay(stricter, calendar)) stricter = addDays(stricter, -1)
  return { looser, stricter, provisional: !isKnown(stricter, event, calendar) }
}
