import { rmSync } from 'node:fs'
import { errorCodes } from '@shanshui/contract'
import { Type } from 'typebox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AppError } from '../errors.ts'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from '../testing/index.ts'
import { builtWebFixture } from './web.fixture.ts'

let database: TestDatabase
let server: TestApp
const webDir = builtWebFixture()

beforeAll(async () => {
  database = await createTestDatabase()
  server = await createTestApp(database.db, {
    actor: testActor('analyst'),
    config: { rateLimitPerMinute: 1000, bodyLimitKb: 16, webDir },
    routes: [
      () => async (app) => {
        const config = { public: true } as const
        app.get('/bug', { config }, async () => {
          throw new TypeError('secret of the inside')
        })
        app.get('/refuse', { config }, async () => {
          throw new AppError('job.unknown', { detail: '任务 7', status: 200, code: 'x', type: 'y', extra: 1 })
        })
        const schema = {
          querystring: Type.Object({
            day: Type.String({ format: 'date' }),
            n: Type.Optional(Type.Integer({ maximum: 5 })),
          }),
          response: { 200: Type.Object({ day: Type.String(), n: Type.Integer() }) },
        }
        app.get('/shape', { schema, config }, async (request) => ({
          day: request.query.day,
          n: request.query.n ?? 0,
        }))
        app.post(
          '/body',
          { schema: { body: Type.Object({ a: Type.Integer() }) }, config },
          async (request) => request.body,
        )
        const few = { ...config, rateLimit: { max: 2, timeWindow: '1 minute' } } as const
        app.get('/few', { config: few }, async () => ({ ok: true }))
        app.get('/slow', { config: { authenticated: true } }, async (request) =>
          database.db.asActor(request.actor, async (trx) => {
            await trx.query(`set local statement_timeout = '20ms'`)
            await trx.query('select pg_sleep(1)')
          }),
        )
        app.get('/big', { config }, async () => ({ text: 'x'.repeat(5000) }))
        app.post('/any', { schema: { body: Type.Unknown() }, config }, async () => ({ ok: true }))
        app.get<{ Querystring: { v: string } }>('/int', { config }, async (request) =>
          database.db.pool.query('select $1::int', [request.query.v]),
        )
        app.get('/nan', { config }, async () => ({ value: Number.NaN }))
      },
    ],
  })
})
afterAll(async () => {
  await server.close()
  await database.drop()
  rmSync(webDir, { recursive: true })
})

const get = (url: string, headers = {}) => server.app.inject({ url, headers })

test('a refusal is a problem document whose standard members extras cannot overwrite', async () => {
  const answer = await get('/api/v1/refuse')
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
  expect(answer.statusCode).toBe(404)
  expect(answer.json()).toEqual({
    type: '/problems/job.unknown',
    title: '没有这个任务',
    status: 404,
    code: 'job.unknown',
    detail: '任务 7',
    extra: 1,
    instance: `urn:request:${answer.headers['x-request-id']}`,
  })
})

test('a bug answers 500 without telling its inside', async () => {
  const answer = await get('/api/v1/bug')
  expect(answer.json()).toMatchObject({ status: 500, code: 'server.bug' })
  expect(answer.body).not.toContain('secret of the inside')
})

test('every code has a page, and other pages are not there', async () => {
  for (const code of errorCodes) {
    const page = await get(`/problems/${code}`)
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain(code)
  }
  expect((await get('/problems/none.such')).statusCode).toBe(404)
})

test('a wrong shape names each field', async () => {
  const answer = await get('/api/v1/shape?day=2022-02-30&n=9')
  expect(answer.json()).toMatchObject({ status: 400, code: 'request.invalid' })
  const paths = answer.json().errors.map((error: { path: string }) => error.path)
  expect(paths).toEqual(['querystring/day', 'querystring/n'])
  expect((await get('/api/v1/shape?day=2022-02-28&n=5')).json()).toEqual({ day: '2022-02-28', n: 5 })
})

test('broken JSON, a wrong media type and a body over the limit have their codes', async () => {
  const post = (payload: string, type = 'application/json') =>
    server.app.inject({ method: 'POST', url: '/api/v1/body', payload, headers: { 'content-type': type } })
  expect((await post('{"a":')).json()).toMatchObject({ status: 400, code: 'request.invalid' })
  expect((await post('a=1', 'text/csv')).json()).toMatchObject({
    status: 415,
    code: 'request.unsupported-media',
  })
  expect((await post(JSON.stringify({ a: 1, b: 'x'.repeat(20_000) }))).json()).toMatchObject({
    status: 413,
    code: 'request.body-too-large',
  })
  expect((await post('{"a":1}')).statusCode).toBe(200)
})

test('the limit on requests is told in headers and refused with a code', async () => {
  const first = await get('/api/v1/few')
  expect(first.headers['x-ratelimit-limit']).toBe('2')
  expect(first.headers['x-ratelimit-remaining']).toBe('1')
  await get('/api/v1/few')
  const third = await get('/api/v1/few')
  expect(third.json()).toMatchObject({ status: 429, code: 'request.too-many' })
  expect(Number(third.headers['retry-after'])).toBeGreaterThan(0)
})

test('a statement over its limit is a time-out, not a bug', async () => {
  expect((await get('/api/v1/slow')).json()).toMatchObject({ status: 503, code: 'request.timeout' })
})

test('answers are compressed, and NaN is null', async () => {
  expect((await get('/api/v1/big', { 'accept-encoding': 'br' })).headers['content-encoding']).toBe('br')
  expect((await get('/api/v1/nan')).json()).toEqual({ value: null })
})

test('the policy of contents allows workers from blobs and no foreign scripts', async () => {
  const policy = String((await get('/healthz')).headers['content-security-policy'])
  expect(policy).toContain("worker-src 'self' blob:")
  expect(policy).toContain("script-src 'self';")
})

test('a page of the browser gets the application, an unknown API address a problem', async () => {
  const page = await get('/air/stations', { accept: 'text/html' })
  expect(page.statusCode).toBe(200)
  expect(page.body).toContain('the application')
  expect((await get('/api/v1/none')).json()).toMatchObject({ status: 404, code: 'request.route-unknown' })
  expect((await get('/assets/none.js', { accept: 'text/html' })).statusCode).toBe(404)
  const asset = await get('/assets/app.js')
  expect(asset.headers['cache-control']).toContain('immutable')
})

test('probes answer without login; metrics only to this machine', async () => {
  expect((await get('/healthz')).json()).toMatchObject({ status: 'ok' })
  expect((await get('/readyz')).json()).toMatchObject({ status: 'ok' })
  expect((await get('/metrics')).body).toContain('shanshui_http_request_seconds')
  for (const header of ['x-forwarded-for', 'forwarded'])
    expect((await get('/metrics', { [header]: 'for=10.1.2.3' })).statusCode).toBe(403)
  const far = await server.app.inject({ url: '/metrics', remoteAddress: '10.1.2.3' })
  expect(far.json()).toMatchObject({ status: 403, code: 'auth.forbidden' })
})

test('a route that does not say who may keeps the server from starting', async () => {
  const build = createTestApp(database.db, {
    routes: [
      () => async (app) => {
        app.get('/open-door', async () => 'hello')
      },
    ],
  })
  await expect(build).rejects.toThrow(/GET \/api\/v1\/open-door.*exactly one of permission/)
})

test('text that PostgreSQL cannot store is refused wherever it stands', async () => {
  const post = (body: unknown) =>
    server.app.inject({ method: 'POST', url: '/api/v1/any', payload: { deep: [{ body }] } })
  expect((await post('祁川 😀')).statusCode).toBe(200)
  for (const text of ['a\0b', '\ud83d']) {
    const answer = await post(text)
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'request.invalid'])
    expect(answer.json().errors[0].path).toBe('body/deep/0/body')
  }
  expect((await get('/api/v1/shape?day=2026-01-01%00')).statusCode).toBe(400)
})

test('a body nested too deep for a recursive reader is refused, not a fault of ours', async () => {
  const nested = (levels: number) =>
    server.app.inject({
      method: 'POST',
      url: '/api/v1/any',
      headers: { 'content-type': 'application/json' },
      payload: '['.repeat(levels) + ']'.repeat(levels),
    })
  expect((await nested(20)).statusCode).toBe(200)
  const answer = await nested(8_000)
  expect([answer.statusCode, answer.json().code]).toEqual([400, 'request.invalid'])
})

test('a value that its column cannot hold is a refusal without the words of the database', async () => {
  for (const value of ['2147483648', '1e308', 'x']) {
    const answer = await get(`/api/v1/int?v=${value}`)
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'request.invalid'])
    expect(answer.body).not.toMatch(/out of range|syntax/)
  }
})

test('an address that is no address gets a problem document as well', async () => {
  const answer = await get('/%')
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
  expect([answer.statusCode, answer.json().code]).toEqual([400, 'request.invalid'])
})
