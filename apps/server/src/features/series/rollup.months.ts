/** Days to months and years: pure. Means of the daily values, complete or not by GB 3095 table 4. */
import { type AirItem, airEditionOn, airItems, periodStatistics } from '@shanshui/standards'
import { dateOf, dayMs, nextStart, startsBetween } from './civil-time.ts'
import { type DaysOfPoint, extremesOf, rolledRow } from './rollup.days.ts'
import type { ObservationRow } from './series.table.ts'

/**
 * The row of a month or year of a point from its days. vals = mean of the daily values so far, unrounded;
 * flag N when the data requirement of the whole period is met, I until then; cous = valid days.
 * Undefined without a single day.
 */
export function rollPeriod(
  point: { id: number; regionCode: number; ownerId: number },
  days: DaysOfPoint,
  unit: 'month' | 'year',
  startMs: number,
  layoutId: number,
): ObservationRow | undefined {
  const endMs = nextStart(unit, startMs)
  const dates: string[] = []
  const values: Record<AirItem, number[]> = { pm25: [], pm10: [], o3: [], no2: [], so2: [], co: [] }
  let msg = 0n
  for (const dayStart of startsBetween('day', startMs, endMs)) {
    const day = days.get(dayStart)
    if (day === undefined) continue
    dates.push(dateOf(dayStart))
    for (const [i, item] of airItems.entries()) values[item].push(day.values[i] ?? Number.NaN)
    if (day.msg > msg) msg = day.msg
  }
  if (dates.length === 0) return undefined
  const [from, to] = [dateOf(startMs), dateOf(endMs - dayMs)]
  const statistics = periodStatistics({ dates, values }, { from, to, kind: unit }, airEditionOn(to))
  const row = rolledRow(
    { pointId: point.id, regionCode: point.regionCode, ownerId: point.ownerId, startMs, msg },
    layoutId,
    airItems.map((item) => statistics[item].mean),
    airItems.map((item) => statistics[item].validDays),
    airItems.map((item) => extremesOf(values[item])),
  )
  return { ...row, flags: airItems.map((item) => (statistics[item].complete ? 'N' : 'I')).join('') }
}
