import type { Queryable } from '../../platform/db/index.ts'

/** Two registrations became one, or one two: what hangs on the permits concerned follows them. */
export async function moveObligations(
  q: Queryable,
  move: { readonly toId: number; readonly ownerId: number; readonly permitIds: readonly number[] },
): Promise<void> {
  const values = [move.permitIds, move.toId, move.ownerId]
  await q.query(
    'update permit_obligation set enterprise_id = $2, owner_id = $3 where permit_id = any($1::int[])',
    values,
  )
  await q.query(
    'update execution_report set enterprise_id = $2, owner_id = $3 where permit_id = any($1::int[])',
    values,
  )
  await q.query('update self_monitoring_result set owner_id = $2 where permit_id = any($1::int[])', [
    move.permitIds,
    move.ownerId,
  ])
}

/** Obligations that are overdue, by enterprise. */
export async function overdueByEnterprise(
  q: Queryable,
  enterpriseIds: readonly number[],
): Promise<Map<number, number>> {
  const { rows } = await q.query<{ enterprise_id: number; n: number }>(
    `select enterprise_id, count(*)::int as n from permit_obligation
      where enterprise_id = any($1::int[]) and state = 'overdue' group by enterprise_id`,
    [enterpriseIds],
  )
  return new Map(rows.map((row) => [row.enterprise_id, row.n]))
}
