/**
 * The data area CP, parsed. Texts stay where they are in the frame's bytes; numbers are read while parsing.
 * Everything is positional: factor index 0…factorCount−1 in order of first appearance.
 */
import { textOf } from './text.ts'

/** Value texts as received: `factors[code][field]`. Objects without prototype, so that `__proto__` is a mere key. */
export interface CpJson {
  plain: Record<string, string | string[]>
  factors: Record<string, Record<string, string>>
}

const SPAN_BITS = 14
const SPAN_MASK = (1 << SPAN_BITS) - 1

/** Start and end of a text in one small integer; both are below 2^14, since a segment has at most 9,999 bytes. */
export function packSpan(start: number, end: number): number {
  return (start << SPAN_BITS) | end
}

/** The span with another end. */
export function widenSpan(span: number, end: number): number {
  return (span & ~SPAN_MASK) | end
}

const noFactors: readonly number[] = []

export class Cp {
  /** Factor codes as received, in order of first appearance. */
  readonly codes: readonly string[]
  private readonly bytes: Buffer
  private readonly start: number
  private readonly end: number
  /** First pair of each factor, and the number of pairs at the end. */
  private readonly firstPairs: readonly number[]
  private readonly spans: readonly number[]
  private readonly suffixes: readonly string[]
  /** Suffixes as received, when the case of one differs from the standard. */
  private readonly receivedSuffixes: readonly string[] | null
  private readonly numbers: readonly number[]
  /** Names of the plain fields in order, repetitions included. */
  readonly plainNames: readonly string[]
  private readonly plainSpans: readonly number[]

  /** @internal */
  constructor(
    bytes: Buffer,
    start: number,
    end: number,
    codes: readonly string[],
    firstPairs: readonly number[],
    spans: readonly number[],
    suffixes: readonly string[],
    receivedSuffixes: readonly string[] | null,
    numbers: readonly number[],
    plainNames: readonly string[],
    plainSpans: readonly number[],
  ) {
    this.bytes = bytes
    this.start = start
    this.end = end
    this.codes = codes
    this.firstPairs = firstPairs
    this.spans = spans
    this.suffixes = suffixes
    this.receivedSuffixes = receivedSuffixes
    this.numbers = numbers
    this.plainNames = plainNames
    this.plainSpans = plainSpans
  }

  get factorCount(): number {
    return this.codes.length
  }

  /** Index of a factor code; −1 when the message does not carry it. */
  factorIndex(code: string): number {
    return this.codes.indexOf(code)
  }

  /** Number of `code-suffix`; NaN when absent, no number, or a fill value. The suffix in the standard's case. */
  number(factor: number, suffix: string): number {
    const pair = this.pairOf(factor, suffix)
    return pair < 0 ? Number.NaN : (this.numbers[pair] as number)
  }

  /** Text of `code-suffix` exactly as received; undefined when absent. */
  text(factor: number, suffix: string): string | undefined {
    const pair = this.pairOf(factor, suffix)
    if (pair < 0) return undefined
    return this.pairText(pair)
  }

  /** Data mark of a factor (`code-Flag`) as received; '' when absent or empty. Table: {@link dataMarks}. */
  mark(factor: number): string {
    return this.text(factor, 'Flag') ?? ''
  }

  /** Suffixes of a factor in the standard's case, in order of appearance. */
  suffixesOf(factor: number): string[] {
    return this.suffixes.slice(this.firstPairs[factor], this.firstPairs[factor + 1])
  }

  /** Indexes of the factors that carry a suffix (in the standard's case), ascending; the same empty list when none does. */
  factorsWith(suffix: string): readonly number[] {
    const { suffixes, firstPairs } = this
    let found: number[] | undefined
    for (let pair = 0, factor = 0; pair < suffixes.length; pair++) {
      if (suffixes[pair] !== suffix) continue
      while ((firstPairs[factor + 1] as number) <= pair) factor++
      found ??= []
      if (found.at(-1) !== factor) found.push(factor)
    }
    return found ?? noFactors
  }

  /** Text of a plain field (`DataTime`, `QnRtn` …); the first one when repeated; undefined when absent. Case matters not. */
  plain(name: string): string | undefined {
    const { plainNames } = this
    for (let i = 0; i < plainNames.length; i++) if (plainNames[i] === name) return this.plainText(i)
    const lower = name.toLowerCase()
    for (let i = 0; i < plainNames.length; i++)
      if ((plainNames[i] as string).toLowerCase() === lower) return this.plainText(i)
    return undefined
  }

  /** All texts of a repeatable plain field (2005: `PolId=101;PolId=102`). */
  plainAll(name: string): string[] {
    const found: string[] = []
    for (let i = 0; i < this.plainNames.length; i++)
      if (this.plainNames[i] === name) found.push(this.plainText(i))
    return found
  }

  /** Number of a plain field; NaN when absent or no number. */
  plainNumber(name: string): number {
    const text = this.plain(name)
    return text === undefined || text.trim() === '' ? Number.NaN : Number(text)
  }

  /** The text between `CP=&&` and `&&`. */
  get rawText(): string {
    return textOf(this.bytes, this.start, this.end)
  }

  /** The bytes between `CP=&&` and `&&`. */
  get areaBytes(): Uint8Array {
    return this.bytes.subarray(this.start, this.end)
  }

  toJSON(): CpJson {
    const plain: CpJson['plain'] = Object.create(null)
    this.plainNames.forEach((name, i) => {
      const before = plain[name]
      if (before === undefined) plain[name] = this.plainText(i)
      else if (typeof before === 'string') plain[name] = [before, this.plainText(i)]
      else before.push(this.plainText(i))
    })
    const factors: CpJson['factors'] = Object.create(null)
    this.codes.forEach((code, factor) => {
      factors[code] = this.fieldsOf(factor)
    })
    return { plain, factors }
  }

  private fieldsOf(factor: number): Record<string, string> {
    const fields: Record<string, string> = Object.create(null)
    const { suffixes, receivedSuffixes } = this
    const end = this.firstPairs[factor + 1] as number
    for (let p = this.firstPairs[factor] as number; p < end; p++) {
      const name = (receivedSuffixes ?? suffixes)[p] as string
      fields[name] = this.pairText(p)
    }
    return fields
  }

  private plainText(i: number): string {
    return this.spanText(this.plainSpans[i] as number)
  }

  private pairText(pair: number): string {
    return this.spanText(this.spans[pair] as number)
  }

  private spanText(span: number): string {
    return textOf(this.bytes, span >>> SPAN_BITS, span & SPAN_MASK)
  }

  private pairOf(factor: number, suffix: string): number {
    const { firstPairs, suffixes } = this
    if (factor < 0 || factor >= this.codes.length) return -1
    const end = firstPairs[factor + 1] as number
    for (let pair = firstPairs[factor] as number; pair < end; pair++)
      if (suffixes[pair] === suffix) return pair
    return -1
  }
}
