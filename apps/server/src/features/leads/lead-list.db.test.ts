/** A page of the list is as quick at the end as at the beginning: 20,000 leads, half of them open. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedClock } from '../../platform/clock.ts'
import { createTestDatabase, type TestDatabase, testActor } from '../../platform/testing/index.ts'
import { type LeadQuery, listLeads, listPlants } from './lead.service.ts'
import { day0, insertPlant } from './lead-fixture.ts'
import { seedRules } from './rule.service.ts'

const many = 20_000
const boundMs = 300
let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  const { pool } = database.db
  await seedRules(pool, day0)
  await insertPlant(database.db, { code: '91620300MA00000001', name: '甲厂' })
  await pool.query(
    `insert into feature (kind, code, name, region_code, owner_id)
     select 'outlet', 'X' || i, '排放口' || i, case when i % 50 = 0 then 629021 else 629001 end, 77 from generate_series(1, 2000) i`,
  )
  await pool.query(
    `insert into lead (feature_id, enterprise_id, rule_id, factor, region_code, owner_id, state, level, weight, score, from_at, to_at,
       statistic, threshold, n, explanation, refutation, opened_at, changed_at)
     select f.id, f.id, 'F' || lpad((i / 2000 + 1)::text, 2, '0'), '', f.region_code, 77,
            case when i % 2 = 0 then 'open' else 'dismissed' end, case when i % 10 = 4 then 'high' when i % 10 = 8 then 'medium' else 'watch' end, 0.3, 0.01 + (hashint4(i) & 1023) / 1200.0,
            t, t + interval '5 hours', '{"name":"s","value":1}', '', 1, '说明', '', t, t
       from generate_series(0, ${many - 1}) i
       join (select id, region_code, row_number() over (order by id) - 1 as k from feature where code like 'X%') f on f.k = i % 2000
       cross join lateral (select to_timestamp($1 / 1000.0) - i * interval '3 minutes' as t) t`,
    [day0],
  )
  await pool.query('analyze lead, feature')
}, 60_000)
afterAll(() => database.drop())

async function walk(query: LeadQuery, actor = testActor('officer')) {
  const deps = { db: database.db, clock: fixedClock(day0) }
  let [seen, cursor]: [number, string | null] = [0, null]
  const times: number[] = []
  do {
    const before = performance.now()
    const page: { items: unknown[]; next: string | null } = await listLeads(deps, actor, {
      ...query,
      limit: 500,
      ...(cursor === null ? {} : { cursor }),
    })
    times.push(performance.now() - before)
    seen += page.items.length
    cursor = page.next
  } while (cursor !== null)
  // The deepest pages; the median, because other work on the machine is not what is measured.
  const deepest = times.slice(-9).sort((a, b) => a - b)
  return { seen, atTheEnd: deepest[Math.floor(deepest.length / 2)] as number }
}

test.each([
  ['open leads by rank', { state: 'active' }, many / 2],
  ['open leads to act on by rank', { state: 'active', level: 'act' }, many / 5],
  ['all leads to act on by time', { state: 'all', level: 'act', order: 'recent' }, many / 5],
  ['all leads by rank', { state: 'all' }, many],
  ['all leads by time', { state: 'all', order: 'recent' }, many],
  ['dismissed leads by time', { state: 'dismissed', order: 'recent' }, many / 2],
] as const)(
  '%s: a page within 300 ms at the end as well, none left out',
  async (_, query, expected) => {
    const { seen, atTheEnd } = await walk(query)
    expect(seen).toBe(expected)
    expect(atTheEnd).toBeLessThan(boundMs)
  },
  60_000,
)

test('a county with few of the leads waits no longer', async () => {
  const { seen, atTheEnd } = await walk(
    { state: 'all' },
    testActor('officer', { regions: '{[629021,629022)}' }),
  )
  expect(seen).toBe(many / 50)
  expect(atTheEnd).toBeLessThan(boundMs)
})

test('plants, grouped and ranked, within 300 ms', async () => {
  const deps = { db: database.db, clock: fixedClock(day0) }
  const before = performance.now()
  const page = await listPlants(deps, testActor('officer'), { limit: 50 })
  expect(performance.now() - before).toBeLessThan(boundMs)
  expect(page.items).toHaveLength(50)
  const toAct = await listPlants(deps, testActor('officer'), { limit: 50, level: 'act' })
  const levels = new Set(toAct.items.flatMap((plant) => plant.leads.map((lead) => lead.level)))
  expect([...levels].sort()).toEqual(['high', 'medium'])
})
