import type { PoolKind, SpecialReason } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import type { UnitRow } from './inspection.table.ts'
import type { RiskPart } from './risk.ts'

/**
 * Visits of the year that count against the ceiling: done or still planned, not under an exception. `$1` is the first
 * civil day of the year, `$2` that of the next.
 */
const unitSelect = `select n.enterprise_id, f.code, f.name, n.region_code, n.kind, n.reason, n.special_reason, n.by_hand,
    n.risk, n.cap, n.cap_source, n.positive_from, n.positive_to, n.positive_reason,
    coalesce(v.visits, 0)::int as visits, v.last_visit, coalesce(d.drawn, false) as drawn
  from inspection_unit n join feature f on f.id = n.enterprise_id
  left join lateral (
    select count(*) filter (where i.exception is null and i.planned_on >= $1 and i.planned_on < $2
                              and (i.finished_at is not null or i.planned_on >= $3)
                              and i.conclusion is distinct from 'could-not-inspect') as visits,
           max((i.finished_at at time zone 'Asia/Shanghai')::date)
             filter (where i.conclusion is distinct from 'could-not-inspect') as last_visit
      from inspection i where i.enterprise_id = n.enterprise_id) v on true
  left join lateral (
    select true as drawn from inspection_drawn x
     where x.enterprise_id = n.enterprise_id and x.year = extract(year from $1::date)::int limit 1) d on true`

export interface UnitFilter {
  readonly today: string
  readonly region?: readonly [number | null, number | null]
  readonly kind?: PoolKind | undefined
  readonly search?: string | undefined
  readonly ids?: readonly number[]
  readonly afterId?: number | undefined
  readonly limit: number
}

/** In order of id of the enterprise. */
export async function selectUnits(q: Queryable, filter: UnitFilter): Promise<UnitRow[]> {
  const year = Number(filter.today.slice(0, 4))
  const { rows } = await q.query<UnitRow>(
    `${unitSelect} where ($4::int is null or n.region_code between $4 and $5) and ($6::text is null or n.kind = $6)
       and ($7::text is null or position(lower($7) in lower(f.name)) > 0 or position(lower($7) in lower(f.code)) > 0)
       and ($8::int[] is null or n.enterprise_id = any($8)) and ($9::int is null or n.enterprise_id > $9)
     order by n.enterprise_id limit $10`,
    [
      `${year}-01-01`,
      `${year + 1}-01-01`,
      filter.today,
      filter.region?.[0] ?? null,
      filter.region?.[1] ?? null,
      filter.kind ?? null,
      filter.search ?? null,
      filter.ids ?? null,
      filter.afterId ?? null,
      filter.limit,
    ],
  )
  return rows
}

export interface PoolCount {
  kind: PoolKind
  units: number
  drawn_year: number
  drawn_quarter: number
  built_ms: number | null
}

export async function countPools(
  q: Queryable,
  region: readonly [number, number],
  year: number,
  quarter: string,
): Promise<PoolCount[]> {
  const { rows } = await q.query<PoolCount>(
    `select n.kind, count(*)::int as units,
            count(*) filter (where exists (select from inspection_drawn d
              where d.enterprise_id = n.enterprise_id and d.year = $3))::int as drawn_year,
            count(*) filter (where exists (select from inspection_drawn d join inspection_draw w on w.id = d.draw_id
              where d.enterprise_id = n.enterprise_id and w.quarter = $4))::int as drawn_quarter,
            round(extract(epoch from max(n.built_at)) * 1000)::float8 as built_ms
       from inspection_unit n where n.region_code between $1 and $2 group by n.kind`,
    [...region, year, quarter],
  )
  return rows
}

export interface UnitDraft {
  readonly enterpriseId: number
  readonly regionCode: number
  readonly kind: PoolKind
  readonly reason: string
  readonly specialReason: SpecialReason | null
  readonly risk: number
  readonly riskParts: readonly RiskPart[]
}

/** Writes the units of a region; a kind that a person chose stays. Returns how many came new and how many moved. */
export async function upsertUnits(
  q: Queryable,
  units: readonly UnitDraft[],
  atMs: number,
): Promise<{ added: number; moved: number }> {
  const { rows } = await q.query<{ added: boolean; moved: boolean }>(
    `with old as (select enterprise_id, kind from inspection_unit where enterprise_id = any($1::int[]))
     insert into inspection_unit as n (enterprise_id, region_code, kind, reason, special_reason, risk, risk_parts, built_at)
     select t.id, t.region, t.kind, t.reason, nullif(t.special, ''), t.risk, t.parts::jsonb, to_timestamp($8 / 1000.0)
       from unnest($1::int[], $2::int[], $3::text[], $4::text[], $5::text[], $6::int[], $7::text[])
         as t (id, region, kind, reason, special, risk, parts)
     on conflict (enterprise_id) do update set region_code = excluded.region_code,
       kind = case when n.by_hand then n.kind else excluded.kind end,
       reason = case when n.by_hand then n.reason else excluded.reason end,
       special_reason = case when n.by_hand then n.special_reason else excluded.special_reason end,
       risk = excluded.risk, risk_parts = excluded.risk_parts, built_at = excluded.built_at
     returning not exists (select from old o where o.enterprise_id = n.enterprise_id) as added,
       exists (select from old o where o.enterprise_id = n.enterprise_id and o.kind <> n.kind) as moved`,
    [
      units.map((u) => u.enterpriseId),
      units.map((u) => u.regionCode),
      units.map((u) => u.kind),
      units.map((u) => u.reason),
      units.map((u) => u.specialReason ?? ''),
      units.map((u) => u.risk),
      units.map((u) => JSON.stringify(u.riskParts)),
      atMs,
    ],
  )
  return {
    added: rows.filter((row) => row.added).length,
    moved: rows.filter((row) => row.moved).length,
  }
}

/** Units of a region that the registry no longer has. */
export async function deleteOtherUnits(
  q: Queryable,
  region: readonly [number, number],
  kept: readonly number[],
): Promise<number> {
  const { rowCount } = await q.query(
    'delete from inspection_unit where region_code between $1 and $2 and enterprise_id <> all($3::int[])',
    [...region, kept],
  )
  return rowCount ?? 0
}

export interface UnitChange {
  readonly kind?: PoolKind
  readonly cap?: { readonly visits: number; readonly source: string } | null
  readonly positiveList?: { readonly from: string; readonly to: string; readonly reason: string } | null
  readonly reason: string
}

export async function updateUnit(q: Queryable, enterpriseId: number, change: UnitChange): Promise<void> {
  const { kind, cap, positiveList } = change
  await q.query(
    `update inspection_unit set kind = coalesce($2, kind), by_hand = by_hand or $2 is not null,
       reason = case when $2::text is null then reason else $3 end,
       special_reason = case when $2 = 'special' then 'by-hand' when $2 is null then special_reason end,
       cap = case when $4 then $5 else cap end, cap_source = case when $4 then $6 else cap_source end,
       positive_from = case when $7 then $8 else positive_from end,
       positive_to = case when $7 then $9 else positive_to end,
       positive_reason = case when $7 then $10 else positive_reason end
     where enterprise_id = $1`,
    [
      enterpriseId,
      kind ?? null,
      change.reason,
      cap !== undefined,
      cap?.visits ?? null,
      cap?.source ?? null,
      positiveList !== undefined,
      positiveList?.from ?? null,
      positiveList?.to ?? null,
      positiveList?.reason ?? null,
    ],
  )
}

/** Which enterprises were visited since a civil day. */
export async function visitedSince(q: Queryable, since: string): Promise<ReadonlySet<number>> {
  const { rows } = await q.query<{ enterprise_id: number }>(
    `select distinct enterprise_id from inspection
      where enterprise_id is not null and finished_at is not null and planned_on >= $1
        and conclusion is distinct from 'could-not-inspect'`,
    [since],
  )
  return new Set(rows.map((row) => row.enterprise_id))
}
