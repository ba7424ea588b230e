import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fixedClock } from '../../platform/clock.ts'
import { createTestDatabase, type TestDatabase, testActor } from '../../platform/testing/index.ts'
import { hourRows, makeTestCity, type TestCity, writeHours } from './air-fixture.ts'
import { confirmSand, makeMark, reviewDaysAt, withdrawMark, withdrawSand } from './decide.service.ts'
import { digestOf } from './digest.repository.ts'
import { listMarks, listReviews, proposeSand, reviewHistory } from './queue.service.ts'
import { readSeries } from './read.repository.ts'
import { listLatest, listObservations, listRevisions, openObservation } from './read.service.ts'
import { airFactors } from './rollup.days.ts'
import { drainDirty } from './rollup.service.ts'
import type { Period, Procedure } from './series.table.ts'

const at = (text: string) => Date.parse(`${text}:00+08:00`)
const [pm25 = '', pm10 = ''] = airFactors
const clock = fixedClock(at('2022-05-01T10:00'))
const analyst = testActor('analyst')

let test: TestDatabase
let city: TestCity
let station: number
const deps = () => ({ db: test.db, clock })
const drain = () => test.db.transaction((trx) => drainDirty(trx))

beforeAll(async () => {
  test = await createTestDatabase()
  city = await makeTestCity(test.db)
  station = city.stationIds[0] ?? 0
  await writeHours(
    test.db,
    hourRows(city, city.stationIds, at('2022-04-01T00:00'), at('2022-04-04T00:00'), (_, ms, item) => {
      const sandy = ms >= at('2022-04-02T06:00') && ms < at('2022-04-02T16:00')
      if (item === 1) return sandy ? 600 : 60
      return item === 0 ? (sandy ? 80 : 30) : 10
    }),
  )
  await drain()
})
afterAll(() => test.drop())

async function value(pointId: number, period: Period, start: string, factor: string, procedure?: Procedure) {
  const table = await readSeries(test.db.pool, {
    period,
    pointIds: [pointId],
    fromMs: at(start),
    toMs: at(start) + 1,
    factors: [factor],
    ...(procedure === undefined ? {} : { procedure }),
  })
  return table.columns.get(factor)?.[0]
}

describe('validity marks', () => {
  it('take hours out of every dependent, cover late data too, and give them back when withdrawn', async () => {
    const before = await digestOf(test.db.pool, 'day')
    const body = {
      pointId: station,
      from: '2022-04-01T00:00+08:00',
      to: '2022-04-01T05:00+08:00',
      factors: [pm25],
      reason: '采样管脱落',
    }
    const mark = await makeMark(deps(), analyst, body)
    expect(mark).toMatchObject({
      pointId: station,
      factors: [pm25],
      reason: '采样管脱落',
      by: analyst.userId,
      withdrawn: null,
    })
    const { changes } = await drain()
    expect(changes.map((change) => change.period)).toContain('year')
    expect(await value(station, 'hour', '2022-04-01T04:00', pm25)).toBeNaN()
    expect(await value(station, 'hour', '2022-04-01T04:00', pm10)).toBe(60)
    expect(await value(station, 'day', '2022-04-01T00:00', pm25)).toBeNaN()
    expect(await value(city.cityId, 'day', '2022-04-01T00:00', pm25)).toBe(30)

    await writeHours(
      test.db,
      hourRows(city, [station], at('2022-04-01T03:00'), at('2022-04-01T04:00'), () => 99, 5n),
    )
    await drain()
    expect(await value(station, 'hour', '2022-04-01T03:00', pm25)).toBeNaN()
    await writeHours(
      test.db,
      hourRows(
        city,
        [station],
        at('2022-04-01T03:00'),
        at('2022-04-01T04:00'),
        (_, __, item) => (item === 1 ? 60 : item === 0 ? 30 : 10),
        6n,
      ),
    )
    const withdrawn = await withdrawMark(deps(), analyst, mark.id, '复核后数据有效')
    expect(withdrawn.withdrawn).toMatchObject({ reason: '复核后数据有效' })
    await expect(withdrawMark(deps(), analyst, mark.id, '再撤')).rejects.toMatchObject({
      code: 'series.decision-withdrawn',
    })
    await drain()
    expect(await digestOf(test.db.pool, 'day')).toBe(before)
    expect((await listMarks(deps(), analyst, {})).items).toHaveLength(1)
  })

  it('are refused outside the region, without the permission and on a city', async () => {
    const body = { pointId: station, from: '2022-04-01', to: '2022-04-02', reason: '测试' }
    const elsewhere = testActor('analyst', { regions: '{[629002,629003)}' })
    await expect(makeMark(deps(), elsewhere, body)).rejects.toMatchObject({ code: 'auth.forbidden' })
    await expect(makeMark(deps(), testActor('clerk'), body)).rejects.toMatchObject({ code: 'auth.forbidden' })
    await expect(makeMark(deps(), analyst, { ...body, pointId: city.cityId })).rejects.toMatchObject({
      code: 'series.mark-on-derived',
    })
    await expect(makeMark(deps(), analyst, { ...body, pointId: 99_999 })).rejects.toMatchObject({
      code: 'series.point-unknown',
    })
  })
})

describe('sand periods', () => {
  it('are proposed by the criteria, deducted where confirmed, up to the year, and given back when withdrawn', async () => {
    const proposed = await proposeSand(deps(), analyst, {
      cityId: city.cityId,
      from: '2022-04-01',
      to: '2022-04-04',
    })
    expect(proposed.items).toMatchObject([
      {
        from: '2022-04-02T06:00:00+08:00',
        to: '2022-04-02T16:00:00+08:00',
        peakPm10: 600,
        meanBefore: 60,
        ended: true,
        confirmed: null,
      },
    ])
    expect(proposed.criteria.every((criterion) => criterion.status === 'unverified')).toBe(true)

    const before = [await digestOf(test.db.pool, 'day'), await digestOf(test.db.pool, 'year')]
    const body = {
      cityId: city.cityId,
      from: '2022-04-02T06:00+08:00',
      to: '2022-04-02T16:00+08:00',
      reason: '卫星与沙尘暴监测网佐证',
    }
    const sand = await confirmSand(deps(), analyst, body)
    await expect(confirmSand(deps(), analyst, body)).rejects.toMatchObject({ code: 'series.sand-overlaps' })
    await drain()
    expect(await value(city.cityId, 'day', '2022-04-02T00:00', pm10, 'rolled')).toBe(285)
    expect(await value(city.cityId, 'day', '2022-04-02T00:00', pm10, 'rolled-no-sand')).toBeNaN()
    expect(await value(city.cityId, 'day', '2022-04-01T00:00', pm10, 'rolled-no-sand')).toBe(60)
    for (const period of ['month', 'year'] as const) {
      const start = period === 'month' ? '2022-04-01T00:00' : '2022-01-01T00:00'
      expect(await value(city.cityId, period, start, pm10, 'rolled')).toBe(135)
      expect(await value(city.cityId, period, start, pm10, 'rolled-no-sand')).toBe(60)
      expect(await value(station, period, start, pm10, 'rolled-no-sand')).toBe(60)
    }
    await withdrawSand(deps(), analyst, sand.id, '佐证不足')
    await drain()
    const { rows } = await test.db.pool.query(
      `select count(*)::int as n from obs_value where procedure = 'rolled-no-sand' or mark = 'S'`,
    )
    expect(rows).toEqual([{ n: 0 }])
    expect([await digestOf(test.db.pool, 'day'), await digestOf(test.db.pool, 'year')]).toEqual(before)
  })

  it('of scope hours blank only those hours', async () => {
    const body = {
      cityId: city.cityId,
      from: '2022-04-02T06:00+08:00',
      to: '2022-04-02T09:00+08:00',
      scope: 'hours' as const,
      reason: '三小时过境',
    }
    const sand = await confirmSand(deps(), analyst, body)
    await drain()
    // 21 hours remain: 14 of 60 and 7 of 600
    expect(await value(station, 'day', '2022-04-02T00:00', pm10, 'rolled-no-sand')).toBe(240)
    await withdrawSand(deps(), analyst, sand.id, '结束测试')
    await drain()
  })
})

describe('three-level review', () => {
  const province = testActor('inspector', {
    permissions: new Set(['series:read', 'review:province'] as const),
  })
  const items = [
    {
      get pointId() {
        return station
      },
      date: '2022-04-01',
    },
  ]

  it('goes station, city, province and back with a reason; each step is in the history', async () => {
    await expect(reviewDaysAt(deps(), analyst, 'city', { decision: 'approve', items })).rejects.toMatchObject(
      { code: 'review.wrong-state' },
    )
    await expect(
      reviewDaysAt(deps(), analyst, 'province', { decision: 'approve', items }),
    ).rejects.toMatchObject({ code: 'auth.forbidden' })
    const first = await reviewDaysAt(deps(), analyst, 'station', {
      decision: 'approve',
      items: [...items, { pointId: station, date: '2022-04-30' }],
    })
    expect(first.accepted).toEqual([{ pointId: station, date: '2022-04-01', state: 'station-approved' }])
    expect(first.refused).toEqual([{ pointId: station, date: '2022-04-30', problem: '该站日没有数据' }])
    await reviewDaysAt(deps(), analyst, 'city', { decision: 'approve', items })
    await expect(
      reviewDaysAt(deps(), province, 'province', { decision: 'return', items }),
    ).rejects.toMatchObject({ code: 'review.reason-missing' })
    const back = await reviewDaysAt(deps(), province, 'province', {
      decision: 'return',
      items,
      reason: 'PM2.5 与 PM10 倒挂',
    })
    expect(back.accepted[0]?.state).toBe('returned')
    const waiting = await listReviews(deps(), analyst, { level: 'city', pointId: station })
    expect(waiting.items).toMatchObject([
      {
        date: '2022-04-01',
        state: 'returned',
        waitsFor: 'city',
        reason: 'PM2.5 与 PM10 倒挂',
        changedSince: false,
      },
    ])
    await reviewDaysAt(deps(), analyst, 'city', { decision: 'approve', items })
    await reviewDaysAt(deps(), province, 'province', { decision: 'approve', items })
    const history = await reviewHistory(deps(), analyst, { pointId: station, date: '2022-04-01' })
    expect(history.state).toBe('province-approved')
    expect(history.events.map((event) => `${event.level} ${event.decision}`)).toEqual([
      'station approve',
      'city approve',
      'province return',
      'city approve',
      'province approve',
    ])
  })

  it('shows on the day, and says when values changed after the approval', async () => {
    const days = await listObservations(deps(), analyst, station, {
      period: 'day',
      from: '2022-04-01',
      to: '2022-04-03',
    })
    expect(days.review).toEqual(['province-approved', 'pending'])
    await writeHours(
      test.db,
      hourRows(city, [station], at('2022-04-01T03:00'), at('2022-04-01T04:00'), () => 31, 7n),
    )
    await drain()
    const queue = await listReviews(deps(), analyst, { state: 'province-approved' })
    expect(queue.items).toMatchObject([{ date: '2022-04-01', changedSince: true }])
  })

  it('pages the queue without losing or repeating a day', async () => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listReviews(deps(), analyst, {
        limit: 5,
        ...(cursor === undefined ? {} : { cursor }),
      })
      seen.push(...page.items.map((item) => `${item.pointId}/${item.date}`))
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    expect(seen).toHaveLength(12)
    expect(new Set(seen).size).toBe(12)
  })
})

describe('reading', () => {
  it('opens an instant with its message, revisions and what replaced what', async () => {
    const detail = await openObservation(deps(), analyst, station, {
      period: 'hour',
      start: '2022-04-01T03:00:00+08:00',
    })
    expect(detail.rows).toMatchObject([{ procedure: 'measured', msg: '7', revision: 4 }])
    expect(detail.revisions.map((revision) => revision.newMsg)).toEqual(['7', '6', '5'])
    expect(detail.revisions[0]?.changes.find((change) => change.factor === pm25)).toMatchObject({
      old: 30,
      new: 31,
    })
    const page = await listRevisions(deps(), analyst, station, { limit: 2 })
    expect(page.items).toHaveLength(2)
    const rest = await listRevisions(deps(), analyst, station, { limit: 2, cursor: page.next ?? '' })
    expect(rest.items.map((revision) => revision.newMsg)).toEqual(['5'])
    expect(rest.next).toBeNull()
  })

  it('gives the latest hour of every visible point', async () => {
    const latest = await listLatest(deps(), analyst, {})
    expect(latest.map((item) => item.kind).sort()).toEqual([
      'air-city',
      'air-station',
      'air-station',
      'air-station',
      'air-station',
    ])
    expect(new Set(latest.map((item) => item.start))).toEqual(new Set(['2022-04-03T23:00:00+08:00']))
    expect(latest[0]?.values[pm10]).toBe(60)
  })

  it('pages observations by cursor', async () => {
    const query = { period: 'hour' as const, from: '2022-04-01', to: '2022-04-02', factors: pm10, limit: 10 }
    const first = await listObservations(deps(), analyst, station, query)
    const second = await listObservations(deps(), analyst, station, { ...query, cursor: first.next ?? '' })
    expect(first.times.at(-1)).toBe('2022-04-01T09:00:00+08:00')
    expect(second.times[0]).toBe('2022-04-01T10:00:00+08:00')
  })

  it('hides data of another owner and region from an actor', async () => {
    await test.db.pool.query('update obs_hour set owner_id = 7 where point_id = $1', [station])
    const stranger = testActor('analyst', { regions: '{[629002,629003)}' })
    const columns = await listObservations(deps(), stranger, station, {
      period: 'hour',
      from: '2022-04-01',
      to: '2022-04-02',
    })
    expect(columns.count).toBe(0)
    const own = await listObservations(deps(), analyst, station, {
      period: 'hour',
      from: '2022-04-01',
      to: '2022-04-02',
    })
    expect(own.count).toBe(24)
    await test.db.pool.query('update obs_hour set owner_id = 0 where point_id = $1', [station])
  })
})
