/** The step of the roll-up from minute rows to hours, for points of any kind. */
import type { Trx } from '../../platform/db/index.ts'
import { dayMs, hourMs } from './civil-time.ts'
import { internLayout } from './layout.repository.ts'
import type { RolledHour } from './rollup.hours.ts'
import { deleteRolled, rollMinutes, upsertRolled } from './rollup.repository.ts'
import type { ObservationRow, RolledChange } from './series.table.ts'

/** Point-hours of minutes held at once: bounds the memory. */
const pointHoursPerRead = 2_000

/** Minutes → hours of any point, whatever its kind. */
export async function rollHours(
  trx: Trx,
  hours: ReadonlyMap<number, ReadonlySet<number>>,
): Promise<RolledChange[]> {
  const rolled: RolledHour[] = []
  for (const { pointIds, fromMs, toMs } of hourReads(hours)) {
    const read = await rollMinutes(trx, pointIds, fromMs, toMs)
    rolled.push(...read.filter((hour) => hours.get(hour.pointId)?.has(hour.startMs)))
  }
  if (rolled.length === 0) return []
  const rows: ObservationRow[] = []
  const layoutIds = new Map<string, number>()
  for (const hour of rolled) {
    const key = hour.factors.join('\n')
    const layoutId = layoutIds.get(key) ?? (await internLayout(trx, hour.factors, 'rolled'))
    layoutIds.set(key, layoutId)
    rows.push({ ...hour, layoutId })
  }
  const changed = await upsertRolled(trx, 'hour', rows)
  const removed = await deleteRolled(trx, 'hour', 'rolled', rows)
  return [...changed, ...removed].map(({ pointId, startMs }) => ({
    period: 'hour' as const,
    pointId,
    startMs,
  }))
}

/** Few points: each its own stretch. Many points in the same hours: one read for all of them. */
function hourReads(
  hours: ReadonlyMap<number, ReadonlySet<number>>,
): { pointIds: number[]; fromMs: number; toMs: number }[] {
  const byHour = new Map<number, number[]>()
  for (const [pointId, starts] of hours) {
    for (const start of starts) {
      const pointIds = byHour.get(start)
      if (pointIds === undefined) byHour.set(start, [pointId])
      else pointIds.push(pointId)
    }
  }
  const reads: { pointIds: number[]; fromMs: number; toMs: number }[] = []
  for (const startMs of [...byHour.keys()].sort((a, b) => a - b)) {
    const pointIds = byHour.get(startMs) ?? []
    const last = reads.at(-1)
    const joins = last !== undefined && last.toMs === startMs && sameMembers(last.pointIds, pointIds)
    if (
      joins &&
      ((last.toMs - last.fromMs) / hourMs) * pointIds.length < pointHoursPerRead &&
      last.toMs - last.fromMs < dayMs
    )
      last.toMs = startMs + hourMs
    else reads.push({ pointIds, fromMs: startMs, toMs: startMs + hourMs })
  }
  return reads
}

function sameMembers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i])
}
