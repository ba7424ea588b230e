import { roundHalfEven } from '../gb8170/rounding.ts'
import { hourStateCode } from '../hj75/validity.ts'
import { type ExemptionRule, exemptNow, makeQuota } from './exemption.ts'

/** Working conditions as numbers in arrays: the index is the code. */
export const workingConditions = [
  'normal',
  'stopped',
  'startup',
  'shutdown',
  'banked',
  'fault',
  'accident',
  'preheating',
  'cool-down',
] as const
export type WorkingCondition = (typeof workingConditions)[number]
export const workingConditionCode = Object.fromEntries(
  workingConditions.map((name, index) => [name, index]),
) as Readonly<Record<WorkingCondition, number>>

/** One factor of one outlet on a gap-free grid of hours; arrays of equal length, missing values NaN. */
export interface HourColumns {
  /** Epoch ms of the start of each hour, ascending. */
  readonly startMs: Float64Array
  /** What is compared: the converted concentration where a reference oxygen holds, else the measured one. */
  readonly value: Float64Array
  /** State of each hour by its data and equipment marks (`hourStateCode`): decided before, never here from the value. */
  readonly state: Uint8Array
  /** Working condition of each hour (`workingConditions`); absent = always normal. */
  readonly condition?: Uint8Array
  /** Limit of each hour, NaN = none holds; or one limit for all. */
  readonly limit: Float64Array | number
  /** Lower limit, of pH. */
  readonly min?: number
  /** Decimals in which the limit is written. */
  readonly decimals: number
  /** Measuring range; a value outside is no evidence. */
  readonly range?: { readonly low: number; readonly high: number }
  /** 1 where the value is the detection limit of a result below it. */
  readonly nonDetect?: Uint8Array
  readonly exemption?: ExemptionRule
}

export interface HourJudgement {
  /** States after exemption and range check. */
  readonly state: Uint8Array
  /** 1 where the hour exceeds its limit. */
  readonly exceeds: Uint8Array
  /** 1 where a valid hour could not be compared: no limit, not convertible, detection limit above the limit. */
  readonly undecided: Uint8Array
  readonly exceedingHours: number
  readonly judgedHours: number
}

/**
 * Judges the hours of one factor: range → validity and marks (state) → working condition (exempt where a rule allows it
 * and its quota of the calendar year is not used up) → comparison, the value rounded half to even to the limit's
 * decimals. Only valid hours can exceed. Values and limits in the same unit. No allocation an hour.
 */
export function judgeHours(columns: HourColumns): HourJudgement {
  const { startMs, value, limit, decimals, min = Number.NEGATIVE_INFINITY, nonDetect } = columns
  const length = value.length
  const state = exemptStates(columns)
  const exceeds = new Uint8Array(length)
  const undecided = new Uint8Array(length)
  const one = typeof limit === 'number' ? limit : Number.NaN
  const many = typeof limit === 'number' ? null : limit
  let exceedingHours = 0
  let judgedHours = 0
  for (let i = 0; i < startMs.length; i++) {
    if (state[i] !== hourStateCode.valid) continue
    const at = many === null ? one : (many[i] as number)
    const result = value[i] as number
    if (Number.isNaN(at) || Number.isNaN(result)) {
      undecided[i] = 1
      continue
    }
    if (nonDetect?.[i] === 1) {
      if (result > at && at > 0) undecided[i] = 1
      else judgedHours++
      continue
    }
    judgedHours++
    if (!isBeyond(result, at, min, decimals)) continue
    exceeds[i] = 1
    exceedingHours++
  }
  return { state, exceeds, undecided, exceedingHours, judgedHours }
}

/** Only near the limit does rounding decide; elsewhere one comparison is enough. */
function isBeyond(value: number, limit: number, min: number, decimals: number): boolean {
  const unit = 10 ** -decimals
  if (value > limit + unit || value < min - unit) return true
  if (value <= limit && value >= min) return false
  const rounded = roundHalfEven(value, decimals)
  return rounded > limit || rounded < min
}

function exemptStates({ startMs, value, state, condition, range, exemption }: HourColumns): Uint8Array {
  const out = Uint8Array.from(state)
  const quota = exemption === undefined ? null : makeQuota(exemption)
  for (let i = 0; i < out.length; i++) {
    const kind = condition?.[i] ?? workingConditionCode.normal
    const exempt = quota !== null && exemptNow(quota, startMs[i] as number, kind)
    if (out[i] !== hourStateCode.valid) continue
    const result = value[i] as number
    if (kind === workingConditionCode.stopped) out[i] = hourStateCode.stopped
    else if (range !== undefined && (result < range.low || result > range.high))
      out[i] = hourStateCode.invalid
    else if (exempt) out[i] = hourStateCode.exempt
  }
  return out
}
