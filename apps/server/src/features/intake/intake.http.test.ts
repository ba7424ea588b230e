import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import { upsertFeature, upsertRegion } from '../registry/index.ts'
import { internLayout, readSeries, writeObservations } from '../series/index.ts'
import { verifyBundle } from './evidence-bundle.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { importJob, intakeRoutes } from './index.ts'
import { TestDevice } from './test-device.ts'

const series = { internLayout, writeObservations, readSeries }
const mn = '010000A8900016F000169DC0'
const hourMs = 3_600_000
const thisHour = Math.floor(Date.now() / hourMs) * hourMs
const iso = (ms: number) => new Date(ms).toISOString()

let database: TestDatabase
let test: TestApp
let gateway: Gateway
let pointId: number

beforeAll(async () => {
  database = await createTestDatabase()
  pointId = await database.db.transaction(async (trx) => {
    await upsertRegion(trx, 'system', {
      code: 629000,
      name: '祁川市',
      level: 'city',
      parentCode: null,
    } as never)
    const point = await upsertFeature(trx, 'system', {
      kind: 'air-station',
      code: 'A',
      name: '站A',
      regionCode: 629000,
      lon: 102,
      lat: 38,
      properties: { siteRole: 'assessment', zoneClass: 2, cityCode: 'c' },
    } as never)
    return point.id
  })
  test = await createTestApp(database.db, {
    routes: [(deps) => intakeRoutes(deps, series)],
    actor: testActor('analyst'),
    live: true,
  })
  test.deps.jobs.register(importJob(test.deps, series))
  gateway = await startGateway(test.deps, series, { host: '127.0.0.1', port: 0, requeryEveryMs: 0 })
})
afterAll(async () => {
  await gateway.stop()
  await test.close()
  await database.drop()
})

async function call(method: 'GET' | 'POST' | 'PUT', url: string, body?: object) {
  const response = await test.app.inject({ method, url: `/api/v1${url}`, ...(body && { payload: body }) })
  return {
    status: response.statusCode,
    body: response.json() as Record<string, unknown>,
    headers: response.headers,
  }
}
const get = (url: string) => call('GET', url)
async function eventually<T>(read: () => Promise<T>, good: (value: T) => boolean): Promise<T> {
  for (let i = 0; ; i++) {
    const value = await read()
    if (good(value) || i === 120) return value
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

describe('routes of intake, every answer held against its contract', () => {
  it('registers a station, shows it, and never shows its password', async () => {
    const missing = await call('PUT', `/gateway/stations/${mn}`, { pointId, reason: '登记' })
    expect(missing).toMatchObject({ status: 422, body: { code: 'intake.password-required' } })
    const saved = await call('PUT', `/gateway/stations/${mn}`, {
      pointId,
      password: '123456',
      reason: '登记',
    })
    expect(saved).toMatchObject({ status: 200, body: { mn, online: 'never-seen', defaultPassword: true } })
    expect(JSON.stringify(saved.body)).not.toContain('123456')
    expect((await get('/gateway/stations')).body.items).toHaveLength(1)
  })

  it('shows what the gateway does: status, connections, online state', async () => {
    await gateway.reload()
    const device = await TestDevice.connect(gateway.port)
    const factors = { a34004: { Avg: '35', Flag: 'N' } }
    expect(await device.send({ mn, pw: '123456', dataTimeMs: thisHour - 2 * hourMs, factors })).toBe('9014')
    await device.send({ mn: 'NOBODY', dataTimeMs: thisHour, factors }, 200)
    const stations = await eventually(
      () => get('/gateway/stations'),
      ({ body }) => (body.items as { frames: number }[])[0]!.frames > 0,
    )
    expect(stations.body.items).toMatchObject([{ online: 'online', frames: 1, duplicates: 0 }])
    const connections = await eventually(
      () => get('/gateway/connections?open=true'),
      ({ body }) => (body.items as unknown[]).length > 0,
    )
    expect(connections.body.items).toMatchObject([{ closedAt: null, frames: 2 }])
    device.close()
    expect((await get('/gateway/status')).body).toMatchObject({ running: true })
  })

  it('shows quarantine by group, as a list, and one frame with its raw bytes and its named error', async () => {
    const groups = await get('/gateway/quarantine/groups')
    expect(groups.body.items).toMatchObject([
      { reason: 'mn-unknown', mn: 'NOBODY', open: 1, reasonText: 'MN 未登记' },
    ])
    const list = await get('/gateway/quarantine?reason=mn-unknown&state=open&limit=1')
    const [item] = list.body.items as unknown as { id: string }[]
    expect(list.body.next).toBe(item!.id)
    expect((await get(`/gateway/quarantine?cursor=${list.body.next}`)).body.items).toEqual([])
    const detail = await get(`/gateway/quarantine/${item!.id}`)
    expect(detail.body).toMatchObject({
      raw: { text: expect.stringContaining('MN=NOBODY'), hex: expect.stringMatching(/^2323/) },
    })
    expect((await get('/gateway/quarantine/999')).body).toMatchObject({ code: 'intake.quarantine-unknown' })
    expect(await call('POST', '/gateway/quarantine/release', { reason: '试' })).toMatchObject({
      status: 422,
      body: { code: 'intake.quarantine-selection-empty' },
    })
    expect(
      await call('POST', '/gateway/quarantine/release', { ids: [item!.id], reason: '试' }),
    ).toMatchObject({
      status: 200,
      body: { released: 0, stillFailing: [{ id: item!.id, reason: 'mn-unknown' }] },
    })
    expect(
      await call('POST', '/gateway/quarantine/dismiss', { mn: 'NOBODY', reason: '不是本市站点' }),
    ).toMatchObject({ body: { dismissed: 1 } })
  })

  it('queues commands, and refuses a range that runs backwards or is too long', async () => {
    const bad = { mn, kind: 'query-hours', from: iso(thisHour), to: iso(thisHour - hourMs) }
    expect(await call('POST', '/gateway/commands', bad)).toMatchObject({
      status: 422,
      body: { code: 'intake.command-range-invalid' },
    })
    const unknown = { mn: 'X', kind: 'read-time' }
    expect(await call('POST', '/gateway/commands', unknown)).toMatchObject({
      status: 404,
      body: { code: 'intake.station-unknown' },
    })
    const good = { mn, kind: 'query-hours', from: iso(thisHour - hourMs), to: iso(thisHour) }
    expect(await call('POST', '/gateway/commands', good)).toMatchObject({
      status: 202,
      body: { state: 'queued', automatic: false },
    })
    expect((await get(`/gateway/commands?mn=${mn}`)).body.items).toHaveLength(1)
  })

  it('shows missing hours with their reasons and takes planned stops', async () => {
    const grid = await get(
      `/gateway/missing-hours?from=${encodeURIComponent(iso(thisHour - 4 * hourMs))}&hours=5`,
    )
    const { reasons, stations } = grid.body as unknown as {
      reasons: { code: string }[]
      stations: { cells: number[]; missingItems: number[] }[]
    }
    expect(stations[0]!.cells.map((c) => reasons[c]!.code)[4]).toBe('not-yet-due')
    expect(stations[0]!.missingItems[2]).toBe(5) // only PM2.5 came
    const stop = { pointId, from: iso(thisHour + hourMs), to: iso(thisHour + 2 * hourMs), reason: '检修' }
    expect(await call('POST', '/gateway/planned-stops', stop)).toMatchObject({
      status: 201,
      body: { reason: '检修' },
    })
    expect(await call('POST', '/gateway/planned-stops', { ...stop, to: stop.from })).toMatchObject({
      status: 422,
      body: { code: 'intake.planned-stop-invalid' },
    })
    expect((await get('/gateway/planned-stops')).body.items).toHaveLength(1)
  })

  it('shows the journal: days, a record, verification, a bundle that proves itself', async () => {
    const days = await get('/journal/days')
    const [day] = days.body.items as unknown as { day: string; sealed: boolean }[]
    expect(day).toMatchObject({ sealed: false })
    expect((await call('POST', `/journal/days/${day!.day}/verify`)).body).toMatchObject({
      ok: true,
      faults: [],
    })
    expect((await call('POST', `/journal/days/${day!.day}/seal`)).body).toMatchObject({
      code: 'intake.journal-day-open',
    })
    const table = await readSeries(database.db.pool, {
      period: 'hour',
      pointIds: [pointId],
      fromMs: thisHour - 2 * hourMs,
      toMs: thisHour,
      factors: ['a34004'],
    })
    const record = await get(`/journal/records/${table.msg[0]}`)
    expect(record.body).toMatchObject({
      kind: 'frames',
      source: 'gateway',
      raw: { text: expect.stringContaining('a34004-Avg=35') },
      file: null,
    })
    expect(await get('/journal/records/1')).toMatchObject({
      status: 404,
      body: { code: 'intake.record-unknown' },
    })
    const tar = await test.app.inject(`/api/v1/journal/days/${day!.day}/evidence.tar?msg=${table.msg[0]}`)
    expect(tar.headers['content-type']).toBe('application/x-tar')
    const bytes = tar.rawPayload
    expect(
      await verifyBundle({ size: bytes.length, read: (o, n) => bytes.subarray(o, o + n) }),
    ).toMatchObject({ ok: true })
    expect((await get('/journal/days?cursor=nonsense')).body).toMatchObject({
      code: 'request.cursor-invalid',
    })
  })

  it('lists imports and refuses to cancel one that has ended', async () => {
    const form = new FormData()
    form.set('kind', 'air-hours')
    form.set('file', new Blob(['date,hour,site,PM2.5\n2020-01-01,1,A,30\n']), 'one.csv')
    const request = new Request('http://x/', { method: 'POST', body: form })
    const made = await test.app.inject({
      method: 'POST',
      url: '/api/v1/imports',
      headers: { 'content-type': request.headers.get('content-type')! },
      payload: Buffer.from(await request.arrayBuffer()),
    })
    const { id } = made.json() as { id: number }
    await eventually(
      () => get(`/imports/${id}`),
      ({ body }) => body.state === 'done',
    )
    expect((await get('/imports')).body.items).toMatchObject([
      { id, state: 'done', rows: 1, uploadedBy: 'test analyst' },
    ])
    expect(await call('POST', `/imports/${id}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'intake.import-finished' },
    })
    expect(await get('/imports/999')).toMatchObject({ status: 404, body: { code: 'intake.import-unknown' } })
  })
})
