import type { Geometry } from '@shanshui/contract'

export interface RegionRow {
  code: number
  name: string
  level: 'province' | 'city' | 'county' | 'town' | 'park'
  parent_code: number | null
  lon: number | null
  lat: number | null
  boundary: Geometry | null
}

export interface FeatureRow {
  id: number
  kind: string
  code: string
  name: string
  region_code: number
  owner_id: number
  lon: number | null
  lat: number | null
  geometry: Geometry | null
  west: number | null
  south: number | null
  east: number | null
  north: number | null
  properties: Record<string, unknown>
  valid_from: string | null
  valid_to: string | null
  version: number
  updated_at: Date
  updated_by: number | null
}

/** A feature with the names of its region and owner. */
export interface NamedFeatureRow extends FeatureRow {
  region_name: string | null
  owner_name: string | null
}
