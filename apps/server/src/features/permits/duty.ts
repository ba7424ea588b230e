/** Obligations of an enterprise as an earlier room shows them. */
import type { Queryable } from '../../platform/db/index.ts'
import { selectObligations } from './obligation.repository.ts'

const mostDuties = 1000

/** Obligations whose day lies in [from, to], in order of the day; as the reader may see them. */
export async function dutiesOf(
  q: Queryable,
  enterpriseId: number,
  range: { readonly from: string; readonly to: string },
): Promise<
  {
    id: number
    kind: string
    title: string
    dueOn: string
    state: string
    late: boolean
    clause: string
  }[]
> {
  const rows = await selectObligations(q, { enterpriseId, ...range, region: [null, null], limit: mostDuties })
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    title: row.title,
    dueOn: row.due_on,
    state: row.state,
    late: row.late,
    clause: row.clause,
  }))
}
