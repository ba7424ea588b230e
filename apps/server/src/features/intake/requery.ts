/** Automatic 补传: asks connected stations for hours that are missing through a fault of line or platform. */
import type { Deps } from '../../platform/deps.ts'
import { insertRequery, type RequeryRow, requeries } from './command.repository.ts'
import { missingHours } from './missing-hours.service.ts'
import { requeryReasons } from './missing-reason.ts'
import type { ValueReader } from './series-door.ts'

const hourMs = 3_600_000
/** How far back the platform asks by itself. */
const lookBackHours = 72
const maxAttempts = 5
const firstCooldownMs = 30 * 60_000

/** May this hour be asked for again? The wait doubles with each attempt; after five the platform stops asking. */
export function mayAsk(before: Pick<RequeryRow, 'attempts' | 'lastMs'> | undefined, nowMs: number): boolean {
  if (before === undefined) return true
  if (before.attempts >= maxAttempts) return false
  return nowMs - before.lastMs >= firstCooldownMs * 2 ** (before.attempts - 1)
}

/** Runs of consecutive hours, each one command. */
export function consecutive(hours: readonly number[]): number[][] {
  const runs: number[][] = []
  for (const hour of hours) {
    const run = runs.at(-1)
    if (run !== undefined && hour - (run.at(-1) as number) === hourMs) run.push(hour)
    else runs.push([hour])
  }
  return runs
}

/** Queues commands for missing hours of the connected stations. @returns number of hours asked for */
export async function requeryMissing(
  deps: Deps,
  series: ValueReader,
  connected: readonly string[],
): Promise<number> {
  if (connected.length === 0) return 0
  const nowMs = deps.clock.now()
  const fromMs = Math.floor(nowMs / hourMs) * hourMs - lookBackHours * hourMs
  const online = new Set(connected)
  const grid = await missingHours(deps.db.pool, series, { fromMs, hours: lookBackHours, nowMs })
  const asked = new Map((await requeries(deps.db.pool, fromMs)).map((r) => [`${r.mn}|${r.hourMs}`, r]))
  let count = 0
  for (const station of grid.stations) {
    const { mn } = station
    if (mn === null || !online.has(mn)) continue
    const wanted = station.reasons.flatMap((reason, i) => {
      const hour = fromMs + i * hourMs
      return requeryReasons.has(reason) && mayAsk(asked.get(`${mn}|${hour}`), nowMs) ? [hour] : []
    })
    for (const run of consecutive(wanted)) {
      await deps.db.transaction((trx) => insertRequery(trx, mn, run, nowMs))
      count += run.length
    }
  }
  if (count > 0) deps.log.info({ event: 'gateway.requery', hours: count }, 'missing hours asked for')
  return count
}
