import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../actor.ts'
import {
  createTestApp,
  createTestDatabase,
  type TestApp,
  type TestDatabase,
  testActor,
} from '../testing/index.ts'

let database: TestDatabase
let server: TestApp
let address = ''
let actor: Actor | undefined = testActor('analyst')

beforeAll(async () => {
  database = await createTestDatabase()
  server = await createTestApp(database.db, {
    routes: [],
    live: true,
    authenticate: () => async () =>
      actor === undefined ? undefined : { actor, via: 'key', csrfToken: null, mustChangePassword: false },
  })
  address = await server.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await server.close()
  await database.drop()
})

/** Opens a stream and gathers what it says. */
async function listen(
  topics: string,
): Promise<{ status: number; type: string; heard: string[]; close(): void; closed: Promise<void> }> {
  const abort = new AbortController()
  const answer = await fetch(`${address}/api/v1/events?topics=${topics}`, { signal: abort.signal })
  const heard: string[] = []
  const read = async () => {
    const decoder = new TextDecoder()
    for await (const chunk of answer.body ?? []) {
      for (const line of decoder.decode(chunk as Uint8Array).split('\n'))
        if (line.startsWith('data: ')) heard.push(line.slice(6))
    }
  }
  const closed = read().catch(() => undefined)
  return {
    status: answer.status,
    type: answer.headers.get('content-type') ?? '',
    heard,
    close: () => abort.abort(),
    closed,
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !condition(); i++) await sleep(20)
  expect(condition()).toBe(true)
}

test('a subscriber hears its topic and what is below it, and nothing else', async () => {
  const stream = await listen('gateway,job:7')
  expect(stream.type).toContain('text/event-stream')
  const { events } = server.deps
  events.publish('gateway:status', { connections: 3 })
  events.publish('job:8', { id: 8 })
  events.publish('series:1', { id: 1 })
  events.publish('job:7', { id: 7 })
  await until(() => stream.heard.length >= 2)
  await sleep(150)
  expect(stream.heard.map((line) => JSON.parse(line))).toEqual([
    { topic: 'gateway:status', data: { connections: 3 } },
    { topic: 'job:7', data: { id: 7 } },
  ])
  stream.close()
})

test('an event in a transaction is heard when it commits, and never when it does not', async () => {
  const stream = await listen('registry')
  const { db, events } = server.deps
  const failing = db.transaction(async (trx) => {
    await events.publishIn(trx, 'registry', { id: 1 })
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  await db.transaction((trx) => events.publishIn(trx, 'registry', { id: 2 }))
  await until(() => stream.heard.length > 0)
  expect(stream.heard.map((line) => JSON.parse(line).data)).toEqual([{ id: 2 }])
  stream.close()
})

test('a topic needs its permission, and an unknown one is refused', async () => {
  const get = (topics: string) => server.app.inject({ url: `/api/v1/events?topics=${topics}` })
  actor = testActor('clerk')
  expect((await get('gateway')).json()).toMatchObject({
    status: 403,
    code: 'auth.forbidden',
    permission: 'gateway:read',
  })
  expect((await get('job-queue')).json()).toMatchObject({ status: 400, code: 'event.topic-invalid' })
  expect((await get('')).json()).toMatchObject({ status: 400, code: 'request.invalid' })
  actor = undefined
  expect((await get('jobs')).json()).toMatchObject({ status: 401, code: 'auth.required' })
  actor = testActor('analyst')
})

test('notices are heard by whom they are for, all of them by who operates the outbox', async () => {
  const before = actor
  const statuses = []
  for (const [role, topic] of [
    ['officer', 'notice:1'],
    ['officer', 'notice:2'],
    ['officer', 'notice'],
    ['administrator', 'notice'],
  ] as const) {
    actor = testActor(role)
    const stream = await listen(topic)
    statuses.push(stream.status)
    stream.close()
  }
  actor = before
  expect(statuses).toEqual([200, 403, 403, 200])
})

test('a person has at most twenty streams, and a closed one frees its place', async () => {
  const streams = await Promise.all(Array.from({ length: 20 }, () => listen('jobs')))
  expect(streams.every((stream) => stream.status === 200)).toBe(true)
  const more = await listen('jobs')
  expect(more.status).toBe(429)
  for (const stream of streams) stream.close()
  await Promise.all(streams.map((stream) => stream.closed))
  await sleep(100)
  const again = await listen('jobs')
  expect(again.status).toBe(200)
  again.close()
})

test('after the database cut the connection the stream says that events may be missing', async () => {
  const stream = await listen('jobs')
  await database.db.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'shanshui events' and datname = current_database()`,
  )
  await until(() => stream.heard.some((line) => JSON.parse(line).topic === 'resync'))
  server.deps.events.publish('jobs', { id: 5 })
  await until(() => stream.heard.some((line) => JSON.parse(line).data.id === 5))
  stream.close()
})

test('stopping the server ends the streams', async () => {
  const other = await createTestApp(database.db, { routes: [], live: true, actor: testActor('analyst') })
  const url = await other.app.listen({ port: 0, host: '127.0.0.1' })
  const answer = await fetch(`${url}/api/v1/events?topics=jobs`)
  const ended = (async () => {
    for await (const _ of answer.body ?? []);
  })()
  const started = performance.now()
  await other.close()
  await ended
  expect(performance.now() - started).toBeLessThan(3_000)
})
