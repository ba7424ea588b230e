import type { Feature } from '@shanshui/contract'
import { airItemInfo } from '@shanshui/standards'
import type { Api } from './api.ts'
import { items } from './climate.ts'
import { AIR_CITY, CITY_CODE, peers, stations } from './places.ts'

export interface LoadedPlaces {
  /** feature id of the city's point */
  readonly cityId: number
}

/** Stations, the city's point, peer cities, and the stations' place in the gateway's list. By the analyst. */
export async function loadPlaces(analyst: Api, bureauId: number): Promise<LoadedPlaces> {
  const known = await knownFeatures(analyst)
  const ensure = async (kind: string, code: string, feature: Record<string, unknown>): Promise<number> => {
    const present = known.get(`${kind} ${code}`)
    if (present !== undefined) return present
    const made = await analyst.post<Feature>('/features', { kind, code, ...feature })
    return made.id
  }
  const stationIds: number[] = []
  for (const station of stations) {
    const { code, name, regionCode, lon, lat, mn, address, since } = station
    const properties = {
      mn,
      nationalCode: code,
      siteRole: 'assessment',
      zoneClass: 2,
      cityCode: AIR_CITY.code,
      address,
    }
    // raw hours of a station are seen by who works for its region; the city's figures are public
    const feature = { name, regionCode, ownerId: bureauId, lon, lat, properties, validFrom: since }
    stationIds.push(await ensure('air-station', code, feature))
  }
  const { code, name, lon, lat } = AIR_CITY
  const city = {
    name,
    regionCode: CITY_CODE,
    ownerId: 0,
    lon,
    lat,
    properties: { members: stations.map((s) => s.code) },
  }
  const cityId = await ensure('air-city', code, city)
  for (const peer of peers) {
    await ensure('peer-city', peer.code, { name: peer.name, regionCode: CITY_CODE, ownerId: 0 })
  }
  await enlistStations(analyst, stationIds)
  return { cityId }
}

/** The gateway takes frames only from stations that it knows by MN and password; units are the station's, stated. */
async function enlistStations(analyst: Api, stationIds: readonly number[]): Promise<void> {
  const units = Object.fromEntries(items.map((item) => [airItemInfo[item].code, airItemInfo[item].unit]))
  for (const [i, station] of stations.entries()) {
    await analyst.put(`/gateway/stations/${station.mn}`, {
      pointId: stationIds[i],
      password: station.password,
      dialect: { timeLabel: 'start', units, rtdIntervalS: 30 },
      enabled: true,
      reason: '国控站联网登记',
    })
  }
}

async function knownFeatures(analyst: Api): Promise<Map<string, number>> {
  const { items: features } = await analyst.get<{ items: Feature[] }>('/features?limit=1000')
  return new Map(features.map((feature) => [`${feature.kind} ${feature.code}`, feature.id]))
}
