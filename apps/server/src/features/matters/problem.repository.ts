/** SQL of problems; runs as the actor, so that row-level security holds. */
import type { CauseKind, ProblemSource, ProblemTheme } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'

const ms = (column: string) => `round(extract(epoch from ${column}) * 1000)::float8`

export interface ProblemRow {
  readonly id: number
  readonly number: string
  readonly source: ProblemSource
  readonly title: string
  readonly detail: string
  readonly theme: ProblemTheme
  readonly regionCode: number
  readonly regionName: string | null
  readonly ownerId: number
  readonly enterpriseId: number | null
  readonly enterpriseName: string | null
  readonly featureId: number | null
  readonly featureKind: string | null
  readonly featureCode: string | null
  readonly featureName: string | null
  readonly lon: number | null
  readonly lat: number | null
  readonly foundMs: number
  readonly registeredMs: number
  readonly mergedInto: number | null
  readonly mergedNumber: string | null
  readonly sources: number
  readonly matters: number
  readonly openMatters: number
  readonly version: number
}

const columns = `p.id, p.number, p.source, p.title, p.detail, p.theme, p.region_code as "regionCode",
  r.name as "regionName", p.owner_id as "ownerId", p.enterprise_id as "enterpriseId", e.name as "enterpriseName",
  p.feature_id as "featureId", f.kind as "featureKind", f.code as "featureCode", f.name as "featureName", p.lon, p.lat,
  ${ms('p.found_at')} as "foundMs", ${ms('p.registered_at')} as "registeredMs", p.merged_into as "mergedInto",
  t.number as "mergedNumber", p.sources, p.matters, p.open_matters as "openMatters", p.version`
const joins = `left join region r on r.code = p.region_code left join feature e on e.id = p.enterprise_id
  left join feature f on f.id = p.feature_id left join problem t on t.id = p.merged_into`

export interface ProblemFilter {
  readonly state?: 'active' | 'all' | 'untreated' | 'treated' | 'solved' | 'merged'
  readonly source?: ProblemSource
  readonly theme?: ProblemTheme
  readonly region?: readonly [number, number]
  readonly enterpriseId?: number
  readonly featureId?: number
  readonly cause?: CauseKind
  readonly search?: string
}

const byState: Readonly<Record<NonNullable<ProblemFilter['state']>, string>> = {
  active: 'p.merged_into is null and (p.matters = 0 or p.open_matters > 0)',
  all: 'p.merged_into is null',
  untreated: 'p.merged_into is null and p.matters = 0',
  treated: 'p.merged_into is null and p.open_matters > 0',
  solved: 'p.merged_into is null and p.matters > 0 and p.open_matters = 0',
  merged: 'p.merged_into is not null',
}

function conditions(filter: ProblemFilter, values: unknown[]): string {
  const all: string[] = [byState[filter.state ?? 'all']]
  const given = (value: unknown, sql: (n: string) => string) => {
    if (value === undefined) return
    values.push(value)
    all.push(sql(`$${values.length}`))
  }
  given(
    filter.source,
    (n) => `exists (select from problem_source s where s.problem_id = p.id and s.source = ${n})`,
  )
  given(filter.theme, (n) => `p.theme = ${n}`)
  given(filter.region?.[0], (n) => `p.region_code >= ${n}`)
  given(filter.region?.[1], (n) => `p.region_code <= ${n}`)
  given(filter.enterpriseId, (n) => `p.enterprise_id = ${n}`)
  given(filter.featureId, (n) => `p.feature_id = ${n}`)
  given(
    filter.cause,
    (n) =>
      `exists (select from problem_cause c where c.problem_id = p.id and c.kind = ${n} and c.removed_at is null)`,
  )
  given(
    filter.search,
    (n) => `(position(lower(${n}) in lower(p.title)) > 0 or position(upper(${n}) in p.number) > 0
      or exists (select from feature s where s.id = p.enterprise_id and position(lower(${n}) in lower(s.name)) > 0))`,
  )
  return all.join(' and ')
}

export async function selectProblems(
  q: Queryable,
  filter: ProblemFilter,
  page: { readonly after?: readonly [number, number]; readonly limit: number },
): Promise<ProblemRow[]> {
  const values: unknown[] = []
  let where = conditions(filter, values)
  if (page.after !== undefined) {
    values.push(page.after[0], page.after[1])
    where += ` and (p.registered_at, p.id) < (to_timestamp($${values.length - 1}::float8 / 1000.0), $${values.length}::int)`
  }
  values.push(page.limit)
  // Row-level security hides from the planner how many rows there are: it would sort them all instead of walking the index.
  if (filter.enterpriseId === undefined && filter.featureId === undefined)
    await q.query(`select set_config('enable_sort', 'off', true)`)
  const { rows } = await q.query<ProblemRow>(
    `with page as materialized (select p.* from problem p where ${where}
       order by p.registered_at desc, p.id desc limit $${values.length})
     select ${columns} from page p ${joins} order by p.registered_at desc, p.id desc`,
    values,
  )
  return rows
}

export async function countUntreated(q: Queryable): Promise<number> {
  const { rows } = await q.query<{ n: number }>(
    `select count(*)::int as n from problem p where ${byState.untreated}`,
  )
  return rows[0]?.n ?? 0
}

export async function problemsByIds(q: Queryable, ids: readonly number[]): Promise<ProblemRow[]> {
  const { rows } = await q.query<ProblemRow>(
    `select ${columns} from problem p ${joins} where p.id = any($1) order by p.id`,
    [ids],
  )
  return rows
}

/** Locked to the end of the transaction, in order of id, so that two mergers do not wait for each other. */
export async function lockProblems(q: Queryable, ids: readonly number[]): Promise<ProblemRow[]> {
  await q.query('select id from problem where id = any($1) order by id for update', [ids])
  return problemsByIds(q, ids)
}

export async function problemForMatter(q: Queryable, id: number): Promise<ProblemRow | undefined> {
  const [row] = await problemsByIds(q, [id])
  return row
}

export interface NewProblem {
  readonly number: string
  readonly source: ProblemSource
  readonly ref: string | null
  readonly title: string
  readonly detail: string
  readonly theme: ProblemTheme
  readonly regionCode: number
  readonly ownerId: number
  readonly enterpriseId: number | null
  readonly featureId: number | null
  readonly lon: number | null
  readonly lat: number | null
  readonly foundMs: number
  readonly registeredMs: number
  readonly registeredBy: number | null
  readonly commandId: string | null
}

export async function insertProblem(q: Queryable, problem: NewProblem): Promise<number> {
  const { rows } = await q.query<{ id: number }>(
    `insert into problem (number, source, title, detail, theme, region_code, owner_id, enterprise_id, feature_id, lon, lat,
       found_at, registered_at, registered_by, command_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, to_timestamp($12 / 1000.0), to_timestamp($13 / 1000.0), $14, $15)
     returning id`,
    [
      problem.number,
      problem.source,
      problem.title,
      problem.detail,
      problem.theme,
      problem.regionCode,
      problem.ownerId,
      problem.enterpriseId,
      problem.featureId,
      problem.lon,
      problem.lat,
      problem.foundMs,
      problem.registeredMs,
      problem.registeredBy,
      problem.commandId,
    ],
  )
  const id = rows[0]?.id ?? 0
  await q.query(
    `insert into problem_source (problem_id, source, ref, title, detail, found_at, registered_at, registered_by)
     values ($1, $2, $3, $4, $5, to_timestamp($6 / 1000.0), to_timestamp($7 / 1000.0), $8)`,
    [
      id,
      problem.source,
      problem.ref,
      problem.title,
      problem.detail,
      problem.foundMs,
      problem.registeredMs,
      problem.registeredBy,
    ],
  )
  return id
}

export async function problemOfCommand(
  q: Queryable,
  userId: number,
  commandId: string,
): Promise<number | undefined> {
  const { rows } = await q.query<{ id: number }>(
    'select id from problem where registered_by = $1 and command_id = $2',
    [userId, commandId],
  )
  return rows[0]?.id
}

/** The problem that a lead is the source of, after mergers. */
export async function problemOfLead(q: Queryable, leadId: number): Promise<number | undefined> {
  const { rows } = await q.query<{ id: number }>(
    `select coalesce(p.merged_into, p.id) as id from problem_source s join problem p on p.id = s.problem_id
      where s.source = 'lead' and s.ref = $1`,
    [String(leadId)],
  )
  return rows[0]?.id
}

/** Leads that are the source of a problem. */
export async function leadsWithProblem(q: Queryable): Promise<number[]> {
  const { rows } = await q.query<{ ref: string }>(
    `select ref from problem_source where source = 'lead' and ref ~ '^[0-9]{1,9}$'`,
  )
  return rows.map(({ ref }) => Number(ref))
}

/** Problems that may be the same one: of the same object or enterprise, or of the same region and not long before or after. */
export async function candidatesFor(
  q: Queryable,
  problem: Pick<ProblemRow, 'regionCode' | 'enterpriseId' | 'featureId' | 'foundMs'> & {
    readonly id?: number
  },
  windowDays: number,
  limit: number,
): Promise<ProblemRow[]> {
  const { rows } = await q.query<ProblemRow>(
    `with found as (
       (select id from problem where enterprise_id = $2 and merged_into is null order by id desc limit $7)
       union (select id from problem where feature_id = $3 and merged_into is null order by id desc limit $7)
       union (select id from problem where region_code = $4 and merged_into is null
           and found_at between to_timestamp($5 / 1000.0) - make_interval(days => $6)
             and to_timestamp($5 / 1000.0) + make_interval(days => $6)
         order by found_at desc limit $7))
     select ${columns} from problem p ${joins} where p.id in (select id from found) and p.id is distinct from $1`,
    [
      problem.id ?? null,
      problem.enterpriseId,
      problem.featureId,
      problem.regionCode,
      problem.foundMs,
      windowDays,
      limit,
    ],
  )
  return rows
}

export interface SourceRow {
  readonly id: number
  readonly problemId: number
  readonly problemNumber: string
  readonly source: ProblemSource
  readonly ref: string | null
  readonly title: string
  readonly detail: string
  readonly foundMs: number
  readonly registeredMs: number
  readonly registeredBy: string | null
}

/** Sources of a problem and of those that were merged into it. */
export async function sourcesOf(q: Queryable, id: number): Promise<SourceRow[]> {
  const { rows } = await q.query<SourceRow>(
    `select s.id, s.problem_id as "problemId", p.number as "problemNumber", s.source, s.ref, s.title, s.detail,
            ${ms('s.found_at')} as "foundMs", ${ms('s.registered_at')} as "registeredMs", u.name as "registeredBy"
       from problem_source s join problem p on p.id = s.problem_id left join app_user u on u.id = s.registered_by
      where p.id = $1 or p.merged_into = $1 order by s.registered_at, s.id`,
    [id],
  )
  return rows
}

export interface CauseRow {
  readonly id: number
  readonly kind: CauseKind
  readonly text: string
  readonly atMs: number
  readonly by: string | null
}

export async function causesOf(q: Queryable, id: number): Promise<CauseRow[]> {
  const { rows } = await q.query<CauseRow>(
    `select c.id, c.kind, c.text, ${ms('c.at')} as "atMs", u.name as by
       from problem_cause c left join app_user u on u.id = c.by_user
      where c.problem_id = $1 and c.removed_at is null order by c.id`,
    [id],
  )
  return rows
}

export interface CauseCountRow {
  readonly kind: CauseKind
  readonly problems: number
  readonly open: number
}

/** Problems by what stands behind them, merged ones left out, the most frequent first. */
export async function countCauses(
  q: Queryable,
  region: readonly [number, number] | undefined,
): Promise<CauseCountRow[]> {
  const { rows } = await q.query<CauseCountRow>(
    `select c.kind, count(distinct p.id)::int as problems,
            (count(distinct p.id) filter (where ${byState.active}))::int as open
       from problem_cause c join problem p on p.id = c.problem_id
      where c.removed_at is null and ${byState.all}
        and ($1::int is null or p.region_code between $1 and $2::int)
      group by c.kind order by problems desc, c.kind`,
    [region?.[0] ?? null, region?.[1] ?? null],
  )
  return rows
}

export async function insertCause(
  q: Queryable,
  problemId: number,
  cause: { readonly kind: string; readonly text: string },
  atMs: number,
  by: number,
): Promise<void> {
  await q.query(
    `insert into problem_cause (problem_id, kind, text, at, by_user) values ($1, $2, $3, to_timestamp($4 / 1000.0), $5)`,
    [problemId, cause.kind, cause.text, atMs, by],
  )
}

export async function endCause(
  q: Queryable,
  problemId: number,
  causeId: number,
  reason: string,
  atMs: number,
  by: number,
): Promise<boolean> {
  const { rowCount } = await q.query(
    `update problem_cause set removed_at = to_timestamp($4 / 1000.0), removed_by = $5, removed_reason = $3
      where id = $2 and problem_id = $1 and removed_at is null`,
    [problemId, causeId, reason, atMs, by],
  )
  return rowCount === 1
}

export interface MergeRow {
  readonly id: number
  readonly fromId: number
  readonly fromNumber: string
  readonly intoId: number
  readonly intoNumber: string
  readonly reason: string
  readonly atMs: number
  readonly by: string | null
  readonly undoneMs: number | null
  readonly undoReason: string | null
}

export async function mergesOf(q: Queryable, id: number): Promise<MergeRow[]> {
  const { rows } = await q.query<MergeRow>(
    `select g.id, g.from_id as "fromId", a.number as "fromNumber", g.into_id as "intoId", b.number as "intoNumber", g.reason,
            ${ms('g.merged_at')} as "atMs", u.name as by, ${ms('g.undone_at')} as "undoneMs", g.undo_reason as "undoReason"
       from problem_merge g join problem a on a.id = g.from_id join problem b on b.id = g.into_id
       left join app_user u on u.id = g.merged_by
      where $1 in (g.from_id, g.into_id) order by g.id`,
    [id],
  )
  return rows
}

/** Makes a problem, and what was merged into it, part of another. */
export async function mergeInto(
  q: Queryable,
  fromId: number,
  intoId: number,
  reason: string,
  atMs: number,
  by: number,
): Promise<void> {
  await q.query(
    `insert into problem_merge (from_id, into_id, reason, merged_at, merged_by)
     values ($1, $2, $3, to_timestamp($4 / 1000.0), $5)`,
    [fromId, intoId, reason, atMs, by],
  )
  await q.query('update problem set merged_into = $2, version = version + 1 where id = $1', [fromId, intoId])
  await countSources(q, [fromId, intoId])
}

/** False when the problem is not part of another. */
export async function undoMerge(
  q: Queryable,
  fromId: number,
  reason: string,
  atMs: number,
  by: number,
): Promise<boolean> {
  const { rows } = await q.query<{ into_id: number }>(
    `update problem_merge set undone_at = to_timestamp($3 / 1000.0), undone_by = $4, undo_reason = $2
      where from_id = $1 and undone_at is null returning into_id`,
    [fromId, reason, atMs, by],
  )
  const [merge] = rows
  if (merge === undefined) return false
  await q.query('update problem set merged_into = null, version = version + 1 where id = $1', [fromId])
  await countSources(q, [fromId, merge.into_id])
  return true
}

async function countSources(q: Queryable, ids: readonly number[]): Promise<void> {
  await q.query(
    `update problem p set sources = (select count(*)::int from problem_source s join problem c on c.id = s.problem_id
        where c.id = p.id or c.merged_into = p.id),
       version = version + case when p.merged_into is null then 1 else 0 end where p.id = any($1)`,
    [ids],
  )
}

/** How many problems were merged into one. */
export async function mergedCount(q: Queryable, id: number): Promise<number> {
  const { rows } = await q.query<{ n: number }>(
    'select count(*)::int as n from problem where merged_into = $1',
    [id],
  )
  return rows[0]?.n ?? 0
}

export async function problemCounts(
  q: Queryable,
  enterpriseIds: readonly number[],
  theme: string,
): Promise<Map<number, { open: number; sameTheme: number }>> {
  const { rows } = await q.query<{ id: number; open: number; same: number }>(
    `select enterprise_id as id, (count(*) filter (where matters = 0 or open_matters > 0))::int as open,
            (count(*) filter (where theme = $2))::int as same
       from problem where enterprise_id = any($1) and merged_into is null group by 1`,
    [enterpriseIds, theme],
  )
  return new Map(rows.map(({ id, open, same }) => [id, { open, sameTheme: same }]))
}
