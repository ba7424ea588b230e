/** Door of the leads room. */

export {
  type ConfirmedLead,
  confirmedLeadsByEnterprise,
  confirmedLeadsOfRules,
} from './confirmed-leads.repository.ts'
export { presentBrief as leadBriefOf } from './lead.present.ts'
export { confirmedLeads, leadsByIds, outletsInDoubt, selectLeads } from './lead.repository.ts'
export { leadRoomRoutes } from './lead.routes.ts'
export { confirmLeadIn, setLeadOutcome } from './lead.service.ts'
export type { LeadDraft, LeadRow, LeadTransition } from './lead.table.ts'
export { leadsTimeline } from './lead.timeline.ts'
export { type LeadWorker, startLeadWorker } from './lead.worker.ts'
export { moveLeads, openLeadsByEnterprise, standingLeads } from './merged-enterprise.repository.ts'
export { type OpenLead, openLeadsAt } from './open-leads.repository.ts'
export { calmLead, raiseLead } from './raise.service.ts'
export { seedRules } from './rule.service.ts'
export { scanJob } from './scan.job.ts'
export { enterprisesLike, type LikeEnterprise } from './similar.ts'
export type { SourceDoor } from './source-door.ts'
