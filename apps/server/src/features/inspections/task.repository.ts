import type { CapException, FieldConclusion, VisitKind } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import type { InspectionRow } from './inspection.table.ts'

const ms = (column: string) => `round(extract(epoch from ${column}) * 1000)::float8`
const taskSelect = `select i.id, i.matter_id, i.number, i.region_code, r.name as region_name, i.owner_id, i.enterprise_id,
    f.code as enterprise_code, f.name as enterprise_name, i.kind, i.title, i.lon, i.lat, i.planned_on, i.sequence,
    i.start_minute, i.minutes, i.officers, i.plan_id, i.candidate_id, i.draw_id, i.exception, i.why, i.what, i.checklists,
    i.refs, i.conclusion, m.state, m.phase, m.version as matter_version, ${ms('m.due_at')} as due_ms, ${ms('i.arrived_at')} as arrived_ms, ${ms('i.finished_at')} as finished_ms, i.record_version,
    (select count(*)::int from inspection_problem p where p.inspection_id = i.id) as problems,
    (select count(*)::int from field_conflict c where c.inspection_id = i.id and c.decided_by is null) as open_conflicts
  from inspection i join matter m on m.id = i.matter_id left join feature f on f.id = i.enterprise_id left join region r on r.code = i.region_code`

export interface TaskFilter {
  readonly region?: readonly [number | null, number | null]
  readonly ids?: readonly number[]
  readonly officer?: number | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly state?: string | undefined
  readonly kind?: VisitKind | undefined
  readonly enterpriseId?: number | undefined
  readonly planId?: number | undefined
  readonly after?: readonly [string, number] | undefined
  readonly limit: number
}

/** In order of the day and id. */
export async function selectTasks(q: Queryable, filter: TaskFilter): Promise<InspectionRow[]> {
  const { rows } = await q.query<InspectionRow>(
    `${taskSelect} where ($1::int is null or i.region_code between $1 and $2) and ($3::int[] is null or i.id = any($3))
       and ($4::int is null or i.officers @> array[$4::int]) and ($5::date is null or i.planned_on >= $5)
       and ($6::date is null or i.planned_on <= $6) and ($7::text is null or i.kind = $7)
       and ($8::int is null or i.enterprise_id = $8) and ($9::int is null or i.plan_id = $9)
       and ($10::date is null or (i.planned_on, i.id) > ($10, $11::int)) and ($13::text is null or m.state = $13)
     order by i.planned_on, i.id limit $12`,
    [
      filter.region?.[0] ?? null,
      filter.region?.[1] ?? null,
      filter.ids ?? null,
      filter.officer ?? null,
      filter.from ?? null,
      filter.to ?? null,
      filter.kind ?? null,
      filter.enterpriseId ?? null,
      filter.planId ?? null,
      filter.after?.[0] ?? null,
      filter.after?.[1] ?? null,
      filter.limit,
      filter.state ?? null,
    ],
  )
  return rows
}

export async function taskOfCommand(q: Queryable, commandId: string): Promise<number | undefined> {
  const { rows } = await q.query<{ id: number }>('select id from inspection where command_id = $1', [
    commandId,
  ])
  return rows[0]?.id
}

/** Holds the task until the end of the transaction: operations of one task are applied one after another. */
export async function lockTask(q: Queryable, id: number): Promise<boolean> {
  const { rowCount } = await q.query('select from inspection where id = $1 for update', [id])
  return rowCount === 1
}

export interface InspectionDraft {
  readonly matterId: number
  readonly number: string
  readonly regionCode: number
  readonly ownerId: number
  readonly enterpriseId: number | null
  readonly kind: VisitKind
  readonly title: string
  readonly place: { readonly lon: number; readonly lat: number }
  readonly plannedOn: string
  readonly sequence: number
  readonly startMinute: number | null
  readonly minutes: number
  readonly officers: readonly number[]
  readonly planId: number | null
  readonly candidateId: string | null
  readonly drawId: number | null
  readonly exception: CapException | null
  readonly why: readonly string[]
  readonly what: readonly string[]
  readonly checklists: readonly string[]
  readonly refs: readonly object[]
  readonly atMs: number
  readonly by: number
  readonly commandId: string | null
}

export async function insertInspection(q: Queryable, draft: InspectionDraft): Promise<number> {
  const { rows } = await q.query<{ id: number }>(
    `insert into inspection (matter_id, number, region_code, owner_id, enterprise_id, kind, title, lon, lat, planned_on,
       sequence, start_minute, minutes, officers, plan_id, candidate_id, draw_id, exception, why, what, checklists, refs,
       made_at, made_by, command_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
       to_timestamp($23 / 1000.0), $24, $25) returning id`,
    [
      draft.matterId,
      draft.number,
      draft.regionCode,
      draft.ownerId,
      draft.enterpriseId,
      draft.kind,
      draft.title,
      draft.place.lon,
      draft.place.lat,
      draft.plannedOn,
      draft.sequence,
      draft.startMinute,
      draft.minutes,
      draft.officers,
      draft.planId,
      draft.candidateId,
      draft.drawId,
      draft.exception,
      JSON.stringify(draft.why),
      JSON.stringify(draft.what),
      draft.checklists,
      JSON.stringify(draft.refs),
      draft.atMs,
      draft.by,
      draft.commandId,
    ],
  )
  return rows[0]?.id ?? 0
}

/** What operations changed of the visit itself; times of the device. */
export async function updateVisit(
  q: Queryable,
  id: number,
  change: {
    readonly recordVersion: number
    readonly arrivedMs?: number
    readonly finishedMs?: number
    readonly conclusion?: FieldConclusion
  },
): Promise<void> {
  await q.query(
    `update inspection set record_version = $2,
       arrived_at = coalesce(arrived_at, to_timestamp($3::float8 / 1000.0)),
       finished_at = coalesce(to_timestamp($4::float8 / 1000.0), finished_at), conclusion = coalesce($5, conclusion)
     where id = $1`,
    [
      id,
      change.recordVersion,
      change.arrivedMs ?? null,
      change.finishedMs ?? null,
      change.conclusion ?? null,
    ],
  )
}

export interface SummaryCounts {
  planned: number
  done: number
  on_site: number
  problems: number
  open_conflicts: number
  mine: number
}

export async function countTasks(
  q: Queryable,
  filter: {
    readonly region: readonly [number | null, number | null]
    readonly from: string
    readonly to: string
    readonly today: string
    readonly officer: number
  },
): Promise<SummaryCounts> {
  const { rows } = await q.query<SummaryCounts>(
    `select count(*) filter (where week)::int as planned, count(*) filter (where week and finished_at is not null)::int as done,
       count(*) filter (where arrived_at is not null and finished_at is null)::int as on_site,
       coalesce(sum(problems) filter (where week), 0)::int as problems, coalesce(sum(conflicts), 0)::int as open_conflicts,
       count(*) filter (where planned_on = $5 and officers @> array[$6::int])::int as mine
     from (select i.*, i.planned_on between $3 and $4 as week,
             (select count(*) from inspection_problem p where p.inspection_id = i.id) as problems,
             (select count(*) from field_conflict c where c.inspection_id = i.id and c.decided_by is null) as conflicts
           from inspection i where ($1::int is null or i.region_code between $1 and $2)) t`,
    [...filter.region, filter.from, filter.to, filter.today, filter.officer],
  )
  return rows[0] ?? { planned: 0, done: 0, on_site: 0, problems: 0, open_conflicts: 0, mine: 0 }
}
