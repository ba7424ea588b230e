/** The registry may change what a city is made of, or the zone class of a station; the roll-up follows. */
import type { Trx } from '../../platform/db/index.ts'
import { deleteAllRolled, knownSignatures, queueMissingDays, storeSignatures } from './requeue.repository.ts'
import { lockRollup, noteChanges } from './rollup.repository.ts'
import { loadTopology, type Topology } from './topology.ts'

/** What of the registry a point's rolled values rest on. */
function signaturesOf(topology: Topology): Map<number, string> {
  const signatures = new Map<number, string>()
  for (const station of topology.stations.values()) signatures.set(station.id, `zone ${station.zoneClass}`)
  for (const city of topology.cities) signatures.set(city.id, `stations ${city.stationIds.join(',')}`)
  return signatures
}

/**
 * Compares the registry with what the roll-up last knew. A new point gets the days that it lacks; of a changed one
 * everything rolled is made again. Called when the queue is empty. Returns the number of days queued.
 */
export async function followRegistry(trx: Trx): Promise<number> {
  const topology = await loadTopology(trx)
  const signatures = signaturesOf(topology)
  const known = await knownSignatures(trx)
  const news = [...signatures].filter(([id, signature]) => known.get(id) !== signature)
  if (news.length === 0) return 0
  await lockRollup(trx)
  const changed = news.map(([id]) => id).filter((id) => known.has(id))
  const changedStations = changed.filter((id) => topology.stations.has(id))
  const changedCities = changed.filter((id) => !topology.stations.has(id))
  // A station's rolled hours come from its minutes, which the registry does not touch.
  await noteChanges(trx, await deleteAllRolled(trx, changedStations, ['day', 'month', 'year']))
  await noteChanges(trx, await deleteAllRolled(trx, changedCities, ['hour', 'day', 'month', 'year']))
  const stationIds = news.map(([id]) => id).filter((id) => topology.stations.has(id))
  let days = stationIds.length === 0 ? 0 : await queueMissingDays(trx, stationIds, 'self')
  for (const city of topology.cities) {
    const isNew = news.some(([id]) => id === city.id)
    if (isNew && city.stationIds.length > 0) days += await queueMissingDays(trx, city.stationIds, city.id)
  }
  await storeSignatures(trx, new Map(news))
  return days
}
