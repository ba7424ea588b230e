/**
 * Minutes to hours: pure, one pass over rows as they stream in. Arithmetic mean of the usable minutes, unrounded;
 * N when they cover at least 45 minutes (GB 3095-2026 table 4), otherwise I.
 */
import { exactMean, validity } from '@shanshui/standards'
import { hourMs } from './civil-time.ts'
import type { CopyRow } from './copy-binary.ts'
import type { Layout } from './series.table.ts'
import { flagNormal, isUsable, markNone } from './usable.ts'

/** Fields of the minute rows, in this order; rows sorted by point and time. */
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
const longestHour = 3600

/** One factor's values of the hour that is being read. */
interface Slot {
  readonly factor: string
  readonly values: Float64Array
  count: number
  lastMs: number
  lastMsg: bigint
  min: number
  max: number
}

export interface RolledHour {
  readonly pointId: number
  /** As the last minute row has them. */
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
  readonly #onHour: (hour: RolledHour) => void
  readonly #factorsOf = new Map<number, readonly string[]>()
  readonly #slots = new Map<string, Slot>()
  /** Slots of a layout by index, so that the inner loop looks nothing up. */
  readonly #slotsOf = new Map<number, readonly Slot[]>()
  #pointId = -1
  #startMs = Number.NaN
  #regionCode = 0
  #ownerId = 0
  #msg = -1n
  #lastMs = Number.NaN
  #gapMs = hourMs

  constructor(layouts: readonly Layout[], onHour: (hour: RolledHour) => void) {
    for (const layout of layouts) this.#factorsOf.set(layout.id, layout.factors)
    this.#onHour = onHour
  }

  add(row: CopyRow): void {
    const layout = row.int4(field.layout)
    const slots = this.#slotsOf.get(layout) ?? this.#slotsFor(layout)
    if (slots === undefined) return
    const atMs = row.timeMs(field.ts)
    const startMs = Math.floor(atMs / hourMs) * hourMs
    const pointId = row.int4(field.point)
    if (startMs !== this.#startMs || pointId !== this.#pointId) this.#open(pointId, startMs)
    if (atMs !== this.#lastMs) {
      if (atMs - this.#lastMs < this.#gapMs) this.#gapMs = atMs - this.#lastMs
      this.#lastMs = atMs
    }
    const msg = row.int8(field.msg)
    if (msg > this.#msg) this.#msg = msg
    this.#regionCode = row.int4(field.region)
    this.#ownerId = row.int4(field.owner)
    const hasMins = !row.isNull(field.mins)
    const hasMaxs = !row.isNull(field.maxs)
    const hasMarks = !row.isNull(field.marks)
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] as Slot
      if (slot.lastMs === atMs) {
        // The same instant and factor in a second layout: the higher message stands.
        if (msg < slot.lastMsg) continue
        slot.count -= 1
      } else if (slot.count === longestHour) continue
      const flag = row.byteAt(field.flags, i)
      const mark = hasMarks ? row.byteAt(field.marks, i) : markNone
      const usable = isUsable(flag < 0 ? flagNormal : flag, mark)
      const value = usable ? row.float8At(field.vals, i) : Number.NaN
      slot.values[slot.count] = value
      slot.count += 1
      slot.lastMs = atMs
      slot.lastMsg = msg
      if (!usable) continue
      const low = hasMins ? row.float8At(field.mins, i) : value
      const high = hasMaxs ? row.float8At(field.maxs, i) : value
      if (low < slot.min) slot.min = low
      if (high > slot.max) slot.max = high
    }
  }

  finish(): void {
    this.#close()
  }

  #slotsFor(layout: number): readonly Slot[] | undefined {
    const factors = this.#factorsOf.get(layout)
    if (factors === undefined) return undefined
    const slots = factors.map((factor) => {
      const slot = this.#slots.get(factor) ?? newSlot(factor)
      this.#slots.set(factor, slot)
      return slot
    })
    this.#slotsOf.set(layout, slots)
    return slots
  }

  #open(pointId: number, startMs: number): void {
    this.#close()
    this.#pointId = pointId
    this.#startMs = startMs
    this.#msg = -1n
    this.#lastMs = Number.NaN
    this.#gapMs = hourMs
  }

  #close(): void {
    if (this.#msg < 0n) return
    const slots = [...this.#slots.values()].filter((slot) => slot.count > 0)
    slots.sort((a, b) => (a.factor < b.factor ? -1 : 1))
    // A row covers the time to the next one; the smallest gap of the hour is the station's interval.
    const stepMinutes = this.#gapMs / 60_000
    const means = slots.map((slot) => exactMean(slot.values.subarray(0, slot.count)))
    const counts = slots.map(countUsable)
    this.#onHour({
      pointId: this.#pointId,
      regionCode: this.#regionCode,
      ownerId: this.#ownerId,
      startMs: this.#startMs,
      msg: this.#msg,
      factors: slots.map((slot) => slot.factor),
      values: means,
      mins: slots.map((slot) => finiteOrNaN(slot.min)),
      maxs: slots.map((slot) => finiteOrNaN(slot.max)),
      cous: counts,
      flags: counts.map((count) => (count * stepMinutes >= validity.minutesPerHour ? 'N' : 'I')).join(''),
    })
    for (const slot of this.#slots.values()) resetSlot(slot)
    this.#msg = -1n
  }
}

function newSlot(factor: string): Slot {
  return {
    factor,
    values: new Float64Array(longestHour),
    count: 0,
    lastMs: Number.NaN,
    lastMsg: -1n,
    min: Number.POSITIVE_INFINITY,
    max: Number.NEGATIVE_INFINITY,
  }
}

function resetSlot(slot: Slot): void {
  slot.count = 0
  slot.lastMs = Number.NaN
  slot.lastMsg = -1n
  slot.min = Number.POSITIVE_INFINITY
  slot.max = Number.NEGATIVE_INFINITY
}

function countUsable(slot: Slot): number {
  let count = 0
  for (let i = 0; i < slot.count; i++) if (!Number.isNaN(slot.values[i] as number)) count++
  return count
}

function finiteOrNaN(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN
}
