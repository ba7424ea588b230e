import { type Clause, clauseOf, standards } from '../clause.ts'
import type { AirEdition } from './editions.ts'
import type { AirItem } from './items.ts'

export type ZoneClass = 1 | 2
export type Averaging = 'year' | 'day' | 'hour' | 'mda8'
export type OtherAirItem = 'tsp' | 'nox' | 'pb' | 'bap'

export interface LimitRow<Item extends string, Period extends string> {
  readonly item: Item
  readonly averaging: Period
  readonly unit: 'µg/m³' | 'mg/m³'
  /** [class 1, class 2] (一级, 二级). */
  readonly limits: Readonly<Record<AirEdition, readonly [number, number]>>
}

const at2012 = clauseOf(standards.gb3095_2012)
const at2026 = clauseOf(standards.gb3095_2026)

/** Table 1, basic items. A 2012 row, a transition row and a final row side by side, as [class 1, class 2]. */
export const basicLimits: readonly LimitRow<AirItem, Averaging>[] = [
  row('so2', 'year', 'µg/m³', [20, 60], [20, 60], [20, 20]),
  row('so2', 'day', 'µg/m³', [50, 150], [50, 150], [50, 50]),
  row('so2', 'hour', 'µg/m³', [150, 500], [150, 500], [150, 150]),
  row('no2', 'year', 'µg/m³', [40, 40], [40, 40], [30, 30]),
  row('no2', 'day', 'µg/m³', [80, 80], [80, 80], [50, 50]),
  row('no2', 'hour', 'µg/m³', [200, 200], [200, 200], [200, 200]),
  row('co', 'day', 'mg/m³', [4, 4], [4, 4], [4, 4]),
  row('co', 'hour', 'mg/m³', [10, 10], [10, 10], [10, 10]),
  row('o3', 'mda8', 'µg/m³', [100, 160], [100, 160], [100, 160]),
  row('o3', 'hour', 'µg/m³', [160, 200], [160, 200], [160, 200]),
  row('pm10', 'year', 'µg/m³', [40, 70], [40, 60], [20, 50]),
  row('pm10', 'day', 'µg/m³', [50, 150], [50, 120], [50, 100]),
  row('pm25', 'year', 'µg/m³', [15, 35], [15, 30], [10, 25]),
  row('pm25', 'day', 'µg/m³', [35, 75], [35, 60], [25, 50]),
]

/** Table 2, other items; how they take effect is decided by the ministry or the province (GB 3095-2026 4.5). */
export const otherLimits: readonly LimitRow<OtherAirItem, 'year' | 'quarter' | 'day' | 'hour'>[] = [
  row('tsp', 'year', 'µg/m³', [80, 200], [80, 200], [80, 200]),
  row('tsp', 'day', 'µg/m³', [120, 300], [120, 300], [120, 300]),
  row('nox', 'year', 'µg/m³', [50, 50], [50, 50], [40, 40]),
  row('nox', 'day', 'µg/m³', [100, 100], [100, 100], [70, 70]),
  row('nox', 'hour', 'µg/m³', [250, 250], [250, 250], [250, 250]),
  row('pb', 'year', 'µg/m³', [0.5, 0.5], [0.5, 0.5], [0.5, 0.5]),
  row('pb', 'quarter', 'µg/m³', [1, 1], [1, 1], [1, 1]),
  row('bap', 'year', 'µg/m³', [0.001, 0.001], [0.001, 0.001], [0.001, 0.001]),
  row('bap', 'day', 'µg/m³', [0.0025, 0.0025], [0.0025, 0.0025], [0.0025, 0.0025]),
]

function row<Item extends string, Period extends string>(
  item: Item,
  averaging: Period,
  unit: 'µg/m³' | 'mg/m³',
  edition2012: readonly [number, number],
  transition: readonly [number, number],
  final: readonly [number, number],
): LimitRow<Item, Period> {
  return {
    item,
    averaging,
    unit,
    limits: { '2012': edition2012, '2026-transition': transition, '2026-final': final },
  }
}

/**
 * Concentration limit of a basic item in µg/m³ (CO mg/m³), undefined where the standard has none (CO by the year).
 * `day` of ozone means its daily maximum 8 h. GB 3095-2012 / GB 3095-2026 table 1.
 */
export function airLimit(
  edition: AirEdition,
  item: AirItem,
  averaging: Averaging,
  zoneClass: ZoneClass,
): number | undefined {
  const period = item === 'o3' && averaging === 'day' ? 'mda8' : averaging
  return basicLimits.find((limit) => limit.item === item && limit.averaging === period)?.limits[edition][
    zoneClass - 1
  ]
}

export function otherAirLimit(
  edition: AirEdition,
  item: OtherAirItem,
  averaging: 'year' | 'quarter' | 'day' | 'hour',
  zoneClass: ZoneClass,
): number | undefined {
  return otherLimits.find((limit) => limit.item === item && limit.averaging === averaging)?.limits[edition][
    zoneClass - 1
  ]
}

/** Where the limit stands. */
export function limitClause(
  edition: AirEdition,
  table: '表1' | '表2' | '表4' | '附录A' | '4.4' = '表1',
): Clause {
  return edition === '2012' ? at2012(table) : at2026(table)
}
