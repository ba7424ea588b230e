import { type Configurable, type Evaluation, refusal, standards, success } from '../clause.ts'
import { divide, multiply, rational } from '../gb8170/rational.ts'
import { roundRational } from '../gb8170/rounding.ts'

export interface AqiDay {
  readonly date: string
  /** null or NaN: no valid AQI (NA). */
  readonly aqi: number | null
  /** The day lies in a confirmed sand period (沙尘). */
  readonly sand?: boolean
  /** AQI over the items left after the sand deduction, where that is known. */
  readonly aqiWithoutSand?: number | null
}

/**
 * keep: sand days count as measured (national statistics). exclude-exceeding: a sand day with AQI > 100 is taken out of
 * numerator and denominator. without-sand-aqi: a sand day counts by its AQI without the deducted items.
 */
export type SandHandling = 'keep' | 'exclude-exceeding' | 'without-sand-aqi'

export const defaultSandHandling: Configurable<SandHandling> = {
  value: 'keep',
  source: '总站月报（2021年7月、2022年9月）：优良天数比例含沙尘天',
  status: 'verified',
}

/** The other two ways, and where they were seen. */
export const otherSandHandlings: readonly Configurable<SandHandling>[] = [
  { value: 'exclude-exceeding', source: '年度公报“扣除沙尘异常超标天”口径', status: 'unverified' },
  { value: 'without-sand-aqi', source: '广东省2025年4月扣除清单：按剩余项目重算AQI', status: 'verified' },
]

export interface ExcellentDays {
  /** Good days: AQI ≤ 100 (优良天数). */
  readonly numerator: number
  /** Valid days. */
  readonly denominator: number
  /** In %, one decimal; NaN without valid days. */
  readonly ratio: number
  readonly excluded: readonly { readonly date: string; readonly reason: string }[]
}

export const GOOD_UP_TO = 100
export const HEAVY_ABOVE = 200
export const goodDayClause = { standard: standards.hj663_2013.id, at: '优良天数比例' }

/** Good-day ratio (优良天数比例) = good days / valid days × 100, with everything that was left out and why. */
export function excellentDays(
  days: readonly AqiDay[],
  options: { sand?: SandHandling | undefined } = {},
): ExcellentDays {
  const handling = options.sand ?? defaultSandHandling.value
  const excluded: { date: string; reason: string }[] = []
  let numerator = 0
  let denominator = 0
  for (const day of days) {
    const aqi = countedAqi(day, handling)
    if (aqi === null) {
      excluded.push({
        date: day.date,
        reason: day.aqi === null || Number.isNaN(day.aqi) ? '无有效AQI' : '扣除沙尘后无有效AQI',
      })
      continue
    }
    if (handling === 'exclude-exceeding' && day.sand === true && aqi > GOOD_UP_TO) {
      excluded.push({ date: day.date, reason: '沙尘超标天' })
      continue
    }
    denominator++
    if (aqi <= GOOD_UP_TO) numerator++
  }
  return { numerator, denominator, ratio: ratioPercent(numerator, denominator), excluded }
}

function countedAqi(day: AqiDay, handling: SandHandling): number | null {
  const replaced = handling === 'without-sand-aqi' && day.sand === true && day.aqiWithoutSand !== undefined
  const aqi = replaced ? (day.aqiWithoutSand ?? null) : day.aqi
  return aqi === null || Number.isNaN(aqi) ? null : aqi
}

/** numerator/denominator × 100 by GB/T 8170, one decimal unless told; NaN for an empty denominator. */
export function ratioPercent(numerator: number, denominator: number, decimals = 1): number {
  if (!(denominator > 0)) return Number.NaN
  return roundRational(multiply(divide(rational(numerator), rational(denominator)), rational(100)), decimals)
}

/**
 * Which counts can stand behind a stated ratio. Refused when no whole number of days out of `denominator` gives it:
 * 87.5 % is impossible with 365 valid days (319 → 87.4, 320 → 87.7) and possible as 316 of 361.
 */
export function checkRatio(
  ratio: number,
  denominator: number,
  decimals = 1,
): Evaluation<{ numerators: number[] }> {
  if (!(ratio >= 0 && ratio <= 100) || !Number.isInteger(denominator) || denominator <= 0)
    return refusal('invalid-input', goodDayClause, { detail: `比例${ratio}%，有效天数${denominator}` })
  const numerators: number[] = []
  const guess = Math.round((ratio * denominator) / 100)
  for (let n = Math.max(0, guess - 2); n <= Math.min(denominator, guess + 2); n++)
    if (ratioPercent(n, denominator, decimals) === ratio) numerators.push(n)
  const below = Math.floor((ratio * denominator) / 100)
  const nearest = [below, below + 1]
    .filter((n) => n <= denominator)
    .map((n) => `${n}/${denominator} = ${ratioPercent(n, denominator, decimals)}%`)
  if (numerators.length === 0)
    return refusal('invalid-input', goodDayClause, {
      detail: `有效天数${denominator}天不可能得到${ratio}%：${nearest.join('，')}`,
    })
  return success({ numerators }, [
    {
      rule: 'ratio-check',
      input: { ratio, denominator },
      result: numerators.join('、'),
      clause: goodDayClause,
      formula: numerators.map((n) => `${n}/${denominator} = ${ratio}%`).join('，'),
    },
  ])
}

/** Denominators up to `longest` days that can give the stated ratio, with their numerators. */
export function possibleCounts(
  ratio: number,
  longest: number,
  decimals = 1,
): { numerator: number; denominator: number }[] {
  const found: { numerator: number; denominator: number }[] = []
  for (let denominator = 1; denominator <= longest; denominator++) {
    const check = checkRatio(ratio, denominator, decimals)
    if (check.ok) for (const numerator of check.value.numerators) found.push({ numerator, denominator })
  }
  return found
}

/** Days by AQI level (1…6) and without valid AQI. */
export function levelCounts(aqis: ArrayLike<number | null>): { levels: number[]; invalid: number } {
  const levels = [0, 0, 0, 0, 0, 0]
  let invalid = 0
  for (let i = 0; i < aqis.length; i++) {
    const aqi = aqis[i] ?? null
    if (aqi === null || Number.isNaN(aqi)) {
      invalid++
      continue
    }
    const bounds = [50, 100, 150, 200, 300]
    const level = bounds.findIndex((bound) => aqi <= bound)
    const at = level < 0 ? 5 : level
    levels[at] = (levels[at] as number) + 1
  }
  return { levels, invalid }
}
