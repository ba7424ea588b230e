/**
 * Framing of a byte stream: `##` LLLL segment CCCC CR LF (HJ 212-2017 6.3.1 table 2), with resynchronisation.
 *
 * On any failure the search goes on one byte past the failed `##`, so that a damaged length never swallows the
 * next frame. Nothing is ever thrown for bytes, whatever they are; memory is bounded by {@link FrameLimits}.
 */
import { crc16, crc16Modbus } from './crc.ts'
import { isOpenBrace, looksEncrypted } from './encrypted-shape.ts'
import { declaredLength, FAIL, isFourDigits, readLength, WAIT } from './length-field.ts'
import { type Defect, RawFrame, type Tail } from './raw-frame.ts'
import { correctedEnd, endsSegment, farthestEnd, firstEnd, LENGTH_TOLERANCE, readCrc } from './segment-end.ts'
import { readTail } from './tail.ts'
import { asBuffer } from './text.ts'

const HASH = 0x23
const SPACE = 0x20
const CR = 0x0d
const LF = 0x0a
/** The printed form of ciphertext takes five characters a byte. */
const BRACE_EXPANSION = 6
/** Candidates inside an unfinished frame that are looked at for one chunk, at most. */
const INNER_CANDIDATES = 32

export interface FrameLimits {
  /** Longest data segment accepted, bytes; the field has four digits, so 9,999 is the most. Default 4,096. */
  readonly maxSegment?: number
}

const HARD_MAXIMUM = 9999
const DEFAULT_MAXIMUM = 4096

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
    const start = readLength(buffer, at, end)
    if (start === WAIT) return this.wait(-1, 0)
    if (start === FAIL) return this.pass()
    const declared = declaredLength
    this.strictly = isFourDigits
    if (declared > this.maxSegment) return this.bad('oversize', start, declared)
    const crcAt = start + declared
    if (crcAt + 4 > end) return this.attemptUnfinished(start, declared)
    const given = readCrc(buffer, crcAt)
    if (given >= 0) {
      const computed = crc16(buffer, start, crcAt)
      if (computed === given) return this.good(start, crcAt, declared, given, computed, null)
      if (endsSegment(buffer, crcAt) && given === crc16Modbus(buffer, start, crcAt))
        return this.good(start, crcAt, declared, given, computed, 'modbus')
      if (looksEncrypted(buffer, start, crcAt))
        return this.good(start, crcAt, declared, given, computed, 'encrypted')
    }
    return this.attemptOtherLength(start, declared, given >= 0 && endsSegment(buffer, crcAt))
  }

  /** The place the length names has not come yet: a shorter true length, or a frame that begins inside. */
  private attemptUnfinished(start: number, declared: number): RawFrame | undefined {
    const { buffer, end } = this
    const corrected = correctedEnd(buffer, start, declared, end)
    if (corrected >= 0) return this.goodAt(start, corrected, declared)
    if (!looksEncrypted(buffer, start, end, true) && this.hasInnerFrame(start))
      return this.bad('truncated', start, declared)
    return this.wait(start, declared)
  }

  /** The CRC is not where the length says. `decided`: something of its form is there, so that it is just wrong. */
  private attemptOtherLength(start: number, declared: number, decided: boolean): RawFrame | undefined {
    const { buffer } = this
    // What cannot belong to this frame is not looked at: a flood of false headers must not cost its square.
    const end = Math.min(this.end, start + declared * BRACE_EXPANSION + LENGTH_TOLERANCE)
    const corrected = correctedEnd(buffer, start, declared, end)
    if (corrected >= 0) return this.goodAt(start, corrected, declared)
    if (decided) return this.bad('crc', start, declared)
    if (this.end < start + declared * BRACE_EXPANSION && isOpenBrace(buffer, start, end))
      return this.wait(start, declared)
    if (this.end >= farthestEnd(buffer, start, declared, end)) return this.bad('crc', start, declared)
    if (firstEnd(buffer, start, end) >= 0) return this.bad('crc', start, declared)
    return this.hasInnerFrame(start) ? this.bad('truncated', start, declared) : this.wait(start, declared)
  }

  private wait(start: number, declared: number): RawFrame | undefined {
    if (this.giveUp) {
      if (start < 0) return this.pass()
      return this.bad(firstEnd(this.buffer, start, this.end) >= 0 ? 'crc' : 'truncated', start, declared)
    }
    this.waiting = true
    return undefined
  }

  /** Nothing that looks like a frame: one byte on. */
  private pass(): undefined {
    this.skip(this.at + 1)
    return undefined
  }

  /** Whether the length field of the candidate has four digits. */
  private strictly = true

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
      looked++
      if (state === WAIT) settled = false
      else if (settled) this.innerFrom = p
    }
    return false
  }

  private strictAt(p: number): number {
    const { buffer, end } = this
    const start = readLength(buffer, p, end)
    if (start < 0) return start
    if (!isFourDigits || declaredLength > this.maxSegment) return FAIL
    const crcAt = start + declaredLength
    if (crcAt + 4 > end) return WAIT
    const given = readCrc(buffer, crcAt)
    return given >= 0 && given === crc16(buffer, start, crcAt) ? 1 : FAIL
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
      const found = readTail(buffer, crcEnd, this.end, !this.noMoreTail)
      if (found === null) {
        this.waiting = true
        this.tailOpen = true
        return undefined
      }
      tailEnd = found.end
      tail = found.tail
    }
    const frame = new RawFrame(
      buffer.subarray(at, tailEnd),
      start - at,
      segmentEnd - at,
      this.strictly ? declared : -1,
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

  /** Reports the candidate at `at`; the search goes on one byte past its `##`. */
  private bad(defect: Defect, start: number, declared: number): RawFrame {
    const { buffer, at } = this
    let limit = buffer.indexOf('##', start, 'latin1')
    if (limit < 0 || limit > this.end) limit = this.end
    const formal = firstEnd(buffer, start, limit)
    let stop = formal >= 0 ? formal + 4 : Math.min(limit, start + Math.min(declared, this.maxSegment) + 4)
    let tail: Tail = 'none'
    if (formal >= 0) {
      if (buffer[stop] === CR && buffer[stop + 1] === LF && stop + 2 <= limit) {
        stop += 2
        tail = 'crlf'
      }
    }
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
      this.strictly ? declared : -1,
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
