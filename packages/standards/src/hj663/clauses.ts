import { type Clause, type Configurable, clauseOf, standards } from '../clause.ts'
import type { AirEdition } from '../gb3095/editions.ts'
import type { AirItem } from '../gb3095/items.ts'

/** Cites HJ 663 of the edition. The topic stands where the clause number is not public. */
export function statisticsClause(edition: AirEdition, topic: string): Clause {
  return clauseOf(edition === '2012' ? standards.hj663_2013 : standards.hj663_2026)(topic)
}

export type PercentileRank = 90 | 95 | 98

/** The daily percentile of the annual evaluation: SO2, NO2 P98; PM P95; CO P95; O3 (MDA8) P90. */
export const annualPercentile: Readonly<Record<AirItem, PercentileRank>> = {
  pm25: 95,
  pm10: 95,
  o3: 90,
  no2: 98,
  so2: 98,
  co: 95,
}

/** What the composite index and the count of compliant cities use: the mean, or the percentile for CO and O3. */
export const evaluatedStatistic: Readonly<Record<AirItem, 'mean' | 'percentile'>> = {
  pm25: 'mean',
  pm10: 'mean',
  o3: 'percentile',
  no2: 'mean',
  so2: 'mean',
  co: 'percentile',
}

export interface StatisticDecimals {
  /** Means and percentiles as published. */
  readonly statistic: number
  /** The value that is compared with the limit. */
  readonly compliance: number
}

/**
 * Decimals of month, quarter and year values. HJ 663-2013: as the daily data. HJ 663-2026 may keep one more for the
 * published statistic; the compared value keeps the daily decimals (its text was not available).
 */
export const statisticDecimals: Readonly<
  Record<AirEdition, Configurable<{ readonly microgram: StatisticDecimals; readonly co: StatisticDecimals }>>
> = {
  '2012': {
    value: { microgram: { statistic: 0, compliance: 0 }, co: { statistic: 1, compliance: 1 } },
    source: 'HJ 663-2013 数据修约',
    status: 'unverified',
  },
  '2026-transition': {
    value: { microgram: { statistic: 1, compliance: 0 }, co: { statistic: 2, compliance: 1 } },
    source: 'HJ 663-2026 数据修约（第三方软件）',
    status: 'unverified',
  },
  '2026-final': {
    value: { microgram: { statistic: 1, compliance: 0 }, co: { statistic: 2, compliance: 1 } },
    source: 'HJ 663-2026 数据修约（第三方软件）',
    status: 'unverified',
  },
}

export function decimalsFor(edition: AirEdition, item: AirItem): StatisticDecimals {
  const row = statisticDecimals[edition].value
  return item === 'co' ? row.co : row.microgram
}

/** Decimals of exceedance multiple (超标倍数) and compliance rate in % (达标率). */
export const multipleDecimals: Configurable<number> = {
  value: 2,
  source: 'HJ 663-2013 数据修约',
  status: 'unverified',
}
export const rateDecimals: Configurable<number> = {
  value: 1,
  source: 'HJ 663-2013 数据修约',
  status: 'unverified',
}

/** Share of stations that must be valid for a city value. */
export const cityValidity: Configurable<{
  readonly share: readonly [number, number]
  readonly smallBelow: number
  readonly smallShare: readonly [number, number]
}> = {
  value: { share: [3, 4], smallBelow: 4, smallShare: [1, 2] },
  source: 'HJ 663-2013 城市评价有效性',
  status: 'unverified',
}

/** Ozone: valid 8 h windows a day needs, of the 17 windows at labels 8…24. HJ 663 6.1.2. */
export const ozoneWindows = { firstLabel: 8, lastLabel: 24, needed: 14 } as const
