/** Door of the inspections room. */

export { freezeDraw, makeDraw, publishDraw } from './draw.service.ts'
export { inspectionRoomRoutes } from './inspection.routes.ts'
export type { InspectionDoors, InspectionRoomDeps, PermitDuty } from './inspection-doors.ts'
export { addAbsence, putInspector } from './inspector.service.ts'
export { planJob } from './plan.job.ts'
export { makePlan, publishPlan } from './plan.service.ts'
export {
  bruteForce,
  countyMonth,
  makePlan as planInspections,
  type Plan,
  type PlanInput,
  planApart,
  smallCase,
  whatIfApart,
} from './planning/index.ts'
export { buildPools } from './pool.service.ts'
export { inspectionSubject } from './subject.ts'
