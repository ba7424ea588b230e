import { expect, test } from 'vitest'
import { dueOf } from './lead-due.ts'

const at = (text: string) => Date.parse(`${text}:00+08:00`)

test('a high lead is due in 48 hours, one to watch is not', () => {
  expect(dueOf('high', at('2026-09-25T10:00'))).toBe(at('2026-09-27T10:00'))
  expect(dueOf('watch', at('2026-09-25T10:00'))).toBeNull()
})

test('five working days step over the October holiday of 2026 and count the Saturday that is worked', () => {
  // Wednesday; off 1–7 October; then Thursday, Friday, Saturday the 10th (worked), Monday, Tuesday.
  expect(dueOf('medium', at('2026-09-30T15:30'))).toBe(at('2026-10-13T15:30'))
})

test('five working days without a holiday step over the weekend', () => {
  expect(dueOf('medium', at('2026-08-21T09:00'))).toBe(at('2026-08-28T09:00'))
})
