import type { PermitProperties } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'

export interface PermitVersionRow {
  id: number
  code: string
  region_code: number
  owner_id: number
  version: number
  properties: PermitProperties
}

/** Every version of the permits of these holders, the present ones and those they replaced. */
export async function selectPermitVersions(
  q: Queryable,
  creditCodes: readonly string[] | null,
): Promise<PermitVersionRow[]> {
  const { rows } = await q.query<PermitVersionRow>(
    `select id, code, region_code, owner_id, version, properties from feature
      where kind = 'permit' and ($1::text[] is null or parent_code = any($1))
     union all
     select h.feature_id, h.row->>'code', h.region_code, h.owner_id, h.version, h.row->'properties'
       from feature f join feature_history h on h.feature_id = f.id
      where f.kind = 'permit' and ($1::text[] is null or f.parent_code = any($1))
      order by 1, 5`,
    [creditCodes],
  )
  return rows
}
