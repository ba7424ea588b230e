import { type Clause, type Configurable, clauseOf, standards } from '../clause.ts'
import { roundHalfEven } from '../gb8170/rounding.ts'

export const waterInvalidClause: Clause = clauseOf(standards.hj356)('6')
export const waterDayClause: Clause = clauseOf(standards.hj356)('有效日均值')

const HJ356 = 'HJ 356-2019（未见原文）'

/** % by which analyser, data logger and platform may differ before the platform's value is invalid. */
export const platformDeviation: Configurable<number> = {
  value: 1,
  source: `${HJ356}：在线监测仪、数采仪与平台数据偏差大于1%`,
  status: 'unverified',
}

/** Shares, %, of due data for a valid day and of days for a valid month. */
export const waterShares: Configurable<{ readonly day: number; readonly month: number }> = {
  value: { day: 75, month: 75 },
  source: `${HJ356}：有效日均值、月均值不少于应得数据的75%`,
  status: 'unverified',
}

export const waterFaults = ['ZERO_FLOW', 'PLATFORM_DEVIATES', 'COMPARISON_FAILED', 'MARKED'] as const
/** Why a water value is invalid. */
export type WaterFault = (typeof waterFaults)[number]

export interface WaterReading {
  /** m³/h or m³ of the hour; NaN = unknown. */
  readonly flow: number
  /** The three displays of one value in one unit; NaN = unknown. */
  readonly analyser?: number
  readonly logger?: number
  readonly platform?: number
  /** A mark of stop, fault, repair, maintenance or calibration covers it. */
  readonly marked?: boolean
  /** It lies between a failed check and the passing ones around it. */
  readonly inFailedSpan?: boolean
}

/** Every reason why a reading is invalid; empty = valid. HJ 356-2019 6. */
export function waterFaultsOf(reading: WaterReading): readonly WaterFault[] {
  const faults: WaterFault[] = []
  if (reading.flow === 0) faults.push('ZERO_FLOW')
  if (deviates(reading)) faults.push('PLATFORM_DEVIATES')
  if (reading.inFailedSpan === true) faults.push('COMPARISON_FAILED')
  if (reading.marked === true) faults.push('MARKED')
  return faults
}

function deviates({ analyser, logger, platform }: WaterReading): boolean {
  const known = [analyser, logger, platform].filter(
    (value): value is number => value !== undefined && !Number.isNaN(value),
  )
  if (known.length < 2) return false
  const low = Math.min(...known)
  const high = Math.max(...known)
  if (low === high) return false
  // Against the smaller one, so that the answer does not depend on which display is taken as right.
  return low <= 0 || roundHalfEven(((high - low) * 100) / low, 6) > platformDeviation.value
}

export interface ComparisonCheck {
  /** Moment of the comparison, epoch ms. */
  readonly atMs: number
  readonly pass: boolean
}

export interface FailedSpan {
  /** Last passing check before the failure; −Infinity when there was none. */
  readonly fromMs: number
  /** First passing check after it; Infinity while there is none. */
  readonly toMs: number
}

/**
 * The spans in which all data are invalid because a comparison with a standard sample or a real water sample failed:
 * back to the last passing check and forward to the next passing one. Checks in any order; spans ascending, ends not
 * included. HJ 356-2019 6.
 */
export function failedSpans(checks: readonly ComparisonCheck[]): readonly FailedSpan[] {
  const spans: FailedSpan[] = []
  let lastPass = Number.NEGATIVE_INFINITY
  let failing = false
  for (const { atMs, pass } of checks.toSorted((a, b) => a.atMs - b.atMs)) {
    if (!pass) {
      failing = true
      continue
    }
    if (failing) spans.push({ fromMs: lastPass, toMs: atMs })
    failing = false
    lastPass = atMs
  }
  if (failing) spans.push({ fromMs: lastPass, toMs: Number.POSITIVE_INFINITY })
  return spans
}
