import type { PlanVisit } from '@shanshui/contract'
import { expect, test } from 'vitest'
import { changeOfDrop, clockOf, crewAt, visitsAt, weekFrom } from './planBoard.ts'

const visit = (candidateId: string, date: string, inspectorIds: number[], order = 1): PlanVisit =>
  ({ candidateId, date, inspectorIds, order }) as unknown as PlanVisit
const plan = {
  visits: [
    visit('a', '2026-11-25', [1, 2], 2),
    visit('b', '2026-11-25', [1, 2], 1),
    visit('c', '2026-11-26', [3, 4]),
  ],
}
const a = plan.visits[0] as PlanVisit

test('a day of a person is read in the order of the visits', () => {
  expect(visitsAt(plan, 1, '2026-11-25').map(({ candidateId }) => candidateId)).toEqual(['b', 'a'])
  expect(visitsAt(plan, 3, '2026-11-25')).toEqual([])
})

test('dropped on somebody who is on the road that day, the visit joins that crew', () => {
  expect(crewAt(plan, a, 1, 4, '2026-11-26')).toEqual([3, 4])
})

test('dropped on somebody who is free, that person takes the place of the one it was taken from', () => {
  expect(crewAt(plan, a, 1, 5, '2026-11-25')).toEqual([2, 5])
})

test('dropped on another day of the same person, the crew stays', () => {
  expect(crewAt(plan, a, 1, 1, '2026-11-27')).toEqual([1, 2])
})

test('dropped where it lay, nothing changes', () => {
  const drop = { candidateId: 'a', taken: 1, onto: 2, date: '2026-11-25' }
  expect(changeOfDrop(plan, drop)).toBeUndefined()
  expect(changeOfDrop(plan, { ...drop, date: '2026-11-27' })).toEqual({
    kind: 'move',
    candidateId: 'a',
    date: '2026-11-27',
    inspectorIds: [1, 2],
  })
})

test('the minute of the day as a clock', () => {
  expect(clockOf(510)).toBe('08:30')
  expect(clockOf(899.6)).toBe('15:00')
})

test('a plan made on Wednesday goes to Friday; one made on Saturday is for the next week', () => {
  expect(weekFrom(2)).toEqual({ from: 0, to: 2 })
  expect(weekFrom(5)).toEqual({ from: 2, to: 6 })
})
