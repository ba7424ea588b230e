import { Drivers } from './driver-model.ts'
import type { OutletFrame } from './frame.ts'
import type { FraudRule, Hit, Scan } from './rule.ts'
import { fraudRules } from './rules/index.ts'
import { type Level, levelOf, scoreOf } from './score.ts'
import { viewOf } from './view.ts'

export interface FraudLead {
  readonly outlet: string
  readonly rule: string
  /** the parameter as it was given; O2 and flow stand for columns of the outlet, '' for the outlet as a whole */
  readonly parameter: string
  /** start of the first hour, epoch ms */
  readonly fromMs: number
  /** start of the last hour, epoch ms */
  readonly toMs: number
  readonly statistic: { readonly name: string; readonly value: number; readonly unit?: string }
  readonly threshold: string
  readonly n: number
  readonly weight: number
  readonly score: number
  readonly level: Level
  readonly explanation: string
  readonly refutation: string
  /** starts of the hours that show it */
  readonly hoursMs: number[]
}

export interface ScanOptions {
  /** only these rules are reported; all still count in the scores */
  readonly rules?: readonly string[]
  /** other weights by rule, 0 … 0.6; 0 switches a rule off */
  readonly weights?: Readonly<Record<string, number>>
}

const MOST_HOURS = 2000
/** A score so little above the weight of the hit owes nothing to others. */
const ALONE = 1e-9

/** Scans the hours of one outlet with all rules. Pure; never throws on any numbers; leads by score, then by time. */
export function scanOutlet(frame: OutletFrame, options: ScanOptions = {}): FraudLead[] {
  if (frame.startMs.length === 0 || frame.parameters.length === 0) return []
  const view = viewOf(frame)
  const drivers = new Drivers(view)
  const byRule = new Map<string, readonly Hit[]>()
  const scan: Scan = {
    view,
    model: (series) => drivers.modelOf(series),
    earlier: (id, parameter) => (byRule.get(id) ?? []).filter((hit) => hit.parameter === parameter),
  }
  const found: { rule: FraudRule; hit: Hit; weight: number; pattern: FraudRule['pattern'] }[] = []
  for (const rule of fraudRules) {
    const heaviest = options.weights?.[rule.id] ?? rule.weight
    if (heaviest <= 0) continue
    const hits = rule.run(scan)
    byRule.set(rule.id, hits)
    for (const hit of hits) {
      if (hit.to <= hit.from) continue
      const weight = Math.min(heaviest, (hit.weight / rule.weight) * heaviest)
      found.push({ rule, hit, weight, pattern: rule.pattern })
    }
  }
  const pollutants = new Set(
    view.series.filter(({ kind }) => kind === 'pollutant').map(({ parameter }) => parameter),
  )
  const scored = found.map(({ hit, weight, pattern }) => ({
    parameter: hit.parameter,
    from: hit.from,
    to: hit.to,
    pattern,
    weight,
  }))
  const leads = found.flatMap(({ rule, hit, weight }, k): FraudLead[] => {
    const self = scored[k]
    const score =
      self === undefined ? weight : scoreOf(self, scored, (parameter) => !pollutants.has(parameter))
    if (hit.onlyWithOthers === true && score <= weight + ALONE) return []
    return [
      {
        outlet: frame.outlet,
        rule: rule.id,
        parameter: hit.parameter,
        fromMs: frame.startMs[hit.from] as number,
        toMs: frame.startMs[hit.to - 1] as number,
        statistic: hit.statistic,
        threshold: hit.threshold,
        n: hit.n,
        weight,
        score,
        level: levelOf(score),
        explanation: hit.explanation,
        refutation: rule.refutation,
        hoursMs: hoursOf(frame.startMs, hit),
      },
    ]
  })
  const wanted = options.rules === undefined ? undefined : new Set(options.rules)
  return leads
    .filter(({ rule }) => wanted === undefined || wanted.has(rule))
    .sort((a, b) => b.score - a.score || a.fromMs - b.fromMs || (a.rule < b.rule ? -1 : 1))
}

function hoursOf(startMs: Float64Array, hit: Hit): number[] {
  const positions =
    hit.hours ?? Array.from({ length: Math.min(MOST_HOURS, hit.to - hit.from) }, (_, k) => hit.from + k)
  return positions.map((i) => startMs[i]).filter((ms) => ms !== undefined)
}
