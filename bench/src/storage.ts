import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  airFactors,
  type Database,
  defaultConfig,
  drainDirty,
  internLayout,
  type ObservationRow,
  type RunningServer,
  readSeries,
  silentLogger,
  startServer,
  upsertFeature,
  writeObservations,
} from '@shanshui/server'
import type { BenchOptions, BenchResult } from './result.ts'
import { median, quantile } from './spread.ts'
import { type Client, logIn } from './storage-client.ts'
import { copyRows, factors, loadByCopy, outletRow } from './storage-data.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const startMs = Date.parse('2026-05-01T00:00:00+08:00')
const cause = { by: 'bench', reason: 'measurement', atMs: startMs }
const rowsPerBatch = 1_000

/** The series room on the embedded PostgreSQL, durable, beside binary COPY into the same table in the same run. */
export async function benchStorage({ quick }: BenchOptions): Promise<readonly BenchResult[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'shanshui-bench-'))
  const server = await startServer(
    { ...defaultConfig, dataDir, httpPort: 0, logLevel: 'silent', rateLimitPerMinute: 1_000_000 },
    { only: ['api'], log: silentLogger, withoutFirstAdministrator: true },
  )
  try {
    const { db } = server.deps
    const upsert = await benchUpsert(db, quick)
    const rollup = await benchRollup(db, quick)
    const corrections = await benchCorrections(db)
    const reading = await benchReading(server, quick)
    return [...upsert, ...rollup, corrections, await benchYears(db, quick), ...reading]
  } finally {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

function batch(layoutId: number, minute: number): ObservationRow[] {
  return Array.from({ length: rowsPerBatch }, (_, i) =>
    outletRow(100_001 + i, startMs + minute * minuteMs, layoutId, minute + 1),
  )
}

/** Rounds of COPY and upsert by turns into the same partition; each batch is a transaction of its own. */
async function benchUpsert(db: Database, quick: boolean): Promise<BenchResult[]> {
  const layoutId = await internLayout(db.pool, factors)
  const [rounds, batches] = quick ? [3, 10] : [7, 40]
  const rates: Record<'copy' | 'upsert' | 'again' | 'corrected', number[]> = {
    copy: [],
    upsert: [],
    again: [],
    corrected: [],
  }
  const write = (rows: readonly ObservationRow[]) =>
    db.transaction((trx) => writeObservations(trx, 'min', rows, cause))
  await write(batch(layoutId, 0)) // makes the partition
  let minute = 1
  for (let round = 0; round < rounds; round++) {
    const values = batches * rowsPerBatch * factors.length
    const sets = (from: number) => Array.from({ length: batches }, (_, i) => batch(layoutId, from + i))
    const run = async (
      name: keyof typeof rates,
      work: readonly ObservationRow[][],
      one: (rows: ObservationRow[]) => Promise<unknown>,
    ) => {
      await db.pool.query('select 1')
      rates[name].push(
        values /
          (await seconds(async () => {
            for (const rows of work) await one(rows)
          })),
      )
    }
    const [copied, written] = [sets(minute), sets(minute + batches)]
    await run('copy', copied, (rows) => db.transaction((trx) => copyRows(trx, 'obs_min', rows)))
    await run('upsert', written, write)
    await run(
      'again',
      written.map((rows) => rows.map((row) => ({ ...row, msg: row.msg + 1_000_000n }))),
      write,
    )
    await run(
      'corrected',
      written.map((rows) => rows.map((row, i) => (i % 20 === 0 ? corrected(row) : row))),
      write,
    )
    minute += 2 * batches
  }
  const against = { what: 'binary COPY into the same table', value: median(rates.copy), unit: 'values/s' }
  const ratio = (rate: readonly number[]) =>
    median(rate.map((value, i) => value / (rates.copy[i] ?? Number.NaN)))
  const note = `${rowsPerBatch} rows × ${factors.length} values a transaction, ${rounds} rounds by turns, medians; with history, queue and newest-row pointers`
  const row = (what: string, rate: readonly number[]): BenchResult => ({
    what,
    value: median(rate),
    unit: 'values/s',
    against,
    ratio: ratio(rate),
  })
  return [
    {
      ...row('batched upsert with history, new data', rates.upsert),
      bar: { kind: 'at-least', value: 0.6, unit: '' },
      note,
    },
    row('the same batches sent again', rates.again),
    row('the same batches with 5 % corrected', rates.corrected),
  ]
}

function corrected(row: ObservationRow): ObservationRow {
  return { ...row, msg: row.msg + 2_000_000n, values: Float64Array.from(row.values, (value) => value + 0.01) }
}

async function queueHours(
  db: Database,
  points: number,
  firstPoint: number,
  hours: readonly number[],
): Promise<void> {
  const ids = Array.from({ length: points }, (_, p) => firstPoint + p)
  await db.pool.query(
    `insert into dirty_bucket (period, bucket, point_ids, layouts, last_ts)
     select 'min', to_timestamp(h / 1000.0), $2, '{}', '{}' from unnest($1::float8[]) h`,
    [hours, ids],
  )
}

async function drainAll(db: Database): Promise<number> {
  let buckets = 0
  for (;;) {
    const drained = await db.transaction((trx) => drainDirty(trx))
    if (drained.entries === 0) return buckets
    buckets += drained.buckets
  }
}

/** Minutes to hours of many outlets: reading, computing and writing the hours. */
async function benchRollup(db: Database, quick: boolean): Promise<BenchResult[]> {
  await db.pool.query('truncate dirty_bucket')
  const [points, hours, rounds] = [quick ? 200 : 1_000, 5, quick ? 2 : 5]
  const layoutId = await internLayout(db.pool, factors)
  const from = startMs + 10 * dayMs
  const starts = Array.from({ length: hours }, (_, h) => from + h * hourMs)
  const rows: ObservationRow[] = []
  for (let minute = 0; minute < hours * 60; minute++)
    for (let p = 0; p < points; p++) rows.push(outletRow(200_001 + p, from + minute * minuteMs, layoutId, 1))
  await loadByCopy(db, 'obs_min', rows)
  const values = rows.length * factors.length
  await db.pool.query('vacuum analyze obs_min')
  const rates: number[] = []
  const perCpuSecond: number[] = []
  for (let round = 0; round < rounds; round++) {
    await db.pool.query('delete from obs_hour where point_id > 200000')
    await queueHours(db, points, 200_001, starts)
    const before = process.cpuUsage()
    rates.push(values / (await seconds(() => drainAll(db))))
    const { user, system } = process.cpuUsage(before)
    perCpuSecond.push((values / (user + system)) * 1e6)
  }
  return [
    {
      what: `hourly roll-up of ${values / 1e6} M minute values`,
      value: median(rates),
      unit: 'values/s',
      bar: { kind: 'at-least', value: 8_000_000, unit: 'values/s' },
      note: `${points} outlets × ${hours} h × ${factors.length} factors; one core of Node; reading, computing and writing ${points * hours} hours; by a second of Node's CPU time ${(median(perCpuSecond) / 1e6).toFixed(1)} M values`,
    },
  ]
}

/** 100 outlet-hours get a corrected minute each; all of them are recomputed from their 6,000 minute rows. */
async function benchCorrections(db: Database): Promise<BenchResult> {
  const layoutId = await internLayout(db.pool, factors)
  const times: number[] = []
  for (let round = 0; round < 11; round++) {
    const rows = Array.from({ length: 100 }, (_, p) =>
      corrected(outletRow(200_001 + p, startMs + 10 * dayMs + round * minuteMs, layoutId, 100 + round)),
    )
    await db.transaction((trx) => writeObservations(trx, 'min', rows, cause))
    times.push(1000 * (await seconds(() => drainAll(db))))
  }
  return {
    what: '100 corrected outlet-hours recomputed',
    value: median(times),
    unit: 'ms',
    bar: { kind: 'at-most', value: 100, unit: 'ms' },
    note: `from ${100 * 60 * factors.length} minute values, read, computed and written; worst of ${times.length}: ${Math.max(...times).toFixed(0)} ms`,
  }
}

/** A city's whole history after an import: hours to days, city, months and years, by the evaluators of the standards. */
async function benchYears(db: Database, quick: boolean): Promise<BenchResult> {
  const codes = ['Y1', 'Y2', 'Y3', 'Y4', 'Y5']
  const ids = await db.transaction(async (trx) => {
    const made: number[] = []
    const properties = { siteRole: 'assessment', zoneClass: 2 }
    for (const code of codes) {
      const station = { kind: 'air-station', code, name: code, regionCode: 629001, properties }
      made.push((await upsertFeature(trx, 'system', station)).id)
    }
    const city = {
      kind: 'air-city',
      code: 'Y',
      name: 'Y',
      regionCode: 629000,
      properties: { members: codes },
    }
    await upsertFeature(trx, 'system', city)
    return made
  })
  const layoutId = await internLayout(db.pool, airFactors)
  const from = Date.parse('2021-01-01T00:00:00+08:00')
  const hours = (quick ? 1 : 6) * 365 * 24
  for (let hour = 0; hour < hours; hour += 1_000) {
    const rows = Array.from({ length: Math.min(1_000, hours - hour) }, (_, h) =>
      ids.map((pointId) => ({
        ...outletRow(pointId, from + (hour + h) * hourMs, layoutId, 1),
        values: airFactors.map((_factor, i) => ((hour + h) * (i + 3) + pointId) % 90),
        flags: 'N'.repeat(airFactors.length),
      })),
    ).flat()
    await db.transaction((trx) => writeObservations(trx, 'hour', rows, cause))
  }
  return {
    what: `${hours * ids.length} station-hours rolled up to days, city, months and years`,
    value: await seconds(() => drainAll(db)),
    unit: 's',
    note: `${codes.length} stations, ${Math.round(hours / 8760)} years, six factors`,
  }
}

async function timed(client: Client, path: string, times: number): Promise<number[]> {
  const taken: number[] = []
  for (let i = 0; i < times; i++) taken.push((await client.get(path)).ms)
  return taken
}

/** Over HTTP with login, row-level security, JSON and compression, to the parsed object in the client. */
async function benchReading(server: RunningServer, quick: boolean): Promise<BenchResult[]> {
  const { db } = server.deps
  const client = await logIn(server)
  const times = quick ? 10 : 40
  const outlets = quick ? 1_000 : 6_000
  const ids = await makeOutlets(db, outlets)
  return [
    await benchMonthOfMinutes(db, client, ids[0] ?? 0, times),
    await benchLatest(db, client, ids, times),
  ]
}

async function makeOutlets(db: Database, count: number): Promise<number[]> {
  return db.transaction(async (trx) => {
    const ids: number[] = []
    for (let i = 0; i < count; i++) {
      const outlet = await upsertFeature(trx, 'system', {
        kind: 'air-station',
        code: `B${i}`,
        name: `测点${i}`,
        regionCode: 629001,
        properties: { siteRole: 'other', zoneClass: 2 },
      })
      ids.push(outlet.id)
    }
    return ids
  })
}

async function benchMonthOfMinutes(
  db: Database,
  client: Client,
  id: number,
  times: number,
): Promise<BenchResult> {
  const layoutId = await internLayout(db.pool, factors)
  const rows = Array.from({ length: 30 * 1440 }, (_, minute) =>
    outletRow(id, startMs + minute * minuteMs, layoutId, 1),
  )
  for (let from = 0; from < rows.length; from += 5_000) {
    await db.transaction((trx) => writeObservations(trx, 'min', rows.slice(from, from + 5_000), cause))
  }
  await drainAll(db)
  await db.pool.query('vacuum analyze obs_min')
  const path = `/points/${id}/observations?period=min&from=2026-05-01&to=2026-05-31&limit=50000`
  const first = await client.get(path)
  const { count } = first.body as { count: number }
  if (count !== rows.length) throw new Error(`${count} instants instead of ${rows.length}`)
  const taken = await timed(client, path, times)
  const query = {
    period: 'min' as const,
    pointIds: [id],
    fromMs: startMs,
    toMs: startMs + 30 * dayMs,
    factors,
  }
  const inner: number[] = []
  for (let i = 0; i < 10; i++) inner.push(1000 * (await seconds(() => readSeries(db.pool, query))))
  return {
    what: 'one outlet, ten factors, 30 days of minutes, to the client, p95',
    value: quantile(taken, 0.95),
    unit: 'ms',
    bar: { kind: 'at-most', value: 250, unit: 'ms' },
    note: `432,000 values over HTTP, ${(first.bytes / 1e6).toFixed(1)} MB of JSON, median ${median(taken).toFixed(0)} ms; into typed arrays alone ${median(inner).toFixed(0)} ms`,
  }
}

async function benchLatest(
  db: Database,
  client: Client,
  ids: readonly number[],
  times: number,
): Promise<BenchResult> {
  const layoutId = await internLayout(db.pool, airFactors)
  for (const hour of [0, 1]) {
    const rows = ids.map((pointId) => ({
      ...outletRow(pointId, startMs + hour * hourMs, layoutId, 1),
      values: airFactors.map((_, i) => 20 + i + (pointId % 7)),
      flags: 'N'.repeat(airFactors.length),
    }))
    await db.transaction((trx) => writeObservations(trx, 'hour', rows, cause))
  }
  await drainAll(db)
  await db.pool.query('analyze obs_hour, latest')
  const path = '/latest?kind=air-station&period=hour'
  const { body } = await client.get(path)
  const found = (body as { items: unknown[] }).items.length
  if (found !== ids.length) throw new Error(`${found} latest values instead of ${ids.length}`)
  const taken = await timed(client, path, times)
  return {
    what: `latest values of ${ids.length} outlets, to the client, p95`,
    value: quantile(taken, 0.95),
    unit: 'ms',
    bar: { kind: 'at-most', value: 200, unit: 'ms' },
    note: `six factors each, median ${median(taken).toFixed(0)} ms`,
  }
}
