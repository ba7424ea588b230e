/** Days of one outlet: means, masses with what stands in, exceedance. */
import type { OutletDay } from '@shanshui/contract'
import { waterDayValid } from '@shanshui/standards'
import type { Actor } from '../../platform/actor.ts'
import type { Deps } from '../../platform/deps.ts'
import { dateOf, listOf } from '../series/index.ts'
import { dayRows, type StoredDay } from './day.repository.ts'
import { limitsById, outletLayouts } from './limit.repository.ts'
import { substitutedDays } from './month-mass.ts'
import { visibleOutlet } from './source.policy.ts'
import { isPollutant, type LimitRow } from './source.table.ts'
import { orNull, rangeOf } from './source-range.ts'

const longestDays = 400

export async function outletDays(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  id: number,
  query: { from: string; to: string; factors?: string },
): Promise<{ items: OutletDay[] }> {
  const { fromMs, toMs } = rangeOf(query.from, query.to, longestDays)
  return deps.db.asActor(actor, async (trx) => {
    const outlet = await visibleOutlet(trx, id)
    const wanted = listOf(query.factors) ?? outlet.factors.filter(isPollutant).toSorted()
    const rows = await dayRows(trx, [id], dateOf(fromMs), dateOf(toMs - 1))
    const layouts = await outletLayouts(trx)
    const limits = await limitsById(
      trx,
      rows.flatMap((row) => row.limits),
    )
    const masses = await substitutedDays(trx, outlet, fromMs, toMs)
    const items: OutletDay[] = []
    for (const row of rows)
      for (const factor of wanted) {
        const f = layouts.get(row.layout)?.indexOf(factor) ?? -1
        if (f >= 0) items.push(presentDay(row, factor, f, outlet.medium, limits, masses))
      }
    return { items }
  })
}

function presentDay(
  row: StoredDay,
  factor: string,
  f: number,
  medium: 'air' | 'water',
  limits: ReadonlyMap<number, LimitRow>,
  masses: ReadonlyMap<string, { kg: number; substitutedKg: number; method: string }>,
): OutletDay {
  const mass = masses.get(`${factor}/${row.day}`)
  const validHours = row.valid_hours[f] as number
  const dueHours = row.due_hours[f] as number
  const mean = row.means[f] as number
  return {
    date: row.day,
    factor,
    value: orNull(mean),
    valid: medium === 'air' ? !Number.isNaN(mean) : waterDayValid(validHours, dueHours),
    validHours,
    dueHours,
    massKg: orNull(mass?.kg ?? (row.masses[f] as number)),
    substitutedKg: mass?.substitutedKg ?? 0,
    substitution: mass !== undefined && mass.substitutedKg > 0 ? mass.method : null,
    limit: limits.get(row.limits[f] ?? 0)?.value ?? null,
    exceeded: (row.over_hours[f] as number) > 0,
  }
}
