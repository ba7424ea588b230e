import type { Trx } from '../../platform/db/index.ts'
import {
  boolArray,
  bucketArray,
  float8Array,
  int4Array,
  int8Array,
  pairArray,
  textArray,
  timestampArray,
} from './binary-array.ts'
import { type Cause, factTable, type ObservationRow, type Period, type WriteResult } from './series.table.ts'

/** How the replaced rows are found: `returning old` (PostgreSQL 18) or by locking them first (15 to 17). */
export type UpsertForm = 'returning-old' | 'lock-first'

/**
 * A batch of rows of one shape (as many values each, minima and the like in all of them or in none) as binary arrays:
 * $1 ts, $2 msg, $3 point << 32 | layout, $4 region << 32 | owner, $5 flags, $6 values a row, $7–$10 the flat float8[]
 * of values, minima, maxima, cumulatives (null when the shape has none).
 */
export function batchParameters(rows: readonly ObservationRow[]): (Buffer | number | null)[] {
  const [first] = rows
  return [
    timestampArray(rows.map((row) => row.startMs)),
    int8Array(rows.map((row) => row.msg)),
    pairArray(
      rows.map((row) => row.pointId),
      rows.map((row) => row.layoutId),
    ),
    pairArray(
      rows.map((row) => row.regionCode),
      rows.map((row) => row.ownerId),
    ),
    textArray(rows.map((row) => row.flags)),
    first?.values.length ?? 0,
    float8Array(rows.map((row) => row.values)),
    first?.mins === undefined ? null : float8Array(rows.map((row) => row.mins)),
    first?.maxs === undefined ? null : float8Array(rows.map((row) => row.maxs)),
    first?.cous === undefined ? null : float8Array(rows.map((row) => row.cous)),
  ]
}

/** Rows of the same shape together, each group in the order it came. */
export function byShape(rows: readonly ObservationRow[]): readonly (readonly ObservationRow[])[] {
  const [first] = rows
  if (first === undefined) return []
  const shape = shapeOf(first)
  if (rows.every((row) => shapeOf(row) === shape)) return [rows]
  const groups = new Map<number, ObservationRow[]>()
  for (const row of rows) {
    const own = shapeOf(row)
    const group = groups.get(own)
    if (group === undefined) groups.set(own, [row])
    else group.push(row)
  }
  return [...groups].sort((a, b) => a[0] - b[0]).map(([, group]) => group)
}

function shapeOf(row: ObservationRow): number {
  const has = (values: ArrayLike<number> | undefined, bit: number) => (values === undefined ? 0 : bit)
  return row.values.length * 8 + has(row.mins, 1) + has(row.maxs, 2) + has(row.cous, 4)
}

const cut = (parameter: string) => `(${parameter}::float8[])[(t.i - 1) * $6::int + 1 : t.i * $6::int]`

/** The batch as rows; cuts the flat arrays by position. */
export const incomingFacts = `
  select t.ts, t.msg, (t.pl >> 32)::int as point_id, (t.pl & 4294967295)::int as layout,
    (t.ro >> 32)::int as region_code, (t.ro & 4294967295)::int as owner_id,
    ${cut('$7')} as vals, ${cut('$8')} as mins, ${cut('$9')} as maxs, ${cut('$10')} as cous, t.flags
  from unnest($1::timestamptz[], $2::int8[], $3::int8[], $4::int8[], $5::text[])
    with ordinality as t (ts, msg, pl, ro, flags, i)`

/** Whether the stored row `o` says something else than the row named `other`. */
export function factDiffers(other: 'i' | 'excluded'): string {
  return `(o.vals is distinct from ${other}.vals or o.flags is distinct from ${other}.flags
    or o.mins is distinct from ${other}.mins or o.maxs is distinct from ${other}.maxs
    or o.cous is distinct from ${other}.cous)`
}

export const factColumns = 'ts, msg, point_id, layout, region_code, owner_id, vals, mins, maxs, cous, flags'

/** Late messages (a lower number) never displace later ones: any order of arrival ends in the same rows. */
function upsert(table: string, source: string): string {
  return `insert into ${table} as o (${factColumns}) select ${factColumns} from ${source}
    on conflict (ts, point_id, layout) do update set
      msg = excluded.msg, region_code = excluded.region_code, owner_id = excluded.owner_id,
      vals = excluded.vals, mins = excluded.mins, maxs = excluded.maxs, cous = excluded.cous,
      flags = excluded.flags, rev = o.rev + 1, marks = null
    where excluded.msg >= o.msg and ${factDiffers('excluded')}`
}

const revisionColumns =
  'ts, msg, new_msg, replaced_at, point_id, layout, region_code, owner_id, rev, period, vals, mins, maxs, cous, flags, replaced_by, reason'

function returningOld(table: string): string {
  return `with written as (
    ${upsert(table, `(${incomingFacts}) i`)}
    returning old, new.msg as new_msg
  ), kept as (
    insert into obs_revision (${revisionColumns})
    select (old).ts, (old).msg, new_msg, $11::timestamptz, (old).point_id, (old).layout, (old).region_code,
      (old).owner_id, (old).rev, $12::text, (old).vals, (old).mins, (old).maxs, (old).cous, (old).flags, $13::text,
      $14::text
    from written where (old).rev is not null
    returning 1
  )
  select (select count(*) from written)::int as written, (select count(*) from kept)::int as revised`
}

/** Locks and keeps the rows that will be replaced, then (the count forces the order) replaces them; counts must agree. */
function lockFirst(table: string): string {
  return `with i as materialized (${incomingFacts}), replaced as (
    select o.ts, o.msg, i.msg as new_msg, o.point_id, o.layout, o.region_code, o.owner_id, o.rev,
      o.vals, o.mins, o.maxs, o.cous, o.flags
    from i join ${table} o on o.ts = i.ts and o.point_id = i.point_id and o.layout = i.layout
    where i.msg >= o.msg and ${factDiffers('i')}
    for update of o
  ), kept as (
    insert into obs_revision (${revisionColumns})
    select ts, msg, new_msg, $11::timestamptz, point_id, layout, region_code, owner_id, rev,
      $12::text, vals, mins, maxs, cous, flags, $13::text, $14::text
    from replaced
    returning 1
  ), written as (
    ${upsert(table, 'i where (select count(*) from kept) >= 0')}
    returning o.rev
  )
  select (select count(*) from written)::int as written, (select count(*) from kept)::int as revised,
    (select count(*) from written where rev > 1)::int as updated`
}

/** The form that this connection's server understands, asked once a connection. */
const forms = new WeakMap<object, UpsertForm>()
async function formOf(trx: Trx): Promise<UpsertForm> {
  const known = forms.get(trx)
  if (known !== undefined) return known
  const { rows } = await trx.query<{ v: number }>(`select current_setting('server_version_num')::int as v`)
  const form: UpsertForm = (rows[0]?.v ?? 0) >= 180_000 ? 'returning-old' : 'lock-first'
  forms.set(trx, form)
  return form
}

/**
 * One statement: inserts the rows, replaces the rows that differ, keeps the replaced ones. The rows must be of one
 * shape, sorted by key and free of duplicates. `conflict` is true when another transaction inserted one of the keys meanwhile.
 */
export async function upsertFacts(
  trx: Trx,
  period: Period,
  rows: readonly ObservationRow[],
  cause: Cause,
  form?: UpsertForm,
): Promise<WriteResult & { conflict: boolean }> {
  const chosen = form ?? (await formOf(trx))
  const text = chosen === 'returning-old' ? returningOld(factTable[period]) : lockFirst(factTable[period])
  const { rows: counts } = await trx.query<{ written: number; revised: number; updated?: number }>({
    name: `series-upsert-${period}-${chosen}`,
    text,
    values: [...batchParameters(rows), new Date(cause.atMs).toISOString(), period, cause.by, cause.reason],
  })
  const { written = 0, revised = 0, updated = revised } = counts[0] ?? {}
  return {
    inserted: written - revised,
    revised,
    unchanged: rows.length - written,
    conflict: updated !== revised,
  }
}

export interface Pointer {
  readonly pointId: number
  readonly layoutId: number
  readonly startMs: number
}

/** Moves the newest-row pointers forward; never back. */
export async function advanceLatest(trx: Trx, period: Period, pointers: readonly Pointer[]): Promise<void> {
  if (pointers.length === 0) return
  await trx.query({
    name: 'series-latest',
    text: `insert into latest as l (period, ts, point_id, layout)
      select $1::text, t.ts, t.point_id, t.layout
      from unnest($2::timestamptz[], $3::int4[], $4::int4[]) as t (ts, point_id, layout)
      on conflict (point_id, period, layout) do update set ts = excluded.ts where excluded.ts > l.ts`,
    values: [
      period,
      timestampArray(pointers.map((p) => p.startMs)),
      int4Array(pointers.map((p) => p.pointId)),
      int4Array(pointers.map((p) => p.layoutId)),
    ],
  })
}

/** Points whose bucket must be rolled, and the newest row written of each (none after a decision). */
export interface Dirty {
  /** Start of the hour or day; null when nothing rests on the rows. */
  readonly bucketMs: number | null
  readonly pointIds: readonly number[]
  readonly layoutIds: readonly number[]
  readonly lastMs: readonly number[]
}

/** A decision that puts a character on the values it covers; null factors = all. */
export interface Covering {
  readonly pointIds: readonly number[]
  readonly fromMs: number
  readonly toMs: number
  readonly factors: readonly string[] | null
  readonly mark: 'X' | 'S'
}

export interface Span {
  readonly pointIds: readonly number[]
  readonly fromMs: number
  readonly toMs: number
}

const slice = (array: string, type: string) => `(${array}::${type}[])[t.o + 1 : t.o + t.n]`

/**
 * What follows a write, in one round trip: queues the buckets, wakes the worker at the commit, and returns the
 * validity marks and sand periods in force that overlap what was written (sand covers hours only).
 */
export async function queueDirty(
  trx: Trx,
  period: Period,
  dirty: readonly Dirty[],
  span: Span,
): Promise<Covering[]> {
  const offsets = new Int32Array(dirty.length)
  for (let i = 1; i < dirty.length; i++)
    offsets[i] = (offsets[i - 1] as number) + (dirty[i - 1]?.pointIds.length ?? 0)
  const { rows } = await trx.query<CoveringRow>({
    name: 'series-queue',
    text: `with queued as (
        insert into dirty_bucket (period, bucket, point_ids, layouts, last_ts)
        select $1::text, nullif(t.bucket, '-infinity'), ${slice('$5', 'int4')},
          case when t.pointed then ${slice('$6', 'int4')} else '{}' end,
          case when t.pointed then ${slice('$7', 'timestamptz')} else '{}' end
        from unnest($2::timestamptz[], $3::int4[], $4::int4[], $11::boolean[]) as t (bucket, o, n, pointed)
        returning 1)
      select null::int[] as point_ids, null::float8 as from_ms, null::float8 as to_ms, null::text[] as factors,
        null as mark, pg_notify('shanshui_dirty', '') from (select count(*) from queued) q
      union all
      select *, null from (${coveringQuery('$8', '$9', '$10', "$1 = 'hour'")}) c`,
    values: [
      period,
      bucketArray(dirty.map((d) => d.bucketMs)),
      int4Array(offsets),
      int4Array(dirty.map((d) => d.pointIds.length)),
      int4Array(dirty.flatMap((d) => d.pointIds)),
      int4Array(dirty.flatMap((d) => (d.layoutIds.length > 0 ? d.layoutIds : d.pointIds))),
      timestampArray(dirty.flatMap((d) => (d.lastMs.length > 0 ? d.lastMs : d.pointIds.map(() => 0)))),
      int4Array(span.pointIds),
      span.fromMs,
      span.toMs,
      boolArray(dirty.map((d) => d.layoutIds.length > 0)),
    ],
  })
  return rows.filter((row) => row.mark !== null).map(toCovering)
}

interface CoveringRow {
  readonly point_ids: number[]
  readonly from_ms: number
  readonly to_ms: number
  readonly factors: string[] | null
  readonly mark: 'X' | 'S' | null
}

function toCovering(row: CoveringRow): Covering {
  return {
    pointIds: row.point_ids,
    fromMs: row.from_ms,
    toMs: row.to_ms,
    factors: row.factors,
    mark: row.mark ?? 'X',
  }
}

function coveringQuery(points: string, from: string, to: string, withSand: string): string {
  const overlaps = `withdrawn_msg is null and from_ts < to_timestamp(${to}::float8 / 1000)
    and to_ts > to_timestamp(${from}::float8 / 1000)`
  const bounds = `extract(epoch from from_ts)::float8 * 1000 as from_ms, extract(epoch from to_ts)::float8 * 1000 as to_ms`
  return `select array[point_id] as point_ids, ${bounds}, factors, 'X' as mark from validity_mark
      where point_id = any(${points}::int[]) and ${overlaps}
    union all
    select point_ids, ${bounds}, factors, 'S' from sand_period
      where ${withSand} and point_ids && ${points}::int[] and ${overlaps}`
}

/** Validity marks and sand periods in force that overlap the span. Sand covers hours only. */
export async function coverings(trx: Trx, period: Period, span: Span): Promise<Covering[]> {
  const { rows } = await trx.query<CoveringRow>({
    name: 'series-coverings',
    text: coveringQuery('$1', '$2', '$3', '$4::boolean'),
    values: [int4Array(span.pointIds), span.fromMs, span.toMs, period === 'hour'],
  })
  return rows.map(toCovering)
}
