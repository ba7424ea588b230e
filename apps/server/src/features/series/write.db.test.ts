import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts'
import { internLayout } from './layout.repository.ts'
import { upsertFacts } from './observation.repository.ts'
import { readSeries } from './read.repository.ts'
import type { Cause, ObservationRow } from './series.table.ts'
import { sortedUnique, writeBisecting, writeObservations } from './write.service.ts'

const cause: Cause = { by: 'test', reason: '测试写入', atMs: Date.parse('2026-03-02T00:00:00+08:00') }
const hour = (n: number) => Date.parse('2026-02-28T22:00:00+08:00') + n * 3_600_000
const factors = ['a34004', 'a34002'] as const

let test: TestDatabase
let layoutId: number
beforeAll(async () => {
  test = await createTestDatabase()
  layoutId = await internLayout(test.db.pool, factors)
})
afterAll(() => test.drop())

function row(
  pointId: number,
  n: number,
  values: number[],
  msg: number,
  more: Partial<ObservationRow> = {},
): ObservationRow {
  return {
    pointId,
    regionCode: 629001,
    ownerId: 0,
    startMs: hour(n),
    layoutId,
    values,
    flags: 'N'.repeat(values.length),
    msg: BigInt(msg),
    ...more,
  }
}

const write = (rows: ObservationRow[]) =>
  test.db.transaction((trx) => writeObservations(trx, 'hour', rows, cause))
const read = (pointId: number) =>
  readSeries(test.db.pool, {
    period: 'hour',
    pointIds: [pointId],
    fromMs: hour(-100),
    toMs: hour(100),
    factors,
  })

describe('writeObservations', () => {
  it('inserts, leaves identical rows alone, and keeps what a correction replaces with who and why', async () => {
    expect(await write([row(1, 0, [35, 60], 1), row(1, 3, [36.5, Number.NaN], 2)])).toEqual({
      inserted: 2,
      revised: 0,
      unchanged: 0,
    })
    expect(await write([row(1, 0, [35, 60], 3), row(1, 3, [36.5, Number.NaN], 4)])).toEqual({
      inserted: 0,
      revised: 0,
      unchanged: 2,
    })
    expect(await write([row(1, 0, [35, 61], 5)])).toEqual({ inserted: 0, revised: 1, unchanged: 0 })
    const table = await read(1)
    expect([...table.startMs]).toEqual([hour(0), hour(3)])
    expect([...(table.columns.get('a34002') ?? [])]).toEqual([61, Number.NaN])
    const { rows } = await test.db.pool.query(
      'select vals, rev, new_msg::text, replaced_by, reason from obs_revision where point_id = 1',
    )
    expect(rows).toEqual([{ vals: [35, 60], rev: 1, new_msg: '5', replaced_by: 'test', reason: '测试写入' }])
  })

  it('keeps the row of the highest message whatever the order of arrival', async () => {
    await write([row(2, 0, [2, 2], 20)])
    expect(await write([row(2, 0, [1, 1], 10)])).toEqual({ inserted: 0, revised: 0, unchanged: 1 })
    expect([...((await read(2)).columns.get('a34004') ?? [])]).toEqual([2])
  })

  it('resolves duplicates inside a batch to the last of the highest message', async () => {
    expect(await write([row(3, 0, [1, 1], 7), row(3, 0, [3, 3], 9), row(3, 0, [2, 2], 8)])).toEqual({
      inserted: 1,
      revised: 0,
      unchanged: 2,
    })
    expect([...((await read(3)).columns.get('a34004') ?? [])]).toEqual([3])
  })

  it('writes minima, maxima and cumulatives where a row has them', async () => {
    await write([row(4, 0, [1, 2], 1, { mins: [0, 1], maxs: [2, 3], cous: [60, 60] }), row(4, 1, [1, 2], 2)])
    const { rows } = await test.db.pool.query(
      'select mins, maxs, cous from obs_hour where point_id = 4 order by ts',
    )
    expect(rows).toEqual([
      { mins: [0, 1], maxs: [2, 3], cous: [60, 60] },
      { mins: null, maxs: null, cous: null },
    ])
  })

  it('queues each changed day once a batch and nothing for an identical one', async () => {
    await test.db.pool.query('truncate dirty_bucket')
    await write([row(5, 0, [1, 1], 1), row(5, 1, [1, 1], 1), row(5, 3, [1, 1], 1)])
    await write([row(5, 0, [1, 1], 2)])
    const { rows } = await test.db.pool.query(
      `select to_char(bucket, 'YYYY-MM-DD HH24') as bucket, period, point_ids,
         array(select to_char(t, 'HH24') from unnest(last_ts) t) as last from dirty_bucket where 5 = any(point_ids) order by 1`,
    )
    expect(rows).toEqual([
      { bucket: '2026-02-28 00', period: 'hour', point_ids: [5], last: ['23'] },
      { bucket: '2026-03-01 00', period: 'hour', point_ids: [5], last: ['01'] },
    ])
  })

  it('gives the same rows by both forms of the statement', async () => {
    for (const [pointId, form] of [
      [6, 'returning-old'],
      [7, 'lock-first'],
    ] as const) {
      if (form === 'returning-old' && (await serverMajor()) < 18) continue
      await test.db.transaction((trx) =>
        upsertFacts(trx, 'hour', [row(pointId, 0, [1, 1], 1), row(pointId, 1, [1, 1], 1)], cause, form),
      )
      const second = await test.db.transaction((trx) =>
        upsertFacts(
          trx,
          'hour',
          [row(pointId, 0, [1, 1], 2), row(pointId, 1, [5, 1], 2), row(pointId, 2, [9, 9], 2)],
          cause,
          form,
        ),
      )
      expect(second).toEqual({ inserted: 1, revised: 1, unchanged: 1, conflict: false })
      const { rows } = await test.db.pool.query('select vals from obs_revision where point_id = $1', [
        pointId,
      ])
      expect(rows).toEqual([{ vals: [1, 1] }])
    }
  })

  it('refuses a row whose flags do not fit its values', async () => {
    await expect(write([row(8, 0, [1, 2], 1, { flags: 'N' })])).rejects.toMatchObject({
      code: 'series.row-invalid',
    })
  })

  it('writes the good rows of a poisoned batch and returns the bad ones', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => row(9, i, [i, i], 1))
    rows[13] = row(9, 13, [1, 2], 1, { flags: 'N' })
    rows[17] = row(9, 17, [1, 2], 1, { startMs: 8.64e15 })
    const result = await test.db.transaction((trx) => writeBisecting(trx, 'hour', rows, cause))
    expect(result.inserted).toBe(18)
    expect(result.poisoned.map(({ row: bad }) => bad.startMs)).toEqual([hour(13), 8.64e15])
  })

  it('makes the partition again when the transaction that made it was rolled back', async () => {
    const far = { startMs: Date.parse('2011-05-01T00:00:00+08:00') }
    await test.db
      .transaction(async (trx) => {
        await writeObservations(trx, 'hour', [row(10, 0, [1, 1], 1, far)], cause)
        await writeObservations(trx, 'hour', [row(11, 0, [1, 1], 1, far)], cause)
        throw new Error('rolled back')
      })
      .catch(() => undefined)
    expect(await write([row(10, 0, [1, 1], 1, far)])).toMatchObject({ inserted: 1 })
  })
})

async function serverMajor(): Promise<number> {
  const { rows } = await test.db.pool.query<{ v: number }>(
    `select current_setting('server_version_num')::int as v`,
  )
  return Math.floor((rows[0]?.v ?? 0) / 10_000)
}

describe('sortedUnique', () => {
  it('sorts by time, point and layout', () => {
    const rows = sortedUnique([row(2, 1, [1, 1], 1), row(1, 1, [1, 1], 1), row(3, 0, [1, 1], 1)])
    expect(rows.map((r) => [r.pointId, r.startMs])).toEqual([
      [3, hour(0)],
      [1, hour(1)],
      [2, hour(1)],
    ])
  })
})
