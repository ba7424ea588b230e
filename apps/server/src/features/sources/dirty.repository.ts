/** The queue of what must be evaluated again, the changes to tell of, and how far the clock was followed. */
import type { Queryable, Trx } from '../../platform/db/index.ts'
import { int4Array, sqlMs as ms, timestampArray } from '../series/index.ts'

/** One drain at a time: whole stretches are computed from what is committed. */
export async function lockSources(trx: Trx): Promise<void> {
  await trx.query(`select pg_advisory_xact_lock(hashtextextended('shanshui source hours', 0))`)
}

export interface DirtySpan {
  readonly outletId: number
  readonly fromMs: number
  readonly toMs: number
}

/** Queues stretches of outlets; points that are no outlets are passed over. */
export async function queueSpans(q: Queryable, spans: readonly DirtySpan[], why: string): Promise<void> {
  if (spans.length === 0) return
  await q.query(
    `insert into source_dirty (from_ts, to_ts, outlet_id, why)
     select t.from_ts, t.to_ts, t.id, $4 from unnest($1::timestamptz[], $2::timestamptz[], $3::int4[])
       as t (from_ts, to_ts, id)
     where exists (select from feature f where f.id = t.id and f.kind = 'outlet')`,
    [
      timestampArray(spans.map((span) => span.fromMs)),
      timestampArray(spans.map((span) => span.toMs)),
      int4Array(spans.map((span) => span.outletId)),
      why,
    ],
  )
}

/** Queues every hour that outlets have, from the observations: after a wipe, or when a rule changed for all time. */
export async function queueEverything(
  q: Queryable,
  outletIds: readonly number[] | null,
  why: string,
): Promise<number> {
  const { rowCount } = await q.query(
    `insert into source_dirty (from_ts, to_ts, outlet_id, why)
     select date_trunc('month', min(o.ts)), date_trunc('month', max(o.ts)) + interval '1 month', o.point_id, $2
     from obs_hour o join feature f on f.id = o.point_id and f.kind = 'outlet'
     where $1::int[] is null or o.point_id = any($1)
     group by o.point_id, date_trunc('month', o.ts)
     union all
     select from_ts, to_ts, outlet_id, $2 from source_mark
     where (state = 'accepted' or (state = 'filed' and not late)) and ($1::int[] is null or outlet_id = any($1))`,
    [outletIds, why],
  )
  return rowCount ?? 0
}

export interface ClaimedSpan extends DirtySpan {
  readonly why: string
}

/** Takes the oldest entries out of the queue; they come back when the transaction fails. */
export async function claimSpans(trx: Trx, limit: number, outletId?: number): Promise<ClaimedSpan[]> {
  const { rows } = await trx.query<{ outlet_id: number; from_ms: number; to_ms: number; why: string }>(
    `delete from source_dirty where id in (
       select id from source_dirty where $2::int is null or outlet_id = $2 order by id limit $1
       for update skip locked)
     returning outlet_id, ${ms('from_ts')} as from_ms, ${ms('to_ts')} as to_ms, why`,
    [limit, outletId ?? null],
  )
  return rows.map((row) => ({ outletId: row.outlet_id, fromMs: row.from_ms, toMs: row.to_ms, why: row.why }))
}

export async function noteChanges(trx: Trx, changes: readonly DirtySpan[]): Promise<void> {
  if (changes.length === 0) return
  await trx.query(
    `insert into source_change (from_ts, to_ts, outlet_id)
     select * from unnest($1::timestamptz[], $2::timestamptz[], $3::int4[])`,
    [
      timestampArray(changes.map((change) => change.fromMs)),
      timestampArray(changes.map((change) => change.toMs)),
      int4Array(changes.map((change) => change.outletId)),
    ],
  )
}

export async function readChanges(
  q: Queryable,
  limit: number,
): Promise<{ lastId: string; changes: DirtySpan[] } | undefined> {
  const { rows } = await q.query<{ id: string; outlet_id: number; from_ms: number; to_ms: number }>(
    `select id, outlet_id, ${ms('from_ts')} as from_ms, ${ms('to_ts')} as to_ms from source_change order by id limit $1`,
    [limit],
  )
  const last = rows.at(-1)
  if (last === undefined) return undefined
  return {
    lastId: last.id,
    changes: rows.map((row) => ({ outletId: row.outlet_id, fromMs: row.from_ms, toMs: row.to_ms })),
  }
}

export async function forgetChanges(q: Queryable, lastId: string): Promise<void> {
  await q.query('delete from source_change where id <= $1', [lastId])
}

/** Marks the quarters of the spans, and the one after that may look back on them, for the monthly masses. */
export async function staleQuarters(trx: Trx, spans: readonly DirtySpan[], atMs: number): Promise<void> {
  if (spans.length === 0) return
  await trx.query(
    `insert into outlet_month_stale (quarter, outlet_id, since)
     select distinct q::date, t.id, to_timestamp($4::float8 / 1000)
     from unnest($1::timestamptz[], $2::timestamptz[], $3::int4[]) as t (from_ts, to_ts, id),
       generate_series(date_trunc('quarter', t.from_ts),
         date_trunc('quarter', t.to_ts - interval '1 second') + interval '3 months', interval '3 months') q
     where q <= to_timestamp($4::float8 / 1000)
     on conflict (outlet_id, quarter) do nothing`,
    [
      timestampArray(spans.map((span) => span.fromMs)),
      timestampArray(spans.map((span) => span.toMs)),
      int4Array(spans.map((span) => span.outletId)),
      atMs,
    ],
  )
}

export async function clockOf(q: Queryable, name: string): Promise<number | undefined> {
  const { rows } = await q.query<{ at_ms: number }>(
    `select ${ms('at')} as at_ms from source_clock where name = $1`,
    [name],
  )
  return rows[0]?.at_ms
}

export async function setClock(q: Queryable, name: string, atMs: number): Promise<void> {
  await q.query(
    `insert into source_clock (name, at) values ($1, to_timestamp($2::float8 / 1000))
     on conflict (name) do update set at = excluded.at`,
    [name, atMs],
  )
}

/** Outlets that have a day between two civil dates. */
export async function outletsWithDays(q: Queryable, fromDate: string, toDate: string): Promise<number[]> {
  const { rows } = await q.query<{ outlet_id: number }>(
    'select distinct outlet_id from outlet_day where day between $1::date and $2::date',
    [fromDate, toDate],
  )
  return rows.map((row) => row.outlet_id)
}

/** Outlets that sent something on a day, but not yet the hour that begins at `hourMs`. */
export async function outletsBehind(q: Queryable, date: string, hourMs: number): Promise<number[]> {
  const { rows } = await q.query<{ outlet_id: number }>(
    `select d.outlet_id from outlet_day d join outlet_current c on c.outlet_id = d.outlet_id
     where d.day = $1::date and c.ts < to_timestamp($2::float8 / 1000)`,
    [date, hourMs],
  )
  return rows.map((row) => row.outlet_id)
}
