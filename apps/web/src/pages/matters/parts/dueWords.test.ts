import { expect, test } from 'vitest'
import { dueWords, lastDayOf } from './dueWords.ts'

const now = Date.parse('2026-11-25T09:00:00+08:00')

test('24:00 of today is today: its last day is the day before midnight', () => {
  expect(lastDayOf('2026-11-26T00:00:00+08:00')).toBe('2026-11-25')
  expect(dueWords('2026-11-26T00:00:00+08:00', now)).toEqual({ kind: 'today' })
})

test('days left and days over are civil days, not lots of 24 hours', () => {
  expect(dueWords('2026-11-27T00:00:00+08:00', now)).toEqual({ kind: 'left', unit: 'day', count: 1 })
  expect(dueWords('2026-11-25T00:00:00+08:00', now)).toEqual({ kind: 'over', unit: 'day', count: 1 })
})

test('a limit in hours is told in hours while it is near', () => {
  expect(dueWords('2026-11-25T10:30:00+08:00', now)).toEqual({ kind: 'left', unit: 'hour', count: 2 })
  expect(dueWords('2026-11-25T08:10:00+08:00', now)).toEqual({ kind: 'over', unit: 'hour', count: 0 })
  expect(dueWords('2026-11-28T10:30:00+08:00', now)).toEqual({ kind: 'left', unit: 'day', count: 3 })
})
