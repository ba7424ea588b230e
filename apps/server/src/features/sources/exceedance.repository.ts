/** Exceedances with every version, and what the bureau found about them. */
import type { Queryable, Trx } from '../../platform/db/index.ts'
import { sqlEpoch as at, sqlMs as ms } from '../series/index.ts'
import type { KnownExceedance } from './exceedance-merge.ts'

export type ExceedanceKind = 'hour' | 'day' | 'month-days' | 'furnace'
export type ExceedanceState = 'candidate' | 'confirmed' | 'exempt' | 'withdrawn'

export interface ExceedanceRow {
  id: number
  outlet_id: number
  region_code: number
  owner_id: number
  factor: string
  kind: ExceedanceKind
  from_ms: number
  to_ms: number
  hours: number
  max_value: number
  limit_id: number
  multiple: number
  exempted: boolean
  grade: 'A' | 'B' | 'C'
  grade_reasons: string[]
  state: ExceedanceState
  state_reason: string | null
  mark_ids: string[]
  version: number
  updated_ms: number
}
export type StoredExceedance = KnownExceedance & { readonly row: ExceedanceRow }

const columns = `e.id, e.outlet_id, e.region_code, e.owner_id, e.factor, e.kind, ${ms('e.from_ts')} as from_ms,
  ${ms('e.to_ts')} as to_ms, e.hours, e.max_value, e.limit_id, e.multiple, e.exempted, e.grade, e.grade_reasons, e.state,
  e.state_reason, e.mark_ids, e.version, ${ms('e.updated_at')} as updated_ms`

/** Events of outlets that overlap or touch [fromMs, toMs], withdrawn ones too. */
export async function exceedancesTouching(
  q: Queryable,
  outletIds: readonly number[],
  fromMs: number,
  toMs: number,
): Promise<StoredExceedance[]> {
  const { rows } = await q.query<ExceedanceRow>(
    `select ${columns} from exceedance e
     where e.outlet_id = any($1) and e.to_ts >= ${at('$2')} and e.from_ts <= ${at('$3')}
     order by e.outlet_id, e.factor, e.from_ts, e.id`,
    [outletIds, fromMs, toMs],
  )
  return rows.map(stored)
}

const stored = (row: ExceedanceRow): StoredExceedance => ({
  id: row.id,
  fromMs: row.from_ms,
  toMs: row.to_ms,
  standing: row.state !== 'withdrawn',
  row,
})

/** Events of outlets that meet [fromMs, toMs), withdrawn ones too. */
export async function exceedancesMeeting(
  q: Queryable,
  outletIds: readonly number[],
  fromMs: number,
  toMs: number,
): Promise<ExceedanceRow[]> {
  const touching = await exceedancesTouching(q, outletIds, fromMs, toMs)
  return touching.filter((one) => one.toMs > fromMs && one.fromMs < toMs).map(({ row }) => row)
}

export type ExceedanceDraft = Omit<ExceedanceRow, 'id' | 'version' | 'updated_ms'>

const versionColumns = `exceedance_id, version, at, made_by, why, region_code, owner_id, from_ts, to_ts, hours, max_value,
  limit_id, multiple, grade, state`
const versionOf = (by: string, why: string) => `insert into exceedance_version (${versionColumns})
  select id, version, updated_at, ${by}, ${why}, region_code, owner_id, from_ts, to_ts, hours, max_value, limit_id,
    multiple, grade, state from e`

export interface ExceedanceAuthor {
  readonly by: string
  readonly why: string
  readonly atMs: number
}

/** Writes the next version of a stored event and keeps it in the history. */
export async function putExceedance(
  trx: Trx,
  id: number,
  draft: ExceedanceDraft,
  made: ExceedanceAuthor,
): Promise<void> {
  await trx.query(
    `with e as (
       update exceedance set outlet_id = $1, region_code = $2, owner_id = $3, factor = $4, kind = $5,
         from_ts = ${at('$6')}, to_ts = ${at('$7')}, hours = $8, max_value = $9, limit_id = $10, multiple = $11,
         exempted = $12, grade = $13, grade_reasons = $14, state = $15, state_reason = $16,
         mark_ids = $17::bigint[], updated_at = ${at('$18')}, version = version + 1
       where id = $19 returning *)
     ${versionOf('$20', '$21')}`,
    [
      draft.outlet_id,
      draft.region_code,
      draft.owner_id,
      draft.factor,
      draft.kind,
      draft.from_ms,
      draft.to_ms,
      draft.hours,
      draft.max_value,
      draft.limit_id,
      draft.multiple,
      draft.exempted,
      draft.grade,
      draft.grade_reasons,
      draft.state,
      draft.state_reason,
      draft.mark_ids,
      made.atMs,
      id,
      made.by,
      made.why,
    ],
  )
}

/** Writes new events, each with its first version. A first load brings thousands: one statement for all of them. */
export async function insertExceedances(
  trx: Trx,
  drafts: readonly ExceedanceDraft[],
  made: ExceedanceAuthor,
): Promise<void> {
  const step = 2_000
  for (let from = 0; from < drafts.length; from += step)
    await trx.query(
      `with e as (
         insert into exceedance (outlet_id, region_code, owner_id, factor, kind, from_ts, to_ts, hours, max_value,
           limit_id, multiple, exempted, grade, grade_reasons, state, state_reason, mark_ids, updated_at)
         select outlet_id, region_code, owner_id, factor, kind, ${at('from_ms')}, ${at('to_ms')}, hours, max_value,
           limit_id, multiple, exempted, grade, grade_reasons, state, state_reason, mark_ids, ${at('$2')}
         from json_to_recordset($1) as t (outlet_id int, region_code int, owner_id int, factor text, kind text,
           from_ms float8, to_ms float8, hours int, max_value float8, limit_id int, multiple float8, exempted boolean,
           grade text, grade_reasons text[], state text, state_reason text, mark_ids bigint[])
         returning *)
       ${versionOf('$3', '$4')}`,
      [JSON.stringify(drafts.slice(from, from + step)), made.atMs, made.by, made.why],
    )
}

export interface JudgementRow {
  outlet_id: number
  factor: string
  kind: ExceedanceKind
  from_ms: number
  to_ms: number
  decision: 'confirm' | 'exempt' | 'reopen'
  reason: string
  made_by_name: string
}

/** Oldest first: the last one that overlaps an event holds. */
export async function judgementsOver(
  q: Queryable,
  outletIds: readonly number[],
  fromMs: number,
  toMs: number,
): Promise<JudgementRow[]> {
  const { rows } = await q.query<JudgementRow>(
    `select outlet_id, factor, kind, ${ms('from_ts')} as from_ms, ${ms('to_ts')} as to_ms, decision, reason, made_by_name
     from exceedance_judgement where outlet_id = any($1) and to_ts > ${at('$2')} and from_ts < ${at('$3')} order by msg`,
    [outletIds, fromMs, toMs],
  )
  return rows
}

export interface NewJudgement extends Omit<JudgementRow, 'made_by_name'> {
  readonly msg: bigint
  readonly region_code: number
  readonly owner_id: number
  readonly by: number
  readonly byName: string
  readonly atMs: number
}

export async function insertJudgement(trx: Trx, judgement: NewJudgement): Promise<void> {
  await trx.query(
    `insert into exceedance_judgement (msg, outlet_id, region_code, owner_id, factor, kind, from_ts, to_ts, decision,
       reason, made_by, made_by_name, made_at)
     values ($1, $2, $3, $4, $5, $6, ${at('$7')}, ${at('$8')}, $9, $10, $11, $12, ${at('$13')})
     on conflict (msg) do nothing`,
    [
      judgement.msg,
      judgement.outlet_id,
      judgement.region_code,
      judgement.owner_id,
      judgement.factor,
      judgement.kind,
      judgement.from_ms,
      judgement.to_ms,
      judgement.decision,
      judgement.reason,
      judgement.by,
      judgement.byName,
      judgement.atMs,
    ],
  )
}

export interface ExceedanceFilter {
  readonly id?: number | undefined
  readonly outletIds?: readonly number[] | undefined
  readonly factor?: string | undefined
  readonly state?: ExceedanceState | undefined
  readonly grade?: string | undefined
  readonly kind?: ExceedanceKind | undefined
  readonly fromMs?: number | undefined
  readonly toMs?: number | undefined
  readonly before?: { ms: number; id: number } | undefined
  readonly limit?: number | undefined
}

const civil = (instant: string) => `(${instant} at time zone 'Asia/Shanghai')::date`
/**
 * SQL: number of civil days between two dates, both included, that standing events (neither withdrawn nor exempt) touch.
 * `which` chooses the events, named x.
 */
export const daysOfEvents = (which: string, from: string, to: string): string => `
  select count(distinct d)::int from exceedance x, generate_series(
      greatest(${civil('x.from_ts')}, ${from}), least(${civil("(x.to_ts - interval '1 second')")}, ${to}),
      interval '1 day') d
  where ${which} and x.kind in ('hour', 'day') and x.state in ('candidate', 'confirmed')
    and x.to_ts > (${from})::timestamp at time zone 'Asia/Shanghai'
    and x.from_ts < (${to} + 1)::timestamp at time zone 'Asia/Shanghai'`

/** Newest first, with the days on which the outlet exceeded with this factor in the 30 days up to the event. */
export async function exceedanceRows(
  q: Queryable,
  filter: ExceedanceFilter,
): Promise<(ExceedanceRow & { days30: number })[]> {
  const { rows } = await q.query<ExceedanceRow & { days30: number }>(
    `select ${columns}, (${daysOfEvents('x.outlet_id = e.outlet_id and x.factor = e.factor', 'e.to_day - 29', 'e.to_day')}) as days30
     from (select *, ((to_ts - interval '1 second') at time zone 'Asia/Shanghai')::date as to_day from exceedance
       where ($1::int is null or id = $1) and ($2::int[] is null or outlet_id = any($2))
         and ($3::text is null or factor = $3) and ($4::text is null or state = $4) and ($5::text is null or grade = $5)
         and ($6::text is null or kind = $6) and ($7::float8 is null or to_ts > ${at('$7')})
         and ($8::float8 is null or from_ts < ${at('$8')})
         and ($9::float8 is null or (from_ts, id) < (${at('$9')}, $10::int))
       order by from_ts desc, id desc limit $11) e
     order by e.from_ts desc, e.id desc`,
    [
      filter.id ?? null,
      filter.outletIds ?? null,
      filter.factor ?? null,
      filter.state ?? null,
      filter.grade ?? null,
      filter.kind ?? null,
      filter.fromMs ?? null,
      filter.toMs ?? null,
      filter.before?.ms ?? null,
      filter.before?.id ?? null,
      filter.limit ?? 10_000,
    ],
  )
  return rows
}

export interface VersionRow {
  version: number
  at_ms: number
  made_by: string
  why: string
  from_ms: number
  to_ms: number
  hours: number
  max_value: number
  multiple: number
  grade: 'A' | 'B' | 'C'
  state: ExceedanceState
}

export async function exceedanceVersions(q: Queryable, id: number): Promise<VersionRow[]> {
  const { rows } = await q.query<VersionRow>(
    `select version, ${ms('at')} as at_ms, made_by, why, ${ms('from_ts')} as from_ms, ${ms('to_ts')} as to_ms, hours,
       max_value, multiple, grade, state
     from exceedance_version where exceedance_id = $1 order by version desc`,
    [id],
  )
  return rows
}

/** Standing events that ended after an instant, exempt ones left out: those whose grade of evidence matters. */
export async function standingSince(q: Queryable, sinceMs: number): Promise<StoredExceedance[]> {
  const { rows } = await q.query<ExceedanceRow>(
    `select ${columns} from exceedance e
     where e.state in ('candidate', 'confirmed') and e.to_ts > ${at('$1')} order by e.id`,
    [sinceMs],
  )
  return rows.map(stored)
}

/** Outlets and days with a standing event whose marking window was open when it was graded and is over now. */
export async function eventsToRegrade(q: Queryable, endedBeforeMs: number): Promise<StoredExceedance[]> {
  const { rows } = await q.query<ExceedanceRow>(
    `select ${columns} from exceedance e where e.grade = 'C' and e.state <> 'withdrawn' and e.to_ts <= ${at('$1')}`,
    [endedBeforeMs],
  )
  return rows.map(stored)
}
