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
import { county, insertPlant, makeTask, now, operation, settleTown, type Town } from './inspection-fixture.ts'

let database: TestDatabase
let server: TestApp
let town: Town
const actors = new Map<string, Actor>()
beforeAll(async () => {
  database = await createTestDatabase()
  town = await settleTown(database.db)
  for (const name of ['head', 'first', 'second', 'elsewhere', 'enterprise'] as const)
    actors.set(name, town[name])
  server = await createTestApp(database.db, {
    clock: fixedClock(now),
    routes: [(deps) => inspectionRoomRoutes({ ...deps, doors: noDoors })],
    authenticate: () => async (request) => {
      const actor = actors.get(String(request.headers['x-actor']))
      return actor === undefined
        ? undefined
        : { actor, via: 'key', csrfToken: null, mustChangePassword: false }
    },
  })
})
afterAll(async () => {
  await server.close()
  await database.drop()
})

async function call(actor: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) {
  const answer = await server.app.inject({
    method,
    url: `/api/v1/inspections${url}`,
    headers: { 'x-actor': actor },
    ...(payload === undefined ? {} : { payload }),
  })
  const isJson = String(answer.headers['content-type']).includes('json')
  return {
    status: answer.statusCode,
    body: isJson && answer.body !== '' ? answer.json() : answer.body,
    headers: answer.headers,
  }
}
const auditRows = async (action: string) =>
  (await database.db.pool.query('select from audit where action = $1', [action])).rowCount

test('officers are registered with certificate, absences and units to stand back from', async () => {
  const { first, head, plant } = town
  const values = {
    certificate: '甘C-0001',
    certificateExpires: '2027-12-31',
    skills: ['air', 'online-monitoring'],
    home: { lon: 102.2, lat: 38.5 },
    minutesPerDay: 420,
    active: true,
  }
  const put = await call('head', 'PUT', `/inspectors/${first.userId}`, values)
  expect([put.status, put.body.certificate, put.body.certificateValid]).toEqual([200, '甘C-0001', true])
  const stale = await call('head', 'PUT', `/inspectors/${first.userId}`, { ...values, version: 1 })
  expect([stale.status, stale.body.code]).toEqual([412, 'inspection.changed-meanwhile'])
  const absence = { from: '2026-12-01', to: '2026-12-03', reason: '培训' }
  const added = await call('head', 'POST', `/inspectors/${first.userId}/absences`, absence)
  expect(added.body.absences).toMatchObject([absence])
  await call('head', 'DELETE', `/inspectors/${first.userId}/absences/${added.body.absences[0].id}`)
  const recused = await call('head', 'PUT', `/inspectors/${first.userId}/recusals/${plant}`, {
    reason: '亲属任职',
  })
  expect(recused.body.recusals).toMatchObject([{ enterpriseId: plant, reason: '亲属任职' }])
  await call('head', 'PUT', `/inspectors/${first.userId}/recusals/${plant}`, {
    reason: '已调离',
    remove: true,
  })
  expect((await call('first', 'PUT', `/inspectors/${first.userId}`, values)).status).toBe(403)
  const { items } = (await call('elsewhere', 'GET', '/inspectors')).body
  expect(items.map((one: { userId: number }) => one.userId)).toEqual([town.elsewhere.userId])
  expect(head.userId).toBeGreaterThan(0)
  expect(await auditRows('inspection.absence-removed')).toBe(1)
})

test('pools are built of the registry; ceiling, kind and positive list of a unit are set with their reason', async () => {
  await insertPlant(database.db, 2, town.plantOwner, { permitClass: 'registered' })
  const built = await call('head', 'POST', '/pools/build', { regionCode: county })
  expect(built.body).toEqual({ added: 2, moved: 0, removed: 0 })
  expect((await call('head', 'POST', '/pools/build', { regionCode: county })).body.added).toBe(0)
  const pools = await call('head', 'GET', `/pools?regionCode=${county}`)
  expect(pools.body).toMatchObject({ level: 'county', quarter: '2026-Q4', officers: 3 })
  expect(pools.body.pools).toMatchObject([
    { kind: 'key', units: 1, rate: 0.25, quota: 1 },
    { kind: 'general', units: 1, officersRatio: 10, quota: 1 },
    { kind: 'special', units: 0, quota: 0 },
  ])
  const unit = await call('head', 'PUT', `/pools/units/${town.plant}`, {
    cap: { visits: 0, source: '本县公告' },
    positiveList: { from: '2026-01-01', to: '2026-12-31', reason: '连续三年无违法' },
    reason: '公布上限',
  })
  expect(unit.body).toMatchObject({ cap: 0, capSource: '本县公告', capReached: true, kind: 'key' })
  const { items } = (
    await call('head', 'GET', `/candidates?regionCode=${county}&from=2026-11-26&to=2026-12-02`)
  ).body
  const own = items.find((one: { enterprise: { id: number } }) => one.enterprise.id === town.plant)
  expect(own).toMatchObject({ kind: 'risk', exception: null })
  expect(own.blocked).toContain('频次上限')
})

test('a visit that no plan foresaw: two certified officers, and an exception where the ceiling is reached', async () => {
  const ask = {
    enterpriseId: town.plant,
    kind: 'risk',
    date: '2026-11-26',
    officers: [town.first.userId, town.second.userId],
    checklists: ['waste-gas'],
    reason: '群众反映异味',
    commandId: 'command-0001',
  }
  const blocked = await call('head', 'POST', '/tasks', ask)
  expect([blocked.status, blocked.body.code]).toEqual([409, 'inspection.blocked'])
  const alone = await call('head', 'POST', '/tasks', {
    ...ask,
    officers: [town.first.userId, town.head.userId],
    exception: 'complaint',
  })
  expect([alone.status, alone.body.code]).toEqual([422, 'inspection.officers-invalid'])
  const opened = await call('head', 'POST', '/tasks', { ...ask, exception: 'complaint' })
  expect([opened.status, opened.body.state, opened.body.number.slice(0, 9)]).toEqual([
    201,
    'assigned',
    'JC-629001',
  ])
  const again = await call('head', 'POST', '/tasks', { ...ask, exception: 'complaint' })
  expect(again.body.id).toBe(opened.body.id)
  const mine = await call('first', 'GET', '/tasks?mine=true&from=2026-11-26&to=2026-11-26')
  expect(mine.body.items.map((one: { id: number }) => one.id)).toEqual([opened.body.id])
  const { rows } = await database.db.pool.query('select from notice where topic = $1', ['inspection'])
  expect(rows.length).toBeGreaterThan(0)
})

test('the parcel answers 304 when nothing changed; operations come back by HTTP and the record prints', async () => {
  const task = await makeTask(database.db, town)
  const url = '/field-pack?from=2026-11-25&to=2026-11-26'
  const pack = await call('first', 'GET', url)
  expect([pack.status, pack.headers.etag]).toEqual([200, `"${pack.body.revision}"`])
  expect(pack.body.bytes).toBeLessThan(5 * 1024 * 1024)
  const same = await server.app.inject({
    method: 'GET',
    url: `/api/v1/inspections${url}`,
    headers: { 'x-actor': 'first', 'if-none-match': String(pack.headers.etag) },
  })
  expect(same.statusCode).toBe(304)
  const sync = await call('first', 'POST', '/field-sync', {
    device: 'phone-a',
    deviceTime: new Date(now).toISOString(),
    operations: [operation(task, 'record', { field: 'facts', value: '<b>现场</b>' })],
  })
  expect([sync.status, sync.body.results[0].status]).toEqual([200, 'applied'])
  const record = await call('head', 'GET', `/tasks/${task}/record.html`)
  expect(record.body).toContain('&lt;b&gt;现场&lt;/b&gt;')
  expect((await call('elsewhere', 'GET', `/tasks/${task}/record.html`)).status).toBe(404)
  expect((await call('enterprise', 'GET', url)).status).toBe(403)
  expect(await auditRows('inspection.field-synced')).toBe(1)
  const bad = await call('head', 'GET', '/tasks?cursor=WyJ4IiwxXQ')
  expect([bad.status, bad.body.code]).toEqual([400, 'request.cursor-invalid'])
})

test('checked at the desk: raised, verified, explained by the enterprise, registered as a problem', async () => {
  const { plant } = town
  const check = await call('first', 'GET', `/off-site/${plant}`)
  expect(check.body.items.map((one: { id: string }) => one.id)).toEqual([
    'connection',
    'transmission',
    'exceedances',
    'marks',
    'permit',
    'obligations',
    'leads',
    'maintenance',
  ])
  expect(check.body.items[4]).toMatchObject({ verdict: 'abnormal' })
  expect(check.body.remaining.length).toBeGreaterThan(20)
  const nothing = await call('first', 'POST', `/off-site/${plant}/findings`, { item: 'leads' })
  expect([nothing.status, nothing.body.code]).toEqual([422, 'inspection.finding-nothing'])
  const raised = await call('first', 'POST', `/off-site/${plant}/findings`, { item: 'permit' })
  expect(raised.body).toMatchObject({ state: 'raised', dueBasis: { status: 'unverified' } })
  expect(raised.body.dueAt).toBe('2026-11-27T00:00:00.000+08:00'.replace('.000', ''))
  expect((await call('enterprise', 'GET', '/findings')).body.items).toEqual([])
  const { id } = raised.body
  const early = await call('first', 'POST', `/findings/${id}/decide`, {
    version: 1,
    decision: 'case',
    note: '立案',
  })
  expect([early.status, early.body.code]).toEqual([409, 'inspection.finding-state'])
  await call('first', 'POST', `/findings/${id}/verify`, { version: 1, note: '平台确无有效许可证' })
  expect((await call('enterprise', 'GET', '/findings')).body.items).toMatchObject([{ id, state: 'verified' }])
  const explained = await call('enterprise', 'POST', `/findings/${id}/explain`, {
    version: 2,
    explanation: '延续申请在办',
  })
  expect(explained.body).toMatchObject({ state: 'explained', explanation: '延续申请在办' })
  const decided = await call('first', 'POST', `/findings/${id}/decide`, {
    version: 3,
    decision: 'case',
    note: '无证期间仍在排污',
  })
  expect(decided.body).toMatchObject({ state: 'closed', decision: 'case' })
  expect(decided.body.problemId).toBeGreaterThan(0)
  expect((await call('elsewhere', 'GET', '/findings')).body.items).toEqual([])
  expect(await auditRows('inspection.finding-decided')).toBe(1)
})

test('checklists come with their articles, and what happened on the same point before', async () => {
  const all = await call('first', 'GET', '/checklists')
  expect(all.body.items).toHaveLength(10)
  const task = await makeTask(database.db, town)
  await call('first', 'POST', '/field-sync', {
    device: 'phone-a',
    deviceTime: new Date(now).toISOString(),
    operations: [
      operation(task, 'answer', { item: 'waste-gas.bypass', verdict: 'not-conform', note: '挡板半开' }),
    ],
  })
  const cases = await call('first', 'GET', '/checklists/items/waste-gas.bypass/cases')
  expect(cases.body.items).toMatchObject([{ kind: 'inspection', finding: '挡板半开' }])
  expect((await call('elsewhere', 'GET', '/checklists/items/waste-gas.bypass/cases')).body.items).toEqual([])
  expect((await call('first', 'GET', '/checklists/items/none/cases')).status).toBe(404)
})

test('settings show where they come from and are changed with a source', async () => {
  const { items } = (await call('first', 'GET', '/settings')).body
  expect(
    items.every((one: { source: string; status: string }) => one.source !== '' && one.status !== ''),
  ).toBe(true)
  const body = { value: 3, source: '本县2026年公告', status: 'primary' }
  const put = await call('head', 'PUT', '/settings/cap.key', body)
  expect(put.body).toMatchObject(body)
  expect((await call('head', 'PUT', '/settings/none', body)).body.code).toBe('inspection.setting-unknown')
  expect((await call('first', 'PUT', '/settings/cap.key', body)).status).toBe(403)
})
