import type { Feature, FeatureImportResult } from '@shanshui/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../platform/actor.ts'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import { assessmentStationsOf, listPoints, registryRoutes, upsertFeature, upsertRegion } from './index.ts'

let database: TestDatabase
let server: TestApp
let actor: Actor = testActor('analyst')

beforeAll(async () => {
  database = await createTestDatabase()
  server = await createTestApp(database.db, {
    routes: [registryRoutes],
    authenticate: () => async () => ({ actor, via: 'key', csrfToken: null, mustChangePassword: false }),
  })
  await database.db.transaction(async (trx) => {
    const square = (x: number) => ({
      type: 'Polygon' as const,
      coordinates: [
        [
          [x, 38],
          [x + 1, 38],
          [x + 1, 39],
          [x, 39],
          [x, 38],
        ],
      ],
    })
    await upsertRegion(trx, 'system', {
      code: 629000,
      name: '祁川市',
      level: 'city',
      parentCode: null,
      boundary: square(102),
    })
    await upsertRegion(trx, 'system', {
      code: 629001,
      name: '金河区',
      level: 'county',
      parentCode: 629000,
      boundary: square(102),
    })
    await upsertRegion(trx, 'system', { code: 629002, name: '石岭区', level: 'county', parentCode: 629000 })
  })
})
afterAll(async () => {
  await server.close()
  await database.drop()
})

const station = (code: string, more: Record<string, unknown> = {}) => ({
  kind: 'air-station',
  code,
  name: `站点${code}`,
  regionCode: 629001,
  lon: 102.2,
  lat: 38.5,
  properties: { siteRole: 'assessment', zoneClass: 2 },
  ...more,
})

async function as<T>(who: Actor, work: () => Promise<T>): Promise<T> {
  const before = actor
  actor = who
  try {
    return await work()
  } finally {
    actor = before
  }
}

const post = (payload: object) => server.app.inject({ method: 'POST', url: '/api/v1/features', payload })

test('a feature is made, read, changed with its version, and keeps its history', async () => {
  const made = await post(station('A1'))
  expect(made.statusCode).toBe(201)
  const feature = made.json<Feature>()
  expect(feature).toMatchObject({ version: 1, regionName: '金河区', ownerId: 0, lon: 102.2 })
  const { kind: _, ...input } = station('A1', { name: '市监测站' })
  const put = (version: number) =>
    server.app.inject({
      method: 'PUT',
      url: `/api/v1/features/${feature.id}`,
      payload: { ...input, version },
    })
  expect((await put(1)).json()).toMatchObject({ name: '市监测站', version: 2 })
  expect((await put(1)).json()).toMatchObject({ status: 412, code: 'request.changed-meanwhile' })
  const history = await server.app.inject({ url: `/api/v1/features/${feature.id}/history` })
  expect(
    history
      .json()
      .items.map((item: { version: number; feature: Feature }) => [item.version, item.feature.name]),
  ).toEqual([
    [2, '市监测站'],
    [1, '站点A1'],
  ])
})

test('properties are held against the schema of the kind, every fault named', async () => {
  const answer = await post(
    station('A9', { properties: { siteRole: 'somewhere', zoneClass: 3, colour: 'red' } }),
  )
  expect(answer.json()).toMatchObject({ status: 422, code: 'registry.feature-invalid' })
  const paths = answer.json().errors.map((error: { path: string }) => error.path)
  expect(paths).toEqual(expect.arrayContaining(['properties/siteRole', 'properties/zoneClass']))
})

test('a code is taken once per kind, and a region must exist', async () => {
  await post(station('A2'))
  expect((await post(station('A2'))).json()).toMatchObject({ status: 409, code: 'registry.code-taken' })
  expect((await post(station('A3', { regionCode: 629099 }))).json()).toMatchObject({
    status: 422,
    code: 'registry.region-unknown',
  })
  expect((await post({ ...station('A4'), kind: 'castle' })).json()).toMatchObject({
    status: 404,
    code: 'registry.kind-unknown',
  })
})

test('a feature of another organisation is not there for an enterprise, nor can it be changed', async () => {
  const made = (await post(station('E5', { ownerId: 5 }))).json<Feature>()
  const own = testActor('analyst', { owner: 6 })
  await as(own, async () => {
    expect((await server.app.inject({ url: `/api/v1/features/${made.id}` })).json()).toMatchObject({
      status: 404,
      code: 'registry.feature-unknown',
    })
    const { kind: _, ...input } = station('E5')
    const put = await server.app.inject({
      method: 'PUT',
      url: `/api/v1/features/${made.id}`,
      payload: { ...input, version: 1 },
    })
    expect(put.statusCode).toBe(404)
    expect((await post(station('E6', { ownerId: 5 }))).json()).toMatchObject({
      status: 403,
      code: 'auth.forbidden',
    })
    expect((await post(station('E7', { ownerId: 0 }))).json()).toMatchObject({
      status: 403,
      code: 'auth.forbidden',
    })
    expect((await post(station('E8', { ownerId: 6 }))).statusCode).toBe(201)
  })
})

test('public data of another county is seen and cannot be changed', async () => {
  const made = (await post(station('P1', { regionCode: 629002 }))).json<Feature>()
  await as(testActor('analyst', { regions: '{[629001,629002)}' }), async () => {
    expect((await server.app.inject({ url: `/api/v1/features/${made.id}` })).statusCode).toBe(200)
    const { kind: _, ...input } = station('P1')
    const put = await server.app.inject({
      method: 'PUT',
      url: `/api/v1/features/${made.id}`,
      payload: { ...input, version: 1 },
    })
    expect(put.statusCode).toBe(403)
  })
  const { rows } = await database.db.pool.query(
    `select object from audit where action = 'access.refused' order by seq desc limit 1`,
  )
  expect(rows[0].object).toBe('PUT /api/v1/features/:id')
})

test('pages follow one another without gap', async () => {
  const all = (await server.app.inject({ url: '/api/v1/features?limit=1000' })).json().items
  const walked: Feature[] = []
  let cursor = ''
  do {
    const page = (await server.app.inject({ url: `/api/v1/features?limit=2${cursor}` })).json()
    walked.push(...page.items)
    cursor = page.next === null ? '' : `&cursor=${page.next}`
  } while (cursor !== '')
  expect(walked).toEqual(all)
  expect(all.length).toBeGreaterThan(4)
})

test('search and box narrow the list', async () => {
  await post(station('FAR', { name: '远山站', lon: 103.9, lat: 39.9 }))
  const list = async (query: string) =>
    (await server.app.inject({ url: `/api/v1/features?${query}` })).json().items.map((f: Feature) => f.code)
  expect(await list(`search=${encodeURIComponent('远山')}`)).toEqual(['FAR'])
  expect(await list('bbox=103.5,39.5,104,40')).toEqual(['FAR'])
  expect((await server.app.inject({ url: '/api/v1/features?bbox=1,2,3' })).json()).toMatchObject({
    code: 'request.invalid',
  })
})

test('regions and features come as GeoJSON', async () => {
  const regions = (await server.app.inject({ url: '/api/v1/regions.geojson' })).json()
  expect(regions.features[0]).toMatchObject({
    id: 629000,
    geometry: { type: 'Polygon' },
    properties: { lon: 102.5, lat: 38.5 },
  })
  const features = (
    await server.app.inject({ url: '/api/v1/features.geojson?kind=air-station&search=FAR' })
  ).json()
  expect(features.features[0]).toMatchObject({ geometry: { type: 'Point', coordinates: [103.9, 39.9] } })
})

function upload(name: string, content: Buffer): Promise<{ statusCode: number; json: <T>() => T }> {
  const boundary = 'xxshanshuixx'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  return server.app.inject({
    method: 'POST',
    url: '/api/v1/registry/kinds/air-station/import',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  })
}

test('an exported sheet reads back unchanged', async () => {
  const sheet = await server.app.inject({ url: '/api/v1/registry/kinds/air-station/export/xlsx' })
  const before = await listPoints(database.db.pool, { kind: 'air-station' })
  const result = (await upload('stations.xlsx', sheet.rawPayload)).json<FeatureImportResult>()
  expect(result).toEqual({ created: 0, updated: 0, unchanged: before.length, errors: [] })
  expect(await listPoints(database.db.pool, { kind: 'air-station' })).toEqual(before)
})

test('good lines of a file are kept, bad ones named by line and field', async () => {
  const feature = (code: string, properties: object) => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [102.3, 38.6] },
    properties: { code, name: code, regionCode: 629001, siteRole: 'assessment', zoneClass: 2, ...properties },
  })
  const collection = {
    type: 'FeatureCollection',
    features: [
      feature('G1', {}),
      feature('G2', { zoneClass: 9 }),
      feature('G3', { regionCode: 629099 }),
      feature('G4', { name: null }),
    ],
  }
  const result = (
    await upload('s.geojson', Buffer.from(JSON.stringify(collection)))
  ).json<FeatureImportResult>()
  expect(result).toMatchObject({ created: 1, updated: 0, unchanged: 0 })
  expect(result.errors.map((error) => error.line)).toEqual(expect.arrayContaining([2, 3, 4]))
  expect(result.errors.find((error) => error.line === 2)?.column).toBe('properties/zoneClass')
  expect(result.errors.some((error) => error.line === 1)).toBe(false)
})

test('lines of a file with values that no column holds are named, and the others kept', async () => {
  const feature = (code: unknown, properties: object) => ({
    geometry: { type: 'Point', coordinates: [102.3, 38.6] },
    properties: { code, name: '站', regionCode: 629001, siteRole: 'assessment', zoneClass: 2, ...properties },
  })
  const features = [
    feature('H1', {}),
    feature({ a: 1 }, {}),
    feature('H3', { validFrom: 'nope' }),
    feature('H4', { validFrom: '2026-02-30' }),
    feature('H5\0', {}),
    feature('H'.repeat(100), {}),
    feature('H7', { lon: 1e308, lat: 1 }),
  ]
  const file = Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }))
  const answer = await upload('s.geojson', file)
  const result = answer.json<FeatureImportResult>()
  expect([answer.statusCode, result.created]).toEqual([200, 1])
  expect([...new Set(result.errors.map((error) => error.line))]).toEqual([2, 3, 4, 5, 6, 7])
  expect(result.errors.find((error) => error.line === 6)?.column).toBe('code')
})

test.each(['multipart/form-data', 'multipart/form-data; boundary=x'])(
  'a form cut off is refused: %s',
  async (type) => {
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/v1/registry/kinds/air-station/import',
      headers: { 'content-type': type },
      payload: '--x\r\ncontent-disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\nabc',
    })
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'request.invalid'])
  },
)

test('a file that is no sheet is refused', async () => {
  expect((await upload('s.xlsx', Buffer.from('hello'))).json()).toMatchObject({
    status: 422,
    code: 'registry.file-unreadable',
  })
})

test('the assessment stations of a city are its members with that role', async () => {
  const { db } = database
  const city = await db.transaction(async (trx) => {
    await upsertFeature(trx, 'system', station('C1'))
    await upsertFeature(
      trx,
      'system',
      station('C2', { properties: { siteRole: 'clean-control', zoneClass: 1 } }),
    )
    await upsertFeature(trx, 'system', station('C3'))
    return upsertFeature(trx, 'system', {
      kind: 'air-city',
      code: '629000',
      name: '祁川市',
      regionCode: 629000,
      properties: { members: ['C1', 'C2'] },
    })
  })
  expect((await assessmentStationsOf(db.pool, city.id)).map((p) => p.code)).toEqual(['C1'])
})

const putRegion = (code: number, payload: object) =>
  server.app.inject({ method: 'PUT', url: `/api/v1/regions/${code}`, payload })

test('a region is registered, keeps its boundary when renamed, and needs a parent that is there', async () => {
  const boundary = {
    type: 'Polygon',
    coordinates: [
      [
        [103, 38],
        [104, 38],
        [104, 39],
        [103, 38],
      ],
    ],
  }
  const made = await putRegion(629_021, { name: '禾川', level: 'county', parentCode: 629_000, boundary })
  expect(made.statusCode).toBe(200)
  expect(made.json()).toMatchObject({ code: 629_021, name: '禾川', lon: 103.5, lat: 38.5 })
  await putRegion(629_021, { name: '禾川县', level: 'county', parentCode: 629_000 })
  const shapes = (await server.app.inject({ url: '/api/v1/regions.geojson' })).json()
  const shape = shapes.features.find((feature: { id: number }) => feature.id === 629_021)
  expect(shape).toMatchObject({ geometry: boundary, properties: { name: '禾川县' } })
  const orphan = await putRegion(629_022, { name: '无上级县', level: 'county', parentCode: 629_900 })
  expect([orphan.statusCode, orphan.json().code]).toEqual([422, 'registry.region-unknown'])
})

test('a region outside the own scope is not for its person to change', async () => {
  const refused = await putRegion(630_100, { name: '邻市', level: 'city' })
  expect([refused.statusCode, refused.json().code]).toEqual([403, 'auth.forbidden'])
})
