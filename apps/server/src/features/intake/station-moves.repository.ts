import type { StationDialect } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'

export interface MovedStation {
  mn: string
  point_id: number
  region_code: number
  owner_id: number
  enabled: boolean
  dialect: StationDialect
}

/**
 * Field machines at points, locked, with the outlet where their device stands now; one whose device is not registered
 * stays, or goes on from an ended point to the other.
 */
export async function lockMovedStations(
  q: Queryable,
  pointIds: readonly number[],
  instead: readonly { readonly fromId: number; readonly toId: number }[],
): Promise<MovedStation[]> {
  const { rows } = await q.query<MovedStation>(
    `with station as (
       select s.*, coalesce(
         (select o.id from feature d join feature o on o.kind = 'outlet' and o.code = d.properties->>'outletCode'
           where d.kind = 'monitoring-device' and d.properties->>'mn' = s.mn order by d.id limit 1),
         (select i.t from unnest($2::int[], $3::int[]) i (f, t) where i.f = s.point_id), s.point_id) as now_at
         from hj212_station s where s.point_id = any($1::int[]) for update of s
     )
     select s.mn, f.id as point_id, f.region_code, f.owner_id, s.enabled, s.dialect
       from station s join feature f on f.id = s.now_at order by s.mn`,
    [pointIds, instead.map(({ fromId }) => fromId), instead.map(({ toId }) => toId)],
  )
  return rows
}

export async function moveStation(q: Queryable, mn: string, pointId: number): Promise<void> {
  await q.query('update hj212_station set point_id = $2, updated_at = now() where mn = $1', [mn, pointId])
}
