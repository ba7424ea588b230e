import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedClock } from '../../platform/clock.ts'
import { createTestDatabase, createTestDeps, type TestDatabase } from '../../platform/testing/index.ts'
import { seedCalendar } from './calendar.service.ts'
import { type MatterDraft, openMatter } from './matter.service.ts'
import { type MatterWorker, startMatterWorker } from './matter.worker.ts'
import { county, type People, settle } from './matter-fixture.ts'
import { verifyChain } from './matter-read.service.ts'

const day = 86_400_000
const start = Date.parse('2026-01-05T09:00:00+08:00')
const clock = fixedClock(start)
let database: TestDatabase
let people: People
let workers: MatterWorker[]
let outcomes: [number, string][] = []

beforeAll(async () => {
  database = await createTestDatabase()
  people = await settle(database.db)
  await seedCalendar(database.db.pool, start)
  const deps = await createTestDeps(database.db, { clock })
  const doors = {
    setLeadOutcome: async (_: unknown, leadId: number, outcome: string) => {
      outcomes.push([leadId, outcome])
      return true
    },
  }
  workers = [1, 2, 3, 4].map(() => startMatterWorker(deps, doors, { manual: true }))
})
afterAll(async () => {
  for (const worker of workers) await worker.stop()
  await database.drop()
})

const draft = (over: Partial<MatterDraft> = {}): MatterDraft => ({
  workflow: 'rectification',
  title: '问题',
  regionCode: county,
  ownerId: people.plantOwner,
  featureId: people.plant,
  enterpriseId: people.plant,
  problemId: null,
  parties: {
    overseer: { organizationId: people.bureau },
    handler: { organizationId: people.branch },
    acceptor: { organizationId: people.department },
  },
  source: { kind: 'self', ref: null },
  ...over,
})

const open = (over: Partial<MatterDraft> = {}) =>
  database.db.transaction((trx) => openMatter(trx, people.head, draft(over), clock.now()))

async function drainAll(): Promise<void> {
  for (;;) {
    const done = await Promise.all(workers.map((worker) => worker.drainOnce()))
    if (done.every((n) => n === 0)) return
  }
}

test('over a year with holidays, four workers at once tell every level of every limit exactly once', async () => {
  const ids = []
  for (let i = 0; i < 12; i++) {
    ids.push((await open({ title: `问题 ${i}` })).id)
    clock.advance(3 * day)
    await drainAll()
  }
  while (clock.now() < start + 365 * day) {
    clock.advance(5 * day)
    await drainAll()
  }
  const { rows } = await database.db.pool.query<{ matter_id: number; levels: number[] }>(
    `select matter_id, array_agg(level order by level) as levels from matter_escalation where clock = 'split' group by 1 order by 1`,
  )
  // Nobody moved them: the first clock came to its three levels, each once.
  expect(rows).toEqual(ids.map((id) => ({ matter_id: id, levels: [1, 2, 3] })))
  const entries = await database.db.pool.query<{ n: number }>(
    `select count(*)::int as n from matter_step where kind = 'escalate'`,
  )
  expect(entries.rows[0]?.n).toBe(3 * ids.length)
  const notices = await database.db.pool.query<{ n: number }>(
    `select count(*)::int as n from notice where dedupe_key like 'matter:%:split:%'`,
  )
  expect(notices.rows[0]?.n).toBe(3 * ids.length)
  for (const id of ids) expect(await verifyChain(database.db.pool, id)).toMatchObject({ ok: true })
})

test('levels fall on the working days of the calendar', async () => {
  clock.set(Date.parse('2026-02-12T09:00:00+08:00'))
  const { id } = await open()
  // 12 February, five working days over the Spring Festival: 13, 14 (worked), 24, 25, 26.
  const { rows } = await database.db.pool.query<{ due: string }>(
    `select to_char(due_at, 'YYYY-MM-DD HH24:MI') as due from matter_clock where matter_id = $1`,
    [id],
  )
  expect(rows).toEqual([{ due: '2026-02-27 00:00' }])
})

test('a replay of the same moment tells nothing again', async () => {
  const before = await database.db.pool.query('select count(*)::int as n from matter_escalation')
  await database.db.pool.query(`update matter set wake_at = '2026-01-01'`)
  await drainAll()
  await database.db.pool.query(`update matter set wake_at = '2026-01-01'`)
  await drainAll()
  const after = await database.db.pool.query('select count(*)::int as n from matter_escalation')
  expect(after.rows).toEqual(before.rows)
})

test('what came before it was entered is history, not news', async () => {
  clock.set(Date.parse('2026-12-01T09:00:00+08:00'))
  const { id } = await open({ backdatedToMs: Date.parse('2026-03-02T09:00:00+08:00') })
  await drainAll()
  const { rows } = await database.db.pool.query<{ silent: boolean }>(
    'select silent from matter_escalation where matter_id = $1',
    [id],
  )
  expect(rows.length).toBe(3)
  expect(rows.every(({ silent }) => silent)).toBe(true)
  const notices = await database.db.pool.query(`select from notice where dedupe_key like $1`, [
    `matter:${id}:%`,
  ])
  expect(notices.rowCount).toBe(0)
})

test('what a step brings to a lead is carried out once, also when it fails at first', async () => {
  const { id } = await open({ source: { kind: 'lead', ref: '7' } })
  outcomes = []
  await database.db.pool.query(
    `insert into matter_effect (matter_id, seq, effect) values ($1, 1, '{"kind": "lead-outcome", "outcome": "confirmed"}')`,
    [id],
  )
  await drainAll()
  await drainAll()
  expect(outcomes).toEqual([[7, 'confirmed']])
})

test('numbers of many openings at once have no gaps and no doubles', async () => {
  clock.set(Date.parse('2027-01-04T09:00:00+08:00'))
  const made = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      open({ title: `同时 ${i}` }).then(
        ({ number }) => number,
        () => 'failed',
      ),
    ),
  )
  expect(made.toSorted()).toEqual(
    Array.from({ length: 20 }, (_, i) => `ZG-629001-2027-${String(i + 1).padStart(4, '0')}`),
  )
})
