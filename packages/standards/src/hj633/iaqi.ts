import type { Evaluation, Finding } from '../clause.ts'
import { refusal, success } from '../clause.ts'
import type { AirEdition } from '../gb3095/editions.ts'
import { type AirItem, airItemInfo } from '../gb3095/items.ts'
import { roundHalfEven } from '../gb8170/rounding.ts'
import { type AqiAveraging, aqiClause, type BreakpointRow, breakpointRow, iaqiLevels } from './breakpoints.ts'

/**
 * IAQI of one item: the concentration (µg/m³, CO mg/m³) is rounded by GB/T 8170 to the item's decimals, interpolated
 * between the breakpoints and rounded up. Exact: everything is an integer number of tenths for CO, of units otherwise.
 * null: no valid concentration (NaN, negative), no such table, or above a table that ends early (2012: SO2 1 h, O3 8 h).
 * HJ 633-2012 / HJ 633-2026 4.2.2–4.2.6.
 */
export function iaqi(
  item: AirItem,
  averaging: AqiAveraging,
  concentration: number,
  edition: AirEdition,
): number | null {
  const row = breakpointRow(item, averaging, edition)
  if (row === undefined || !(concentration >= 0)) return null
  return iaqiOfUnits(row, toUnits(item, concentration), edition)
}

/** A concentration as an integer count of its last kept digit. */
export function toUnits(item: AirItem, concentration: number): number {
  const { decimals } = airItemInfo[item]
  const rounded = roundHalfEven(concentration, decimals)
  return decimals === 0 ? rounded : Math.round(rounded * 10)
}

/** IAQI of an already rounded concentration in units (tenths for CO). */
export function iaqiOfUnits(row: BreakpointRow, units: number, edition: AirEdition): number | null {
  const scale = airItemInfo[row.item].decimals === 0 ? 1 : 10
  const segment = segmentOf(row, units, scale)
  if (segment === undefined) return row.above[edition]
  const { low, high, iaqiLow, iaqiHigh } = segment
  return Math.ceil(((iaqiHigh - iaqiLow) * (units - low)) / (high - low)) + iaqiLow
}

interface Segment {
  readonly low: number
  readonly high: number
  readonly iaqiLow: number
  readonly iaqiHigh: number
}

function segmentOf(row: BreakpointRow, units: number, scale: number): Segment | undefined {
  for (let i = 1; i < row.points.length; i++) {
    const high = (row.points[i] as number) * scale
    if (units > high) continue
    const low = (row.points[i - 1] as number) * scale
    return { low, high, iaqiLow: iaqiLevels[i - 1] as number, iaqiHigh: iaqiLevels[i] as number }
  }
  return undefined
}

/** The same with the steps written out, for the trace. */
export function iaqiFinding(
  item: AirItem,
  averaging: AqiAveraging,
  concentration: number,
  edition: AirEdition,
): Finding {
  const clause = aqiClause(edition, '表1', averaging === 'hour' && item.startsWith('pm') ? '4.2.4' : '4.2')
  const name = `IAQI(${airItemInfo[item].zh})`
  const row = breakpointRow(item, averaging, edition)
  const result = iaqi(item, averaging, concentration, edition)
  if (row === undefined || !(concentration >= 0))
    return { rule: name, input: concentration, result: null, clause, formula: 'NA' }
  const units = toUnits(item, concentration)
  const scale = airItemInfo[item].decimals === 0 ? 1 : 10
  const segment = segmentOf(row, units, scale)
  const rounded = units / scale
  const formula =
    segment === undefined
      ? `${rounded} > ${row.points.at(-1)} → ${result ?? '无'}`
      : `(${segment.iaqiHigh}−${segment.iaqiLow})/(${segment.high / scale}−${segment.low / scale})×(${rounded}−${segment.low / scale})+${segment.iaqiLow} → ${result}`
  return { rule: name, input: concentration, result, clause, formula }
}

/** One IAQI as an evaluation. */
export function evaluateIaqi(
  item: AirItem,
  averaging: AqiAveraging,
  concentration: number,
  edition: AirEdition,
): Evaluation<{ iaqi: number }> {
  const clause = aqiClause(edition, '表1', '4.2')
  if (!(concentration >= 0))
    return refusal('invalid-input', clause, { missing: [item], detail: `浓度应为非负数：${concentration}` })
  if (breakpointRow(item, averaging, edition) === undefined)
    return refusal('out-of-scope', clause, { detail: `${item} 没有 ${averaging} 的分指数限值` })
  const finding = iaqiFinding(item, averaging, concentration, edition)
  if (finding.result === null)
    return refusal('out-of-scope', clause, {
      detail:
        item === 'so2' ? 'SO2 1小时浓度高于800，改用日均值分指数' : 'O3 8小时浓度高于800，改用1小时分指数',
    })
  return success({ iaqi: finding.result as number }, [finding])
}
