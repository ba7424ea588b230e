/** One line of the performance report: something measured, beside a peer or a limit measured in the same run. */
export interface BenchResult {
  /** what was measured, in a few words */
  readonly what: string
  readonly value: number
  readonly unit: string
  /** the peer or floor of the same run, where there is one */
  readonly against?: { readonly what: string; readonly value: number; readonly unit: string }
  /** the number that the bar is about: a ratio to `against`, or the value itself */
  readonly ratio?: number
  readonly bar?: { readonly kind: 'at-least' | 'at-most'; readonly value: number; readonly unit: string }
  readonly note?: string
}

export interface BenchOptions {
  /** shorter runs, for a look while developing; the report is not written */
  readonly quick: boolean
}

export type Bench = (options: BenchOptions) => Promise<readonly BenchResult[]>

/** Whether the bar is met: of the ratio where there is one, else of the value; undefined without a bar. */
export function barMet(result: BenchResult): boolean | undefined {
  if (!result.bar) return undefined
  const judged = result.ratio ?? result.value
  return result.bar.kind === 'at-least' ? judged >= result.bar.value : judged <= result.bar.value
}
