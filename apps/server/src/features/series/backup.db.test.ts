import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backupTo, checkBackup, restoreFrom } from '../../platform/backup/index.ts'
import { fixedClock } from '../../platform/clock.ts'
import {
  createEmptyDatabase,
  createTestDatabase,
  type TestDatabase,
  testActor,
} from '../../platform/testing/index.ts'
import { upsertFeature } from '../registry/index.ts'
import { hourRows, makeTestCity, type TestCity, writeHours } from './air-fixture.ts'
import { confirmSand, makeMark, reviewDaysAt } from './decide.service.ts'
import { digestOf } from './digest.repository.ts'
import { drainDirty } from './rollup.service.ts'

const at = (text: string) => Date.parse(`${text}T00:00:00+08:00`)
const options = { version: '0.1.0', now: at('2026-01-01') }
let folder: string
let test: TestDatabase
let city: TestCity
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shanshui-backup-'))
  test = await createTestDatabase()
  city = await makeTestCity(test.db)
  const station = city.stationIds[0] ?? 0
  const deps = { db: test.db, clock: fixedClock(at('2022-06-01')) }
  const value = (_: number, ms: number, item: number) =>
    item === 4 && ms % 7 === 0 ? Number.NaN : item + 0.1
  await writeHours(test.db, hourRows(city, city.stationIds, at('2022-03-20'), at('2022-04-10'), value))
  await writeHours(
    test.db,
    hourRows(city, [station], at('2022-03-21'), at('2022-03-22'), () => 9.3, 5n),
  )
  await test.db.transaction((trx) => drainDirty(trx))
  const analyst = testActor('analyst')
  await makeMark(deps, analyst, { pointId: station, from: '2022-03-22', to: '2022-03-23', reason: '停电' })
  await confirmSand(deps, analyst, {
    cityId: city.cityId,
    from: '2022-04-01',
    to: '2022-04-02',
    reason: '佐证齐全',
  })
  await reviewDaysAt(deps, analyst, 'station', {
    decision: 'approve',
    items: [{ pointId: station, date: '2022-03-25' }],
  })
  await test.db.transaction((trx) => drainDirty(trx))
})
afterAll(async () => {
  await test.drop()
  await rm(folder, { recursive: true })
})

async function counts(from: TestDatabase): Promise<Record<string, number>> {
  const { rows } = await from.db.pool.query<{ name: string; n: number }>(
    `select relname as name, (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I', relname), false, true, '')))[1]::text::int as n
     from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname`,
  )
  return Object.fromEntries(rows.map((row) => [row.name, row.n]))
}

describe('backup and restore', () => {
  it('gives the same tables, digests, journal and sequences in an empty database', async () => {
    const file = join(folder, 'whole.backup')
    const report = await backupTo(test.db, file, options)
    expect(report.rows).toBeGreaterThan(2_000)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const target = await createEmptyDatabase()
    try {
      const restored = await restoreFrom(target.db, file)
      expect(restored.rows).toBe(report.rows)
      expect(await digestOf(target.db.pool, 'all')).toBe(await digestOf(test.db.pool, 'all'))
      const [before, after] = [await counts(test), await counts(target)]
      expect(after).toEqual(before)
      const next = await target.db.transaction((trx) =>
        upsertFeature(trx, 'system', {
          kind: 'air-city',
          code: 'C9',
          name: '恢复后新增',
          regionCode: 629000,
          properties: { members: [] },
        }),
      )
      expect(next.id).toBeGreaterThan(city.cityId)
      // what guards rows, and who sees what, is in force again
      await expect(target.db.pool.query('update journal_block set kind = kind')).rejects.toThrow()
      await expect(target.db.pool.query('delete from feature where id = $1', [-1])).resolves.toBeDefined()
      await writeHours(
        target.db,
        hourRows(city, city.stationIds, at('2022-04-10'), at('2022-04-11'), () => 1, 9n),
      )
      await target.db.transaction((trx) => drainDirty(trx))
    } finally {
      await target.drop()
    }
  })

  it('refuses a database that holds something, and replaces it when forced', async () => {
    const file = join(folder, 'force.backup')
    await backupTo(test.db, file, options)
    const target = await createTestDatabase()
    try {
      await expect(restoreFrom(target.db, file)).rejects.toMatchObject({ code: 'backup.not-empty' })
      await restoreFrom(target.db, file, { force: true })
      expect(await digestOf(target.db.pool, 'all')).toBe(await digestOf(test.db.pool, 'all'))
    } finally {
      await target.drop()
    }
  })

  it('names a damaged file before it touches the target', async () => {
    const file = join(folder, 'good.backup')
    await backupTo(test.db, file, options)
    expect((await checkBackup(file)).manifest.version).toBe('0.1.0')
    const good = await readFile(file)
    const plain = gunzipSync(good)
    const flipped = Buffer.from(plain)
    flipped[Math.floor(plain.length / 2)] = (flipped[Math.floor(plain.length / 2)] ?? 0) ^ 1
    const cases: [string, Buffer][] = [
      ['flipped', gzipSync(flipped)],
      ['cut', good.subarray(0, good.length - 20)],
      ['cut inside', gzipSync(plain.subarray(0, plain.length - 3))],
      ['foreign', Buffer.from('date,hour,type\n')],
      ['raw', Buffer.from(good.map((byte, i) => (i === 2_000 ? byte ^ 0x40 : byte)))],
    ]
    const target = await createTestDatabase()
    try {
      for (const [name, bytes] of cases) {
        const bad = join(folder, `${name}.backup`)
        await writeFile(bad, bytes)
        await expect(restoreFrom(target.db, bad, { force: true }), name).rejects.toMatchObject({
          code: 'backup.damaged',
        })
      }
      expect((await counts(target)).layout).toBe(0)
    } finally {
      await target.drop()
    }
  })

  it('holds one moment while writers go on', async () => {
    const file = join(folder, 'live.backup')
    let writing = true
    const busy = (async () => {
      for (let i = 0; writing; i++) {
        const from = at('2023-01-01') + i * 86_400_000
        await writeHours(
          test.db,
          hourRows(city, city.stationIds, from, from + 86_400_000, () => i, BigInt(100 + i)),
        )
      }
    })()
    await new Promise((resolve) => setTimeout(resolve, 100))
    await backupTo(test.db, file, options)
    writing = false
    await busy
    const target = await createEmptyDatabase()
    try {
      await restoreFrom(target.db, file)
      const { rows } = await target.db.pool.query<{ rows: number; days: number }>(
        `select (select count(*)::int from obs_hour where ts >= '2023-01-01 00:00+08') as rows,
                (select sum(cardinality(point_ids))::int from dirty_bucket where bucket >= '2023-01-01 00:00+08') as days`,
      )
      const [row] = rows
      expect(row?.rows).toBeGreaterThan(0)
      // every day came with its entry of four stations in the queue, or not at all
      expect(row?.rows).toBe((row?.days ?? 0) * 24)
    } finally {
      await target.drop()
    }
  })

  it('leaves nothing under the name of a backup that failed', async () => {
    const file = join(folder, 'missing', 'x.backup')
    await expect(backupTo(test.db, file, options)).rejects.toThrow(/ENOENT/)
    expect((await readdir(folder)).some((name) => name.endsWith('.part'))).toBe(false)
  })
})
