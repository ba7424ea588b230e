import type { AirEdition } from '../gb3095/editions.ts'
import { type AirItem, airItemInfo, airItems } from '../gb3095/items.ts'
import { type AirValues, dayAqi, hourAqi } from './aqi.ts'
import { toUnits } from './iaqi.ts'

/** Columns of equal length, one value a station-hour (or station-day); NaN or negative = missing. */
export type AirColumns = Readonly<Record<AirItem, ArrayLike<number>>>

export interface BulkAqi {
  /** AQI, −1 = NA. */
  readonly aqi: Int16Array
  /** 1…6, 0 = NA. */
  readonly level: Uint8Array
  /** Bit i is set when airItems[i] is a primary pollutant. */
  readonly primary: Uint8Array
}

const ABSENT = -1
const tables = new Map<string, readonly Int16Array[]>()

/**
 * IAQI by rounded concentration (tenths for CO), one lookup table an item, filled from the object API so that both
 * can never differ. The last entry stands for everything above the table.
 */
function lookupTables(averaging: 'hour' | 'day', edition: AirEdition): readonly Int16Array[] {
  const key = `${averaging} ${edition}`
  const known = tables.get(key)
  if (known !== undefined) return known
  const made = airItems.map((item) => lookupTable(item, averaging, edition))
  tables.set(key, made)
  return made
}

const NOTHING: AirValues = { pm25: null, pm10: null, o3: null, no2: null, so2: null, co: null }
/** Above the largest breakpoint of any table (NO2 1 h: 3840 µg/m³). */
const TOP_UNITS = 3842

function lookupTable(item: AirItem, averaging: 'hour' | 'day', edition: AirEdition): Int16Array {
  const scale = airItemInfo[item].decimals === 0 ? 1 : 10
  const evaluate = averaging === 'hour' ? hourAqi : dayAqi
  return Int16Array.from({ length: TOP_UNITS + 1 }, (_, units) => {
    return evaluate({ ...NOTHING, [item]: units / scale }, edition).iaqi[item] ?? ABSENT
  })
}

function unitsOf(value: number, item: AirItem, scale: number): number {
  if (!(value >= 0)) return ABSENT
  if (value * scale >= TOP_UNITS) return TOP_UNITS
  const scaled = value * scale
  const whole = Math.floor(scaled)
  const rest = scaled - whole
  // Only values close to a half need the decimal text.
  if (rest < 0.499_999) return whole
  return rest > 0.500_001 ? whole + 1 : toUnits(item, value)
}

/**
 * AQI of many hours or days at once: the same tables and integer arithmetic as `hourAqi` and `dayAqi`, without an object
 * a row. `out` may be handed in to be reused; its arrays must be at least as long as the columns.
 */
export function bulkAqi(
  averaging: 'hour' | 'day',
  columns: AirColumns,
  edition: AirEdition,
  out: BulkAqi = makeBulkAqi(columns.pm25.length),
): BulkAqi {
  const lookup = lookupTables(averaging, edition)
  const { length } = columns.pm25
  const largest = out.aqi
  const primary = out.primary
  const present = out.level
  largest.fill(ABSENT, 0, length)
  primary.fill(0, 0, length)
  present.fill(0, 0, length)
  for (const [index, item] of airItems.entries())
    mergeItem(columns[item], item, lookup[index] as Int16Array, 1 << index, largest, primary, present)
  finish(length, edition, out)
  return out
}

/** Column by column, so that one lookup table at a time stays in the cache. */
function mergeItem(
  column: ArrayLike<number>,
  item: AirItem,
  table: Int16Array,
  bit: number,
  largest: Int16Array,
  primary: Uint8Array,
  present: Uint8Array,
): void {
  const scale = airItemInfo[item].decimals === 0 ? 1 : 10
  for (let i = 0; i < column.length; i++) {
    const units = unitsOf(column[i] as number, item, scale)
    if (units < 0) continue
    const part = table[units] as number
    if (part < 0) continue
    present[i] = (present[i] as number) + 1
    const before = largest[i] as number
    if (part > before) {
      largest[i] = part
      primary[i] = bit
    } else if (part === before) primary[i] = (primary[i] as number) | bit
  }
}

function finish(length: number, edition: AirEdition, out: BulkAqi): void {
  const strict = edition !== '2012'
  for (let i = 0; i < length; i++) {
    const largest = out.aqi[i] as number
    const complete = (out.level[i] as number) === airItems.length
    if (largest < 0 || (strict && !complete && largest <= 100)) {
      out.aqi[i] = ABSENT
      out.level[i] = 0
      out.primary[i] = 0
      continue
    }
    if (strict && largest === 0) out.aqi[i] = 1
    if (largest <= 50) out.primary[i] = 0
    out.level[i] =
      largest <= 50
        ? 1
        : largest <= 100
          ? 2
          : largest <= 150
            ? 3
            : largest <= 200
              ? 4
              : largest <= 300
                ? 5
                : 6
  }
}

export function makeBulkAqi(length: number): BulkAqi {
  return { aqi: new Int16Array(length), level: new Uint8Array(length), primary: new Uint8Array(length) }
}

/** Names of a primary-pollutant mask in display order. */
export function primaryItems(mask: number): AirItem[] {
  return airItems.filter((_, index) => (mask & (1 << index)) !== 0)
}
