import { success } from '../clause.ts'
import { aqiDays, asAqiDays } from '../days/evaluators.ts'
import { defineEvaluator, type EvaluatorDefinition, orNaN, orNull } from '../evaluators/definition.ts'
import * as s from '../evaluators/schema.ts'
import { proposeSandPeriods, sandCriteria } from './proposal.ts'
import { sandClause, sandExceedShare } from './share.ts'

const hours = s.list(s.nullableNumber('小时值，缺测为空'), '连续各小时的城市值，µg/m³')

const proposal = s.object({
  start: s.integer('首个受影响小时的序号，从0起'),
  end: s.integer('过程结束后的首个小时'),
  lingerEnd: s.integer('滞后影响结束后的首个小时'),
  basePm10: s.number('过程前PM10均值'),
  baseRatio: s.nullableNumber('过程前PM2.5/PM10'),
  peakPm10: s.number('PM10峰值'),
  closed: s.boolean('过程已结束'),
})

export const sandEvaluators: readonly EvaluatorDefinition[] = [
  defineEvaluator({
    id: 'air.sand-share',
    title: { zh: '沙尘超标天数比例', en: 'Share of days exceeding because of sand' },
    editions: [],
    input: s.object({ days: aqiDays }),
    output: s.object({
      sandExceedDays: s.integer('沙尘超标天数'),
      validDays: s.integer('有效天数'),
      share: s.number('比例，%'),
    }),
    clauses: [sandClause],
    version: '1.0.0',
    evaluate: ({ days }) => sandExceedShare(asAqiDays(days)),
  }),
  defineEvaluator({
    id: 'air.sand-proposal',
    title: {
      zh: '沙尘影响时段建议（判据待核实，须人工确认）',
      en: 'Proposed sand periods (unverified criteria)',
    },
    editions: [],
    input: s.object(
      { pm10: hours, pm25: hours },
      {
        baseHours: s.integer('过程前小时数', { minimum: 1, maximum: 48 }),
        startMultiple: s.number('起始倍数', { minimum: 1 }),
        startAbove: s.number('起始浓度，µg/m³', { minimum: 0 }),
        endDeviation: s.number('结束相对偏差', { minimum: 0 }),
        lingerRatio: s.number('滞后影响的比值', { minimum: 0, maximum: 1 }),
      },
    ),
    output: s.object({ periods: s.list(proposal, '建议时段') }),
    clauses: [sandClause],
    version: '1.0.0',
    evaluate: ({ pm10, pm25, ...own }) => {
      const given = Object.fromEntries(Object.entries(own).filter(([, value]) => typeof value === 'number'))
      const criteria = { ...sandCriteria.value, ...given }
      const found = proposeSandPeriods({ pm10: pm10.map(orNaN), pm25: pm25.map(orNaN) }, criteria)
      const periods = found.map((period) => ({ ...period, baseRatio: orNull(period.baseRatio) }))
      const trace = periods.map(({ start, end, basePm10, peakPm10 }) => ({
        rule: '沙尘时段建议',
        input: { start, end },
        result: peakPm10,
        clause: sandClause,
        formula: `起始：PM10 ≥ ${criteria.startMultiple}×${basePm10} 且 > ${criteria.startAbove}；结束：≤ ${basePm10}×(1+${criteria.endDeviation})`,
      }))
      return success({ periods }, trace)
    },
  }),
]
