import { createHash } from 'node:crypto'
import { type AirItem, airItems } from '@shanshui/standards'
import { dateOf, dayNumber } from './civil-day.ts'

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

export type Sand = 'with' | 'without'
export type ItemValues = Readonly<Record<AirItem, Float64Array>>

/**
 * Daily values of one subject, day by day without gaps: `measured.pm25[i]` belongs to `firstDay + i`; NaN = no valid
 * value. µg/m³, CO mg/m³; O3 is the daily maximum 8 h. `noSand` is the same without sand-affected data; `sand[i]` is 1
 * on days that a confirmed sand period touches.
 */
export interface DayTable {
  /** The points whose values these are: the city, or the chosen stations. */
  readonly pointIds: readonly number[]
  readonly firstDay: number
  readonly days: number
  readonly measured: ItemValues
  readonly noSand: ItemValues
  readonly sand: Uint8Array
}

export function emptyItemValues(days: number): Record<AirItem, Float64Array> {
  const values = {} as Record<AirItem, Float64Array>
  for (const item of airItems) values[item] = new Float64Array(days).fill(Number.NaN)
  return values
}

export const valuesOf = (table: DayTable, sand: Sand): ItemValues =>
  sand === 'with' ? table.measured : table.noSand

/** The days from…to of a table. Throws RangeError when the table does not hold them all. */
export function daysOf(table: DayTable, from: string, to: string): DayTable {
  const start = dayNumber(from) - table.firstDay
  const end = dayNumber(to) - table.firstDay + 1
  if (start < 0 || end > table.days || end <= start) {
    throw new RangeError(
      `days ${from}…${to} are not in a table of ${table.days} days from ${dateOf(table.firstDay)}`,
    )
  }
  if (start === 0 && end === table.days) return table
  const cut = (values: ItemValues): ItemValues => {
    const part = {} as Record<AirItem, Float64Array>
    for (const item of airItems) part[item] = values[item].subarray(start, end)
    return part
  }
  return {
    pointIds: table.pointIds,
    firstDay: table.firstDay + start,
    days: end - start,
    measured: cut(table.measured),
    noSand: cut(table.noSand),
    sand: table.sand.subarray(start, end),
  }
}

export function tableDates(table: DayTable): string[] {
  return Array.from({ length: table.days }, (_, i) => dateOf(table.firstDay + i))
}

/**
 * SHA-256 over the day values of one item: one line a day, date and value in its shortest decimal text, nothing after
 * the bar when there is no valid value. The same values give the same digest on every machine.
 */
export function itemDigest(table: DayTable, item: AirItem, sand: Sand): string {
  const values = valuesOf(table, sand)[item]
  const lines = tableDates(table).map((date, i) => {
    const value = values[i] ?? Number.NaN
    return `${date}|${Number.isNaN(value) ? '' : value}`
  })
  return createHash('sha256')
    .update(`${item}|${table.pointIds.join(',')}\n${lines.join('\n')}`)
    .digest('hex')
}

/** Digest of several parts: their digests, joined and hashed; a single part keeps its own. */
export function joinDigests(parts: readonly string[]): string {
  if (parts.length === 1 && parts[0] !== undefined) return parts[0]
  return sha256(parts.join('\n'))
}
