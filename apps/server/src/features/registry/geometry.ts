/** Boxes and shapes of GeoJSON (RFC 7946), and its validity as far as a map needs it. */
import type { Geometry } from '@shanshui/contract'

export interface Box {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

/** How deep the coordinates of each type nest: a point is one position, a polygon a list of lists of positions. */
const depths: Readonly<Record<Geometry['type'], number>> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
}

function* positions(coordinates: unknown, depth: number): Generator<readonly [number, number]> {
  if (!Array.isArray(coordinates)) throw new RangeError('坐标应为数组')
  if (depth > 0) {
    if (coordinates.length === 0) throw new RangeError('坐标为空')
    for (const part of coordinates) yield* positions(part, depth - 1)
    return
  }
  const [lon, lat] = coordinates as unknown[]
  if (typeof lon !== 'number' || typeof lat !== 'number') throw new RangeError('经纬度应为数字')
  if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) throw new RangeError(`经纬度超出范围：${lon}, ${lat}`)
  yield [lon, lat]
}

function checkRings(polygon: unknown): void {
  for (const ring of polygon as number[][][]) {
    const [first, last] = [ring[0], ring.at(-1)]
    if (ring.length < 4 || first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) {
      throw new RangeError('多边形的环至少四点，且首尾相同')
    }
  }
}

/** Box of a geometry. Errors: RangeError with the reason when it is not valid GeoJSON. */
export function boxOf(geometry: Geometry): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [lon, lat] of positions(geometry.coordinates, depths[geometry.type])) {
    west = Math.min(west, lon)
    east = Math.max(east, lon)
    south = Math.min(south, lat)
    north = Math.max(north, lat)
  }
  if (geometry.type === 'Polygon') checkRings(geometry.coordinates)
  if (geometry.type === 'MultiPolygon') for (const polygon of geometry.coordinates) checkRings(polygon)
  return { west, south, east, north }
}

export const centreOf = (box: Box): { lon: number; lat: number } => ({
  lon: (box.west + box.east) / 2,
  lat: (box.south + box.north) / 2,
})

/** `west,south,east,north`. */
export function parseBox(text: string): Box {
  const [west = 0, south = 0, east = 0, north = 0] = text.split(',').map(Number)
  return { west, south, east, north }
}
