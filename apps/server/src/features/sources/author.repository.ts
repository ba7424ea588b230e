/** Whose people write about outlets. */
import type { Queryable } from '../../platform/db/index.ts'

/** Organization of a user; undefined for one that is not there (the platform itself). */
export async function organizationOf(q: Queryable, userId: number): Promise<number | undefined> {
  const { rows } = await q.query<{ organization_id: number }>(
    'select organization_id from app_user where id = $1',
    [userId],
  )
  return rows[0]?.organization_id
}
