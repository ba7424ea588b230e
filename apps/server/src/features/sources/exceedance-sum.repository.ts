/** Sums of exceedances by outlet. */
import type { Queryable } from '../../platform/db/index.ts'
import { daysOfEvents } from './exceedance.repository.ts'

export interface OutletSum {
  outlet_id: number
  events: number
  hours: number
  days: number
  max_multiple: number
  confirmed: number
  factors: string[]
}

/** Standing events (candidate or confirmed) that began in [fromMs, toMs), and the days on which the outlet exceeded. */
export async function exceedanceSums(
  q: Queryable,
  fromMs: number,
  toMs: number,
  fromDate: string,
  toDate: string,
): Promise<OutletSum[]> {
  const { rows } = await q.query<OutletSum>(
    `select e.outlet_id, count(*)::int as events,
       coalesce(sum(e.hours) filter (where e.kind = 'hour'), 0)::int as hours,
       (${daysOfEvents('x.outlet_id = e.outlet_id', '$3::date', '$4::date')}) as days,
       max(e.multiple) as max_multiple, count(*) filter (where e.state = 'confirmed')::int as confirmed,
       array_agg(distinct e.factor) as factors
     from exceedance e
     where e.from_ts >= to_timestamp($1::float8 / 1000) and e.from_ts < to_timestamp($2::float8 / 1000)
       and e.state in ('candidate', 'confirmed')
     group by e.outlet_id order by e.outlet_id`,
    [fromMs, toMs, fromDate, toDate],
  )
  return rows
}
