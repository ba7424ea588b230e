/** SQL of the worker of matters; only the owner of the tables reads and writes here. */
import type { CallerEffect } from '@shanshui/workflow'
import type { Queryable } from '../../platform/db/index.ts'

/** Matters whose time has come, the longest waiting first; with an id, whether that one's has. */
export async function mattersToWake(
  q: Queryable,
  nowMs: number,
  limit: number,
  id?: number,
): Promise<number[]> {
  const { rows } = await q.query<{ id: number }>(
    `select id from matter where wake_at <= to_timestamp($1 / 1000.0) and ($3::int is null or id = $3)
      order by wake_at limit $2`,
    [nowMs, limit, id ?? null],
  )
  return rows.map((row) => row.id)
}

export interface EffectRow {
  readonly id: number
  readonly matterId: number
  readonly seq: number
  readonly effect: Exclude<CallerEffect, { kind: 'publish' }>
}

/** Takes an effect out of the queue; another process passes it by. It is gone when the transaction commits. */
export async function takeEffect(q: Queryable, nowMs: number): Promise<EffectRow | undefined> {
  const { rows } = await q.query<EffectRow>(
    `delete from matter_effect where id = (
       select id from matter_effect where next_at <= to_timestamp($1 / 1000.0)
        order by id limit 1 for update skip locked)
     returning id, matter_id as "matterId", seq, effect`,
    [nowMs],
  )
  return rows[0]
}

/** An effect that could not be carried out is tried again later and does not hold up the others. */
export async function postponeEffect(q: Queryable, id: number, error: string, nextMs: number): Promise<void> {
  await q.query(
    `update matter_effect set failures = failures + 1, error = $2, next_at = to_timestamp($3 / 1000.0) where id = $1`,
    [id, error.slice(0, 1000), nextMs],
  )
}

/** Leads behind a matter: its own source, and the sources of its problem. */
export async function leadsBehind(q: Queryable, matterId: number): Promise<number[]> {
  const { rows } = await q.query<{ ref: string }>(
    `select distinct ref from (
       select m.ref from matter m where m.id = $1 and m.source = 'lead'
       union all
       select s.ref from matter m join problem_source s on s.problem_id = m.problem_id
        where m.id = $1 and s.source = 'lead') x where ref ~ '^[0-9]{1,9}$'`,
    [matterId],
  )
  return rows.map(({ ref }) => Number(ref))
}

export async function reasonOfStep(q: Queryable, matterId: number, seq: number): Promise<string | null> {
  const { rows } = await q.query<{ reason: string | null }>(
    'select reason from matter_step where matter_id = $1 and seq = $2',
    [matterId, seq],
  )
  return rows[0]?.reason ?? null
}
