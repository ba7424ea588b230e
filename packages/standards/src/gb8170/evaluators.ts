import { refusal, success } from '../clause.ts'
import { defineEvaluator, type EvaluatorDefinition, step } from '../evaluators/definition.ts'
import * as s from '../evaluators/schema.ts'
import { formatRounded, roundHalfEven, roundingClause, roundToStep } from './rounding.ts'

export const roundingEvaluators: readonly EvaluatorDefinition[] = [
  defineEvaluator({
    id: 'rounding.gb8170',
    title: { zh: '数值修约（四舍六入五成双）', en: 'Rounding, half to even' },
    editions: [],
    input: s.object(
      { value: s.numberOrText('待修约的数值，文本可保留全部数字') },
      {
        decimals: s.integer('保留小数位数，负数为十、百、千位', { minimum: -12, maximum: 12 }),
        step: s.number('修约间隔，如0.5、0.2、20；与小数位数任选其一'),
      },
    ),
    output: s.object({ rounded: s.number('修约值') }, { text: s.text('修约值文本，保留末位的零') }),
    clauses: [roundingClause],
    version: '1.0.0',
    csv: {
      input: ['value', 'decimals', 'step'],
      output: ['rounded'],
      cells: ({ rounded, text }) => [text ?? rounded],
    },
    evaluate: ({ value, decimals, step: unit }) => {
      if ((decimals === undefined) === (unit === undefined))
        return refusal('invalid-input', roundingClause, { detail: '小数位数与修约间隔应给出其中一个' })
      if (decimals !== undefined) {
        const rounded = roundHalfEven(value, decimals)
        const formula = `${value} → ${formatRounded(value, decimals)}`
        const trace = step('rounding', value, rounded, roundingClause, formula)
        return success({ rounded, text: formatRounded(value, decimals) }, trace)
      }
      const rounded = roundToStep(value, unit as number)
      const formula = `${value} ÷ ${unit} → ${rounded} ÷ ${unit}`
      return success({ rounded }, step('rounding', value, rounded, roundingClause, formula))
    },
  }),
]
