import type { AirDay } from '@shanshui/contract'
import { expect, test } from 'vitest'
import { calendarOf, movePlace } from './calendar.ts'

function day(date: string, aqi: number | null): AirDay {
  const valid = aqi !== null
  return { date, aqi, level: null, primary: [], sand: false, valid, reason: null, items: {} }
}

test('a year has twelve rows and as many squares as days', () => {
  const count = (year: number): number => calendarOf(year, []).reduce((sum, row) => sum + row.cells.length, 0)
  expect(calendarOf(2026, [])).toHaveLength(12)
  expect(count(2026)).toBe(365)
  expect(count(2024)).toBe(366)
})

test('a day stands in the row of its month at its number, a day without record keeps its place empty', () => {
  const rows = calendarOf(2026, [day('2026-03-05', 60)])
  expect(rows[2]?.cells[4]?.day?.aqi).toBe(60)
  expect(rows[2]?.cells[5]).toEqual({ date: '2026-03-06', day: undefined })
})

test('excellent means AQI up to 100, out of the valid days only', () => {
  const rows = calendarOf(2026, [day('2026-01-01', 100), day('2026-01-02', 101), day('2026-01-03', null)])
  expect(rows[0]).toMatchObject({ excellent: 1, valid: 2 })
})

test('arrows walk from the last day of a month to the first of the next and stop at the ends of the year', () => {
  const rows = calendarOf(2026, [])
  expect(movePlace(rows, { row: 0, column: 30 }, 'ArrowRight')).toEqual({ row: 1, column: 0 })
  expect(movePlace(rows, { row: 1, column: 0 }, 'ArrowLeft')).toEqual({ row: 0, column: 30 })
  expect(movePlace(rows, { row: 0, column: 30 }, 'ArrowDown')).toEqual({ row: 1, column: 27 })
  expect(movePlace(rows, { row: 0, column: 0 }, 'ArrowLeft')).toBeUndefined()
  expect(movePlace(rows, { row: 11, column: 30 }, 'ArrowRight')).toBeUndefined()
  expect(movePlace(rows, { row: 3, column: 9 }, 'x')).toBeUndefined()
})
