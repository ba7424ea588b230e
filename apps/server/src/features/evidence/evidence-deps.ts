import type { Deps } from '../../platform/deps.ts'
import { type Incoming, openIncoming } from './store/incoming.ts'
import { evidenceFolder, openStore } from './store/open-store.ts'
import type { EvidenceStore } from './store/store.ts'
import type { SubjectDoor } from './subject-door.ts'

/** What the room works with: the doors of its subjects, where files come in and where they stay. */
export interface EvidenceDeps extends Pick<Deps, 'db' | 'clock' | 'config' | 'log' | 'events'> {
  readonly doors: readonly SubjectDoor[]
  readonly store: EvidenceStore
  readonly incoming: Incoming
}

export function evidenceDeps(
  deps: Pick<Deps, 'db' | 'clock' | 'config' | 'log' | 'events'>,
  doors: readonly SubjectDoor[],
): EvidenceDeps {
  const { db, clock, config, log, events } = deps
  const incoming = openIncoming(evidenceFolder(config))
  return { db, clock, config, log, events, doors, store: openStore(config), incoming }
}
