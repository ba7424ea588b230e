import { overlap, type Stretch } from './windows.ts'

export type Level = 'high' | 'medium' | 'watch'

/** No single rule weighs more: a high lead always needs two patterns. */
export const HEAVIEST = 0.6
const HIGH = 0.7
const MEDIUM = 0.4
/** 1 − 0.5 × 0.6 is meant to be 0.7, whatever binary fractions make of it. */
const ROUNDING = 1e-9

/** 1 − Π (1 − w). */
export function combined(weights: readonly number[]): number {
  return 1 - weights.reduce((left, weight) => left * (1 - Math.min(HEAVIEST, weight)), 1)
}

export function levelOf(score: number): Level {
  if (score >= HIGH - ROUNDING) return 'high'
  return score >= MEDIUM - ROUNDING ? 'medium' : 'watch'
}

export interface Scored extends Stretch {
  readonly parameter: string
  /** a `Pattern` of this package, or one of the caller's own */
  readonly pattern: string
  readonly weight: number
}

/** Of the shorter window so much, of the longer one so much: only then do two windows speak of the same hours. */
const OF_SHORTER = 0.5
const OF_LONGER = 0.15

function speaksOf(a: Stretch, b: Stretch): boolean {
  const [lengthA, lengthB] = [a.to - a.from, b.to - b.from]
  const common = overlap(a, b)
  return common >= OF_SHORTER * Math.min(lengthA, lengthB) && common >= OF_LONGER * Math.max(lengthA, lengthB)
}

/**
 * Hits that count together with one: those of the same hours, of each pattern the heaviest. Hits of another pollutant
 * count only where `shared` says that they belong to the outlet as a whole (oxygen, flow).
 */
export function countedTogether<T extends Scored>(
  hit: T,
  all: readonly T[],
  shared: (parameter: string) => boolean,
): T[] {
  const heaviest = new Map<string, T>([[hit.pattern, hit]])
  for (const other of all) {
    const related = other.parameter === hit.parameter || shared(other.parameter) || shared(hit.parameter)
    if (!related || !speaksOf(hit, other)) continue
    const known = heaviest.get(other.pattern)
    if (known === undefined || other.weight > known.weight) heaviest.set(other.pattern, other)
  }
  return [...heaviest.values()]
}

/** Score of one hit together with all hits of the same hours. */
export function scoreOf(hit: Scored, all: readonly Scored[], shared: (parameter: string) => boolean): number {
  return combined(countedTogether(hit, all, shared).map(({ weight }) => weight))
}
