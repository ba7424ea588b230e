import type { FeatureCollection } from '@shanshui/contract'

export interface Bounds {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

/** A point on the map with what is written in it. */
export interface MapPlace {
  readonly id: number
  readonly name: string
  readonly lon: number
  readonly lat: number
  /** Short text in the marker, mostly an AQI. */
  readonly text: string
  /** Official colour of the grade; `undefined`: no grade. */
  readonly colour: string | undefined
  readonly dark: boolean
  /** The grade in words, for those who do not see the colour. */
  readonly words: string
  /** Tooltip: name and grade. */
  readonly label: string
}

/** Every ring of a region's polygons as lists of positions. */
export function ringsOf(geometry: FeatureCollection['features'][number]['geometry']): [number, number][][] {
  if (geometry === null) return []
  if (geometry.type === 'Polygon') return geometry.coordinates as [number, number][][]
  if (geometry.type === 'MultiPolygon') return (geometry.coordinates as [number, number][][][]).flat()
  return []
}

export function boundsOf(regions: FeatureCollection, places: readonly MapPlace[]): Bounds | undefined {
  let west = Infinity
  let south = Infinity
  let east = -Infinity
  let north = -Infinity
  const take = (lon: number, lat: number): void => {
    west = Math.min(west, lon)
    east = Math.max(east, lon)
    south = Math.min(south, lat)
    north = Math.max(north, lat)
  }
  for (const feature of regions.features) {
    for (const ring of ringsOf(feature.geometry)) for (const [lon, lat] of ring) take(lon, lat)
  }
  for (const place of places) take(place.lon, place.lat)
  return west <= east && south <= north ? { west, south, east, north } : undefined
}

const LEAST_SPAN_DEGREES = 0.3

/** What is seen first: the places with room around them; without places the whole region. */
export function firstView(regions: FeatureCollection, places: readonly MapPlace[]): Bounds | undefined {
  const near = boundsOf({ type: 'FeatureCollection', features: [] }, places)
  if (near === undefined) return boundsOf(regions, places)
  const x = Math.max(LEAST_SPAN_DEGREES, near.east - near.west) * 0.35
  const y = Math.max(LEAST_SPAN_DEGREES, near.north - near.south) * 0.35
  return { west: near.west - x, south: near.south - y, east: near.east + x, north: near.north + y }
}

/** Label point of a region: given, else the middle of its box. */
export function labelPoint(feature: FeatureCollection['features'][number]): [number, number] | undefined {
  const { lon, lat } = feature.properties
  if (typeof lon === 'number' && typeof lat === 'number') return [lon, lat]
  const box = boundsOf({ type: 'FeatureCollection', features: [feature] }, [])
  return box === undefined ? undefined : [(box.west + box.east) / 2, (box.south + box.north) / 2]
}
