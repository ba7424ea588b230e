import { airItems } from '@shanshui/standards'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fixedClock } from '../../platform/clock.ts'
import type { Deps } from '../../platform/deps.ts'
import {
  createTestDatabase,
  createTestDeps,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import { startRollupWorker } from '../series/index.ts'
import {
  type FixtureCity,
  fixtureNowMs,
  flatHours,
  hourRow,
  makeFixtureCity,
  twoYears,
  writeFixtureHours,
} from './air-city-fixture.ts'
import { dayStartMs, hourMs } from './civil-day.ts'
import { figuresByIds, figuresByKeys, freezeFigures, historyOf, liveFigures } from './figure.repository.ts'
import { openFigureBook } from './figure.service.ts'
import { type FigureWorker, startFigureWorker } from './figure.worker.ts'
import { figureDetail, noReports } from './figure-detail.ts'
import { closureOf } from './figure-engine.ts'
import { type FigureRequest, figureKey } from './figure-request.ts'

let test: TestDatabase
let deps: Deps
let city: FixtureCity
let worker: FigureWorker
let rolled: string[] = []

const clock = fixedClock(fixtureNowMs)
const request = (indicator: string, over: Partial<FigureRequest> = {}): FigureRequest => ({
  indicator,
  subjectId: city.cityId,
  from: '2022-01-01',
  to: '2022-12-31',
  edition: '2012',
  sand: 'without',
  stations: null,
  ...over,
})
const pages = () => [
  ...airItems.map((item) => request(`air.max.${item}`)),
  ...airItems.map((item) => request(`air.primary.days.${item}`)),
  ...[
    'air.yoy.pm25',
    'air.yoy.pm10',
    'air.index.change',
    'air.excellent.change',
    'air.heavy.days',
    'air.rank',
  ].map((i) => request(i)),
  request('air.mean.pm25', { from: '2022-05-01', to: '2022-05-31' }),
  request('air.mean.pm25', { from: '2022-06-01', to: '2022-06-30' }),
  request('air.mean.pm25', { subjectId: city.stationIds[0] ?? 0 }),
  request('air.mean.pm25', { subjectId: city.stationIds[1] ?? 0 }),
  request('air.mean.pm25', { stations: [city.stationIds[1] ?? 0] }),
]

/** Rolls up what is dirty and hands the changes to `told`. */
async function rollUp(told: FigureWorker['onRolled']): Promise<void> {
  const series = startRollupWorker(deps, async (changes) => {
    rolled.push(...changes.map((c) => `${c.period}|${c.pointId}`))
    await told(changes)
  })
  await series.stop()
  await series.drainOnce()
}

const states = async () => new Map((await liveFigures(test.db.pool, 0, 1000)).map((f) => [f.key, f] as const))

beforeAll(async () => {
  test = await createTestDatabase()
  deps = await createTestDeps(test.db, { clock })
  city = await makeFixtureCity(test.db)
  await writeFixtureHours(test.db, flatHours(city, '2021-01-01', '2022-12-31', twoYears))
  worker = startFigureWorker(deps)
  await rollUp(worker.onRolled)
  rolled = []
  await openFigureBook(deps, pages())
}, 120_000)
afterAll(async () => {
  await worker.stop()
  await deps.events.close()
  await test.drop()
})

describe('figures from raw hours', () => {
  it('come out as the report has them', async () => {
    const book = await openFigureBook(deps, [
      ...pages(),
      request('air.excellent.ratio'),
      request('air.excellent.days'),
      request('air.excellent.valid'),
    ])
    expect(book.ref(request('air.yoy.pm25')).text).toBe('+11.1')
    expect(book.ref(request('air.yoy.pm10')).text).toBe('+6.9')
    expect(book.ref(request('air.excellent.ratio')).text).toBe('87.5')
    expect(book.ref(request('air.excellent.days')).value).toBe(316)
    expect(book.ref(request('air.excellent.valid')).value).toBe(361)
  })

  it('are stored once, with an id that stays', async () => {
    const first = await openFigureBook(deps, [request('air.yoy.pm25')])
    const second = await openFigureBook(deps, [request('air.yoy.pm25')])
    expect(second.ref(request('air.yoy.pm25')).id).toBe(first.ref(request('air.yoy.pm25')).id)
  })

  it('two requests at once for a figure that nobody has asked for yet give one figure', async () => {
    const fresh = request('air.p98.so2', { from: '2022-02-01', to: '2022-02-28' })
    const books = await Promise.all([openFigureBook(deps, [fresh]), openFigureBook(deps, [fresh])])
    expect(new Set(books.map((b) => b.ref(fresh).id)).size).toBe(1)
  })

  it('are invisible outside the region when the data are not public', async () => {
    const book = await openFigureBook(deps, [request('air.mean.no2')])
    const id = book.ref(request('air.mean.no2')).id
    await test.db.pool.query('update figure set owner_id = 9 where id = $1', [id])
    const outside = testActor('analyst', { regions: '{[110000,120000)}' })
    await expect(figureDetail(deps, outside, id, noReports)).rejects.toMatchObject({ code: 'figure.unknown' })
    await expect(figureDetail(deps, testActor('analyst'), id, noReports)).resolves.toMatchObject({ id })
    await test.db.pool.query('update figure set owner_id = 0 where id = $1', [id])
  })
})

describe('one corrected raw hour', () => {
  it('makes exactly the dependent figures stale, and they are recalculated with the old value kept', async () => {
    const before = await states()
    const [first = 0] = city.stationIds
    // One hour of PM2.5 at the first station on 10 May: 20 → 44, so the station day is 21 and the city day 20.5.
    const values = [44, 62, 130, 28, 12, 0.9]
    await writeFixtureHours(test.db, [
      hourRow(city, first, dayStartMs('2022-05-10') + 5 * hourMs, values, 2n),
    ])
    await rollUp(worker.onRolled)
    const after = await states()
    const stale = [...after.values()]
      .filter((f) => f.state === 'stale')
      .map((f) => f.key)
      .toSorted()
    const expected = [
      request('air.mean.pm25'),
      request('air.mean.pm25', { from: '2022-05-01', to: '2022-05-31' }),
      request('air.mean.pm25', { subjectId: first }),
      request('air.max.pm25'),
      request('air.index'),
      request('air.yoy.pm25'),
    ].map(figureKey)
    // Counts of days read all six items of every day, so their inputs did change.
    const counts = [...before.values()]
      .filter(
        (f) => f.from === '2022-01-01' && /excellent\.(days|valid|ratio)|heavy|primary/.test(f.indicator),
      )
      .map((f) => f.key)
    expect(stale).toEqual([...new Set([...expected, ...counts])].toSorted())
    expect(stale).not.toContain(figureKey(request('air.mean.pm25', { from: '2022-06-01', to: '2022-06-30' })))
    expect(stale).not.toContain(figureKey(request('air.index.change')))

    while ((await worker.drainOnce()) > 0);
    const drained = await states()
    expect([...drained.values()].filter((f) => f.state === 'stale')).toEqual([])
    const may = drained.get(figureKey(request('air.mean.pm25', { from: '2022-05-01', to: '2022-05-31' })))
    expect(may?.exact).toBeCloseTo(20 + 0.5 / 31, 9)
    const history = await historyOf(test.db.pool, may?.id ?? 0)
    expect(history.map((h) => [h.text, h.cause])).toEqual([['20', '2022-05-10 的日值变化']])
  })

  it('is told of again without harm', async () => {
    await worker.onRolled([{ period: 'day', pointId: city.cityId, startMs: dayStartMs('2022-05-10') }])
    expect([...(await states()).values()].filter((f) => f.state === 'stale')).toEqual([])
  })

  it('shows in every dependent figure within a second', async () => {
    const [first = 0] = city.stationIds
    const live = startRollupWorker(deps, worker.onRolled)
    const started = performance.now()
    await writeFixtureHours(test.db, [
      hourRow(city, first, dayStartMs('2022-05-11') + 5 * hourMs, [68, 62, 130, 28, 12, 0.9], 3n),
    ])
    const key = figureKey(request('air.mean.pm25', { from: '2022-05-01', to: '2022-05-31' }))
    let seen = false
    while (!seen && performance.now() - started < 10_000) {
      const [row] = await figuresByKeys(test.db.pool, [key])
      seen = row?.state === 'fresh' && (row.exact ?? 0) > 20.04
      if (!seen) await new Promise((wait) => setTimeout(wait, 25))
    }
    const tookMs = performance.now() - started
    await live.stop()
    expect(seen).toBe(true)
    console.log(`corrected hour visible in dependent figures after ${Math.round(tookMs)} ms`)
    expect(tookMs).toBeLessThan(3_000)
  })

  it('found by the sweep when nobody told of it', async () => {
    const [, second = 0] = city.stationIds
    await writeFixtureHours(test.db, [
      hourRow(city, second, dayStartMs('2022-06-11') + 5 * hourMs, [68, 62, 170, 28, 12, 0.9], 4n),
    ])
    await rollUp(async () => {})
    expect(await worker.sweep()).toBeGreaterThan(0)
    const [june] = await figuresByKeys(test.db.pool, [
      figureKey(request('air.mean.pm25', { from: '2022-06-01', to: '2022-06-30' })),
    ])
    expect(june?.exact).toBeCloseTo(20 + 1 / 30, 9)
    expect(await worker.sweep()).toBe(0)
  })
})

describe('frozen figures', () => {
  it('never change, whatever the data do', async () => {
    const book = await openFigureBook(deps, [request('air.mean.pm25')])
    const live = book.ref(request('air.mean.pm25'))
    await expect(
      test.db.transaction(async (trx) => {
        const copies = await freezeFigures(trx, [live.id], 77)
        await trx.query('update figure set value = 1 where id = $1', [copies.get(live.id)])
      }),
    ).rejects.toThrow(/frozen/)
    const copies = await test.db.transaction((trx) => freezeFigures(trx, [live.id], 78))
    await expect(
      test.db.pool.query('delete from figure where id = $1', [copies.get(live.id)]),
    ).rejects.toThrow(/frozen/)
    const [frozen] = await figuresByIds(test.db.pool, [...copies.values()])
    expect(frozen).toMatchObject({ state: 'frozen', text: live.text, reportId: 78 })
  })
})

it('everything a page asks for is stored with its dependencies', async () => {
  const keys = closureOf(pages()).map(figureKey)
  expect((await figuresByKeys(test.db.pool, keys)).length).toBe(keys.length)
})
