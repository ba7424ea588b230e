/** Scores and levels of leads: 1 − Π(1 − w) over independent patterns; a platform design, not a clause of a standard. */
import type { LeadLevelName } from '@shanshui/contract'
import { combined, countedTogether, fraudRules, levelOf, parameterOf } from '@shanshui/fraud'

export { levelOf }

/** No rule alone makes more than this, so that a high lead always needs two independent patterns. */
export const largestWeight = 0.6

const ranks = { watch: 0, medium: 1, high: 2 } as const
/** Negative: `a` is the lower level. */
export const compareLevels = (a: LeadLevelName, b: LeadLevelName): number => ranks[a] - ranks[b]

/** One stretch of a lead: what is scored, as the scan scores its hits. */
export interface ScoredStretch {
  readonly leadId: number
  readonly ruleId: string
  /** '' for the object as a whole. */
  readonly factor: string
  readonly weight: number
  readonly fromMs: number
  readonly toMs: number
}

/** Rules that look at the same thing are one pattern, however many of them hit. */
const patterns: ReadonlyMap<string, string> = new Map([
  ...fraudRules.map((rule) => [rule.id, rule.pattern] as const),
  ['exceedance.begins', 'exceedance'],
  ['limit.near', 'exceedance'],
  ['data.absent', 'arrival'],
  ['transmission.low', 'arrival'],
  ['permit.annual-tonnes', 'amount'],
])
const patternOf = (ruleId: string): string => patterns.get(ruleId) ?? ruleId

/** That data are missing, or that a year's tonnes are used up, confirms no suspicion, and no suspicion confirms it. */
const alone: ReadonlySet<string> = new Set(['arrival', 'amount'])

/** Oxygen, flow and what is about the whole object speak of every pollutant. */
const isShared = (factor: string): boolean => factor === '' || parameterOf(factor).kind !== 'pollutant'

const toScored = (stretch: ScoredStretch) => ({
  ...stretch,
  parameter: stretch.factor,
  pattern: patternOf(stretch.ruleId),
  weight: Math.min(stretch.weight, largestWeight),
  from: stretch.fromMs,
  to: stretch.toMs,
})

export interface CombinedScore {
  readonly score: number
  /** The stretches that count, the heaviest of each pattern. */
  readonly together: readonly ScoredStretch[]
}

/** Score of each lead of one object: that of its heaviest stretch with all that speak of the same hours. */
export function scoresOf(stretches: readonly ScoredStretch[]): Map<number, CombinedScore> {
  const all = stretches.map(toScored)
  const others = all.filter((stretch) => !alone.has(stretch.pattern))
  const best = new Map<number, CombinedScore>()
  for (const own of all) {
    const together = alone.has(own.pattern) ? [own] : countedTogether(own, others, isShared)
    const score = combined(together.map((s) => s.weight))
    if (score > (best.get(own.leadId)?.score ?? 0)) best.set(own.leadId, { score, together })
  }
  return best
}
