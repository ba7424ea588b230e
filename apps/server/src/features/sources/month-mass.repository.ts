/** Stored masses of months, and which of them are out of date. */
import type { Queryable, Trx } from '../../platform/db/index.ts'
import { dateOf, sqlMs as ms } from '../series/index.ts'
import type { OutletQuarter } from './month-mass.ts'

export interface OutletScope {
  readonly outletId: number
  readonly regionCode: number
  readonly ownerId: number
  readonly medium: 'air' | 'water'
}
export interface MonthRow extends Omit<OutletScope, 'medium'> {
  /** YYYY-MM */
  readonly month: string
  readonly factor: string
  readonly kg: number
  readonly validShare: number
  readonly substitutedKg: number
}

/** End of the newest hour of any outlet: later hours are not due yet. */
export async function dataHorizon(q: Queryable): Promise<number> {
  const { rows } = await q.query<{ end_ms: number | null }>(
    `select ${ms('max(ts)')} + 3600000 as end_ms from outlet_current`,
  )
  return rows[0]?.end_ms ?? 0
}

export async function firstHours(q: Queryable, outletIds: readonly number[]): Promise<Map<number, number>> {
  const { rows } = await q.query<{ id: number; first_ms: number | null }>(
    `select t.id, (select ${ms('ts')} from outlet_hour h where h.outlet_id = t.id order by ts limit 1) as first_ms
     from unnest($1::int[]) as t (id)`,
    [outletIds],
  )
  return new Map(rows.flatMap((row) => (row.first_ms === null ? [] : [[row.id, row.first_ms] as const])))
}

export async function scopesOf(
  q: Queryable,
  outletIds: readonly number[],
): Promise<Map<number, OutletScope>> {
  const { rows } = await q.query<{
    id: number
    region_code: number
    owner_id: number
    medium: 'air' | 'water'
  }>(
    `select id, region_code, owner_id, properties->>'medium' as medium from feature
     where kind = 'outlet' and id = any($1)`,
    [outletIds],
  )
  return new Map(
    rows.map((row) => [
      row.id,
      { outletId: row.id, regionCode: row.region_code, ownerId: row.owner_id, medium: row.medium },
    ]),
  )
}

export async function monthRows(
  q: Queryable,
  year: number,
  outletIds: readonly number[] | null,
): Promise<MonthRow[]> {
  const { rows } = await q.query<{
    outlet_id: number
    region_code: number
    owner_id: number
    month: string
    factor: string
    kg: number
    valid_share: number
    substituted_kg: number
  }>(
    `select outlet_id, region_code, owner_id, month, factor, kg, valid_share, substituted_kg from outlet_month
     where month between make_date($1, 1, 1) and make_date($1, 12, 1) and ($2::int[] is null or outlet_id = any($2))
     order by outlet_id, month, factor`,
    [year, outletIds],
  )
  return rows.map((row) => ({
    outletId: row.outlet_id,
    regionCode: row.region_code,
    ownerId: row.owner_id,
    month: row.month.slice(0, 7),
    factor: row.factor,
    kg: row.kg,
    validShare: row.valid_share,
    substitutedKg: row.substituted_kg,
  }))
}

/**
 * Quarters of outlets that must be computed again. Also those right after a changed one are: their gaps look back on it.
 * With `settledBeforeMs` the present quarter only when its first change lies before.
 */
export async function staleMonths(
  q: Queryable,
  filter: {
    readonly year?: number
    readonly outletIds?: readonly number[] | null
    readonly settledBeforeMs?: number
    readonly currentFromMs?: number
    readonly limit?: number
  },
): Promise<OutletQuarter[]> {
  const { rows } = await q.query<{ outlet_id: number; quarter_ms: number }>(
    `select s.outlet_id, ${ms("s.quarter::timestamp at time zone 'Asia/Shanghai'")} as quarter_ms
     from outlet_month_stale s join feature f on f.id = s.outlet_id
     where ($1::int is null or extract(year from s.quarter) = $1) and ($2::int[] is null or s.outlet_id = any($2))
       and ($3::float8 is null or s.since < to_timestamp($3::float8 / 1000)
         or s.quarter < $4::date
         or not exists (select from outlet_month m where m.outlet_id = s.outlet_id and m.month >= s.quarter))
     order by s.quarter, s.outlet_id limit $5`,
    [
      filter.year ?? null,
      filter.outletIds ?? null,
      filter.settledBeforeMs ?? null,
      filter.currentFromMs === undefined ? null : dateOf(filter.currentFromMs),
      filter.limit ?? null,
    ],
  )
  return rows.map((row) => ({ outletId: row.outlet_id, quarterMs: row.quarter_ms }))
}

/** Puts the computed months in place of the stored ones of these quarters. */
export async function replaceMonths(
  trx: Trx,
  quarters: readonly OutletQuarter[],
  rows: readonly MonthRow[],
): Promise<void> {
  const ids = quarters.map((one) => one.outletId)
  const dates = quarters.map((one) => dateOf(one.quarterMs))
  await trx.query(
    `with settled as (
       delete from outlet_month_stale s using unnest($1::int[], $2::date[]) as t (id, quarter)
       where s.outlet_id = t.id and s.quarter = t.quarter)
     delete from outlet_month m using unnest($1::int[], $2::date[]) as t (id, quarter)
     where m.outlet_id = t.id and m.month >= t.quarter and m.month < t.quarter + interval '3 months'`,
    [ids, dates],
  )
  await trx.query(
    `insert into outlet_month (month, outlet_id, region_code, owner_id, factor, kg, valid_share, substituted_kg)
     select * from unnest($1::date[], $2::int[], $3::int[], $4::int[], $5::text[], $6::float8[], $7::float8[],
       $8::float8[])`,
    [
      rows.map((row) => `${row.month}-01`),
      rows.map((row) => row.outletId),
      rows.map((row) => row.regionCode),
      rows.map((row) => row.ownerId),
      rows.map((row) => row.factor),
      rows.map((row) => row.kg),
      rows.map((row) => row.validShare),
      rows.map((row) => row.substitutedKg),
    ],
  )
}
