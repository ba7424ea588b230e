import type { AirDay } from '@shanshui/contract'

export interface CalendarCell {
  readonly date: string
  /** `undefined`: the day lies outside the period. */
  readonly day: AirDay | undefined
}

export interface CalendarRow {
  /** 1…12 */
  readonly month: number
  /** Index i is day of the month i + 1. */
  readonly cells: readonly CalendarCell[]
  readonly excellent: number
  readonly valid: number
}

const EXCELLENT_UP_TO = 100

/** Twelve rows of the days that the month has; a day without a record keeps its place. */
export function calendarOf(year: number, days: readonly AirDay[]): CalendarRow[] {
  const byDate = new Map(days.map((day) => [day.date, day]))
  return Array.from({ length: 12 }, (_, index) => {
    const month = index + 1
    const length = new Date(Date.UTC(year, month, 0)).getUTCDate()
    const cells = Array.from({ length }, (_, i) => {
      const date = `${year}-${String(month).padStart(2, '0')}-${String(i + 1).padStart(2, '0')}`
      return { date, day: byDate.get(date) }
    })
    const valid = cells.filter(({ day }) => day?.valid === true && day.aqi !== null)
    const excellent = valid.filter(({ day }) => (day?.aqi ?? Infinity) <= EXCELLENT_UP_TO)
    return { month, cells, excellent: excellent.length, valid: valid.length }
  })
}

export interface Place {
  readonly row: number
  readonly column: number
}

/** Where an arrow key leads: within the month, to the neighbour month, never off the sheet. */
export function movePlace(rows: readonly CalendarRow[], from: Place, key: string): Place | undefined {
  const length = (row: number): number => rows[row]?.cells.length ?? 0
  const to = (row: number, column: number): Place | undefined => {
    if (row < 0 || row >= rows.length) return undefined
    return { row, column: Math.max(0, Math.min(column, length(row) - 1)) }
  }
  if (key === 'ArrowUp') return to(from.row - 1, from.column)
  if (key === 'ArrowDown') return to(from.row + 1, from.column)
  if (key === 'Home') return to(from.row, 0)
  if (key === 'End') return to(from.row, length(from.row) - 1)
  if (key === 'ArrowLeft') return from.column > 0 ? to(from.row, from.column - 1) : to(from.row - 1, Infinity)
  if (key === 'ArrowRight') {
    return from.column < length(from.row) - 1 ? to(from.row, from.column + 1) : to(from.row + 1, 0)
  }
  return undefined
}
