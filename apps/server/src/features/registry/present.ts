import type * as contract from '@shanshui/contract'
import { shanghaiIso } from '../../platform/clock.ts'
import type { NamedFeatureRow } from './registry.table.ts'

/** A feature as it goes over the wire. */
export const presentFeature = (row: NamedFeatureRow): contract.Feature => ({
  id: row.id,
  kind: row.kind,
  code: row.code,
  name: row.name,
  regionCode: row.region_code,
  regionName: row.region_name,
  ownerId: row.owner_id,
  ownerName: row.owner_name,
  lon: row.lon,
  lat: row.lat,
  geometry: row.geometry,
  properties: row.properties,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  version: row.version,
  updatedAt: shanghaiIso(new Date(row.updated_at).getTime()),
})
