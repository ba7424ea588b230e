import { expect, test } from 'vitest'
import { pathOf } from './path.ts'

const at = (day: number) => `2026-11-${String(day).padStart(2, '0')}T09:00:00+08:00`

test('the opening enters the first state without a line, later steps go along one', () => {
  const path = pathOf([
    { from: null, to: 'assigned', at: at(1) },
    { from: 'assigned', to: 'remedying', at: at(2) },
  ])
  expect([...path.entered.keys()]).toEqual(['assigned', 'remedying'])
  expect([...path.edges]).toEqual(['assigned→remedying'])
})

test('a comment and a reminder do not move the matter', () => {
  const path = pathOf([
    { from: null, to: 'assigned', at: at(1) },
    { from: 'assigned', to: 'assigned', at: at(3) },
  ])
  expect(path.entered.get('assigned')).toBe(at(1))
  expect(path.edges.size).toBe(0)
})

test('after a return the state tells when it was entered last', () => {
  const path = pathOf([
    { from: 'remedying', to: 'accepting', at: at(3) },
    { from: 'accepting', to: 'remedying', at: at(5) },
  ])
  expect(path.entered.get('remedying')).toBe(at(5))
  expect(path.edges).toEqual(new Set(['remedying→accepting', 'accepting→remedying']))
})
