/** Notices: a room says what happened and who is concerned, in its own transaction; the rest follows by itself. */
import { type Permission, roleNames, rolePermissions } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import { announceIn } from '../../platform/events/index.ts'
import { queueNotice } from './notices.repository.ts'

export interface NoticeDraft {
  /** What it is about, e.g. `lead`, `exceedance`, `obligation`. */
  readonly topic: string
  /** People by what they may and where, or by name. `ownerId` also reaches that organization's own people. */
  readonly to:
    | { readonly permission: Permission; readonly regionCode: number; readonly ownerId?: number }
    | { readonly userIds: readonly number[] }
  readonly title: string
  readonly body: string
  /** Address inside the web application, e.g. `/leads/12`. */
  readonly link?: string
  /** The same key again is the same notice: nothing is written. */
  readonly dedupeKey: string
}

const rolesWith = (permission: Permission) =>
  roleNames.filter((role) => rolePermissions[role].includes(permission))

/** Longer ones are cut: a channel outside takes no more. */
const longestTitle = 200
const longestBody = 4_000

/**
 * Queues a notice in the caller's transaction: it exists exactly once when the transaction commits, and never when
 * it does not. Returns how many people are told; 0 when the key was there before.
 */
export async function notify(trx: Queryable, notice: NoticeDraft): Promise<number> {
  const { to } = notice
  const named = 'userIds' in to
  const recipients = await queueNotice(trx, {
    dedupeKey: notice.dedupeKey,
    topic: notice.topic,
    title: notice.title.slice(0, longestTitle),
    body: notice.body.slice(0, longestBody),
    link: notice.link ?? null,
    userIds: named ? to.userIds : null,
    roles: named ? null : rolesWith(to.permission),
    regionCode: named ? null : to.regionCode,
    ownerId: named ? null : (to.ownerId ?? null),
  })
  await announceIn(trx, [
    ...recipients.map((row) => ({ topic: `notice:${row.user_id}`, data: { id: row.notice_id } })),
    ...(recipients.length > 0 ? [{ topic: 'notice-queue', data: {} }] : []),
  ])
  return recipients.length
}
