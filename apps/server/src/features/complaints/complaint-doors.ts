/** What other rooms ask of complaints: subjects of evidence, closing of their matters, mergers of enterprises. */
import type { Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import type { SubjectDoor } from '../evidence/index.ts'
import { complaintBy, moveComplaintRows, partiesOf, unansweredChildren } from './complaint.repository.ts'

/** Complaints as subjects of evidence: those who see one, until it has ended. Never shown to the enterprise. */
export const complaintSubject: SubjectDoor = {
  kind: 'complaint',
  async read(q, actor, id) {
    const row = await complaintBy(q, 'id', id)
    if (row === undefined) return undefined
    const parties = row.matter_id === null ? [] : await partiesOf(q, row.matter_id)
    const ended = row.phase === 'closed' || row.phase === 'dropped'
    return {
      kind: 'complaint',
      id,
      regionCode: row.region_code,
      ownerId: row.owner_id,
      parties,
      shownToOwner: false,
      place: row.lon === null || row.lat === null ? null : { lon: row.lon, lat: row.lat },
      mayAdd: !ended && actor.permissions.has('evidence:write'),
    }
  },
}

const closing: ReadonlySet<string> = new Set(['close', 'close-unvisited'])

/**
 * Before a matter of complaints is closed, every named complaint that was merged into it has been told the result.
 * @throws AppError `complaint.answer-missing` with the numbers
 */
export async function refuseUnanswered(trx: Trx, matterId: number, transition: string): Promise<void> {
  if (!closing.has(transition)) return
  const numbers = await unansweredChildren(trx, matterId)
  if (numbers.length > 0)
    throw new AppError('complaint.answer-missing', { detail: numbers.join('、'), numbers })
}

/** Two registrations of an enterprise became one, or one two. */
export const moveComplaints = (trx: Trx, move: { fromId: number; toId: number }): Promise<void> =>
  moveComplaintRows(trx, move.fromId, move.toId)
