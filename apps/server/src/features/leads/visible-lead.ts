import type { Queryable } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { leadsByIds } from './lead.repository.ts'
import type { LeadRow } from './lead.table.ts'

export const unknownLead = (id: number): AppError =>
  new AppError('lead.unknown', { detail: `没有线索 ${id}，或不在您的数据范围内` })

/** @throws AppError `lead.unknown` for one that is not there or that the actor does not see */
export async function visibleLead(q: Queryable, id: number): Promise<LeadRow> {
  const [row] = await leadsByIds(q, [id])
  if (row === undefined) throw unknownLead(id)
  return row
}
