import { readSheet } from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../platform/actor.ts'
import { fixedClock } from '../../platform/clock.ts'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import { hourRows, makeTestCity, type TestCity, writeHours } from './air-fixture.ts'
import { drainDirty } from './rollup.service.ts'
import { seriesRoutes } from './series.routes.ts'

const at = (text: string) => Date.parse(`${text}T00:00:00+08:00`)
let test: TestDatabase
let city: TestCity
let served: TestApp
let actor: Actor = testActor('analyst')
const station = () => city.stationIds[0] ?? 0

beforeAll(async () => {
  test = await createTestDatabase()
  city = await makeTestCity(test.db)
  await writeHours(
    test.db,
    hourRows(city, city.stationIds, at('2022-05-01'), at('2022-05-02'), (_, ms, item) =>
      item === 3 && ms === at('2022-05-01') ? Number.NaN : 20 + item,
    ),
  )
  await test.db.transaction((trx) => drainDirty(trx))
  served = await createTestApp(test.db, {
    routes: [seriesRoutes],
    clock: fixedClock(at('2022-06-01')),
    authenticate: () => async () => ({ actor, via: 'key', csrfToken: null, mustChangePassword: false }),
  })
})
afterAll(async () => {
  await served.close()
  await test.drop()
})

const get = (path: string) => served.app.inject({ method: 'GET', url: `/api/v1${path}` })
const post = (path: string, payload: object) =>
  served.app.inject({ method: 'POST', url: `/api/v1${path}`, payload })

describe('series over HTTP', () => {
  it('answers observations in columns, missing values as null', async () => {
    const reply = await get(
      `/points/${station()}/observations?period=hour&from=2022-05-01&to=2022-05-02&factors=a34004,a21004`,
    )
    expect(reply.statusCode).toBe(200)
    const body = reply.json()
    expect(body.count).toBe(24)
    expect(body.times[0]).toBe('2022-05-01T00:00:00+08:00')
    expect(body.values.a34004.slice(0, 2)).toEqual([20, 20])
    expect(body.values.a21004.slice(0, 2)).toEqual([null, 23])
    expect(body.flags.a21004).toHaveLength(24)
  })

  it('names every fault of a query', async () => {
    const wrong = await get(`/points/${station()}/observations?period=week&from=2022-05-01&to=2022-05-02`)
    expect(wrong.statusCode).toBe(400)
    const reversed = await get(`/points/${station()}/observations?period=hour&from=2022-05-02&to=2022-05-01`)
    expect(reversed.json()).toMatchObject({ status: 422, code: 'series.range-invalid' })
    const noDay = await get(`/points/${station()}/observations?period=hour&from=2022-02-30&to=2022-05-01`)
    expect(noDay.json()).toMatchObject({ code: 'series.range-invalid', detail: 'from 为“2022-02-30”' })
    const long = await get(`/points/${station()}/observations?period=min&from=2021-01-01&to=2022-05-01`)
    expect(long.json()).toMatchObject({ code: 'series.range-too-long' })
    const unknown = await get('/points/999999/observations?period=hour&from=2022-05-01&to=2022-05-02')
    expect(unknown.json()).toMatchObject({ status: 404, code: 'series.point-unknown' })
    const cursor = await get(
      `/points/${station()}/observations?period=hour&from=2022-05-01&to=2022-05-02&cursor=x`,
    )
    expect(cursor.json()).toMatchObject({ status: 400, code: 'request.cursor-invalid' })
  })

  it('exports CSV in UTF-8 and GB18030 with the same content', async () => {
    const path = `/points/${station()}/observations.csv?period=day&from=2022-05-01&to=2022-05-02`
    const utf8 = await get(path)
    expect(utf8.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(utf8.headers['content-disposition']).toContain(encodeURIComponent('测试站1_日均值'))
    const text = utf8.rawPayload.toString('utf8')
    expect(text.slice(1).split('\r\n')).toEqual([
      '时段起始,PM2.5(µg/m³),标记,PM10(µg/m³),标记,O3(µg/m³),标记,NO2(µg/m³),标记,SO2(µg/m³),标记,CO(mg/m³),标记',
      '2022-05-01 00:00,20,N,21,N,22,N,23,N,24,N,25,N',
      '',
    ])
    const gb = await get(`${path}&charset=gb18030`)
    expect(gb.headers['content-type']).toBe('text/csv; charset=gb18030')
    expect(new TextDecoder('gb18030').decode(gb.rawPayload)).toBe(text.slice(1))
  })

  it('exports XLSX that reads back', async () => {
    const reply = await get(
      `/points/${station()}/observations.xlsx?period=day&from=2022-05-01&to=2022-05-02&factors=a34004`,
    )
    expect(await readSheet(reply.rawPayload)).toEqual([
      ['时段起始', 'PM2.5(µg/m³)', '标记'],
      ['2022-05-01 00:00', 20, 'N'],
    ])
  })

  it('answers latest values, completeness and the state of the roll-up', async () => {
    const latest = (await get('/latest?kind=air-city&factors=a34004')).json()
    expect(latest.items).toMatchObject([
      { pointId: city.cityId, start: '2022-05-01T23:00:00+08:00', values: { a34004: 20 } },
    ])
    const complete = (await get('/completeness?from=2022-05-01&to=2022-05-02')).json()
    expect(complete.items).toHaveLength(10)
    expect(complete.items[0]).toMatchObject({
      date: '2022-05-01',
      expected: 24,
      reported: 24,
      usable: { a34004: 24, a21004: 23 },
      review: 'pending',
    })
    expect((await get('/rollup')).json()).toEqual({ waiting: 0 })
  })

  it('takes a mark, shows it on the instant, and an approval by level', async () => {
    const made = await post('/marks', {
      pointId: station(),
      from: '2022-05-01T00:00:00+08:00',
      to: '2022-05-01T01:00:00+08:00',
      reason: '停电',
    })
    expect(made.statusCode).toBe(201)
    expect(made.json()).toMatchObject({ from: '2022-05-01T00:00:00+08:00', factors: null, withdrawn: null })
    const opened = (
      await get(`/points/${station()}/observation?period=hour&start=2022-05-01T00:00:00%2B08:00`)
    ).json()
    expect(opened.rows[0].factors[0]).toMatchObject({ factor: 'a34004', value: 20, mark: 'X' })
    expect(opened.marks).toHaveLength(1)
    const approved = await post('/reviews/station', {
      decision: 'approve',
      items: [{ pointId: station(), date: '2022-05-01' }],
    })
    expect(approved.json()).toMatchObject({ accepted: [{ state: 'station-approved' }], refused: [] })
    const queue = (await get('/reviews?level=city')).json()
    expect(queue.items).toMatchObject([{ date: '2022-05-01', waitsFor: 'city' }])
  })

  it('refuses decisions to those without the permission, and writes an audit entry for each that was taken', async () => {
    const item = { pointId: station(), date: '2022-05-01' }
    for (const [role, path, payload] of [
      ['director', '/marks', { pointId: station(), from: '2022-05-01', to: '2022-05-02', reason: '测试' }],
      ['clerk', '/reviews/station', { decision: 'approve', items: [item] }],
      ['analyst', '/reviews/province', { decision: 'approve', items: [item] }],
      [
        'enterprise',
        '/sand-periods',
        { cityId: city.cityId, from: '2022-05-01', to: '2022-05-02', reason: '测试' },
      ],
    ] as const) {
      actor = testActor(role)
      expect((await post(path, payload)).json()).toMatchObject({ status: 403, code: 'auth.forbidden' })
    }
    actor = testActor('analyst')
    const { rows } = await test.db.pool.query(
      `select action from audit where action like 'series.%' or action like 'review.%' order by seq`,
    )
    expect(rows.map((row) => row.action)).toEqual(['series.marked', 'review.approve'])
  })
})
