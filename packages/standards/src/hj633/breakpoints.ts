import { type Clause, clauseOf, standards } from '../clause.ts'
import type { AirEdition } from '../gb3095/editions.ts'
import type { AirItem } from '../gb3095/items.ts'

export type AqiAveraging = 'day' | 'hour' | 'mda8'

/** IAQI at the breakpoints (空气质量分指数级别). */
export const iaqiLevels = [0, 50, 100, 150, 200, 300, 400, 500] as const

/** What a concentration above the last breakpoint gets: a fixed IAQI, or none (the other averaging is used). */
export type AboveTop = number | null

export interface BreakpointRow {
  readonly item: AirItem
  readonly averaging: AqiAveraging
  readonly editions: readonly AirEdition[]
  /** Concentrations at `iaqiLevels`, µg/m³ (CO mg/m³); a shorter row ends early. */
  readonly points: readonly number[]
  readonly above: Readonly<Record<AirEdition, AboveTop>>
}

const OLD: readonly AirEdition[] = ['2012']
const NEW: readonly AirEdition[] = ['2026-transition', '2026-final']
const BOTH: readonly AirEdition[] = [...OLD, ...NEW]

const cap = { '2012': 500, '2026-transition': 500, '2026-final': 500 } as const
/** SO2 1 h above 800: 2012 takes the daily IAQI instead, 2026 fixes 200. */
const so2Above = { '2012': null, '2026-transition': 200, '2026-final': 200 } as const
/** O3 8 h above 800: 2012 takes the 1 h IAQI instead, 2026 fixes 300. */
const o3Above = { '2012': null, '2026-transition': 300, '2026-final': 300 } as const

const pm10Old = [0, 50, 150, 250, 350, 420, 500, 600]
const pm10New = [0, 50, 120, 250, 350, 420, 500, 600]
const pm25Old = [0, 35, 75, 115, 150, 250, 350, 500]
const pm25New = [0, 35, 60, 115, 150, 250, 350, 500]

/**
 * The breakpoint table. The hour rows of PM are the daily breakpoints: HJ 633-2026 4.2.4; the national platform did
 * the same before (2012 edition). HJ 633-2026 has one set of breakpoints and no column for 2031.
 */
export const breakpoints: readonly BreakpointRow[] = [
  {
    item: 'so2',
    averaging: 'day',
    editions: BOTH,
    points: [0, 50, 150, 475, 800, 1600, 2100, 2620],
    above: cap,
  },
  { item: 'so2', averaging: 'hour', editions: BOTH, points: [0, 150, 500, 650, 800], above: so2Above },
  { item: 'no2', averaging: 'day', editions: BOTH, points: [0, 40, 80, 180, 280, 565, 750, 940], above: cap },
  {
    item: 'no2',
    averaging: 'hour',
    editions: BOTH,
    points: [0, 100, 200, 700, 1200, 2340, 3090, 3840],
    above: cap,
  },
  { item: 'co', averaging: 'day', editions: BOTH, points: [0, 2, 4, 14, 24, 36, 48, 60], above: cap },
  { item: 'co', averaging: 'hour', editions: BOTH, points: [0, 5, 10, 35, 60, 90, 120, 150], above: cap },
  {
    item: 'o3',
    averaging: 'hour',
    editions: BOTH,
    points: [0, 160, 200, 300, 400, 800, 1000, 1200],
    above: cap,
  },
  { item: 'o3', averaging: 'mda8', editions: BOTH, points: [0, 100, 160, 215, 265, 800], above: o3Above },
  { item: 'pm10', averaging: 'day', editions: OLD, points: pm10Old, above: cap },
  { item: 'pm10', averaging: 'hour', editions: OLD, points: pm10Old, above: cap },
  { item: 'pm10', averaging: 'day', editions: NEW, points: pm10New, above: cap },
  { item: 'pm10', averaging: 'hour', editions: NEW, points: pm10New, above: cap },
  { item: 'pm25', averaging: 'day', editions: OLD, points: pm25Old, above: cap },
  { item: 'pm25', averaging: 'hour', editions: OLD, points: pm25Old, above: cap },
  { item: 'pm25', averaging: 'day', editions: NEW, points: pm25New, above: cap },
  { item: 'pm25', averaging: 'hour', editions: NEW, points: pm25New, above: cap },
]

/** The row of an item; `day` of ozone means its daily maximum 8 h. */
export function breakpointRow(
  item: AirItem,
  averaging: AqiAveraging,
  edition: AirEdition,
): BreakpointRow | undefined {
  const period = item === 'o3' && averaging === 'day' ? 'mda8' : averaging
  return breakpoints.find(
    (row) => row.item === item && row.averaging === period && row.editions.includes(edition),
  )
}

export function aqiClause(edition: AirEdition, at2012: string, at2026: string): Clause {
  return edition === '2012' ? clauseOf(standards.hj633_2012)(at2012) : clauseOf(standards.hj633_2026)(at2026)
}
