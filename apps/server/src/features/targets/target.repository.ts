import type { Queryable } from '../../platform/db/index.ts'
import type { TargetRow, TargetValues } from './target.table.ts'

const select = `select t.id, t.title, t.indicator, t.subject_id as "subjectId", f.name as "subjectName", t.year, t.comparison,
  t.reach, t.edition, t.owner_organization_id as "ownerOrganizationId", t.source, t.note, t.version
  from target t join feature f on f.id = t.subject_id`

export async function selectTargets(
  q: Queryable,
  filter: { year?: number | undefined; subject?: number | undefined },
): Promise<TargetRow[]> {
  const { rows } = await q.query<TargetRow>(
    `${select} where ($1::int is null or t.year = $1) and ($2::int is null or t.subject_id = $2)
     order by t.year desc, t.id`,
    [filter.year ?? null, filter.subject ?? null],
  )
  return rows
}

export async function selectTarget(q: Queryable, id: number): Promise<TargetRow | undefined> {
  const { rows } = await q.query<TargetRow>(`${select} where t.id = $1`, [id])
  return rows[0]
}

export async function insertTarget(
  q: Queryable,
  values: TargetValues,
  about: { regionCode: number; ownerId: number; atMs: number; by: number },
): Promise<number> {
  const { rows } = await q.query<{ id: number }>(
    `insert into target (title, indicator, subject_id, year, comparison, reach, edition, owner_organization_id, source,
       note, region_code, owner_id, updated_at, updated_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, to_timestamp($13 / 1000.0), $14) returning id`,
    [...columns(values), about.regionCode, about.ownerId, about.atMs, about.by],
  )
  return rows[0]?.id ?? 0
}

/** False when another version is stored. */
export async function updateTarget(
  q: Queryable,
  id: number,
  version: number,
  values: TargetValues,
  about: { atMs: number; by: number },
): Promise<boolean> {
  const { rowCount } = await q.query(
    `update target set title = $1, indicator = $2, subject_id = $3, year = $4, comparison = $5, reach = $6, edition = $7,
       owner_organization_id = $8, source = $9, note = $10, version = version + 1,
       updated_at = to_timestamp($11 / 1000.0), updated_by = $12
     where id = $13 and version = $14`,
    [...columns(values), about.atMs, about.by, id, version],
  )
  return rowCount === 1
}

export async function deleteTarget(q: Queryable, id: number): Promise<boolean> {
  const { rowCount } = await q.query('delete from target where id = $1', [id])
  return rowCount === 1
}

function columns(v: TargetValues) {
  return [
    v.title,
    v.indicator,
    v.subjectId,
    v.year,
    v.comparison,
    v.reach,
    v.edition,
    v.ownerOrganizationId,
    v.source,
    v.note,
  ]
}
