import { refusal, success } from '../clause.ts'
import { defineEvaluator, type EvaluatorDefinition, step } from '../evaluators/definition.ts'
import * as s from '../evaluators/schema.ts'
import { type AqiDay, checkRatio, excellentDays, goodDayClause } from './excellent.ts'

const day = s.object(
  { date: s.date('日期'), aqi: s.nullableNumber('日AQI，无效为空') },
  { sand: s.boolean('沙尘影响日'), aqiWithoutSand: s.nullableNumber('扣除沙尘项目后的AQI') },
)

export const aqiDays = s.list(day, '各日')

export function asAqiDays(
  days: readonly {
    date: string
    aqi: number | null
    sand?: boolean | undefined
    aqiWithoutSand?: number | null | undefined
  }[],
): AqiDay[] {
  return days.map(({ date, aqi, sand, aqiWithoutSand }) => ({
    date,
    aqi,
    sand: sand ?? false,
    ...(aqiWithoutSand === undefined ? {} : { aqiWithoutSand }),
  }))
}

export const dayEvaluators: readonly EvaluatorDefinition[] = [
  defineEvaluator({
    id: 'air.excellent-days',
    title: { zh: '优良天数比例', en: 'Good-day ratio' },
    editions: [],
    input: s.object(
      { days: aqiDays },
      { sand: s.oneOf(['keep', 'exclude-exceeding', 'without-sand-aqi'], '沙尘处理，默认保留') },
    ),
    output: s.object({
      numerator: s.integer('优良天数'),
      denominator: s.integer('有效天数'),
      ratio: s.number('优良天数比例，%'),
      excluded: s.list(s.object({ date: s.text('日期'), reason: s.text('原因') }), '未参加统计的天'),
    }),
    clauses: [goodDayClause],
    version: '1.0.0',
    evaluate: ({ days, sand }) => {
      const result = excellentDays(asAqiDays(days), { sand })
      if (result.denominator === 0) return refusal('insufficient-data', goodDayClause, { missing: ['aqi'] })
      const formula = `${result.numerator}/${result.denominator}×100 = ${result.ratio}`
      return success(result, step('优良天数比例', days.length, result.ratio, goodDayClause, formula))
    },
  }),
  defineEvaluator({
    id: 'air.ratio-check',
    title: { zh: '比例与天数核对', en: 'Check of a ratio against its days' },
    editions: [],
    input: s.object(
      {
        ratio: s.number('公布的比例，%', { minimum: 0, maximum: 100 }),
        denominator: s.integer('有效天数', { minimum: 1, maximum: 400 }),
      },
      { decimals: s.integer('比例的小数位数，默认1', { minimum: 0, maximum: 3 }) },
    ),
    output: s.object({ numerators: s.list(s.integer('天数'), '可能的优良天数') }),
    clauses: [goodDayClause],
    version: '1.0.0',
    csv: {
      input: ['ratio', 'denominator', 'decimals'],
      output: ['numerators'],
      cells: ({ numerators }) => [numerators.join('+')],
    },
    evaluate: ({ ratio, denominator, decimals }) => checkRatio(ratio, denominator, decimals),
  }),
]
