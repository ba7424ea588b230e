import type { AirItemName, ObservationColumns } from '@shanshui/contract'
import { type AirEdition, airItemInfo, airItems, hourAqi } from '@shanshui/standards'
import { hourOf } from '../../../format/time.ts'
import { validityOf } from '../station/stationRows.ts'

export interface HourCell {
  /** Start of the hour, 0…23. */
  readonly hour: number
  readonly aqi: number | null
  readonly level: number | null
  readonly primary: readonly AirItemName[]
  readonly reason: string | null
}

const NO_DATA: Omit<HourCell, 'hour'> = { aqi: null, level: null, primary: [], reason: null }

/** Twenty-four hours of a point with their real-time AQI (HJ 633), by the evaluator that the server uses, too. */
export function dayCells(columns: ObservationColumns, edition: AirEdition): HourCell[] {
  const byHour = new Map(columns.times.map((time, index) => [hourOf(time), index]))
  return Array.from({ length: 24 }, (_, hour) => {
    const index = byHour.get(hour)
    return index === undefined ? { hour, ...NO_DATA } : { hour, ...cellAt(columns, index, edition) }
  })
}

function cellAt(columns: ObservationColumns, index: number, edition: AirEdition): Omit<HourCell, 'hour'> {
  const result = hourAqi(
    {
      pm25: usable(columns, 'pm25', index),
      pm10: usable(columns, 'pm10', index),
      o3: usable(columns, 'o3', index),
      no2: usable(columns, 'no2', index),
      so2: usable(columns, 'so2', index),
      co: usable(columns, 'co', index),
    },
    edition,
  )
  return { aqi: result.aqi, level: result.level, primary: result.primary, reason: result.naReason ?? null }
}

/** Sand counts in the real-time report; what review or the device calls invalid does not. */
function usable(columns: ObservationColumns, item: AirItemName, index: number): number | null {
  const { code } = airItemInfo[item]
  const value = columns.values[code]?.[index] ?? null
  const validity = validityOf(value, columns.flags[code]?.[index] ?? '', columns.marks[code]?.[index] ?? '.')
  return validity === 'valid' || validity === 'sand' ? value : null
}

/** The factors that the matrix asks for. */
export const matrixFactors = airItems.map((item) => airItemInfo[item].code).join(',')
