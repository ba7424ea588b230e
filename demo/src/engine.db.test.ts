import { airItemInfo } from '@shanshui/standards'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { figureById, openFigureBook } from '../../apps/server/src/features/evaluation/index.ts'
import { appendDecision } from '../../apps/server/src/features/intake/index.ts'
import { upsertFeature, upsertRegion } from '../../apps/server/src/features/registry/index.ts'
import {
  applyDecision,
  internLayout,
  type ObservationRow,
  startRollupWorker,
  writeObservations,
} from '../../apps/server/src/features/series/index.ts'
import type { Trx } from '../../apps/server/src/platform/db/index.ts'
import { silentLogger } from '../../apps/server/src/platform/log.ts'
import { createTestDatabase, type TestDatabase } from '../../apps/server/src/platform/testing/index.ts'
import { dayStartMs, HOUR_MS } from './calendar.ts'
import { items } from './climate.ts'
import { hourIndex } from './hours.ts'
import { AIR_CITY, CITY_CODE, regions, stations } from './places.ts'
import { DEMO_SEED, type DemoYear, generateYear } from './year.ts'

/** Raw hours and decisions go in; days, months, years and figures are the engine's. On any PostgreSQL. */
const clock = { now: () => Date.parse('2023-02-01T00:00:00+08:00') }
const factors = items.map((item) => airItemInfo[item].code)
let database: TestDatabase
let cityId = 0

beforeAll(async () => {
  database = await createTestDatabase()
  const { db } = database
  const stationIds = await db.transaction(registerPlaces)
  for (const year of [2021, 2022]) {
    const made = generateYear(DEMO_SEED, year)
    await db.transaction(async (trx) => {
      await decideSand(trx, made, stationIds)
      await writeObservations(trx, 'hour', await rowsOf(trx, made, stationIds), {
        by: '测试',
        reason: '装载',
        atMs: clock.now(),
      })
    })
  }
  const worker = startRollupWorker({ db, clock, log: silentLogger }, async () => {})
  while ((await worker.drainOnce()) > 0);
  await worker.stop()
}, 120_000)

afterAll(() => database.drop())

async function registerPlaces(trx: Trx): Promise<number[]> {
  for (const { code, name, level, parent } of regions) {
    await upsertRegion(trx, 'system', { code, name, level, parentCode: parent })
  }
  const ids: number[] = []
  for (const { code, name, regionCode, lon, lat } of stations) {
    const properties = { siteRole: 'assessment', zoneClass: 2, cityCode: AIR_CITY.code }
    const station = { kind: 'air-station', code, name, regionCode, lon, lat, properties }
    ids.push((await upsertFeature(trx, 'system', station)).id)
  }
  const city = { kind: 'air-city', code: AIR_CITY.code, name: AIR_CITY.name, regionCode: CITY_CODE }
  const members = stations.map(({ code }) => code)
  cityId = (await upsertFeature(trx, 'system', { ...city, properties: { members } })).id
  return ids
}

async function decideSand(trx: Trx, { plan }: DemoYear, stationIds: readonly number[]): Promise<void> {
  const startMs = dayStartMs(plan.firstDay)
  for (const { fromHour, toHour } of plan.sand) {
    const body = {
      action: 'make',
      cityId,
      pointIds: [...stationIds, cityId],
      regionCode: CITY_CODE,
      ownerId: 0,
      fromMs: startMs + fromHour * HOUR_MS,
      toMs: startMs + toHour * HOUR_MS,
      factors: ['a34002', 'a34004'],
      scope: 'days',
      byName: '林知秋',
    }
    const decision = { type: 'sand' as const, by: 1, atMs: clock.now(), reason: '沙尘过境', body }
    await applyDecision(trx, decision, await appendDecision(trx, decision))
  }
}

async function rowsOf(trx: Trx, year: DemoYear, stationIds: readonly number[]): Promise<ObservationRow[]> {
  const layoutId = await internLayout(trx, factors, 'measured')
  const startMs = dayStartMs(year.plan.firstDay)
  const rows: ObservationRow[] = []
  for (let hour = 0; hour < year.plan.days * 24; hour++) {
    stations.forEach(({ regionCode }, s) => {
      const at = hourIndex(year.plan, s, hour)
      const values = items.map((item) => year.hours[item][at]!)
      const flags = values.map((value) => (Number.isNaN(value) ? 'B' : 'N')).join('')
      const place = { pointId: stationIds[s]!, regionCode, ownerId: 0 }
      rows.push({ ...place, startMs: startMs + hour * HOUR_MS, layoutId, values, flags, msg: 1n })
    })
  }
  return rows
}

/** A figure of the year 2022 under the rules of that year, computed on asking. */
async function figureOf2022(indicator: string, sand: 'with' | 'without') {
  const year = { from: '2022-01-01', to: '2022-12-31', edition: '2012' as const }
  const request = { indicator, subjectId: cityId, ...year, sand, stations: null }
  return (await openFigureBook({ db: database.db, clock }, [request])).row(request)
}

describe('the demo city in the real engine, from raw hours', () => {
  it.each([
    ['air.mean.pm25', '20'],
    ['air.yoy.pm25', '+11.1'],
    ['air.mean.pm10', '62'],
    ['air.yoy.pm10', '+6.9'],
    ['air.index', '3.35'],
    ['air.excellent.days', '316'],
    ['air.excellent.valid', '361'],
    ['air.excellent.ratio', '87.5'],
  ])('2022 has %s %s', async (indicator, text) => {
    const figure = await figureOf2022(indicator, 'without')
    expect([figure.text, figure.note]).toEqual([text, null])
  })

  it('names the four days without valid data, and only those, as excluded', async () => {
    const { id } = await figureOf2022('air.excellent.ratio', 'with')
    const figure = await figureById(database.db.pool, id)
    const months = figure?.basis.exclusions.map(({ date }) => date.slice(0, 7))
    expect(months).toEqual(['2022-01', '2022-07', '2022-08', '2022-09'])
  })
})
