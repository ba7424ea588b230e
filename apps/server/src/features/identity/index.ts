/** Door of identity. */
export { recordAudit, verifyAuditChain } from '../../platform/audit/index.ts'
export { type DeliveryWorker, startDeliveryWorker } from './delivery.worker.ts'
export { identityRoutes } from './identity.routes.ts'
export type { OrganizationRow, UserRow } from './identity.table.ts'
export { type NoticeDraft, notify } from './notices.service.ts'
export { actorOf, authenticateBy } from './sessions.service.ts'
export { selectOrganization as organizationBy, selectUser as userBy } from './users.repository.ts'
export {
  createFirstAdministrator,
  createOrganization,
  createUser,
  ensureOrganization,
  resetUserPassword,
} from './users.service.ts'
