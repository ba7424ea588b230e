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

/** Columns: a pair `code-suffix=value` is an index in those named pair…, suffixes and numbers. */
export interface CpParts {
  readonly bytes: Buffer
  readonly start: number
  readonly end: number
  readonly codes: string[]
  readonly firstPairs: number[]
  readonly pairStarts: number[]
  readonly pairEnds: number[]
  /** The next pair of the same factor; −1 at its last. */
  readonly pairNexts: number[]
  readonly suffixes: string[]
  /** Suffixes as received, when the case of one differs from the standard. */
  readonly receivedSuffixes: string[] | null
  readonly numbers: number[]
  readonly plainNames: string[]
  readonly plainStarts: number[]
  readonly plainEnds: number[]
}

export class Cp {
  /** Factor codes as received, in order of first appearance. */
  readonly codes: readonly string[]
  private readonly parts: CpParts

  constructor(parts: CpParts) {
    this.parts = parts
    this.codes = parts.codes
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
    return pair < 0 ? Number.NaN : (this.parts.numbers[pair] as number)
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
    const found: string[] = []
    for (let p = this.parts.firstPairs[factor] ?? -1; p >= 0; p = this.nextPair(p))
      found.push(this.parts.suffixes[p] as string)
    return found
  }

  /** Text of a plain field (`DataTime`, `QnRtn` …); the first one when repeated; undefined when absent. Case matters not. */
  plain(name: string): string | undefined {
    const { plainNames } = this.parts
    for (let i = 0; i < plainNames.length; i++) if (plainNames[i] === name) return this.plainText(i)
    const lower = name.toLowerCase()
    for (let i = 0; i < plainNames.length; i++)
      if ((plainNames[i] as string).toLowerCase() === lower) return this.plainText(i)
    return undefined
  }

  /** All texts of a repeatable plain field (2005: `PolId=101;PolId=102`). */
  plainAll(name: string): string[] {
    const found: string[] = []
    for (let i = 0; i < this.parts.plainNames.length; i++)
      if (this.parts.plainNames[i] === name) found.push(this.plainText(i))
    return found
  }

  /** Names of the plain fields in order, repetitions included. */
  get plainNames(): readonly string[] {
    return this.parts.plainNames
  }

  /** Number of a plain field; NaN when absent or no number. */
  plainNumber(name: string): number {
    const text = this.plain(name)
    return text === undefined || text.trim() === '' ? Number.NaN : Number(text)
  }

  /** The text between `CP=&&` and `&&`. */
  get rawText(): string {
    return textOf(this.parts.bytes, this.parts.start, this.parts.end)
  }

  /** The bytes between `CP=&&` and `&&`. */
  get areaBytes(): Uint8Array {
    return this.parts.bytes.subarray(this.parts.start, this.parts.end)
  }

  toJSON(): CpJson {
    const plain: CpJson['plain'] = Object.create(null)
    this.parts.plainNames.forEach((name, i) => {
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
    const { suffixes, receivedSuffixes } = this.parts
    for (let p = this.parts.firstPairs[factor] ?? -1; p >= 0; p = this.nextPair(p)) {
      const name = (receivedSuffixes ?? suffixes)[p] as string
      fields[name] = this.pairText(p)
    }
    return fields
  }

  private plainText(i: number): string {
    return textOf(this.parts.bytes, this.parts.plainStarts[i] as number, this.parts.plainEnds[i] as number)
  }

  private pairText(pair: number): string {
    return textOf(
      this.parts.bytes,
      this.parts.pairStarts[pair] as number,
      this.parts.pairEnds[pair] as number,
    )
  }

  private nextPair(pair: number): number {
    return this.parts.pairNexts[pair] as number
  }

  private pairOf(factor: number, suffix: string): number {
    const { firstPairs, suffixes, pairNexts } = this.parts
    let pair = firstPairs[factor] ?? -1
    while (pair >= 0) {
      if (suffixes[pair] === suffix) return pair
      pair = pairNexts[pair] as number
    }
    return -1
  }
}
