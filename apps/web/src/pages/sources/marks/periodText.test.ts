import { expect, test } from 'vitest'
import { periodText } from './periodText.ts'

test('within a day, to its end, and over midnight', () => {
  const at = (day: string, time: string) => `2022-03-${day}T${time}:00+08:00`
  expect(periodText(at('05', '14:00'), at('05', '16:00'))).toBe('14:00–16:00')
  expect(periodText(at('05', '14:00'), at('05', '16:00'), true)).toBe('03-05 14:00–16:00')
  expect(periodText(at('05', '14:00'), at('06', '00:00'))).toBe('14:00–24:00')
  expect(periodText(at('05', '22:00'), at('06', '02:00'))).toBe('03-05 22:00 – 03-06 02:00')
})
