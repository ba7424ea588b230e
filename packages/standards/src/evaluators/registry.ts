import { alertEvaluators } from '../alert/evaluators.ts'
import { budgetEvaluators } from '../budget/evaluators.ts'
import { codeEvaluators } from '../codes/evaluators.ts'
import { conversionEvaluators } from '../conversion/evaluators.ts'
import { dayEvaluators } from '../days/evaluators.ts'
import { deadlineEvaluators } from '../deadline/evaluators.ts'
import { exceedanceEvaluators } from '../exceedance/evaluators.ts'
import { roundingEvaluators } from '../gb8170/evaluators.ts'
import { validityEvaluators } from '../hj75/evaluators.ts'
import { waterEvaluators } from '../hj356/evaluators.ts'
import { aqiEvaluators } from '../hj633/evaluators.ts'
import { complianceEvaluators } from '../hj663/evaluators-compliance.ts'
import { dailyEvaluators } from '../hj663/evaluators-daily.ts'
import { periodEvaluators } from '../hj663/evaluators-period.ts'
import { limitEvaluators } from '../limits/evaluators.ts'
import { permitEvaluators } from '../permit/evaluators.ts'
import { rankingEvaluators } from '../ranking/evaluators.ts'
import { sandEvaluators } from '../sand/evaluators.ts'
import { taxEvaluators } from '../tax/evaluators.ts'
import { totalEvaluators } from '../totals/evaluators.ts'
import { transmissionEvaluators } from '../transmission/evaluators.ts'
import type { EvaluatorDefinition } from './definition.ts'

/** Every registered evaluator, in the order a reader meets them: hour, day, period, ranking, targets. */
export const evaluators: readonly EvaluatorDefinition[] = [
  ...aqiEvaluators,
  ...dailyEvaluators,
  ...periodEvaluators,
  ...complianceEvaluators,
  ...dayEvaluators,
  ...rankingEvaluators,
  ...sandEvaluators,
  ...alertEvaluators,
  ...budgetEvaluators,
  ...conversionEvaluators,
  ...validityEvaluators,
  ...waterEvaluators,
  ...transmissionEvaluators,
  ...limitEvaluators,
  ...exceedanceEvaluators,
  ...permitEvaluators,
  ...deadlineEvaluators,
  ...taxEvaluators,
  ...totalEvaluators,
  ...roundingEvaluators,
  ...codeEvaluators,
]

const byId = new Map(evaluators.map((evaluator) => [evaluator.id, evaluator]))

export function evaluatorById(id: string): EvaluatorDefinition | undefined {
  return byId.get(id)
}
