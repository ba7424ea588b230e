/** A calendar in instants, as an engine of matters asks for it: days here, moments there. */
import { beijingDate } from '../beijing.ts'
import { addDays, addMonths } from '../civil-date.ts'
import { type DayLimit, hoursEnd, limitEnd, workingDaysBefore } from './limit-end.ts'
import { builtInCalendar, isCalendarKnown, nextWorkingDay, type WorkCalendar } from './work-calendar.ts'

export interface MomentLimit {
  readonly amount: number
  readonly unit: 'hour' | DayLimit['unit']
}

export interface MomentEnd {
  /** The first moment that is too late: 24:00 of the last day, epoch ms. */
  readonly atMs: number
  readonly provisional: boolean
}

export interface MomentOptions {
  readonly roll: boolean
  /** A stop without an end is still on; the end is then what it would be without it. */
  readonly stops: readonly { readonly fromMs: number; readonly toMs: number | null }[]
  readonly extensions?: readonly MomentLimit[]
}

export interface MomentCalendar {
  endMs(fromMs: number, limit: MomentLimit, options: MomentOptions): MomentEnd
  dayEndMs(day: string, options: { readonly roll: boolean }): MomentEnd
  beforeMs(endMs: number, limit: MomentLimit): number
}

const startMs = (day: string): number => Date.parse(`${day}T00:00:00+08:00`)
const endMsOf = (day: string): number => startMs(addDays(day, 1))
const isDays = (limit: MomentLimit): limit is DayLimit => limit.unit !== 'hour'

/** The counting rules over one calendar, in epoch milliseconds of Asia/Shanghai. */
export function calendarOf(calendar: WorkCalendar = builtInCalendar): MomentCalendar {
  return {
    endMs(fromMs, limit, { roll, stops, extensions = [] }) {
      const closed = stops.flatMap(({ fromMs: begin, toMs }) =>
        toMs === null ? [] : [{ fromMs: begin, toMs }],
      )
      if (!isDays(limit)) {
        // Hours stay hours: an extension in days would mix a moment with a day.
        const hours = [limit, ...extensions].reduce(
          (sum, { amount, unit }) => sum + (unit === 'hour' ? amount : Number.NaN),
          0,
        )
        return { atMs: hoursEnd(fromMs, hours, closed), provisional: false }
      }
      const days = closed.map(({ fromMs: begin, toMs }) => ({
        from: beijingDate(begin),
        to: beijingDate(toMs),
      }))
      const { end, provisional } = limitEnd(beijingDate(fromMs), limit, {
        calendar,
        roll,
        stops: days,
        extensions: extensions.filter(isDays),
      })
      return { atMs: endMsOf(end), provisional }
    },
    dayEndMs(day, { roll }) {
      const end = roll ? nextWorkingDay(day, calendar) : day
      const known = isCalendarKnown(day, calendar) && isCalendarKnown(end, calendar)
      return { atMs: endMsOf(end), provisional: roll && !known }
    },
    /** 0:00 of the day that lies so long before the last day; hours exactly. */
    beforeMs(endMs, limit) {
      if (!isDays(limit)) return endMs - limit.amount * 3_600_000
      const last = beijingDate(endMs - 1)
      switch (limit.unit) {
        case 'day':
          return startMs(addDays(last, -limit.amount))
        case 'working-day':
          return startMs(workingDaysBefore(last, limit.amount, calendar).looser)
        case 'month':
          return startMs(addMonths(last, -limit.amount))
        case 'year':
          return startMs(addMonths(last, -12 * limit.amount))
      }
    },
  }
}
