import type { FindingDecision, FindingState } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import type { FindingRow, NumberStatus } from './inspection.table.ts'

const ms = (column: string) => `round(extract(epoch from ${column}) * 1000)::float8`
const findingSelect = `select n.id, n.enterprise_id, f.code as enterprise_code, f.name as enterprise_name, n.region_code,
    n.owner_id, n.item, n.title, n.finding, n.state, n.decision, ${ms('n.raised_at')} as raised_ms,
    u.name as raised_by_name, ${ms('n.due_at')} as due_ms, n.due_text, n.due_status, n.verify_note, n.explanation,
    n.decision_note, n.problem_id, n.inspection_id, n.version
  from offsite_finding n join feature f on f.id = n.enterprise_id left join app_user u on u.id = n.raised_by`

export async function selectFindings(
  q: Queryable,
  filter: {
    readonly region: readonly [number | null, number | null]
    readonly enterpriseId?: number | undefined
    readonly state?: FindingState | undefined
    readonly beforeId?: number | undefined
    readonly limit: number
  },
): Promise<FindingRow[]> {
  const { rows } = await q.query<FindingRow>(
    `${findingSelect} where ($1::int is null or n.region_code between $1 and $2)
       and ($3::int is null or n.enterprise_id = $3) and ($4::text is null or n.state = $4)
       and ($5::int is null or n.id < $5) order by n.id desc limit $6`,
    [
      ...filter.region,
      filter.enterpriseId ?? null,
      filter.state ?? null,
      filter.beforeId ?? null,
      filter.limit,
    ],
  )
  return rows
}

export async function findingById(q: Queryable, id: number): Promise<FindingRow | undefined> {
  const { rows } = await q.query<FindingRow>(`${findingSelect} where n.id = $1`, [id])
  return rows[0]
}

export interface Due {
  readonly atMs: number
  readonly text: string
  readonly status: NumberStatus
}

/** The id of the finding that is open already for the item, or of the new one. */
export async function insertFinding(
  q: Queryable,
  finding: {
    readonly enterpriseId: number
    readonly regionCode: number
    readonly ownerId: number
    readonly item: string
    readonly title: string
    readonly finding: string
    readonly snapshot: object
    readonly atMs: number
    readonly by: number
    readonly due: Due
  },
): Promise<number> {
  const { rows } = await q.query<{ id: number }>(
    `with made as (
       insert into offsite_finding (enterprise_id, region_code, owner_id, item, title, finding, snapshot, state, raised_at,
         raised_by, due_at, due_text, due_status)
       values ($1, $2, $3, $4, $5, $6, $7, 'raised', to_timestamp($8 / 1000.0), $9, to_timestamp($10 / 1000.0), $11, $12)
       on conflict (enterprise_id, item) where state <> 'closed' do nothing returning id)
     select id from made union all
       select id from offsite_finding where enterprise_id = $1 and item = $4 and state <> 'closed' limit 1`,
    [
      finding.enterpriseId,
      finding.regionCode,
      finding.ownerId,
      finding.item,
      finding.title,
      finding.finding,
      JSON.stringify(finding.snapshot),
      finding.atMs,
      finding.by,
      finding.due.atMs,
      finding.due.text,
      finding.due.status,
    ],
  )
  return rows[0]?.id ?? 0
}

export async function verifyFindingRow(
  q: Queryable,
  id: number,
  version: number,
  step: { note: string; by: number; atMs: number; due: Due },
): Promise<boolean> {
  const { rowCount } = await q.query(
    `update offsite_finding set state = 'verified', verify_note = $3, verified_by = $4,
       verified_at = to_timestamp($5 / 1000.0), due_at = to_timestamp($6 / 1000.0), due_text = $7, due_status = $8,
       version = version + 1 where id = $1 and version = $2 and state = 'raised'`,
    [id, version, step.note, step.by, step.atMs, step.due.atMs, step.due.text, step.due.status],
  )
  return rowCount === 1
}

export async function explainFindingRow(
  q: Queryable,
  id: number,
  version: number,
  step: { explanation: string; by: number; atMs: number },
): Promise<boolean> {
  const { rowCount } = await q.query(
    `update offsite_finding set state = 'explained', explanation = $3, explained_by = $4,
       explained_at = to_timestamp($5 / 1000.0), due_at = null, due_text = null, due_status = null, version = version + 1
     where id = $1 and version = $2 and state = 'verified'`,
    [id, version, step.explanation, step.by, step.atMs],
  )
  return rowCount === 1
}

export async function closeFindingRow(
  q: Queryable,
  id: number,
  version: number,
  step: {
    decision: FindingDecision
    note: string
    by: number
    atMs: number
    problemId: number | null
  },
): Promise<boolean> {
  const { rowCount } = await q.query(
    `update offsite_finding set state = 'closed', decision = $3, decision_note = $4, decided_by = $5,
       decided_at = to_timestamp($6 / 1000.0), problem_id = $7, due_at = null, due_text = null, due_status = null,
       version = version + 1 where id = $1 and version = $2 and state <> 'closed'`,
    [id, version, step.decision, step.note, step.by, step.atMs, step.problemId],
  )
  return rowCount === 1
}

export async function countOpenFindings(
  q: Queryable,
  region: readonly [number | null, number | null],
): Promise<number> {
  const { rows } = await q.query<{ n: number }>(
    `select count(*)::int as n from offsite_finding
      where state <> 'closed' and ($1::int is null or region_code between $1 and $2)`,
    [...region],
  )
  return rows[0]?.n ?? 0
}
