/** What the framing of a byte stream yields: a frame with a right CRC, or a candidate that failed and why. */

export type Tail = 'crlf' | 'lf' | 'cr' | 'spaces' | 'literal' | 'none'

/**
 * `modbus`: the CRC is CRC-16/MODBUS. `encrypted`: shaped like an encrypted frame of HJ 212-2025, to be checked
 * with the key. `crc`: CRC wrong. `length`: no CRC at the place the length names nor near it. `oversize`: length
 * above the cap. `truncated`: another frame begins inside, or the rest never came.
 */
export type Defect = 'modbus' | 'encrypted' | 'crc' | 'length' | 'oversize' | 'truncated'

export class RawFrame {
  /** From `##` to the end of the tail; a view, not a copy. */
  readonly bytes: Buffer
  /** Offset of the data segment in `bytes`. */
  readonly segmentStart: number
  /** Offset of its end, where the CRC stands; `bytes.length` when no end was found. */
  readonly segmentEnd: number
  /** Length field; −1 when not of four digits. */
  readonly declared: number
  /** CRC received; −1 when none was found. */
  readonly crcGiven: number
  /** CRC of Annex A computed over the segment; −1 when no end was found. */
  readonly crcComputed: number
  readonly tail: Tail
  readonly defect: Defect | null

  constructor(
    bytes: Buffer,
    segmentStart: number,
    segmentEnd: number,
    declared: number,
    crcGiven: number,
    crcComputed: number,
    tail: Tail,
    defect: Defect | null,
  ) {
    this.bytes = bytes
    this.segmentStart = segmentStart
    this.segmentEnd = segmentEnd
    this.declared = declared
    this.crcGiven = crcGiven
    this.crcComputed = crcComputed
    this.tail = tail
    this.defect = defect
  }
}
