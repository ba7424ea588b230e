/** Marks that people set on outlets. */
import type { Queryable, Trx } from '../../platform/db/index.ts'
import { sqlEpoch as at, sqlMs as ms } from '../series/index.ts'
import type { MarkInForce } from './source.table.ts'

export interface MarkRow {
  id: string
  outlet_id: number
  region_code: number
  owner_id: number
  factor: string | null
  item: string
  from_ms: number
  to_ms: number
  reason: string
  state: 'filed' | 'accepted' | 'rejected' | 'withdrawn'
  late: boolean
  deadline_ms: number
  after_exceedance: boolean
  filed_by: number
  filed_by_name: string
  filed_ms: number
  decided_by: number | null
  decided_by_name: string | null
  decided_ms: number | null
  decided_reason: string | null
}

const columns = `id::text, outlet_id, region_code, owner_id, factor, item, ${ms('from_ts')} as from_ms,
  ${ms('to_ts')} as to_ms, reason, state, late, ${ms('deadline')} as deadline_ms, after_exceedance, filed_by,
  filed_by_name, ${ms('filed_at')} as filed_ms, decided_by, decided_by_name, ${ms('decided_at')} as decided_ms,
  decided_reason`

/** A mark in time counts at once; a late one when the bureau has accepted it. */
export const inForce = (row: Pick<MarkRow, 'state' | 'late'>): boolean =>
  row.state === 'accepted' || (row.state === 'filed' && !row.late)

export async function marksInForce(
  q: Queryable,
  outletIds: readonly number[],
  fromMs: number,
  toMs: number,
): Promise<(MarkInForce & { outletId: number })[]> {
  const { rows } = await q.query<{
    id: string
    outlet_id: number
    factor: string | null
    item: string
    from_ms: number
    to_ms: number
  }>(
    `select id::text, outlet_id, factor, item, ${ms('from_ts')} as from_ms, ${ms('to_ts')} as to_ms from source_mark
     where outlet_id = any($1) and to_ts > ${at('$2')} and from_ts < ${at('$3')}
       and (state = 'accepted' or (state = 'filed' and not late))
     order by outlet_id, from_ts, id`,
    [outletIds, fromMs, toMs],
  )
  return rows.map((row) => ({
    id: BigInt(row.id),
    outletId: row.outlet_id,
    factor: row.factor,
    item: row.item,
    fromMs: row.from_ms,
    toMs: row.to_ms,
  }))
}

export interface NewMark {
  readonly id: bigint
  readonly outletId: number
  readonly regionCode: number
  readonly ownerId: number
  readonly factor: string | null
  readonly item: string
  readonly fromMs: number
  readonly toMs: number
  readonly reason: string
  readonly accepted: boolean
  readonly late: boolean
  readonly deadlineMs: number
  readonly afterExceedance: boolean
  readonly by: number
  readonly byName: string
  readonly atMs: number
}

export async function insertMark(trx: Trx, mark: NewMark): Promise<void> {
  await trx.query(
    `insert into source_mark (id, outlet_id, region_code, owner_id, factor, item, from_ts, to_ts, reason, state, late,
       deadline, after_exceedance, filed_by, filed_by_name, filed_at)
     values ($1, $2, $3, $4, $5, $6, ${at('$7')}, ${at('$8')}, $9, $10, $11, ${at('$12')}, $13, $14, $15, ${at('$16')})
     on conflict (id) do nothing`,
    [
      mark.id,
      mark.outletId,
      mark.regionCode,
      mark.ownerId,
      mark.factor,
      mark.item,
      mark.fromMs,
      mark.toMs,
      mark.reason,
      mark.accepted ? 'accepted' : 'filed',
      mark.late,
      mark.deadlineMs,
      mark.afterExceedance,
      mark.by,
      mark.byName,
      mark.atMs,
    ],
  )
}

export async function lockMark(trx: Trx, id: string): Promise<void> {
  await trx.query('select from source_mark where id = $1 for update', [id])
}

export interface MarkOutcome {
  readonly id: string
  readonly state: 'accepted' | 'rejected' | 'withdrawn'
  readonly msg: bigint
  readonly by: number
  readonly byName: string
  readonly atMs: number
  readonly reason: string
}

/** The mark as it was before; undefined when there is none or it was decided already. */
export async function decideMark(trx: Trx, outcome: MarkOutcome): Promise<MarkRow | undefined> {
  const { rows } = await trx.query<MarkRow>(
    `with before as (select * from source_mark where id = $1 and state in ('filed', 'accepted') for update),
     written as (
       update source_mark m set state = $2, decided_msg = $3, decided_by = $4, decided_by_name = $5,
         decided_at = ${at('$6')}, decided_reason = $7
       from before b where m.id = b.id and (b.state = 'filed' or $2 = 'withdrawn') returning 1)
     select ${columns} from before where exists (select from written)`,
    [outcome.id, outcome.state, outcome.msg, outcome.by, outcome.byName, outcome.atMs, outcome.reason],
  )
  return rows[0]
}

export interface MarkFilter {
  readonly id?: string | undefined
  readonly outletIds?: readonly number[] | undefined
  readonly state?: MarkRow['state'] | undefined
  readonly waiting?: boolean | undefined
  readonly fromMs?: number | undefined
  readonly toMs?: number | undefined
  readonly beforeId?: string | undefined
  readonly limit?: number | undefined
}

/** Newest first. */
export async function markRows(q: Queryable, filter: MarkFilter): Promise<MarkRow[]> {
  const { rows } = await q.query<MarkRow>(
    `select ${columns} from source_mark
     where ($1::bigint is null or id = $1) and ($2::int[] is null or outlet_id = any($2))
       and ($3::text is null or state = $3) and ($4::boolean is null or (state = 'filed') = $4)
       and ($5::float8 is null or to_ts > ${at('$5')}) and ($6::float8 is null or from_ts < ${at('$6')})
       and ($7::bigint is null or id < $7)
     order by id desc limit $8`,
    [
      filter.id ?? null,
      filter.outletIds ?? null,
      filter.state ?? null,
      filter.waiting === true ? true : null,
      filter.fromMs ?? null,
      filter.toMs ?? null,
      filter.beforeId ?? null,
      filter.limit ?? 10_000,
    ],
  )
  return rows
}
