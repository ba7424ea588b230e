import type { DriverModel } from './driver-model.ts'
import type { OutletView, SeriesView } from './view.ts'

/** Where a threshold comes from. `public-rule-set`: appears in public rule bases; `design`: of this project. */
export type ThresholdSource = 'public-rule-set' | 'design'

export interface Threshold {
  readonly name: string
  readonly value: number
  readonly unit?: string
  readonly source: ThresholdSource
  /** no national standard fixes any of them: each is a proposal that a bureau may change */
  readonly status: 'unverified' | 'design'
}

/**
 * A pattern is what a rule looks at. Two rules with the same pattern confirm nothing to each other, so that only the
 * heavier one counts in a score.
 */
export type Pattern =
  | 'stillness'
  | 'companions'
  | 'digits'
  | 'limit'
  | 'cap'
  | 'tail'
  | 'level'
  | 'edge'
  | 'relation'
  | 'lag'
  | 'lag-confirmed'
  | 'repetition'
  | 'repetition-elsewhere'
  | 'oxygen'
  | 'oxygen-level'
  | 'oxygen-impossible'
  | 'conversion'
  | 'conversion-bias'
  | 'flow'
  | 'dilution'
  | 'flow-level'
  | 'physics'
  | 'balance'
  | 'night'
  | 'inspection'
  | 'marks'
  | 'gaps'
  | 'gaps-predicted'
  | 'gap-rate'
  | 'parameters'
  | 'range'
  | 'range-effect'
  | 'range-return'
  | 'manual'
  | 'clock'
  | 'cycle'
  | 'minutes'
  | 'treatment'
  | 'ph'

export interface FraudRule {
  /** F01 … F26 as the national practice knows them, from F27 on rules of this project */
  readonly id: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly pattern: Pattern
  /** 0 … 0.6: how much a hit alone weighs */
  readonly weight: number
  readonly thresholds: readonly Threshold[]
  /** what would refute a hit, for the officer */
  readonly refutation: string
  readonly run: (scan: Scan) => readonly Hit[]
}

/** Everything a rule may use. `earlier` are the hits of the rules before it: some rules examine a window found by another. */
export interface Scan {
  readonly view: OutletView
  readonly model: (series: SeriesView) => DriverModel
  readonly earlier: (ruleId: string, parameter: string) => readonly Hit[]
}

export interface Hit {
  readonly parameter: string
  /** positions on the grid, `to` exclusive */
  readonly from: number
  readonly to: number
  /** at most the weight of the rule; less for a borderline case */
  readonly weight: number
  readonly statistic: { readonly name: string; readonly value: number; readonly unit?: string }
  readonly threshold: string
  readonly n: number
  /** what was seen, in Chinese, with the numbers */
  readonly explanation: string
  /** too common to be a lead of its own: counts only where another pattern speaks of the same hours */
  readonly onlyWithOthers?: boolean
  /** hours that show it; without it the hours of the window */
  readonly hours?: readonly number[]
}

export const design = (name: string, value: number, unit?: string): Threshold => ({
  name,
  value,
  ...(unit !== undefined && { unit }),
  source: 'design',
  status: 'design',
})

/** A threshold that public rule bases have; no national standard was found that fixes it. */
export const published = (name: string, value: number, unit?: string): Threshold => ({
  name,
  value,
  ...(unit !== undefined && { unit }),
  source: 'public-rule-set',
  status: 'unverified',
})
