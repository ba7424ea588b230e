/** How many units a quarter's draw takes. */
import type { PoolKind } from '@shanshui/contract'
import type { NumberStatus } from './inspection.table.ts'
import type { Settings } from './setting.service.ts'

export interface Quota {
  /** Share of the pool in a quarter; null where officers decide. */
  readonly rate: number | null
  /** Units for an officer in a year; null where a rate decides. */
  readonly officersRatio: number | null
  readonly quota: number
  readonly source: string
  readonly status: NumberStatus
}

/** City codes end in 00. */
export const levelOf = (regionCode: number): 'city' | 'county' => (regionCode % 100 === 0 ? 'city' : 'county')

/** `YYYY-Qn` of a civil day. */
export const quarterOf = (day: string): string =>
  `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`

/** First and last civil day of a quarter. */
export function daysOfQuarter(quarter: string): { from: string; to: string } {
  const [year, n] = [quarter.slice(0, 4), Number(quarter.slice(6))]
  const last = ['03-31', '06-30', '09-30', '12-31'][n - 1]
  return { from: `${year}-${String(n * 3 - 2).padStart(2, '0')}-01`, to: `${year}-${last}` }
}

/**
 * Key and special pools: ⌈rate × N⌉ a quarter. General pool: officers × ratio a year, a quarter of it each quarter;
 * never more than the pool has.
 */
export function quotaOf(
  kind: PoolKind,
  regionCode: number,
  pool: { readonly units: number; readonly officers: number },
  settings: Settings,
): Quota {
  const level = levelOf(regionCode)
  if (kind === 'general') {
    const { value, source, status } = settings.row(`ratio.${level}.general`)
    const quota = Math.min(pool.units, Math.ceil((pool.officers * value) / 4))
    return { rate: null, officersRatio: value, quota, source, status }
  }
  const { value, source, status } = settings.row(`rate.${level}.${kind}`)
  return { rate: value, officersRatio: null, quota: ceilOf(value * pool.units), source, status }
}

/** 0.05 × 140 is 7.000000000000001 in binary: the eighth unit is not asked for. */
const ceilOf = (x: number): number => Math.ceil(Math.round(x * 1e9) / 1e9)
