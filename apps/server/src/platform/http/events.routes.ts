/** The event stream (SSE). */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import * as contract from '@shanshui/contract'
import type { Actor } from '../actor.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { Authenticate } from './types.ts'

const keepAliveMs = 15_000
const recheckMs = 60_000
const streamsPerPerson = 20
/** A reader that does not keep up is cut off; its browser connects again and loads afresh. */
const largestBacklogBytes = 1_048_576

function checkTopics(actor: Actor, text: string): string[] {
  const topics = [...new Set(text.split(',').map((topic) => topic.trim()))]
  for (const topic of topics) {
    const root = topic.split(':')[0] ?? ''
    if (!/^[a-z][a-z0-9.:-]{0,79}$/.test(topic) || !Object.hasOwn(contract.eventTopics, root)) {
      throw new AppError('event.topic-invalid', { detail: `没有主题 ${topic.slice(0, 80)}` })
    }
    const permission = contract.eventTopics[root as keyof typeof contract.eventTopics]
    if (permission !== null && !actor.permissions.has(permission)) {
      throw new AppError('auth.forbidden', { detail: `主题 ${topic} 需要权限 ${permission}`, permission })
    }
    // Notices of a person are heard by that person; all of them by who operates the outbox.
    if (root === 'notice' && topic !== `notice:${actor.userId}` && !actor.permissions.has('notice:operate')) {
      throw new AppError('auth.forbidden', { detail: `主题 ${topic} 只能由本人订阅` })
    }
  }
  return topics
}

export const eventRoutes =
  (deps: Deps, authenticate: Authenticate): FastifyPluginAsyncTypebox =>
  async (app) => {
    const open = new Map<() => void, number>()
    app.addHook('preClose', async () => {
      for (const close of open.keys()) close()
    })

    app.get(
      '/events',
      { schema: contract.subscribeEvents, config: { authenticated: true } },
      async (request, reply) => {
        const topics = checkTopics(request.actor, request.query.topics)
        const { userId } = request.actor
        if ([...open.values()].filter((id) => id === userId).length >= streamsPerPerson) {
          throw new AppError('request.too-many', {
            detail: `每人最多 ${streamsPerPerson} 条事件流`,
            retryAfterSeconds: 10,
          })
        }
        reply.hijack()
        const { raw } = reply
        raw.writeHead(200, {
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          connection: 'close', // the stream is the last thing on it
          'x-accel-buffering': 'no',
          'x-request-id': request.id,
        })
        raw.write('retry: 3000\n\n')
        const unsubscribe = deps.events.subscribe(topics, ({ topic, data }) => {
          raw.write(`data: ${JSON.stringify({ topic, data })}\n\n`)
          if (raw.writableLength > largestBacklogBytes) close()
        })
        const alive = setInterval(() => raw.write(': alive\n\n'), keepAliveMs)
        // A person who was logged out or disabled stops hearing within a minute.
        const recheck = setInterval(() => {
          authenticate(request).then(
            (still) => still === undefined && close(),
            () => close(),
          )
        }, recheckMs)
        function close(): void {
          unsubscribe()
          clearInterval(alive)
          clearInterval(recheck)
          open.delete(close)
          raw.end()
        }
        open.set(close, userId)
        raw.on('close', close)
      },
    )
  }
