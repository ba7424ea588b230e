/** The length field behind `##`: four digits; two or three, or digits padded with spaces, from some devices. */

const SPACE = 0x20

/** The next byte must be known first. */
export const WAIT = -1
/** No length: not a frame. */
export const FAIL = -2

/** What the last {@link readLength} has read: the number, and whether it was of four digits. */
export let declaredLength = 0
export let isFourDigits = true

/**
 * Reads the length field of the `##` at `p` of `buffer[0, end)`; returns where the data segment starts, {@link WAIT}
 * or {@link FAIL}. HJ 212-2017 table 2: decimal, padded with zeros, 1…9,999.
 */
export function readLength(buffer: Buffer, p: number, end: number): number {
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
    declaredLength = value
    isFourDigits = true
    return value === 0 ? FAIL : i
  }
  if (i >= end && i < stop) return WAIT
  if (digits === 0 || value === 0) return FAIL
  if (i >= end) return WAIT
  // Fewer digits are only believed when the segment begins with a letter.
  const c = (buffer[i] as number) | 0x20
  if (c < 97 || c > 122) return FAIL
  declaredLength = value
  isFourDigits = false
  return i
}
