import type { Queryable } from '../../platform/db/index.ts'
import { regionSpan } from '../../platform/region.ts'
import type { PermitRow } from './obligation.table.ts'

const permitSelect = `select p.id, p.code, p.region_code, r.name as region_name, p.owner_id, p.version, p.properties,
    e.id as enterprise_id, e.name as enterprise_name
  from feature p
  left join region r on r.code = p.region_code
  left join feature e on e.kind = 'enterprise' and e.code = p.properties->>'creditCode'`

export interface PermitFilter {
  readonly ids?: readonly number[] | undefined
  readonly enterpriseId?: number | undefined
  readonly regionCode?: number | undefined
  readonly search?: string | undefined
  /** How it stands today; `renewalEdge`: the first day of expiry that need not be renewed yet. */
  readonly standing?:
    | { readonly is: 'valid' | 'expiring' | 'expired'; readonly today: string; readonly renewalEdge: string }
    | undefined
  readonly afterId?: number | undefined
  /** All when left out. */
  readonly limit?: number
}

export async function selectPermits(q: Queryable, filter: PermitFilter = {}): Promise<PermitRow[]> {
  const { rows } = await q.query<PermitRow>(
    `${permitSelect}
      where p.kind = 'permit' and ($1::int[] is null or p.id = any($1)) and ($2::int is null or e.id = $2)
        and ($3::int is null or p.region_code between $3 and $4)
        and ($5::text is null or position(lower($5) in lower(p.code)) > 0 or position(lower($5) in lower(p.name)) > 0
             or position(lower($5) in lower(coalesce(e.name, ''))) > 0)
        and ($6::text is null or $6 = case when p.properties->>'expiresOn' < $7 then 'expired'
             when p.properties->>'expiresOn' < $8 then 'expiring' else 'valid' end)
        and ($9::int is null or p.id > $9)
      order by p.id limit $10`,
    [
      filter.ids ?? null,
      filter.enterpriseId ?? null,
      ...regionSpan(filter.regionCode),
      filter.search ?? null,
      filter.standing?.is ?? null,
      filter.standing?.today ?? null,
      filter.standing?.renewalEdge ?? null,
      filter.afterId ?? null,
      filter.limit ?? null,
    ],
  )
  return rows
}
