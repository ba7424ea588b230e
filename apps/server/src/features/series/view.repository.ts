/** Reads for people: latest values, opened instants, revisions, marks, sand periods. RLS holds in an actor's transaction. */
import type { Queryable } from '../../platform/db/index.ts'
import { copyRows, sqlInstant, sqlInts } from './copy-rows.ts'
import { layoutsWith } from './layout.repository.ts'
import { factTable, type Period, type Procedure } from './series.table.ts'

export const ms = (column: string) => `extract(epoch from ${column})::float8 * 1000`
export const instant = (parameter: string) => `to_timestamp(${parameter}::float8 / 1000)`

export interface FactRow {
  readonly point_id: number
  readonly start_ms: number
  readonly layout: number
  readonly procedure: Procedure
  readonly factors: string[]
  readonly msg: string
  readonly rev: number
  readonly vals: number[]
  readonly mins: number[] | null
  readonly maxs: number[] | null
  readonly cous: number[] | null
  readonly flags: string
  readonly marks: string | null
}

const factView = `o.point_id, ${ms('o.ts')} as start_ms, o.layout, l.procedure, l.factors, o.msg::text as msg, o.rev,
  o.vals, o.mins, o.maxs, o.cous, o.flags, o.marks`

/** Every row of one instant. */
export async function rowsAt(
  q: Queryable,
  period: Period,
  pointId: number,
  startMs: number,
): Promise<FactRow[]> {
  const { rows } = await q.query<FactRow>(
    `select ${factView} from ${factTable[period]} o join layout l on l.id = o.layout
     where o.point_id = $1 and o.ts = ${instant('$2')} order by l.procedure, o.msg`,
    [pointId, startMs],
  )
  return rows
}

/** A point's newest row, as far as a list of latest values shows it. */
export interface LatestRow {
  readonly pointId: number
  readonly startMs: number
  readonly procedure: Procedure
  readonly factors: readonly string[]
  readonly msg: bigint
  readonly vals: Float64Array
  readonly flags: string
  readonly marks: string
}

/**
 * The newest rows of points, one for each layout whose newest row is as new as the point's newest. Binary, because six
 * thousand outlets as text arrays cost more to parse than to find. The bounds let partitions be skipped in planning.
 */
export async function latestRows(
  q: Queryable,
  period: Period,
  pointIds: readonly number[],
): Promise<LatestRow[]> {
  const { rows: bounds } = await q.query<{ from_ms: number | null; to_ms: number | null }>(
    `select ${ms('min(ts)')} as from_ms, ${ms('max(ts)')} as to_ms from latest
     where period = $1 and point_id = any($2)`,
    [period, pointIds],
  )
  const [bound] = bounds
  if (bound?.from_ms == null || bound.to_ms == null) return []
  const layouts = new Map(
    (await layoutsWith(q, ['measured', 'rolled'], [])).map((layout) => [layout.id, layout]),
  )
  const found: LatestRow[] = []
  await copyRows(
    q,
    `with newest as (
       select point_id, layout, ts, max(ts) over (partition by point_id) as top
       from latest where period = '${period}' and point_id in (${sqlInts(pointIds)}))
     select o.point_id, o.ts, o.layout, o.msg, o.vals, o.flags, o.marks
     from newest n join ${factTable[period]} o on o.ts = n.ts and o.point_id = n.point_id and o.layout = n.layout
     where n.ts = n.top and o.ts >= ${sqlInstant(bound.from_ms)} and o.ts <= ${sqlInstant(bound.to_ms)}
     order by o.point_id, o.msg`,
    (row) => {
      const layout = layouts.get(row.int4(2))
      if (layout === undefined) return
      found.push({
        pointId: row.int4(0),
        startMs: row.timeMs(1),
        procedure: layout.procedure,
        factors: layout.factors,
        msg: row.int8(3),
        vals: row.float8s(4),
        flags: row.text(5),
        marks: row.text(6),
      })
    },
  )
  return found
}

export interface RevisionRow {
  readonly period: Period
  readonly start_ms: number
  readonly replaced_ms: number
  readonly layout: number
  readonly rev: number
  readonly factors: string[]
  readonly msg: string
  readonly new_msg: string
  readonly vals: number[]
  readonly flags: string
  readonly new_vals: number[] | null
  readonly new_flags: string | null
  readonly replaced_by: string
  readonly reason: string
}

export interface RevisionFilter {
  readonly pointId: number
  readonly period?: Period
  readonly fromMs?: number
  readonly toMs?: number
  readonly after?: {
    readonly replacedMs: number
    readonly startMs: number
    readonly layout: number
    readonly rev: number
  }
  readonly limit: number
}

/** Replaced rows, the last replaced first; what replaced a row is its next revision (null: the row that stands now). */
export async function revisionRows(q: Queryable, filter: RevisionFilter): Promise<RevisionRow[]> {
  const { rows } = await q.query<RevisionRow>(
    `select r.period, ${ms('r.ts')} as start_ms, ${ms('r.replaced_at')} as replaced_ms, r.layout, r.rev, l.factors,
       r.msg::text as msg, r.new_msg::text as new_msg, r.vals, r.flags, n.vals as new_vals, n.flags as new_flags,
       r.replaced_by, r.reason
     from obs_revision r
     join layout l on l.id = r.layout
     left join obs_revision n on n.point_id = r.point_id and n.period = r.period and n.ts = r.ts
       and n.layout = r.layout and n.rev = r.rev + 1
     where r.point_id = $1 and ($2::text is null or r.period = $2)
       and ($3::float8 is null or r.ts >= ${instant('$3')}) and ($4::float8 is null or r.ts < ${instant('$4')})
       and ($5::float8 is null
            or (r.replaced_at, r.ts, r.layout, r.rev) < (${instant('$5')}, ${instant('$6')}, $7::int, $8::int))
     order by r.replaced_at desc, r.ts desc, r.layout desc, r.rev desc
     limit $9`,
    [
      filter.pointId,
      filter.period ?? null,
      filter.fromMs ?? null,
      filter.toMs ?? null,
      filter.after?.replacedMs ?? null,
      filter.after?.startMs ?? null,
      filter.after?.layout ?? null,
      filter.after?.rev ?? null,
      filter.limit,
    ],
  )
  return rows
}

export interface DecisionRow {
  readonly id: string
  readonly from_ms: number
  readonly to_ms: number
  readonly factors: string[] | null
  readonly reason: string
  readonly made_by: number
  readonly made_by_name: string
  readonly made_ms: number
  readonly withdrawn_by: number | null
  readonly withdrawn_by_name: string | null
  readonly withdrawn_ms: number | null
  readonly withdrawn_reason: string | null
}
export interface MarkRow extends DecisionRow {
  readonly point_id: number
}
export interface SandRow extends DecisionRow {
  readonly city_id: number
  readonly scope: 'days' | 'hours'
}

const decisionView = `id::text as id, ${ms('from_ts')} as from_ms, ${ms('to_ts')} as to_ms, factors, reason, made_by,
  made_by_name, ${ms('made_at')} as made_ms, withdrawn_by, withdrawn_by_name, ${ms('withdrawn_at')} as withdrawn_ms,
  withdrawn_reason`

export interface DecisionFilter {
  readonly id?: string
  /** Station of a mark, city of a sand period. */
  readonly pointId?: number
  readonly fromMs?: number
  readonly toMs?: number
  readonly withdrawn?: boolean
  readonly beforeId?: string
  readonly limit?: number
}

const filterParameters = (filter: DecisionFilter) => [
  filter.id ?? null,
  filter.pointId ?? null,
  filter.fromMs ?? null,
  filter.toMs ?? null,
  filter.withdrawn ?? null,
  filter.beforeId ?? null,
  filter.limit ?? 1000,
]

const filterWhere = (point: string) => `($1::bigint is null or id = $1) and ($2::int is null or ${point} = $2)
  and ($3::float8 is null or to_ts > ${instant('$3')}) and ($4::float8 is null or from_ts < ${instant('$4')})
  and ($5::boolean is null or (withdrawn_msg is not null) = $5) and ($6::bigint is null or id < $6)
  order by id desc limit $7`

export async function markRows(q: Queryable, filter: DecisionFilter): Promise<MarkRow[]> {
  const { rows } = await q.query<MarkRow>(
    `select ${decisionView}, point_id from validity_mark where ${filterWhere('point_id')}`,
    filterParameters(filter),
  )
  return rows
}

export async function sandRows(q: Queryable, filter: DecisionFilter): Promise<SandRow[]> {
  const { rows } = await q.query<SandRow>(
    `select ${decisionView}, city_id, scope from sand_period where ${filterWhere('city_id')}`,
    filterParameters(filter),
  )
  return rows
}

export interface CriterionRow {
  readonly key: string
  readonly title: string
  readonly value: number
  readonly unit: string
  readonly source: string
  readonly status: 'verified' | 'unverified'
}

export async function sandCriteria(q: Queryable): Promise<CriterionRow[]> {
  const { rows } = await q.query<CriterionRow>('select * from sand_criterion order by key')
  return rows
}
