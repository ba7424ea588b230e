import { expect, test } from 'vitest'
import {
  addDays,
  dateOf,
  datesOf,
  dayStartMs,
  daysBetween,
  fieldTime,
  hourOf,
  shortTime,
  typedTime,
  weekdayOf,
} from './time.ts'

test('civil days are those of Asia/Shanghai whatever the browser says', () => {
  expect(dateOf(Date.parse('2026-08-20T16:00:00Z'))).toBe('2026-08-21')
  expect(dateOf(Date.parse('2026-08-20T15:59:59Z'))).toBe('2026-08-20')
  expect(hourOf('2026-08-21T14:00:00+08:00')).toBe(14)
})

test('times are printed as 08-21 14:00', () => {
  expect(shortTime('2026-08-21T06:00:00Z')).toBe('08-21 14:00')
})

test('a time typed into a field is the city’s, and is shown there as it was typed', () => {
  expect(Date.parse(typedTime('2026-08-21T00:30'))).toBe(Date.parse('2026-08-20T16:30:00Z'))
  expect(fieldTime(typedTime('2026-08-21T00:30'))).toBe('2026-08-21T00:30')
})

test('days are counted over month ends and leap days', () => {
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29')
  expect(daysBetween('2026-01-01', '2027-01-01')).toBe(365)
  expect(datesOf('2026-02-27', '2026-03-02')).toEqual([
    '2026-02-27',
    '2026-02-28',
    '2026-03-01',
    '2026-03-02',
  ])
  expect(dayStartMs('2026-01-01')).toBe(Date.parse('2025-12-31T16:00:00Z'))
  expect(weekdayOf('2026-11-23')).toBe(0)
})
