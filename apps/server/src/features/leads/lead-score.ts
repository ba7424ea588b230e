/** Scores and levels of leads: 1 − Π(1 − w) over independent rules; a platform design, not a clause of a standard. */
import type { LeadLevelName } from '@shanshui/contract'

/** No rule alone makes more than this, so that a high lead always needs two independent patterns. */
export const largestWeight = 0.6
export const highFrom = 0.7
export const mediumFrom = 0.4

/** Level of a combined score. Sums like 1 − 0.6 × 0.5 fall a hair beside the limit, so that they are compared in millionths. */
export function levelOf(score: number): LeadLevelName {
  const millionths = Math.round(score * 1e6)
  if (millionths >= highFrom * 1e6) return 'high'
  return millionths >= mediumFrom * 1e6 ? 'medium' : 'watch'
}

const ranks = { watch: 0, medium: 1, high: 2 } as const
/** Negative: `a` is the lower level. */
export const compareLevels = (a: LeadLevelName, b: LeadLevelName): number => ranks[a] - ranks[b]

export const combinedScore = (weights: Iterable<number>): number => {
  let none = 1
  for (const weight of weights) none *= 1 - Math.min(weight, largestWeight)
  return 1 - none
}

export interface ScoredLead {
  readonly id: number
  readonly ruleId: string
  readonly weight: number
  readonly fromMs: number
  readonly toMs: number
}

/** Rules that look at the same thing are one pattern, however many of them hit. */
const samePattern: Readonly<Record<string, string>> = {
  'exceedance.begins': 'limit',
  'limit.near': 'limit',
  'data.absent': 'arrival',
  'transmission.low': 'arrival',
}
export const patternOf = (ruleId: string): string => samePattern[ruleId] ?? ruleId

/** The leads that count together with one: those of its object whose windows meet, the heaviest of each pattern. */
export function combinedWith(lead: ScoredLead, all: readonly ScoredLead[]): ScoredLead[] {
  const heaviest = new Map([[patternOf(lead.ruleId), lead]])
  for (const other of all) {
    if (other.fromMs > lead.toMs || other.toMs < lead.fromMs) continue
    const known = heaviest.get(patternOf(other.ruleId))
    if (known === undefined || other.weight > known.weight) heaviest.set(patternOf(other.ruleId), other)
  }
  return [...heaviest.values()]
}

/** Combined score of every lead of one object. */
export function scoresOf(leads: readonly ScoredLead[]): Map<number, number> {
  return new Map(
    leads.map((lead) => [lead.id, combinedScore(combinedWith(lead, leads).map((l) => l.weight))]),
  )
}
