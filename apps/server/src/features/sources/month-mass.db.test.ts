import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase, testActor } from '../../platform/testing/index.ts'
import { outletDraft } from '../registry/enterprise-fixture.ts'
import { upsertFeature } from '../registry/index.ts'
import { drainDirty, hourMs } from '../series/index.ts'
import { outletDays } from './day-view.service.ts'
import { queueEverything, queueSpans } from './dirty.repository.ts'
import { drainSources } from './drain.service.ts'
import { exceedanceRows } from './exceedance.repository.ts'
import { hourRevisions, hourRows } from './hour.repository.ts'
import { monthlyMass, refreshMonths } from './month-mass.ts'
import { readOutletHours } from './outlet-hours.ts'
import { followRegistry } from './registry-watch.ts'
import { followClock } from './source.worker.ts'
import { at, makeTestPlant, type TestPlant, writeAir, writeWater } from './source-fixture.ts'

let test: TestDatabase
let plant: TestPlant
let nowMs = at('2026-06-15T00:00')
const nobody = async () => new Set<number>()
async function drain() {
  for (;;) {
    const { entries } = await test.db.transaction((trx) => drainSources(trx, { nowMs, doubted: nobody }))
    if (entries === 0) return
  }
}

beforeAll(async () => {
  test = await createTestDatabase()
  plant = await makeTestPlant(test.db)
  await test.db.transaction(followRegistry)
  // two months and a half: 100 000 m³/h of 20 mg/m³ SO2 = 2 kg/h, one hour of 5 kg, a gap of 20 hours
  await writeAir(test.db, plant.air, at('2026-04-01T00:00'), at('2026-06-15T00:00'), (ms) => {
    if (ms >= at('2026-05-10T00:00') && ms < at('2026-05-10T20:00')) return undefined
    return { so2: ms === at('2026-05-06T03:00') ? 50 : 20 }
  })
  await test.db.transaction(drainDirty)
  await queueEverything(test.db.pool, null, '数据')
  await drain()
})
afterAll(() => test.drop())

const so2 = async () =>
  (await monthlyMass(test.db.pool, { year: 2026, outletIds: [plant.air.id] })).filter(
    (one) => one.pollutant === 'SO2',
  )

describe('monthly masses', () => {
  it('fill a gap of 20 hours with the largest of the 180 valid hours before it', async () => {
    expect(await so2()).toEqual([
      {
        outletId: plant.air.id,
        month: '2026-04',
        pollutant: 'SO2',
        kg: 1440,
        validShare: 1,
        substitutedKg: 0,
      },
      {
        outletId: plant.air.id,
        month: '2026-05',
        pollutant: 'SO2',
        kg: 2 * (744 - 20) + 3 + 20 * 5,
        validShare: (744 - 20) / 744,
        substitutedKg: 100,
      },
      {
        outletId: plant.air.id,
        month: '2026-06',
        pollutant: 'SO2',
        kg: 2 * 14 * 24,
        validShare: 1,
        substitutedKg: 0,
      },
    ])
  })

  it('are the same once stored, and follow a correction at once', async () => {
    const before = await so2()
    while ((await refreshMonths({ db: test.db }, nowMs)) > 0);
    expect(await so2()).toEqual(before)
    await writeAir(
      test.db,
      plant.air,
      at('2026-05-06T03:00'),
      at('2026-05-06T04:00'),
      () => ({ so2: 40 }),
      5n,
    )
    const day = { outletId: plant.air.id, fromMs: at('2026-05-06T00:00'), toMs: at('2026-05-07T00:00') }
    await queueSpans(test.db.pool, [day], '更正')
    await drain()
    expect((await so2())[1]?.substitutedKg).toBe(80)
  })

  it('of days add up to those of the month', async () => {
    const actor = testActor('source')
    const deps = { db: test.db, clock: { now: () => nowMs } }
    const query = { from: '2026-05-01', to: '2026-06-01', factors: 'a21026' }
    const { items } = await outletDays(deps, actor, plant.air.id, query)
    const gap = items.find((day) => day.date === '2026-05-10')
    expect(gap).toMatchObject({ valid: false, value: null, validHours: 4, substitutedKg: 80 })
    expect(gap?.substitution).toContain('HJ 75')
    const total = items.reduce((sum, day) => sum + (day.massKg ?? 0), 0)
    expect(total).toBeCloseTo((await so2())[1]?.kg ?? 0, 6)
  })
})

describe('hours in bulk', () => {
  it('come without gaps, with states and messages', async () => {
    const [from, to] = [at('2026-05-09T22:00'), at('2026-05-10T22:00')]
    const hours = (await readOutletHours(test.db.pool, [plant.air.id], from, to)).find(
      (one) => one.factor === 'a21026',
    )
    expect(hours?.startMs).toHaveLength(24)
    expect([...(hours?.state ?? [])]).toEqual([1, 1, ...new Array(20).fill(0), 1, 1])
    expect(hours?.msg[0]).toBe(1n)
    expect(hours?.measured[2]).toBeNaN()
  })
})

describe('a change in the registry', () => {
  it('makes hours be judged again: another reference oxygen converts them anew, the old outcome is kept', async () => {
    const hour = at('2026-05-01T00:00')
    const converted = async () =>
      (await hourRows(test.db.pool, [plant.air.id], hour, hour + hourMs))[0]?.vals[3 + 5 + 2]
    expect(await converted()).toBe(20)
    const card = outletDraft(plant.code, 'DA001', {
      properties: {
        facility: 'boiler-gas',
        factors: ['a21026', 'a21002'],
        eiaApprovedOn: '2018-05-01',
        referenceO2: 9,
      },
    })
    await test.db.transaction(async (trx) => {
      await upsertFeature(trx, 'system', card)
    })
    expect(await test.db.transaction(followRegistry)).toBeGreaterThan(0)
    await drain()
    expect(await converted()).toBeCloseTo((20 * 12) / 17.5, 9)
    const [revision] = await hourRevisions(test.db.pool, plant.air.id, hour)
    expect(revision).toMatchObject({ why: '排放口、设备或许可证变更' })
    expect(revision?.vals[3 + 5 + 2]).toBe(20)
    expect(await test.db.transaction(followRegistry)).toBe(0)
  })
})

describe('an outlet that changes hands', () => {
  it('takes its marks, exceedances and hours along', async () => {
    const { rows: made } = await test.db.pool.query(
      `insert into source_mark (id, outlet_id, region_code, owner_id, item, from_ts, to_ts, reason, state, late, deadline,
         after_exceedance, filed_by, filed_by_name, filed_at)
       values (9, $1, 629001, $2, 'maintenance', '2026-05-02', '2026-05-03', '试验', 'rejected', false, '2026-05-04',
         false, 1, '甲', '2026-05-03') returning owner_id`,
      [plant.air.id, plant.air.ownerId],
    )
    expect(made).toEqual([{ owner_id: plant.air.ownerId }])
    await test.db.pool.query('update feature set owner_id = 77, version = version + 1 where id = $1', [
      plant.air.id,
    ])
    await test.db.transaction(followRegistry)
    await drain()
    const owners = async (table: string) =>
      (
        await test.db.pool.query(`select distinct owner_id from ${table} where outlet_id = $1`, [
          plant.air.id,
        ])
      ).rows
    for (const table of [
      'source_mark',
      'outlet_hour',
      'outlet_day',
      'outlet_current',
      'outlet_hour_revision',
    ])
      expect([table, await owners(table)]).toEqual([table, [{ owner_id: 77 }]])
  })
})

describe('time alone', () => {
  it('lets a day of waste water be judged when it has ended, not before', async () => {
    nowMs = at('2026-06-20T23:30')
    await writeWater(test.db, plant.water, at('2026-06-20T00:00'), at('2026-06-20T23:00'), () => ({
      cod: 80,
    }))
    await queueEverything(test.db.pool, [plant.water.id], '数据')
    await drain()
    const water = async () => exceedanceRows(test.db.pool, { outletIds: [plant.water.id] })
    expect(await water()).toEqual([])
    await test.db.transaction((trx) => followClock(trx, nowMs))
    await drain()
    expect(await water()).toEqual([])
    nowMs = at('2026-06-21T00:20')
    expect(await test.db.transaction((trx) => followClock(trx, nowMs))).toBeGreaterThan(0)
    await drain()
    expect(await water()).toMatchObject([{ kind: 'day', factor: 'w01018', grade: 'C' }])
    nowMs = at('2026-06-21T12:01')
    await test.db.transaction((trx) => followClock(trx, nowMs))
    await drain()
    expect(await water()).toMatchObject([{ kind: 'day', grade: 'A', version: 2 }])
  })
})
