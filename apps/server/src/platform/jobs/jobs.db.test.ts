import { afterAll, beforeAll, expect, test } from 'vitest'
import { AppError } from '../errors.ts'
import {
  createTestApp,
  createTestDatabase,
  createTestDeps,
  type TestApp,
  type TestDatabase,
  testActor,
} from '../testing/index.ts'
import { defineJob, enqueue } from './index.ts'

let database: TestDatabase
let server: TestApp
const actor = testActor('analyst', { userId: 7 })
const gates = new Map<string, () => void>()

beforeAll(async () => {
  database = await createTestDatabase()
  server = await createTestApp(database.db, { routes: [], actor, live: true })
  const { jobs } = server.deps
  jobs.register(
    defineJob<{ n: number }>('count', { concurrency: 2, title: '数数' }, async ({ input, progress }) => {
      for (let i = 1; i <= input.n; i++) await progress(i, input.n)
      return { counted: input.n }
    }),
  )
  jobs.register(
    defineJob<{ key: string }>('wait', { concurrency: 1 }, async ({ input, signal, checkpoint }) => {
      await checkpoint({ reached: 'half' })
      await new Promise<void>((done, stop) => {
        gates.set(input.key, done)
        signal.addEventListener('abort', () => stop(signal.reason))
      })
    }),
  )
  jobs.register(
    defineJob('refuse', { concurrency: 1 }, async () => {
      throw new AppError('registry.file-unreadable', { detail: '第 3 行' })
    }),
  )
  jobs.register(
    defineJob('break', { concurrency: 1 }, async () => {
      throw new TypeError('inside')
    }),
  )
})
afterAll(async () => {
  await server.close()
  await database.drop()
})

const look = async (id: number) => (await server.app.inject({ url: `/api/v1/jobs/${id}` })).json()

async function until(id: number, state: string): Promise<Record<string, unknown>> {
  for (let i = 0; i < 400; i++) {
    const job = await look(id)
    if (job.state === state) return job
    await new Promise((wait) => setTimeout(wait, 20))
  }
  throw new Error(`job ${id} did not become ${state}: ${JSON.stringify(await look(id))}`)
}

const add = (name: string, input: unknown) => enqueue(database.db.pool, name, input, actor)

test('a job runs, reports progress and its result', async () => {
  const job = await until(await add('count', { n: 5 }), 'done')
  expect(job).toMatchObject({
    title: '数数',
    progress: 5,
    total: 5,
    result: { counted: 5 },
    createdBy: 7,
    attempts: 1,
  })
})

test('a job exists only when its transaction commits', async () => {
  let id = 0
  const failing = database.db.transaction(async (trx) => {
    id = await enqueue(trx, 'count', { n: 1 }, actor)
    throw new Error('rolled back')
  })
  await expect(failing).rejects.toThrow('rolled back')
  expect(await look(id)).toMatchObject({ status: 404, code: 'job.unknown' })
})

test('a refusal ends the job with its problem, a bug with none of its inside', async () => {
  const refused = await until(await add('refuse', {}), 'failed')
  expect(refused.error).toMatchObject({ code: 'registry.file-unreadable', detail: '第 3 行' })
  const broken = await until(await add('break', {}), 'failed')
  expect(broken.error).toMatchObject({ code: 'server.bug' })
  expect(JSON.stringify(broken)).not.toContain('inside')
})

test('a running job is cancelled, a waiting one at once, an ended one not at all', async () => {
  const running = await add('wait', { key: 'a' })
  await until(running, 'running')
  const waiting = await add('wait', { key: 'b' })
  const cancel = (id: number) => server.app.inject({ method: 'DELETE', url: `/api/v1/jobs/${id}` })
  expect((await cancel(waiting)).json()).toMatchObject({ state: 'cancelled' })
  expect((await cancel(running)).statusCode).toBe(202)
  await until(running, 'cancelled')
  expect((await cancel(running)).json()).toMatchObject({ status: 409, code: 'job.finished' })
})

test('a job of somebody else is not there', async () => {
  const id = await enqueue(database.db.pool, 'count', { n: 1 }, testActor('officer', { userId: 8 }))
  expect(await look(id)).toMatchObject({ status: 404, code: 'job.unknown' })
})

test('events tell of progress across connections', async () => {
  const heard: string[] = []
  const stop = server.deps.events.subscribe(['jobs'], ({ topic }) => heard.push(topic))
  await until(await add('count', { n: 2 }), 'done')
  await new Promise((wait) => setTimeout(wait, 200))
  stop()
  expect(heard).toContain('jobs')
})

test('a job goes on from its checkpoint after the worker has stopped', async () => {
  const seen: unknown[] = []
  const definition = defineJob('resume', { concurrency: 1 }, async ({ resume, checkpoint, signal }) => {
    seen.push(resume)
    if (resume !== undefined) return 'finished'
    await checkpoint({ line: 400 })
    await new Promise((_, stop) => signal.addEventListener('abort', () => stop(signal.reason)))
    return 'never'
  })
  const first = await createTestDeps(database.db, { live: true })
  first.jobs.register(definition)
  first.jobs.start()
  const id = await add('resume', {})
  await until(id, 'running')
  while (seen.length === 0) await new Promise((wait) => setTimeout(wait, 10))
  await new Promise((wait) => setTimeout(wait, 100))
  await first.jobs.stop()
  await first.events.close()
  expect(await look(id)).toMatchObject({ state: 'queued', attempts: 0 })
  const second = await createTestDeps(database.db, { live: true })
  second.jobs.register(definition)
  second.jobs.start()
  expect(await until(id, 'done')).toMatchObject({ result: 'finished' })
  expect(seen).toEqual([undefined, { line: 400 }])
  await second.jobs.stop()
  await second.events.close()
})

test('a job whose worker was killed is taken over', async () => {
  const id = await add('count', { n: 3 })
  await until(id, 'done')
  // As a killed process leaves it: running, by a process number that no longer is the same process.
  await database.db.pool.query(
    `update job set state = 'running', worker = (select worker from job where false), heartbeat_at = now() - interval '1 hour' where id = $1`,
    [id],
  )
  expect(await until(id, 'done')).toMatchObject({ attempts: 2 })
})
