import { success } from '../clause.ts'
import { defineEvaluator, type EvaluatorDefinition, step } from '../evaluators/definition.ts'
import * as s from '../evaluators/schema.ts'
import {
  checkUnifiedCredit,
  unifiedCreditCheckCharacter,
  unifiedCreditCheckClause,
  unifiedCreditClause,
  unifiedCreditSum,
} from './unified-credit.ts'

function formulaOf(code: string): string | undefined {
  const sum = unifiedCreditSum(code)
  if (Number.isNaN(sum)) return undefined
  return `ΣCi·Wi = ${sum}；31 − (${sum} mod 31) = ${31 - (sum % 31)} → ${unifiedCreditCheckCharacter(code)}`
}

export const codeEvaluators: readonly EvaluatorDefinition[] = [
  defineEvaluator({
    id: 'code.unified-credit',
    title: { zh: '统一社会信用代码校验', en: 'Check of a unified social credit code' },
    editions: [],
    input: s.object({ code: s.text('18位统一社会信用代码') }),
    output: s.object(
      { valid: s.boolean('是否符合'), reason: s.text('不符的原因；符合时为空') },
      {
        expected: s.text('前17位应配的校验码'),
        region: s.text('登记管理机关行政区划码'),
        organization: s.text('主体标识码（组织机构代码）'),
      },
    ),
    clauses: [unifiedCreditClause, unifiedCreditCheckClause],
    version: '1.0.0',
    csv: {
      input: ['code'],
      output: ['valid', 'reason'],
      cells: ({ valid, reason }) => [valid ? 1 : 0, reason],
    },
    evaluate: ({ code }) => {
      const outcome = checkUnifiedCredit(code)
      const trace = step('check-character', code, code.slice(17), unifiedCreditCheckClause, formulaOf(code))
      if (outcome.ok) {
        const { region, organization, check } = outcome.parts
        return success({ valid: true, reason: '', expected: check, region, organization }, trace)
      }
      const { message: reason, expected } = outcome
      return success(
        expected === undefined ? { valid: false, reason } : { valid: false, reason, expected },
        trace,
      )
    },
  }),
]
