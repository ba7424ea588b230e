import type { ReductionEvidence, ReductionState, ReductionType } from '@shanshui/contract'
import type { Finding } from '@shanshui/standards'
import type { Queryable } from '../../platform/db/index.ts'

export interface TargetRow {
  id: number
  year: number
  region_code: number
  region_name: string | null
  pollutant: string
  tonnes: string
  plan_tonnes: string | null
  plan_from: number | null
  plan_to: number | null
  source: string
  version: number
}
const targetSelect = `select t.id, t.year, t.region_code, r.name as region_name, t.pollutant, t.tonnes, t.plan_tonnes,
  t.plan_from, t.plan_to, t.source, t.version from reduction_target t left join region r on r.code = t.region_code`

export async function selectReductionTargets(
  q: Queryable,
  f: { year?: number | undefined; region: readonly [number | null, number | null] },
): Promise<TargetRow[]> {
  const { rows } = await q.query<TargetRow>(
    `${targetSelect} where ($1::int is null or t.year = $1) and ($2::int is null or t.region_code between $2 and $3)
      order by t.year desc, t.region_code, t.pollutant`,
    [f.year ?? null, ...f.region],
  )
  return rows
}

export async function putTarget(
  q: Queryable,
  v: {
    year: number
    regionCode: number
    pollutant: string
    tonnes: number
    planTonnes: number | null
    planFrom: number | null
    planTo: number | null
    source: string
  },
  atMs: number,
  by: number,
): Promise<TargetRow | undefined> {
  const { rows } = await q.query<{ id: number }>(
    `insert into reduction_target as t (year, region_code, pollutant, tonnes, plan_tonnes, plan_from, plan_to, source, updated_at, updated_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9 / 1000.0), $10)
     on conflict (year, region_code, pollutant) do update set tonnes = excluded.tonnes, plan_tonnes = excluded.plan_tonnes,
       plan_from = excluded.plan_from, plan_to = excluded.plan_to, source = excluded.source,
       updated_at = excluded.updated_at, updated_by = excluded.updated_by, version = t.version + 1
     returning id`,
    [v.year, v.regionCode, v.pollutant, v.tonnes, v.planTonnes, v.planFrom, v.planTo, v.source, atMs, by],
  )
  const { rows: stored } = await q.query<TargetRow>(`${targetSelect} where t.id = $1`, [rows[0]?.id ?? 0])
  return stored[0]
}

export interface ProjectRow {
  id: number
  code: string
  name: string
  type: ReductionType
  subject_id: number
  facility: string
  starts_on: string | null
  completed_on: string | null
  process_before: string | null
  process_after: string | null
  base_emission: string | null
  base_source: string | null
  region_code: number
  owner_id: number
  version: number
}
export interface ProjectValues {
  readonly code: string
  readonly name: string
  readonly type: ReductionType
  readonly subjectId: number
  readonly facility: string
  readonly startsOn: string | null
  readonly completedOn: string | null
  readonly processBefore: string | null
  readonly processAfter: string | null
  readonly baseEmission: number | null
  readonly baseSource: string | null
  readonly regionCode: number
  readonly ownerId: number
}
export async function insertProject(
  q: Queryable,
  v: ProjectValues,
  atMs: number,
  by: number,
): Promise<number> {
  const { rows } = await q.query<{ id: number }>(
    `insert into reduction_project (code, name, type, subject_id, facility, starts_on, completed_on, process_before,
       process_after, base_emission, base_source, region_code, owner_id, updated_at, updated_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, to_timestamp($14 / 1000.0), $15) returning id`,
    [
      v.code,
      v.name,
      v.type,
      v.subjectId,
      v.facility,
      v.startsOn,
      v.completedOn,
      v.processBefore,
      v.processAfter,
      v.baseEmission,
      v.baseSource,
      v.regionCode,
      v.ownerId,
      atMs,
      by,
    ],
  )
  return rows[0]?.id ?? 0
}
/** Locked, so that the years of one project are added up one after the other. */
export async function lockProject(q: Queryable, id: number): Promise<ProjectRow | undefined> {
  const { rows } = await q.query<ProjectRow>('select * from reduction_project where id = $1 for update', [id])
  return rows[0]
}
export async function selectProject(q: Queryable, id: number): Promise<ProjectRow | undefined> {
  const { rows } = await q.query<ProjectRow>('select * from reduction_project where id = $1', [id])
  return rows[0]
}

export interface ClaimRow {
  id: number
  project_id: number
  code: string
  name: string
  type: ReductionType
  subject_id: number
  subject_name: string | null
  facility: string
  region_code: number
  region_name: string | null
  owner_id: number
  pollutant: string
  year: number
  state: ReductionState
  inputs: Record<string, unknown>
  input_references: string[]
  evidence: ReductionEvidence[]
  trace: Finding[]
  claimed: string
  next_year: string
  verified: string | null
  recognised: string | null
  moved: string
  reason: string | null
  written_by: number
  written_by_name: string | null
  reviewed_by: number | null
  reviewed_by_name: string | null
  version: number
}
const claimSelect = `select c.id, c.project_id, p.code, p.name, p.type, p.subject_id, f.name as subject_name, p.facility,
    c.region_code, r.name as region_name, c.owner_id, c.pollutant, c.year, c.state, c.inputs, c.input_references,
    c.evidence, c.trace, c.claimed, c.next_year, c.verified, c.recognised, c.moved,
    c.reason, c.written_by, w.name as written_by_name, c.reviewed_by, v.name as reviewed_by_name, c.version
  from reduction_claim c join reduction_project p on p.id = c.project_id left join feature f on f.id = p.subject_id
  left join region r on r.code = c.region_code left join app_user w on w.id = c.written_by
  left join app_user v on v.id = c.reviewed_by`

export async function selectClaims(
  q: Queryable,
  f: {
    year?: number | undefined
    years?: readonly [number, number]
    region: readonly [number | null, number | null]
    pollutant?: string | undefined
    state?: ReductionState | undefined
    beforeId?: number | undefined
    limit?: number
  },
): Promise<ClaimRow[]> {
  const { rows } = await q.query<ClaimRow>(
    `${claimSelect} where ($1::int is null or c.year = $1) and ($2::int is null or c.region_code between $2 and $3)
        and ($4::text is null or c.pollutant = $4) and ($5::text is null or c.state = $5)
        and ($6::int is null or c.id < $6) and ($7::int is null or c.year between $7 and $8)
      order by c.id desc limit $9`,
    [
      f.year ?? null,
      ...f.region,
      f.pollutant ?? null,
      f.state ?? null,
      f.beforeId ?? null,
      ...(f.years ?? [null, null]),
      f.limit ?? null,
    ],
  )
  return rows
}
export async function selectClaim(q: Queryable, id: number): Promise<ClaimRow | undefined> {
  const { rows } = await q.query<ClaimRow>(`${claimSelect} where c.id = $1`, [id])
  return rows[0]
}
export async function lockClaim(q: Queryable, id: number): Promise<ClaimRow | undefined> {
  const { rows } = await q.query<ClaimRow>(`${claimSelect} where c.id = $1 for update of c`, [id])
  return rows[0]
}
/** Of the project and pollutant in other years; rejected ones count for nothing. */
export async function sumOfOtherYears(
  q: Queryable,
  projectId: number,
  pollutant: string,
  year: number,
): Promise<number> {
  const { rows } = await q.query<{ sum: string | null }>(
    `select sum(claimed) as sum from reduction_claim
      where project_id = $1 and pollutant = $2 and year <> $3 and state <> 'rejected'`,
    [projectId, pollutant, year],
  )
  return Number(rows[0]?.sum ?? 0)
}

export interface ClaimValues {
  readonly projectId: number
  readonly pollutant: string
  readonly year: number
  readonly inputs: Readonly<Record<string, unknown>>
  readonly inputReferences: readonly string[]
  readonly evidence: readonly ReductionEvidence[]
  readonly trace: readonly Finding[]
  readonly evaluatorVersion: string
  readonly claimed: number
  readonly nextYear: number
  readonly annual: number
  readonly regionCode: number
  readonly ownerId: number
}
export async function insertClaim(q: Queryable, v: ClaimValues, atMs: number, by: number): Promise<number> {
  const { rows } = await q.query<{ id: number }>(
    `insert into reduction_claim (project_id, pollutant, year, state, inputs, input_references, evidence, trace,
       evaluator_version, claimed, next_year, annual, written_by, region_code, owner_id, updated_at)
     values ($1, $2, $3, 'planned', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, to_timestamp($15 / 1000.0))
     returning id`,
    [
      v.projectId,
      v.pollutant,
      v.year,
      JSON.stringify(v.inputs),
      JSON.stringify(v.inputReferences),
      JSON.stringify(v.evidence),
      JSON.stringify(v.trace),
      v.evaluatorVersion,
      v.claimed,
      v.nextYear,
      v.annual,
      by,
      v.regionCode,
      v.ownerId,
      atMs,
    ],
  )
  return rows[0]?.id ?? 0
}
export async function updateClaimInputs(
  q: Queryable,
  id: number,
  v: Omit<ClaimValues, 'projectId' | 'pollutant' | 'year' | 'regionCode' | 'ownerId'>,
  atMs: number,
  by: number,
): Promise<void> {
  await q.query(
    `update reduction_claim set inputs = $2, input_references = $3, evidence = $4, trace = $5, evaluator_version = $6,
       claimed = $7, next_year = $8, annual = $9, written_by = $10, version = version + 1,
       updated_at = to_timestamp($11 / 1000.0) where id = $1`,
    [
      id,
      JSON.stringify(v.inputs),
      JSON.stringify(v.inputReferences),
      JSON.stringify(v.evidence),
      JSON.stringify(v.trace),
      v.evaluatorVersion,
      v.claimed,
      v.nextYear,
      v.annual,
      by,
      atMs,
    ],
  )
}
export async function moveClaim(
  q: Queryable,
  id: number,
  v: {
    state: ReductionState
    verified: number | null
    recognised: number | null
    reason: string | null
    reviewedBy: number | null
  },
  atMs: number,
): Promise<void> {
  await q.query(
    `update reduction_claim set state = $2, verified = $3, recognised = $4, reason = $5, reviewed_by = $6,
       version = version + 1, updated_at = to_timestamp($7 / 1000.0) where id = $1`,
    [id, v.state, v.verified, v.recognised, v.reason, v.reviewedBy, atMs],
  )
}
export async function insertEvent(
  q: Queryable,
  v: {
    claimId: number
    byId: number
    event: string
    from: ReductionState | null
    to: ReductionState
    tonnes: number | null
    reason: string | null
    regionCode: number
    ownerId: number
  },
  atMs: number,
): Promise<void> {
  await q.query(
    `insert into reduction_event (claim_id, at, by_id, event, from_state, to_state, tonnes, reason, region_code, owner_id)
     values ($1, to_timestamp($2 / 1000.0), $3, $4, $5, $6, $7, $8, $9, $10)`,
    [v.claimId, atMs, v.byId, v.event, v.from, v.to, v.tonnes, v.reason, v.regionCode, v.ownerId],
  )
}
export interface EventRow {
  at: Date
  by_name: string | null
  event: string
  from_state: ReductionState | null
  to_state: ReductionState
  tonnes: string | null
  reason: string | null
}
export async function selectEvents(q: Queryable, claimId: number): Promise<EventRow[]> {
  const { rows } = await q.query<EventRow>(
    `select e.at, u.name as by_name, e.event, e.from_state, e.to_state, e.tonnes, e.reason from reduction_event e
       left join app_user u on u.id = e.by_id where e.claim_id = $1 order by e.id`,
    [claimId],
  )
  return rows
}
