import type { Queryable } from '../../platform/db/index.ts'

export interface HourCounts {
  readonly outletId: number
  readonly factor: string
  /** Hours with a valid value. */
  readonly valid: number
  /** Hours in which the facility stood still, or that are exempt. */
  readonly stopped: number
}

/** How many hours of each factor are valid, or were not to be measured, from `fromMs` up to and without `toMs`. */
export async function hourCounts(
  q: Queryable,
  outletIds: readonly number[],
  fromMs: number,
  toMs: number,
): Promise<HourCounts[]> {
  const { rows } = await q.query<HourCounts>(
    `select h.outlet_id as "outletId", f.code as factor,
            count(*) filter (where substr(h.states, f.i::int, 1) = '1')::int as valid,
            count(*) filter (where substr(h.states, f.i::int, 1) in ('3', '4'))::int as stopped
       from outlet_hour h join outlet_layout l on l.id = h.layout
       cross join lateral unnest(l.factors) with ordinality f (code, i)
      where h.outlet_id = any($1) and h.ts >= to_timestamp($2 / 1000.0) and h.ts < to_timestamp($3 / 1000.0)
      group by 1, 2 order by 1, 2`,
    [outletIds, fromMs, toMs],
  )
  return rows
}
