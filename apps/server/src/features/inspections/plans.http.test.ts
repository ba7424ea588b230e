import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../platform/actor.ts'
import { fixedClock } from '../../platform/clock.ts'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
} from '../../platform/testing/index.ts'
import { inspectionRoomRoutes } from './inspection.routes.ts'
import { noDoors } from './inspection-doors.ts'
import { county, insertPlant, now, settleTown, type Town } from './inspection-fixture.ts'
import { planJob } from './plan.job.ts'

let database: TestDatabase
let server: TestApp
let town: Town
const actors = new Map<string, Actor>()
beforeAll(async () => {
  database = await createTestDatabase()
  town = await settleTown(database.db)
  for (let n = 2; n <= 24; n++)
    await insertPlant(database.db, n, town.plantOwner, { permitClass: n % 3 === 0 ? 'simplified' : 'key' })
  for (const name of ['head', 'first', 'elsewhere'] as const) actors.set(name, town[name])
  server = await createTestApp(database.db, {
    clock: fixedClock(now),
    live: true,
    routes: [
      (deps) => {
        deps.jobs.register(planJob(deps))
        return inspectionRoomRoutes({ ...deps, doors: noDoors })
      },
    ],
    authenticate: () => async (request) => {
      const actor = actors.get(String(request.headers['x-actor']))
      return actor === undefined
        ? undefined
        : { actor, via: 'key', csrfToken: null, mustChangePassword: false }
    },
  })
  await call('head', 'POST', '/pools/build', { regionCode: county })
})
afterAll(async () => {
  await server.close()
  await database.drop()
})

async function call(actor: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) {
  const answer = await server.app.inject({
    method,
    url: `/api/v1/inspections${url}`,
    headers: { 'x-actor': actor },
    ...(payload === undefined ? {} : { payload }),
  })
  const isJson = String(answer.headers['content-type']).includes('json')
  return { status: answer.statusCode, body: isJson ? answer.json() : answer.body }
}

async function readyPlan(from: string, to: string) {
  const asked = await call('head', 'POST', '/plans', { regionCode: county, from, to, seconds: 3 })
  expect(asked.status).toBe(202)
  for (let i = 0; i < 200; i++) {
    const { body } = await call('head', 'GET', `/plans/${asked.body.planId}`)
    if (body.ready) return body
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('no plan within 20 s')
}

test('a draw is kept whole: replayed it is equal, frozen it stays, published it says until when', async () => {
  const body = {
    regionCode: county,
    kind: 'key',
    publicRandomness: '3D 第2026321期 407',
    commandId: 'draw-0001',
  }
  expect((await call('first', 'POST', '/draws', body)).status).toBe(403)
  const made = await call('head', 'POST', '/draws', body)
  expect([made.status, made.body.state, made.body.poolSize]).toEqual([201, 'drawn', 16])
  expect(made.body.chosen).toHaveLength(4)
  expect(made.body.chosen[0].officers).toHaveLength(2)
  expect((await call('head', 'POST', '/draws', body)).body.id).toBe(made.body.id)
  const { id } = made.body
  const replay = await call('first', 'GET', `/draws/${id}/replay`)
  expect(replay.body).toMatchObject({ equal: true, differences: [], unitSeed: made.body.unitSeed })
  const frozen = await call('head', 'POST', `/draws/${id}/freeze`, { version: 1 })
  expect(frozen.body).toMatchObject({ state: 'frozen', publishBy: '2026-12-23' })
  expect((await call('head', 'POST', `/draws/${id}/freeze`, { version: 2 })).body.code).toBe(
    'inspection.draw-state',
  )
  expect((await call('head', 'POST', `/draws/${id}/publish`, { version: 2 })).body.state).toBe('published')
  const pools = await call('head', 'GET', `/pools?regionCode=${county}`)
  expect(pools.body.pools[0]).toMatchObject({ kind: 'key', drawnThisYear: 4, drawnThisQuarter: 4 })
  await database.db.pool.query(
    `update inspection_draw set units = jsonb_set(units, '{chosen,0}', '"0"') where id = $1`,
    [id],
  )
  const tampered = await call('head', 'GET', `/draws/${id}/replay`)
  expect(tampered.body).toMatchObject({ equal: false, differences: ['对象抽取：chosen 不一致'] })
  expect((await call('elsewhere', 'GET', `/draws/${id}`)).status).toBe(404)
})

test('a plan never exceeds the minutes of anybody, explains itself, and counts every candidate', async () => {
  const plan = await readyPlan('2026-11-26', '2026-11-30')
  expect(plan.days).toEqual(['2026-11-26', '2026-11-27', '2026-11-30'])
  expect(plan.visits.length).toBeGreaterThan(2)
  const { rows } = await database.db.pool.query<{
    result: { load: { minutes: number; inspectorId: number }[] }
  }>('select result from inspection_plan where id = $1', [plan.id])
  expect(rows[0]?.result.load.length).toBeGreaterThan(0)
  expect(Math.max(...(rows[0]?.result.load ?? []).map((one) => one.minutes))).toBeLessThanOrEqual(420)
  for (const visit of plan.visits) {
    expect(visit.inspectorIds.length).toBeGreaterThanOrEqual(2)
    expect(visit.why.length).toBeGreaterThan(0)
  }
  expect(plan.visits.length + plan.leftOut.length).toBe(24)
  expect((await call('elsewhere', 'GET', `/plans/${plan.id}`)).status).toBe(404)
})

test('days off that the bureau has entered are not planned', async () => {
  await database.db.pool.query(
    `insert into working_calendar (year, days_off, worked, source, status, updated_at)
     values (2026, '[["2026-12-10", "2026-12-10"]]', '["2026-12-12"]', '本地通知', 'design', now())
     on conflict (year) do update set days_off = excluded.days_off, worked = excluded.worked`,
  )
  const plan = await readyPlan('2026-12-09', '2026-12-13')
  expect(plan.days).toEqual(['2026-12-09', '2026-12-11', '2026-12-12'])
  await database.db.pool.query('delete from working_calendar where year = 2026')
})

test('a change shows its price, is refused where it cannot be done, and stays in the history', async () => {
  const plan = await readyPlan('2026-12-01', '2026-12-02')
  const [visit] = plan.visits
  const alone = {
    kind: 'move',
    candidateId: visit.candidateId,
    date: visit.date,
    inspectorIds: [visit.inspectorIds[0]],
  }
  const cost = await call('head', 'POST', `/plans/${plan.id}/cost`, { change: alone })
  expect([cost.body.feasible, cost.body.warnings[0].code]).toEqual([false, 'one-officer'])
  const refused = await call('head', 'POST', `/plans/${plan.id}/changes`, {
    version: plan.version,
    change: alone,
  })
  expect([refused.status, refused.body.code]).toEqual([422, 'inspection.change-infeasible'])
  const remove = { kind: 'remove', candidateId: visit.candidateId }
  const changed = await call('head', 'POST', `/plans/${plan.id}/changes`, {
    version: plan.version,
    change: remove,
    reason: '企业停产检修',
  })
  expect(changed.body).toMatchObject({ version: plan.version + 1, visitCount: plan.visitCount - 1 })
  expect(changed.body.changes[0]).toMatchObject({ text: `移出：${visit.title}`, reason: '企业停产检修' })
  const stale = await call('head', 'POST', `/plans/${plan.id}/changes`, {
    version: plan.version,
    change: remove,
  })
  expect([stale.status, stale.body.code]).toEqual([412, 'inspection.changed-meanwhile'])
})

test('published, every visit is a task of its officers, once; day sheets print and export', async () => {
  const plan = await readyPlan('2026-12-03', '2026-12-03')
  const published = await call('head', 'POST', `/plans/${plan.id}/publish`, { version: plan.version })
  expect(published.body.state).toBe('published')
  expect(published.body.visits.every((one: { taskId: number | null }) => one.taskId !== null)).toBe(true)
  const again = await call('head', 'POST', `/plans/${plan.id}/publish`, { version: plan.version + 1 })
  expect([again.status, again.body.code]).toEqual([409, 'inspection.plan-state'])
  const tasks = await call('first', 'GET', `/tasks?planId=${plan.id}`)
  expect(tasks.body.items).toHaveLength(plan.visits.length)
  expect(tasks.body.items[0]).toMatchObject({ state: 'assigned', date: '2026-12-03' })
  const page = await call('head', 'GET', `/plans/${plan.id}/day-sheets.html`)
  expect(page.body).toContain('为什么去')
  const csv = await call('head', 'GET', `/plans/${plan.id}/day-sheets.csv`)
  expect(csv.body.split('\r\n').length).toBeGreaterThan(plan.visits.length)
  const next = await call('head', 'GET', `/candidates?regionCode=${county}&from=2026-12-04&to=2026-12-04`)
  const planned = next.body.items.find((one: { id: string }) => one.id === plan.visits[0].candidateId)
  expect(planned.blocked).toContain('已有待执行的检查任务')
})

test('two more officers: what they would bring, and nothing is kept', async () => {
  const plan = await readyPlan('2026-12-07', '2026-12-07')
  const answer = await call('head', 'POST', `/plans/${plan.id}/what-if`, { more: 2 })
  expect(answer.body.gain).toBeGreaterThanOrEqual(0)
  expect(answer.body.visits).toBeGreaterThanOrEqual(plan.visitCount)
  const withdrawn = await call('head', 'POST', `/plans/${plan.id}/withdraw`, {
    version: plan.version,
    reason: '改期',
  })
  expect(withdrawn.body.state).toBe('withdrawn')
}, 60_000)

test('without a working day or two officers there is no plan', async () => {
  const weekend = await call('head', 'POST', '/plans', {
    regionCode: county,
    from: '2026-11-28',
    to: '2026-11-29',
  })
  expect([weekend.status, weekend.body.code]).toEqual([422, 'inspection.plan-empty'])
  const long = await call('head', 'POST', '/plans', {
    regionCode: county,
    from: '2026-11-28',
    to: '2027-11-29',
  })
  expect([long.status, long.body.code]).toEqual([422, 'inspection.period-invalid'])
})
