import { defineEvaluator, type EvaluatorDefinition } from '../evaluators/definition.ts'
import * as s from '../evaluators/schema.ts'
import { equivalentClause } from './equivalents.ts'
import { outletTax, reductionClause, type TaxItem, topClause } from './tax.ts'

const kg = s.number('排放量，kg', { minimum: 0 })
const percentOfLimit = s.number('浓度占限值的百分比，%', { minimum: 0 })
const overLimit = s.boolean('当月有小时均值（气）或日均值（水）超标')

export const taxEvaluators: readonly EvaluatorDefinition[] = [
  defineEvaluator({
    id: 'permit.tax-equivalent',
    title: { zh: '环境保护税：污染当量与应纳税额', en: 'Pollution equivalents and tax of an outlet' },
    editions: [],
    input: s.object(
      { medium: s.oneOf(['air', 'water'], '废气或废水') },
      {
        rate: s.number('每污染当量税额，元；默认值待核实', { minimum: 0 }),
        items: s.list(
          s.object({ pollutant: s.text('污染物'), kg }, { percentOfLimit, overLimit }),
          '一个排放口一个月的各污染物',
          { minItems: 1, maxItems: 200 },
        ),
        pollutant: s.text('只算一种污染物时的污染物'),
        kg,
        percentOfLimit,
        overLimit,
      },
    ),
    output: s.object({
      equivalents: s.number('计税污染当量数'),
      tax: s.number('应纳税额，元'),
      lines: s.list(
        s.object({
          pollutant: s.text('污染物'),
          taxable: s.boolean('在税目内'),
          equivalents: s.nullableNumber('污染当量数'),
          counted: s.boolean('计税'),
          share: s.number('减免后的比例'),
          tax: s.number('税额，元'),
        }),
        '逐项',
      ),
    }),
    clauses: [equivalentClause, topClause, reductionClause],
    version: '1.0.0',
    csv: {
      input: ['medium', 'pollutant', 'kg', 'percentOfLimit', 'overLimit', 'rate'],
      output: ['equivalents', 'tax'],
      cells: ({ equivalents, tax }) => [equivalents, tax],
    },
    evaluate: ({ medium, rate, items, pollutant, ...single }) => {
      const one: readonly TaxItem[] =
        pollutant === undefined || single.kg === undefined ? [] : [{ ...single, pollutant, kg: single.kg }]
      return outletTax(medium, items ?? one, rate)
    },
  }),
]
