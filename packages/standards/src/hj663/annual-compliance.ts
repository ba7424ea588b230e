import { type Configurable, type Evaluation, type Finding, refusal, success } from '../clause.ts'
import type { AirEdition } from '../gb3095/editions.ts'
import { type AirItem, airItemInfo, airItems } from '../gb3095/items.ts'
import { airLimit, type ZoneClass } from '../gb3095/limits.ts'
import { roundHalfEven } from '../gb8170/rounding.ts'
import type { AirValues } from '../hj633/aqi.ts'
import { annualPercentile, evaluatedStatistic, statisticsClause } from './clauses.ts'
import { judge } from './compliance.ts'

/**
 * every-statistic: annual means and the P98/P95/P90 against the daily limits, all six items. ministry: annual means of
 * SO2, NO2, PM10, PM2.5, P95 of CO and P90 of O3 only.
 */
export type ComplianceScope = 'every-statistic' | 'ministry'

/** Which scope national bulletins count compliant cities by. */
export const cityCountScope: Configurable<ComplianceScope> = {
  value: 'ministry',
  source: '全国公报达标城市统计口径',
  status: 'unverified',
}

export interface AnnualFigure {
  /** Annual mean and percentile, unrounded; NaN where there is none. */
  readonly mean: number
  readonly percentile: number
}

export interface AnnualJudgement {
  readonly item: AirItem
  readonly statistic: string
  readonly value: number
  readonly limit: number
  readonly meets: boolean
  readonly multiple: number
}

export interface AnnualCompliance {
  readonly meets: boolean
  readonly judged: readonly AnnualJudgement[]
  /** Items that exceed, the largest exceedance multiple first. */
  readonly exceeding: readonly AirItem[]
}

/**
 * Whether a site or city meets the annual standard: all judged statistics of all six items meet their limits after
 * rounding. Refused when a judged statistic is missing. HJ 663.
 */
export function annualCompliance(
  figures: Readonly<Record<AirItem, AnnualFigure>>,
  edition: AirEdition,
  zoneClass: ZoneClass = 2,
  scope: ComplianceScope = 'every-statistic',
): Evaluation<AnnualCompliance> {
  const clause = statisticsClause(edition, '年评价')
  const judged: AnnualJudgement[] = []
  const trace: Finding[] = []
  const missing: string[] = []
  for (const { item, statistic, averaging, value } of judgedStatistics(figures, edition, zoneClass, scope)) {
    const outcome = judge(item, averaging, value, edition, zoneClass)
    if (!outcome.ok) {
      missing.push(`${item} ${statistic}`)
      continue
    }
    judged.push({ item, statistic, ...outcome.value })
    const shown = `${airItemInfo[item].zh} ${statistic}`
    trace.push(...outcome.trace.map((finding) => ({ ...finding, rule: `${shown} ${finding.rule}` })))
  }
  if (missing.length > 0) return refusal('insufficient-data', clause, { missing })
  const worst = judged.filter(({ meets }) => !meets).toSorted((a, b) => b.multiple - a.multiple)
  const exceeding = [...new Set(worst.map(({ item }) => item))]
  const meets = exceeding.length === 0
  trace.push({ rule: '年评价', input: scope, result: meets ? '达标' : '不达标', clause })
  return success({ meets, judged, exceeding }, trace)
}

interface JudgedStatistic {
  readonly item: AirItem
  readonly statistic: string
  readonly averaging: 'year' | 'day'
  readonly value: number
}

function judgedStatistics(
  figures: Readonly<Record<AirItem, AnnualFigure>>,
  edition: AirEdition,
  zoneClass: ZoneClass,
  scope: ComplianceScope,
): JudgedStatistic[] {
  return airItems.flatMap((item) => {
    const list: JudgedStatistic[] = []
    const rank = `P${annualPercentile[item]}`
    if (airLimit(edition, item, 'year', zoneClass) !== undefined)
      list.push({ item, statistic: '年平均', averaging: 'year', value: figures[item].mean })
    if (scope === 'every-statistic' || evaluatedStatistic[item] === 'percentile')
      list.push({ item, statistic: rank, averaging: 'day', value: figures[item].percentile })
    return list
  })
}

/**
 * Whether a day meets the standard (达标): every available daily item is at most its limit after rounding. Not the same
 * as AQI ≤ 100: from 2031 a PM2.5 of 55 exceeds the daily limit 50 while its IAQI is below 100; class-1 areas differ
 * today. null when no item is available. GB 3095 table 1.
 */
export function dayMeets(values: AirValues, edition: AirEdition, zoneClass: ZoneClass = 2): boolean | null {
  const available = airItems.filter((item) => values[item] !== null && !Number.isNaN(values[item]))
  if (available.length === 0) return null
  return available.every((item) => {
    const limit = airLimit(edition, item, 'day', zoneClass)
    return limit === undefined || roundHalfEven(values[item] as number, airItemInfo[item].decimals) <= limit
  })
}
