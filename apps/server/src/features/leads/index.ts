/** Door of the leads room. */

export { outletsInDoubt } from './lead.repository.ts'
export { leadRoomRoutes } from './lead.routes.ts'
export type { LeadDraft, LeadTransition } from './lead.table.ts'
export { leadsTimeline } from './lead.timeline.ts'
export { type LeadWorker, startLeadWorker } from './lead.worker.ts'
export { moveLeads, openLeadsByEnterprise, standingLeads } from './merged-enterprise.repository.ts'
export { calmLead, raiseLead } from './raise.service.ts'
export { seedRules } from './rule.service.ts'
export { scanJob } from './scan.job.ts'
export type { SourceDoor } from './source-door.ts'
