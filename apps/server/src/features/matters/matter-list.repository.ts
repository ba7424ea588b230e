/** SQL of lists of matters; runs as the actor, so that row-level security holds. Walks indexes at any depth. */
import type { MatterPhaseName } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { listColumns, listJoins } from './matter.repository.ts'
import type { MatterListRow } from './matter.table.ts'

export interface MatterFilter {
  readonly workflows?: readonly string[]
  readonly states?: readonly string[]
  readonly phase?: MatterPhaseName
  /** Organization that takes part. */
  readonly partyId?: number
  /** Organization that has to act now. */
  readonly waitingId?: number
  /** Look-backs that are not due yet wait for nobody. */
  readonly today?: string
  readonly dueBeforeMs?: number
  readonly enterpriseId?: number
  readonly featureId?: number
  readonly problemId?: number
  readonly parentId?: number
  readonly handlerId?: number
  readonly source?: string
  readonly published?: boolean
  readonly rebounded?: boolean
  readonly region?: readonly [number, number]
  readonly search?: string
}

/** Whom the list is for: without the sight of a whole area, only the matters of the own organization are walked. */
export type Viewer = Pick<Actor, 'organizationId' | 'owner' | 'permissions'>

/** Literal of a phase that still has to come to an end. */
const alive = `m.phase in ('open', 'watched')`

function conditions(filter: MatterFilter, viewer: Viewer, values: unknown[]): string {
  const all: string[] = ['true']
  const given = (value: unknown, sql: (n: string) => string) => {
    if (value === undefined) return
    values.push(value)
    all.push(sql(`$${values.length}`))
  }
  if (viewer.owner !== 'any') given(viewer.owner, (n) => `m.owner_id = ${n}`)
  else if (!viewer.permissions.has('matter:oversee'))
    given(
      viewer.organizationId,
      (n) => `m.id in (select matter_id from matter_party where organization_id = ${n})`,
    )
  given(filter.workflows, (n) => `m.workflow = any(${n})`)
  given(filter.states, (n) => `m.state = any(${n})`)
  given(filter.phase, (n) => `m.phase = ${n}`)
  given(filter.partyId, (n) => `m.id in (select matter_id from matter_party where organization_id = ${n})`)
  given(
    filter.waitingId,
    (n) => `m.id in (select matter_id from matter_party where organization_id = ${n} and waiting)`,
  )
  given(filter.today, (n) => `(m.phase = 'open' or (m.phase = 'watched' and m.look_back_on <= ${n}::date))`)
  given(filter.dueBeforeMs, (n) => `m.due_at <= to_timestamp(${n} / 1000.0) and ${alive}`)
  given(filter.enterpriseId, (n) => `m.enterprise_id = ${n}`)
  given(filter.featureId, (n) => `m.feature_id = ${n}`)
  given(filter.problemId, (n) => `m.problem_id = ${n}`)
  given(filter.parentId, (n) => `m.parent_id = ${n}`)
  given(filter.handlerId, (n) => `m.handler_id = ${n}`)
  given(filter.source, (n) => `m.source = ${n}`)
  given(filter.published, (n) => `m.published = ${n}`)
  if (filter.rebounded === true) all.push('m.rebounds > 0')
  given(filter.region?.[0], (n) => `m.region_code >= ${n}`)
  given(filter.region?.[1], (n) => `m.region_code <= ${n}`)
  given(
    filter.search,
    (n) => `(position(lower(${n}) in lower(m.title)) > 0 or position(upper(${n}) in m.number) > 0
      or exists (select from feature s where s.id = m.enterprise_id and position(lower(${n}) in lower(s.name)) > 0))`,
  )
  return all.join(' and ')
}

/** Filters that leave few rows: then those are sorted; otherwise the index of the order is walked. */
function isNarrow(filter: MatterFilter, viewer: Viewer): boolean {
  const { enterpriseId, featureId, problemId, parentId, waitingId } = filter
  return (
    viewer.owner !== 'any' ||
    !viewer.permissions.has('matter:oversee') ||
    [enterpriseId, featureId, problemId, parentId, waitingId].some((value) => value !== undefined)
  )
}

export interface MatterPage {
  readonly order: 'recent' | 'due'
  /** Last row of the page before: instant of its order (ms), and its id. */
  readonly after?: readonly [number, number]
  readonly limit: number
}

export async function selectMatters(
  q: Queryable,
  viewer: Viewer,
  filter: MatterFilter,
  page: MatterPage,
): Promise<MatterListRow[]> {
  const values: unknown[] = []
  let where = conditions(filter, viewer, values)
  const [by, direction, compare] =
    page.order === 'due' ? ['m.due_at', 'asc', '>'] : ['m.changed_at', 'desc', '<']
  if (page.order === 'due') where += ' and m.due_at is not null'
  if (page.after !== undefined) {
    values.push(page.after[0], page.after[1])
    where += ` and (${by}, m.id) ${compare} (to_timestamp($${values.length - 1}::float8 / 1000.0), $${values.length}::int)`
  }
  values.push(page.limit)
  // Row-level security hides from the planner how many rows there are: it would sort them all instead of walking the index.
  if (!isNarrow(filter, viewer)) await q.query(`select set_config('enable_sort', 'off', true)`)
  const { rows } = await q.query<MatterListRow>(
    `with page as materialized (select m.* from matter m where ${where}
       order by ${by} ${direction}, m.id ${direction} limit $${values.length})
     select ${listColumns} from page m ${listJoins} order by ${by} ${direction}, m.id ${direction}`,
    values,
  )
  return rows
}

export interface CountRow {
  readonly workflow: string
  readonly state: string
  readonly phase: MatterPhaseName
  readonly count: number
  readonly overdue: number
  readonly soon: number
  readonly rebounded: number
  readonly lookBacks: number
}

/** Numbers by workflow and state, in one walk. */
export async function countMatters(
  q: Queryable,
  viewer: Viewer,
  filter: MatterFilter,
  at: { readonly nowMs: number; readonly soonMs: number; readonly today: string },
): Promise<CountRow[]> {
  const values: unknown[] = [at.nowMs, at.soonMs, at.today]
  const where = conditions(filter, viewer, values)
  const { rows } = await q.query<CountRow>(
    `select m.workflow, m.state, m.phase, count(*)::int as count,
            count(*) filter (where ${alive} and m.due_at <= to_timestamp($1 / 1000.0))::int as overdue,
            count(*) filter (where ${alive} and m.due_at > to_timestamp($1 / 1000.0)
              and m.due_at <= to_timestamp($2 / 1000.0))::int as soon,
            count(*) filter (where m.rebounds > 0)::int as rebounded,
            count(*) filter (where m.phase = 'watched' and m.look_back_on <= $3::date)::int as "lookBacks"
       from matter m where ${where} group by 1, 2, 3 order by 1, 2`,
    values,
  )
  return rows
}

export async function countWaiting(q: Queryable, organizationId: number, today: string): Promise<number> {
  const { rows } = await q.query<{ n: number }>(
    `select count(*)::int as n from matter_party p join matter m on m.id = p.matter_id
      where p.organization_id = $1 and p.waiting
        and (m.phase = 'open' or (m.phase = 'watched' and m.look_back_on <= $2::date))`,
    [organizationId, today],
  )
  return rows[0]?.n ?? 0
}
