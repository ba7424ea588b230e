/** SQL of the job table. All of it runs as owner of the tables, except `insertJob`, which runs in the caller's transaction. */
import type { JobState } from '@shanshui/contract'
import type { Queryable } from '../db/index.ts'

export interface JobRow {
  id: number
  name: string
  input: unknown
  state: JobState
  progress: number
  total: number | null
  message: string | null
  result: unknown
  error: Record<string, unknown> | null
  checkpoint: unknown
  created_by: number | null
  created_by_name: string | null
  created_at: Date
  started_at: Date | null
  finished_at: Date | null
  cancel_requested: boolean
  attempts: number
  worker: string | null
}

export async function insertJob(
  q: Queryable,
  name: string,
  input: unknown,
  by: { id: number | null; name: string | null },
): Promise<number> {
  const { rows } = await q.query<{ id: number }>(
    `with made as (insert into job (name, input, created_by, created_by_name) values ($1, $2, $3, $4) returning id)
     select id, pg_notify('shanshui_event', json_build_object('topic', 'job-queue', 'data', json_build_object('id', id))::text)
     from made`,
    [name, JSON.stringify(input ?? null), by.id, by.name],
  )
  return rows[0]?.id ?? 0
}

/** Takes the oldest waiting job of one of the names. */
export async function claimJob(
  q: Queryable,
  names: readonly string[],
  worker: string,
): Promise<JobRow | undefined> {
  const { rows } = await q.query<JobRow>(
    `update job set state = 'running', attempts = attempts + 1, worker = $2, heartbeat_at = now(),
            started_at = coalesce(started_at, now())
      where id = (select id from job where state = 'queued' and name = any($1) order by id
                  limit 1 for update skip locked)
      returning *`,
    [names, worker],
  )
  return rows[0]
}

export async function heartbeat(
  q: Queryable,
  ids: readonly number[],
  worker: string,
): Promise<{ id: number; cancel: boolean }[]> {
  const { rows } = await q.query<{ id: number; cancel: boolean }>(
    `update job set heartbeat_at = now() where id = any($1) and worker = $2 and state = 'running'
     returning id, cancel_requested as cancel`,
    [ids, worker],
  )
  return rows
}

export async function saveProgress(
  q: Queryable,
  id: number,
  done: number,
  total: number | null,
  message: string | null,
): Promise<void> {
  await q.query(
    `update job set progress = $2, total = $3, message = $4, heartbeat_at = now() where id = $1`,
    [id, done, total, message],
  )
}

export async function saveCheckpoint(q: Queryable, id: number, state: unknown): Promise<void> {
  await q.query(`update job set checkpoint = $2, heartbeat_at = now() where id = $1`, [
    id,
    JSON.stringify(state),
  ])
}

export async function finishJob(
  q: Queryable,
  id: number,
  state: 'done' | 'failed' | 'cancelled',
  outcome: { result?: unknown; error?: unknown },
): Promise<void> {
  await q.query(
    `update job set state = $2, result = $3, error = $4, finished_at = now(), worker = null,
            progress = case when $2 = 'done' then coalesce(total, progress) else progress end
      where id = $1`,
    [
      id,
      state,
      JSON.stringify(outcome.result ?? null),
      outcome.error === undefined ? null : JSON.stringify(outcome.error),
    ],
  )
}

/** Back into the queue with its checkpoint; an orderly stop does not count as an attempt. */
export async function requeueJob(q: Queryable, id: number, counted: boolean): Promise<void> {
  await q.query(
    `update job set state = 'queued', worker = null, attempts = attempts - case when $2 then 0 else 1 end
      where id = $1 and state = 'running'`,
    [id, counted],
  )
}

export async function runningJobs(
  q: Queryable,
): Promise<{ id: number; worker: string; silentSeconds: number; attempts: number }[]> {
  const { rows } = await q.query<{ id: number; worker: string; silentSeconds: number; attempts: number }>(
    `select id, coalesce(worker, '') as worker, attempts,
            extract(epoch from now() - heartbeat_at)::float8 as "silentSeconds"
       from job where state = 'running'`,
  )
  return rows
}

export async function requestCancel(q: Queryable, id: number): Promise<void> {
  await q.query(
    `update job set cancel_requested = true,
            state = case when state = 'queued' then 'cancelled' else state end,
            finished_at = case when state = 'queued' then now() else finished_at end
      where id = $1`,
    [id],
  )
}

export async function jobById(q: Queryable, id: number): Promise<JobRow | undefined> {
  const { rows } = await q.query<JobRow>('select * from job where id = $1', [id])
  return rows[0]
}

export interface JobFilter {
  /** Sees jobs that the person created, or whose name is in `names`; undefined sees all. */
  readonly visibleTo?: { userId: number; names: readonly string[] }
  readonly name?: string
  readonly state?: JobState
  readonly before?: number
  readonly limit: number
}

export async function listJobRows(q: Queryable, filter: JobFilter): Promise<JobRow[]> {
  const { rows } = await q.query<JobRow>(
    `select * from job
      where ($1::int is null or created_by = $1 or name = any($2::text[]))
        and ($3::text is null or name = $3) and ($4::text is null or state = $4)
        and ($5::int is null or id < $5)
      order by id desc limit $6`,
    [
      filter.visibleTo?.userId ?? null,
      filter.visibleTo?.names ?? [],
      filter.name ?? null,
      filter.state ?? null,
      filter.before ?? null,
      filter.limit,
    ],
  )
  return rows
}
