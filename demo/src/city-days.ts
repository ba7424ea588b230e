import { type AirItem, airEditionOn, airLimit, cityMean, dayMean, mda8 } from '@shanshui/standards'
import { isoDate } from './calendar.ts'
import { hourIndex, type ItemHours } from './hours.ts'
import { stations } from './places.ts'
import type { YearPlan } from './plan.ts'

/**
 * Daily values of the city from raw station hours, by the evaluators of the standards package alone (HJ 663): station
 * day first, then the mean of the valid stations. NaN where the city has no valid value. With `withoutSand` the
 * particles lose the hours of sand weather (环办监测〔2016〕120号).
 */
export function cityDays(plan: YearPlan, item: AirItem, hours: ItemHours, withoutSand = false): Float64Array {
  const values = new Float64Array(plan.days)
  const sites = new Float64Array(stations.length)
  const particles = item === 'pm25' || item === 'pm10'
  for (let day = 0; day < plan.days; day++) {
    const limit = airLimit(airEditionOn(isoDate(plan.firstDay + day)), 'o3', 'mda8', 2) ?? Number.NaN
    for (let s = 0; s < stations.length; s++) {
      const from = hourIndex(plan, s, day * 24)
      let hours24 = hours.subarray(from, from + 24)
      if (withoutSand && particles && plan.sandDays.has(day)) hours24 = withoutSandHours(plan, day, hours24)
      sites[s] = item === 'o3' ? mda8(hours24, limit).value : dayMean(hours24).value
    }
    const city = cityMean(sites, stations.length)
    values[day] = city.valid ? city.value : Number.NaN
  }
  return values
}

function withoutSandHours(plan: YearPlan, day: number, hours24: Float64Array): Float64Array {
  const kept = hours24.slice()
  for (const { fromHour, toHour } of plan.sand) {
    for (let hour = Math.max(0, fromHour - day * 24); hour < Math.min(24, toHour - day * 24); hour++) {
      kept[hour] = Number.NaN
    }
  }
  return kept
}
