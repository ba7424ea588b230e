import type { Queryable } from '../../platform/db/index.ts'

export interface ObjectRow {
  readonly id: number
  readonly kind: string
  readonly name: string
  readonly regionCode: number
  readonly ownerId: number
  readonly lon: number | null
  readonly lat: number | null
  /** The enterprise that it stands below, when it does. */
  readonly enterpriseId: number | null
}

/** A thing of the registry as the caller sees it, with the enterprise above it (directly, or above its outlet). */
export async function objectById(q: Queryable, id: number): Promise<ObjectRow | undefined> {
  const { rows } = await q.query<ObjectRow>(
    `select f.id, f.kind, f.name, f.region_code as "regionCode", f.owner_id as "ownerId",
            coalesce(f.lon, e.lon, o.lon) as lon, coalesce(f.lat, e.lat, o.lat) as lat,
            coalesce(e.id, e2.id) as "enterpriseId"
       from feature f
       left join feature e on e.kind = 'enterprise' and e.code = f.parent_code
       left join feature o on o.kind = 'outlet' and o.code = f.parent_code
       left join feature e2 on e2.kind = 'enterprise' and e2.code = o.parent_code
      where f.id = $1`,
    [id],
  )
  return rows[0]
}

/** Where a thing of the registry lies, WGS 84; null where it is not known. */
export async function placeOfFeature(
  q: Queryable,
  featureId: number | null,
): Promise<{ lon: number; lat: number } | null> {
  const row = featureId === null ? undefined : await objectById(q, featureId)
  if (row === undefined || row.lon === null || row.lat === null) return null
  return { lon: row.lon, lat: row.lat }
}
