import type { ExecutionReportInput } from '@shanshui/contract'

export type ReportPeriodName = 'year' | 'quarter' | 'month'
const lengths: Readonly<Record<ReportPeriodName, number>> = { year: 12, quarter: 3, month: 1 }
const two = (number: number) => String(number).padStart(2, '0')

/** First days of the periods of a year. */
export function startsOf(year: number, period: ReportPeriodName): readonly string[] {
  const length = lengths[period]
  return Array.from({ length: 12 / length }, (_, index) => `${year}-${two(index * length + 1)}-01`)
}

/** Months of the period that begins on `from`. */
export function monthsOf(from: string, period: ReportPeriodName): readonly string[] {
  const first = Number(from.slice(5, 7))
  return Array.from({ length: lengths[period] }, (_, index) => `${from.slice(0, 4)}-${two(first + index)}`)
}

/** First day of the last period that has ended by `today`; of the year's first one when none has. */
export function lastEnded(year: number, period: ReportPeriodName, today: string): string {
  const ended = startsOf(year, period).filter((from) => {
    const months = monthsOf(from, period)
    return (months.at(-1) ?? '') < today.slice(0, 7)
  })
  return ended.at(-1) ?? `${year}-01-01`
}

interface Filled {
  readonly permitId: number
  readonly period: ReportPeriodName
  readonly from: string
  readonly lines: readonly { readonly outletNumber: string; readonly pollutant: string }[]
  readonly months: readonly string[]
  readonly cells: Readonly<Record<string, string>>
  readonly kept: boolean
}

/** The report as filled in; or the name of a cell that is no number ('' when nothing is filled). */
export function toInput({
  permitId,
  period,
  from,
  lines,
  months,
  cells,
  kept,
}: Filled): ExecutionReportInput | string {
  const rows: ExecutionReportInput['rows'] = []
  const sums = new Map<string, number>()
  for (const { outletNumber, pollutant } of lines) {
    for (const month of months) {
      const key = `${outletNumber} ${pollutant} ${month}`
      const text = (cells[key] ?? '').trim()
      if (text === '') continue
      const tonnes = Number(text)
      if (!Number.isFinite(tonnes) || tonnes < 0) return key
      rows.push({ outletNumber, pollutant, month, tonnes })
      sums.set(pollutant, (sums.get(pollutant) ?? 0) + tonnes)
    }
  }
  if (rows.length === 0) return ''
  const totals = [...sums].map(([pollutant, tonnes]) => ({ pollutant, tonnes: Number(tonnes.toFixed(6)) }))
  return { permitId, period, periodFrom: from, rows, totals, ledgerKept: kept }
}
