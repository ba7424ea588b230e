/** Works a plan out in the background; the plan keeps what was asked, so a restart answers the same. */
import { announceIn } from '../../platform/events/index.ts'
import { defineJob, type JobDefinition } from '../../platform/jobs/index.ts'
import type { InspectionRoomDeps } from './inspection-doors.ts'
import { planById, setPlanResult } from './plan.repository.ts'
import { planJobName } from './plan.service.ts'
import { planApart } from './planning/index.ts'

export interface PlanJobInput {
  readonly planId: number
  readonly seconds: number
}
export interface PlanJobResult {
  readonly planId: number
  readonly visits: number
  readonly value: number
  readonly seconds: number
}

export const planJob = (deps: Pick<InspectionRoomDeps, 'db'>): JobDefinition<PlanJobInput, PlanJobResult> =>
  defineJob(
    planJobName,
    { title: '编排执法计划', concurrency: 1, permission: 'inspection:plan' },
    async ({ input, progress, signal }) => {
      const row = await planById(deps.db.pool, input.planId)
      if (row === undefined) throw new Error(`no plan ${input.planId}`)
      await progress(0, 100, `${row.input.candidates.length} 个候选，${row.input.inspectors.length} 人`)
      const plan = await planApart(row.input, { seconds: input.seconds, signal })
      signal.throwIfAborted()
      await deps.db.transaction(async (trx) => {
        await setPlanResult(trx, input.planId, plan)
        await announceIn(trx, [{ topic: 'inspection', data: { id: input.planId } }])
      })
      await progress(100, 100, `安排 ${plan.visits.length} 次，未安排 ${plan.leftOut.length} 个`)
      return { planId: input.planId, visits: plan.visits.length, value: plan.value, seconds: plan.seconds }
    },
  )
