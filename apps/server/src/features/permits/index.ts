/** Door of the room of permits and tonnes. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { permitPlugin } from './permit.routes.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import { totalPlugin } from './total.routes.ts'

export { putAccounting } from './accounting.service.ts'
export { addEntry, createAccount } from './allowance.service.ts'
export { createApplication, decideApplication } from './application.service.ts'
export { dutiesOf } from './duty.ts'
export { movePermitRecords, overdueByEnterprise } from './merged-enterprise.repository.ts'
export { compilePermits, sweepObligations } from './obligation.compile.ts'
export { permitTimeline } from './permit.timeline.ts'
export { type PermitWorker, startPermitWorker } from './permit.worker.ts'
export { noDoors, type PermitDoors, type PermitRoomDeps } from './permit-doors.ts'
export { reconcileYear } from './reconcile.service.ts'
export { addClaim, createProject } from './reduction.service.ts'
export { advanceClaim, reviewClaim } from './reduction-review.service.ts'
export { putReductionTarget } from './reduction-target.service.ts'
export { submitReport, submitResults } from './report.service.ts'

export const permitRoomRoutes =
  (deps: PermitRoomDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(permitPlugin(deps))
    await app.register(totalPlugin(deps))
  }
