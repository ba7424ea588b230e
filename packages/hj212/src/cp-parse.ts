/**
 * Reader of the data area (HJ 212-2017 6.3.3). `,` and `;` are read alike and pairs are grouped by code, which
 * also understands the devices that use one of the two everywhere. One pass over the bytes; no regular expressions.
 */
import type { AnomalyList } from './anomaly.ts'
import { Cp } from './cp.ts'
import { internedSuffix, internedText, internSlot } from './intern.ts'
import { numericSuffixes, timeNames } from './tables/fields.ts'
import { encodingOf, textOf } from './text.ts'

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

// What a byte of a key is.
const ORDINARY = 0
const CONTROL = 1
const BLANK = 2
const WIDE = 4
const MINUS = 8
const SEPARATOR = 16
const kinds = new Uint8Array(256)
kinds.fill(CONTROL, 0, SPACE)
kinds.fill(WIDE, 0x80)
kinds[0x7f] = CONTROL
kinds[SPACE] = BLANK
kinds[DASH] = MINUS
for (const separator of [EQUALS, SEMICOLON, COMMA]) kinds[separator] = SEPARATOR

const powersOfTen: readonly number[] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
]

// Scratch, reused by every frame: the parser is synchronous. Copied by exact size at the end. The shortest pair
// with its separator takes three bytes, and an area is below the 9,999 bytes of the length field.
const CAPACITY = 3400
const codes = filled('')
const codeSlots = filled(-1)
const firstPairs = filled(-1)
const lastPairs = filled(-1)
const pairStarts = filled(-1)
const pairEnds = filled(-1)
const pairNexts = filled(-1)
const suffixes = filled('')
const received = filled('')
const numbers = filled(0.5)
const plainNames = filled('')
const plainStarts = filled(-1)
const plainEnds = filled(-1)

function filled<T>(value: T): T[] {
  const list: T[] = []
  for (let i = 0; i < CAPACITY; i++) list.push(value)
  return list
}

let numberEnd = 0
let sawWide = false

/** Parses `bytes[start, end)`. Never throws; what it cannot use it names in `anomalies`. */
export function parseCp(
  bytes: Buffer,
  start: number,
  end: number,
  anomalies: AnomalyList,
  fills: readonly number[],
): Cp {
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
  let codeStart = 0
  let codeSlot = -1
  let codeLength = -1
  sawWide = false
  const more = hasContent(bytes, start, end)

  while (more) {
    while (i < end && bytes[i] === SPACE) i++
    const keyStart = i
    let dash = -1
    let hash = 0
    let codeHash = 0
    let odd = 0
    let c = 0
    for (; i < end; i++) {
      c = bytes[i] as number
      const kind = kinds[c] as number
      if (kind !== ORDINARY) {
        if (kind === SEPARATOR) break
        if (kind === MINUS && dash < 0) {
          dash = i
          codeHash = hash
          hash = 0
          continue
        }
        odd |= kind
      }
      hash = (Math.imul(hash, 31) + c) | 0
    }

    if (i >= end || c !== EQUALS) {
      // An item without "=": nothing, a thousands group of the number before it, or text of no use.
      if (i === keyStart) anomalies.add('empty-cp-item')
      else if (lastNumeric >= 0 && separator === COMMA && areDigits(bytes, keyStart, i)) {
        pairEnds[lastNumeric] = i
        numbers[lastNumeric] = Number.NaN
        anomalies.add('value-not-number')
      } else anomalies.add('item-without-value')
      if (i >= end) break
      separator = c
      i++
      if (i >= end) {
        anomalies.add('empty-cp-item')
        break
      }
      continue
    }

    let keyEnd = i
    const valueStart = i + 1
    if (odd & WIDE) sawWide = true
    if (odd & ~MINUS) {
      while (keyEnd > keyStart && bytes[keyEnd - 1] === SPACE) keyEnd--
      hash = hashOf(bytes, dash < 0 ? keyStart : dash + 1, keyEnd)
    }

    if (dash < 0) {
      const valueEnd = endOfText(bytes, valueStart, end)
      i = valueEnd
      lastNumeric = -1
      if (odd & CONTROL) anomalies.add('control-character-in-code')
      else if (keyEnd === keyStart) anomalies.add('item-without-name')
      else {
        const name =
          odd & WIDE
            ? textOf(bytes, keyStart, keyEnd)
            : internedText(internSlot(bytes, keyStart, keyEnd, hash))
        plainNames[plainCount] = name
        plainStarts[plainCount] = valueStart
        plainEnds[plainCount] = valueEnd
        plainCount++
        if (timeNames.has(name)) {
          if (valueEnd - valueStart !== 14 || !areDigits(bytes, valueStart, valueEnd))
            anomalies.add(`${name}-not-14-digits`)
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
      if (odd & ~MINUS) {
        while (codeEnd > keyStart && bytes[codeEnd - 1] === SPACE) codeEnd--
        codeHash = hashOf(bytes, keyStart, codeEnd)
      }
      if (odd & CONTROL) anomalies.add('control-character-in-code')
      else if (codeEnd === keyStart) anomalies.add('item-without-name')
      else {
        const length = codeEnd - keyStart
        let code = lastCode
        let isNewCode = false
        if (length !== codeLength || !sameBytes(bytes, codeStart, keyStart, length)) {
          if (odd & WIDE) {
            codeSlot = -1
            code = textOf(bytes, keyStart, codeEnd)
          } else {
            codeSlot = internSlot(bytes, keyStart, codeEnd, codeHash)
            code = internedText(codeSlot)
          }
          isNewCode = true
          codeStart = keyStart
          codeLength = length
        }
        const suffixSlot = internSlot(bytes, dash + 1, keyEnd, hash)
        const suffixText = odd & WIDE ? textOf(bytes, dash + 1, keyEnd) : internedText(suffixSlot)
        const suffix = odd & WIDE ? suffixText : internedSuffix(suffixSlot)
        if (suffixText !== suffix) {
          anomalies.add('suffix-case')
          foldedSuffix = true
        }

        let factor = lastFactor
        if (isNewCode) {
          factor = -1
          if (codeCount > MANY) {
            if (codeIndex === null)
              codeIndex = new Map(codes.slice(0, codeCount).map((known, at) => [known, at]))
            factor = codeIndex.get(code) ?? -1
          } else
            for (let k = 0; k < codeCount; k++)
              // The same text always has the same slot, so that different slots are different texts.
              if (codeSlots[k] === codeSlot && codes[k] === code) {
                factor = k
                break
              }
          lastCode = code
        }

        let duplicate = false
        if (factor >= 0) {
          if (pairCount > MANY * 4) {
            if (seen === null) seen = allPairs(codeCount)
            duplicate = seen.has(`${factor} ${suffix}`)
          } else
            for (let p = firstPairs[factor] as number; p >= 0 && !duplicate; p = pairNexts[p] as number)
              duplicate = suffixes[p] === suffix
        } else {
          if (codeEnd - keyStart > LONGEST_CODE || odd & ~MINUS || !isCode(bytes, keyStart, codeEnd))
            anomalies.add('code-format')
          factor = codeCount++
          codes[factor] = code
          codeSlots[factor] = codeSlot
          firstPairs[factor] = -1
          lastPairs[factor] = -1
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
          pairStarts[pair] = valueStart
          pairEnds[pair] = valueEnd
          pairNexts[pair] = -1
          suffixes[pair] = suffix
          received[pair] = suffixText
          numbers[pair] = number
          const before = lastPairs[factor] as number
          if (before < 0) firstPairs[factor] = pair
          else pairNexts[before] = pair
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

  if (sawWide && encodingOf(bytes.subarray(start, end)) !== 'utf-8') anomalies.add('text-not-utf8')
  return new Cp({
    bytes,
    start,
    end,
    codes: codes.slice(0, codeCount),
    firstPairs: firstPairs.slice(0, codeCount),
    pairStarts: pairStarts.slice(0, pairCount),
    pairEnds: pairEnds.slice(0, pairCount),
    pairNexts: pairNexts.slice(0, pairCount),
    suffixes: suffixes.slice(0, pairCount),
    receivedSuffixes: foldedSuffix ? received.slice(0, pairCount) : null,
    numbers: numbers.slice(0, pairCount),
    plainNames: plainNames.slice(0, plainCount),
    plainStarts: plainStarts.slice(0, plainCount),
    plainEnds: plainEnds.slice(0, plainCount),
  })
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

function sameBytes(bytes: Buffer, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (bytes[a + i] !== bytes[b + i]) return false
  return true
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
    for (let p = firstPairs[factor] as number; p >= 0; p = pairNexts[p] as number)
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
      if (after < end && bytes[after] !== SEMICOLON && bytes[after] !== COMMA) continue
      for (; i < after; i++) if ((bytes[i] as number) >= 0x80) sawWide = true
      return after
    }
  }
  for (; i < end; i++) {
    const c = bytes[i] as number
    if (c === SEMICOLON || c === COMMA) break
    if (c >= 0x80) sawWide = true
  }
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
function otherNumber(
  bytes: Buffer,
  start: number,
  end: number,
  suffix: string,
  anomalies: AnomalyList,
): number {
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
