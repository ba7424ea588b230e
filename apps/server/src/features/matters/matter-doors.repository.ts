import type { Queryable } from '../../platform/db/index.ts'

const ms = (column: string) => `round(extract(epoch from ${column}) * 1000)::float8`

export interface WithinRow {
  readonly id: number
  readonly number: string
  readonly workflow: string
  readonly title: string
  readonly state: string
  readonly rebounds: number
  readonly featureId: number | null
  readonly openedMs: number
  readonly closedMs: number | null
}

/** Matters of an enterprise that were open at some time of the range. */
export async function mattersWithin(
  q: Queryable,
  enterpriseId: number,
  fromMs: number,
  toMs: number,
): Promise<WithinRow[]> {
  const { rows } = await q.query<WithinRow>(
    `select id, number, workflow, title, state, rebounds, feature_id as "featureId", ${ms('opened_at')} as "openedMs",
            ${ms('closed_at')} as "closedMs"
       from matter where enterprise_id = $1 and opened_at < to_timestamp($3 / 1000.0)
        and (closed_at is null or closed_at >= to_timestamp($2 / 1000.0))
      order by opened_at desc limit 1000`,
    [enterpriseId, fromMs, toMs],
  )
  return rows
}

export async function openByEnterprise(
  q: Queryable,
  enterpriseIds: readonly number[],
): Promise<Map<number, number>> {
  const { rows } = await q.query<{ enterprise_id: number; n: number }>(
    `select enterprise_id, count(*)::int as n from matter
      where enterprise_id = any($1::int[]) and phase = 'open' group by enterprise_id`,
    [enterpriseIds],
  )
  return new Map(rows.map((row) => [row.enterprise_id, row.n]))
}

interface Move {
  readonly fromId: number
  readonly toId: number
  readonly droppedId: number
  readonly outletIds: readonly number[]
}

const moved = `enterprise_id = $1 and (feature_id is null or feature_id = any($3::int[]) or feature_id in ($1, $4))`

export async function moveProblemRows(q: Queryable, move: Move): Promise<void> {
  await q.query(
    `update problem set enterprise_id = $2, feature_id = case when feature_id = $1 then $2 else feature_id end,
       owner_id = (select owner_id from feature where id = $2) where ${moved}`,
    [move.fromId, move.toId, move.outletIds, move.droppedId],
  )
}

/** Matters that moved. The organization of the surviving enterprise takes the place of the other one. */
export async function moveMatterRows(q: Queryable, move: Move): Promise<number[]> {
  const { rows } = await q.query<{ id: number; was: number; is: number }>(
    `with moved as (select id, owner_id as was from matter where ${moved} for update),
     done as (update matter m set enterprise_id = $2, feature_id = case when m.feature_id = $1 then $2 else m.feature_id end,
         owner_id = (select owner_id from feature where id = $2),
         parties = array_replace(m.parties, moved.was, (select owner_id from feature where id = $2)),
         version = m.version + 1
       from moved where m.id = moved.id returning m.id, moved.was, m.owner_id as is)
     select * from done`,
    [move.fromId, move.toId, move.outletIds, move.droppedId],
  )
  for (const { id, was, is } of rows)
    if (was !== is && was > 0)
      await q.query(
        'update matter_party set organization_id = $3 where matter_id = $1 and organization_id = $2',
        [id, was, is],
      )
  return rows.map(({ id }) => id)
}
