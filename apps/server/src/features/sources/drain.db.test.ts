import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fixedClock } from '../../platform/clock.ts'
import { silentLogger } from '../../platform/log.ts'
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts'
import { drainDirty, hourMs, startRollupWorker } from '../series/index.ts'
import { queueEverything } from './dirty.repository.ts'
import { drainSources } from './drain.service.ts'
import { exceedanceRows, exceedanceVersions } from './exceedance.repository.ts'
import { hourRevisions, hourRows } from './hour.repository.ts'
import { monthlyMass } from './month-mass.ts'
import { type SourceWorker, startSourceWorker } from './source.worker.ts'
import { at, makeTestPlant, type TestPlant, writeAir, writeWater } from './source-fixture.ts'
import { sourceDigest, wipeComputed } from './wipe.repository.ts'

let test: TestDatabase
let plant: TestPlant
let worker: SourceWorker
const nowMs = at('2026-03-02T15:00')
const deps = () => ({ db: test.db, clock: fixedClock(nowMs), log: silentLogger })
const changed: { outletId: number; fromMs: number; toMs: number }[] = []

/** What the running server does between a commit and the evaluated hour. */
async function settle(): Promise<void> {
  const rollup = startRollupWorker(deps(), (changes) => worker.onRolled(changes))
  while ((await rollup.drainOnce()) > 0);
  await rollup.stop()
  while ((await worker.drainOnce()) > 0);
}

beforeAll(async () => {
  test = await createTestDatabase()
  plant = await makeTestPlant(test.db)
  worker = startSourceWorker(deps(), async (changes) => void changed.push(...changes), undefined, {
    loop: false,
  })
})
afterAll(() => test.drop())

const day = at('2026-03-01T00:00')
const soon = (ms: number) => new Date(ms + 8 * hourMs).getUTCHours()

describe('hours of an outlet', () => {
  it('are evaluated when hour messages arrive, and make exceedances of consecutive hours', async () => {
    await writeAir(test.db, plant.air, day, day + 24 * hourMs, (ms) => ({
      so2: soon(ms) >= 8 && soon(ms) < 11 ? 60 + soon(ms) : 20,
      o2: 5.1,
    }))
    await settle()
    const rows = await hourRows(test.db.pool, [plant.air.id], day, day + 24 * hourMs)
    expect(rows).toHaveLength(24)
    expect(rows[0]?.states).toBe('11')
    // layout a21002, a21026; NOx 100 at 5.1 % → ×17.5/15.9
    expect(rows[0]?.vals[3 + 2]).toBeCloseTo(110.0629, 4)
    // mass from the measured value: 20 mg/m³ × 100 000 m³/h
    expect(rows[0]?.vals[3 + 5 + 3]).toBeCloseTo(2, 9)
    expect(rows[0]?.vals[3 + 5 + 4]).toBe(50)
    const events = await exceedanceRows(test.db.pool, {})
    expect(events).toMatchObject([
      {
        factor: 'a21026',
        kind: 'hour',
        hours: 3,
        state: 'candidate',
        grade: 'A',
        days30: 1,
        from_ms: at('2026-03-01T08:00'),
      },
    ])
    expect(events[0]?.multiple).toBeCloseTo((70 * 17.5) / 15.9 / 50 - 1, 9)
    expect(changed).toContainEqual({ outletId: plant.air.id, fromMs: day, toMs: day + 24 * hourMs })
  })

  it('follow a late value: the event grows, the old outcome stays readable', async () => {
    await writeAir(
      test.db,
      plant.air,
      at('2026-03-01T11:00'),
      at('2026-03-01T12:00'),
      () => ({ so2: 90, o2: 5.1 }),
      5n,
    )
    await settle()
    const [event] = await exceedanceRows(test.db.pool, {})
    expect(event).toMatchObject({ hours: 4, version: 2 })
    expect((await exceedanceVersions(test.db.pool, event?.id ?? 0)).map((one) => one.hours)).toEqual([4, 3])
    const [revision] = await hourRevisions(test.db.pool, plant.air.id, at('2026-03-01T11:00'))
    expect(revision?.vals[3 + 5]).toBe(20)
  })

  it('withdraw an event when its values are corrected, and split one in two', async () => {
    await writeAir(
      test.db,
      plant.air,
      at('2026-03-01T09:00'),
      at('2026-03-01T10:00'),
      () => ({ so2: 20, o2: 5.1 }),
      6n,
    )
    await settle()
    expect(
      (await exceedanceRows(test.db.pool, {})).map((one) => [one.from_ms, one.hours, one.state]),
    ).toEqual([
      [at('2026-03-01T10:00'), 2, 'candidate'],
      [at('2026-03-01T08:00'), 1, 'candidate'],
    ])
    await writeAir(
      test.db,
      plant.air,
      at('2026-03-01T08:00'),
      at('2026-03-01T09:00'),
      () => ({ so2: 20, o2: 5.1 }),
      7n,
    )
    await settle()
    const states = (await exceedanceRows(test.db.pool, {})).map((one) => [
      one.hours,
      one.state,
      one.state_reason,
    ])
    expect(states).toEqual([
      [2, 'candidate', null],
      [1, 'withdrawn', 'corrected'],
    ])
  })

  it('take minutes before the hour message, and need 45 valid ones', async () => {
    const hour = at('2026-03-02T01:00')
    await writeAir(test.db, plant.air, hour, hour + hourMs, () => ({ so2: 30 }), 8n)
    await test.db.transaction(async () => undefined)
    for (let minute = 0; minute < 60; minute++) {
      const ms = hour + minute * 60_000
      await writeAir(
        test.db,
        plant.air,
        ms,
        ms + 1,
        () => ({ so2: 10, flag: minute < 16 ? 'M' : 'N' }),
        9n,
        'min',
      )
    }
    await settle()
    const [row] = await hourRows(test.db.pool, [plant.air.id], hour, hour + hourMs)
    expect(row).toMatchObject({ states: '22', reasons: 'nn', methods: 'mm' })
    await writeAir(test.db, plant.air, hour, hour + 1, () => ({ so2: 10 }), 10n, 'min')
    await settle()
    const [valid] = await hourRows(test.db.pool, [plant.air.id], hour, hour + hourMs)
    expect(valid).toMatchObject({ states: '11', methods: 'mm' })
    expect(valid?.vals[3 + 5]).toBe(10)
  })
})

describe('the hour that is running', () => {
  it('waits for its end: half of its minutes make no short hour, and what exceeds stays in sight', async () => {
    const [before, running] = [at('2026-03-02T14:00'), at('2026-03-02T15:00')]
    await writeAir(test.db, plant.air, before, before + hourMs, () => ({ so2: 99 }), 11n)
    const late = { ...deps(), clock: fixedClock(running + 30 * 60_000) }
    const now = startSourceWorker(late, async () => undefined, undefined, { loop: false })
    for (let minute = 0; minute < 30; minute++) {
      const ms = running + minute * 60_000
      await writeAir(test.db, plant.air, ms, ms + 1, () => ({ so2: 10 }), 12n, 'min')
    }
    const rollup = startRollupWorker(late, (changes) => now.onRolled(changes))
    while ((await rollup.drainOnce()) > 0);
    await rollup.stop()
    while ((await now.drainOnce()) > 0);
    expect(await hourRows(test.db.pool, [plant.air.id], running, running + hourMs)).toEqual([])
    const { rows } = await test.db.pool.query(
      'select exceeding, ts from outlet_current where outlet_id = $1',
      [plant.air.id],
    )
    expect(rows).toMatchObject([{ exceeding: true, ts: new Date(before) }])
  })
})

describe('waste water', () => {
  it('is judged by the flow-weighted mean of the day, pH by the hour', async () => {
    await writeWater(test.db, plant.water, day, day + 24 * hourMs, (ms) => ({
      cod: soon(ms) < 12 ? 40 : 70,
      flow: soon(ms) < 12 ? 100 : 300,
      ph: soon(ms) === 5 ? 9.6 : 7,
    }))
    await settle()
    const events = (await exceedanceRows(test.db.pool, { outletIds: [plant.water.id] })).map((one) => [
      one.factor,
      one.kind,
      one.hours,
      one.max_value,
    ])
    expect(events).toEqual([
      ['w01001', 'hour', 1, 9.6],
      ['w01018', 'day', 1, (40 * 100 + 70 * 300) / 400],
    ])
    const mass = await monthlyMass(test.db.pool, { year: 2026, outletIds: [plant.water.id] })
    expect(mass.find((one) => one.pollutant === 'COD')).toMatchObject({
      month: '2026-03',
      kg: (12 * 40 * 100 + 12 * 70 * 300) / 1000,
      substitutedKg: 0,
    })
  })
})

describe('recomputation', () => {
  it('from nothing gives the same rows, whatever order the data came in', async () => {
    const before = await sourceDigest(test.db.pool)
    await test.db.transaction(wipeComputed)
    expect(await sourceDigest(test.db.pool)).not.toBe(before)
    await queueEverything(test.db.pool, null, '重算')
    while ((await worker.drainOnce()) > 0);
    expect(await sourceDigest(test.db.pool)).toBe(before)
  })

  it('by two workers at once evaluates everything once', async () => {
    const before = await sourceDigest(test.db.pool)
    await test.db.transaction(wipeComputed)
    await queueEverything(test.db.pool, null, '重算')
    const facts = { nowMs, doubted: async () => new Set<number>() }
    const drain = () => test.db.transaction((trx) => drainSources(trx, facts))
    const [a, b] = await Promise.all([drain(), drain()])
    expect(Math.min(a.entries, b.entries)).toBe(0)
    await test.db.transaction(drainDirty)
    expect(await sourceDigest(test.db.pool)).toBe(before)
  })
})
