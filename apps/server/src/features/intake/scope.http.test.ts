/** What a county's people must not learn or change of the county next door, by any door of the room. */
import { encodeFrame } from '@shanshui/hj212'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../platform/actor.ts'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import { upsertFeature, upsertRegion } from '../registry/index.ts'
import { internLayout, readSeries, writeObservations } from '../series/index.ts'
import { saveConnections } from './gateway.repository.ts'
import { saveStation } from './gateway.service.ts'
import { importFile, intakeRoutes } from './index.ts'
import { appendBlock, appendDecision } from './journal.ts'

const series = { internLayout, writeObservations, readSeries }
const city = testActor('analyst')
/** A county's own people with the duties of a bureau: the region alone holds them back. */
const county = testActor('analyst', { regions: '{[629002,629003)}' })
const [farMn, ownMn] = ['629001AA00000000009901A0', '629002AA00000000009905A0']

let database: TestDatabase
let server: TestApp
let far: number
let own: number
let importId: number
const msgs: Record<'farFrame' | 'ownFrame' | 'file' | 'farDecision' | 'ownDecision', string> = {
  farFrame: '',
  ownFrame: '',
  file: '',
  farDecision: '',
  ownDecision: '',
}

beforeAll(async () => {
  database = await createTestDatabase()
  const { db } = database
  server = await createTestApp(db, {
    routes: [(deps) => intakeRoutes(deps, series)],
    authenticate: () => async (request) => ({
      actor: request.headers['x-test-county'] === '1' ? county : city,
      via: 'key',
      csrfToken: null,
      mustChangePassword: false,
    }),
  })
  ;[far, own] = (await db.transaction(async (trx) => {
    const ids: number[] = []
    for (const [code, regionCode] of [
      ['9901A', 629001],
      ['9905A', 629002],
    ] as const) {
      await upsertRegion(trx, 'system', { code: regionCode, name: code, level: 'county', parentCode: null })
      const point = await upsertFeature(trx, 'system', {
        kind: 'air-station',
        code,
        name: `站${code}`,
        regionCode,
        ownerId: 1,
        lon: 102,
        lat: 38,
        properties: { siteRole: 'assessment', zoneClass: 2, cityCode: 'c' },
      })
      ids.push(point.id)
    }
    return ids
  })) as [number, number]
  const { deps } = server
  await saveStation(deps, city, { mn: farMn, pointId: far, password: 'secret', reason: '登记' })
  await saveStation(deps, city, { mn: ownMn, pointId: own, password: 'secret', reason: '登记' })
  await saveConnections(db.pool, 'run', [connection(1, farMn), connection(2, ownMn)])
  const text = '站点编码,时间,PM2.5\n9901A,2026-01-01 01:00,七十一\n9905A,2026-01-01 01:00,32\n'
  const upload = {
    kind: 'air-hours' as const,
    fileName: '全市.csv',
    hourLabel: 'end' as const,
    bytes: Buffer.from(text),
  }
  const { result } = await importFile(deps, series, upload, () => undefined)
  importId = result.id
  expect(result).toMatchObject({ state: 'done', errors: 1 })
  msgs.file = String(BigInt(result.block ?? 0) * 65_536n + 1n)
  await db.transaction(async (trx) => {
    const about = { receivedFromMs: Date.now(), receivedToMs: Date.now(), source: 'gateway' }
    const block = await appendBlock(trx, 'frames', [frame(farMn), frame(ownMn)], about)
    msgs.farFrame = String(block.msgOf(0))
    msgs.ownFrame = String(block.msgOf(1))
    const decision = { type: 'mark', by: 1, atMs: Date.now(), reason: '校准' }
    msgs.farDecision = String(await appendDecision(trx, { ...decision, body: { pointIds: [own, far] } }))
    msgs.ownDecision = String(await appendDecision(trx, { ...decision, body: { pointId: own } }))
  })
})
afterAll(async () => {
  await server.close()
  await database.drop()
})

const frame = (mn: string) =>
  encodeFrame({ version: '2017', qn: '20260101010000000', st: '22', cn: '2011', pw: 'secret', mn, cp: 'a=1' })

const connection = (number: number, mn: string) => ({
  number,
  address: `10.0.0.${number}:2000`,
  openedMs: Date.now(),
  lastFrameMs: Date.now(),
  frames: 1,
  badFrames: 0,
  mns: [mn],
  closedMs: 0,
  closeReason: null,
})

async function answer(actor: Actor, url: string, body?: object) {
  const response = await server.app.inject({
    method: body === undefined ? 'GET' : url.includes('/stations/') ? 'PUT' : 'POST',
    url: `/api/v1${url}`,
    headers: { 'x-test-county': actor === county ? '1' : '0' },
    ...(body !== undefined && { payload: body }),
  })
  return { status: response.statusCode, text: response.body }
}

test.each(['farFrame', 'file', 'farDecision'] as const)(
  'the raw record of %s opens to the city only',
  async (which) => {
    expect((await answer(city, `/journal/records/${msgs[which]}`)).status).toBe(200)
    const refused = await answer(county, `/journal/records/${msgs[which]}`)
    expect([refused.status, refused.text.includes('auth.forbidden')]).toEqual([403, true])
  },
)

test.each(['ownFrame', 'ownDecision'] as const)('the raw record of %s opens to the county', async (which) => {
  expect((await answer(county, `/journal/records/${msgs[which]}`)).status).toBe(200)
})

test('the evidence of a whole day is taken out by who sees the whole', async () => {
  const { rows } = await database.db.pool.query<{ day: string }>('select day::text from journal_day')
  const url = `/journal/days/${rows[0]?.day}/evidence.tar`
  expect((await answer(city, url)).status).toBe(200)
  expect((await answer(county, url)).status).toBe(403)
})

test('lines of a file for several counties are shown to who sees all of them', async () => {
  for (const url of [`/imports/${importId}`, `/imports/${importId}/errors.csv`]) {
    const shown = await answer(city, url)
    expect([shown.status, shown.text.includes('七十一')]).toEqual([200, true])
    const refused = await answer(county, url)
    expect([refused.status, refused.text.includes('七十一')]).toEqual([403, false])
  }
})

test('connections of stations elsewhere are not listed', async () => {
  expect((await answer(city, '/gateway/connections')).text).toContain(farMn)
  const listed = (await answer(county, '/gateway/connections')).text
  expect([listed.includes(ownMn), listed.includes(farMn)]).toEqual([true, false])
})

test('an MN cannot be taken away from a station elsewhere, nor a station there be registered', async () => {
  const body = { password: 'mine', reason: '改登记' }
  expect((await answer(county, `/gateway/stations/${farMn}`, { ...body, pointId: own })).status).toBe(403)
  expect((await answer(county, '/gateway/stations/629002NEW', { ...body, pointId: far })).status).toBe(404)
  const { rows } = await database.db.pool.query('select point_id from hj212_station where mn = $1', [farMn])
  expect(rows).toEqual([{ point_id: far }])
})

test('public points elsewhere are seen, and neither registered, nor stopped, nor commanded', async () => {
  const { db } = database
  await db.pool.query('update feature set owner_id = 0 where id = $1', [far])
  try {
    const stop = {
      pointId: far,
      from: '2026-01-01T00:00:00+08:00',
      to: '2026-01-02T00:00:00+08:00',
      reason: '停',
    }
    expect((await answer(county, '/gateway/stations')).text).toContain(farMn)
    expect((await answer(county, '/gateway/planned-stops', stop)).status).toBe(403)
    expect((await answer(county, '/gateway/commands', { mn: farMn, kind: 'set-time' })).status).toBe(403)
    const release = { mn: 'x', pointId: far, reason: '放行' }
    expect((await answer(county, '/gateway/quarantine/release', release)).status).toBe(403)
    const register = { password: 'mine', reason: '登记', pointId: far }
    expect((await answer(county, '/gateway/stations/629002NEW', register)).status).toBe(403)
  } finally {
    await db.pool.query('update feature set owner_id = 1 where id = $1', [far])
  }
})
