import type { PlanState } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import type { CandidateDetail, PlanRow } from './inspection.table.ts'
import type { Plan, PlanInput } from './planning/plan.types.ts'

const ms = (column: string) => `round(extract(epoch from ${column}) * 1000)::float8`
const planSelect = `select p.id, p.number, p.region_code, r.name as region_name, p.from_on, p.to_on, p.state, p.version,
    p.job_id, p.input, p.details, p.result, ${ms('p.made_at')} as made_ms, u.name as made_by_name,
    ${ms('p.published_at')} as published_ms
  from inspection_plan p left join region r on r.code = p.region_code left join app_user u on u.id = p.made_by`

export async function selectPlans(
  q: Queryable,
  filter: {
    readonly region: readonly [number | null, number | null]
    readonly date?: string | undefined
    readonly state?: PlanState | undefined
    readonly beforeId?: number | undefined
    readonly limit: number
  },
): Promise<PlanRow[]> {
  const { rows } = await q.query<PlanRow>(
    `${planSelect} where ($1::int is null or p.region_code between $1 and $2)
       and ($3::date is null or $3 between p.from_on and p.to_on) and ($4::text is null or p.state = $4)
       and ($5::int is null or p.id < $5) order by p.id desc limit $6`,
    [...filter.region, filter.date ?? null, filter.state ?? null, filter.beforeId ?? null, filter.limit],
  )
  return rows
}

export async function planById(q: Queryable, id: number, forUpdate = false): Promise<PlanRow | undefined> {
  const { rows } = await q.query<PlanRow>(
    `${planSelect} where p.id = $1${forUpdate ? ' for update of p' : ''}`,
    [id],
  )
  return rows[0]
}

export async function planOfCommand(
  q: Queryable,
  commandId: string,
): Promise<{ id: number; job_id: number | null } | undefined> {
  const { rows } = await q.query<{ id: number; job_id: number | null }>(
    'select id, job_id from inspection_plan where command_id = $1',
    [commandId],
  )
  return rows[0]
}

export interface PlanValues {
  readonly number: string
  readonly regionCode: number
  readonly from: string
  readonly to: string
  readonly input: PlanInput
  readonly details: Readonly<Record<string, CandidateDetail>>
  readonly atMs: number
  readonly by: number
  readonly commandId: string | undefined
}

export async function insertPlan(q: Queryable, plan: PlanValues): Promise<number> {
  const { rows } = await q.query<{ id: number }>(
    `insert into inspection_plan (number, region_code, from_on, to_on, state, input, details, made_at, made_by, command_id)
     values ($1, $2, $3, $4, 'draft', $5, $6, to_timestamp($7 / 1000.0), $8, $9) returning id`,
    [
      plan.number,
      plan.regionCode,
      plan.from,
      plan.to,
      JSON.stringify(plan.input),
      JSON.stringify(plan.details),
      plan.atMs,
      plan.by,
      plan.commandId ?? null,
    ],
  )
  return rows[0]?.id ?? 0
}

export async function setPlanJob(q: Queryable, id: number, jobId: number): Promise<void> {
  await q.query('update inspection_plan set job_id = $2 where id = $1', [id, jobId])
}

/** The answer of the planner; only while the plan is a draft. */
export async function setPlanResult(q: Queryable, id: number, result: Plan): Promise<boolean> {
  const { rowCount } = await q.query(
    `update inspection_plan set result = $2, version = version + 1 where id = $1 and state = 'draft'`,
    [id, JSON.stringify(result)],
  )
  return rowCount === 1
}

export async function movePlan(
  q: Queryable,
  id: number,
  version: number,
  to: { state: 'published' | 'withdrawn'; atMs: number },
): Promise<boolean> {
  const { rowCount } = await q.query(
    `update inspection_plan set state = $3, version = version + 1,
       published_at = case when $3 = 'published' then to_timestamp($4 / 1000.0) end
     where id = $1 and version = $2 and state = 'draft'`,
    [id, version, to.state, to.atMs],
  )
  return rowCount === 1
}

export interface PlanChangeRow {
  version: number
  at_ms: number
  by_name: string | null
  text: string
  value_difference: number
  travel_difference: number
  reason: string | null
}

export async function selectPlanChanges(q: Queryable, planId: number): Promise<PlanChangeRow[]> {
  const { rows } = await q.query<PlanChangeRow>(
    `select c.version, ${ms('c.at')} as at_ms, u.name as by_name, c.text, c.value_difference, c.travel_difference, c.reason
       from inspection_plan_change c left join app_user u on u.id = c.by_user where c.plan_id = $1 order by c.version desc`,
    [planId],
  )
  return rows
}

export async function insertPlanChange(
  q: Queryable,
  row: PlanRow,
  change: {
    readonly by: number
    readonly atMs: number
    readonly change: object
    readonly text: string
    readonly valueDifference: number
    readonly travelDifference: number
    readonly reason: string | null
  },
): Promise<void> {
  await q.query(
    `insert into inspection_plan_change (plan_id, version, region_code, at, by_user, change, text, value_difference,
       travel_difference, reason) values ($1, $2, $3, to_timestamp($4 / 1000.0), $5, $6, $7, $8, $9, $10)`,
    [
      row.id,
      row.version + 1,
      row.region_code,
      change.atMs,
      change.by,
      JSON.stringify(change.change),
      change.text,
      change.valueDifference,
      change.travelDifference,
      change.reason,
    ],
  )
}

/** Tasks made of a plan, by candidate. */
export async function tasksOfPlan(q: Queryable, planId: number): Promise<Map<string, number>> {
  const { rows } = await q.query<{ candidate_id: string; id: number }>(
    'select candidate_id, id from inspection where plan_id = $1 and candidate_id is not null',
    [planId],
  )
  return new Map(rows.map((row) => [row.candidate_id, row.id]))
}
