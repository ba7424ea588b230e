/** Numbers of the wire (N14.2: digits, point, sign), read from bytes. */
import type { AnomalyList } from './anomaly.ts'
import { numericSuffixes } from './tables/fields.ts'

const SEMICOLON = 59
const COMMA = 44
const DASH = 45
const DOT = 46
const PLUS = 43
const LONGEST_NUMBER = 20

const powersOfTen: readonly number[] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
]

/** Where the number that {@link readNumber} has read ends; −1 when there was none. */
export let numberEnd = -1

/**
 * Reads `[-]digits[.digits]` up to a separator and sets {@link numberEnd}; NaN when the text is of another form.
 * Up to 15 digits: integer and power of ten are exact, so their quotient is the correctly rounded double.
 */
export function readNumber(bytes: Buffer, start: number, end: number): number {
  let i = start
  let c = i < end ? (bytes[i] as number) : SEMICOLON
  const negative = c === DASH
  if (negative) c = ++i < end ? (bytes[i] as number) : SEMICOLON
  const first = i
  let mantissa = 0
  while (c >= 48 && c <= 57) {
    mantissa = mantissa * 10 + (c - 48)
    c = ++i < end ? (bytes[i] as number) : SEMICOLON
  }
  let digits = i - first
  let decimals = 0
  if (c === DOT) {
    const point = i
    c = ++i < end ? (bytes[i] as number) : SEMICOLON
    while (c >= 48 && c <= 57) {
      mantissa = mantissa * 10 + (c - 48)
      c = ++i < end ? (bytes[i] as number) : SEMICOLON
    }
    decimals = i - point - 1
    digits += decimals
  }
  if ((c !== SEMICOLON && c !== COMMA) || digits === 0 || digits > 15) {
    numberEnd = -1
    return Number.NaN
  }
  numberEnd = i
  const value = decimals === 0 ? mantissa : mantissa / (powersOfTen[decimals] as number)
  return negative ? -value : value
}

/** A value of a numeric field that is not of the plain form, with its anomaly; NaN for fields that are no numbers. */
export function otherNumber(
  bytes: Buffer,
  start: number,
  end: number,
  suffix: string,
  anomalies: AnomalyList,
): number {
  if (!numericSuffixes.has(suffix)) return Number.NaN
  const text = bytes.toString('latin1', start, end).trim()
  if (text === '') anomalies.add('value-empty')
  else if (text.length > LONGEST_NUMBER) anomalies.add('value-too-long')
  else {
    let onlyNumeric = true
    let plain = true
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i)
      if ((c >= 48 && c <= 57) || c === DOT || c === DASH) continue
      plain = false
      onlyNumeric &&= c === PLUS || c === 69 || c === 101
    }
    const value = onlyNumeric ? Number(text) : Number.NaN
    if (Number.isFinite(value)) {
      if (!plain) anomalies.add('value-format')
      return value
    }
    anomalies.add('value-not-number')
  }
  return Number.NaN
}
