/**
 * Framing of a byte stream: `##` LLLL segment CCCC CR LF (HJ 212-2017 6.3.1 table 2), with resynchronisation.
 *
 * On any failure the search goes on one byte past the failed `##`, so that a damaged length never swallows the
 * next frame. Nothing is ever thrown for bytes, whatever they are; memory is bounded by {@link FrameLimits}.
 */
import { crc16, crc16Modbus } from './crc.ts'
import { isOpenBrace, looksEncrypted, plainLengthOfBraces } from './encrypted-shape.ts'
import { type Defect, RawFrame, type Tail } from './raw-frame.ts'
import { asBuffer } from './text.ts'

const HASH = 0x23
const AMPERSAND = 0x26
const SPACE = 0x20
const CR = 0x0d
const LF = 0x0a
const BACKSLASH = 0x5c

/** How far from the declared end the true end of a segment is looked for. */
const LENGTH_TOLERANCE = 64
/** The printed form of ciphertext takes five characters a byte. */
const BRACE_EXPANSION = 6
const LONGEST_SPACE_TAIL = 64
/** Candidates inside an unfinished frame that are looked at, at most. */
const INNER_CANDIDATES = 8

export interface FrameLimits {
  /** Longest data segment accepted, bytes; the field has four digits, so 9,999 is the most. Default 4,096. */
  readonly maxSegment?: number
}

const HARD_MAXIMUM = 9999
const DEFAULT_MAXIMUM = 4096

const hexValue = new Int8Array(256).fill(-1)
for (let i = 0; i < 10; i++) hexValue[48 + i] = i
for (let i = 0; i < 6; i++) {
  hexValue[65 + i] = 10 + i
  hexValue[97 + i] = 10 + i
}

const WAIT = -1
const FAIL = -2

export class FrameStream {
  /** Bytes outside any frame or candidate so far; CR, LF, spaces and NUL between frames do not count. */
  skippedBytes = 0
  /** Candidates that failed, so far. */
  badFrames = 0

  private buffer: Buffer = emptyBuffer
  private at = 0
  private end = 0
  private owned = false
  private readonly maxSegment: number
  /** The failed candidate's extent: its bytes up to here are accounted for and are not junk. */
  private explained = 0
  private giveUp = false
  private noMoreTail = false
  /** Offset in `buffer` up to which inner `##` have been looked at for the frame waiting at `at`. */
  private innerFrom = 0

  constructor(limits: FrameLimits = {}) {
    this.maxSegment = Math.min(limits.maxSegment ?? DEFAULT_MAXIMUM, HARD_MAXIMUM)
  }

  /** Bytes held for a frame that is not complete. */
  get buffered(): number {
    return this.end - this.at
  }

  /** Whether a frame is complete but for its tail: {@link settle} it when the sender pauses. */
  get awaitsTail(): boolean {
    return this.tailOpen
  }

  /** Takes a chunk over; its bytes must not be changed afterwards, frames are views of it. */
  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return
    this.giveUp = false
    this.noMoreTail = false
    const held = this.end - this.at
    if (held === 0) {
      this.buffer = asBuffer(chunk)
      this.at = 0
      this.end = chunk.length
      this.innerFrom = 0
      this.explained = 0
      this.owned = false
      return
    }
    this.makeRoom(chunk.length)
    this.buffer.set(chunk, this.end)
    this.end += chunk.length
  }

  /**
   * The next frame or failed candidate; undefined when more bytes are needed. A frame whose CRC is the last
   * thing received is held back until its tail is known: see {@link settle}.
   */
  next(): RawFrame | undefined {
    this.tailOpen = false
    for (;;) {
      if (!this.findHeader()) break
      const frame = this.attempt()
      if (frame === undefined) {
        if (this.waiting) break
        continue
      }
      return frame
    }
    this.keepRest()
    return undefined
  }

  /** The sender has paused: a frame complete but for its tail is released as it is by the next {@link next}. */
  settle(): void {
    this.noMoreTail = true
  }

  /** The unfinished frame's time is over: it is declared truncated by the next {@link next} and the search goes on. */
  expire(): void {
    this.giveUp = true
    this.noMoreTail = true
  }

  /** No more bytes will come. Same as {@link expire}; call {@link next} until it returns undefined. */
  finish(): void {
    this.expire()
  }

  private waiting = false
  private tailOpen = false

  /** Moves to the next `##`; false when there is none (a last single `#` is kept). */
  private findHeader(): boolean {
    const { buffer, end } = this
    let p = this.at
    while (p < end) {
      if (buffer[p] === HASH) {
        if (p + 1 >= end) break
        if (buffer[p + 1] === HASH) break
        p++
      } else {
        const found = buffer.indexOf(HASH, p)
        const stop = found < 0 || found >= end ? end : found
        p = stop
      }
    }
    this.skip(p)
    if (p + 1 >= end) {
      if (this.giveUp && p < end) this.skip(end)
      return false
    }
    return true
  }

  private skip(to: number): void {
    const { buffer } = this
    for (let i = Math.max(this.at, this.explained); i < to; i++) {
      const c = buffer[i]
      if (c !== CR && c !== LF && c !== SPACE && c !== 0) this.skippedBytes++
    }
    this.at = to
  }

  private attempt(): RawFrame | undefined {
    this.waiting = false
    const { buffer, end, at } = this
    const head = this.readLength(at)
    if (head === WAIT) return this.wait(-1, 0)
    if (head === FAIL) return this.pass()
    const declared = this.length
    const start = head
    if (declared > this.maxSegment) return this.bad('oversize', start, declared)
    const crcAt = start + declared
    if (crcAt + 4 > end) return this.attemptUnfinished(start, declared)
    const given = readCrc(buffer, crcAt)
    if (given >= 0) {
      const computed = crc16(buffer, start, crcAt)
      if (computed === given) return this.good(start, crcAt, declared, given, computed, null)
      if (given === crc16Modbus(buffer, start, crcAt))
        return this.good(start, crcAt, declared, given, computed, 'modbus')
      if (looksEncrypted(buffer, start, crcAt))
        return this.good(start, crcAt, declared, given, computed, 'encrypted')
    }
    return this.attemptOtherLength(start, declared, given >= 0 && endsSegment(buffer, crcAt))
  }

  /** The place the length names has not come yet: a shorter true length, or a frame that begins inside. */
  private attemptUnfinished(start: number, declared: number): RawFrame | undefined {
    const corrected = this.findNearEnd(start, declared)
    if (corrected >= 0) return this.goodAt(start, corrected, declared)
    if (!looksEncrypted(this.buffer, start, this.end, true) && this.hasInnerFrame(start))
      return this.bad('truncated', start, declared)
    return this.wait(start, declared)
  }

  /** The CRC is not where the length says: look for `&&` + four digits near the declared end. */
  private attemptOtherLength(start: number, declared: number, decided: boolean): RawFrame | undefined {
    const corrected = this.findNearEnd(start, declared)
    if (corrected >= 0) return this.goodAt(start, corrected, declared)
    if (
      !decided &&
      this.end < start + declared * BRACE_EXPANSION &&
      isOpenBrace(this.buffer, start, this.end)
    )
      return this.wait(start, declared)
    if (decided || this.end >= start + declared + LENGTH_TOLERANCE + 4)
      return this.bad('crc', start, declared)
    if (this.firstEnd(start, this.end) >= 0) return this.bad('crc', start, declared)
    if (this.hasInnerFrame(start)) return this.bad('truncated', start, declared)
    return this.wait(start, declared)
  }

  private wait(start: number, declared: number): RawFrame | undefined {
    if (this.giveUp) {
      if (start < 0) return this.pass()
      return this.bad(this.firstEnd(start, this.end) >= 0 ? 'crc' : 'truncated', start, declared)
    }
    this.waiting = true
    return undefined
  }

  /** Nothing that looks like a frame: one byte on. */
  private pass(): undefined {
    this.skip(this.at + 1)
    return undefined
  }

  private length = 0

  /** Reads the length field of the `##` at `p` into `this.length`; returns the start of the segment, WAIT or FAIL. */
  private readLength(p: number): number {
    const { buffer, end } = this
    let i = p + 2
    const stop = i + 4
    let value = 0
    let digits = 0
    while (i < stop && i < end) {
      const c = buffer[i] as number
      if (c >= 48 && c <= 57) {
        value = value * 10 + (c - 48)
        digits++
      } else if (c !== SPACE) break
      i++
    }
    if (i === stop && digits === 4) {
      this.length = value
      this.declaredStrictly = true
      return value === 0 ? FAIL : i
    }
    if (i >= end && i < stop) return WAIT
    // Two or three digits, or padded with spaces: the segment must begin with a letter.
    if (digits === 0 || value === 0) return FAIL
    if (i >= end) return WAIT
    const c = (buffer[i] as number) | 0x20
    if (c < 97 || c > 122) return FAIL
    this.length = value
    this.declaredStrictly = false
    return i
  }

  private declaredStrictly = true

  /** Segment end within ±64 of the declared one, nearest first, whose CRC is right; −1 when none. */
  private findNearEnd(start: number, declared: number): number {
    const { buffer, end } = this
    const expected = start + declared
    for (let distance = 1; distance <= LENGTH_TOLERANCE; distance++) {
      for (let side = 0; side < 2; side++) {
        const at = side === 0 ? expected + distance : expected - distance
        if (at < start + 2 || at + 4 > end || !endsSegment(buffer, at)) continue
        if (readCrc(buffer, at) === crc16(buffer, start, at)) return at
      }
    }
    const braces = plainLengthOfBraces(buffer, start, end)
    if (braces === null || (braces.plain !== declared && braces.sent !== declared)) return -1
    const at = start + braces.sent
    return at + 4 <= end && endsSegment(buffer, at) ? at : -1
  }

  /** First place in `[start, limit)` where a segment ends by its form (`&&` + four hexadecimal digits); −1 when none. */
  private firstEnd(start: number, limit: number): number {
    const { buffer } = this
    let p = start
    while (p < limit) {
      const found = buffer.indexOf('&&', p, 'latin1')
      if (found < 0 || found + 6 > limit) return -1
      if (endsSegment(buffer, found + 2)) return found + 2
      p = found + 1
    }
    return -1
  }

  /** Whether a whole frame with a right CRC begins at a later `##`. */
  private hasInnerFrame(start: number): boolean {
    const { buffer, end } = this
    let p = Math.max(start, this.innerFrom)
    let looked = 0
    let settled = true
    while (looked < INNER_CANDIDATES) {
      const found = buffer.indexOf('##', p, 'latin1')
      if (found < 0 || found + 2 > end) {
        if (settled) this.innerFrom = Math.max(start, end - 1)
        return false
      }
      const state = this.strictAt(found)
      if (state > 0) return true
      p = found + 1
      if (state === WAIT) {
        settled = false
        looked++
      } else if (settled) this.innerFrom = p
    }
    return false
  }

  private strictAt(p: number): number {
    const { buffer, end } = this
    const head = this.readLength(p)
    if (head < 0) return head
    if (!this.declaredStrictly || this.length > this.maxSegment) return FAIL
    const crcAt = head + this.length
    if (crcAt + 4 > end) return WAIT
    const given = readCrc(buffer, crcAt)
    return given >= 0 && given === crc16(buffer, head, crcAt) ? 1 : FAIL
  }

  private goodAt(start: number, segmentEnd: number, declared: number): RawFrame | undefined {
    const given = readCrc(this.buffer, segmentEnd)
    const computed = crc16(this.buffer, start, segmentEnd)
    return this.good(start, segmentEnd, declared, given, computed, given === computed ? null : 'encrypted')
  }

  private good(
    start: number,
    segmentEnd: number,
    declared: number,
    given: number,
    computed: number,
    defect: Defect | null,
  ): RawFrame | undefined {
    const { buffer, at } = this
    const crcEnd = segmentEnd + 4
    let tailEnd = crcEnd + 2
    let tail: Tail = 'crlf'
    if (tailEnd > this.end || buffer[crcEnd] !== CR || buffer[crcEnd + 1] !== LF) {
      tailEnd = this.otherTail(crcEnd)
      if (tailEnd < 0) {
        this.waiting = true
        this.tailOpen = true
        return undefined
      }
      tail = this.tail
    }
    const strict = start - at === 6 && this.declaredStrictlyAt(at)
    const frame = new RawFrame(
      buffer.subarray(at, tailEnd),
      start - at,
      segmentEnd - at,
      strict ? declared : -1,
      given,
      computed,
      tail,
      defect,
    )
    this.at = tailEnd
    this.explained = 0
    this.innerFrom = 0
    return frame
  }

  private declaredStrictlyAt(p: number): boolean {
    for (let i = p + 2; i < p + 6; i++) if (this.buffer[i] === SPACE) return false
    return true
  }

  private tail: Tail = 'none'

  /** End of a tail that is not CR LF, −1 when the next byte must be known first. */
  private otherTail(p: number): number {
    const { buffer, end } = this
    const open = !this.noMoreTail
    this.tail = 'none'
    if (p >= end) return open ? WAIT : p
    const c = buffer[p]
    if (c === LF) {
      this.tail = 'lf'
      return p + 1
    }
    if (c === CR) {
      if (p + 1 >= end && open) return WAIT
      this.tail = 'cr'
      return p + 1
    }
    if (c === BACKSLASH) {
      if (p + 4 > end && open) return WAIT
      if (buffer.toString('latin1', p, Math.min(p + 4, end)) !== '\\r\\n') return p
      this.tail = 'literal'
      return p + 4
    }
    if (c !== SPACE) return p
    let i = p
    while (i < end && buffer[i] === SPACE && i - p < LONGEST_SPACE_TAIL) i++
    if (i >= end && open) return WAIT
    this.tail = 'spaces'
    if (buffer[i] === CR && i < end) {
      if (i + 1 >= end && open) return WAIT
      return buffer[i + 1] === LF && i + 1 < end ? i + 2 : i + 1
    }
    return buffer[i] === LF && i < end ? i + 1 : i
  }

  /** Reports the candidate at `at`; the search goes on one byte past its `##`. */
  private bad(defect: Defect, start: number, declared: number): RawFrame {
    const { buffer, at } = this
    let limit = buffer.indexOf('##', start, 'latin1')
    if (limit < 0 || limit > this.end) limit = this.end
    const formal = this.firstEnd(start, limit)
    let stop = formal >= 0 ? formal + 4 : Math.min(limit, start + Math.min(declared, this.maxSegment) + 4)
    let tail: Tail = 'none'
    if (formal >= 0) {
      if (buffer[stop] === CR && buffer[stop + 1] === LF && stop + 2 <= limit) {
        stop += 2
        tail = 'crlf'
      }
    }
    const strict = start - at === 6 && this.declaredStrictlyAt(at)
    const given = formal >= 0 ? readCrc(buffer, formal) : -1
    const computed = formal >= 0 ? crc16(buffer, start, formal) : -1
    let found = defect
    if (defect === 'crc' && formal >= 0 && given === computed) found = 'length'
    // No end of its own before another frame begins inside.
    if (defect === 'crc' && formal < 0 && limit < Math.min(this.end, start + declared)) found = 'truncated'
    const frame = new RawFrame(
      buffer.subarray(at, stop),
      start - at,
      (formal >= 0 ? formal : stop) - at,
      strict ? declared : -1,
      given,
      computed,
      tail,
      found,
    )
    this.badFrames++
    this.explained = Math.max(this.explained, stop)
    this.at = at + 1
    this.innerFrom = 0
    return frame
  }

  private makeRoom(more: number): void {
    const held = this.end - this.at
    if (this.owned && this.end + more <= this.buffer.length) return
    const size = Math.max(1024, 2 ** Math.ceil(Math.log2(held + more)))
    this.moveTo(Buffer.allocUnsafeSlow(size))
  }

  /** Lets go of the chunk: what is unfinished moves to a small buffer of our own. */
  private keepRest(): void {
    const held = this.end - this.at
    if (held === 0) {
      this.buffer = emptyBuffer
      this.at = 0
      this.end = 0
      this.explained = 0
      this.innerFrom = 0
      this.owned = false
      return
    }
    if (!this.owned) this.moveTo(Buffer.allocUnsafeSlow(Math.max(1024, 2 ** Math.ceil(Math.log2(held)))))
  }

  private moveTo(target: Buffer): void {
    const held = this.end - this.at
    target.set(this.buffer.subarray(this.at, this.end), 0)
    this.explained = Math.max(0, this.explained - this.at)
    this.innerFrom = Math.max(0, this.innerFrom - this.at)
    this.buffer = target
    this.at = 0
    this.end = held
    this.owned = true
  }
}

const emptyBuffer = Buffer.alloc(0)

/** Four hexadecimal digits at `at` as a number; −1 when they are not. */
function readCrc(buffer: Buffer, at: number): number {
  const a = hexValue[buffer[at] as number] as number
  const b = hexValue[buffer[at + 1] as number] as number
  const c = hexValue[buffer[at + 2] as number] as number
  const d = hexValue[buffer[at + 3] as number] as number
  if ((a | b | c | d) < 0) return -1
  return (a << 12) | (b << 8) | (c << 4) | d
}

/** Whether `at` has the form of a segment's end: `&&` before it, four hexadecimal digits from it on. */
function endsSegment(buffer: Buffer, at: number): boolean {
  return buffer[at - 1] === AMPERSAND && buffer[at - 2] === AMPERSAND && readCrc(buffer, at) >= 0
}
