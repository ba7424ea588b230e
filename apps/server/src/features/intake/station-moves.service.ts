import type { Trx } from '../../platform/db/index.ts'
import { announceIn } from '../../platform/events/index.ts'
import { stationsTopic } from './gateway.ts'
import { appendDecision } from './journal.ts'
import { lockMovedStations, moveStation } from './station-moves.repository.ts'

/**
 * Outlets changed hands or became one: field machines report for the outlet where their device stands now. Journalled,
 * because a replay has to put their frames where they belong.
 */
export async function followOutlets(
  trx: Trx,
  move: {
    readonly outletIds: readonly number[]
    readonly twins: readonly { readonly fromId: number; readonly toId: number }[]
    readonly by: number
    readonly atMs: number
    readonly reason: string
  },
): Promise<void> {
  const { by, atMs, reason, twins } = move
  const points = new Set([...move.outletIds, ...twins.flatMap(({ fromId, toId }) => [fromId, toId])])
  for (const station of await lockMovedStations(trx, [...points], twins)) {
    const { mn, point_id: pointId, region_code: regionCode, owner_id: ownerId, enabled, dialect } = station
    const body = { mn, pointId, regionCode, ownerId, enabled, dialect, kind: 'outlet' as const }
    await appendDecision(trx, { type: 'station', by, atMs, reason, body })
    await moveStation(trx, mn, pointId)
    await announceIn(trx, [{ topic: stationsTopic, data: { mn } }])
  }
}
