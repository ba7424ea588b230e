import { expect, test } from 'vitest'
import { periodOf, spanOf } from './period.ts'

test('yesterday, its month so far, the month before across the turn of the year', () => {
  expect(spanOf('day', '2026-01-09')).toEqual({ from: '2026-01-09', to: '2026-01-09' })
  expect(spanOf('month', '2026-01-09')).toEqual({ from: '2026-01-01', to: '2026-01-09' })
  expect(spanOf('lastMonth', '2026-01-09')).toEqual({ from: '2025-12-01', to: '2025-12-31' })
})

test('days are named as their period, days chosen by hand have none', () => {
  expect(periodOf('2026-01-01', '2026-01-09', '2026-01-09')).toBe('month')
  expect(periodOf('2026-01-02', '2026-01-09', '2026-01-09')).toBeUndefined()
})
