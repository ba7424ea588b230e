/** Enterprises with their counts, and the versions of everything that stands below one. */
import type { Queryable } from '../../platform/db/index.ts'
import { regionSpan } from '../../platform/region.ts'
import type { FeatureRow, NamedFeatureRow } from './registry.table.ts'

export interface EnterpriseListFilter {
  readonly ids?: readonly number[]
  readonly regionCode?: number
  /** First characters of the industry's code. */
  readonly industry?: string
  readonly sector?: string
  readonly permitClass?: string
  readonly parkCode?: string
  readonly autoMonitored?: boolean
  readonly search?: string
  readonly afterId?: number
  readonly limit: number
}

export interface EnterpriseListRow extends NamedFeatureRow {
  park_name: string | null
  air_outlets: number
  water_outlets: number
  devices: number
}

/** Standing enterprises in order of id, found by former names and codes too. */
export async function selectEnterpriseList(
  q: Queryable,
  filter: EnterpriseListFilter,
): Promise<EnterpriseListRow[]> {
  const [from, to] = regionSpan(filter.regionCode)
  const { rows } = await q.query<EnterpriseListRow>(
    `with page as (
       select e.* from feature e
        where e.kind = 'enterprise' and not e.properties ? 'mergedInto'
          and ($1::int[] is null or e.id = any($1)) and ($2::int is null or e.region_code between $2 and $3)
          and ($4::text is null or starts_with(e.properties->>'industry', $4))
          and ($5::text is null or e.properties->>'sector' = $5)
          and ($6::text is null or e.properties->>'permitClass' = $6)
          and ($7::text is null or e.properties->>'parkCode' = $7)
          and ($8::boolean is null or (e.properties->>'autoMonitored')::boolean = $8)
          and ($9::text is null or position(lower($9) in lower(concat_ws(' ', e.name, e.code,
                 e.properties->>'formerNames', e.properties->>'formerCodes'))) > 0)
          and ($10::int is null or e.id > $10)
        order by e.id limit $11
     )
     select e.*, r.name as region_name, o.name as owner_name, p.name as park_name,
            coalesce(c.air, 0)::int as air_outlets, coalesce(c.water, 0)::int as water_outlets,
            coalesce(c.devices, 0)::int as devices
       from page e left join region r on r.code = e.region_code left join organization o on o.id = e.owner_id
       left join feature p on p.kind = 'park' and p.code = e.properties->>'parkCode'
       left join lateral (
         select count(*) filter (where f.properties->>'medium' = 'air') as air,
                count(*) filter (where f.properties->>'medium' = 'water') as water,
                sum((select count(*) from feature d where d.kind = 'monitoring-device'
                        and d.parent_code = f.code)) as devices
           from feature f where f.kind = 'outlet' and f.parent_code = e.code and not f.properties ? 'mergedInto'
       ) c on true
      order by e.id`,
    [
      filter.ids ?? null,
      from,
      to,
      filter.industry ?? null,
      filter.sector ?? null,
      filter.permitClass ?? null,
      filter.parkCode ?? null,
      filter.autoMonitored ?? null,
      filter.search ?? null,
      filter.afterId ?? null,
      filter.limit,
    ],
  )
  return rows
}

/** Permits of credit codes, the newest first. */
export async function selectPermitsOf(q: Queryable, codes: readonly string[]): Promise<FeatureRow[]> {
  const { rows } = await q.query<FeatureRow>(
    `select * from feature where kind = 'permit' and parent_code = any($1) order by properties->>'expiresOn' desc, id desc`,
    [codes],
  )
  return rows
}

/** An enterprise, those merged into it, and everything below: outlets, devices, facilities, permits. */
export async function selectPlantFeatures(
  q: Queryable,
  id: number,
  codes: readonly string[],
): Promise<FeatureRow[]> {
  const { rows } = await q.query<FeatureRow>(
    `with outlet as (
       select * from feature where kind = 'outlet' and parent_code = any($2)
     )
     select * from feature where kind = 'enterprise' and (id = $1 or code = any($2))
     union all select * from outlet
     union all select d.* from outlet join feature d on d.parent_code = outlet.code
     union all select p.* from feature p where p.kind = 'permit' and p.parent_code = any($2)`,
    [id, codes],
  )
  return rows
}

export interface VersionRow {
  id: number
  version: number
  changed_at: Date
  changed_by: string | null
  row: FeatureRow
}

/** Every version of features, oldest first by feature. */
export async function selectVersions(q: Queryable, ids: readonly number[]): Promise<VersionRow[]> {
  const { rows } = await q.query<VersionRow>(
    `select v.id, v.version, v.changed_at, u.name as changed_by, v.row from (
       select id, version, updated_at as changed_at, updated_by, to_jsonb(feature) as row
         from feature where id = any($1)
       union all
       select feature_id, version, changed_at, changed_by, row from feature_history where feature_id = any($1)
     ) v left join app_user u on u.id = v.updated_by order by v.id, v.version`,
    [ids],
  )
  return rows
}
