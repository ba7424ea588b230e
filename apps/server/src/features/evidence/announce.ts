import type { Deps } from '../../platform/deps.ts'
import type { EvidenceRow } from './evidence.table.ts'

/** Pages that show the subject read it again. Trainings are of the bureau's own work. */
export function announce(
  deps: Pick<Deps, 'events'>,
  row: Pick<EvidenceRow, 'subject_kind' | 'subject_id'>,
): void {
  const topic = row.subject_kind === 'training' ? 'bureau' : `${row.subject_kind}:${row.subject_id}`
  deps.events.publish(topic, { id: row.subject_id })
}
