/**
 * Reader of the data area (HJ 212-2017 6.3.3). `,` and `;` are read alike and pairs are grouped by code, which
 * also understands the devices that use one of the two everywhere. One pass over the bytes; no regular expressions.
 */
import { type AnomalyList, noAnomalyList } from './anomaly.ts'
import { areDigits, hashOf, isCode, sameBytes, trimmed } from './byte-text.ts'
import { Cp, packSpan, widenSpan } from './cp.ts'
import { internedSuffix, internedText, internSlot, LONGEST_INTERNED } from './intern.ts'
import { numberEnd, otherNumber, readNumber } from './number.ts'
import { numericSuffixes, timeNames } from './tables/fields.ts'
import { encodingOf, textOf } from './text.ts'

const EQUALS = 61
const SEMICOLON = 59
const COMMA = 44
const DASH = 45
const SPACE = 32
const SLASH = 47
const LONGEST_NUMBER = 20
const LONGEST_CODE = 12
/** Above so many codes or pairs a table is used instead of a walk, which would be quadratic. */
const MANY_CODES = 48
const MANY_PAIRS = 192

// What a byte of a key is; from MINUS on it ends a code.
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

/** Suffixes of three letters in one comparison. */
const pack3 = (text: string) => (text.charCodeAt(0) << 16) | (text.charCodeAt(1) << 8) | text.charCodeAt(2)
const RTD = pack3('Rtd')
const AVG = pack3('Avg')
const MIN = pack3('Min')
const MAX = pack3('Max')
const COU = pack3('Cou')

// The shortest pair with its separator takes three bytes, and an area is below the 9,999 bytes of the length field.
const CAPACITY = 3400

function filled<T>(value: T): T[] {
  const list: T[] = []
  for (let i = 0; i < CAPACITY; i++) list.push(value)
  return list
}

/** Parses `bytes[start, end)`. Never throws; what it cannot use it names in `anomalies`. */
export function parseCp(
  bytes: Buffer,
  start: number,
  end: number,
  anomalies: AnomalyList,
  fills: readonly number[],
): Cp {
  return reader.read(bytes, start, end, anomalies, fills)
}

/** One instance serves all frames, as parsing is synchronous; its lists are copied by exact size at the end. */
class CpReader {
  private bytes: Buffer = Buffer.alloc(0)
  private end = 0
  private anomalies: AnomalyList = noAnomalyList
  private fills: readonly number[] = []
  private firstFill = Number.NaN

  private readonly codes = filled('')
  private readonly codeSlots = filled(-1)
  private readonly firstPairs = filled(-1)
  private codeCount = 0
  private codeIndex: Map<string, number> | null = null

  private readonly spans = filled(0)
  private readonly suffixes = filled('')
  private readonly received = filled('')
  private readonly numbers = filled(0.5)
  private readonly factorOf = filled(-1)
  private pairCount = 0
  private seen: Set<string> | null = null
  private foldedSuffix = false
  /** A factor came back after another one. */
  private scattered = false

  private readonly plainNames = filled('')
  private readonly plainSpans = filled(0)
  private plainCount = 0

  /** The code of the last pair, where it stands, and its factor: −1 until its first pair is kept. */
  private code = ''
  private codeStart = 0
  private codeLength = 0
  private codeSlot = -1
  private codeKinds = 0
  private factor = -1

  /** The last pair when it was a number; a group of digits after "," belongs to it (`1,234`). */
  private lastNumeric = -1
  private separator = SEMICOLON
  private wideText = false
  /** No log text ends behind here: found once, it need not be looked for again. */
  private noMoreLogs = false

  read(bytes: Buffer, start: number, end: number, anomalies: AnomalyList, fills: readonly number[]): Cp {
    this.reset(bytes, end, anomalies, fills)
    let i = start
    while (i < end && bytes[i] === SPACE) i++
    if (i < end) i = start
    while (i < end) {
      i = this.item(i)
      if (i >= end) break
      this.separator = bytes[i] as number
      if (++i >= end) anomalies.add('empty-cp-item')
    }
    if (this.wideText && encodingOf(bytes.subarray(start, end)) !== 'utf-8') anomalies.add('text-not-utf8')
    return this.result(start)
  }

  private reset(bytes: Buffer, end: number, anomalies: AnomalyList, fills: readonly number[]): void {
    this.bytes = bytes
    this.end = end
    this.anomalies = anomalies
    this.fills = fills
    this.firstFill = fills.length > 0 ? (fills[0] as number) : Number.NaN
    this.codeCount = 0
    this.codeIndex = null
    this.pairCount = 0
    this.seen = null
    this.foldedSuffix = false
    this.scattered = false
    this.plainCount = 0
    this.codeLength = 0
    this.factor = -1
    this.lastNumeric = -1
    this.separator = SEMICOLON
    this.wideText = false
    this.noMoreLogs = false
  }

  private result(start: number): Cp {
    if (this.scattered) this.gather()
    const { codeCount, pairCount, plainCount } = this
    this.firstPairs[codeCount] = pairCount
    return new Cp(
      this.bytes,
      start,
      this.end,
      this.codes.slice(0, codeCount),
      this.firstPairs.slice(0, codeCount + 1),
      this.spans.slice(0, pairCount),
      this.suffixes.slice(0, pairCount),
      this.foldedSuffix ? this.received.slice(0, pairCount) : null,
      this.numbers.slice(0, pairCount),
      this.plainNames.slice(0, plainCount),
      this.plainSpans.slice(0, plainCount),
    )
  }

  /** Reads one item from `from`; returns where its separator stands, or the end. */
  private item(from: number): number {
    const { bytes, end, codeLength } = this
    let i = from
    while (i < end && bytes[i] === SPACE) i++
    // Mostly the code is that of the pair before.
    const dash = i + codeLength
    if (
      codeLength > 0 &&
      dash < end &&
      bytes[dash] === DASH &&
      sameBytes(bytes, this.codeStart, i, codeLength)
    )
      return this.pair(i, dash + 1)
    const keyStart = i
    let hash = 0
    let found = 0
    let kind = 0
    for (; i < end; i++) {
      const c = bytes[i] as number
      kind = kinds[c] as number
      if (kind !== ORDINARY) {
        if (kind >= MINUS) break
        found |= kind
      }
      hash = (Math.imul(hash, 31) + c) | 0
    }
    if (found & WIDE) this.wideText = true
    if (i < end && kind === MINUS) {
      this.beginCode(keyStart, i, hash, found)
      return this.pair(keyStart, i + 1)
    }
    if (i >= end || bytes[i] !== EQUALS) return this.withoutValue(keyStart, i)
    return this.plain(keyStart, i, hash, found)
  }

  /** An item without "=": nothing, a group of digits of the number before it, or text of no use. */
  private withoutValue(keyStart: number, keyEnd: number): number {
    const { bytes, anomalies, lastNumeric } = this
    if (keyEnd === keyStart) anomalies.add('empty-cp-item')
    else if (lastNumeric >= 0 && this.separator === COMMA && areDigits(bytes, keyStart, keyEnd)) {
      this.spans[lastNumeric] = widenSpan(this.spans[lastNumeric] as number, keyEnd)
      this.numbers[lastNumeric] = Number.NaN
      anomalies.add('value-not-number')
    } else anomalies.add('item-without-value')
    return keyEnd
  }

  private plain(keyStart: number, equals: number, hash: number, found: number): number {
    const { bytes, anomalies } = this
    const valueEnd = this.endOfText(equals + 1)
    this.lastNumeric = -1
    const keyEnd = found & BLANK ? trimmed(bytes, keyStart, equals) : equals
    if (found & CONTROL) anomalies.add('control-character-in-code')
    else if (keyEnd === keyStart) anomalies.add('item-without-name')
    else {
      const name =
        found & (WIDE | BLANK) || keyEnd - keyStart > LONGEST_INTERNED
          ? textOf(bytes, keyStart, keyEnd)
          : internedText(internSlot(bytes, keyStart, keyEnd, hash))
      this.plainNames[this.plainCount] = name
      this.plainSpans[this.plainCount++] = packSpan(equals + 1, valueEnd)
      if (timeNames.has(name)) {
        if (valueEnd - equals !== 15 || !areDigits(bytes, equals + 1, valueEnd))
          anomalies.add(`${name}-not-14-digits`)
      } else if (name === 'Flag') anomalies.add('stray-Flag')
    }
    return valueEnd
  }

  /** Takes the code `bytes[start, dash)` as that of the pairs to come. */
  private beginCode(start: number, dash: number, hash: number, found: number): void {
    const { bytes } = this
    const end = found & BLANK ? trimmed(bytes, start, dash) : dash
    this.codeStart = start
    // With blanks in it the next key is read anew: the quick comparison is of bytes.
    this.codeLength = found === 0 ? end - start : 0
    this.codeKinds = end === start ? found | SEPARATOR : found
    if (found & (WIDE | BLANK) || end - start > LONGEST_INTERNED) {
      this.codeSlot = -1
      this.code = textOf(bytes, start, end)
    } else {
      this.codeSlot = internSlot(bytes, start, end, hash)
      this.code = internedText(this.codeSlot)
    }
    this.factor = this.knownFactor()
    if (this.factor >= 0 && this.factor !== this.codeCount - 1) this.scattered = true
  }

  private knownFactor(): number {
    const { codes, codeSlots, codeCount, code, codeSlot } = this
    if (codeCount > MANY_CODES) {
      this.codeIndex ??= new Map(codes.slice(0, codeCount).map((known, at) => [known, at]))
      return this.codeIndex.get(code) ?? -1
    }
    // The same text always has the same slot, so that different slots are different texts.
    for (let k = codeCount - 1; k >= 0; k--)
      if ((codeSlots[k] as number) === codeSlot && codes[k] === code) return k
    return -1
  }

  /** Reads suffix and value of a pair whose suffix begins at `from`; returns where its separator stands. */
  private pair(keyStart: number, from: number): number {
    const { bytes, end } = this
    if (from + 3 < end && bytes[from + 3] === EQUALS) {
      switch (
        ((bytes[from] as number) << 16) |
        ((bytes[from + 1] as number) << 8) |
        (bytes[from + 2] as number)
      ) {
        case RTD:
          return this.numeric('Rtd', from + 4)
        case AVG:
          return this.numeric('Avg', from + 4)
        case MIN:
          return this.numeric('Min', from + 4)
        case MAX:
          return this.numeric('Max', from + 4)
        case COU:
          return this.numeric('Cou', from + 4)
      }
    }
    if (
      from + 4 < end &&
      bytes[from + 4] === EQUALS &&
      bytes[from] === 70 &&
      bytes[from + 1] === 108 &&
      bytes[from + 2] === 97 &&
      bytes[from + 3] === 103
    )
      return this.mark(from + 5)
    return this.otherPair(keyStart, from)
  }

  private numeric(suffix: string, valueStart: number): number {
    const number = readNumber(this.bytes, valueStart, this.end)
    if (numberEnd < 0) return this.notPlain(suffix, suffix, valueStart)
    return this.plainNumber(suffix, suffix, valueStart, number)
  }

  /** `code-Flag=`: mostly one letter. */
  private mark(valueStart: number): number {
    const { bytes, end } = this
    const next = valueStart + 1
    const c = bytes[next]
    const single =
      valueStart < end &&
      (next >= end || c === SEMICOLON || c === COMMA) &&
      (kinds[bytes[valueStart] as number] as number) === ORDINARY
    const valueEnd = single ? next : this.endOfText(valueStart)
    this.lastNumeric = -1
    this.keep('Flag', 'Flag', valueStart, valueEnd, Number.NaN)
    return valueEnd
  }

  private otherPair(keyStart: number, from: number): number {
    const { bytes, end, anomalies } = this
    let hash = 0
    let found = 0
    let i = from
    for (; i < end; i++) {
      const c = bytes[i] as number
      const kind = kinds[c] as number
      if (kind !== ORDINARY) {
        if (kind === SEPARATOR) break
        found |= kind
      }
      hash = (Math.imul(hash, 31) + c) | 0
    }
    if (i >= end || bytes[i] !== EQUALS) return this.withoutValue(keyStart, i)
    if (found & WIDE) this.wideText = true
    if (found & CONTROL) {
      anomalies.add('control-character-in-code')
      this.lastNumeric = -1
      return this.endOfText(i + 1)
    }
    const suffixEnd = found & BLANK ? trimmed(bytes, from, i) : i
    let received: string
    let suffix: string
    if (found & WIDE || suffixEnd - from > LONGEST_INTERNED) {
      received = textOf(bytes, from, suffixEnd)
      suffix = received
    } else {
      const slot = internSlot(bytes, from, suffixEnd, found & BLANK ? hashOf(bytes, from, suffixEnd) : hash)
      received = internedText(slot)
      suffix = internedSuffix(slot)
      if (suffix !== received) {
        anomalies.add('suffix-case')
        this.foldedSuffix = true
      }
    }
    const number = readNumber(bytes, i + 1, end)
    if (numberEnd < 0) return this.notPlain(suffix, received, i + 1)
    return this.plainNumber(suffix, received, i + 1, number)
  }

  private plainNumber(suffix: string, received: string, valueStart: number, number: number): number {
    const valueEnd = numberEnd
    let value = number
    if (valueEnd - valueStart > LONGEST_NUMBER && numericSuffixes.has(suffix)) {
      value = Number.NaN
      this.anomalies.add('value-too-long')
    }
    this.lastNumeric = this.keep(suffix, received, valueStart, valueEnd, value)
    return valueEnd
  }

  private notPlain(suffix: string, received: string, valueStart: number): number {
    const valueEnd = this.endOfText(valueStart)
    const number = otherNumber(this.bytes, valueStart, valueEnd, suffix, this.anomalies)
    this.lastNumeric = -1
    this.keep(suffix, received, valueStart, valueEnd, number)
    return valueEnd
  }

  /** Keeps a pair of the present code; returns its index, −1 when it is not used. */
  private keep(
    suffix: string,
    received: string,
    valueStart: number,
    valueEnd: number,
    number: number,
  ): number {
    if (this.codeKinds & (CONTROL | SEPARATOR)) {
      this.anomalies.add(this.codeKinds & CONTROL ? 'control-character-in-code' : 'item-without-name')
      return -1
    }
    if (this.factor < 0) this.newFactor()
    else if (this.isDuplicate(suffix)) {
      this.anomalies.add('duplicate-field')
      return -1
    }
    const pair = this.pairCount++
    this.spans[pair] = packSpan(valueStart, valueEnd)
    this.suffixes[pair] = suffix
    this.received[pair] = received
    this.factorOf[pair] = this.factor
    this.numbers[pair] =
      number === this.firstFill || this.fills.length > 1 ? this.withoutFill(number) : number
    this.seen?.add(`${this.factor} ${suffix}`)
    return pair
  }

  private withoutFill(number: number): number {
    if (!this.fills.includes(number)) return number
    this.anomalies.add('value-fill')
    return Number.NaN
  }

  private newFactor(): void {
    const factor = this.codeCount++
    const { bytes, code, codeStart, codeKinds } = this
    if (code.length > LONGEST_CODE || codeKinds !== 0 || !isCode(bytes, codeStart, codeStart + code.length))
      this.anomalies.add('code-format')
    this.codes[factor] = code
    this.codeSlots[factor] = this.codeSlot
    this.firstPairs[factor] = this.pairCount
    this.codeIndex?.set(code, factor)
    this.factor = factor
  }

  private isDuplicate(suffix: string): boolean {
    const { factor, factorOf, suffixes, pairCount } = this
    if (pairCount > MANY_PAIRS) {
      this.seen ??= new Set(suffixes.slice(0, pairCount).map((known, pair) => `${factorOf[pair]} ${known}`))
      return this.seen.has(`${factor} ${suffix}`)
    }
    for (let p = this.firstPairs[factor] as number; p < pairCount; p++)
      if (suffixes[p] === suffix && (factorOf[p] as number) === factor) return true
    return false
  }

  /** Brings the pairs of each factor together, in order of appearance. */
  private gather(): void {
    const { factorOf, pairCount, codeCount } = this
    const order: number[] = []
    for (let pair = 0; pair < pairCount; pair++) order.push(pair)
    order.sort((a, b) => (factorOf[a] as number) - (factorOf[b] as number) || a - b)
    for (const list of [this.spans, this.numbers, this.factorOf]) permute(list, order)
    for (const list of [this.suffixes, this.received]) permute(list, order)
    for (let pair = pairCount - 1; pair >= 0; pair--) this.firstPairs[factorOf[pair] as number] = pair
    this.firstPairs[codeCount] = pairCount
  }

  /** End of a value: the next separator; log text between `//` and `//` may contain separators. */
  private endOfText(start: number): number {
    const { bytes, end } = this
    let i = start
    let stop = -1
    if (bytes[i] === SLASH && bytes[i + 1] === SLASH && !this.noMoreLogs) {
      for (let k = i + 2; k + 1 < end && stop < 0; k++) {
        if (bytes[k] !== SLASH || bytes[k + 1] !== SLASH) continue
        const after = k + 2
        if (after >= end || bytes[after] === SEMICOLON || bytes[after] === COMMA) stop = after
      }
      this.noMoreLogs = stop < 0
    }
    for (; i < end; i++) {
      if (i === stop) return i
      const c = bytes[i] as number
      if (stop < 0 && (c === SEMICOLON || c === COMMA)) break
      if (c >= 0x80) this.wideText = true
    }
    return i
  }
}

const reader = new CpReader()

function permute<T>(list: T[], order: readonly number[]): void {
  const copy = order.map((from) => list[from] as T)
  for (let i = 0; i < copy.length; i++) list[i] = copy[i] as T
}
