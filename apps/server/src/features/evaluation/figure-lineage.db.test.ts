import { afterAll, beforeAll, expect, it } from 'vitest'
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
  makeFixtureCity,
  twoYears,
  writeFixtureHours,
} from './air-city-fixture.ts'
import { airMonths } from './air-months.ts'
import { airYear, noTargets } from './air-year.ts'
import { figureById, figuresByKeys, liveFigures } from './figure.repository.ts'
import { openFigureBook, requestOf } from './figure.service.ts'
import { forgetPassing, startFigureWorker } from './figure.worker.ts'
import { closureOf, figureEngine } from './figure-engine.ts'
import { figureInputs } from './figure-inputs.ts'
import { figureKey } from './figure-request.ts'
import { loadFigureData } from './load-figure-data.ts'

let test: TestDatabase
let deps: Deps
let city: FixtureCity
const clock = fixedClock(fixtureNowMs)
const analyst = testActor('analyst')

beforeAll(async () => {
  test = await createTestDatabase()
  deps = await createTestDeps(test.db, { clock, live: true })
  city = await makeFixtureCity(test.db)
  await writeFixtureHours(test.db, flatHours(city, '2021-01-01', '2023-02-28', twoYears))
  const series = startRollupWorker(deps, async () => {})
  await series.stop()
  await series.drainOnce()
}, 120_000)
afterAll(async () => {
  await deps.jobs.stop(1_000)
  await deps.events.close()
  await test.drop()
})

it('every figure of a year and its months recomputes bit for bit and names its days', async () => {
  await airYear(deps, analyst, city.cityId, { year: 2022 }, noTargets)
  await airMonths(deps, analyst, city.cityId, { year: 2022 })
  const rows = await liveFigures(test.db.pool, 0, 10_000)
  expect(rows.length).toBeGreaterThan(300)
  const engine = figureEngine(await loadFigureData(test.db.pool, closureOf(rows.map(requestOf))))
  for (const row of rows) {
    const again = engine.figure(requestOf(row))
    expect([row.key, again.digest, again.exact, again.text]).toEqual([
      row.key,
      row.digest,
      row.exact,
      row.text,
    ])
  }
  for (const row of rows.filter((_, i) => i % 7 === 0)) {
    const stored = await figureById(test.db.pool, row.id)
    const inputs = await figureInputs(deps, analyst, row.id)
    expect(inputs.digestNow, row.key).toBe(row.digest)
    expect(stored?.basis.clauses.length, row.key).toBeGreaterThan(0)
    expect(stored?.basis.formula, row.key).not.toBe('')
  }
}, 60_000)

it('an import of published indexes makes the rank stale', async () => {
  const year = await airYear(deps, analyst, city.cityId, { year: 2022 }, noTargets)
  const worker = startFigureWorker(deps)
  await test.db.pool.query('update peer_index set composite = 9.9 where composite = 2.9')
  deps.events.publish('import', { id: 1 })
  const until = Date.now() + 8_000
  let value = year.ranking.rank.value
  while (value === year.ranking.rank.value && Date.now() < until) {
    await new Promise((wait) => setTimeout(wait, 50))
    value = (await figureById(test.db.pool, year.ranking.rank.id))?.value ?? null
  }
  await worker.stop()
  expect(value).toBe((year.ranking.rank.value ?? 0) - 1)
})

it('figures of a year to date are forgotten after a week, whole months and years are not', async () => {
  const base = {
    indicator: 'air.mean.pm25',
    subjectId: city.cityId,
    edition: '2012',
    sand: 'without',
    stations: null,
  } as const
  const passing = { ...base, from: '2023-01-01', to: '2023-02-10' }
  const recent = { ...base, from: '2023-01-01', to: '2023-02-27' }
  const month = { ...base, from: '2022-07-01', to: '2022-07-31' }
  await openFigureBook(deps, [passing, recent, month])
  expect(await forgetPassing(deps)).toBeGreaterThan(0)
  const left = (await figuresByKeys(test.db.pool, [passing, recent, month].map(figureKey))).map((f) => f.key)
  expect(left.toSorted()).toEqual([recent, month].map(figureKey).toSorted())
})

it('a figure whose indicator this release does not know stays and stops nothing', async () => {
  await test.db.pool.query(`update figure set indicator = 'air.gone', state = 'stale' where key = $1`, [
    figureKey({
      indicator: 'air.mean.pm25',
      subjectId: city.cityId,
      from: '2022-07-01',
      to: '2022-07-31',
      edition: '2012',
      sand: 'without',
      stations: null,
    }),
  ])
  const worker = startFigureWorker(deps)
  expect(await worker.drainOnce()).toBe(0)
  expect(await worker.sweep()).toBe(0)
  await worker.stop()
})
