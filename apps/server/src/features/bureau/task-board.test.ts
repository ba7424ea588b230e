import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boardTask, type TaskRow, taskBoard } from './task-board.ts'

const row = (fields: Record<string, unknown>, more: Partial<TaskRow> = {}): TaskRow => ({
  id: 1,
  number: 'RW-629000-2026-0001',
  state: 'running',
  stateTitle: { zh: '推进中', en: 'Running' },
  fields: { group: 'pollution', measure: '扬尘整治', ...fields },
  handler: null,
  evidence: {},
  ...more,
})

test('three quarters at 60 percent come to 80 by the end of the year: yellow', () => {
  const task = boardTask(row({ q1Progress: 20, q2Progress: 40, q3Progress: 60 }), 2026, '2026-10-20')
  expect(task).toMatchObject({ progress: 60, expected: 80, light: 'yellow' })
  expect(task.quarters.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'due'])
})

test('what comes to less than eighty is red, to ninety-five green', () => {
  expect(boardTask(row({ q3Progress: 59 }), 2026, '2026-10-05').light).toBe('red')
  const on = { q1Progress: 24, q2Progress: 50, q3Progress: 72 }
  expect(boardTask(row(on), 2026, '2026-10-05')).toMatchObject({ expected: 96, light: 'green' })
})

test('a report may come until ten days after the quarter, then it is late and never green', () => {
  const fields = { q1Progress: 30 }
  expect(boardTask(row(fields), 2026, '2026-07-10').quarters[1]?.state).toBe('due')
  const late = boardTask(row(fields), 2026, '2026-07-11')
  expect(late.quarters[1]?.state).toBe('late')
  expect(late.light).toBe('yellow')
  expect(boardTask(row({}), 2026, '2026-07-11').light).toBe('red')
})

test('a finished task is a hundred percent and gives its sentence to the next report', () => {
  const done = row({ q3Progress: 60, result: '完成整治 60 处。' }, { state: 'done' })
  const board = taskBoard([done, row({ group: 'green' }, { id: 2 })], 2026, '2026-12-31')
  expect(board.groups.find(({ key }) => key === 'pollution')).toMatchObject({
    total: 1,
    done: 1,
    green: 1,
    progress: 100,
  })
  expect(board.review).toEqual([{ group: 'pollution', matterId: 1, text: '完成整治 60 处。' }])
})

test('every task stands in exactly one group and in one light', () => {
  const percent = fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined })
  const task = fc.record({
    group: fc.constantFrom('green', 'pollution', 'ecology', 'red-line'),
    q1Progress: percent,
    q2Progress: percent,
    q3Progress: percent,
    q4Progress: percent,
  })
  fc.assert(
    fc.property(fc.array(task, { maxLength: 30 }), (tasks) => {
      const board = taskBoard(
        tasks.map((fields, id) => row(fields, { id })),
        2026,
        '2026-11-25',
      )
      const total = board.groups.reduce((sum, group) => sum + group.total, 0)
      expect(total).toBe(tasks.length)
      for (const group of board.groups) expect(group.green + group.yellow + group.red).toBe(group.total)
      for (const { expected } of board.groups.flatMap((group) => group.tasks))
        if (expected !== null) expect(expected).toBeLessThanOrEqual(100)
    }),
  )
})
