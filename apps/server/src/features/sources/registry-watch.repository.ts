/** What the hours of an outlet rest on in the registry, as one text an outlet. */
import type { Queryable, Trx } from '../../platform/db/index.ts'

/** Ids and versions of the outlet, its enterprise, its devices and its permits. */
export async function outletSignatures(q: Queryable): Promise<{ outletId: number; content: string }[]> {
  const { rows } = await q.query<{ outlet_id: number; content: string }>(
    `with device as (
       select properties->>'outletCode' as outlet, string_agg(id || ':' || version, ',' order by id) as said
       from feature where kind = 'monitoring-device' group by 1),
     permit as (
       select properties->>'creditCode' as holder, string_agg(id || ':' || version, ',' order by id) as said
       from feature where kind = 'permit' group by 1)
     select o.id as outlet_id,
       concat_ws('|', o.version, o.region_code, o.owner_id, e.version, d.said, p.said) as content
     from feature o left join feature e on e.kind = 'enterprise' and e.code = o.properties->>'enterpriseCode'
       left join device d on d.outlet = o.code left join permit p on p.holder = e.code
     where o.kind = 'outlet'`,
  )
  return rows.map((row) => ({ outletId: row.outlet_id, content: row.content }))
}

export async function knownSignatures(q: Queryable): Promise<Map<number, string>> {
  const { rows } = await q.query<{ outlet_id: number; signature: string }>(
    'select outlet_id, signature from source_known',
  )
  return new Map(rows.map((row) => [row.outlet_id, row.signature]))
}

export async function rememberSignatures(
  trx: Trx,
  rows: readonly { outletId: number; signature: string }[],
): Promise<void> {
  await trx.query(
    `insert into source_known (outlet_id, signature) select * from unnest($1::int4[], $2::text[])
     on conflict (outlet_id) do update set signature = excluded.signature`,
    [rows.map((row) => row.outletId), rows.map((row) => row.signature)],
  )
}

const owned = [
  'source_mark',
  'exceedance_judgement',
  'exceedance',
  'maintenance_record',
  'outlet_hour',
  'outlet_hour_revision',
  'outlet_current',
  'outlet_day',
  'outlet_month',
]

/** What was written down about outlets belongs to whom the outlet belongs to now: after a merger, or a new district. */
export async function alignOwners(trx: Trx, outletIds: readonly number[]): Promise<void> {
  for (const table of owned)
    await trx.query(
      `update ${table} t set region_code = f.region_code, owner_id = f.owner_id from feature f
       where f.id = t.outlet_id and t.outlet_id = any($1)
         and (t.region_code, t.owner_id) is distinct from (f.region_code, f.owner_id)`,
      [outletIds],
    )
}
