/** A whole file that the platform has in hand becomes evidence by the same path as one that a browser sends. */
import { createHash } from 'node:crypto'
import { type EvidenceUploadStart, evidenceChunkBytes } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Deps } from '../../platform/deps.ts'
import type { SubjectRef } from './evidence.table.ts'
import { evidenceDeps } from './evidence-deps.ts'
import type { SubjectDoor } from './subject-door.ts'
import { startUpload, takePiece } from './upload.service.ts'

/** Errors: those of an upload: `evidence.type-refused`, `evidence.subject-closed`, `evidence.store-unavailable` … */
export async function takeFile(
  deps: Pick<Deps, 'db' | 'clock' | 'config' | 'log' | 'events'>,
  doors: readonly SubjectDoor[],
  actor: Actor,
  file: {
    readonly subject: SubjectRef
    readonly name: string
    readonly title: string
    readonly bytes: Buffer
    readonly internal: boolean
  } & Pick<EvidenceUploadStart, 'demand' | 'kind' | 'device'>,
): Promise<void> {
  const room = evidenceDeps(deps, doors)
  const { bytes, ...said } = file
  const upload = await startUpload(room, actor, {
    ...said,
    bytes: bytes.byteLength,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  })
  if (upload.evidence !== null) return
  for (let offset = upload.offset; offset < bytes.byteLength; offset += evidenceChunkBytes)
    await takePiece(room, actor, upload.id, offset, bytes.subarray(offset, offset + evidenceChunkBytes))
}
