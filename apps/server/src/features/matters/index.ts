/** Door of the matters room: problems, matters, the working calendar. */
export { calendarIn, seedCalendar, workCalendarIn } from './calendar.service.ts'
export { matterRoomRoutes } from './matter.routes.ts'
export {
  type Advanced,
  advanceMatter,
  assignParties,
  type MatterDoer,
  type MatterDraft,
  openMatter,
  type Parties,
  type StepCommand,
} from './matter.service.ts'
export type { MatterListRow, MatterRow, PartyRow } from './matter.table.ts'
export { type MatterWorker, startMatterWorker } from './matter.worker.ts'
export {
  matterSubject,
  mattersByEnterprise,
  mattersTimeline,
  moveMatters,
  problemSubject,
} from './matter-doors.ts'
export type { MatterEffectDoors } from './matter-effect.ts'
export {
  addCause,
  type DuplicateOf,
  joinProblems,
  type ProblemDraft,
  registerProblem,
} from './problem.service.ts'
