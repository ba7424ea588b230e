/** Civil days as text YYYY-MM-DD: no clock, no time zone. */
const dayMs = 86_400_000

const toMs = (date: string) => Date.parse(`${date}T00:00:00Z`)
const toDate = (ms: number) => new Date(ms).toISOString().slice(0, 10)

/** The day `days` after (negative: before). */
export const addDays = (date: string, days: number): string => toDate(toMs(date) + days * dayMs)

/** Days from `from` to `to`; 0 for the same day. */
export const daysBetween = (from: string, to: string): number => Math.round((toMs(to) - toMs(from)) / dayMs)

/** Dates as text compare by their letters. */
export const laterOf = (a: string, b: string): string => (b > a ? b : a)
export const earlierOf = (a: string, b: string): string => (b < a ? b : a)

/** 0 Sunday … 6 Saturday. */
export const weekday = (date: string): number => new Date(toMs(date)).getUTCDay()

/** Same day of the month `months` later; the last day of that month where it has none (民法典 202). */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const index = year * 12 + (month - 1) + months
  const [y, m] = [Math.floor(index / 12), index % 12]
  const last = new Date(Date.UTC(y, m + 1, 0)).getUTCDate()
  return toDate(Date.UTC(y, m, Math.min(day, last)))
}

export type ReportPeriodName = 'year' | 'quarter' | 'month'
const monthsOf: Readonly<Record<ReportPeriodName | 'half-year', number>> = {
  year: 12,
  'half-year': 6,
  quarter: 3,
  month: 1,
}

/** The period that holds a day: its first and last day. */
export function periodOf(
  date: string,
  period: ReportPeriodName | 'half-year',
): { readonly from: string; readonly to: string } {
  const length = monthsOf[period]
  const month = Number(date.slice(5, 7)) - 1
  const first = Math.floor(month / length) * length + 1
  const from = `${date.slice(0, 4)}-${String(first).padStart(2, '0')}-01`
  return { from, to: addDays(addMonths(from, length), -1) }
}
