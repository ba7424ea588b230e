import { expect, test } from 'vitest'
import { todoGroupOf, todoGroups } from './todoGroups.ts'

/** Wednesday. */
const now = Date.parse('2026-11-25T09:00:00+08:00')

test('a limit that ends at 24:00 of today is due today, not tomorrow', () => {
  expect(todoGroupOf('2026-11-26T00:00:00+08:00', now)).toBe('today')
  expect(todoGroupOf('2026-11-26T00:00:01+08:00', now)).toBe('week')
})

test('a limit of this very moment is over', () => {
  expect(todoGroupOf('2026-11-25T09:00:00+08:00', now)).toBe('overdue')
  expect(todoGroupOf('2026-11-25T09:00:01+08:00', now)).toBe('today')
})

test('the week ends with Sunday, also when today is Sunday', () => {
  expect(todoGroupOf('2026-11-30T00:00:00+08:00', now)).toBe('week')
  expect(todoGroupOf('2026-12-01T00:00:00+08:00', now)).toBe('other')
  const sunday = Date.parse('2026-11-29T23:00:00+08:00')
  expect(todoGroupOf('2026-12-01T00:00:00+08:00', sunday)).toBe('other')
})

test('groups are in the order of urgency, each by deadline, and what has no clock is last', () => {
  const items = [
    { id: 1, dueAt: null },
    { id: 2, dueAt: '2026-12-20T00:00:00+08:00' },
    { id: 3, dueAt: '2026-11-24T00:00:00+08:00' },
    { id: 4, dueAt: '2026-11-20T00:00:00+08:00' },
    { id: 5, dueAt: '2026-11-26T00:00:00+08:00' },
  ]
  expect(todoGroups(items, now).map(({ name, items: own }) => [name, own.map(({ id }) => id)])).toEqual([
    ['overdue', [4, 3]],
    ['today', [5]],
    ['other', [2, 1]],
  ])
})
