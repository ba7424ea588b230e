/** Door of the inspections room. */

export { inspectionRoomRoutes } from './inspection.routes.ts'
export type { InspectionDoors, InspectionRoomDeps, PermitDuty } from './inspection-doors.ts'
export { addAbsence, putInspector } from './inspector.service.ts'
export { buildPools } from './pool.service.ts'
export { inspectionSubject } from './subject.ts'
