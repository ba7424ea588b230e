/** Planning of inspections: pure, and without a word about the database. */
export { makePlan, whatIf } from './plan.ts'
export type {
  ChangeCost,
  DayLoad,
  Plan,
  PlanCandidate,
  PlanChange,
  PlanInput,
  PlanInspector,
  PlanOptions,
  PlanVisit,
  WhatIf,
} from './plan.types.ts'
export { costOfChange } from './plan-change.ts'
export { bruteForce } from './plan-oracle.ts'
export { countyMonth, smallCase } from './plan-sample.ts'
export { planApart, whatIfApart } from './planner.ts'
