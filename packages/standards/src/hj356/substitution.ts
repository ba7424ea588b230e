import { type Clause, type Configurable, clauseOf, standards } from '../clause.ts'
import { largestOfLast } from '../largest-of-last.ts'

export const waterSubstitutionClause: Clause = clauseOf(standards.hj356)('无效数据处理')

/** Valid days whose largest mass stands in, and manual samples a day that may be used instead. */
export const waterSubstitutionRule: Configurable<{ readonly days: number; readonly manualPerDay: number }> = {
  value: { days: 30, manualPerDay: 4 },
  source: 'HJ 356-2019（未见原文）：上次比对合格前30个有效日排放量的最大值；手工监测每日不少于4次',
  status: 'unverified',
}

export type WaterSubstitutionMethod = 'none' | 'zero-flow' | 'manual' | 'maximum' | 'no-history'

export interface WaterDayMass {
  /** kg; NaN where there is none. */
  readonly massKg: number
  readonly method: WaterSubstitutionMethod
}

export interface WaterDayToFill {
  /** kg, NaN when the day has no valid mean. */
  readonly massKg: number
  /** Nothing was discharged. */
  readonly zeroFlow?: boolean
  /** Mass by manual samples, kg, and how many there were. Looked at only in an abnormal period (`abnormal`). */
  readonly manualKg?: number
  readonly manualSamples?: number
  /** Out of the normal sampling period: fault, failed comparison. */
  readonly abnormal?: boolean
}

/**
 * Daily mass of waste water. A day without a valid mean takes the largest of the last 30 valid daily masses before the
 * last passing check (`validMasses`, kg, oldest first, NaN skipped); in an abnormal period manual data (at least 4 a day)
 * go first. Days without flow are not substituted; concentration and flow never are. HJ 356-2019.
 */
export function fillWaterDay(day: WaterDayToFill, validMasses: ArrayLike<number>): WaterDayMass {
  if (day.zeroFlow === true) return { massKg: 0, method: 'zero-flow' }
  if (!Number.isNaN(day.massKg)) return { massKg: day.massKg, method: 'none' }
  const { manualKg = Number.NaN, manualSamples = 0, abnormal = false } = day
  const manual = abnormal && manualSamples >= waterSubstitutionRule.value.manualPerDay
  if (manual && !Number.isNaN(manualKg)) return { massKg: manualKg, method: 'manual' }
  const { largest: massKg } = largestOfLast(validMasses, waterSubstitutionRule.value.days)
  return { massKg, method: Number.isNaN(massKg) ? 'no-history' : 'maximum' }
}
