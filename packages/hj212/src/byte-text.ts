/** Questions about ASCII text that stands in bytes. */

const SPACE = 32

export function sameBytes(bytes: Buffer, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (bytes[a + i] !== bytes[b + i]) return false
  return true
}

export function trimmed(bytes: Buffer, start: number, end: number): number {
  let i = end
  while (i > start && bytes[i - 1] === SPACE) i--
  return i
}

export function hashOf(bytes: Buffer, start: number, end: number): number {
  let hash = 0
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + (bytes[i] as number)) | 0
  return hash
}

export function areDigits(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const c = bytes[i] as number
    if (c < 48 || c > 57) return false
  }
  return end > start
}

export function isCode(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const c = bytes[i] as number
    const good = (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95
    if (!good) return false
  }
  return true
}
