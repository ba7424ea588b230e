import type { Queryable } from '../../platform/db/index.ts'
import type { Sealed } from './sealing.ts'

export async function keepSealed(
  trx: Queryable,
  complaintId: number,
  { keyId, bytes }: Sealed,
  atMs: number,
): Promise<void> {
  await trx.query(
    `insert into complainant (complaint_id, key_id, sealed, kept_at) values ($1, $2, $3, to_timestamp($4::float8 / 1000))`,
    [complaintId, keyId, bytes, atMs],
  )
}

export async function insertLook(
  trx: Queryable,
  look: {
    readonly complaintId: number
    readonly regionCode: number
    readonly ownerId: number
    readonly userId: number
    readonly organizationId: number
    readonly atMs: number
    readonly reason: string
  },
): Promise<number> {
  const { rows } = await trx.query<{ id: number }>(
    `insert into complainant_look (complaint_id, region_code, owner_id, user_id, organization_id, at, reason)
     values ($1, $2, $3, $4, $5, to_timestamp($6::float8 / 1000), $7) returning id`,
    [
      look.complaintId,
      look.regionCode,
      look.ownerId,
      look.userId,
      look.organizationId,
      look.atMs,
      look.reason,
    ],
  )
  return rows[0]?.id ?? 0
}

/** As the platform, and only for a look of this person that is on record. */
export async function sealedForLook(
  q: Queryable,
  lookId: number,
  userId: number,
): Promise<(Sealed & { readonly complaintId: number }) | undefined> {
  const { rows } = await q.query<{ complaint_id: number; key_id: string; sealed: Buffer }>(
    `select c.complaint_id, c.key_id, c.sealed
       from complainant_look l join complainant c on c.complaint_id = l.complaint_id
      where l.id = $1 and l.user_id = $2`,
    [lookId, userId],
  )
  const [row] = rows
  if (row === undefined) return undefined
  return { complaintId: row.complaint_id, keyId: row.key_id, bytes: row.sealed }
}

/** As the platform: whether somebody is kept for a complaint, never who. */
export async function isKept(q: Queryable, complaintId: number): Promise<boolean> {
  const { rows } = await q.query('select from complainant where complaint_id = $1', [complaintId])
  return rows.length > 0
}

/** As the platform: how often somebody looked. */
export async function countLooks(q: Queryable, complaintId: number): Promise<number> {
  const { rows } = await q.query<{ n: number }>(
    'select count(*)::int as n from complainant_look where complaint_id = $1',
    [complaintId],
  )
  return rows[0]?.n ?? 0
}

export interface LookRow {
  readonly id: number
  readonly complaint_id: number
  readonly number: string
  readonly at_ms: number
  readonly by: string | null
  readonly organization: string | null
  readonly reason: string
}

/** Newest first. */
export async function selectLooks(
  q: Queryable,
  filter: { readonly complaintId?: number; readonly before?: number; readonly limit: number },
): Promise<LookRow[]> {
  const { rows } = await q.query<LookRow>(
    `select l.id, l.complaint_id, c.number, round(extract(epoch from l.at) * 1000)::float8 as at_ms,
            u.name as by, o.name as organization, l.reason
       from complainant_look l join complaint c on c.id = l.complaint_id
       left join app_user u on u.id = l.user_id left join organization o on o.id = l.organization_id
      where ($1::int is null or l.complaint_id = $1) and ($2::int is null or l.id < $2)
      order by l.id desc limit $3`,
    [filter.complaintId ?? null, filter.before ?? null, filter.limit],
  )
  return rows
}

/** As the platform: ids of the keys with which anything is sealed. */
export async function sealedWith(q: Queryable): Promise<string[]> {
  const { rows } = await q.query<{ key_id: string }>(
    'select distinct key_id from complainant order by key_id',
  )
  return rows.map((row) => row.key_id)
}
