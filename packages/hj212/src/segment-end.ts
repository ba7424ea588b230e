/** Where a data segment ends, when its length field is wrong: by its form `&&` + four hexadecimal digits, and its CRC. */
import { crc16 } from './crc.ts'
import { plainLengthOfBraces } from './encrypted-shape.ts'
import { indexWithin } from './text.ts'

const AMPERSAND = 0x26
/** How far from the declared end the true end of a segment is looked for. */
export const LENGTH_TOLERANCE = 64
/** A character of UTF-8 or GB18030 text takes at most so many bytes, of those that devices send. */
const BYTES_PER_CHARACTER = 3

const hexValue = new Int8Array(256).fill(-1)
for (let i = 0; i < 10; i++) hexValue[48 + i] = i
for (let i = 0; i < 6; i++) {
  hexValue[65 + i] = 10 + i
  hexValue[97 + i] = 10 + i
}

/** Four hexadecimal digits at `at` as a number; −1 when they are not. */
export function readCrc(buffer: Buffer, at: number): number {
  const a = hexValue[buffer[at] as number] as number
  const b = hexValue[buffer[at + 1] as number] as number
  const c = hexValue[buffer[at + 2] as number] as number
  const d = hexValue[buffer[at + 3] as number] as number
  if ((a | b | c | d) < 0) return -1
  return (a << 12) | (b << 8) | (c << 4) | d
}

/** Whether `at` has the form of a segment's end: `&&` before it, four hexadecimal digits from it on. */
export function endsSegment(buffer: Buffer, at: number): boolean {
  return buffer[at - 1] === AMPERSAND && buffer[at - 2] === AMPERSAND && readCrc(buffer, at) >= 0
}

/** First place in `[start, limit)` where a segment ends by its form; −1 when none. */
export function firstEnd(buffer: Buffer, start: number, limit: number): number {
  let p = start
  while (p < limit) {
    const found = indexWithin(buffer, '&&', p, limit)
    if (found < 0 || found + 6 > limit) return -1
    if (endsSegment(buffer, found + 2)) return found + 2
    p = found + 1
  }
  return -1
}

/** Last byte, exclusive, that can belong to a frame whose length field is wrong. */
export function farthestEnd(buffer: Buffer, start: number, declared: number, limit: number): number {
  const near = start + declared + LENGTH_TOLERANCE + 4
  const counted = start + declared * BYTES_PER_CHARACTER + 4
  return hasWideBytes(buffer, start, Math.min(near, limit)) ? Math.max(near, counted) : near
}

/**
 * The true end of a segment whose length field is wrong, before `limit`; −1 when none is acceptable. Accepted are,
 * with a right CRC, an end within 64 bytes of the declared one, and any end when the length counts characters;
 * and the printed form of ciphertext, whose CRC the key must prove.
 */
export function correctedEnd(buffer: Buffer, start: number, declared: number, limit: number): number {
  const near = nearEnd(buffer, start, declared, limit)
  if (near >= 0) return near
  const counted = characterEnd(buffer, start, declared, limit)
  return counted >= 0 ? counted : braceEnd(buffer, start, declared, limit)
}

/** Nearest to the declared end first. */
function nearEnd(buffer: Buffer, start: number, declared: number, limit: number): number {
  const expected = start + declared
  for (let distance = 1; distance <= LENGTH_TOLERANCE; distance++) {
    for (let side = 0; side < 2; side++) {
      const at = side === 0 ? expected + distance : expected - distance
      if (at < start + 2 || at + 4 > limit || !endsSegment(buffer, at)) continue
      if (readCrc(buffer, at) === crc16(buffer, start, at)) return at
    }
  }
  return -1
}

/** Devices with Chinese text that count characters, not bytes. */
function characterEnd(buffer: Buffer, start: number, declared: number, limit: number): number {
  if (start + declared + LENGTH_TOLERANCE >= limit) return -1
  const at = firstEnd(buffer, start + declared, Math.min(limit, start + declared * BYTES_PER_CHARACTER + 4))
  if (at < 0 || readCrc(buffer, at) !== crc16(buffer, start, at)) return -1
  return charactersOfUtf8(buffer, start, at) === declared || charactersOfGbk(buffer, start, at) === declared
    ? at
    : -1
}

function charactersOfUtf8(buffer: Buffer, start: number, end: number): number {
  let count = 0
  for (let i = start; i < end; i++) if (((buffer[i] as number) & 0xc0) !== 0x80) count++
  return count
}

function charactersOfGbk(buffer: Buffer, start: number, end: number): number {
  let count = 0
  for (let i = start; i < end; i++) {
    count++
    if ((buffer[i] as number) > 0x80) i++
  }
  return count
}

/** Ciphertext printed as `{0xHH,…}`: the length is that of the plain text or of what is sent. */
function braceEnd(buffer: Buffer, start: number, declared: number, limit: number): number {
  const braces = plainLengthOfBraces(buffer, start, limit)
  if (braces === null || (braces.plain !== declared && braces.sent !== declared)) return -1
  const at = start + braces.sent
  return at + 4 <= limit && endsSegment(buffer, at) ? at : -1
}

/** Whether a part of a segment holds bytes that are no ASCII. */
function hasWideBytes(buffer: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ((buffer[i] as number) >= 0x80) return true
  return false
}
