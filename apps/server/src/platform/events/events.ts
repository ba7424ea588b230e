/**
 * Live updates: `publish` in any process, and every process that listens hears it (LISTEN/NOTIFY). An event says
 * that something changed and names it by id; values are read by the ordinary routes, where policy holds.
 */
import { resyncTopic } from '@shanshui/contract'
import pg from 'pg'
import type { Database, Queryable } from '../db/index.ts'
import type { Logger } from '../log.ts'

export interface EventMessage {
  readonly topic: string
  readonly data: Readonly<Record<string, unknown>>
}

export interface Events {
  /** Sends soon (within 50 ms, several at a time); the same event twice in that time is sent once. */
  publish(topic: string, data: object): void
  /** Sends when the transaction commits. Takes a short lock at commit: not for the ingest path. */
  publishIn(trx: Queryable, topic: string, data: object): Promise<void>
  /** Topic `a` hears `a` and `a:…`. Returns how to stop. */
  subscribe(topics: readonly string[], listener: (message: EventMessage) => void): () => void
  close(): Promise<void>
}

const channel = 'shanshui_event'
const flushEveryMs = 50
/** PostgreSQL refuses a notification of 8000 bytes or more. */
const largestPayloadBytes = 7_900

export function topicMatches(subscribed: string, topic: string): boolean {
  return topic === subscribed || topic === resyncTopic || topic.startsWith(`${subscribed}:`)
}

function encode(topic: string, data: object): string {
  const text = JSON.stringify({ topic, data })
  return Buffer.byteLength(text) < largestPayloadBytes
    ? text
    : JSON.stringify({ topic, data: { tooLarge: true } })
}

function decode(payload: string): EventMessage | undefined {
  try {
    const parsed = JSON.parse(payload) as EventMessage
    return typeof parsed.topic === 'string' ? parsed : undefined
  } catch {
    return undefined
  }
}

/** Sends when the transaction commits, without an exchange at hand. Takes a short lock at commit. */
export async function announceIn(trx: Queryable, messages: readonly EventMessage[]): Promise<void> {
  if (messages.length === 0) return
  await trx.query(`select pg_notify('${channel}', payload) from unnest($1::text[]) payload`, [
    messages.map(({ topic, data }) => encode(topic, data)),
  ])
}

/** Opens the exchange; `listen: false` for processes that only publish. */
export async function openEvents(db: Database, log: Logger, options: { listen: boolean }): Promise<Events> {
  const subscriptions = new Set<{ topics: readonly string[]; listener: (message: EventMessage) => void }>()
  const waiting = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let client: pg.Client | undefined
  let closed = false

  function deliver(message: EventMessage): void {
    for (const { topics, listener } of subscriptions) {
      if (!topics.some((topic) => topicMatches(topic, message.topic))) continue
      try {
        listener(message)
      } catch (error) {
        log.error({ event: 'events.listener-failed', topic: message.topic, err: error }, 'listener failed')
      }
    }
  }

  async function flush(): Promise<void> {
    timer = undefined
    const payloads = [...waiting]
    waiting.clear()
    if (payloads.length === 0) return
    try {
      await db.pool.query(`select pg_notify('${channel}', payload) from unnest($1::text[]) payload`, [
        payloads,
      ])
    } catch (error) {
      log.warn({ event: 'events.publish-failed', count: payloads.length, err: error }, 'events lost')
    }
  }

  async function listen(): Promise<void> {
    for (let delayMs = 250; !closed; delayMs = Math.min(delayMs * 2, 10_000)) {
      const next = new pg.Client({
        connectionString: db.connectionString,
        application_name: 'shanshui events',
        keepAlive: true,
      })
      next.on('error', () => undefined)
      next.on('notification', ({ payload }) => {
        const message = decode(payload ?? '')
        if (message !== undefined) deliver(message)
      })
      try {
        await next.connect()
        await next.query(`listen ${channel}`)
        next.once('end', () => {
          if (closed) return
          log.warn({ event: 'events.connection-lost' }, 'event connection lost')
          void listen().then(() => deliver({ topic: resyncTopic, data: {} }))
        })
        client = next
        return
      } catch (error) {
        await next.end().catch(() => undefined)
        log.warn({ event: 'events.connect-failed', err: error }, 'event connection failed')
        await new Promise((wait) => setTimeout(wait, delayMs).unref())
      }
    }
  }

  if (options.listen) await listen()
  return {
    publish(topic, data) {
      waiting.add(encode(topic, data))
      timer ??= setTimeout(() => void flush(), flushEveryMs)
    },
    async publishIn(trx, topic, data) {
      await announceIn(trx, [{ topic, data: { ...data } }])
    },
    subscribe(topics, listener) {
      const subscription = { topics, listener }
      subscriptions.add(subscription)
      return () => subscriptions.delete(subscription)
    },
    async close() {
      closed = true
      if (timer !== undefined) clearTimeout(timer)
      await flush()
      await client?.end().catch(() => undefined)
    },
  }
}
