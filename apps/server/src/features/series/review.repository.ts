/** Reads of the three-level review. RLS holds in an actor's transaction. */
import type { Queryable } from '../../platform/db/index.ts'
import { instant, ms } from './view.repository.ts'

export interface ReviewDayRow {
  readonly point_id: number
  readonly date: string
  readonly start_ms: number
  readonly factors: string[]
  readonly vals: number[]
  readonly flags: string
  readonly cous: number[] | null
  readonly reached: number
  readonly returned: boolean
  readonly reason: string | null
  readonly seen: string | null
}

export interface ReviewFilter {
  readonly pointIds: readonly number[]
  readonly fromMs?: number
  readonly toMs: number
  /** Highest level that has approved. */
  readonly reached?: number
  readonly returned?: boolean
  readonly after?: { readonly startMs: number; readonly pointId: number }
  readonly limit: number
}

/** Rolled station-days with their review position, newest first. */
export async function reviewDays(q: Queryable, filter: ReviewFilter): Promise<ReviewDayRow[]> {
  const { rows } = await q.query<ReviewDayRow>(
    `select o.point_id, (o.ts at time zone 'Asia/Shanghai')::date as date, ${ms('o.ts')} as start_ms, l.factors, o.vals,
       o.flags, o.cous, coalesce(r.reached, 0) as reached, coalesce(r.returned, false) as returned, r.reason, r.seen
     from obs_day o
     join layout l on l.id = o.layout and l.procedure = 'rolled'
     left join review_day r on r.point_id = o.point_id and r.day = (o.ts at time zone 'Asia/Shanghai')::date
     where o.point_id = any($1) and ($2::float8 is null or o.ts >= ${instant('$2')}) and o.ts < ${instant('$3')}
       and ($4::int is null or coalesce(r.reached, 0) = $4)
       and ($5::boolean is null or coalesce(r.returned, false) = $5)
       and ($6::float8 is null or o.ts < ${instant('$6')} or (o.ts = ${instant('$6')} and o.point_id > $7::int))
     order by o.ts desc, o.point_id
     limit $8`,
    [
      filter.pointIds,
      filter.fromMs ?? null,
      filter.toMs,
      filter.reached ?? null,
      filter.returned ?? null,
      filter.after?.startMs ?? null,
      filter.after?.pointId ?? null,
      filter.limit,
    ],
  )
  return rows
}

/** Rolled days of the given items. */
export async function rolledDays(
  q: Queryable,
  items: readonly { pointId: number; startMs: number }[],
): Promise<{ point_id: number; start_ms: number; vals: number[]; flags: string }[]> {
  const { rows } = await q.query<{ point_id: number; start_ms: number; vals: number[]; flags: string }>(
    `select o.point_id, ${ms('o.ts')} as start_ms, o.vals, o.flags
     from unnest($1::int[], $2::float8[]) as t (point_id, start_ms)
     join obs_day o on o.point_id = t.point_id and o.ts = to_timestamp(t.start_ms / 1000)
     join layout l on l.id = o.layout and l.procedure = 'rolled'`,
    [items.map((item) => item.pointId), items.map((item) => item.startMs)],
  )
  return rows
}

export interface ReviewEventRow {
  readonly msg: string
  readonly level: 'station' | 'city' | 'province'
  readonly decision: 'approve' | 'return'
  readonly reached: number
  readonly returned: boolean
  readonly reason: string
  readonly made_by: number
  readonly made_by_name: string
  readonly made_ms: number
}

export async function reviewEvents(q: Queryable, pointId: number, date: string): Promise<ReviewEventRow[]> {
  const { rows } = await q.query<ReviewEventRow>(
    `select msg::text as msg, level, decision, reached, returned, reason, made_by, made_by_name,
       ${ms('made_at')} as made_ms
     from review_event where point_id = $1 and day = $2 order by msg`,
    [pointId, date],
  )
  return rows
}

/** Review positions of a point's days in [from, to), by date. */
export async function reviewedDates(
  q: Queryable,
  pointIds: readonly number[],
  from: string,
  to: string,
): Promise<Map<string, { reached: number; returned: boolean }>> {
  const { rows } = await q.query<{ point_id: number; day: string; reached: number; returned: boolean }>(
    'select point_id, day, reached, returned from review_day where point_id = any($1) and day >= $2 and day < $3',
    [pointIds, from, to],
  )
  return new Map(rows.map((row) => [`${row.point_id}/${row.day}`, row]))
}
