/** For tests: a rule changed past the service. */
import type { Database } from '../../platform/db/index.ts'

export async function changeRuleDirectly(
  db: Database,
  id: string,
  change: { enabled?: boolean; calmAfterHours?: number },
): Promise<void> {
  await db.pool.query(
    `update lead_rule set enabled = coalesce($2, enabled), calm_after_hours = coalesce($3, calm_after_hours) where id = $1`,
    [id, change.enabled ?? null, change.calmAfterHours ?? null],
  )
}
