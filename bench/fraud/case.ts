import type { LookAlike, TamperingKind } from '@shanshui/demo/process'
import type { OutletFrame } from '@shanshui/fraud'

/** A labelled outlet: what was done to its data, and what only looks like it. */
export interface LabelledOutlet {
  readonly frame: OutletFrame
  readonly labels: readonly Label[]
  readonly lookAlikes: readonly {
    readonly kind: LookAlike | 'near-zero'
    readonly fromMs: number
    readonly toMs: number
  }[]
}

export interface Label {
  readonly kind: TamperingKind
  /** '' for all pollutants of the outlet */
  readonly parameter: string
  readonly fromMs: number
  /** end of the last hour */
  readonly toMs: number
  readonly strength: 1 | 2 | 3
}

export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

/** Draws of one corpus; xorshift, so that a corpus depends on nothing but its seed. */
export class Draw {
  #state: number

  constructor(seed: number) {
    this.#state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995) | 1
    for (let i = 0; i < 8; i++) this.next()
  }

  /** uniform in [0, 1) */
  next(): number {
    let x = this.#state
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    this.#state = x
    return (x >>> 0) / 4_294_967_296
  }

  between(least: number, most: number): number {
    return least + (most - least) * this.next()
  }

  below(n: number): number {
    return Math.floor(this.next() * n)
  }

  chance(p: number): boolean {
    return this.next() < p
  }

  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T
  }

  /** bell-shaped, mean 0, variance 1 */
  bell(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next())
  }
}
