import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import * as contract from '@shanshui/contract'
import { recordAudit } from '../../platform/audit/index.ts'
import { isoOrNull, shanghaiIso } from '../../platform/clock.ts'
import { type Channels, channelsOf } from '../../platform/delivery/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { announceIn } from '../../platform/events/index.ts'
import { cursorId } from '../../platform/page.ts'
import {
  countDeliveries,
  countUnread,
  type DeliveryRow,
  markRead,
  type NoticeRow,
  putContact,
  requeueFailed,
  selectContact,
  selectDeliveries,
  selectNotices,
} from './notices.repository.ts'
import { notify } from './notices.service.ts'

const present = (row: NoticeRow): contract.Notice => ({
  id: row.id,
  topic: row.topic,
  title: row.title,
  body: row.body,
  link: row.link,
  at: shanghaiIso(row.created_at.getTime()),
  readAt: isoOrNull(row.read_at),
})

/** Who got it, without showing an address whole: 138****1234, zh***@example.cn. */
function shownAddress({ channel, address, user_name }: DeliveryRow): string {
  const shown =
    channel === 'sms'
      ? address.replace(/^(.{3}).*(.{4})$/, '$1****$2')
      : channel === 'email'
        ? address.replace(/^(.{1,2})[^@]*@/, '$1***@')
        : address
  return user_name === null ? shown : `${user_name}（${shown}）`
}

const presentDelivery = (row: DeliveryRow): contract.Delivery => ({
  id: row.id,
  noticeId: row.notice_id,
  channel: row.channel,
  topic: row.topic,
  title: row.title,
  to: shownAddress(row),
  state: row.state,
  attempts: row.attempts,
  nextAt: row.state === 'queued' ? isoOrNull(row.next_at) : null,
  sentAt: isoOrNull(row.sent_at),
  error: row.error,
  createdAt: shanghaiIso(row.created_at.getTime()),
})

const nextOf = (rows: readonly { id: number }[], limit: number) =>
  rows.length === limit ? String(rows.at(-1)?.id) : null

const ownRoutes =
  (deps: Deps, channels: Channels): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { db } = deps
    const everybody = { authenticated: true } as const
    app.get('/notices', { schema: contract.listNotices, config: everybody }, async (request) => {
      const { limit = 100, cursor, unread } = request.query
      const { userId } = request.actor
      return db.asActor(request.actor, async (trx) => {
        const rows = await selectNotices(trx, userId, { beforeId: cursorId(cursor), unread, limit })
        return {
          items: rows.map(present),
          next: nextOf(rows, limit),
          unread: await countUnread(trx, userId),
        }
      })
    })
    app.post('/notices/read', { schema: contract.readNotices, config: everybody }, async (request) => {
      const { userId } = request.actor
      return db.asActor(request.actor, async (trx) => {
        const changed = await markRead(trx, userId, request.body, new Date(deps.clock.now()))
        if (changed > 0) await announceIn(trx, [{ topic: `notice:${userId}`, data: { read: changed } }])
        return { unread: await countUnread(trx, userId) }
      })
    })
    app.get('/notices/contact', { schema: contract.getMyContact, config: everybody }, async (request) => ({
      ...(await selectContact(db.pool, request.actor.userId)),
      channels: Object.keys(channels) as contract.NoticeChannel[],
    }))
    app.put('/notices/contact', { schema: contract.putMyContact, config: everybody }, async (request) => {
      const { actor, body } = request
      await db.transaction(async (trx) => {
        await putContact(trx, actor.userId, body)
        // Which ways are set, not the addresses: the chain is kept for ever.
        const ways = { email: body.email !== null, phone: body.phone !== null }
        await recordAudit(trx, actor, 'identity.contact-changed', `user:${actor.userId}`, ways)
      })
      return body
    })
  }

const outboxRoutes =
  (deps: Deps, channels: Channels): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { db } = deps
    const operate = { permission: 'notice:operate' } as const
    app.get('/notices/channels', { schema: contract.listChannels, config: operate }, async () => {
      const counts = new Map((await countDeliveries(db.pool)).map((row) => [row.channel, row]))
      return {
        items: contract.noticeChannels.map((channel) => {
          const count = counts.get(channel)
          return {
            channel,
            configured: channels[channel] !== undefined,
            target: channels[channel]?.target ?? null,
            queued: count?.queued ?? 0,
            sent: count?.sent ?? 0,
            failed: count?.failed ?? 0,
            lastSentAt: isoOrNull(count?.last_sent_at ?? null),
            lastError: count?.last_error ?? null,
            lastErrorAt: isoOrNull(count?.last_error_at ?? null),
          }
        }),
      }
    })
    app.get('/notices/outbox', { schema: contract.listDeliveries, config: operate }, async (request) => {
      const { limit = 100, cursor, ...filter } = request.query
      const rows = await selectDeliveries(db.pool, { ...filter, beforeId: cursorId(cursor), limit })
      return { items: rows.map(presentDelivery), next: nextOf(rows, limit) }
    })
    app.post(
      '/notices/outbox/retry',
      { schema: contract.retryDeliveries, config: operate },
      async (request) => {
        const count = await db.transaction(async (trx) => {
          const requeued = await requeueFailed(trx, null, new Date(deps.clock.now()))
          if (requeued > 0) await announceIn(trx, [{ topic: 'notice-queue', data: {} }])
          await recordAudit(trx, request.actor, 'notice.retried', 'notice-delivery:*', { count: requeued })
          return requeued
        })
        return { count }
      },
    )
    app.post(
      '/notices/outbox/:id/retry',
      { schema: contract.retryDelivery, config: operate },
      async (request) => {
        const { id } = request.params
        return db.transaction(async (trx) => {
          const [present] = await selectDeliveries(trx, { id, limit: 1 })
          if (present === undefined) throw new AppError('notice.unknown', { detail: `没有发送记录 ${id}` })
          if ((await requeueFailed(trx, id, new Date(deps.clock.now()))) === 0) {
            throw new AppError('notice.not-failed', { detail: `发送记录 ${id} 的状态是 ${present.state}` })
          }
          const [row] = await selectDeliveries(trx, { id, limit: 1 })
          await announceIn(trx, [{ topic: 'notice-queue', data: {} }])
          await recordAudit(trx, request.actor, 'notice.retried', `notice-delivery:${id}`)
          return presentDelivery(row as DeliveryRow)
        })
      },
    )
    app.post(
      '/notices/test',
      { schema: contract.sendTestNotice, config: operate },
      async (request, reply) => {
        const { actor } = request
        await db.transaction((trx) =>
          notify(trx, {
            topic: 'test',
            to: { userIds: [actor.userId] },
            title: '测试通知',
            body: `由${actor.name}发出，用于检查通知方式是否可用。`,
            dedupeKey: `test:${actor.userId}:${request.id}`,
          }),
        )
        return reply.code(204).send(null)
      },
    )
  }

/** Own notices for everybody; the outbox for who operates it. */
export const noticeRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const channels = channelsOf(deps.config)
    await app.register(ownRoutes(deps, channels))
    await app.register(outboxRoutes(deps, channels))
  }
