/** Published indexes of other cities (对标城市): read by evaluation, written by the importer. */
import type { Queryable, Trx } from '../../platform/db/index.ts'
import { type PeerValue, peerValues } from './peer-file.ts'

export interface PublishedIndex {
  readonly cityId: number
  readonly code: string
  readonly name: string
  /** First and last civil day of the period that was published. */
  readonly from: string
  readonly to: string
  /** null = not published. */
  readonly values: Readonly<Record<PeerValue, number | null>>
  /** Journal record of the file it came from. */
  readonly msg: bigint
}

const columns = ['composite', 'pm25', 'pm10', 'so2', 'no2', 'co', 'o3', 'excellent_ratio'] as const
const list = columns.join(', ')

interface Row extends Record<(typeof columns)[number], number | null> {
  city_id: number
  code: string
  name: string
  period_from: string
  period_to: string
  msg: string
}

const toIndex = (row: Row): PublishedIndex => ({
  cityId: row.city_id,
  code: row.code,
  name: row.name,
  from: row.period_from,
  to: row.period_to,
  values: Object.fromEntries(
    peerValues.map((v, i) => [v, row[columns[i] as (typeof columns)[number]]]),
  ) as Record<PeerValue, number | null>,
  msg: BigInt(row.msg),
})

/**
 * Indexes published for exactly this period, by city code. Empty = nothing published.
 * @param period first and last civil day, e.g. 2022-01-01 … 2022-12-31
 */
export async function publishedIndexes(
  q: Queryable,
  period: { from: string; to: string },
): Promise<PublishedIndex[]> {
  const { rows } = await q.query<Row>(
    `select p.city_id, f.code, f.name, p.period_from::text, p.period_to::text, ${list}, p.msg
       from peer_index p join feature f on f.id = p.city_id
      where p.period_from = $1 and p.period_to = $2 order by f.code`,
    [period.from, period.to],
  )
  return rows.map(toIndex)
}

/** All periods that lie inside [from, to], e.g. the months of a year; by city code and period. */
export async function publishedIndexesWithin(
  q: Queryable,
  span: { from: string; to: string },
): Promise<PublishedIndex[]> {
  const { rows } = await q.query<Row>(
    `select p.city_id, f.code, f.name, p.period_from::text, p.period_to::text, ${list}, p.msg
       from peer_index p join feature f on f.id = p.city_id
      where p.period_from >= $1 and p.period_to <= $2 order by f.code, p.period_from, p.period_to`,
    [span.from, span.to],
  )
  return rows.map(toIndex)
}

export interface PeerWrite {
  readonly cityId: number
  readonly from: string
  readonly to: string
  readonly values: Readonly<Partial<Record<PeerValue, number | null>>>
  readonly msg: bigint
}

/** Upserts one index; what changes goes to the revision table. Values the file does not have stay as they are. */
export async function writePeerIndex(
  trx: Trx,
  row: PeerWrite,
  atMs: number,
): Promise<'inserted' | 'revised' | 'unchanged'> {
  const { rows } = await trx.query<Row & { rev: number }>(
    `select ${list}, rev, msg from peer_index where city_id = $1 and period_from = $2 and period_to = $3 for update`,
    [row.cityId, row.from, row.to],
  )
  const old = rows[0]
  const next = columns.map((c, i) => {
    const value = row.values[peerValues[i] as PeerValue]
    return value === undefined ? (old?.[c] ?? null) : value
  })
  if (old && columns.every((c, i) => old[c] === next[i])) return 'unchanged'
  const at = new Date(atMs)
  if (old) {
    await trx.query(
      `insert into peer_index_rev (city_id, period_from, period_to, rev, ${list}, msg, replaced_at)
       select city_id, period_from, period_to, rev, ${list}, msg, $4 from peer_index
        where city_id = $1 and period_from = $2 and period_to = $3`,
      [row.cityId, row.from, row.to, at],
    )
  }
  await trx.query(
    `insert into peer_index (city_id, period_from, period_to, rev, msg, updated_at, ${list})
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
     on conflict (city_id, period_from, period_to) do update set rev = excluded.rev, msg = excluded.msg,
       updated_at = excluded.updated_at, ${columns.map((c) => `${c} = excluded.${c}`).join(', ')}`,
    [row.cityId, row.from, row.to, (old?.rev ?? 0) + 1, String(row.msg), at, ...next],
  )
  return old ? 'revised' : 'inserted'
}

/** Empties what a replay rebuilds. */
export async function wipePeerIndexes(trx: Trx): Promise<void> {
  await trx.query('truncate peer_index, peer_index_rev')
}
