/** Enterprises with what stands below them: outlets, devices, facilities. */
import type { Queryable } from '../../platform/db/index.ts'
import { regionSpan } from '../../platform/region.ts'
import type { FeatureRow } from './registry.table.ts'

export interface OutletFilter {
  readonly ids?: readonly number[]
  readonly enterpriseId?: number | undefined
  readonly enterpriseIds?: readonly number[] | undefined
  /** A city's code covers its counties. */
  readonly regionCode?: number
  readonly medium?: 'air' | 'water'
}

export interface OutletRow extends FeatureRow {
  enterprise_id: number
}

/** Outlets with the id of their enterprise, in order of id; those that a merger ended are left out. */
export async function selectOutlets(q: Queryable, filter: OutletFilter): Promise<OutletRow[]> {
  const [from, to] = regionSpan(filter.regionCode)
  const { rows } = await q.query<OutletRow>(
    `select o.*, e.id as enterprise_id
       from feature o join feature e on e.kind = 'enterprise' and e.code = o.parent_code
      where o.kind = 'outlet' and not o.properties ? 'mergedInto'
        and ($1::int[] is null or o.id = any($1)) and ($2::int is null or e.id = $2)
        and ($3::int is null or o.region_code between $3 and $4)
        and ($6::int[] is null or e.id = any($6))
        and ($5::text is null or o.properties->>'medium' = $5)
      order by o.id`,
    [
      filter.ids ?? null,
      filter.enterpriseId ?? null,
      from,
      to,
      filter.medium ?? null,
      filter.enterpriseIds ?? null,
    ],
  )
  return rows
}

export interface EnterpriseFilter {
  readonly ids?: readonly number[]
  readonly codes?: readonly string[]
  readonly regionCode?: number
  readonly parkCode?: string
  readonly sector?: string
}

/** Enterprises that stand (not merged into another), in order of id. */
export async function selectEnterprises(q: Queryable, filter: EnterpriseFilter): Promise<FeatureRow[]> {
  const [from, to] = regionSpan(filter.regionCode)
  const { rows } = await q.query<FeatureRow>(
    `select * from feature where kind = 'enterprise' and not properties ? 'mergedInto'
        and ($1::int[] is null or id = any($1)) and ($2::text[] is null or code = any($2))
        and ($3::int is null or region_code between $3 and $4)
        and ($5::text is null or properties->>'parkCode' = $5)
        and ($6::text is null or properties->>'sector' = $6)
      order by id`,
    [filter.ids ?? null, filter.codes ?? null, from, to, filter.parkCode ?? null, filter.sector ?? null],
  )
  return rows
}

export interface BelowOutletRow extends FeatureRow {
  outlet_id: number
}

/** Devices or facilities at outlets, in order of id. */
export async function selectBelowOutlets(
  q: Queryable,
  kind: 'monitoring-device' | 'treatment-facility',
  outletIds: readonly number[],
): Promise<BelowOutletRow[]> {
  const { rows } = await q.query<BelowOutletRow>(
    `select d.*, o.id as outlet_id from feature o
       join feature d on d.kind = $2 and d.parent_code = o.code
      where o.kind = 'outlet' and o.id = any($1) order by d.id`,
    [outletIds, kind],
  )
  return rows
}

export interface DeviceVersionRow {
  outlet_id: number
  device_id: number
  version: number
  changed_at: Date
  changed_by: string | null
  properties: Record<string, unknown>
}

/**
 * Every version of the devices at outlets, oldest first: what stands there now and what a changed row held before.
 * A version belongs to the outlet that the device stands at today.
 */
export async function selectDeviceVersions(
  q: Queryable,
  outletIds: readonly number[],
): Promise<DeviceVersionRow[]> {
  const { rows } = await q.query<DeviceVersionRow>(
    `with device as (
       select o.id as outlet_id, d.* from feature o
         join feature d on d.kind = 'monitoring-device' and d.parent_code = o.code
        where o.kind = 'outlet' and o.id = any($1)
     )
     select v.*, u.name as changed_by from (
       select outlet_id, id as device_id, version, updated_at as changed_at, updated_by, properties from device
       union all
       select d.outlet_id, d.id, h.version, h.changed_at, h.changed_by, h.row->'properties'
         from device d join feature_history h on h.feature_id = d.id
     ) v left join app_user u on u.id = v.updated_by
     order by v.device_id, v.version`,
    [outletIds],
  )
  return rows
}
