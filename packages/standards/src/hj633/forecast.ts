import { type Clause, type Evaluation, refusal, standards, success } from '../clause.ts'
import { type AqiLevel, levelOf, levelRow } from './levels.ts'

/** When results must be out (HJ 633-2026): daily report, forecast, real-time report. */
export const publication = {
  dailyReportBy: '12:00',
  forecastBy: '20:00',
  forecastDays: 3,
  realTimeLagHours: 1,
} as const

export const forecastClause: Clause = { standard: standards.hj633_2026.id, at: '预报' }

export interface ForecastText {
  readonly from: AqiLevel
  readonly to: AqiLevel
  readonly zh: string
  readonly en: string
  /** Advice of the worse level. */
  readonly health: string
}

/** The wording of a forecast AQI range: 80–120 → 良至轻度污染. A daily forecast is worded as the daily report. */
export function forecastText(low: number, high: number): Evaluation<ForecastText> {
  if (!(low >= 0 && high <= 500 && low <= high))
    return refusal('invalid-input', forecastClause, {
      detail: `AQI范围应在0至500内且下限不大于上限：${low}至${high}`,
    })
  const [from, to] = [levelRow(levelOf(low)), levelRow(levelOf(high))]
  const same = from.level === to.level
  const zh = same ? from.class : `${from.class}至${to.class}`
  const en = same ? from.en : `${from.en} to ${to.en}`
  const finding = {
    rule: '预报级别',
    input: { low, high },
    result: zh,
    clause: forecastClause,
    formula: `${low}—${high} → ${zh}`,
  }
  return success({ from: from.level, to: to.level, zh, en, health: to.health.zh }, [finding])
}
