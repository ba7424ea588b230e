import type { Queryable, Trx } from '../../platform/db/index.ts'
import type { MarkDecision, ReviewDecision, SandDecision } from './decision.table.ts'
import type { ReviewPosition } from './review.state.ts'

/** Who decided, when, why; and the decision's number in the journal, which is its id. */
export interface Author {
  readonly msg: bigint
  readonly by: number
  readonly atMs: number
  readonly reason: string
}

type Made<T> = Extract<T, { action: 'make' }>

export async function insertMark(trx: Trx, mark: Made<MarkDecision>, author: Author): Promise<void> {
  await trx.query(
    `insert into validity_mark (id, point_id, region_code, owner_id, from_ts, to_ts, factors, reason, made_by,
       made_by_name, made_at)
     values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000), to_timestamp($6::float8 / 1000), $7, $8, $9, $10,
       to_timestamp($11::float8 / 1000))
     on conflict (id) do nothing`,
    [
      author.msg,
      mark.pointId,
      mark.regionCode,
      mark.ownerId,
      mark.fromMs,
      mark.toMs,
      mark.factors,
      author.reason,
      author.by,
      mark.byName,
      author.atMs,
    ],
  )
}

export async function insertSand(trx: Trx, sand: Made<SandDecision>, author: Author): Promise<void> {
  await trx.query(
    `insert into sand_period (id, city_id, point_ids, region_code, owner_id, from_ts, to_ts, factors, scope, reason,
       made_by, made_by_name, made_at)
     values ($1, $2, $3, $4, $5, to_timestamp($6::float8 / 1000), to_timestamp($7::float8 / 1000), $8, $9, $10, $11,
       $12, to_timestamp($13::float8 / 1000))
     on conflict (id) do nothing`,
    [
      author.msg,
      sand.cityId,
      sand.pointIds,
      sand.regionCode,
      sand.ownerId,
      sand.fromMs,
      sand.toMs,
      sand.factors,
      sand.scope,
      author.reason,
      author.by,
      sand.byName,
      author.atMs,
    ],
  )
}

/** Points and time that a mark or sand period covers. */
export interface Covered {
  readonly pointIds: readonly number[]
  readonly fromMs: number
  readonly toMs: number
}

/** Withdraws a mark or sand period; undefined when there is none in force under the id. */
export async function withdraw(
  trx: Trx,
  table: 'validity_mark' | 'sand_period',
  id: string,
  byName: string,
  author: Author,
): Promise<Covered | undefined> {
  const points = table === 'validity_mark' ? 'array[point_id]' : 'point_ids'
  const { rows } = await trx.query<{ point_ids: number[]; from_ms: string; to_ms: string }>(
    `update ${table} set withdrawn_msg = $2, withdrawn_by = $3, withdrawn_by_name = $4,
       withdrawn_at = to_timestamp($5::float8 / 1000), withdrawn_reason = $6
     where id = $1 and withdrawn_msg is null
     returning ${points} as point_ids, extract(epoch from from_ts) * 1000 as from_ms,
       extract(epoch from to_ts) * 1000 as to_ms`,
    [id, author.msg, author.by, byName, author.atMs, author.reason],
  )
  const row = rows[0]
  return row && { pointIds: row.point_ids, fromMs: Number(row.from_ms), toMs: Number(row.to_ms) }
}

/** Review positions of station-days, by `point/date`; days never reviewed are missing. */
export async function reviewPositions(
  q: Queryable,
  items: readonly { pointId: number; date: string }[],
): Promise<Map<string, ReviewPosition>> {
  const { rows } = await q.query<{ point_id: number; day: string; reached: number; returned: boolean }>(
    `select r.point_id, r.day, r.reached, r.returned from review_day r
     join unnest($1::int[], $2::date[]) as t (point_id, day) on t.point_id = r.point_id and t.day = r.day`,
    [items.map((item) => item.pointId), items.map((item) => item.date)],
  )
  return new Map(
    rows.map((row) => [`${row.point_id}/${row.day}`, { reached: row.reached, returned: row.returned }]),
  )
}

/** Stores the new positions and the event of each day. */
export async function storeReviews(
  trx: Trx,
  decision: ReviewDecision,
  positions: readonly (ReviewPosition & ReviewDecision['items'][number])[],
  author: Author,
): Promise<void> {
  const columns = [
    positions.map((p) => p.date),
    positions.map((p) => p.pointId),
    positions.map((p) => p.regionCode),
    positions.map((p) => p.ownerId),
    positions.map((p) => p.reached),
    positions.map((p) => p.returned),
  ]
  await trx.query(
    `insert into review_day (day, point_id, region_code, owner_id, reached, returned, seen, reason, msg)
     select t.*, $8, $9 from unnest($1::date[], $2::int[], $3::int[], $4::int[], $5::int[], $6::boolean[], $7::text[]) t
     on conflict (point_id, day) do update set region_code = excluded.region_code, owner_id = excluded.owner_id,
       reached = excluded.reached, returned = excluded.returned, reason = excluded.reason, seen = excluded.seen,
       msg = excluded.msg`,
    [...columns, positions.map((p) => p.seen), author.reason, author.msg],
  )
  await trx.query(
    `insert into review_event (day, point_id, region_code, owner_id, reached, returned, msg, level, decision, reason,
       made_by, made_by_name, made_at)
     select t.*, $7, $8, $9, $10, $11, $12, to_timestamp($13::float8 / 1000)
     from unnest($1::date[], $2::int[], $3::int[], $4::int[], $5::int[], $6::boolean[]) t
     on conflict do nothing`,
    [
      ...columns,
      author.msg,
      decision.level,
      decision.decision,
      author.reason,
      author.by,
      decision.byName,
      author.atMs,
    ],
  )
}

/** Reviews are decided one after another: two people cannot approve the same day at once. */
export async function lockReviews(trx: Trx): Promise<void> {
  await trx.query(`select pg_advisory_xact_lock(hashtextextended('shanshui series review', 0))`)
}

/** Sand periods are confirmed one after another: two of them cannot overlap unseen. */
export async function lockSand(trx: Trx): Promise<void> {
  await trx.query(`select pg_advisory_xact_lock(hashtextextended('shanshui series sand', 0))`)
}

/** Two people cannot withdraw the same decision at once. */
export async function lockRow(trx: Trx, table: 'validity_mark' | 'sand_period', id: string): Promise<void> {
  await trx.query(`select 1 from ${table} where id = $1 for update`, [id])
}

/** Starts of the hours in the span that have minute rows of the points. */
export async function hoursWithMinutes(
  q: Queryable,
  covered: Covered,
): Promise<{ pointId: number; startMs: number }[]> {
  const { rows } = await q.query<{ point_id: number; ms: string }>(
    `select distinct point_id, extract(epoch from date_trunc('hour', ts)) * 1000 as ms from obs_min
     where point_id = any($1) and ts >= to_timestamp($2::float8 / 1000) and ts < to_timestamp($3::float8 / 1000)`,
    [covered.pointIds, covered.fromMs, covered.toMs],
  )
  return rows.map((row) => ({ pointId: row.point_id, startMs: Number(row.ms) }))
}
