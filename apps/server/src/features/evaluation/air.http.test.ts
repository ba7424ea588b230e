import type {
  AirHours,
  AirMonths,
  AirOverview,
  AirPercentiles,
  AirRanking,
  AirStationDays,
  AirYear,
  FigureDetail,
  FigureInputDay,
  FigureInputs,
  FigureRecord,
} from '@shanshui/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fixedClock } from '../../platform/clock.ts'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import { startRollupWorker } from '../series/index.ts'
import {
  type FixtureCity,
  fixtureNowMs,
  flatHours,
  hourRow,
  journalFrame,
  makeFixtureCity,
  twoYears,
  writeFixtureHours,
} from './air-city-fixture.ts'
import { evaluationRoomRoutes } from './index.ts'

let test: TestDatabase
let app: TestApp
let city: FixtureCity
let msg: bigint
const frame = '##0101QN=20220704050000000;ST=22;CN=2061;PW=123456;MN=TEST0001;Flag=5;CP=&&&&1C80\r\n'

const get = async <T>(url: string, expected = 200, from = app): Promise<T> => {
  const answer = await from.app.inject({ method: 'GET', url: `/api/v1${url}` })
  expect(answer.statusCode, answer.body).toBe(expected)
  return answer.json() as T
}

beforeAll(async () => {
  test = await createTestDatabase()
  app = await createTestApp(test.db, {
    routes: [evaluationRoomRoutes],
    actor: testActor('analyst'),
    clock: fixedClock(fixtureNowMs),
  })
  city = await makeFixtureCity(test.db)
  await writeFixtureHours(test.db, flatHours(city, '2021-01-01', '2022-12-31', twoYears))
  await writeFixtureHours(
    test.db,
    flatHours(city, '2023-02-27', '2023-02-28', () => ({
      pm25: 40,
      pm10: 90,
      o3: 80,
      no2: 30,
      so2: 9,
      co: 1.1,
    })),
  )
  msg = await journalFrame(test.db, frame)
  const at = Date.parse('2022-07-04T05:00:00+08:00')
  await writeFixtureHours(test.db, [
    hourRow(city, city.stationIds[0] ?? 0, at, [21, 62, 170, 28, 12, 0.9], msg),
  ])
  const series = startRollupWorker(app.deps, async () => {})
  await series.stop()
  await series.drainOnce()
}, 120_000)
afterAll(async () => {
  await app.close()
  await test.drop()
})

describe('the year of a city', () => {
  it('comes with every number as a figure', async () => {
    const year = await get<AirYear>(`/air/cities/${city.cityId}/year?year=2022`)
    expect(year.period).toEqual({ from: '2022-01-01', to: '2022-12-31', kind: 'year' })
    expect(year.basis).toMatchObject({
      edition: '2012',
      editionChosen: 'by-date',
      sand: 'without',
      stations: null,
    })
    const pm25 = year.items.find((i) => i.item === 'pm25')
    expect([pm25?.value.text, pm25?.lastYear.text, pm25?.change.text, pm25?.limit, pm25?.meets]).toEqual([
      '20',
      '18',
      '+11.1',
      35,
      true,
    ])
    expect([year.excellent.days.value, year.excellent.valid.value, year.excellent.ratio.text]).toEqual([
      316,
      361,
      '87.5',
    ])
    expect(year.excellent.excluded.map((e) => e.date)).toEqual([
      '2022-03-01',
      '2022-03-02',
      '2022-03-03',
      '2022-03-04',
    ])
    expect(year.days).toHaveLength(365)
    expect(year.days[60]).toMatchObject({ date: '2022-03-02', valid: false, aqi: null })
    expect(year.levels.reduce((sum, l) => sum + l.days, 0)).toBe(361)
    expect(year.ranking.of).toBe(5)
  })

  it('under another edition keeps its base on the same rules', async () => {
    const year = await get<AirYear>(`/air/cities/${city.cityId}/year?year=2022&edition=2026-final`)
    expect(year.basis).toMatchObject({ edition: '2026-final', editionChosen: 'by-name' })
    expect(year.items.find((i) => i.item === 'pm10')?.meets).toBe(false)
    expect(year.index.value.value).toBeGreaterThan(4)
  })

  it('of chosen stations is another figure than that of the city', async () => {
    const all = await get<AirYear>(`/air/cities/${city.cityId}/year?year=2022`)
    const one = await get<AirYear>(`/air/cities/${city.cityId}/year?year=2022&stations=${city.stationIds[0]}`)
    expect(one.basis.stations).toEqual([city.stationIds[0]])
    expect(one.items[0]?.value.id).not.toBe(all.items[0]?.value.id)
  })

  it('refuses stations of other cities, days ahead and unknown cities with their reason', async () => {
    expect(await get(`/air/cities/${city.cityId}/year?year=2022&stations=99`, 422)).toMatchObject({
      code: 'air.stations-invalid',
    })
    expect(await get(`/air/cities/${city.cityId}/year?year=2030`, 422)).toMatchObject({
      code: 'air.period-invalid',
    })
    expect(await get(`/air/cities/${city.cityId}/year?year=2022&to=2021-05-01`, 422)).toMatchObject({
      code: 'air.period-invalid',
    })
    expect(await get('/air/hours?at=275760-09-13', 422)).toMatchObject({ code: 'air.period-invalid' })
    expect(await get('/air/cities/999/year', 404)).toMatchObject({ code: 'air.city-unknown' })
  })
})

describe('rank', () => {
  it('comes with the gaps to both neighbours and the interval that missing data leave', async () => {
    const ranking = await get<AirRanking>(`/air/cities/${city.cityId}/ranking?period=2022`)
    const own = ranking.entries.find((e) => e.own)
    expect(ranking.missing).toEqual(['对标城市3'])
    expect(ranking.rank.value).toBe(own?.rank)
    expect(ranking.best).toBeLessThanOrEqual(own?.rank ?? 0)
    expect(ranking.worst).toBeGreaterThan(own?.rank ?? 0)
    expect(ranking.better?.gap).toBeCloseTo((own?.value ?? 0) - (ranking.better?.value ?? 0), 9)
    expect(ranking.indexLow).toBeLessThanOrEqual(own?.value ?? 0)
    expect(ranking.indexHigh).toBeGreaterThanOrEqual(own?.value ?? 0)
  })
  it('follows an index that a peer corrects', async () => {
    await test.db.pool.query(`update peer_index set composite = 2.0 where composite = 4.1`)
    const before = await get<AirRanking>(`/air/cities/${city.cityId}/ranking?period=2022`)
    await test.db.pool.query(`update peer_index set composite = 4.1 where composite = 2.0`)
    const after = await get<AirRanking>(`/air/cities/${city.cityId}/ranking?period=2022`)
    expect(before.rank.value).toBe((after.rank.value ?? 0) + 1)
    expect(before.rank.id).toBe(after.rank.id)
  })
})

describe('other pages', () => {
  it('months, each with the same month a year before', async () => {
    const { months } = await get<AirMonths>(`/air/cities/${city.cityId}/months?year=2022`)
    expect(months.map((m) => m.month)).toHaveLength(12)
    expect(months[4]?.items[0]).toMatchObject({
      value: { text: '20' },
      lastYear: { text: '18' },
      change: { text: '+11.1' },
      complete: true,
    })
    expect(months[2]?.validDays.value).toBe(27)
  })
  it('hours of all stations and the city with their AQI', async () => {
    const hours = await get<AirHours>(
      `/air/hours?city=${city.cityId}&at=${encodeURIComponent('2022-07-04T05:00:00+08:00')}`,
    )
    expect(hours.rows.map((r) => r.kind)).toEqual(['air-city', 'air-station', 'air-station'])
    expect(hours.label).toBe('2022-07-04 06:00（05:00—06:00 的均值）')
    // one hour value of ozone 170: 50 + 50/40 × 10 = 62.5, rounded up
    expect(hours.rows[1]).toMatchObject({ aqi: 63, level: 2, primary: ['o3'], msg: String(msg) })
    const latest = await get<AirHours>('/air/hours')
    expect(latest.at).toBe('2023-02-28T23:00:00+08:00')
  })
  it('percentiles with the evaluated one as a figure', async () => {
    const { items } = await get<AirPercentiles>(`/air/cities/${city.cityId}/percentiles?year=2022`)
    const o3 = items.find((i) => i.item === 'o3')
    expect(o3?.evaluated[0]).toMatchObject({ p: 90, limit: 160 })
    expect(o3?.curve.at(-1)?.value).toBe(170)
  })
  it('days of a station', async () => {
    const station = await get<AirStationDays>(
      `/air/stations/${city.stationIds[1]}/days?from=2022-07-01&to=2022-07-10`,
    )
    expect(station.days).toHaveLength(10)
    expect(station.days[0]).toMatchObject({ aqi: 110, level: 3, primary: ['o3'] })
    expect(station.excellentRatio.text).toBe('0.0')
  })
  it('the overview in one answer', async () => {
    const overview = await get<AirOverview>('/air/overview')
    expect(overview.yearToDate.period).toEqual({ from: '2023-01-01', to: '2023-02-28' })
    expect(overview.today.yesterday).toMatchObject({ date: '2023-02-28', valid: true })
    expect(overview.today.stations).toHaveLength(2)
    expect(overview.yearToDate.items[0]?.value.note).toContain('仅供参考')
  })
})

describe('a figure opened', () => {
  let year: AirYear
  beforeAll(async () => {
    year = await get<AirYear>(`/air/cities/${city.cityId}/year?year=2022`)
  })
  it('shows formula, clauses, other editions and what uses it', async () => {
    const id = year.items.find((i) => i.item === 'pm25')?.value.id
    const figure = await get<FigureDetail>(`/figures/${id}`)
    expect(figure.title).toBe('测试市2022年PM2.5年均浓度')
    expect(figure.basis.formula).toMatch(/^361 个日均值的算术平均 = 20\.\d+ → 20$/)
    expect(figure.basis.exclusions).toHaveLength(4)
    expect(figure.basis.clauses.map((c) => c.standard)).toContain('环办监测〔2016〕120号')
    expect(figure.otherEditions.map((f) => f.edition)).toEqual(['2026-transition', '2026-final'])
    expect(figure.otherSand?.sand).toBe('with')
    expect(figure.usedBy.map((f) => f.indicator).toSorted()).toEqual(
      expect.arrayContaining(['air.index', 'air.yoy.pm25']),
    )
    expect(figure.citation).toContain('361 个日值')
  })
  it('goes down to days, to hours and to the raw frame', async () => {
    const id = year.items.find((i) => i.item === 'pm25')?.value.id
    const inputs = await get<FigureInputs>(`/figures/${id}/inputs`)
    expect(inputs.digestNow).toBe(inputs.digest)
    expect(inputs.days).toHaveLength(365)
    expect(inputs.days.filter((d) => !d.included).map((d) => d.date)).toEqual([
      '2022-03-01',
      '2022-03-02',
      '2022-03-03',
      '2022-03-04',
    ])
    const day = await get<FigureInputDay>(`/figures/${id}/inputs/2022-07-04`)
    const hour = day.stations[0]?.hours[5]
    expect(hour).toMatchObject({ hour: 6, values: { pm25: 21 }, flags: { pm25: 'N' }, msg: String(msg) })
    const record = await get<FigureRecord>(`/figures/records/${hour?.msg}`)
    expect(record).toMatchObject({ kind: 'frames', source: 'gateway', text: frame })
    expect(Buffer.from(record.hex, 'hex').toString()).toBe(frame)
  })
  it('calculated from others shows the days of both years', async () => {
    const id = year.items.find((i) => i.item === 'pm25')?.change.id
    const inputs = await get<FigureInputs>(`/figures/${id}/inputs`)
    expect(inputs.days).toHaveLength(730)
    expect(inputs.items).toEqual(['pm25'])
  })
  it('is recalculated on request, which the audit notes', async () => {
    const id = year.index.value.id
    const answer = await app.app.inject({ method: 'POST', url: `/api/v1/figures/${id}/recompute` })
    expect(answer.statusCode, answer.body).toBe(200)
    expect(answer.json()).toMatchObject({ id, state: 'fresh', text: year.index.value.text })
    const { rows } = await test.db.pool.query(`select action from audit where object = $1`, [`figure:${id}`])
    expect(rows).toEqual([{ action: 'figure.recomputed' }])
  })
  it('is listed by state, page by page', async () => {
    const first = await get<{ items: { id: number }[]; next: string }>('/figures?state=fresh&limit=5')
    const second = await get<{ items: { id: number }[] }>(`/figures?state=fresh&limit=5&cursor=${first.next}`)
    expect(Math.max(...second.items.map((f) => f.id))).toBeLessThan(Math.min(...first.items.map((f) => f.id)))
    expect((await get<{ items: unknown[] }>('/figures?state=stale')).items).toEqual([])
  })
  it('says so when it does not exist, or the day is none of its days', async () => {
    expect(await get('/figures/999999', 404)).toMatchObject({ code: 'figure.unknown' })
    expect(await get(`/figures/${year.index.value.id}/inputs/2020-01-01`, 422)).toMatchObject({
      code: 'figure.day-outside',
    })
    expect(await get('/figures/records/9999999999999', 404)).toMatchObject({ code: 'figure.record-unknown' })
  })
})

describe('the calculator', () => {
  it('lists what is registered and calculates one or many inputs with their trace', async () => {
    const { items } = await get<{ items: { id: string }[] }>('/evaluators')
    expect(items.map((e) => e.id)).toContain('air.aqi.hour')
    const payload = {
      input: [{ pm25: 53, pm10: 76, so2: 15, no2: 75, o3: null, co: 1.2 }, { pm25: -1 }],
      edition: '2012',
    }
    const answer = await app.app.inject({ method: 'POST', url: '/api/v1/evaluators/air.aqi.hour', payload })
    expect(answer.statusCode, answer.body).toBe(200)
    expect(answer.json().outcomes[0]).toMatchObject({ ok: true, value: { aqi: 73 } })
    expect(answer.json().outcomes[1]).toMatchObject({ ok: false, reason: 'invalid-input' })
  })
  it('refuses what it does not have', async () => {
    expect(await get('/evaluators/nothing', 404)).toMatchObject({ code: 'evaluator.unknown' })
    const answer = await app.app.inject({
      method: 'POST',
      url: '/api/v1/evaluators/air.aqi.hour',
      payload: { input: {}, edition: '1996' },
    })
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'evaluator.edition-unknown'])
  })
})

it('the year answers within 300 ms once its figures are stored (the benchmark holds the 95th percentile)', async () => {
  const url = `/air/cities/${city.cityId}/year?year=2022`
  await get(url)
  const times: number[] = []
  for (let i = 0; i < 40; i++) {
    const started = performance.now()
    await get(url)
    times.push(performance.now() - started)
  }
  times.sort((a, b) => a - b)
  console.log(`city-year: median ${times[20]?.toFixed(0)} ms, p95 ${times[38]?.toFixed(0)} ms`)
  expect(times[20]).toBeLessThan(300)
})
