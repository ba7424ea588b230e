import { expect, test } from 'vitest'
import { countdown } from './countdown.ts'

const noon = Date.parse('2022-03-06T12:00:00+08:00')
const at = (time: string) => countdown(noon, Date.parse(`2022-03-06T${time}+08:00`))

test('counts down to noon and is over at noon itself', () => {
  expect(at('09:29:30')).toEqual({ state: 'open', hours: 2, minutes: 31 })
  expect(at('10:00:00')).toEqual({ state: 'soon', hours: 2, minutes: 0 })
  expect(at('11:59:59')).toEqual({ state: 'soon', hours: 0, minutes: 1 })
  expect(at('12:00:00')).toEqual({ state: 'over', hours: 0, minutes: 0 })
})
