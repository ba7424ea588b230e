/** Data areas of a station's messages, from values that the caller supplies. */
import type { CpItem } from '../encode.ts'
import { formatTime } from '../time.ts'

export type DataCn = '2011' | '2051' | '2061' | '2031'

export interface StationFactor {
  readonly code: string
  /** Decimals on the wire. Default 2. */
  readonly decimals?: number
}

/** Values of one factor and period. Only `value` is needed; `null` in its place means not measured. */
export interface StationValue {
  readonly value: number | null
  readonly min?: number
  readonly max?: number
  /** Cumulated emission of the interval. */
  readonly cou?: number
  /** The same converted to the reference oxygen content by the device (折算); `null`: sent as an empty text. */
  readonly converted?: number | null
  readonly convertedMin?: number
  readonly convertedMax?: number
  /** Data mark; default N. */
  readonly flag?: string
}

/** Value of a factor: of the instant for 2011, of the interval that starts at `startMs` otherwise; null: no record. */
export type ValueSource = (code: string, cn: DataCn, startMs: number) => StationValue | number | null

/** Items of one data message; null when the source has nothing for it. */
export function dataItems(
  cn: DataCn,
  startMs: number,
  factors: readonly StationFactor[],
  source: ValueSource,
): CpItem[] | null {
  const items: CpItem[] = [{ name: 'DataTime', value: formatTime(startMs) }]
  for (const { code, decimals = 2 } of factors) {
    const given = source(code, cn, startMs)
    if (given === null) continue
    const value = typeof given === 'number' ? { value: given } : given
    items.push({ code, fields: cn === '2011' ? instant(value, decimals) : interval(value, decimals) })
  }
  return items.length > 1 ? items : null
}

function instant(given: StationValue, decimals: number): Record<string, string> {
  const fields: Record<string, string> = { Rtd: text(given.value, decimals) }
  if (given.converted !== undefined) fields.ZsRtd = text(given.converted, decimals)
  fields.Flag = markOf(given)
  return fields
}

function interval(given: StationValue, decimals: number): Record<string, string> {
  const fields: Record<string, string> = {}
  if (given.cou !== undefined) fields.Cou = text(given.cou, decimals)
  if (given.min !== undefined) fields.Min = text(given.min, decimals)
  fields.Avg = text(given.value, decimals)
  if (given.max !== undefined) fields.Max = text(given.max, decimals)
  if (given.convertedMin !== undefined) fields.ZsMin = text(given.convertedMin, decimals)
  if (given.converted !== undefined) fields.ZsAvg = text(given.converted, decimals)
  if (given.convertedMax !== undefined) fields.ZsMax = text(given.convertedMax, decimals)
  fields.Flag = markOf(given)
  return fields
}

const markOf = (given: StationValue): string => given.flag ?? (given.value === null ? 'B' : 'N')

/** A missing value is an empty text, never 0. */
function text(value: number | null, decimals: number): string {
  return value === null || !Number.isFinite(value) ? '' : value.toFixed(decimals)
}

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
const OFFSET_MS = 8 * HOUR_MS

/** Length of the interval of a data command, ms; 0 for real-time data. */
export function intervalOf(cn: DataCn | '2041', minuteInterval: number): number {
  if (cn === '2011') return 0
  if (cn === '2051') return minuteInterval * MINUTE_MS
  return cn === '2061' ? HOUR_MS : DAY_MS
}

/** Start of the interval that holds an instant; days are Chinese civil days. */
export function floorTo(ms: number, lengthMs: number): number {
  return Math.floor((ms + OFFSET_MS) / lengthMs) * lengthMs - OFFSET_MS
}
