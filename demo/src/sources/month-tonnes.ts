import { civilDate, DAY_MS, dayOf, dayStartMs, firstDayOf, HOUR_MS } from '../calendar.ts'
import type { OutletHours } from './outlet-hours.ts'
import type { DemoOutlet } from './outlets.ts'
import { tonnageOf } from './permits.ts'

/** A whole civil month. */
export interface Month {
  readonly year: number
  readonly month: number
  readonly fromMs: number
  readonly toMs: number
}

/** The months that lie whole inside [fromMs, toMs). */
export function wholeMonths(fromMs: number, toMs: number): Month[] {
  const months: Month[] = []
  let { year, month } = civilDate(dayOf(fromMs + DAY_MS - 1))
  for (;;) {
    const from = dayStartMs(firstDayOf(year, month))
    const to = dayStartMs(firstDayOf(year, month + 1))
    if (to > toMs) return months
    if (from >= fromMs) months.push({ year, month, fromMs: from, toMs: to })
    month += 1
    if (month > 12) [year, month] = [year + 1, 1]
  }
}

export const monthText = ({ year, month }: Month): string => `${year}-${String(month).padStart(2, '0')}`

/**
 * Tonnes of an outlet in a month by pollutant, as its own hours have them: concentration × flow of the valid hours, and
 * their mean for the others in which the source worked.
 */
export function monthTonnes(outlet: DemoOutlet, hours: OutletHours, month: Month): Map<string, number> {
  const air = outlet.medium === 'air'
  const found = new Map<string, number>()
  for (const { factor } of outlet.factors) {
    const pollutant = tonnageOf[factor]
    if (pollutant === undefined) continue
    let [sum, valid, working] = [0, 0, 0]
    for (let ms = month.fromMs; ms < month.toMs; ms += HOUR_MS) {
      const given = hours.value(factor, '2061', ms)
      const flow = hours.value(air ? 'a00000' : 'w00000', '2061', ms)?.cou ?? 0
      if (given?.flag === 'F') continue
      working++
      if (given?.flag !== 'N' || given.value === null) continue
      valid++
      sum += given.value * flow
    }
    if (valid > 0) found.set(pollutant, (sum / valid) * working * (air ? 1e-9 : 1e-6))
  }
  return found
}
