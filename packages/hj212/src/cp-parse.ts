/**
 * Reader of the data area (HJ 212-2017 6.3.3). `,` and `;` are read alike and pairs are grouped by code, which
 * also understands the devices that use one of the two everywhere. One pass over the bytes; no regular expressions.
 */
import type { AnomalyList } from './anomaly.ts'
import { Cp, PAIR_INTS } from './cp.ts'
import { internedSuffix, internedText, internSlot } from './intern.ts'
import { numericSuffixes, timeNames } from './tables/fields.ts'
import { textOf } from './text.ts'

const EQUALS = 61
const SEMICOLON = 59
const COMMA = 44
const DASH = 45
const DOT = 46
const SPACE = 32
const SLASH = 47
const LONGEST_NUMBER = 20
const LONGEST_CODE = 12
const MANY = 48

const powersOfTen: readonly number[] = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15]

// Scratch, reused by every frame: the parser is synchronous. Copied by exact size at the end.
const codes: string[] = []
const firstPairs: number[] = []
const lastPairs: number[] = []
const pairs: number[] = []
const suffixes: string[] = []
const received: string[] = []
const numbers: number[] = [0.5]
const plainNames: string[] = []
const plainEnds: number[] = []

let numberEnd = 0

/** Parses `bytes[start, end)`. Never throws; what it cannot use it names in `anomalies`. */
export function parseCp(bytes: Buffer, start: number, end: number, anomalies: AnomalyList, fills: readonly number[]): Cp {
  let codeCount = 0
  let pairCount = 0
  let plainCount = 0
  let foldedSuffix = false
  let codeIndex: Map<string, number> | null = null
  let seen: Set<string> | null = null
  let lastCode = ''
  let lastFactor = -1
  let lastNumeric = -1
  let separator = SEMICOLON
  let i = start
  let more = hasContent(bytes, start, end)

  while (more) {
    while (i < end && bytes[i] === SPACE) i++
    const keyStart = i
    let dash = -1
    let hash = 0
    let codeHash = 0
    let odd = 0
    let c = 0
    while (i < end) {
      c = bytes[i] as number
      if (c === EQUALS || c === SEMICOLON || c === COMMA) break
      if (c === DASH && dash < 0) {
        dash = i
        codeHash = hash
        hash = 0
      } else {
        if (c <= SPACE || c >= 0x7f) odd |= c < SPACE || c === 0x7f ? 1 : c === SPACE ? 2 : 4
        hash = (Math.imul(hash, 31) + c) | 0
      }
      i++
    }

    if (i >= end || c !== EQUALS) {
      // An item without "=": nothing, a thousands group of the number before it, or text of no use.
      if (i === keyStart) anomalies.add('empty-cp-item')
      else if (lastNumeric >= 0 && separator === COMMA && areDigits(bytes, keyStart, i)) {
        pairs[lastNumeric * PAIR_INTS + 1] = i
        numbers[lastNumeric] = Number.NaN
        anomalies.add('value-not-number')
      } else anomalies.add('item-without-value')
      if (i >= end) break
      separator = c
      i++
      more = true
      if (i >= end) {
        anomalies.add('empty-cp-item')
        break
      }
      continue
    }

    let keyEnd = i
    const valueStart = i + 1
    if (odd !== 0) {
      while (keyEnd > keyStart && bytes[keyEnd - 1] === SPACE) keyEnd--
      hash = hashOf(bytes, dash < 0 ? keyStart : dash + 1, keyEnd)
    }

    if (dash < 0) {
      const valueEnd = endOfText(bytes, valueStart, end)
      i = valueEnd
      lastNumeric = -1
      if (odd & 1) anomalies.add('control-character-in-code')
      else if (keyEnd === keyStart) anomalies.add('item-without-name')
      else {
        const name = odd & 4 ? textOf(bytes, keyStart, keyEnd) : internedText(internSlot(bytes, keyStart, keyEnd, hash))
        put(plainNames, plainCount, name)
        put(plainEnds, plainCount * 2, valueStart)
        put(plainEnds, plainCount * 2 + 1, valueEnd)
        plainCount++
        if (timeNames.has(name)) {
          if (valueEnd - valueStart !== 14 || !areDigits(bytes, valueStart, valueEnd)) anomalies.add(`${name}-not-14-digits`)
        } else if (name === 'Flag') anomalies.add('stray-Flag')
      }
    } else {
      let number = readNumber(bytes, valueStart, end)
      let valueEnd = numberEnd
      const simple = valueEnd >= 0
      if (!simple) valueEnd = endOfText(bytes, valueStart, end)
      i = valueEnd
      lastNumeric = -1
      let codeEnd = dash
      if (odd !== 0) {
        while (codeEnd > keyStart && bytes[codeEnd - 1] === SPACE) codeEnd--
        codeHash = hashOf(bytes, keyStart, codeEnd)
      }
      if (odd & 1) anomalies.add('control-character-in-code')
      else if (codeEnd === keyStart) anomalies.add('item-without-name')
      else {
        const code = odd & 4 ? textOf(bytes, keyStart, codeEnd) : internedText(internSlot(bytes, keyStart, codeEnd, codeHash))
        const suffixSlot = internSlot(bytes, dash + 1, keyEnd, hash)
        const suffixText = odd & 4 ? textOf(bytes, dash + 1, keyEnd) : internedText(suffixSlot)
        const suffix = odd & 4 ? suffixText : internedSuffix(suffixSlot)
        if (suffixText !== suffix) {
          anomalies.add('suffix-case')
          foldedSuffix = true
        }

        let factor = lastFactor
        if (code !== lastCode || lastFactor < 0) {
          factor = -1
          if (codeCount > MANY) {
            if (codeIndex === null) codeIndex = new Map(codes.slice(0, codeCount).map((known, at) => [known, at]))
            factor = codeIndex.get(code) ?? -1
          } else for (let k = 0; k < codeCount && factor < 0; k++) if (codes[k] === code) factor = k
          lastCode = code
        }

        let duplicate = false
        if (factor >= 0) {
          if (pairCount > MANY * 4) {
            if (seen === null) seen = allPairs(codeCount)
            duplicate = seen.has(`${factor} ${suffix}`)
          } else
            for (let p = firstPairs[factor] as number; p >= 0 && !duplicate; p = pairs[p * PAIR_INTS + 2] as number)
              duplicate = suffixes[p] === suffix
        } else {
          if (codeEnd - keyStart > LONGEST_CODE || odd !== 0 || !isCode(bytes, keyStart, codeEnd)) anomalies.add('code-format')
          factor = codeCount++
          put(codes, factor, code)
          put(firstPairs, factor, -1)
          put(lastPairs, factor, -1)
          codeIndex?.set(code, factor)
        }
        lastFactor = factor

        if (duplicate) anomalies.add('duplicate-field')
        else {
          if (!simple) number = otherNumber(bytes, valueStart, valueEnd, suffix, anomalies)
          else if (valueEnd - valueStart > LONGEST_NUMBER && numericSuffixes.has(suffix)) {
            number = Number.NaN
            anomalies.add('value-too-long')
          }
          for (let k = 0; k < fills.length; k++)
            if (number === fills[k]) {
              number = Number.NaN
              anomalies.add('value-fill')
            }
          const pair = pairCount++
          put(pairs, pair * PAIR_INTS, valueStart)
          put(pairs, pair * PAIR_INTS + 1, valueEnd)
          put(pairs, pair * PAIR_INTS + 2, -1)
          put(suffixes, pair, suffix)
          put(received, pair, suffixText)
          put(numbers, pair, number)
          const before = lastPairs[factor] as number
          if (before < 0) firstPairs[factor] = pair
          else pairs[before * PAIR_INTS + 2] = pair
          lastPairs[factor] = pair
          seen?.add(`${factor} ${suffix}`)
          if (simple) lastNumeric = pair
        }
      }
    }

    if (i >= end) break
    separator = bytes[i] as number
    i++
    if (i >= end) {
      anomalies.add('empty-cp-item')
      break
    }
  }

  return new Cp({
    bytes,
    start,
    end,
    codes: codes.slice(0, codeCount),
    firstPairs: firstPairs.slice(0, codeCount),
    pairs: pairs.slice(0, pairCount * PAIR_INTS),
    suffixes: suffixes.slice(0, pairCount),
    receivedSuffixes: foldedSuffix ? received.slice(0, pairCount) : null,
    numbers: numbers.slice(0, pairCount),
    plainNames: plainNames.slice(0, plainCount),
    plainEnds: plainEnds.slice(0, plainCount * 2),
  })
}

function put<T>(list: T[], at: number, value: T): void {
  if (at < list.length) list[at] = value
  else list.push(value)
}

function hasContent(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== SPACE) return true
  return false
}

function hashOf(bytes: Buffer, start: number, end: number): number {
  let hash = 0
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + (bytes[i] as number)) | 0
  return hash
}

function areDigits(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const c = bytes[i] as number
    if (c < 48 || c > 57) return false
  }
  return end > start
}

function isCode(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const c = bytes[i] as number
    const good = (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95
    if (!good) return false
  }
  return true
}

/** Pairs so far as `factor suffix`: only for messages of very many pairs, where walking them would be quadratic. */
function allPairs(codeCount: number): Set<string> {
  const all = new Set<string>()
  for (let factor = 0; factor < codeCount; factor++)
    for (let p = firstPairs[factor] as number; p >= 0; p = pairs[p * PAIR_INTS + 2] as number)
      all.add(`${factor} ${suffixes[p]}`)
  return all
}

/** End of a value: the next separator; log text between `//` and `//` may contain separators. */
function endOfText(bytes: Buffer, start: number, end: number): number {
  let i = start
  if (bytes[i] === SLASH && bytes[i + 1] === SLASH) {
    for (let k = i + 2; k + 1 < end; k++) {
      if (bytes[k] !== SLASH || bytes[k + 1] !== SLASH) continue
      const after = k + 2
      if (after >= end || bytes[after] === SEMICOLON || bytes[after] === COMMA) return Math.min(after, end)
    }
  }
  while (i < end && bytes[i] !== SEMICOLON && bytes[i] !== COMMA) i++
  return i
}

/**
 * Reads `[-]digits[.digits]` up to a separator and sets `numberEnd`; −1 when the text is of another form.
 * Up to 15 digits: integer and power of ten are exact, so their quotient is the correctly rounded double.
 */
function readNumber(bytes: Buffer, start: number, end: number): number {
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

/** A value of a numeric field that is not of the plain form; NaN for the others. */
function otherNumber(bytes: Buffer, start: number, end: number, suffix: string, anomalies: AnomalyList): number {
  if (suffix === 'Flag' || !numericSuffixes.has(suffix)) return Number.NaN
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
      onlyNumeric &&= c === 43 || c === 69 || c === 101
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
