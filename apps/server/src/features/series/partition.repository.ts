import type { Queryable, Trx } from '../../platform/db/index.ts'
import { nextStart, startOf } from './civil-time.ts'
import { factTable, type Period, periods } from './series.table.ts'

/**
 * Partitions of the fact tables, bounds at midnight in Asia/Shanghai: a month each for real-time, minute and hour
 * rows, a year for days, ten years for months and years. Made ahead by the worker and on demand by a writer.
 * There is no default partition: a row never lands where nobody looks for it.
 */
export interface PartitionBounds {
  readonly name: string
  readonly fromMs: number
  readonly toMs: number
}

export function partitionOf(period: Period, ms: number): PartitionBounds {
  const table = factTable[period]
  if (period === 'month' || period === 'year') return decadeOf(table, ms)
  const unit = period === 'day' ? 'year' : 'month'
  const fromMs = startOf(unit, ms)
  const label = new Date(fromMs + 8 * 3_600_000).toISOString()
  return {
    name: `${table}_${unit === 'year' ? label.slice(0, 4) : label.slice(0, 7).replace('-', '_')}`,
    fromMs,
    toMs: nextStart(unit, fromMs),
  }
}

function decadeOf(table: string, ms: number): PartitionBounds {
  const year = new Date(ms + 8 * 3_600_000).getUTCFullYear()
  const first = Math.floor(year / 10) * 10
  const midnight = (y: number) => Date.UTC(y, 0, 1) - 8 * 3_600_000
  return { name: `${table}_${first}`, fromMs: midnight(first), toMs: midnight(first + 10) }
}

/** Partitions that were seen committed, by connection. */
const known = new WeakMap<object, Set<string>>()

/** Makes the partitions that the instants need, inside the transaction; cheap when they exist. */
export async function ensurePartitions(
  trx: Queryable,
  period: Period,
  instantsMs: Iterable<number>,
): Promise<void> {
  const seen = known.get(trx) ?? new Set<string>()
  known.set(trx, seen)
  const missing = new Map<string, PartitionBounds>()
  let last: PartitionBounds | undefined
  for (const ms of instantsMs) {
    if (last !== undefined && ms >= last.fromMs && ms < last.toMs) continue
    last = partitionOf(period, ms)
    if (!seen.has(last.name)) missing.set(last.name, last)
  }
  for (const bounds of missing.values()) await ensurePartition(trx, period, bounds, seen)
}

/** Forgets what was seen on a connection, after PostgreSQL found no partition for a row. */
export function forgetPartitions(trx: Queryable): void {
  known.delete(trx)
}

async function ensurePartition(
  trx: Queryable,
  period: Period,
  bounds: PartitionBounds,
  seen: Set<string>,
): Promise<void> {
  const before = await attached(trx, bounds.name)
  if (before === 'committed') seen.add(bounds.name)
  if (before !== undefined) return
  await trx.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [bounds.name])
  if ((await attached(trx, bounds.name)) !== undefined) return
  const table = factTable[period]
  // Attaching, unlike `create … partition of`, does not lock the parent against readers and writers.
  await trx.query(`create table ${bounds.name} (like ${table} including all)`)
  await trx.query(`alter table ${bounds.name} enable row level security`)
  await trx.query(
    `alter table ${table} attach partition ${bounds.name}
     for values from ('${new Date(bounds.fromMs).toISOString()}') to ('${new Date(bounds.toMs).toISOString()}')`,
  )
}

async function attached(trx: Queryable, name: string): Promise<'committed' | 'own' | undefined> {
  const { rows } = await trx.query<{ own: boolean }>(
    `select i.xmin is not distinct from pg_current_xact_id_if_assigned()::xid as own
     from pg_inherits i where i.inhrelid = to_regclass($1)`,
    [name],
  )
  if (rows[0] === undefined) return undefined
  return rows[0].own ? 'own' : 'committed'
}

/** Makes the partitions of the present and the next two months (years, decades) of every fact table. */
export async function ensurePartitionsAhead(trx: Trx, nowMs: number): Promise<void> {
  const monthMs = 31 * 24 * 3_600_000
  for (const period of periods)
    await ensurePartitions(trx, period, [nowMs, nowMs + monthMs, nowMs + 2 * monthMs])
}
