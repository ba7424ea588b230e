import type { ZoneClass } from '@shanshui/standards'
import type { Queryable } from '../../platform/db/index.ts'
import { assessmentStationsOf, listPoints, type Point } from '../registry/index.ts'

export interface Station {
  readonly id: number
  readonly regionCode: number
  readonly ownerId: number
  readonly zoneClass: ZoneClass
}
export interface City {
  readonly id: number
  readonly regionCode: number
  readonly ownerId: number
  /** Assessment stations (评价点): those whose values make the city's, and how many should report. */
  readonly stationIds: readonly number[]
}

/** Which points are air stations and which cities they belong to; what the roll-up needs of the registry. */
export interface Topology {
  readonly stations: ReadonlyMap<number, Station>
  readonly cities: readonly City[]
}

export async function loadTopology(q: Queryable): Promise<Topology> {
  const [stations, cities] = [
    await listPoints(q, { kind: 'air-station' }),
    await listPoints(q, { kind: 'air-city' }),
  ]
  const members: City[] = []
  for (const city of cities) {
    const own = await assessmentStationsOf(q, city.id)
    members.push({ ...scopeOf(city), stationIds: own.map((station) => station.id).sort((a, b) => a - b) })
  }
  return {
    stations: new Map(stations.map((s) => [s.id, { ...scopeOf(s), zoneClass: zoneOf(s) }])),
    cities: members,
  }
}

function scopeOf(point: Point): { id: number; regionCode: number; ownerId: number } {
  return { id: point.id, regionCode: point.regionCode, ownerId: point.ownerId }
}

function zoneOf(point: Point): ZoneClass {
  return point.properties.zoneClass === 1 ? 1 : 2
}
