import { refusal, success } from '../clause.ts'
import { goodDayClause } from '../days/excellent.ts'
import { defineEvaluator, type EvaluatorDefinition, orNaN, step } from '../evaluators/definition.ts'
import * as s from '../evaluators/schema.ts'
import { budgetDays, budgetPercentileDays, percentileBudgetClause } from './days.ts'
import { meanInterval, percentileInterval, targetUnderInterval } from './interval.ts'
import { budgetClause, budgetMean } from './mean.ts'

const outcome = s.oneOf(['met', 'open', 'missed'], '已定完成、尚未确定、已不可能')
const days = (description: string) => s.integer(description, { minimum: 0, maximum: 4000 })

export const budgetEvaluators: readonly EvaluatorDefinition[] = [
  defineEvaluator({
    id: 'air.budget.mean',
    title: { zh: '剩余时段允许的平均浓度', en: 'What the rest of the year may average' },
    editions: [],
    input: s.object(
      {
        target: s.number('目标（修约后比较）', { minimum: 0 }),
        meanSoFar: s.number('至今平均值，未修约', { minimum: 0 }),
        daysSoFar: days('至今有效天数'),
        daysLeft: days('剩余天数'),
      },
      { decimals: s.integer('目标的小数位数，默认0', { minimum: 0, maximum: 2 }) },
    ),
    output: s.object({
      restMean: s.nullableNumber('剩余时段平均浓度上限'),
      outcome,
      ceiling: s.number('全时段平均值上限'),
      ceilingIncluded: s.boolean('等于上限时仍达标'),
    }),
    clauses: [budgetClause],
    version: '1.0.0',
    csv: {
      input: ['target', 'meanSoFar', 'daysSoFar', 'daysLeft', 'decimals'],
      output: ['restMean', 'outcome'],
      cells: ({ restMean, outcome: result }) => [restMean, result],
    },
    evaluate: (input) => budgetMean(input),
  }),
  defineEvaluator({
    id: 'air.budget.days',
    title: { zh: '剩余时段允许的超标天数', en: 'How many more bad days are affordable' },
    editions: [],
    input: s.object(
      {
        target: s.number('优良天数比例目标，%', { minimum: 0, maximum: 100 }),
        goodSoFar: days('至今优良天数'),
        validSoFar: days('至今有效天数'),
        daysLeft: days('剩余天数'),
      },
      { decimals: s.integer('比例的小数位数，默认1', { minimum: 0, maximum: 3 }) },
    ),
    output: s.object({
      affordable: s.nullableNumber('允许的超标天数，空为已不可能'),
      outcome,
      best: s.number('最好情形，%'),
      worst: s.number('最差情形，%'),
    }),
    clauses: [goodDayClause],
    version: '1.0.0',
    csv: {
      input: ['target', 'goodSoFar', 'validSoFar', 'daysLeft', 'decimals'],
      output: ['affordable', 'outcome', 'best', 'worst'],
      cells: ({ affordable, outcome: result, best, worst }) => [affordable, result, best, worst],
    },
    evaluate: (input) => budgetDays(input),
  }),
  defineEvaluator({
    id: 'air.budget.percentile',
    title: { zh: '百分位数评价还能承受的超标天数', en: 'Days above a limit that a percentile can carry' },
    editions: [],
    input: s.object({
      target: s.number('百分位数的目标或限值', { minimum: 0 }),
      p: s.number('百分位，如90', { minimum: 1, maximum: 100 }),
      daysSoFar: days('至今有效天数'),
      aboveSoFar: days('至今高于目标的天数'),
      daysLeft: days('剩余天数'),
    }),
    output: s.object({
      affordable: s.nullableNumber('还能承受的天数，空为已超出'),
      outcome,
      capacity: s.integer('全时段可高于目标的天数'),
    }),
    clauses: [percentileBudgetClause],
    version: '1.0.0',
    csv: {
      input: ['target', 'p', 'daysSoFar', 'aboveSoFar', 'daysLeft'],
      output: ['affordable', 'outcome', 'capacity'],
      cells: ({ affordable, outcome: result, capacity }) => [affordable, result, capacity],
    },
    evaluate: (input) => budgetPercentileDays(input),
  }),
  defineEvaluator({
    id: 'air.interval',
    title: { zh: '缺测下的数值区间', en: 'Interval of a figure under missing data' },
    editions: [],
    input: s.object(
      {
        values: s.list(s.nullableNumber('日值，缺测为空'), '日值序列', { minItems: 1 }),
        low: s.number('缺测日的最小可能值', { minimum: 0 }),
        high: s.number('缺测日的最大可能值', { minimum: 0 }),
      },
      {
        p: s.number('百分位；不给则为平均值', { minimum: 0, maximum: 100 }),
        target: s.number('目标（不高于）'),
      },
    ),
    output: s.object({ low: s.number('下限'), high: s.number('上限') }, { outcome }),
    clauses: [budgetClause],
    version: '1.0.0',
    evaluate: ({ values, low, high, p, target }) => {
      if (low > high) return refusal('invalid-input', budgetClause, { detail: `下限${low}大于上限${high}` })
      const numbers = values.map(orNaN)
      const bounds = { low, high }
      const result = p === undefined ? meanInterval(numbers, bounds) : percentileInterval(numbers, p, bounds)
      const missing = values.filter((value) => value === null).length
      const formula = `缺测${missing}天按${low}至${high}计：${result.low} 至 ${result.high}`
      const trace = step('interval', { missing, low, high }, result.high, budgetClause, formula)
      return success(
        target === undefined ? result : { ...result, outcome: targetUnderInterval(result, target) },
        trace,
      )
    },
  }),
]
