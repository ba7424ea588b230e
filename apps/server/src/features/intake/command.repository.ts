/** SQL of commands to field machines and of the platform's own asking again. */
import type { Queryable, Trx } from '../../platform/db/index.ts'

export type CommandKind = 'query-hours' | 'query-minutes' | 'query-days' | 'read-time' | 'set-time'

export interface CommandTask {
  readonly id: number
  readonly mn: string
  readonly kind: CommandKind
  readonly fromMs: number | undefined
  readonly toMs: number | undefined
}

/** Takes waiting commands for stations that are connected here. */
export async function claimCommands(
  q: Queryable,
  mns: readonly string[],
  nowMs: number,
): Promise<CommandTask[]> {
  const { rows } = await q.query<{
    id: number
    mn: string
    kind: CommandKind
    from_at: Date | null
    to_at: Date | null
  }>(
    `update hj212_command set state = 'sent', sent_at = $2
      where id in (select id from hj212_command where state = 'queued' and mn = any($1) order by automatic, id
                   limit 50 for update skip locked)
      returning id, mn, kind, from_at, to_at`,
    [mns, new Date(nowMs)],
  )
  return rows.map((r) => ({
    id: r.id,
    mn: r.mn,
    kind: r.kind,
    fromMs: r.from_at?.getTime(),
    toMs: r.to_at?.getTime(),
  }))
}

export async function finishCommand(
  q: Queryable,
  id: number,
  state: 'done' | 'failed',
  result: string,
  nowMs: number,
): Promise<void> {
  await q.query('update hj212_command set state = $2, result = $3, finished_at = $4 where id = $1', [
    id,
    state,
    result.slice(0, 500),
    new Date(nowMs),
  ])
}

export async function hasWaitingCommands(q: Queryable): Promise<boolean> {
  const { rows } = await q.query<{ waiting: boolean }>(
    `select exists (select from hj212_command where state = 'queued') as waiting`,
  )
  return rows[0]?.waiting ?? false
}

export interface RequeryRow {
  readonly mn: string
  readonly hourMs: number
  readonly attempts: number
  readonly lastMs: number
}

export async function requeries(q: Queryable, fromMs: number): Promise<RequeryRow[]> {
  const { rows } = await q.query<{ mn: string; hour: Date; attempts: number; last_at: Date }>(
    'select mn, hour, attempts, last_at from hj212_requery where hour >= $1',
    [new Date(fromMs)],
  )
  return rows.map((r) => ({
    mn: r.mn,
    hourMs: r.hour.getTime(),
    attempts: r.attempts,
    lastMs: r.last_at.getTime(),
  }))
}

/** One automatic command and the hours that it asks for. */
export async function insertRequery(
  trx: Trx,
  mn: string,
  hoursMs: readonly number[],
  nowMs: number,
): Promise<void> {
  const now = new Date(nowMs)
  await trx.query(
    `insert into hj212_command (mn, kind, from_at, to_at, automatic, requested_by, requested_at)
     values ($1, 'query-hours', $2, $3, true, '平台自动补传', $4)`,
    [mn, new Date(hoursMs[0] as number), new Date(hoursMs.at(-1) as number), now],
  )
  await trx.query(
    `insert into hj212_requery as r (mn, hour, attempts, last_at)
     select $1, to_timestamp(h / 1000), 1, $3 from unnest($2::float8[]) h
     on conflict (mn, hour) do update set attempts = r.attempts + 1, last_at = excluded.last_at`,
    [mn, hoursMs, now],
  )
}
