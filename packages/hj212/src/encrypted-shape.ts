/**
 * The outer form of an encrypted frame (HJ 212-2025 6.4 and Annex A.2): version bits ≥ 2, a command whose data
 * area is encrypted, and a data area that is not text. Ciphertext may contain `##`, `&&` and CR LF: such frames
 * are cut by their length alone.
 */

import { indexWithin } from './text.ts'

/** Commands whose data area is encrypted, from the field machine to the host (6.4.4): 2000–2999, 1014, 3020. */
export function isEncryptedCommand(cn: string): boolean {
  return (cn.length === 4 && cn[0] === '2') || cn === '1014' || cn === '3020'
}

/** At most 15 bytes in clear behind the ciphertext, `&&` and the CRC. */
const LONGEST_CLEAR_TAIL = 22

export interface CpBounds {
  readonly start: number
  readonly end: number
}

/** The data area of a segment: behind `CP=&&` to the last `&&`; null when there is no `CP=&&`. */
export function cpBounds(bytes: Buffer, start: number, end: number): CpBounds | null {
  const at = indexWithin(bytes, 'CP=&&', start, end)
  if (at < 0) return null
  const closed = end - 2 >= at + 5 && bytes[end - 1] === 0x26 && bytes[end - 2] === 0x26
  return { start: at + 5, end: closed ? end - 2 : end }
}

/** Text of a header field before `CP=&&`; '' when absent. */
export function peekField(bytes: Buffer, start: number, cpStart: number, name: string): string {
  const header = bytes.toString('latin1', start, cpStart)
  const at = header.indexOf(`${name}=`)
  if (at < 0) return ''
  const from = at + name.length + 1
  let to = from
  while (to < header.length && header[to] !== ';' && header[to] !== ',') to++
  return header.slice(from, to)
}

/** Whether a segment has the form of an encrypted one. `open`: its end has not come yet. */
export function looksEncrypted(bytes: Buffer, start: number, end: number, open = false): boolean {
  const cp = cpBounds(bytes, start, end)
  if (cp === null) return false
  if (!open && (bytes[end - 1] !== 0x26 || bytes[end - 2] !== 0x26)) return false
  if (!open && cp.end - cp.start < 16) return false
  if (!(Number.parseInt(peekField(bytes, start, cp.start, 'Flag'), 10) >= 8)) return false
  if (!isEncryptedCommand(peekField(bytes, start, cp.start, 'CN'))) return false
  if (isBrace(bytes, cp.start)) return true
  // The mean of random bytes: more than half are outside printable ASCII. A single one would be a damaged text.
  let strange = 0
  const stop = Math.min(cp.end, cp.start + 64)
  for (let i = cp.start; i < stop; i++) {
    const c = bytes[i] as number
    if (c < 0x20 || c > 0x7e) strange++
  }
  return strange * 4 > stop - cp.start
}

function isBrace(bytes: Buffer, at: number): boolean {
  return bytes[at] === 0x7b && bytes[at + 1] === 0x30 && ((bytes[at + 2] as number) | 0x20) === 0x78
}

/** Ciphertext bytes of the printed form `{0xE4,0x3E,…}` at `at`, and where it ends; null when it is not of that form. */
export function readBraces(bytes: Buffer, at: number, limit: number): { cipher: Buffer; end: number } | null {
  if (!isBrace(bytes, at)) return null
  const close = indexWithin(bytes, '}', at, limit)
  if (close < 0) return null
  const cipher: number[] = []
  for (const item of bytes.toString('latin1', at + 1, close).split(',')) {
    const value = Number(item.trim())
    if (item.trim() === '' || !Number.isInteger(value) || value < 0 || value > 255) return null
    cipher.push(value)
  }
  return { cipher: Buffer.from(cipher), end: close + 1 }
}

/** Whether the data area of the segment at `start` opens with the printed form and its end has not come yet. */
export function isOpenBrace(bytes: Buffer, start: number, limit: number): boolean {
  const cp = cpBounds(bytes, start, limit)
  if (cp === null || !isBrace(bytes, cp.start)) return false
  const close = indexWithin(bytes, '}', cp.start, limit)
  return close < 0 || close + LONGEST_CLEAR_TAIL > limit
}

/** Length of a brace-form segment as sent, and as it would be with plain bytes; null when it is not of that form. */
export function plainLengthOfBraces(
  bytes: Buffer,
  start: number,
  limit: number,
): { plain: number; sent: number } | null {
  const cp = cpBounds(bytes, start, limit)
  if (cp === null) return null
  const braces = readBraces(bytes, cp.start, limit)
  if (braces === null) return null
  const close = indexWithin(bytes, '&&', braces.end, limit)
  if (close < 0) return null
  const sent = close + 2 - start
  const printed = braces.end - cp.start
  return { plain: sent - printed + braces.cipher.length, sent }
}
