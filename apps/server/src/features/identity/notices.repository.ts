import type { DeliveryState, NoticeChannel, RoleName } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'

export interface NewNotice {
  readonly dedupeKey: string
  readonly topic: string
  readonly title: string
  readonly body: string
  readonly link: string | null
  readonly userIds: readonly number[] | null
  readonly roles: readonly RoleName[] | null
  readonly regionCode: number | null
  readonly ownerId: number | null
}

/** The people who get it; empty when the key was there before, or nobody is concerned. */
export async function queueNotice(
  q: Queryable,
  notice: NewNotice,
): Promise<{ notice_id: number; user_id: number }[]> {
  const { rows } = await q.query<{ notice_id: number; user_id: number }>(
    'select notice_id, user_id from queue_notice($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [
      notice.dedupeKey,
      notice.topic,
      notice.title,
      notice.body,
      notice.link,
      notice.userIds,
      notice.roles,
      notice.regionCode,
      notice.ownerId,
    ],
  )
  return rows
}

export interface NoticeRow {
  id: number
  topic: string
  title: string
  body: string
  link: string | null
  created_at: Date
  read_at: Date | null
}

/** Newest first. */
export async function selectNotices(
  q: Queryable,
  userId: number,
  filter: { beforeId?: number; unread?: boolean; limit: number },
): Promise<NoticeRow[]> {
  const { rows } = await q.query<NoticeRow>(
    `select n.id, n.topic, n.title, n.body, n.link, n.created_at, r.read_at
       from notice_recipient r join notice n on n.id = r.notice_id
      where r.user_id = $1 and ($2::int is null or n.id < $2) and (not $3::boolean or r.read_at is null)
      order by r.notice_id desc limit $4`,
    [userId, filter.beforeId ?? null, filter.unread ?? false, filter.limit],
  )
  return rows
}

export async function countUnread(q: Queryable, userId: number): Promise<number> {
  const { rows } = await q.query<{ count: number }>(
    'select count(*)::int as count from notice_recipient where user_id = $1 and read_at is null',
    [userId],
  )
  return rows[0]?.count ?? 0
}

/** Those named, or all up to one; read ones stay as they were. How many. */
export async function markRead(
  q: Queryable,
  userId: number,
  which: { ids?: readonly number[]; upTo?: number },
  at: Date,
): Promise<number> {
  const { rowCount } = await q.query(
    `update notice_recipient set read_at = $4 where user_id = $1 and read_at is null
        and (notice_id = any($2::int[]) or notice_id <= $3::int)`,
    [userId, which.ids ?? null, which.upTo ?? null, at],
  )
  return rowCount ?? 0
}

export interface ContactRow {
  email: string | null
  phone: string | null
}

export async function selectContact(q: Queryable, userId: number): Promise<ContactRow> {
  const { rows } = await q.query<ContactRow>('select email, phone from user_contact where user_id = $1', [
    userId,
  ])
  return rows[0] ?? { email: null, phone: null }
}

export async function putContact(q: Queryable, userId: number, contact: ContactRow): Promise<void> {
  await q.query(
    `insert into user_contact (user_id, email, phone) values ($1, $2, $3)
     on conflict (user_id) do update set email = excluded.email, phone = excluded.phone`,
    [userId, contact.email, contact.phone],
  )
}

/** A group of a channel that gets every notice, e.g. the bureau's WeCom group. */
export interface GroupAddress {
  readonly channel: NoticeChannel
  readonly address: string
}

/** Makes the deliveries of notices that have none yet, for the channels of today. How many notices were seen to. */
export async function fanOut(
  q: Queryable,
  channels: readonly NoticeChannel[],
  groups: readonly GroupAddress[],
  at: Date,
): Promise<number> {
  const { rows } = await q.query<{ id: number }>(
    'select id from notice where fanned_at is null order by id limit 500 for update skip locked',
  )
  if (rows.length === 0) return 0
  const ids = rows.map((row) => row.id)
  await q.query(
    `insert into notice_delivery (notice_id, channel, user_id, address, next_at)
     select r.notice_id, way.channel, r.user_id, way.address, $3
       from notice_recipient r join user_contact c on c.user_id = r.user_id
      cross join lateral (values ('email', c.email), ('sms', c.phone)) way (channel, address)
      where r.notice_id = any($1::int[]) and way.channel = any($2::text[]) and way.address is not null
     on conflict do nothing`,
    [ids, channels, at],
  )
  for (const group of groups) {
    await q.query(
      `insert into notice_delivery (notice_id, channel, user_id, address, next_at)
       select n.id, $2, null, $3, $4 from notice n where n.id = any($1::int[])
          and exists (select 1 from notice_recipient r where r.notice_id = n.id)
       on conflict do nothing`,
      [ids, group.channel, group.address, at],
    )
  }
  await q.query('update notice set fanned_at = $2 where id = any($1::int[])', [ids, at])
  return rows.length
}

export interface DueDelivery {
  id: number
  channel: NoticeChannel
  address: string
  attempts: number
  title: string
  body: string
  link: string | null
}

/** Takes due deliveries until `leaseEnd`: another worker leaves them alone till then, and takes them after a crash. */
export async function claimDeliveries(
  q: Queryable,
  channels: readonly NoticeChannel[],
  now: Date,
  leaseEnd: Date,
  limit: number,
): Promise<DueDelivery[]> {
  const { rows } = await q.query<DueDelivery>(
    `update notice_delivery d set next_at = $3, attempts = d.attempts + 1
       from notice n where n.id = d.notice_id and d.id in (
         select id from notice_delivery where state = 'queued' and next_at <= $2 and channel = any($1::text[])
          order by next_at, id limit $4 for update skip locked)
     returning d.id, d.channel, d.address, d.attempts, n.title, n.body, n.link`,
    [channels, now, leaseEnd, limit],
  )
  return rows.toSorted((a, b) => a.id - b.id)
}

export async function saveSent(q: Queryable, id: number, at: Date): Promise<void> {
  await q.query(
    `update notice_delivery set state = 'sent', sent_at = $2, error = null where id = $1 and state = 'queued'`,
    [id, at],
  )
}

/** `nextAt` null: given up. */
export async function saveFailed(
  q: Queryable,
  id: number,
  error: string,
  at: Date,
  nextAt: Date | null,
): Promise<void> {
  await q.query(
    `update notice_delivery set error = $2, error_at = $3, next_at = coalesce($4, next_at),
            state = case when $4::timestamptz is null then 'failed' else 'queued' end
      where id = $1 and state = 'queued'`,
    [id, error, at, nextAt],
  )
}

/** When the next queued delivery is due; undefined when none is queued. */
export async function nextDueAt(q: Queryable, channels: readonly NoticeChannel[]): Promise<Date | undefined> {
  const { rows } = await q.query<{ at: Date | null }>(
    `select min(next_at) as at from notice_delivery where state = 'queued' and channel = any($1::text[])`,
    [channels],
  )
  return rows[0]?.at ?? undefined
}

export interface DeliveryRow {
  id: number
  notice_id: number
  channel: NoticeChannel
  topic: string
  title: string
  address: string
  user_name: string | null
  state: DeliveryState
  attempts: number
  next_at: Date
  sent_at: Date | null
  error: string | null
  created_at: Date
}

const deliveryColumns = `d.id, d.notice_id, d.channel, n.topic, n.title, d.address, u.name as user_name, d.state,
  d.attempts, d.next_at, d.sent_at, d.error, d.created_at`
const deliveryTables = `notice_delivery d join notice n on n.id = d.notice_id left join app_user u on u.id = d.user_id`

/** Newest first. */
export async function selectDeliveries(
  q: Queryable,
  filter: {
    id?: number
    beforeId?: number
    state?: DeliveryState
    channel?: NoticeChannel
    limit: number
  },
): Promise<DeliveryRow[]> {
  const { rows } = await q.query<DeliveryRow>(
    `select ${deliveryColumns} from ${deliveryTables}
      where ($1::int is null or d.id = $1) and ($2::int is null or d.id < $2)
        and ($3::text is null or d.state = $3) and ($4::text is null or d.channel = $4)
      order by d.id desc limit $5`,
    [filter.id ?? null, filter.beforeId ?? null, filter.state ?? null, filter.channel ?? null, filter.limit],
  )
  return rows
}

/** Failed deliveries go back into the queue with all their tries; one, or all. How many. */
export async function requeueFailed(q: Queryable, id: number | null, at: Date): Promise<number> {
  const { rowCount } = await q.query(
    `update notice_delivery set state = 'queued', attempts = 0, next_at = $2
      where state = 'failed' and ($1::int is null or id = $1)`,
    [id, at],
  )
  return rowCount ?? 0
}

export interface ChannelCountRow {
  channel: NoticeChannel
  queued: number
  sent: number
  failed: number
  last_sent_at: Date | null
  last_error: string | null
  last_error_at: Date | null
}

export async function countDeliveries(q: Queryable): Promise<ChannelCountRow[]> {
  const { rows } = await q.query<ChannelCountRow>(
    `select channel, count(*) filter (where state = 'queued')::int as queued,
            count(*) filter (where state = 'sent')::int as sent,
            count(*) filter (where state = 'failed')::int as failed, max(sent_at) as last_sent_at,
            (array_agg(error order by error_at desc nulls last))[1] as last_error, max(error_at) as last_error_at
       from notice_delivery group by channel`,
  )
  return rows
}
