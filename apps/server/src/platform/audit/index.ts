export { type AuditActor, recordAudit, verifyAuditChain } from './audit.repository.ts'
