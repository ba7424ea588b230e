import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts'
import { hourRows, makeTestCity, type TestCity, testCause } from './air-fixture.ts'
import { internLayout } from './layout.repository.ts'
import { readSeries } from './read.repository.ts'
import { drainDirty } from './rollup.service.ts'
import type { ObservationRow, Period } from './series.table.ts'
import { writeObservations } from './write.service.ts'

const at = (text: string) => Date.parse(`2025-06-01T${text}:00+08:00`)
let test: TestDatabase
let city: TestCity
beforeAll(async () => {
  test = await createTestDatabase()
  city = await makeTestCity(test.db)
})
afterAll(() => test.drop())

async function write(
  period: Period,
  pointId: number,
  factors: readonly string[],
  startMs: number,
  values: number[],
  msg: number,
  more: Partial<ObservationRow> = {},
) {
  await test.db.transaction(async (trx) => {
    const layoutId = await internLayout(trx, factors)
    const row = {
      pointId,
      regionCode: 629001,
      ownerId: 0,
      startMs,
      layoutId,
      values,
      flags: 'N'.repeat(values.length),
      msg: BigInt(msg),
      ...more,
    }
    await writeObservations(trx, period, [row], testCause)
  })
}

const read = (period: Period, pointId: number, factors: string[], includeInvalid = false) =>
  readSeries(test.db.pool, {
    period,
    pointIds: [pointId],
    fromMs: at('00:00'),
    toMs: at('23:00'),
    factors,
    includeInvalid,
  })

describe('readSeries', () => {
  it('joins the packets of one instant, and per factor the highest message wins', async () => {
    const [id = 0] = city.stationIds
    await write('hour', id, ['a34004', 'a34002'], at('01:00'), [1, 2], 10)
    await write('hour', id, ['a34004', 'a05024'], at('01:00'), [9, 3], 9)
    const table = await read('hour', id, ['a34004', 'a34002', 'a05024', 'a21026'])
    expect([...table.startMs]).toEqual([at('01:00')])
    expect([...table.columns].map(([factor, values]) => [factor, values[0]])).toEqual([
      ['a34004', 1],
      ['a34002', 2],
      ['a05024', 3],
      ['a21026', Number.NaN],
    ])
    expect(table.flags.get('a21026')).toBe(' ')
    expect(table.msg[0]).toBe(10n)
  })

  it('withholds values whose flag is not normal, and gives them when asked', async () => {
    const [, id = 0] = city.stationIds
    await write('hour', id, ['a34004', 'a34002'], at('01:00'), [50, 60], 1, { flags: 'DT' })
    expect((await read('hour', id, ['a34004', 'a34002'])).columns.get('a34004')?.[0]).toBeNaN()
    expect((await read('hour', id, ['a34002'])).columns.get('a34002')?.[0]).toBe(60)
    expect((await read('hour', id, ['a34004'], true)).columns.get('a34004')?.[0]).toBe(50)
  })

  it('returns points in order, each with its own instants', async () => {
    const rows = hourRows(city, city.stationIds, at('05:00'), at('07:00'), (id) => id)
    await test.db.transaction((trx) => writeObservations(trx, 'hour', rows, testCause))
    const table = await readSeries(test.db.pool, {
      period: 'hour',
      pointIds: [...city.stationIds].reverse(),
      fromMs: at('05:00'),
      toMs: at('07:00'),
      factors: ['a34004'],
    })
    expect([...table.pointId]).toEqual(city.stationIds.flatMap((id) => [id, id]))
    expect([...(table.columns.get('a34004') ?? [])]).toEqual(city.stationIds.flatMap((id) => [id, id]))
  })
})

describe('minutes to hours', () => {
  it('makes the mean of the usable minutes, N from 45 minutes on, and fills hours that the station did not send', async () => {
    const [, , id = 0, other = 0] = city.stationIds
    for (let minute = 0; minute < 60; minute++) {
      const startMs = at('10:00') + minute * 60_000
      // 0.1, 0.2, … are summed exactly: the mean of 0…5.9 is 2.95
      await write('min', id, ['a34004', 'w01018'], startMs, [minute / 10, 7], 100 + minute, {
        flags: minute < 16 ? 'ND' : 'NN',
      })
    }
    for (let ten = 0; ten < 5; ten++)
      await write('min', other, ['a34004'], at('10:00') + ten * 600_000, [ten], 200 + ten)
    await test.db.transaction((trx) => drainDirty(trx))
    const table = await read('hour', id, ['a34004', 'w01018'])
    const slot = [...table.startMs].indexOf(at('10:00'))
    expect(table.columns.get('a34004')?.[slot]).toBe(2.95)
    expect(table.flags.get('a34004')?.[slot]).toBe('N')
    // 44 usable minutes are not enough
    expect(table.flags.get('w01018')?.[slot]).toBe('I')
    expect(table.columns.get('w01018')?.[slot]).toBeNaN()
    const { rows } = await test.db.pool.query(
      `select factor, value, min, max, cou from obs_value
       where point_id = $1 and period = 'hour' and procedure = 'rolled' order by factor`,
      [id],
    )
    expect(rows).toEqual([
      { factor: 'a34004', value: 2.95, min: 0, max: 5.9, cou: 60 },
      { factor: 'w01018', value: 7, min: 7, max: 7, cou: 44 },
    ])
    // five ten-minute values cover 50 minutes
    expect((await read('hour', other, ['a34004'])).columns.get('a34004')?.at(-1)).toBe(2)
  })

  it('lets the hour that the station sent stand before the rolled one', async () => {
    const [, , id = 0] = city.stationIds
    await write('hour', id, ['a34004'], at('10:00'), [5], 500)
    expect((await read('hour', id, ['a34004'])).columns.get('a34004')?.at(-1)).toBe(5)
    await write('hour', id, ['a34004'], at('10:00'), [5], 501, { flags: 'B' })
    expect((await read('hour', id, ['a34004'])).columns.get('a34004')?.at(-1)).toBe(2.95)
  })
})
