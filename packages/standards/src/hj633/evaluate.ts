import { type Evaluation, type Finding, refusal, success } from '../clause.ts'
import type { AirEdition } from '../gb3095/editions.ts'
import { airItemInfo, airItems } from '../gb3095/items.ts'
import { type AirValues, type AqiOptions, type AqiResult, dayAqi, hourAqi } from './aqi.ts'
import { aqiClause } from './breakpoints.ts'
import { iaqiFinding } from './iaqi.ts'
import { levelRow } from './levels.ts'

/** AQI of an hour with its trace; refused when no item is present or a value is negative. */
export function evaluateHourAqi(
  values: AirValues,
  edition: AirEdition,
  options: AqiOptions = {},
): Evaluation<AqiResult> {
  return evaluate('hour', values, edition, options)
}

/** AQI of a day with its trace. */
export function evaluateDayAqi(
  values: AirValues,
  edition: AirEdition,
  options: AqiOptions = {},
): Evaluation<AqiResult> {
  return evaluate('day', values, edition, options)
}

function evaluate(
  averaging: 'hour' | 'day',
  values: AirValues,
  edition: AirEdition,
  options: AqiOptions,
): Evaluation<AqiResult> {
  const clause = aqiClause(edition, '6.2', '4.2')
  const wrong = airItems.filter((item) => values[item] !== null && !((values[item] as number) >= 0))
  if (wrong.length > 0) {
    const detail = wrong.map((item) => `${item}=${values[item]}`).join('，')
    return refusal('invalid-input', clause, { missing: wrong, detail: `浓度应为非负数：${detail}` })
  }
  const result = (averaging === 'hour' ? hourAqi : dayAqi)(values, edition, options)
  const missing = airItems.filter((item) => values[item] === null)
  if (missing.length === airItems.length)
    return refusal('insufficient-data', clause, { missing, detail: '六项均缺测' })
  return success(result, findings(averaging, values, edition, result))
}

function findings(
  averaging: 'hour' | 'day',
  values: AirValues,
  edition: AirEdition,
  result: AqiResult,
): Finding[] {
  const trace: Finding[] = []
  for (const item of airItems) {
    const value = values[item]
    if (value === null) continue
    const finding = iaqiFinding(item, averaging, value, edition)
    trace.push(finding.result === result.iaqi[item] ? finding : standIn(finding, value, result.iaqi[item]))
  }
  const parts = airItems.filter((item) => result.iaqi[item] !== null).map((item) => result.iaqi[item])
  trace.push({
    rule: 'AQI',
    input: result.iaqi,
    result: result.aqi,
    clause:
      result.naReason === undefined
        ? aqiClause(edition, '6.2', '4.2.6')
        : aqiClause(edition, '缺测', '5.3.1'),
    formula: `max(${parts.join(', ')}) = ${result.aqi ?? `NA（${result.naReason}）`}`,
  })
  if (result.level !== null)
    trace.push({
      rule: '级别',
      input: result.aqi,
      result: levelRow(result.level).class,
      clause: aqiClause(edition, '表2', '表1'),
    })
  if (result.primary.length > 0)
    trace.push({
      rule: '首要污染物',
      input: result.aqi,
      result: result.primary.map((item) => airItemInfo[item].zh).join('+'),
      clause: aqiClause(edition, '首要污染物', '首要污染物'),
      formula: 'AQI > 50，分指数最大者',
    })
  return trace
}

/** SO2 1 h and O3 8 h above 800 under the 2012 edition: the IAQI comes from elsewhere. */
function standIn(finding: Finding, value: number, result: number | null): Finding {
  const why = finding.rule.includes('SO2') ? '国家平台惯例' : 'O3日最大1小时分指数'
  return { ...finding, result, formula: `${value} > 800 → ${result}（${why}）` }
}
