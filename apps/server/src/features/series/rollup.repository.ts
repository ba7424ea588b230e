import type { Queryable, Trx } from '../../platform/db/index.ts'
import { int4Array, textArray, timestampArray } from './binary-array.ts'
import { copyRows, sqlInstant, sqlInts } from './copy-rows.ts'
import { layoutsWith } from './layout.repository.ts'
import {
  advanceLatest,
  batchParameters,
  byShape,
  factColumns,
  factDiffers,
  incomingFacts,
} from './observation.repository.ts'
import { ensurePartitions } from './partition.repository.ts'
import { HourRoller, minuteFields, type RolledHour } from './rollup.hours.ts'
import type { SandInForce } from './sand.table.ts'
import { factTable, type ObservationRow, type Period, type RolledChange } from './series.table.ts'
import { sortedUnique } from './write.service.ts'

const rowsPerStatement = 5_000

export interface DirtyBucket {
  readonly period: 'hour' | 'day'
  readonly pointId: number
  readonly startMs: number
}

/** One roll-up at a time: two would each miss the other's uncommitted stations when they make the city's day. */
export async function lockRollup(trx: Trx): Promise<void> {
  await trx.query(`select pg_advisory_xact_lock(hashtextextended('shanshui series roll-up', 0))`)
}

/**
 * Takes the oldest entries out of the queue (they come back when the transaction fails), moves the newest-row pointers
 * and returns the buckets to roll. `entries` is 0 when nothing waited.
 */
export async function claimBuckets(
  trx: Trx,
  limit: number,
): Promise<{ entries: number; buckets: DirtyBucket[] }> {
  const { rows } = await trx.query<{
    entries: number
    period: 'min' | 'hour' | null
    bucket_ms: number
    point_ids: number[]
  }>({
    name: 'series-claim',
    text: `with claimed as (
        delete from dirty_bucket where id in (
          select id from dirty_bucket order by id limit $1 for update skip locked)
        returning period, bucket, point_ids, layouts, last_ts
      ), pointers as (
        insert into latest as l (period, point_id, layout, ts)
        select c.period, n.point_id, n.layout, max(n.ts)
        from claimed c, unnest(c.point_ids, c.layouts, c.last_ts) n (point_id, layout, ts)
        where n.layout is not null
        group by 1, 2, 3 order by 2, 1, 3
        on conflict (point_id, period, layout) do update set ts = excluded.ts where excluded.ts > l.ts
      )
      select count(*)::int as entries, null as period, null::float8 as bucket_ms, null::int[] as point_ids from claimed
      union all
      select 0, c.period, extract(epoch from c.bucket)::float8 * 1000, array_agg(distinct p)
      from claimed c, unnest(c.point_ids) p where c.bucket is not null group by c.period, c.bucket`,
    values: [limit],
  })
  const buckets = rows.flatMap((row) =>
    row.period === null
      ? []
      : row.point_ids.map((pointId) => ({
          period: row.period === 'min' ? ('hour' as const) : ('day' as const),
          pointId,
          startMs: row.bucket_ms,
        })),
  )
  return { entries: rows.reduce((sum, row) => sum + row.entries, 0), buckets }
}

/** Buckets that wait, counted once for each batch that touched them. */
export async function waitingBuckets(q: Queryable): Promise<number> {
  const { rows } = await q.query<{ n: number }>(
    'select coalesce(sum(cardinality(point_ids)), 0)::int as n from dirty_bucket where bucket is not null',
  )
  return rows[0]?.n ?? 0
}

/**
 * Writes rolled rows and returns those whose values really changed. Rolled rows keep no history of their own: they
 * can be computed again from the observations and their revisions.
 */
export async function upsertRolled(
  trx: Trx,
  period: RolledChange['period'],
  rows: readonly ObservationRow[],
): Promise<ObservationRow[]> {
  const changed: ObservationRow[] = []
  const batch = sortedUnique(rows)
  await ensurePartitions(
    trx,
    period,
    batch.map((row) => row.startMs),
  )
  for (const group of byShape(batch)) {
    for (let from = 0; from < group.length; from += rowsPerStatement) {
      changed.push(...(await upsertPart(trx, period, group.slice(from, from + rowsPerStatement))))
    }
  }
  const newest = new Map<string, ObservationRow>()
  for (const row of changed) newest.set(`${row.pointId}/${row.layoutId}`, row)
  await advanceLatest(trx, period, [...newest.values()])
  return changed
}

/** Which rows changed is only told when some did and some did not: of a first load all did, of a repetition none. */
async function upsertPart(
  trx: Trx,
  period: Period,
  rows: readonly ObservationRow[],
): Promise<readonly ObservationRow[]> {
  const { rows: answers } = await trx.query<{ written: number; keys: string[] | null }>({
    name: `series-rolled-${period}`,
    text: `with written as (
        insert into ${factTable[period]} as o (${factColumns}) select ${factColumns} from (${incomingFacts}) i
        on conflict (ts, point_id, layout) do update set
          msg = excluded.msg, region_code = excluded.region_code, owner_id = excluded.owner_id, vals = excluded.vals,
          mins = excluded.mins, maxs = excluded.maxs, cous = excluded.cous, flags = excluded.flags, rev = o.rev + 1
        where ${factDiffers('excluded')}
        returning ts, point_id, layout)
      select count(*)::int as written,
        case when count(*) < cardinality($1::timestamptz[]) then
          array_agg((extract(epoch from ts) * 1000)::bigint || '/' || point_id || '/' || layout) end as keys
      from written`,
    values: batchParameters(rows),
  })
  const { written = 0, keys } = answers[0] ?? {}
  if (written === 0) return []
  if (written === rows.length) return rows
  const changed = new Set(keys)
  return rows.filter((row) => changed.has(`${row.startMs}/${row.pointId}/${row.layoutId}`))
}

export interface BucketKey {
  readonly pointId: number
  readonly startMs: number
  /** Rolled row of the bucket that stays; all others of the same procedure go. 0 = none stays. */
  readonly layoutId: number
}

/** Removes rolled rows of one procedure that are no longer true, and returns their buckets. */
export async function deleteRolled(
  trx: Trx,
  period: RolledChange['period'],
  procedure: 'rolled' | 'rolled-no-sand',
  keys: readonly BucketKey[],
): Promise<{ pointId: number; startMs: number }[]> {
  if (keys.length === 0) return []
  const { rows } = await trx.query<{ ms: string; point_id: number }>(
    `delete from ${factTable[period]} o
     using unnest($1::timestamptz[], $2::int4[], $3::int4[]) as t (ts, point_id, keep), layout l
     where o.ts = t.ts and o.point_id = t.point_id and o.layout <> t.keep
       and l.id = o.layout and l.procedure = $4
     returning extract(epoch from o.ts) * 1000 as ms, o.point_id`,
    [
      timestampArray(keys.map((key) => key.startMs)),
      int4Array(keys.map((key) => key.pointId)),
      int4Array(keys.map((key) => key.layoutId)),
      procedure,
    ],
  )
  return rows.map((row) => ({ pointId: row.point_id, startMs: Number(row.ms) }))
}

/** The hours of points from their minute rows in [fromMs, toMs), both on the hour. */
export async function rollMinutes(
  q: Queryable,
  pointIds: readonly number[],
  fromMs: number,
  toMs: number,
): Promise<RolledHour[]> {
  const layouts = await layoutsWith(q, ['measured'], [])
  if (layouts.length === 0) return []
  const roller = new HourRoller(layouts, pointIds, fromMs, toMs)
  await copyRows(
    q,
    `select ${minuteFields} from obs_min
     where point_id in (${sqlInts(pointIds)}) and ts >= ${sqlInstant(fromMs)} and ts < ${sqlInstant(toMs)}`,
    (row) => roller.add(row),
  )
  return roller.finish()
}

/** Confirmed sand periods whose stations or city are among the points and that overlap [fromMs, toMs). */
export async function sandInForce(
  q: Queryable,
  pointIds: readonly number[],
  fromMs: number,
  toMs: number,
): Promise<SandInForce[]> {
  const { rows } = await q.query<{
    city_id: number
    point_ids: number[]
    from_ms: string
    to_ms: string
    factors: string[]
    scope: 'days' | 'hours'
  }>(
    `select city_id, point_ids, extract(epoch from from_ts) * 1000 as from_ms,
       extract(epoch from to_ts) * 1000 as to_ms, factors, scope
     from sand_period
     where withdrawn_msg is null and (point_ids && $1 or city_id = any($1))
       and from_ts < to_timestamp($3::float8 / 1000)
       and to_ts > to_timestamp($2::float8 / 1000)
     order by id`,
    [pointIds, fromMs, toMs],
  )
  return rows.map((row) => ({
    cityId: row.city_id,
    pointIds: row.point_ids,
    fromMs: Number(row.from_ms),
    toMs: Number(row.to_ms),
    factors: row.factors,
    scope: row.scope,
  }))
}

/** Days of the points in [fromMs, toMs) that have a row without sand. */
export async function noSandDays(
  q: Queryable,
  pointIds: readonly number[],
  fromMs: number,
  toMs: number,
): Promise<{ pointId: number; startMs: number }[]> {
  const { rows } = await q.query<{ point_id: number; ms: string }>(
    `select o.point_id, extract(epoch from o.ts) * 1000 as ms
     from obs_day o join layout l on l.id = o.layout and l.procedure = 'rolled-no-sand'
     where o.point_id = any($1) and o.ts >= to_timestamp($2::float8 / 1000) and o.ts < to_timestamp($3::float8 / 1000)`,
    [pointIds, fromMs, toMs],
  )
  return rows.map((row) => ({ pointId: row.point_id, startMs: Number(row.ms) }))
}

/** Notes changed buckets in the transaction that changed them: nobody who is told of them can miss one. */
export async function noteChanges(trx: Trx, changes: readonly RolledChange[]): Promise<void> {
  if (changes.length === 0) return
  await trx.query(
    `insert into rolled_change (bucket, point_id, period)
     select t.bucket, t.point_id, t.period from unnest($1::timestamptz[], $2::int4[], $3::text[]) as t (bucket, point_id, period)`,
    [
      timestampArray(changes.map((change) => change.startMs)),
      int4Array(changes.map((change) => change.pointId)),
      textArray(changes.map((change) => change.period)),
    ],
  )
}

export async function readChanges(
  q: Queryable,
  limit: number,
): Promise<{ lastId: string; changes: RolledChange[] } | undefined> {
  const { rows } = await q.query<{
    id: string
    period: RolledChange['period']
    point_id: number
    ms: string
  }>(
    `select id, period, point_id, extract(epoch from bucket) * 1000 as ms from rolled_change order by id limit $1`,
    [limit],
  )
  const last = rows.at(-1)
  if (last === undefined) return undefined
  const unique = new Map<string, RolledChange>()
  for (const row of rows) {
    const change = { period: row.period, pointId: row.point_id, startMs: Number(row.ms) }
    unique.set(`${change.period}/${change.pointId}/${change.startMs}`, change)
  }
  return { lastId: last.id, changes: [...unique.values()] }
}

export async function forgetChanges(q: Queryable, lastId: string): Promise<void> {
  await q.query('delete from rolled_change where id <= $1', [lastId])
}
