/**
 * Minutes to hours: pure, one pass over rows in whatever order they stream in (sorting them costs the database more
 * than all the rest). Arithmetic mean of the usable minutes, unrounded; N when they cover at least 45 minutes
 * (GB 3095-2026 table 4), otherwise I. A minute has one value: the highest message that carries the factor.
 */
import { exactMean, validity } from '@shanshui/standards'
import { hourMs } from './civil-time.ts'
import type { CopyRow } from './copy-binary.ts'
import { extremesOf } from './rollup.days.ts'
import type { Layout } from './series.table.ts'
import { flagNormal, isUsable, markNone } from './usable.ts'

/** Fields of the minute rows, in this order. */
export const minuteFields = 'ts, point_id, layout, msg, vals, flags, marks, mins, maxs, region_code, owner_id'
const field = {
  ts: 0,
  point: 1,
  layout: 2,
  msg: 3,
  vals: 4,
  flags: 5,
  marks: 6,
  mins: 7,
  maxs: 8,
  region: 9,
  owner: 10,
} as const
const minutesPerHour = 60

/**
 * The minutes of one layout and hour of all points: point by point, minute by minute, so that a message is written in
 * one stretch of memory, and one allocation serves a thousand points. `seen`: message of each minute, -1 = none.
 */
interface Sheet {
  readonly width: number
  readonly factors: readonly string[]
  readonly values: Float64Array
  lows: Float64Array | undefined
  highs: Float64Array | undefined
  readonly seen: Float64Array
  readonly present: Uint8Array
  readonly regions: Int32Array
  readonly owners: Int32Array
}

export interface RolledHour {
  readonly pointId: number
  readonly regionCode: number
  readonly ownerId: number
  readonly startMs: number
  readonly msg: bigint
  readonly factors: readonly string[]
  readonly values: readonly number[]
  readonly mins: readonly number[]
  readonly maxs: readonly number[]
  readonly cous: readonly number[]
  readonly flags: string
}

export class HourRoller {
  readonly #layoutIndex = new Map<number, number>()
  readonly #factors: readonly (readonly string[])[]
  readonly #pointIndex = new Map<number, number>()
  readonly #pointIds: readonly number[]
  readonly #fromMs: number
  readonly #hours: number
  /** By layout and hour. */
  readonly #sheets: (Sheet | undefined)[] = []

  /** For minute rows of the points in [fromMs, toMs), both on the hour. */
  constructor(layouts: readonly Layout[], pointIds: readonly number[], fromMs: number, toMs: number) {
    for (const [i, layout] of layouts.entries()) this.#layoutIndex.set(layout.id, i)
    for (const [i, id] of pointIds.entries()) this.#pointIndex.set(id, i)
    this.#factors = layouts.map((layout) => layout.factors)
    this.#pointIds = pointIds
    this.#fromMs = fromMs
    this.#hours = (toMs - fromMs) / hourMs
  }

  add(row: CopyRow): void {
    const layout = this.#layoutIndex.get(row.int4(field.layout))
    const point = this.#pointIndex.get(row.int4(field.point))
    if (layout === undefined || point === undefined) return
    const offsetMs = row.timeMs(field.ts) - this.#fromMs
    const hour = Math.floor(offsetMs / hourMs)
    const minute = Math.floor((offsetMs - hour * hourMs) / 60_000)
    const sheet = this.#sheetOf(layout, hour)
    const msg = row.msgNumber(field.msg)
    const slot = point * minutesPerHour + minute
    if (msg < (sheet.seen[slot] as number)) return
    sheet.seen[slot] = msg
    if (sheet.present[point] === 0) {
      sheet.present[point] = 1
      sheet.regions[point] = row.int4(field.region)
      sheet.owners[point] = row.int4(field.owner)
    }
    const base = slot * sheet.width
    const marked = !row.isNull(field.marks)
    for (let i = 0; i < sheet.width; i++) {
      const flag = row.byteAt(field.flags, i)
      const usable = isUsable(flag < 0 ? flagNormal : flag, marked ? row.byteAt(field.marks, i) : markNone)
      sheet.values[base + i] = usable ? row.float8At(field.vals, i) : Number.NaN
    }
    sheet.lows = keepExtremes(sheet.lows, sheet, base, row, field.mins)
    sheet.highs = keepExtremes(sheet.highs, sheet, base, row, field.maxs)
  }

  /** The hours, in order of time and point. */
  finish(): RolledHour[] {
    const rolled: RolledHour[] = []
    for (let hour = 0; hour < this.#hours; hour++) {
      const sheets = this.#factors.flatMap((_, layout) => this.#sheets[layout * this.#hours + hour] ?? [])
      const startMs = this.#fromMs + hour * hourMs
      const all = planOf(sheets)
      for (let point = 0; point < this.#pointIds.length; point++) {
        const pointId = this.#pointIds[point] as number
        if (sheets.every((sheet) => sheet.present[point] === 1)) {
          if (sheets.length > 0) rolled.push(rolledHour(pointId, point, startMs, all))
          continue
        }
        const own = sheets.filter((sheet) => sheet.present[point] === 1)
        if (own.length > 0) rolled.push(rolledHour(pointId, point, startMs, planOf(own)))
      }
    }
    return rolled
  }

  #sheetOf(layout: number, hour: number): Sheet {
    const at = layout * this.#hours + hour
    const known = this.#sheets[at]
    if (known !== undefined) return known
    const factors = this.#factors[layout] ?? []
    const points = this.#pointIds.length
    const made: Sheet = {
      width: factors.length,
      factors,
      values: new Float64Array(points * minutesPerHour * factors.length).fill(Number.NaN),
      lows: undefined,
      highs: undefined,
      seen: new Float64Array(points * minutesPerHour).fill(-1),
      present: new Uint8Array(points),
      regions: new Int32Array(points),
      owners: new Int32Array(points),
    }
    this.#sheets[at] = made
    return made
  }
}

/** Extremes that the station sent with its minutes; without them, and where a value is unusable, the value itself. */
function keepExtremes(
  kept: Float64Array | undefined,
  sheet: Sheet,
  base: number,
  row: CopyRow,
  from: number,
): Float64Array | undefined {
  const sent = !row.isNull(from)
  if (!sent && kept === undefined) return undefined
  const into = kept ?? sheet.values.slice()
  for (let i = 0; i < sheet.width; i++) {
    const value = sheet.values[base + i] as number
    into[base + i] = sent && !Number.isNaN(value) ? row.float8At(from, i) : value
  }
  return into
}

const scratch = new Float64Array(minutesPerHour)

/** One factor's minutes of a point, from the sheets that carry it: by minute the highest message. */
function minutesOf(
  carriers: readonly { sheet: Sheet; index: number }[],
  point: number,
  pick: (sheet: Sheet) => Float64Array,
): Float64Array {
  const [only] = carriers
  if (carriers.length === 1 && only !== undefined) {
    const { width } = only.sheet
    const values = pick(only.sheet)
    let at = point * minutesPerHour * width + only.index
    for (let minute = 0; minute < minutesPerHour; minute++, at += width)
      scratch[minute] = values[at] as number
    return scratch
  }
  for (let minute = 0; minute < minutesPerHour; minute++) {
    const slot = point * minutesPerHour + minute
    let value = Number.NaN
    let msg = -1
    for (const { sheet, index } of carriers) {
      const seen = sheet.seen[slot] as number
      if (seen < 0 || seen < msg) continue
      msg = seen
      value = pick(sheet)[slot * sheet.width + index] as number
    }
    scratch[minute] = value
  }
  return scratch
}

const valuesOf = (sheet: Sheet) => sheet.values
const lowsOf = (sheet: Sheet) => sheet.lows ?? sheet.values
const highsOf = (sheet: Sheet) => sheet.highs ?? sheet.values

/** Which sheets carry which factor; the same for most points of an hour. */
interface Plan {
  readonly sheets: readonly Sheet[]
  readonly factors: readonly string[]
  readonly carriers: readonly (readonly { sheet: Sheet; index: number }[])[]
  /** Whether some station sent extremes of its own. */
  readonly apart: boolean
}

function planOf(sheets: readonly Sheet[]): Plan {
  const [first] = sheets
  const factors = sheets.length === 1 && first !== undefined ? first.factors : unionOf(sheets)
  const carriers = factors.map((factor) =>
    sheets.flatMap((sheet) => {
      const index = sheet.factors.indexOf(factor)
      return index < 0 ? [] : { sheet, index }
    }),
  )
  const apart = sheets.some((sheet) => sheet.lows !== undefined || sheet.highs !== undefined)
  return { sheets, factors, carriers, apart }
}

function rolledHour(pointId: number, point: number, startMs: number, plan: Plan): RolledHour {
  const { sheets, factors, carriers, apart } = plan
  const [first] = sheets
  const { step, msg } = rowsOf(sheets, point)
  const values: number[] = []
  const counts: number[] = []
  const mins: number[] = []
  const maxs: number[] = []
  let flags = ''
  for (const own of carriers) {
    const minutes = minutesOf(own, point, valuesOf)
    const count = countUsable(minutes)
    values.push(exactMean(minutes))
    counts.push(count)
    flags += count * step >= validity.minutesPerHour ? 'N' : 'I'
    const { min, max } = extremesOf(minutes)
    mins.push(apart ? extremesOf(minutesOf(own, point, lowsOf)).min : min)
    maxs.push(apart ? extremesOf(minutesOf(own, point, highsOf)).max : max)
  }
  return {
    pointId,
    regionCode: first?.regions[point] ?? 0,
    ownerId: first?.owners[point] ?? 0,
    startMs,
    msg,
    factors,
    values,
    mins,
    maxs,
    cous: counts,
    flags,
  }
}

/** Factors of several layouts in one fixed order. */
function unionOf(sheets: readonly Sheet[]): string[] {
  return [...new Set(sheets.flatMap((sheet) => sheet.factors))].sort()
}

/**
 * Highest message of a point's hour, and its interval in minutes: a row covers the time to the next one, so the
 * smallest gap between the hour's rows.
 */
function rowsOf(sheets: readonly Sheet[], point: number): { step: number; msg: bigint } {
  let last = Number.NEGATIVE_INFINITY
  let step = minutesPerHour
  let msg = -1
  for (let minute = 0; minute < minutesPerHour; minute++) {
    let here = false
    for (const sheet of sheets) {
      const seen = sheet.seen[point * minutesPerHour + minute] as number
      if (seen < 0) continue
      here = true
      if (seen > msg) msg = seen
    }
    if (!here) continue
    step = Math.min(step, minute - last)
    last = minute
  }
  return { step, msg: BigInt(msg) }
}

function countUsable(values: Float64Array): number {
  let count = 0
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) count++
  return count
}
