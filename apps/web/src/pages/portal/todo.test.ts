import type { MarkingDay, MatterBrief, Obligation } from '@shanshui/contract'
import { expect, test } from 'vitest'
import { todoOf } from './todo.ts'

const now = Date.parse('2026-11-25T09:00:00+08:00')
const matter = (id: number, dueAt: string | null, overdue = false) =>
  ({
    id,
    title: `整改 ${id}`,
    due: dueAt === null ? null : { dueAt, overdue, clock: 'c', provisional: false, light: 'green' },
  }) as unknown as MatterBrief
const obligation = (id: number, dueOn: string, state: string, method = 'manual') =>
  ({
    id,
    title: `义务 ${id}`,
    dueOn,
    state,
    kind: 'self-monitoring',
    key: `monitor:DA001:SO2:${method}:2026-11`,
  }) as unknown as Obligation
const marking = (pending: number) =>
  ({
    date: '2026-11-24',
    deadline: '2026-11-25T12:00:00+08:00',
    late: false,
    outlets: [{ id: 7, name: '烧结机头', number: 'DA001', pending }],
  }) as unknown as MarkingDay

test('overdue stands first, then by day, and what has no limit last', () => {
  const items = todoOf(
    {
      matters: [
        matter(1, null),
        matter(2, '2026-12-01T00:00:00+08:00'),
        matter(3, '2026-11-20T00:00:00+08:00', true),
      ],
      obligations: [obligation(4, '2026-11-28', 'due'), obligation(5, '2026-11-22', 'overdue')],
      marking: [marking(2)],
    },
    now,
  )
  expect(items.map(({ key, dueOn, days }) => [key, dueOn, days])).toEqual([
    ['matter-3', '2026-11-19', -6],
    ['obligation-5', '2026-11-22', -3],
    ['mark-2026-11-24-7', '2026-11-25', 0],
    ['obligation-4', '2026-11-28', 3],
    ['matter-2', '2026-11-30', 5],
    ['matter-1', null, null],
  ])
})

test('each leads to the page that exists for it', () => {
  const items = todoOf(
    { matters: [matter(9, null)], obligations: [obligation(4, '2026-11-28', 'due')], marking: [marking(1)] },
    now,
  )
  expect(items.map(({ path, search }) => `${path}?${search}`)).toEqual([
    '/sources/marks?day=2026-11-24',
    '/sources/permits?state=due',
    '/matters/9?',
  ])
})

test('what the online data fulfil by themselves is no task, until it is overdue', () => {
  const obligations = [
    obligation(1, '2026-11-30', 'due', 'auto'),
    obligation(2, '2026-10-31', 'overdue', 'auto'),
    obligation(3, '2026-11-30', 'due'),
  ]
  expect(todoOf({ matters: [], obligations, marking: [] }, now).map(({ key }) => key)).toEqual([
    'obligation-2',
    'obligation-3',
  ])
})

test('an outlet whose day is marked asks for nothing', () => {
  expect(todoOf({ matters: [], obligations: [], marking: [marking(0)] }, now)).toEqual([])
})
