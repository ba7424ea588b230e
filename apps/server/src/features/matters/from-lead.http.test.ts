import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedClock } from '../../platform/clock.ts'
import {
  createTestApp,
  createTestDatabase,
  createTestDeps,
  type TestApp,
  type TestDatabase,
} from '../../platform/testing/index.ts'
import { raiseLead, seedRules, setLeadOutcome } from '../leads/index.ts'
import { seedCalendar } from './calendar.service.ts'
import { matterRoomRoutes } from './matter.routes.ts'
import { startMatterWorker } from './matter.worker.ts'
import { county, type People, settle } from './matter-fixture.ts'

const now = Date.parse('2026-08-21T20:00:00+08:00')
const hour = 3_600_000
let database: TestDatabase
let server: TestApp
let people: People
let leadId: number

beforeAll(async () => {
  database = await createTestDatabase()
  people = await settle(database.db)
  await seedRules(database.db.pool, now)
  await seedCalendar(database.db.pool, now)
  leadId = await raise()
  server = await createTestApp(database.db, {
    routes: [(deps) => matterRoomRoutes(deps)],
    actor: people.county,
    clock: fixedClock(now),
  })
})
afterAll(async () => {
  await server.close()
  await database.drop()
})

const raise = (factor = 'a21026') =>
  database.db
    .transaction((trx) =>
      raiseLead(
        trx,
        {
          ruleId: 'exceedance.begins',
          featureId: people.plant,
          enterpriseId: people.plant,
          factor,
          regionCode: county,
          ownerId: people.plantOwner,
          fromMs: now - 5 * hour,
          toMs: now - 3 * hour,
          score: 0.5,
          level: 'medium',
          statistic: { name: '最大超标倍数', value: 0.2 },
          threshold: '限值 50 mg/m³',
          n: 2,
          explanation: '二氧化硫超标',
          refutation: '已标记则撤回',
          evidence: { hoursMs: [], msgs: [] },
        },
        now,
      ),
    )
    .then((raised) => raised.leadId)

const post = (payload: object) =>
  server.app.inject({ method: 'POST', url: '/api/v1/problems/from-lead', payload })
const leadRow = async (id: number) =>
  (await database.db.pool.query('select state, outcome, version from lead where id = $1', [id])).rows[0]
const open = (acceptor: number) => ({
  workflow: 'rectification',
  parties: {
    handler: { organizationId: people.otherBranch },
    acceptor: { organizationId: acceptor },
  },
})

test('when the matter cannot be opened, neither is the lead confirmed nor a problem registered', async () => {
  const { version } = await leadRow(leadId)
  const answer = await post({ leadId, version, grounds: '现场查实', open: open(999_999) })
  expect(answer.statusCode).toBe(422)
  expect(await leadRow(leadId)).toMatchObject({ state: 'open', version })
  const { rows } = await database.db.pool.query('select count(*)::int as n from problem')
  expect(rows[0].n).toBe(0)
})

test('lead, problem and matter come in one; a second time gives the same problem', async () => {
  const { version } = await leadRow(leadId)
  const body = {
    leadId,
    version,
    grounds: '现场查实',
    open: open(people.department),
    commandId: 'from-lead-01',
  }
  const first = await post(body)
  expect(first.statusCode, first.body).toBe(201)
  expect(await leadRow(leadId)).toMatchObject({ state: 'confirmed', outcome: 'confirmed' })
  const again = await post(body)
  expect(again.statusCode, again.body).toBe(201)
  expect(again.json().problem.problem.id).toBe(first.json().problem.problem.id)
  expect(again.json().matter).toEqual(first.json().matter)
})

test('a confirmed lead without a problem is among what nobody works on', async () => {
  const id = await raise('a21002')
  await database.db.transaction((trx) => setLeadOutcome(trx, id, 'confirmed', '核实', now))
  const { body } = await server.app.inject({ method: 'GET', url: '/api/v1/problems/unattended' })
  expect(JSON.parse(body).leads.map((lead: { id: number }) => lead.id)).toEqual([id])
})

test('what the matter finds is the outcome of the lead, once', async () => {
  const { rows } = await database.db.pool.query("select id from matter where source = 'lead'")
  await database.db.pool.query(
    `insert into matter_effect (matter_id, seq, effect) values ($1, 1, '{"kind":"lead-outcome","outcome":"not-confirmed"}')`,
    [rows[0].id],
  )
  const deps = await createTestDeps(database.db, { clock: fixedClock(now) })
  const worker = startMatterWorker(deps, { setLeadOutcome }, { manual: true })
  await worker.drainOnce()
  await worker.stop()
  expect(await leadRow(leadId)).toMatchObject({ outcome: 'not-confirmed' })
})
