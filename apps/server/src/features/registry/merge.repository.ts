/** Mergers of enterprises: candidates, pairs known to be two, what was moved. */
import type { Queryable } from '../../platform/db/index.ts'
import type { MatchCandidate } from './enterprise-match.ts'
import type { FeatureRow } from './registry.table.ts'

/** Standing enterprises with what tells them apart. */
export async function selectCandidates(q: Queryable): Promise<MatchCandidate[]> {
  const { rows } = await q.query<MatchCandidate>(
    `select e.id, e.code, e.name, coalesce(e.properties->'formerNames', '[]') as "formerNames",
            coalesce(e.properties->'formerCodes', '[]') as "formerCodes",
            e.properties->>'legalRepresentative' as "legalRepresentative", e.properties->>'phone' as phone, e.lon, e.lat,
            coalesce(array_agg(p.code) filter (where p.code is not null), '{}') as permits
       from feature e left join feature p on p.kind = 'permit' and p.parent_code = e.code
      where e.kind = 'enterprise' and not e.properties ? 'mergedInto'
      group by e.id order by e.id`,
  )
  return rows
}

export interface RefRow {
  id: number
  code: string
  name: string
  region_name: string | null
  version: number
  outlets: number
  devices: number
}

export async function selectRefs(q: Queryable, ids: readonly number[]): Promise<Map<number, RefRow>> {
  const { rows } = await q.query<RefRow>(
    `select e.id, e.code, e.name, r.name as region_name, e.version, count(distinct o.id)::int as outlets,
            count(d.id)::int as devices
       from feature e left join region r on r.code = e.region_code
       left join feature o on o.kind = 'outlet' and o.parent_code = e.code and not o.properties ? 'mergedInto'
       left join feature d on d.kind = 'monitoring-device' and d.parent_code = o.code
      where e.id = any($1) and e.kind = 'enterprise' group by e.id, r.name`,
    [ids],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** Pairs `smaller:greater` that somebody has declared two. */
export async function selectDistinct(q: Queryable): Promise<Set<string>> {
  const { rows } = await q.query<{ pair: string }>(
    `select a_id || ':' || b_id as pair from enterprise_distinct`,
  )
  return new Set(rows.map(({ pair }) => pair))
}

export async function putDistinct(
  q: Queryable,
  pair: { aId: number; bId: number; regionCode: number; ownerId: number },
  reason: string,
  by: number,
  at: Date,
): Promise<void> {
  await q.query(
    `insert into enterprise_distinct (a_id, b_id, region_code, owner_id, reason, decided_at, decided_by)
     values (least($1::int, $2::int), greatest($1::int, $2::int), $3, $4, $5, $6, $7)
     on conflict (a_id, b_id) do update set reason = excluded.reason, decided_at = excluded.decided_at,
       decided_by = excluded.decided_by`,
    [pair.aId, pair.bId, pair.regionCode, pair.ownerId, reason, at, by],
  )
}

/** Locks enterprises in order of id, so that two mergers do not wait for each other in a ring. */
export async function lockFeatures(q: Queryable, ids: readonly number[]): Promise<Map<number, FeatureRow>> {
  const { rows } = await q.query<FeatureRow>(
    'select * from feature where id = any($1) order by id for update',
    [ids],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** Outlets of an enterprise, with those that a merger ended, locked. */
export async function lockOutlets(q: Queryable, enterpriseCode: string): Promise<FeatureRow[]> {
  const { rows } = await q.query<FeatureRow>(
    `select * from feature where kind = 'outlet' and parent_code = $1 order by id for update`,
    [enterpriseCode],
  )
  return rows
}

/** Devices and facilities at outlets, and permits of credit codes, locked. */
export async function lockBelow(
  q: Queryable,
  outletCodes: readonly string[],
  creditCodes: readonly string[],
): Promise<FeatureRow[]> {
  const { rows } = await q.query<FeatureRow>(
    `select * from feature where parent_code = any($1)
        or (kind = 'permit' and parent_code = any($2))
      order by id for update`,
    [outletCodes, creditCodes],
  )
  return rows
}

/** `code` leads to a feature from now on. */
export async function putAlias(
  q: Queryable,
  kind: string,
  code: string,
  to: { id: number; regionCode: number; ownerId: number },
): Promise<void> {
  await q.query(
    `insert into feature_alias (kind, code, feature_id, region_code, owner_id) values ($1, $2, $3, $4, $5)
     on conflict (kind, code) do update set feature_id = excluded.feature_id, region_code = excluded.region_code,
       owner_id = excluded.owner_id`,
    [kind, code, to.id, to.regionCode, to.ownerId],
  )
}

export async function deleteAlias(q: Queryable, kind: string, code: string): Promise<void> {
  await q.query('delete from feature_alias where kind = $1 and code = $2', [kind, code])
}

export interface AliasRow {
  kind: string
  code: string
  feature_id: number
}

export async function selectAliases(q: Queryable, featureIds: readonly number[]): Promise<AliasRow[]> {
  const { rows } = await q.query<AliasRow>(
    'select kind, code, feature_id from feature_alias where feature_id = any($1) order by kind, code',
    [featureIds],
  )
  return rows
}

/** The fields that a merger may change. */
export interface MovedFields {
  readonly code: string
  readonly ownerId: number
  readonly validTo: string | null
  readonly enterpriseCode?: string
  readonly outletCode?: string
  readonly creditCode?: string
  readonly mergedInto?: string
  readonly formerNames?: readonly string[]
  readonly formerCodes?: readonly string[]
}

export interface MergeRecord {
  readonly features: readonly {
    readonly id: number
    readonly kind: string
    readonly before: MovedFields
    readonly after: MovedFields
  }[]
  /** Codes that led nowhere or elsewhere before: `featureId` null for nowhere. */
  readonly aliases: readonly {
    readonly kind: string
    readonly code: string
    readonly featureId: number | null
  }[]
  readonly twins: readonly { readonly fromId: number; readonly toId: number }[]
}

export interface MergeRow {
  id: number
  from_id: number
  to_id: number
  from_code: string
  from_name: string
  to_code: string
  to_name: string
  region_code: number
  owner_id: number
  reason: string
  moved: MergeRecord
  merged_at: Date
  merged_by_name: string | null
  undone_at: Date | null
  undone_by_name: string | null
  undo_reason: string | null
}

export async function insertMerge(
  q: Queryable,
  merge: {
    fromId: number
    toId: number
    regionCode: number
    ownerId: number
    reason: string
    moved: MergeRecord
    at: Date
    by: number
  },
): Promise<number> {
  const { rows } = await q.query<{ id: number }>(
    `insert into enterprise_merge (from_id, to_id, region_code, owner_id, reason, moved, merged_at, merged_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
    [
      merge.fromId,
      merge.toId,
      merge.regionCode,
      merge.ownerId,
      merge.reason,
      JSON.stringify(merge.moved),
      merge.at,
      merge.by,
    ],
  )
  return rows[0]?.id ?? 0
}

/** Newest first. */
export async function selectMerges(
  q: Queryable,
  filter: { id?: number; beforeId?: number; limit: number },
): Promise<MergeRow[]> {
  const { rows } = await q.query<MergeRow>(
    `select m.*, a.code as from_code, a.name as from_name, b.code as to_code, b.name as to_name,
            u.name as merged_by_name, v.name as undone_by_name
       from enterprise_merge m join feature a on a.id = m.from_id join feature b on b.id = m.to_id
       left join app_user u on u.id = m.merged_by left join app_user v on v.id = m.undone_by
      where ($1::int is null or m.id = $1) and ($2::int is null or m.id < $2) order by m.id desc limit $3`,
    [filter.id ?? null, filter.beforeId ?? null, filter.limit],
  )
  return rows
}

/** False when somebody undid it first. */
export async function markUndone(
  q: Queryable,
  id: number,
  reason: string,
  by: number,
  at: Date,
): Promise<boolean> {
  const { rowCount } = await q.query(
    `update enterprise_merge set undone_at = $2, undone_by = $3, undo_reason = $4
      where id = $1 and undone_at is null`,
    [id, at, by, reason],
  )
  return (rowCount ?? 0) > 0
}
