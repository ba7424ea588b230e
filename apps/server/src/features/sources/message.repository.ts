/** Which messages an hour came from. */
import type { Queryable } from '../../platform/db/index.ts'

/** Message numbers of the rows that make the hour: its minutes, or its hour messages; ascending. */
export async function messagesOfHour(
  q: Queryable,
  outletId: number,
  startMs: number,
  method: 'm' | 'h',
): Promise<bigint[]> {
  const { rows } = await q.query<{ msg: string }>(
    `select distinct o.msg from ${method === 'm' ? 'obs_min' : 'obs_hour'} o
       join layout l on l.id = o.layout and l.procedure = 'measured'
     where o.point_id = $1 and o.ts >= to_timestamp($2::float8 / 1000)
       and o.ts < to_timestamp($2::float8 / 1000) + interval '1 hour' order by o.msg`,
    [outletId, startMs],
  )
  return rows.map((row) => BigInt(row.msg))
}

/** Usable minute rows of a factor in an hour, as the roll-up counted them. */
export async function validMinutesOf(
  q: Queryable,
  outletId: number,
  startMs: number,
  factor: string,
): Promise<number | null> {
  const { rows } = await q.query<{ cou: number | null }>(
    `select o.cous[array_position(l.factors, $3)] as cou from obs_hour o
       join layout l on l.id = o.layout and l.procedure = 'rolled'
     where o.point_id = $1 and o.ts = to_timestamp($2::float8 / 1000) and $3 = any(l.factors) limit 1`,
    [outletId, startMs, factor],
  )
  const cou = rows[0]?.cou
  return cou === undefined || cou === null || Number.isNaN(cou) ? null : cou
}
