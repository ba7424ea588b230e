/** Minutes of hours that need a closer look: pure. */
import { exactMean, validMinutesPerHour } from '@shanshui/standards'
import { hourMs, isUsable, type SeriesTable } from '../series/index.ts'
import { equipmentMarks } from './mark-item.table.ts'
import type { MarkInForce } from './source.table.ts'

const minuteMs = 60_000
const space = ' '.charCodeAt(0)

export interface MinuteHour {
  /** Of the minutes that count, unrounded; NaN when there is none. */
  readonly mean: number
  /** Minutes that the counting rows cover. */
  readonly validMinutes: number
  /** Minutes that came and do not count: flagged by the device, marked, taken out by review. */
  readonly lostMinutes: number
}

interface MinuteHours {
  readonly table: SeriesTable
  readonly fromMs: number
  /** First row of each hour, and the end. */
  readonly starts: Int32Array
}

/** Rows of one outlet by hour. */
export function minuteHours(table: SeriesTable, fromMs: number, hours: number): MinuteHours {
  const starts = new Int32Array(hours + 1)
  let row = 0
  for (let i = 0; i <= hours; i++) {
    while (row < table.startMs.length && (table.startMs[row] as number) < fromMs + i * hourMs) row++
    starts[i] = row
  }
  return { table, fromMs, starts }
}

/** One factor's hour; undefined when no minute of it came. */
export function minuteHour(
  minutes: MinuteHours,
  factor: string,
  hour: number,
  marks: readonly MarkInForce[],
): MinuteHour | undefined {
  const { table, starts } = minutes
  const [from, to] = [starts[hour] as number, starts[hour + 1] as number]
  const values = table.columns.get(factor)
  const flags = table.flags.get(factor)
  const states = table.marks.get(factor)
  if (values === undefined || flags === undefined || states === undefined) return undefined
  const equipment = equipmentMarks(marks, factor)
  const counting: number[] = []
  let lost = 0
  for (let row = from; row < to; row++) {
    const flag = flags.charCodeAt(row)
    if (flag === space) continue
    const ms = table.startMs[row] as number
    const marked = equipment.some((mark) => mark.fromMs < ms + minuteMs && mark.toMs > ms)
    const value = values[row] as number
    if (marked || !isUsable(flag, states.charCodeAt(row)) || Number.isNaN(value)) lost++
    else counting.push(value)
  }
  if (counting.length + lost === 0) return undefined
  const step = stepOf(table, from, to)
  return {
    mean: counting.length === 0 ? Number.NaN : exactMean(counting),
    validMinutes: Math.min(60, counting.length * step),
    lostMinutes: Math.min(60, lost * step),
  }
}

/** Interval of the rows in minutes: the smallest gap between two of them. */
function stepOf(table: SeriesTable, from: number, to: number): number {
  let step = 60
  for (let row = from + 1; row < to; row++)
    step = Math.min(step, ((table.startMs[row] as number) - (table.startMs[row - 1] as number)) / minuteMs)
  return Math.max(1, Math.round(step))
}

export const neededMinutes = validMinutesPerHour.value
