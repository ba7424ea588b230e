import type { MatterBrief } from '@shanshui/contract'
import { expect, test } from 'vitest'
import { countByRound, roundOf, statusWordOf } from './statusWords.ts'

const matter = (over: Partial<MatterBrief>): MatterBrief =>
  ({ state: 'rectifying', phase: 'open', round: 1, due: null, fields: {}, ...over }) as MatterBrief

test('before the plan is approved nothing has started, after the self-check the remedy waits for acceptance', () => {
  expect(statusWordOf(matter({ state: 'plan-review' }))).toBe('not-started')
  expect(statusWordOf(matter({ state: 'checked' }))).toBe('to-accept')
  expect(statusWordOf(matter({ state: 'on-notice' }))).toBe('to-accept')
})

test('the monthly report says whether the remedy keeps pace', () => {
  expect(statusWordOf(matter({}))).toBe('running')
  expect(statusWordOf(matter({ fields: { pace: 'on-time' } }))).toBe('on-time')
  expect(statusWordOf(matter({ fields: { pace: 'behind' } }))).toBe('behind')
})

test('a passed time limit of the remedy is behind, whatever the last report said', () => {
  const due = { clock: 'remedy', overdue: true } as MatterBrief['due']
  expect(statusWordOf(matter({ due, fields: { pace: 'on-time' } }))).toBe('behind')
  const dispatch = { clock: 'dispatch', overdue: true } as MatterBrief['due']
  expect(statusWordOf(matter({ due: dispatch, fields: { pace: 'on-time' } }))).toBe('on-time')
})

test('a second round is a rebound until it is cancelled again; what was withdrawn is not counted', () => {
  expect(statusWordOf(matter({ round: 2, state: 'planning' }))).toBe('rebound')
  expect(statusWordOf(matter({ round: 2, state: 'cancelled', phase: 'watched' }))).toBe('cancelled')
  expect(statusWordOf(matter({ state: 'withdrawn', phase: 'dropped' }))).toBeUndefined()
})

test('rounds are summed as they were written, else by the list', () => {
  const rows = [
    matter({ fields: { inspectionRound: ' 第二轮 ', list: 'central', pace: 'behind' } }),
    matter({ fields: { inspectionRound: '第二轮' } }),
    matter({ fields: { list: 'province' } }),
    matter({ fields: {}, state: 'withdrawn', phase: 'dropped' }),
  ]
  expect(roundOf(rows[2]!)).toBe('list:province')
  const counted = countByRound(rows)
  expect(counted.map(({ round, total }) => [round, total])).toEqual(
    expect.arrayContaining([
      ['第二轮', 2],
      ['list:province', 1],
    ]),
  )
  expect(counted).toHaveLength(2)
  expect(counted.find(({ round }) => round === '第二轮')?.counts).toMatchObject({ behind: 1, running: 1 })
})
