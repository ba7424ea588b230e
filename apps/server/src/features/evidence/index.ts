/** Door of the evidence room. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Queryable } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { evidencePlugin } from './evidence.routes.ts'
import { evidenceDeps } from './evidence-deps.ts'
import { type AnnexPicture, annexPicture } from './picture.ts'
import { openStore } from './store/open-store.ts'
import type { SubjectDoor } from './subject-door.ts'

export { type CountedEvidence, evidenceOf, shareEvidence } from './evidence.service.ts'
export { type EvidenceWorker, startEvidenceWorker } from './evidence.worker.ts'
export type { AnnexPicture } from './picture.ts'
export { evidenceFolder } from './store/open-store.ts'
export type { EvidenceSubject, SubjectDoor } from './subject-door.ts'
export { takeFile } from './take-file.ts'
export { type EvidenceFault, verifyStoredEvidence } from './verify-all.ts'

/** Routes of evidence; `doors` say whose objects it can belong to. */
export const evidenceRoutes = (deps: Deps, doors: readonly SubjectDoor[]): FastifyPluginAsyncTypebox =>
  evidencePlugin(evidenceDeps(deps, doors))

/** Reads pictures for the annex of a document: JPEG, at most 1200 pixels a side; null for what is no picture. */
export function annexPictures(
  deps: Pick<Deps, 'config'>,
): (q: Queryable, id: number) => Promise<AnnexPicture | null> {
  const store = openStore(deps.config)
  return (q, id) => annexPicture({ store }, q, id)
}
