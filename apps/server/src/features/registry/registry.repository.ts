import type { Geometry } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import { regionSpan } from '../../platform/region.ts'
import type { Box } from './geometry.ts'
import type { FeatureRow, NamedFeatureRow, RegionRow } from './registry.table.ts'

const featureColumns = `id, kind, code, name, region_code, owner_id, lon, lat, geometry, west, south, east, north,
  properties, valid_from, valid_to, version, updated_at, updated_by`
const namedFeature = `select f.*, r.name as region_name, o.name as owner_name from feature f
  left join region r on r.code = f.region_code left join organization o on o.id = f.owner_id`

export interface PointFilter {
  readonly kind?: string
  readonly ids?: readonly number[]
  readonly codes?: readonly string[]
  readonly regionCode?: number
}

export async function selectPoints(q: Queryable, filter: PointFilter): Promise<FeatureRow[]> {
  const [from, to] = regionSpan(filter.regionCode)
  const { rows } = await q.query<FeatureRow>(
    `select ${featureColumns} from feature
      where ($1::text is null or kind = $1) and ($2::int[] is null or id = any($2))
        and ($3::text[] is null or code = any($3)) and ($4::int is null or region_code between $4 and $5)
      order by id`,
    [filter.kind ?? null, filter.ids ?? null, filter.codes ?? null, from, to],
  )
  return rows
}

export async function selectAssessmentStations(q: Queryable, cityId: number): Promise<FeatureRow[]> {
  const { rows } = await q.query<FeatureRow>(
    `select ${featureColumns} from feature
      where kind = 'air-station' and properties->>'siteRole' = 'assessment'
        and code in (select jsonb_array_elements_text(properties->'members') from feature
                      where id = $1 and kind = 'air-city')
      order by code`,
    [cityId],
  )
  return rows
}

export interface FeatureFilter {
  readonly kind?: string
  readonly regionCode?: number
  readonly search?: string
  readonly box?: Box
  readonly afterId?: number
  readonly limit?: number
}

export async function selectFeatures(q: Queryable, filter: FeatureFilter): Promise<NamedFeatureRow[]> {
  const [from, to] = regionSpan(filter.regionCode)
  const { rows } = await q.query<NamedFeatureRow>(
    `${namedFeature}
      where ($1::text is null or f.kind = $1) and ($2::int is null or f.region_code between $2 and $3)
        and ($4::text is null or position(lower($4) in lower(f.name)) > 0 or position(lower($4) in lower(f.code)) > 0
             or position(lower($4) in lower(coalesce(f.properties->>'formerNames', ''))) > 0
             or position(lower($4) in lower(coalesce(f.properties->>'formerCodes', ''))) > 0
             or exists (select 1 from feature_alias a where a.feature_id = f.id and position(lower($4) in lower(a.code)) > 0))
        and ($5::float8 is null or (f.east >= $5 and f.north >= $6 and f.west <= $7 and f.south <= $8))
        and ($9::int is null or f.id > $9)
      order by f.id limit $10`,
    [
      filter.kind ?? null,
      from,
      to,
      filter.search ?? null,
      filter.box?.west ?? null,
      filter.box?.south ?? null,
      filter.box?.east ?? null,
      filter.box?.north ?? null,
      filter.afterId ?? null,
      filter.limit ?? null,
    ],
  )
  return rows
}

export async function selectFeature(q: Queryable, id: number): Promise<NamedFeatureRow | undefined> {
  const { rows } = await q.query<NamedFeatureRow>(`${namedFeature} where f.id = $1`, [id])
  return rows[0]
}

/** By code, a former code or one that a merger left behind: the feature that carries the matter on today. */
export async function selectFeatureByCode(
  q: Queryable,
  kind: string,
  code: string,
): Promise<FeatureRow | undefined> {
  const { rows } = await q.query<FeatureRow>(
    `select ${featureColumns} from feature where id = coalesce(
       (select id from feature where kind = $1 and code = $2 and not properties ? 'mergedInto'),
       (select feature_id from feature_alias where kind = $1 and code = $2),
       (select id from feature where kind = $1 and code = $2),
       (select id from feature where kind = $1 and properties ? 'formerCodes'
           and properties->'formerCodes' ? $2 and not properties ? 'mergedInto' order by id limit 1))`,
    [kind, code],
  )
  return rows[0]
}

/** Keeps a feature from being merged away or changed in its key until the transaction ends. */
export async function holdFeature(q: Queryable, id: number): Promise<void> {
  await q.query('select 1 from feature where id = $1 for key share', [id])
}

/** Organization of a credit code, made when it is not there. */
export async function ensureEnterpriseOrganization(
  q: Queryable,
  enterprise: { code: string; name: string; regionCode: number },
): Promise<{ id: number; made: boolean }> {
  const { rows } = await q.query<{ id: number; made: boolean }>(
    'select id, made from enterprise_organization($1, $2, $3)',
    [enterprise.code, enterprise.name, enterprise.regionCode],
  )
  return rows[0] as { id: number; made: boolean }
}

export interface FeatureValues {
  readonly code: string
  readonly name: string
  readonly regionCode: number
  readonly ownerId: number
  readonly lon: number | null
  readonly lat: number | null
  readonly geometry: Geometry | null
  readonly box: Box | null
  readonly properties: Record<string, unknown>
  readonly validFrom: string | null
  readonly validTo: string | null
}

function parameters(values: FeatureValues): unknown[] {
  return [
    values.code,
    values.name,
    values.regionCode,
    values.ownerId,
    values.lon,
    values.lat,
    values.geometry === null ? null : JSON.stringify(values.geometry),
    values.box?.west ?? null,
    values.box?.south ?? null,
    values.box?.east ?? null,
    values.box?.north ?? null,
    JSON.stringify(values.properties),
    values.validFrom,
    values.validTo,
  ]
}

export async function insertFeature(
  q: Queryable,
  kind: string,
  values: FeatureValues,
  by: number | null,
): Promise<FeatureRow> {
  const { rows } = await q.query<FeatureRow>(
    `insert into feature (code, name, region_code, owner_id, lon, lat, geometry, west, south, east, north, properties,
                          valid_from, valid_to, kind, updated_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) returning ${featureColumns}`,
    [...parameters(values), kind, by],
  )
  return rows[0] as FeatureRow
}

/** Keeps the present version in the history. */
export async function archiveFeature(q: Queryable, id: number): Promise<void> {
  await q.query(
    `insert into feature_history (feature_id, version, region_code, owner_id, changed_at, changed_by, row)
     select id, version, region_code, owner_id, updated_at, updated_by, to_jsonb(feature) from feature where id = $1`,
    [id],
  )
}

/** Replaces version `version`; undefined when somebody else was first, or the row is not the actor's to change. */
export async function replaceFeature(
  q: Queryable,
  id: number,
  version: number,
  values: FeatureValues,
  by: number | null,
): Promise<FeatureRow | undefined> {
  const { rows } = await q.query<FeatureRow>(
    `update feature set code = $1, name = $2, region_code = $3, owner_id = $4, lon = $5, lat = $6, geometry = $7,
            west = $8, south = $9, east = $10, north = $11, properties = $12, valid_from = $13, valid_to = $14,
            version = version + 1, updated_at = clock_timestamp(), updated_by = $17
      where id = $15 and version = $16 returning ${featureColumns}`,
    [...parameters(values), id, version, by],
  )
  return rows[0]
}

/** A row as it would be stored again. */
export function valuesOf(row: FeatureRow): FeatureValues {
  const { west, south, east, north } = row
  const hasBox = west !== null && south !== null && east !== null && north !== null
  return {
    code: row.code,
    name: row.name,
    regionCode: row.region_code,
    ownerId: row.owner_id,
    lon: row.lon,
    lat: row.lat,
    geometry: row.geometry,
    box: hasBox ? { west, south, east, north } : null,
    properties: row.properties,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }
}

/** Features of a kind that name another by code, locked. */
export async function lockReferring(
  q: Queryable,
  kind: string,
  property: string,
  code: string,
): Promise<FeatureRow[]> {
  const { rows } = await q.query<FeatureRow>(
    `select ${featureColumns} from feature
      where kind = $1 and properties ? $2 and properties->>$2 = $3 order by id for update`,
    [kind, property, code],
  )
  return rows
}

export interface HistoryRow {
  version: number
  changed_at: Date
  changed_by_name: string | null
  row: FeatureRow
}

export async function selectHistory(q: Queryable, id: number): Promise<HistoryRow[]> {
  const { rows } = await q.query<HistoryRow>(
    `select h.version, h.changed_at, u.name as changed_by_name, h.row from feature_history h
       left join app_user u on u.id = h.changed_by where h.feature_id = $1 order by h.version desc`,
    [id],
  )
  return rows
}

export async function userName(q: Queryable, id: number | null): Promise<string | undefined> {
  if (id === null) return undefined
  const { rows } = await q.query<{ name: string }>('select name from app_user where id = $1', [id])
  return rows[0]?.name
}

export async function countByKind(q: Queryable): Promise<Map<string, number>> {
  const { rows } = await q.query<{ kind: string; count: number }>(
    'select kind, count(*)::int as count from feature group by kind',
  )
  return new Map(rows.map((row) => [row.kind, row.count]))
}

export async function selectRegions(q: Queryable): Promise<RegionRow[]> {
  const { rows } = await q.query<RegionRow>(
    'select code, name, level, parent_code, lon, lat, boundary from region order by code',
  )
  return rows
}

/** Names by code, without the boundaries. */
export async function regionNames(q: Queryable): Promise<Map<number, string>> {
  const { rows } = await q.query<Pick<RegionRow, 'code' | 'name'>>('select code, name from region')
  return new Map(rows.map(({ code, name }) => [code, name]))
}

export async function selectRegion(q: Queryable, code: number): Promise<RegionRow | undefined> {
  const { rows } = await q.query<RegionRow>(
    'select code, name, level, parent_code, lon, lat, boundary from region where code = $1',
    [code],
  )
  return rows[0]
}

export async function regionExists(q: Queryable, code: number): Promise<boolean> {
  const { rows } = await q.query('select 1 from region where code = $1', [code])
  return rows.length > 0
}

export async function putRegion(q: Queryable, region: RegionRow): Promise<void> {
  await q.query(
    `insert into region (code, name, level, parent_code, lon, lat, boundary) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (code) do update set name = excluded.name, level = excluded.level, parent_code = excluded.parent_code,
       lon = excluded.lon, lat = excluded.lat, boundary = excluded.boundary, updated_at = now()`,
    [
      region.code,
      region.name,
      region.level,
      region.parent_code,
      region.lon,
      region.lat,
      region.boundary === null ? null : JSON.stringify(region.boundary),
    ],
  )
}
