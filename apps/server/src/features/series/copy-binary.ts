/**
 * Reader of `COPY … TO STDOUT (FORMAT binary)`: takes chunks as they come and hands out rows, memory flat.
 * Signature "PGCOPY\n\xff\r\n\0", int32 flags, int32 extension length; a row is int16 field count and per field
 * int32 length (-1 = null) and bytes; -1 as field count ends the stream.
 */
const signatureBytes = 19
const nothing = Buffer.alloc(0)
const postgresEpochMs = Date.UTC(2000, 0, 1)

/** The fields of one row; valid only inside the callback. */
export class CopyRow {
  bytes: Buffer = Buffer.alloc(0)
  readonly start: number[] = []
  readonly length: number[] = []

  int4(field: number): number {
    return this.bytes.readInt32BE(this.start[field])
  }
  int8(field: number): bigint {
    return this.bytes.readBigInt64BE(this.start[field])
  }
  /** A message number as a double: exact, since journal blocks stay far below 2³⁷; makes no object a row. */
  msgNumber(field: number): number {
    const at = this.start[field] as number
    return this.bytes.readInt32BE(at) * 0x1_0000_0000 + this.bytes.readUInt32BE(at + 4)
  }
  /** timestamptz to epoch milliseconds. */
  timeMs(field: number): number {
    const at = this.start[field] as number
    const micros = this.bytes.readInt32BE(at) * 0x1_0000_0000 + this.bytes.readUInt32BE(at + 4)
    return micros / 1000 + postgresEpochMs
  }
  isNull(field: number): boolean {
    return (this.length[field] as number) < 0
  }
  text(field: number): string {
    const at = this.start[field] as number
    return this.bytes.toString('latin1', at, at + Math.max(0, this.length[field] as number))
  }
  /** Byte of a text field; -1 when the field is null or shorter. */
  byteAt(field: number, index: number): number {
    if (index >= (this.length[field] as number)) return -1
    return this.bytes[(this.start[field] as number) + index] as number
  }
  /** Number of elements of an array without nulls. */
  arrayLength(field: number): number {
    const at = this.start[field] as number
    return this.bytes.readInt32BE(at) === 0 ? 0 : this.bytes.readInt32BE(at + 12)
  }
  /** Element of a float8[] without nulls. */
  float8At(field: number, index: number): number {
    return this.bytes.readDoubleBE((this.start[field] as number) + 20 + 12 * index + 4)
  }
  float8s(field: number): Float64Array {
    const values = new Float64Array(this.arrayLength(field))
    for (let i = 0; i < values.length; i++) values[i] = this.float8At(field, i)
    return values
  }
}

export class CopyReader {
  readonly #onRow: (row: CopyRow) => void
  readonly #row = new CopyRow()
  #rest: Buffer = nothing
  #headSeen = false
  #ended = false
  rows = 0

  constructor(onRow: (row: CopyRow) => void) {
    this.#onRow = onRow
  }

  /** Takes `chunk[from]` up to, not including, `chunk[to]`; nothing is kept unless a row is cut at the end. */
  push(chunk: Buffer, from = 0, to = chunk.length): void {
    const joined = this.#rest.length > 0
    const bytes = joined ? Buffer.concat([this.#rest, chunk.subarray(from, to)]) : chunk
    const end = joined ? bytes.length : to
    let at = joined ? 0 : from
    if (!this.#headSeen && end - at >= signatureBytes) {
      at += signatureBytes + bytes.readInt32BE(at + 15)
      this.#headSeen = true
    }
    while (this.#headSeen && !this.#ended) {
      const next = this.#readRow(bytes, at, end)
      if (next < 0) break
      at = next
    }
    this.#rest = at === end ? nothing : bytes.subarray(at, end)
  }

  /** Throws when the stream stopped inside a row or before its end mark. */
  finish(): void {
    if (!this.#ended) throw new Error('COPY stream ended before its end mark')
  }

  #readRow(bytes: Buffer, from: number, end: number): number {
    if (from + 2 > end) return -1
    const fields = bytes.readInt16BE(from)
    if (fields < 0) {
      this.#ended = true
      return from + 2
    }
    const row = this.#row
    let at = from + 2
    for (let field = 0; field < fields; field++) {
      if (at + 4 > end) return -1
      const length = bytes.readInt32BE(at)
      at += 4
      row.start[field] = at
      row.length[field] = length
      if (length > 0) at += length
      if (at > end) return -1
    }
    row.bytes = bytes
    this.rows += 1
    this.#onRow(row)
    return at
  }
}
