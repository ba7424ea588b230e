import type { Queryable } from '../../platform/db/index.ts'

/** Two registrations became one, or one two: leads of the outlets concerned follow. */
export async function moveLeads(
  q: Queryable,
  move: {
    readonly fromId: number
    readonly toId: number
    readonly droppedId: number
    readonly outletIds: readonly number[]
  },
): Promise<void> {
  await q.query(
    `update lead set enterprise_id = $2
      where enterprise_id = $1 and (feature_id = any($3::int[]) or feature_id = $4)`,
    [move.fromId, move.toId, move.outletIds, move.droppedId],
  )
}

/** Leads that wait for somebody, by enterprise. */
export async function openLeadsByEnterprise(
  q: Queryable,
  enterpriseIds: readonly number[],
): Promise<Map<number, number>> {
  const { rows } = await q.query<{ enterprise_id: number; n: number }>(
    `select enterprise_id, count(*)::int as n from lead
      where enterprise_id = any($1::int[]) and active group by enterprise_id`,
    [enterpriseIds],
  )
  return new Map(rows.map((row) => [row.enterprise_id, row.n]))
}

/** Leads of a rule that have not ended, of every object or of one enterprise; for whoever raises them and calms them. */
export async function standingLeads(
  q: Queryable,
  ruleId: string,
  enterpriseId?: number,
): Promise<{ featureId: number; enterpriseId: number | null; factor: string }[]> {
  const { rows } = await q.query<{ feature_id: number; enterprise_id: number | null; factor: string }>(
    `select feature_id, enterprise_id, factor from lead
      where rule_id = $1 and (active or (ended_at is null and state in ('confirmed', 'dismissed')))
        and ($2::int is null or enterprise_id = $2) order by id`,
    [ruleId, enterpriseId ?? null],
  )
  return rows.map((row) => ({
    featureId: row.feature_id,
    enterpriseId: row.enterprise_id,
    factor: row.factor,
  }))
}
