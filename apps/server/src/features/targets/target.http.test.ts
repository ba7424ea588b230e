import type { AirOverview, AirYear, Target } from '@shanshui/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fixedClock } from '../../platform/clock.ts'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import {
  type FixtureCity,
  flatHours,
  makeFixtureCity,
  writeFixtureHours,
} from '../evaluation/air-city-fixture.ts'
import { evaluationRoomRoutes } from '../evaluation/index.ts'
import { startRollupWorker } from '../series/index.ts'
import { targetDoor, targetRoomRoutes } from './index.ts'

let test: TestDatabase
let app: TestApp
let clerk: TestApp
let city: FixtureCity

beforeAll(async () => {
  test = await createTestDatabase()
  const routes = [
    (deps: TestApp['deps']) => evaluationRoomRoutes(deps, { targets: targetDoor(deps) }),
    targetRoomRoutes,
  ]
  const clock = fixedClock(Date.parse('2022-10-28T10:00:00+08:00'))
  app = await createTestApp(test.db, { routes, actor: testActor('analyst'), clock })
  clerk = await createTestApp(test.db, { routes, actor: testActor('clerk'), clock })
  city = await makeFixtureCity(test.db)
  await writeFixtureHours(
    test.db,
    flatHours(city, '2021-09-01', '2022-10-27', () => ({
      pm25: 24,
      pm10: 60,
      o3: 120,
      no2: 20,
      so2: 10,
      co: 0.8,
    })),
  )
  const series = startRollupWorker(app.deps, async () => {})
  await series.stop()
  await series.drainOnce()
}, 120_000)
afterAll(async () => {
  await app.close()
  await clerk.close()
  await test.drop()
})

const input = () => ({
  title: 'PM2.5 年均浓度',
  indicator: 'air.mean.pm25',
  subjectId: city.cityId,
  year: 2022,
  comparison: '<=',
  reach: 24,
})
const send = async (to: TestApp, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) =>
  to.app.inject({ method, url: `/api/v1${url}`, ...(payload && { payload }) })

describe('a target', () => {
  let target: Target
  it('is made by whom may, and evaluated at once', async () => {
    expect((await send(clerk, 'POST', '/targets', input())).statusCode).toBe(403)
    const answer = await send(app, 'POST', '/targets', input())
    expect(answer.statusCode, answer.body).toBe(201)
    target = answer.json()
    expect(target.evaluation.current.text).toBe('24')
    expect(target.evaluation.status).toBe('on-track')
    expect(target.evaluation.whatItTakes).toContain('到 12 月 31 日前 65 天平均不得高于')
  })
  it('is one a year and indicator', async () => {
    const answer = await send(app, 'POST', '/targets', input())
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'target.exists'])
  })
  it('cannot be set on a change', async () => {
    const answer = await send(app, 'POST', '/targets', { ...input(), indicator: 'air.yoy.pm25' })
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'target.indicator-unknown'])
  })
  it('stands in the year of the city and in the overview', async () => {
    const year: AirYear = (await send(app, 'GET', `/air/cities/${city.cityId}/year`)).json()
    expect(year.budget).toEqual([target.evaluation.budget])
    const overview: AirOverview = (await send(app, 'GET', '/air/overview')).json()
    expect(overview.targets[0]).toMatchObject({ id: target.id, reach: 24, status: 'on-track' })
    expect(overview.targets[0]?.spark).toHaveLength(30)
  })
  it('is changed only at the version that was seen', async () => {
    const answer = await send(app, 'PUT', `/targets/${target.id}`, {
      ...input(),
      reach: 20,
      version: target.version,
    })
    expect(answer.json()).toMatchObject({ reach: 20, version: 2, evaluation: { status: 'at-risk' } })
    const again = await send(app, 'PUT', `/targets/${target.id}`, { ...input(), version: target.version })
    expect([again.statusCode, again.json().code]).toEqual([412, 'target.changed-meanwhile'])
  })
  it('is refused outside the region', async () => {
    const outside = await createTestApp(test.db, {
      routes: [targetRoomRoutes],
      actor: testActor('analyst', { regions: '{[110000,120000)}' }),
    })
    const answer = await send(outside, 'POST', '/targets', { ...input(), indicator: 'air.mean.pm10' })
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'auth.forbidden'])
    const change = await send(outside, 'PUT', `/targets/${target.id}`, { ...input(), reach: 1, version: 2 })
    expect([change.statusCode, change.json().code]).toEqual([403, 'auth.forbidden'])
    const removal = await send(outside, 'DELETE', `/targets/${target.id}`, { reason: '越权' })
    expect([removal.statusCode, removal.json().code]).toEqual([403, 'auth.forbidden'])
    expect(
      (await test.db.pool.query(`select count(*)::int as n from target where indicator = 'air.mean.pm10'`))
        .rows[0].n,
    ).toBe(0)
    await outside.close()
  })
  it('of a year ahead is shown, not judged', async () => {
    const answer = await send(app, 'POST', '/targets', { ...input(), year: 2024 })
    expect(answer.json()).toMatchObject({ evaluation: { status: 'unknown', distance: null } })
  })
  it('is withdrawn with a reason, which the audit keeps', async () => {
    expect((await send(app, 'DELETE', `/targets/${target.id}`, { reason: '指标调整' })).statusCode).toBe(204)
    expect((await send(app, 'GET', `/targets/${target.id}`)).statusCode).toBe(404)
    const { rows } = await test.db.pool.query(
      `select action, detail->>'reason' as reason from audit where object = $1 order by seq`,
      [`target:${target.id}`],
    )
    expect(rows.map((r) => r.action)).toEqual(['target.created', 'target.changed', 'target.withdrawn'])
    expect(rows.at(-1)?.reason).toBe('指标调整')
  })
})
