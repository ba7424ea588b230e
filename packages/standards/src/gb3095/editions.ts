import { standards } from '../clause.ts'

/** Rule sets of ambient air: limits, AQI and statistics change together. */
export const airEditions = ['2012', '2026-transition', '2026-final'] as const
export type AirEdition = (typeof airEditions)[number]

export interface AirEditionInfo {
  readonly edition: AirEdition
  readonly zh: string
  readonly en: string
  readonly from: string
  readonly to: string | null
  readonly limits: string
  readonly aqi: string
  readonly statistics: string
}

/** Which standards hold for data of which date. GB 3095-2026 4.4: transition limits 2026-03-01 to 2030-12-31. */
export const airEditionInfo: readonly AirEditionInfo[] = [
  {
    edition: '2012',
    zh: 'GB 3095-2012（含2018年修改单）',
    en: 'GB 3095-2012 with the 2018 amendment',
    from: '2016-01-01',
    to: '2026-02-28',
    limits: standards.gb3095_2012.id,
    aqi: standards.hj633_2012.id,
    statistics: standards.hj663_2013.id,
  },
  {
    edition: '2026-transition',
    zh: 'GB 3095-2026 过渡阶段',
    en: 'GB 3095-2026, transition stage',
    from: '2026-03-01',
    to: '2030-12-31',
    limits: standards.gb3095_2026.id,
    aqi: standards.hj633_2026.id,
    statistics: standards.hj663_2026.id,
  },
  {
    edition: '2026-final',
    zh: 'GB 3095-2026',
    en: 'GB 3095-2026, final limits',
    from: '2031-01-01',
    to: null,
    limits: standards.gb3095_2026.id,
    aqi: standards.hj633_2026.id,
    statistics: standards.hj663_2026.id,
  },
]

const DATE = /^\d{4}-\d{2}-\d{2}/

/**
 * The rule set in force on the date of the datum (YYYY-MM-DD, a longer ISO time is accepted), not on today's date.
 * Dates before 2016 belong to the pilot cities of GB 3095-2012 and get '2012'. Throws RangeError on other text.
 */
export function airEditionOn(date: string): AirEdition {
  if (!DATE.test(date)) throw new RangeError(`date must be YYYY-MM-DD, got "${date}"`)
  const day = date.slice(0, 10)
  if (day < '2026-03-01') return '2012'
  return day < '2031-01-01' ? '2026-transition' : '2026-final'
}

export function isAirEdition(value: unknown): value is AirEdition {
  return typeof value === 'string' && (airEditions as readonly string[]).includes(value)
}
