import { success } from '../clause.ts'
import { defineEvaluator, type EvaluatorDefinition, step } from '../evaluators/definition.ts'
import * as s from '../evaluators/schema.ts'
import {
  countFactorDay,
  sumCounters,
  transmissionClause,
  transmissionRates,
  transmissionTarget,
  validDenominator,
} from './rate.ts'

const count = (description: string) => s.integer(description, { minimum: 0 })
const percent = (description: string) => s.nullableNumber(`${description}，%，未修约；不适用为空`)

const rateEvaluator = defineEvaluator({
  id: 'source.transmission-rate',
  title: { zh: '数据传输有效率', en: 'Effective transmission rate' },
  editions: [],
  input: s.object(
    {
      due: count('应收数（停运小时、标样核查小时已剔除）'),
      received: count('实收数'),
      valid: count('有效数'),
    },
    {
      validDue: count('有效应收数，默认等于应收数'),
      denominator: s.oneOf(['received', 'validDue'], '有效率的分母，默认实收数'),
    },
  ),
  output: s.object({
    status: s.oneOf(['rated', 'not-applicable'], '已评价、不适用（无应收数据）'),
    transmission: percent('传输率'),
    valid: percent('有效率'),
    effective: percent('传输有效率'),
    meets: { type: ['boolean', 'null'], description: '达到目标' } as s.Schema<boolean | null>,
  }),
  clauses: [transmissionClause],
  version: '1.0.0',
  csv: {
    input: ['due', 'received', 'validDue', 'valid', 'denominator'],
    output: ['transmissionRate', 'validRate', 'effectiveRate', 'status'],
    cells: ({ transmission, valid, effective, status }) => [transmission, valid, effective, status],
  },
  evaluate: ({ due, received, valid, validDue = due, denominator = validDenominator.value }) => {
    const counters = { due, received, validDue, valid }
    const rates = transmissionRates(counters, denominator)
    const base = denominator === 'received' ? received : validDue
    const formula =
      rates.effective === null
        ? '无应收数据，不适用'
        : `${received}/${due}×${valid}/${base} = ${rates.effective}%，目标${transmissionTarget.value}%`
    return success(rates, step('E', counters, rates.effective, transmissionClause, formula))
  },
})

const hour = s.object({
  due: count('该小时应收项数'),
  received: count('实收项数'),
  valid: count('有效项数'),
  state: s.oneOf(['running', 'stopped', 'standard-check'], '运行、停运、标样核查'),
})

const countEvaluator = defineEvaluator({
  id: 'source.transmission-counters',
  title: { zh: '数据传输有效率的四个计数', en: 'The four counters of a factor’s day' },
  editions: [],
  input: s.object({
    factors: s.list(
      s.object({ factor: s.text('因子编码'), hours: s.list(hour, '按时间先后的小时') }),
      '一个排放口一日的各因子',
    ),
  }),
  output: s.object({
    due: count('应收数'),
    received: count('实收数'),
    validDue: count('有效应收数'),
    valid: count('有效数'),
  }),
  clauses: [transmissionClause],
  version: '1.0.0',
  evaluate: ({ factors }) => {
    const counters = sumCounters(factors.map(({ factor, hours }) => countFactorDay(factor, hours)))
    const formula = `应收${counters.due}，实收${counters.received}，有效应收${counters.validDue}，有效${counters.valid}`
    return success(counters, step('计数', factors.length, counters.due, transmissionClause, formula))
  },
})

export const transmissionEvaluators: readonly EvaluatorDefinition[] = [rateEvaluator, countEvaluator]
