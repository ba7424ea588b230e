import type { Clause, Configurable } from '../clause.ts'
import { roundHalfEven } from '../gb8170/rounding.ts'
import { hourStateCode } from '../hj75/validity.ts'

export const ultraLowClause: Clause = { standard: '环大气〔2019〕35号', at: '达标时段比例' }

/** Share of the month's valid operating hours that has to meet the ultra-low value, %. */
export const ultraLowTarget: Configurable<number> = {
  value: 95,
  source: '超低排放评估监测：达到超低限值的时段占有效运行时段的95%以上（未见原文）',
  status: 'unverified',
}

export interface UltraLowShare {
  readonly validHours: number
  readonly meetingHours: number
  /** %, unrounded; NaN without a valid hour. */
  readonly share: number
  readonly met: boolean
}

/**
 * Ultra-low share of a month: hourly means (converted where a reference oxygen holds) that meet the value, over the
 * valid hours (`state`, `hourStateCode`; exempt hours are valid hours). Integer comparison with the target.
 */
export function ultraLowShare(
  value: Float64Array,
  state: Uint8Array,
  limit: number,
  decimals: number,
): UltraLowShare {
  let validHours = 0
  let meetingHours = 0
  for (let i = 0; i < value.length; i++) {
    const valid = state[i] === hourStateCode.valid || state[i] === hourStateCode.exempt
    const result = value[i] as number
    if (!valid || Number.isNaN(result)) continue
    validHours++
    if (roundHalfEven(result, decimals) <= limit) meetingHours++
  }
  return ultraLowOfCounts(validHours, meetingHours)
}

/** The share from counts. Throws RangeError when more hours meet than are valid. */
export function ultraLowOfCounts(validHours: number, meetingHours: number): UltraLowShare {
  if (meetingHours < 0 || meetingHours > validHours)
    throw new RangeError(`达标${meetingHours}小时应在0至有效${validHours}小时之间`)
  const share = validHours === 0 ? Number.NaN : (meetingHours * 100) / validHours
  const met = validHours > 0 && meetingHours * 100 >= ultraLowTarget.value * validHours
  return { validHours, meetingHours, share, met }
}
