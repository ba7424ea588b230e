/** Lists of many matters: every page within the bound that the screen needs, however deep, for whoever looks. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../platform/actor.ts'
import { fixedClock } from '../../platform/clock.ts'
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts'
import { seedCalendar } from './calendar.service.ts'
import { type People, settle } from './matter-fixture.ts'
import {
  listMatters,
  type MatterQuery,
  matterSummary,
  mattersDue,
  mattersToDo,
} from './matter-read.service.ts'

const many = 100_000
const boundMs = 300
const now = Date.parse('2026-06-01T09:00:00+08:00')
const clock = fixedClock(now)
let database: TestDatabase
let people: People

beforeAll(async () => {
  database = await createTestDatabase()
  people = await settle(database.db)
  await seedCalendar(database.db.pool, now)
  await database.db.pool.query(
    `insert into matter (number, workflow, title, state, phase, region_code, owner_id, enterprise_id, source, parties,
       shown_to_owner, opened_at, recorded_at, changed_at, due_at, due_clock, due_started_at, handler_id)
     select 'ZG-629001-2026-' || i, 'rectification', '问题 ' || i, case when i % 4 = 0 then 'rectifying' else 'archived' end,
       case when i % 4 = 0 then 'open' else 'closed' end, case when i % 50 = 0 then 629021 else 629001 end,
       case when i % 1000 = 0 then $3::int else 0 end, case when i % 1000 = 0 then $5::int end, 'inspectorate',
       case when i % 500 = 0 then array[$1::int, $2::int, $4::int] else array[$1::int, $2::int] end, true,
       to_timestamp($6::float8 / 1000) - make_interval(mins => i), to_timestamp($6::float8 / 1000) - make_interval(mins => i),
       to_timestamp($6::float8 / 1000) - make_interval(mins => i),
       case when i % 4 = 0 then to_timestamp($6::float8 / 1000) + make_interval(mins => i % 20000 - 5000) end,
       case when i % 4 = 0 then 'remedy' end, case when i % 4 = 0 then to_timestamp($6::float8 / 1000) - interval '30 days' end, $2
       from generate_series(1, $7::int) i`,
    [people.bureau, people.branch, people.plantOwner, people.department, people.plant, now, many],
  )
  await database.db.pool.query(
    `insert into matter_party (matter_id, party, organization_id, waiting)
     select id, 'overseer', $1::int, false from matter
     union all select id, 'handler', $2::int, phase = 'open' from matter
     union all select id, 'acceptor', $3::int, false from matter where $3 = any(parties)`,
    [people.bureau, people.branch, people.department],
  )
  await database.db.pool.query('analyze matter, matter_party')
}, 120_000)
afterAll(() => database.drop())

const deps = () => ({ db: database.db, clock })

async function p95(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 20; i++) {
    const before = performance.now()
    await work()
    times.push(performance.now() - before)
  }
  return times.toSorted((a, b) => a - b)[18] ?? 0
}

const cases: readonly [string, () => Actor, MatterQuery][] = [
  ['everything', () => people.head, {}],
  ['one workflow and state', () => people.head, { workflow: 'rectification', state: 'rectifying' }],
  ['what is overdue', () => people.head, { overdue: true, order: 'due' }],
  ['a county with few of them', () => people.other, {}],
  ['a department with few of them', () => people.dept, {}],
  ['the enterprise concerned', () => people.enterprise, {}],
  ['one enterprise', () => people.head, { enterpriseId: 1 }],
  ['words in the title', () => people.head, { search: '问题 9999' }],
]

test.each(cases)('%s: a page within the bound', async (_, actor, query) => {
  expect(await p95(() => listMatters(deps(), actor(), { ...query, limit: 50 }))).toBeLessThan(boundMs)
})

test('a page in the depth is as quick as the first', async () => {
  let cursor: string | null = null
  for (let i = 0; i < 5; i++) {
    const page: { next: string | null } = await listMatters(deps(), people.head, {
      limit: 1000,
      ...(cursor === null ? {} : { cursor }),
    })
    cursor = page.next
  }
  const deep = cursor ?? ''
  expect(await p95(() => listMatters(deps(), people.head, { limit: 50, cursor: deep }))).toBeLessThan(boundMs)
})

test('to do, numbers and limits within the bound', async () => {
  expect(await p95(() => mattersToDo(deps(), people.county, { limit: 50 }))).toBeLessThan(boundMs)
  expect(await p95(() => matterSummary(deps(), people.head, {}))).toBeLessThan(boundMs)
  expect(await p95(() => mattersDue(deps(), people.head, { limit: 50 }))).toBeLessThan(boundMs)
})
