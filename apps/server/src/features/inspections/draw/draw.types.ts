/** What a double random draw (双随机) is asked and what it answers; every field is published, so that anybody can repeat it. */

export interface DrawUnit {
  readonly id: string
  readonly title: string
  /** Already drawn earlier in the year: stands back unless the quota asks for more than the others. */
  readonly drawnThisYear?: boolean
}

export interface DrawOfficer {
  readonly id: string
  readonly name: string
  /** Ids of units that this officer must not inspect (回避). */
  readonly conflicts?: readonly string[]
}

export interface DrawSettings {
  /** Share of the pool, 0–1; the quota is ⌈rate × N⌉. */
  readonly rate: number
  /** Given instead of `rate` where the quota is a number. */
  readonly quota?: number
  /** Public randomness that nobody of the bureau can choose, such as the result of a lottery of that day. */
  readonly publicRandomness: string
  /** ISO instant of the draw, `+08:00`. */
  readonly timestamp: string
  /** Units drawn besides, in order, for those that turn out closed or moved. */
  readonly reserves?: number
}

export interface UnitDraw {
  /** `draw/1`: the procedure of docs/double-random.md. */
  readonly algorithm: 'draw/1'
  /** SHA-256 of the frozen pool, hexadecimal. */
  readonly poolHash: string
  /** SHA-256 of randomness, timestamp and pool hash, hexadecimal: the seed of the generator. */
  readonly seed: string
  readonly quota: number
  /** The whole pool in the order of the draw. */
  readonly order: readonly string[]
  readonly chosen: readonly string[]
  readonly reserve: readonly string[]
  /** The quota was larger than the number of units not drawn yet this year. */
  readonly repeated: boolean
}

export interface OfficerPair {
  readonly unitId: string
  readonly officers: readonly [string, string]
  /** Who steps in when one of the pair has to stand back. */
  readonly reserve: string | null
}

export interface PairDraw {
  readonly algorithm: 'draw/1'
  readonly poolHash: string
  readonly seed: string
  readonly pairs: readonly OfficerPair[]
  /** Units for which fewer than two officers are free of conflict. */
  readonly unassigned: readonly string[]
}
