import type { CopyRow } from './copy-binary.ts'
import type { Layout, Period, Procedure, SeriesTable } from './series.table.ts'
import { flagAbsent, flagNormal, isUsable, markNone } from './usable.ts'

/** Fields of the rows that `SeriesBuilder` reads, in this order. */
export const seriesFields = 'ts, point_id, layout, msg, vals, flags, marks'
const field = { ts: 0, point: 1, layout: 2, msg: 3, vals: 4, flags: 5, marks: 6 } as const

/** Procedures in order of preference, and whether an unusable value yields to the next procedure. */
export interface Preference {
  readonly procedures: readonly Procedure[]
  readonly yields: boolean
  /** Whether a rolled value from too little data may be used: a month so far may, an hour may not. */
  readonly partial: boolean
}

export function preferenceOf(period: Period, procedure: Procedure | undefined): Preference {
  const partial = period !== 'hour'
  const raw = period === 'rt' || period === 'min' || period === 'hour'
  // Sand is deducted from days on; an hour is the same with and without it.
  if (procedure === undefined || (raw && procedure === 'rolled-no-sand')) {
    return raw
      ? { procedures: ['measured', 'rolled'], yields: true, partial }
      : { procedures: ['rolled', 'measured'], yields: false, partial }
  }
  // Where a sand period touched, its row counts even when it is empty: nothing falls back to data with sand.
  if (procedure === 'rolled-no-sand')
    return { procedures: ['rolled-no-sand', 'rolled', 'measured'], yields: false, partial }
  return { procedures: [procedure], yields: false, partial }
}

interface Source {
  readonly rank: number
  readonly measured: boolean
  /** Index in the row's arrays by wanted factor, -1 where the layout does not have it. */
  readonly index: Int32Array
}

/**
 * Turns rows sorted by (point, ts) into columns. One instant may have several rows (a message split in packets, a
 * corrected subset, several procedures): within a procedure the highest message that carries the factor wins, then
 * procedures are tried in order of preference.
 */
export class SeriesBuilder {
  readonly #factors: readonly string[]
  readonly #preference: Preference
  readonly #includeInvalid: boolean
  readonly #sources = new Map<number, Source>()
  #capacity = 1024
  #count = 0
  #startMs = new Float64Array(1024)
  #pointId = new Int32Array(1024)
  #msg = new Float64Array(1024)
  #columns: Float64Array[]
  #flags: Uint8Array[]
  #marks: Uint8Array[]
  // Candidates of the open instant, by rank × factor.
  readonly #value: Float64Array
  readonly #flag: Uint8Array
  readonly #mark: Uint8Array
  readonly #measured: Uint8Array
  /** Message of the candidate, -1 = none; doubles, because a bigint is an object a value. */
  readonly #from: Float64Array
  #open = false

  constructor(
    layouts: readonly Layout[],
    factors: readonly string[],
    preference: Preference,
    includeInvalid: boolean,
  ) {
    this.#factors = factors
    this.#preference = preference
    this.#includeInvalid = includeInvalid
    for (const layout of layouts) {
      this.#sources.set(layout.id, {
        rank: preference.procedures.indexOf(layout.procedure),
        measured: layout.procedure === 'measured',
        index: Int32Array.from(factors, (factor) => layout.factors.indexOf(factor)),
      })
    }
    const slots = preference.procedures.length * factors.length
    this.#value = new Float64Array(slots)
    this.#flag = new Uint8Array(slots)
    this.#mark = new Uint8Array(slots)
    this.#measured = new Uint8Array(slots)
    this.#from = new Float64Array(slots).fill(-1)
    this.#columns = factors.map(() => new Float64Array(1024))
    this.#flags = factors.map(() => new Uint8Array(1024))
    this.#marks = factors.map(() => new Uint8Array(1024))
  }

  add(row: CopyRow): void {
    const source = this.#sources.get(row.int4(field.layout))
    if (source === undefined || source.rank < 0) return
    const startMs = row.timeMs(field.ts)
    const pointId = row.int4(field.point)
    const at = this.#count - 1
    if (!this.#open || this.#startMs[at] !== startMs || this.#pointId[at] !== pointId)
      this.#next(startMs, pointId)
    const msg = row.msgNumber(field.msg)
    const slot = this.#count - 1
    if (msg > (this.#msg[slot] as number)) this.#msg[slot] = msg
    const base = source.rank * this.#factors.length
    for (let f = 0; f < this.#factors.length; f++) {
      const index = source.index[f] as number
      if (index < 0 || msg < (this.#from[base + f] as number)) continue
      const flag = row.byteAt(field.flags, index)
      const mark = row.byteAt(field.marks, index)
      this.#from[base + f] = msg
      this.#value[base + f] = row.float8At(field.vals, index)
      this.#flag[base + f] = flag < 0 ? flagNormal : flag
      this.#mark[base + f] = mark < 0 ? markNone : mark
      this.#measured[base + f] = source.measured ? 1 : 0
    }
  }

  finish(): SeriesTable {
    this.#close()
    const count = this.#count
    const byFactor = <T>(make: (f: number) => T) =>
      new Map(this.#factors.map((factor, f) => [factor, make(f)] as const))
    const textOf = (bytes: Uint8Array | undefined) =>
      bytes === undefined ? '' : Buffer.from(bytes.buffer, bytes.byteOffset, count).toString('latin1')
    return {
      startMs: this.#startMs.slice(0, count),
      pointId: this.#pointId.slice(0, count),
      msg: BigInt64Array.from(this.#msg.subarray(0, count), BigInt),
      columns: byFactor((f) => (this.#columns[f] as Float64Array).slice(0, count)),
      flags: byFactor((f) => textOf(this.#flags[f])),
      marks: byFactor((f) => textOf(this.#marks[f])),
    }
  }

  #next(startMs: number, pointId: number): void {
    this.#close()
    if (this.#count === this.#capacity) this.#grow()
    this.#startMs[this.#count] = startMs
    this.#pointId[this.#count] = pointId
    this.#msg[this.#count] = -1
    this.#count += 1
    this.#open = true
    this.#from.fill(-1)
  }

  #close(): void {
    if (!this.#open) return
    const at = this.#count - 1
    const width = this.#factors.length
    for (let f = 0; f < width; f++) {
      const slot = this.#choose(f)
      const flags = this.#flags[f] as Uint8Array
      const marks = this.#marks[f] as Uint8Array
      const column = this.#columns[f] as Float64Array
      if (slot < 0) {
        column[at] = Number.NaN
        flags[at] = flagAbsent
        marks[at] = markNone
        continue
      }
      flags[at] = this.#flag[slot] as number
      marks[at] = this.#mark[slot] as number
      column[at] = this.#includeInvalid || this.#usable(slot) ? (this.#value[slot] as number) : Number.NaN
    }
    this.#open = false
  }

  /** Candidate that stands for the factor, -1 when none was sent. */
  #choose(f: number): number {
    let first = -1
    for (let rank = 0; rank < this.#preference.procedures.length; rank++) {
      const slot = rank * this.#factors.length + f
      if ((this.#from[slot] as number) < 0) continue
      if (!this.#preference.yields) return slot
      if (first < 0) first = slot
      if (this.#usable(slot) && !Number.isNaN(this.#value[slot])) return slot
    }
    return first
  }

  #usable(slot: number): boolean {
    if (this.#measured[slot] === 0) return this.#preference.partial || this.#flag[slot] === flagNormal
    return isUsable(this.#flag[slot] as number, this.#mark[slot] as number)
  }

  #grow(): void {
    this.#capacity *= 2
    const grown = <T extends Float64Array | Int32Array | Uint8Array>(old: T, fresh: T): T => {
      fresh.set(old as never)
      return fresh
    }
    this.#startMs = grown(this.#startMs, new Float64Array(this.#capacity))
    this.#pointId = grown(this.#pointId, new Int32Array(this.#capacity))
    this.#msg = grown(this.#msg, new Float64Array(this.#capacity))
    this.#columns = this.#columns.map((column) => grown(column, new Float64Array(this.#capacity)))
    this.#flags = this.#flags.map((bytes) => grown(bytes, new Uint8Array(this.#capacity)))
    this.#marks = this.#marks.map((bytes) => grown(bytes, new Uint8Array(this.#capacity)))
  }
}
