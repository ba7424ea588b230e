import type { RegionInput } from '@shanshui/contract'

const levels = ['province', 'city', 'county', 'town', 'park'] as const

/**
 * The regions of a GeoJSON FeatureCollection whose features have `code`, `name`, `level` and `parentCode`; parents
 * first. Errors: throws with the number of the feature that lacks something.
 */
export function regionsOfGeoJson(document: unknown): (RegionInput & { code: number })[] {
  const features = (document as { features?: unknown }).features
  if (!Array.isArray(features)) throw new Error('FeatureCollection?')
  const regions = features.map(
    (feature: { properties?: Record<string, unknown>; geometry?: unknown }, index) => {
      const { code, name, level, parentCode } = feature.properties ?? {}
      const rank = levels.indexOf(level as (typeof levels)[number])
      if (!Number.isInteger(Number(code)) || typeof name !== 'string' || rank < 0)
        throw new Error(`#${index + 1}: code, name, level`)
      return {
        rank,
        region: {
          code: Number(code),
          name,
          level: levels[rank] ?? 'county',
          parentCode: parentCode === undefined || parentCode === null ? null : Number(parentCode),
          boundary: (feature.geometry ?? null) as RegionInput['boundary'],
        } as RegionInput & { code: number },
      }
    },
  )
  return regions.sort((a, b) => a.rank - b.rank).map(({ region }) => region)
}
