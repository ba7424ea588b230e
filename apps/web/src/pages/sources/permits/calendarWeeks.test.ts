import { expect, test } from 'vitest'
import { weeksOf } from './calendarWeeks.ts'

test('weeks begin on Monday and hold every day of the month once', () => {
  const weeks = weeksOf(2022, 5)
  expect(weeks[0]).toEqual([null, null, null, null, null, null, '2022-05-01'])
  expect(weeks.flat().filter((day) => day !== null)).toHaveLength(31)
  expect(weeks.every((week) => week.length === 7)).toBe(true)
})

test('a February that fills four weeks has no fifth', () => {
  expect(weeksOf(2021, 2)).toHaveLength(4)
})
