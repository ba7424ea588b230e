import { refusal, success } from '../clause.ts'
import {
  allEditions,
  defineEvaluator,
  type EvaluatorDefinition,
  orNaN,
  orNull,
  step,
} from '../evaluators/definition.ts'
import * as s from '../evaluators/schema.ts'
import { airItemInfo, airItems } from '../gb3095/items.ts'
import { validityClause } from '../gb3095/validity.ts'
import { statisticsClause } from './clauses.ts'
import { editionDate, item } from './inputs.ts'
import { movingAverageClause, threeYearAverage } from './moving-average.ts'
import { percentile, percentilePosition } from './percentile.ts'
import { periodStatistics } from './period.ts'
import { spearman, trendClause } from './trend.ts'

const percentileEvaluator = defineEvaluator({
  id: 'air.percentile',
  title: { zh: '百分位数', en: 'Percentile' },
  editions: allEditions,
  input: s.object(
    {
      values: s.list(s.nullableNumber('日值，缺测为空'), '日值序列'),
      p: s.number('百分位，如90', { minimum: 0, maximum: 100 }),
    },
    { date: editionDate },
  ),
  output: s.object({ value: s.number('百分位数，未修约'), n: s.integer('有效日数'), k: s.number('序数k') }),
  clauses: [statisticsClause('2012', '百分位数'), statisticsClause('2026-transition', '百分位数')],
  version: '1.0.0',
  evaluate: ({ values, p }, { edition }) => {
    const clause = statisticsClause(edition, '百分位数')
    const numbers = values.filter((value) => value !== null)
    const n = numbers.length
    if (n === 0) return refusal('insufficient-data', clause, { missing: ['values'] })
    const value = percentile(numbers, p)
    const { index, hundredths } = percentilePosition(n, p)
    const k = index + 1 + hundredths / 100
    const formula = `k = 1 + (${n}−1)×${p}% = ${k}，m = ${value}`
    return success({ value, n, k }, step('percentile', { n, p }, value, clause, formula))
  },
})

const daily = s.list(s.nullableNumber('日值，缺测为空'), '与日期对应的日值')
const dailyColumns = { pm25: daily, pm10: daily, o3: daily, no2: daily, so2: daily, co: daily }

const statistic = s.object({
  mean: s.nullableNumber('平均值，未修约'),
  percentile: s.nullableNumber('百分位数，未修约'),
  percentileRank: s.integer('百分位'),
  evaluated: s.nullableNumber('评价值，未修约'),
  rounded: s.nullableNumber('评价值，修约'),
  validDays: s.integer('有效日数'),
  complete: s.boolean('数据有效性符合要求'),
  shortMonths: s.list(s.text('月份'), '有效日数不足的月份'),
})

const periodEvaluator = defineEvaluator({
  id: 'air.period-statistics',
  title: { zh: '月、季、年统计', en: 'Statistics of a month, quarter or year' },
  editions: allEditions,
  input: s.object(
    {
      dates: s.list(s.date('日期'), '日期序列'),
      values: s.object({}, dailyColumns),
      from: s.date('首日'),
      to: s.date('末日'),
      kind: s.oneOf(['month', 'quarter', 'half-year', 'year', 'to-date'], '评价时段'),
    },
    { date: editionDate },
  ),
  output: s.object({
    pm25: statistic,
    pm10: statistic,
    o3: statistic,
    no2: statistic,
    so2: statistic,
    co: statistic,
  }),
  clauses: [
    validityClause('2026-transition'),
    statisticsClause('2012', '年评价'),
    statisticsClause('2026-transition', '年评价'),
  ],
  version: '1.0.0',
  evaluate: ({ dates, values, from, to, kind }, { edition }) => {
    const clause = statisticsClause(edition, '年评价')
    const wrong = airItems.filter(
      (name) => values[name] !== undefined && values[name].length !== dates.length,
    )
    if (wrong.length > 0)
      return refusal('invalid-input', clause, { detail: `日值个数与日期个数不同：${wrong.join('、')}` })
    const column = (name: (typeof airItems)[number]) => (values[name] ?? []).map(orNaN)
    const columns = {
      pm25: column('pm25'),
      pm10: column('pm10'),
      o3: column('o3'),
      no2: column('no2'),
      so2: column('so2'),
      co: column('co'),
    }
    const result = periodStatistics({ dates, values: columns }, { from, to, kind }, edition)
    const shown = (name: (typeof airItems)[number]) => {
      const { mean, percentile: high, evaluated, rounded, ...rest } = result[name]
      return {
        ...rest,
        mean: orNull(mean),
        percentile: orNull(high),
        evaluated: orNull(evaluated),
        rounded: orNull(rounded),
      }
    }
    const trace = airItems.map((name) => ({
      rule: `${airItemInfo[name].zh} ${kind}`,
      input: result[name].validDays,
      result: orNull(result[name].rounded),
      clause: result[name].complete ? clause : validityClause(edition),
      formula: `有效${result[name].validDays}天，均值${result[name].mean}，P${result[name].percentileRank} ${result[name].percentile}${result[name].complete ? '' : '，数据不完整，仅供参考'}`,
    }))
    return success(
      {
        pm25: shown('pm25'),
        pm10: shown('pm10'),
        o3: shown('o3'),
        no2: shown('no2'),
        so2: shown('so2'),
        co: shown('co'),
      },
      trace,
    )
  },
})

const trendEvaluator = defineEvaluator({
  id: 'air.trend.spearman',
  title: { zh: '变化趋势（秩相关系数）', en: 'Trend, Spearman rank correlation' },
  editions: allEditions,
  input: s.object(
    { values: s.list(s.number('浓度'), '按时间先后的连续各期浓度') },
    { level: s.oneOf([0.05, 0.01], '显著性水平，默认0.05') },
  ),
  output: s.object({
    n: s.integer('期数'),
    rs: s.number('秩相关系数'),
    critical: s.number('临界值'),
    criticalFrom: s.integer('临界值所在行的期数'),
    significant: s.boolean('显著'),
    direction: s.oneOf(['rising', 'falling', 'none'], '上升、下降、基本稳定'),
    ranks: s.list(s.number('秩次'), '浓度秩次'),
  }),
  clauses: [trendClause],
  version: '1.0.0',
  evaluate: ({ values, level }) => spearman(values, level),
})

const averageEvaluator = defineEvaluator({
  id: 'air.three-year-average',
  title: { zh: '三年滑动平均（待核实）', en: 'Three-year moving average (unverified)' },
  editions: ['2026-transition', '2026-final'],
  input: s.object(
    { item, annual: s.list(s.number('年统计值，未修约'), '前年、上年、当年', { minItems: 3, maxItems: 3 }) },
    { date: editionDate },
  ),
  output: s.object({ value: s.number('三年平均，未修约'), rounded: s.number('修约值') }),
  clauses: [movingAverageClause],
  version: '1.0.0',
  evaluate: ({ item: which, annual }, { edition }) =>
    threeYearAverage(which, [annual[0] as number, annual[1] as number, annual[2] as number], edition),
})

/** Statistics of series: percentile, month to year, trend. */
export const periodEvaluators: readonly EvaluatorDefinition[] = [
  percentileEvaluator,
  periodEvaluator,
  trendEvaluator,
  averageEvaluator,
]
