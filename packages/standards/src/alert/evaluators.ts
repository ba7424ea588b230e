import { defineEvaluator, type EvaluatorDefinition } from '../evaluators/definition.ts'
import * as s from '../evaluators/schema.ts'
import { alertClause, alertGrade } from './grade.ts'
import { alertPlans } from './plans.ts'

export const alertEvaluators: readonly EvaluatorDefinition[] = [
  defineEvaluator({
    id: 'air.alert-grade',
    title: { zh: '重污染天气预警等级建议', en: 'Heavy-pollution alert grade (proposal)' },
    editions: [],
    input: s.object(
      { aqi: s.list(s.number('日AQI', { minimum: 0 }), '预报的连续各日AQI', { minItems: 1 }) },
      { plan: s.oneOf(['2024', '2017'], '预案版本，默认2024（数值待核实）') },
    ),
    output: s.object({
      grade: {
        type: ['string', 'null'],
        enum: ['red', 'orange', 'yellow', 'blue', null],
        description: '预警等级',
      },
      zh: s.text('预警等级中文'),
      from: s.nullableNumber('首日序号，从0起'),
      to: s.nullableNumber('末日序号'),
      plan: s.text('预案版本'),
    }),
    clauses: [alertClause(alertPlans['2024'].value), alertClause(alertPlans['2017'].value)],
    version: '1.0.0',
    evaluate: ({ aqi, plan }) => alertGrade(aqi, plan),
  }),
]
