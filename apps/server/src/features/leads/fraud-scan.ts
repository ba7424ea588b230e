/** The rules of @shanshui/fraud as rules of this room. */
import type { OutletFrameOf } from './outlet-frame.ts'
import type { RuleRow } from './rule.table.ts'

export interface FraudFinding {
  readonly rule: string
  readonly parameter: string
  readonly fromMs: number
  readonly toMs: number
  readonly statistic: { readonly name: string; readonly value: number; readonly unit?: string }
  readonly threshold: string
  readonly n: number
  readonly weight: number
  readonly explanation: string
  readonly refutation: string
  readonly hoursMs: readonly number[]
}

/** Findings of the rules that are switched on, with the thresholds that the bureau has set. */
export function findFraud(_frame: OutletFrameOf, _rules: readonly RuleRow[]): FraudFinding[] {
  return []
}
