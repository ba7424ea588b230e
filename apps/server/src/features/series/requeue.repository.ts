import type { Queryable, Trx } from '../../platform/db/index.ts'
import { int4Array, textArray } from './binary-array.ts'
import { factTable, type RolledChange } from './series.table.ts'

export async function knownSignatures(q: Queryable): Promise<Map<number, string>> {
  const { rows } = await q.query<{ point_id: number; signature: string }>('select * from rolled_topology')
  return new Map(rows.map((row) => [row.point_id, row.signature]))
}

export async function storeSignatures(trx: Trx, signatures: ReadonlyMap<number, string>): Promise<void> {
  await trx.query(
    `insert into rolled_topology (point_id, signature)
     select * from unnest($1::int4[], $2::text[])
     on conflict (point_id) do update set signature = excluded.signature`,
    [int4Array([...signatures.keys()]), textArray([...signatures.values()])],
  )
}

/** Removes the rolled rows of the points in the periods, and returns what is gone. */
export async function deleteAllRolled(
  trx: Trx,
  pointIds: readonly number[],
  periods: readonly RolledChange['period'][],
): Promise<RolledChange[]> {
  const changes: RolledChange[] = []
  for (const period of periods) {
    const { rows } = await trx.query<{ point_id: number; ms: number }>(
      `delete from ${factTable[period]} o using layout l
       where o.point_id = any($1) and l.id = o.layout and l.procedure in ('rolled', 'rolled-no-sand')
       returning o.point_id, extract(epoch from o.ts)::float8 * 1000 as ms`,
      [pointIds],
    )
    for (const row of rows) changes.push({ period, pointId: row.point_id, startMs: row.ms })
  }
  return changes
}

/**
 * Queues the days on which the stations have hours and `dependent` (the station itself, or its city) has no rolled
 * day. Returns the number of days queued.
 */
export async function queueMissingDays(
  trx: Trx,
  stationIds: readonly number[],
  dependent: number | 'self',
): Promise<number> {
  const { rowCount } = await trx.query(
    `insert into dirty_bucket (period, bucket, point_ids, layouts, last_ts)
     select 'hour', h.day, array_agg(h.point_id order by h.point_id), '{}', '{}'
     from (
       select distinct date_bin('1 day', o.ts, timestamptz '2000-01-01 00:00+08') as day, o.point_id
       from obs_hour o where o.point_id = any($1)
     ) h
     where not exists (
       select 1 from obs_day d join layout l on l.id = d.layout and l.procedure = 'rolled'
       where d.ts = h.day and d.point_id = coalesce($2::int, h.point_id))
     group by h.day`,
    [stationIds, dependent === 'self' ? null : dependent],
  )
  return rowCount ?? 0
}
