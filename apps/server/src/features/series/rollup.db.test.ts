import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../platform/clock.ts'
import { silentLogger } from '../../platform/log.ts'
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts'
import { upsertFeature } from '../registry/index.ts'
import { hourRows, makeTestCity, type TestCity, writeHours } from './air-fixture.ts'
import { hourMs } from './civil-time.ts'
import { digestOf } from './digest.repository.ts'
import { readSeries } from './read.repository.ts'
import { followRegistry } from './requeue.service.ts'
import { airFactors } from './rollup.days.ts'
import { drainDirty } from './rollup.service.ts'
import { startRollupWorker } from './rollup.worker.ts'
import type { RolledChange, SeriesTable } from './series.table.ts'

const at = (text: string) => Date.parse(`${text}:00+08:00`)
const [pm25, pm10, o3] = ['a34004', 'a34002', 'a05024']

let test: TestDatabase
let city: TestCity
beforeAll(async () => {
  test = await createTestDatabase()
  city = await makeTestCity(test.db)
})
afterAll(() => test.drop())

const drain = () => test.db.transaction((trx) => drainDirty(trx))
const column = (table: SeriesTable, factor: string | undefined) => [
  ...(table.columns.get(factor ?? '') ?? []),
]
const read = (pointId: number, period: 'hour' | 'day' | 'month' | 'year', from: string, to: string) =>
  readSeries(test.db.pool, {
    period,
    pointIds: [pointId],
    fromMs: at(from),
    toMs: at(to),
    factors: airFactors,
  })

describe('roll-up of air hours', () => {
  it('makes station day, city hours and day, month and year from hours', async () => {
    const [first] = city.stationIds
    await writeHours(
      test.db,
      hourRows(city, city.stationIds, at('2022-03-01T00:00'), at('2022-03-02T00:00'), (id, ms, item) =>
        item === 2 ? (ms - at('2022-03-01T00:00')) / hourMs : 10 * (1 + city.stationIds.indexOf(id)) + item,
      ),
    )
    const { buckets, changes } = await drain()
    expect(buckets).toBe(4)
    const count = (period: string) => changes.filter((change) => change.period === period).length
    expect({ hour: count('hour'), day: count('day'), month: count('month'), year: count('year') }).toEqual({
      hour: 24,
      day: 5,
      month: 5,
      year: 5,
    })
    const day = await read(first ?? 0, 'day', '2022-03-01T00:00', '2022-03-02T00:00')
    expect(column(day, pm25)).toEqual([10])
    // hours 16…23 have the largest 8 h mean: 19.5 goes to the even 20
    expect(column(day, o3)).toEqual([20])
    expect(day.flags.get('a34004')).toBe('N')
    const cityDay = await read(city.cityId, 'day', '2022-03-01T00:00', '2022-03-02T00:00')
    expect(column(cityDay, pm25)).toEqual([25])
    expect(column(await read(city.cityId, 'hour', '2022-03-01T05:00', '2022-03-01T06:00'), pm10)).toEqual([
      26,
    ])
    const month = await read(city.cityId, 'month', '2022-03-01T00:00', '2022-04-01T00:00')
    expect(column(month, pm25)).toEqual([25])
    expect(month.flags.get('a34004')).toBe('I')
    expect(column(await read(city.cityId, 'year', '2022-01-01T00:00', '2023-01-01T00:00'), pm10)).toEqual([
      26,
    ])
  })

  it('changes exactly the dependents of one corrected hour and nothing when the value is the same', async () => {
    const [first = 0] = city.stationIds
    const rows = hourRows(city, [first], at('2022-03-01T00:00'), at('2022-03-01T01:00'), (_, __, item) =>
      item === 0 ? 34 : item === 2 ? 0 : 10 + item,
    ).map((row) => ({ ...row, msg: 2n }))
    await writeHours(test.db, rows)
    const changed = (await drain()).changes
    expect(
      changed.map(({ period, pointId }) => `${period} ${pointId === first ? 'station' : 'city'}`).sort(),
    ).toEqual([
      'day city',
      'day station',
      'hour city',
      'month city',
      'month station',
      'year city',
      'year station',
    ])
    expect(column(await read(city.cityId, 'day', '2022-03-01T00:00', '2022-03-02T00:00'), pm25)).toEqual([
      25.25,
    ])
    await writeHours(
      test.db,
      rows.map((row) => ({ ...row, msg: 3n })),
    )
    expect(await drain()).toEqual({ entries: 0, buckets: 0, changes: [] })
  })

  it('leaves the clean-control station out of the city', async () => {
    await writeHours(
      test.db,
      hourRows(city, [city.controlId], at('2022-03-01T00:00'), at('2022-03-02T00:00'), () => 1),
    )
    const { changes } = await drain()
    expect(new Set(changes.map((change) => change.pointId))).toEqual(new Set([city.controlId]))
  })

  it('flags a day with 19 hours as insufficient and gives it no value', async () => {
    const [, second = 0] = city.stationIds
    await writeHours(
      test.db,
      hourRows(city, [second], at('2022-04-01T00:00'), at('2022-04-01T19:00'), () => 7),
    )
    await drain()
    const day = await read(second, 'day', '2022-04-01T00:00', '2022-04-02T00:00')
    expect(column(day, pm25)).toEqual([Number.NaN])
    expect(day.flags.get('a34004')).toBe('I')
  })

  it('rolls again what rests on a city or station whose registry entry changed', async () => {
    const follow = () => test.db.transaction((trx) => followRegistry(trx))
    await follow()
    await drain()
    const before = await digestOf(test.db.pool, 'all')
    expect(await follow()).toBe(0)
    const [first = 0] = city.stationIds
    const members = (codes: string[]) =>
      test.db.transaction((trx) =>
        upsertFeature(trx, 'system', {
          kind: 'air-city',
          code: 'C1',
          name: '测试市',
          regionCode: 629000,
          properties: { members: codes },
        }),
      )
    await members(['S1'])
    expect(await follow()).toBeGreaterThan(0)
    await drain()
    const day = (id: number) => read(id, 'day', '2022-03-01T00:00', '2022-03-02T00:00')
    expect(column(await day(city.cityId), pm25)).toEqual(column(await day(first), pm25))
    await members(['S1', 'S2', 'S3', 'S4'])
    await follow()
    await drain()
    expect(await digestOf(test.db.pool, 'all')).toBe(before)
  })

  it('shows a corrected raw value in every dependent within a second, by NOTIFY', async () => {
    const heard: RolledChange[] = []
    const worker = startRollupWorker(
      { db: test.db, clock: systemClock, log: silentLogger },
      async (changes) => {
        heard.push(...changes)
      },
    )
    try {
      const [first = 0] = city.stationIds
      await new Promise((resolve) => setTimeout(resolve, 300))
      const startedMs = performance.now()
      await writeHours(
        test.db,
        hourRows(city, [first], at('2022-03-01T00:00'), at('2022-03-01T01:00'), () => 58, 9n),
      )
      while (heard.length === 0 && performance.now() - startedMs < 5_000)
        await new Promise((r) => setTimeout(r, 5))
      expect(performance.now() - startedMs).toBeLessThan(1_000)
      expect(new Set(heard.map((change) => change.period))).toEqual(new Set(['hour', 'day', 'month', 'year']))
    } finally {
      await worker.stop()
    }
    const { rows } = await test.db.pool.query('select count(*)::int as n from rolled_change')
    expect(rows).toEqual([{ n: 0 }])
  })
})
