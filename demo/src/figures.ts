import {
  type AirEdition,
  type AirItem,
  airEditionOn,
  compositeIndex,
  dayAqi,
  excellentDays,
  periodStatistics,
} from '@shanshui/standards'
import { isoDate } from './calendar.ts'
import { cityDays } from './city-days.ts'
import { items } from './climate.ts'
import type { DemoYear } from './year.ts'

export interface AnnualFigures {
  /** rounded annual statistics, particles without sand data */
  readonly rounded: Record<AirItem, number>
  readonly complete: boolean
  readonly index: number
  readonly excellent: number
  readonly valid: number
  readonly ratio: number
}

/**
 * The figures of a year from its raw hours, by the evaluators of the standards package and nothing else: what the
 * platform must find as well. Daily rules follow the date of the day; annual limits the edition of 31 December unless
 * one is asked for.
 */
export function annualFigures(year: Pick<DemoYear, 'plan' | 'hours'>, edition?: AirEdition): AnnualFigures {
  const { plan, hours } = year
  const dates = Array.from({ length: plan.days }, (_, day) => isoDate(plan.firstDay + day))
  const period = { from: dates[0] as string, to: dates.at(-1) as string, kind: 'year' as const }
  const asked = edition ?? airEditionOn(period.to)
  const withSand = byItem((item) => cityDays(plan, item, hours[item]))
  const withoutSand = byItem((item) => cityDays(plan, item, hours[item], true))
  const statistics = periodStatistics({ dates, values: withoutSand }, period, asked)
  const rounded = byItem((item) => statistics[item].rounded)
  const index = compositeIndex(
    byItem((item) => statistics[item].evaluated),
    asked,
  )
  if (!index.ok) throw new Error(`demo ${plan.year}: no index, ${index.missing.join(', ')} missing`)
  const days = dates.map((date, day) => {
    const values = byItem((item) => orNull(withSand[item][day] as number))
    return { date, aqi: dayAqi(values, edition ?? airEditionOn(date)).aqi, sand: plan.sandDays.has(day) }
  })
  const { numerator, denominator, ratio } = excellentDays(days)
  return {
    rounded,
    complete: items.every((item) => statistics[item].complete),
    index: index.value.index,
    excellent: numerator,
    valid: denominator,
    ratio,
  }
}

function byItem<T>(make: (item: AirItem) => T): Record<AirItem, T> {
  return Object.fromEntries(items.map((item) => [item, make(item)])) as Record<AirItem, T>
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value
}
