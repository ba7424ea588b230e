import { type Evaluation, refusal, standards, success } from '../clause.ts'
import { type AqiDay, GOOD_UP_TO, ratioPercent } from '../days/excellent.ts'

export const sandClause = { standard: standards.sand2016.id, at: '沙尘天气过程影响' }

export interface SandShare {
  /** Sand days with AQI > 100. */
  readonly sandExceedDays: number
  readonly validDays: number
  /** Share of valid days in %, one decimal (由沙尘天气导致的平均超标天数比例). */
  readonly share: number
}

/** Share of days that exceeded because of sand, of all valid days. 环办监测〔2016〕120号. */
export function sandExceedShare(days: readonly AqiDay[]): Evaluation<SandShare> {
  const valid = days.filter(({ aqi }) => aqi !== null && !Number.isNaN(aqi))
  if (valid.length === 0) return refusal('insufficient-data', sandClause, { missing: ['aqi'] })
  const sandExceedDays = valid.filter(({ aqi, sand }) => sand === true && (aqi as number) > GOOD_UP_TO).length
  const share = ratioPercent(sandExceedDays, valid.length)
  const formula = `${sandExceedDays}/${valid.length}×100 = ${share}`
  return success({ sandExceedDays, validDays: valid.length, share }, [
    { rule: '沙尘超标天数比例', input: valid.length, result: share, clause: sandClause, formula },
  ])
}
