import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { evaluationRoutes } from '@shanshui/contract'
import { type EvaluatorDefinition, evaluatorById, evaluators } from '@shanshui/standards'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { dateOfMs } from './civil-day.ts'

const mostInputs = 10_000

/** The calculator: every evaluator of the standards, one input or many. */
export const evaluatorRoutes =
  (deps: Pick<Deps, 'clock'>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const config = { permission: 'evaluator:use' } as const
    app.get('/evaluators', { schema: evaluationRoutes.listEvaluators, config }, async () => ({
      items: evaluators.map(summary),
    }))
    app.get('/evaluators/:id', { schema: evaluationRoutes.getEvaluator, config }, async (request) => {
      const evaluator = known(request.params.id)
      const { csv } = evaluator
      return {
        ...summary(evaluator),
        inputSchema: evaluator.inputSchema,
        outputSchema: evaluator.outputSchema,
        csv: csv === undefined ? null : { input: [...csv.input], output: [...csv.output] },
      }
    })
    app.post('/evaluators/:id', { schema: evaluationRoutes.runEvaluator, config }, async (request) => {
      const evaluator = known(request.params.id)
      const { input, edition } = request.body
      if (edition !== undefined && !evaluator.editions.some((e) => e === edition)) {
        const offered = evaluator.editions.length === 0 ? '不分版本' : evaluator.editions.join('、')
        throw new AppError('evaluator.edition-unknown', {
          detail: `${evaluator.id} 没有版本 ${edition}；可用：${offered}`,
        })
      }
      const inputs: unknown[] = Array.isArray(input) ? input : [input]
      if (inputs.length > mostInputs) {
        throw new AppError('evaluator.too-many', {
          detail: `一次 ${inputs.length} 条，上限 ${mostInputs} 条`,
        })
      }
      const today = dateOfMs(deps.clock.now())
      const outcomes = inputs.map((one) => evaluator.evaluate(one, { edition, today }))
      return { id: evaluator.id, version: evaluator.version, outcomes: outcomes as never }
    })
  }

function known(id: string): EvaluatorDefinition {
  const evaluator = evaluatorById(id)
  if (evaluator === undefined) throw new AppError('evaluator.unknown', { detail: `没有评价方法 ${id}` })
  return evaluator
}

function summary(evaluator: EvaluatorDefinition) {
  const { id, title, editions, version, clauses } = evaluator
  return { id, title, editions: [...editions], version, clauses: [...clauses] }
}
