import type { Queryable } from '../../platform/db/index.ts'

/** Two registrations became one, or one two: what hangs on the permits concerned follows them, and applications. */
export async function movePermitRecords(
  q: Queryable,
  move: {
    readonly fromId: number
    readonly toId: number
    readonly droppedId: number
    readonly ownerId: number
    readonly permitIds: readonly number[]
  },
): Promise<void> {
  await moveApplications(q, move)
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

/**
 * An application for allowance names its enterprise and nothing between. It remembers which registration it was made
 * for, so that the undoing of a merger gives back exactly those.
 */
async function moveApplications(
  q: Queryable,
  { fromId, toId, droppedId }: { readonly fromId: number; readonly toId: number; readonly droppedId: number },
): Promise<void> {
  await q.query(
    fromId === droppedId
      ? `update allowance_application set enterprise_id = $2, merged_from = merged_from || $1::int where enterprise_id = $1`
      : `update allowance_application set enterprise_id = $2, merged_from = merged_from[:cardinality(merged_from) - 1]
          where enterprise_id = $1 and merged_from[cardinality(merged_from)] = $2`,
    [fromId, toId],
  )
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
