import type { Queryable } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { complaintBy, lockComplaint } from './complaint.repository.ts'
import type { ComplaintRow } from './complaint.table.ts'

const unknown = (id: number) => new AppError('complaint.unknown', { detail: `信访举报 ${id}` })

/** As the actor's row-level security shows it. Errors: `complaint.unknown`. */
export async function visibleComplaint(q: Queryable, id: number): Promise<ComplaintRow> {
  const row = await complaintBy(q, 'id', id)
  if (row === undefined) throw unknown(id)
  return row
}

/** To be changed: locked to the end of the transaction, in the version that was read. Errors also `complaint.changed-meanwhile`. */
export async function complaintForChange(q: Queryable, id: number, version: number): Promise<ComplaintRow> {
  await lockComplaint(q, id)
  const row = await visibleComplaint(q, id)
  if (row.version !== version)
    throw new AppError('complaint.changed-meanwhile', { detail: `所见版本 ${version}，现为 ${row.version}` })
  return row
}
