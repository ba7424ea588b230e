/**
 * Long work: queued in the transaction that caused it, run by worker processes with progress, cancellation, and
 * resumption from a checkpoint after a restart. The queue is the job table itself (SKIP LOCKED), so that what a
 * person sees and what the queue believes cannot differ.
 */
import type { Permission } from '@shanshui/contract'
import type { Actor } from '../actor.ts'
import type { Database, Queryable } from '../db/index.ts'
import { processIdentity, processSpace } from '../db/processes.ts'
import { AppError, toProblem } from '../errors.ts'
import type { Events } from '../events/index.ts'
import type { Logger } from '../log.ts'
import {
  claimJob,
  finishJob,
  heartbeat,
  insertJob,
  type JobRow,
  requeueJob,
  runningJobs,
  saveCheckpoint,
  saveProgress,
} from './jobs.repository.ts'

export interface JobContext<TInput> {
  readonly jobId: number
  readonly input: TInput
  readonly createdBy: { readonly id: number | null; readonly name: string | null }
  /** Aborted on cancellation and at shutdown; work stops at its next safe point by `signal.throwIfAborted()`. */
  readonly signal: AbortSignal
  /** State of the last `checkpoint` when the job goes on after a restart. */
  readonly resume: unknown
  /** Units done, of how many; written at most four times a second. Throws when the job is to stop. */
  progress(done: number, total?: number | null, message?: string | null): Promise<void>
  /** Where to go on after a restart; call it after the work up to here is committed. */
  checkpoint(state: unknown): Promise<void>
}

export interface JobDefinition<TInput = unknown, TResult = unknown> {
  readonly name: string
  /** Title for people, Chinese. */
  readonly title: string
  /** How many of this name run at once in one process. */
  readonly concurrency: number
  /** Who, besides the creator, sees and cancels jobs of this name. */
  readonly permission?: Permission
  readonly run: (context: JobContext<TInput>) => Promise<TResult>
}

export interface JobOptions {
  readonly concurrency: number
  readonly title?: string
  readonly permission?: Permission
}

/** A kind of work; register it with `jobs.register`. */
export function defineJob<TInput, TResult = unknown>(
  name: string,
  options: JobOptions,
  run: (context: JobContext<TInput>) => Promise<TResult>,
): JobDefinition<TInput, TResult> {
  return {
    name,
    title: options.title ?? name,
    concurrency: options.concurrency,
    permission: options.permission,
    run,
  }
}

/** Queues work in the caller's transaction: it exists exactly when the transaction commits. Returns the job's id. */
export function enqueue(
  q: Queryable,
  name: string,
  input: unknown,
  actor: Pick<Actor, 'userId' | 'name'> | 'system',
): Promise<number> {
  return insertJob(
    q,
    name,
    input,
    actor === 'system' ? { id: null, name: null } : { id: actor.userId, name: actor.name },
  )
}

export interface Jobs {
  register<TInput, TResult>(definition: JobDefinition<TInput, TResult>): void
  enqueue: typeof enqueue
  definitions(): readonly JobDefinition[]
  /** Begins to run jobs in this process. */
  start(): void
  /** Stops taking jobs; running ones go back into the queue with their checkpoint. */
  stop(limitMs?: number): Promise<void>
}

const pollEveryMs = 1_000
const heartbeatEveryMs = 3_000
const deadAfterSeconds = 20
const maxAttempts = 5
const progressEveryMs = 250

class Stopped extends Error {
  readonly why: 'cancelled' | 'shutdown'
  constructor(why: 'cancelled' | 'shutdown') {
    super(why)
    this.name = 'AbortError'
    this.why = why
  }
}

/** Name of this process that proves after a restart whether it still lives. */
const self = () => JSON.stringify([processSpace(), process.pid, processIdentity(process.pid) ?? ''])

function isDead(worker: string, silentSeconds: number): boolean {
  try {
    const [space, pid, identity] = JSON.parse(worker) as [string, number, string]
    if (space === processSpace()) return processIdentity(pid) !== identity || silentSeconds > 60
  } catch {
    // not written by this release: judge by silence
  }
  return silentSeconds > deadAfterSeconds
}

export function openJobs(deps: { db: Database; events: Events; log: Logger }): Jobs {
  const { db, events, log } = deps
  const definitions = new Map<string, JobDefinition>()
  const running = new Map<number, { name: string; abort: AbortController; done: Promise<void> }>()
  const worker = self()
  let timers: NodeJS.Timeout[] = []
  let unsubscribe: (() => void) | undefined
  let accepting = false
  let claiming: Promise<void> | undefined
  let again = false

  const announce = (id: number) => {
    events.publish(`job:${id}`, { id })
    events.publish('jobs', { id })
  }

  function freeNames(): string[] {
    return [...definitions.values()]
      .filter((d) => [...running.values()].filter((job) => job.name === d.name).length < d.concurrency)
      .map((d) => d.name)
  }

  async function claimAll(): Promise<void> {
    do {
      again = false
      for (let names = freeNames(); accepting && names.length > 0; names = freeNames()) {
        const row = await claimJob(db.pool, names, worker)
        if (row === undefined) break
        launch(row)
      }
    } while (again)
  }

  function wake(): void {
    if (!accepting) return
    again = true
    claiming ??= claimAll()
      .catch((error: unknown) => log.warn({ event: 'job.claim-failed', err: error }, 'cannot claim jobs'))
      .finally(() => {
        claiming = undefined
      })
  }

  function launch(row: JobRow): void {
    const abort = new AbortController()
    const done = runOne(row, abort).finally(() => {
      running.delete(row.id)
      announce(row.id)
      wake()
    })
    running.set(row.id, { name: row.name, abort, done })
    announce(row.id)
  }

  async function runOne(row: JobRow, abort: AbortController): Promise<void> {
    const definition = definitions.get(row.name)
    if (definition === undefined) return
    log.info({ event: 'job.started', jobId: row.id, name: row.name, attempt: row.attempts }, 'job started')
    try {
      const result = await definition.run(contextOf(row, abort.signal))
      await finishJob(db.pool, row.id, 'done', { result })
      log.info({ event: 'job.done', jobId: row.id, name: row.name }, 'job done')
    } catch (error) {
      await settle(row, abort.signal, error).catch((failure: unknown) =>
        log.error(
          { event: 'job.settle-failed', jobId: row.id, err: failure },
          'cannot record the end of a job',
        ),
      )
    }
  }

  async function settle(row: JobRow, signal: AbortSignal, error: unknown): Promise<void> {
    const why = signal.aborted && signal.reason instanceof Stopped ? signal.reason.why : undefined
    if (why === 'shutdown') return requeueJob(db.pool, row.id, false)
    if (why === 'cancelled') return finishJob(db.pool, row.id, 'cancelled', {})
    const refusal = error instanceof AppError
    if (!refusal) log.error({ event: 'job.failed', jobId: row.id, name: row.name, err: error }, 'job failed')
    const problem = refusal
      ? toProblem(error)
      : toProblem(new AppError('server.bug', { detail: `任务 ${row.id} 失败，详见日志` }))
    await finishJob(db.pool, row.id, 'failed', { error: problem })
  }

  function contextOf(row: JobRow, signal: AbortSignal): JobContext<unknown> {
    let writtenAt = 0
    let total = row.total
    let message = row.message
    return {
      jobId: row.id,
      input: row.input,
      createdBy: { id: row.created_by, name: row.created_by_name },
      signal,
      resume: row.checkpoint ?? undefined,
      async progress(done, newTotal, newMessage) {
        signal.throwIfAborted()
        if (newTotal !== undefined) total = newTotal
        if (newMessage !== undefined) message = newMessage
        const now = performance.now()
        if (now - writtenAt < progressEveryMs && done !== total) return
        writtenAt = now
        await saveProgress(db.pool, row.id, done, total, message)
        announce(row.id)
      },
      async checkpoint(state) {
        await saveCheckpoint(db.pool, row.id, state)
        signal.throwIfAborted()
      },
    }
  }

  async function beat(): Promise<void> {
    if (running.size > 0) {
      const beats = await heartbeat(db.pool, [...running.keys()], worker)
      for (const { id, cancel } of beats) if (cancel) running.get(id)?.abort.abort(new Stopped('cancelled'))
    }
    for (const job of await runningJobs(db.pool)) {
      if (running.has(job.id) || !isDead(job.worker, job.silentSeconds)) continue
      if (job.attempts >= maxAttempts) {
        const detail = `任务 ${job.id} 已中断 ${job.attempts} 次，不再重试`
        await finishJob(db.pool, job.id, 'failed', {
          error: toProblem(new AppError('server.bug', { detail })),
        })
        continue
      }
      log.warn(
        { event: 'job.resumed', jobId: job.id, attempts: job.attempts },
        'job of a dead worker goes on',
      )
      await requeueJob(db.pool, job.id, true)
      wake()
    }
  }

  const guardedBeat = () =>
    void beat().catch((error: unknown) =>
      log.warn({ event: 'job.heartbeat-failed', err: error }, 'heartbeat failed'),
    )

  return {
    register(definition) {
      if (definitions.has(definition.name)) throw new Error(`job ${definition.name} is registered twice`)
      definitions.set(definition.name, definition as unknown as JobDefinition)
      wake()
    },
    enqueue,
    definitions: () => [...definitions.values()],
    start() {
      if (accepting) return
      accepting = true
      unsubscribe = events.subscribe(['job-queue', 'job-cancel'], ({ topic, data }) => {
        if (topic === 'job-queue') wake()
        if (topic === 'job-cancel') running.get(Number(data.id))?.abort.abort(new Stopped('cancelled'))
      })
      timers = [setInterval(wake, pollEveryMs), setInterval(guardedBeat, heartbeatEveryMs)]
      guardedBeat()
      wake()
    },
    async stop(limitMs = 15_000) {
      accepting = false
      unsubscribe?.()
      for (const timer of timers) clearInterval(timer)
      await claiming
      for (const job of running.values()) job.abort.abort(new Stopped('shutdown'))
      const all = Promise.allSettled([...running.values()].map((job) => job.done))
      await Promise.race([all, new Promise((late) => setTimeout(late, limitMs).unref())])
    },
  }
}
