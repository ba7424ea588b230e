import type { Queryable } from '../../platform/db/index.ts'

export interface ManualCountRow {
  permit_id: number
  outlet_number: string
  factor: string
  sampled_on: string
  submitted_at: Date
}
export async function selectManualResults(
  q: Queryable,
  permitIds: readonly number[],
  from: string,
): Promise<ManualCountRow[]> {
  const { rows } = await q.query<ManualCountRow>(
    `select permit_id, outlet_number, factor, sampled_on, min(submitted_at) as submitted_at from self_monitoring_result
      where permit_id = any($1) and sampled_on >= $2 group by 1, 2, 3, 4 order by 1, 4`,
    [permitIds, from],
  )
  return rows
}

export interface ResultValues {
  readonly permitId: number
  readonly outletNumber: string
  readonly factor: string
  readonly sampledOn: string
  readonly value: number
  readonly unit: string
  readonly flowM3PerHour: number | null
  readonly laboratory: string | null
  readonly reference: string
  readonly regionCode: number
  readonly ownerId: number
}
/** How many were new; the same report of the same day is stored once. */
export async function insertResults(
  q: Queryable,
  results: readonly ResultValues[],
  atMs: number,
  by: number,
): Promise<number> {
  const column = <T>(pick: (result: ResultValues) => T) => results.map(pick)
  const { rowCount } = await q.query(
    `insert into self_monitoring_result (permit_id, outlet_number, factor, sampled_on, value, unit, flow_m3_per_h,
       laboratory, reference, region_code, owner_id, submitted_at, submitted_by)
     select t.*, to_timestamp($12 / 1000.0), $13
       from unnest($1::int[], $2::text[], $3::text[], $4::date[], $5::float8[], $6::text[], $7::float8[], $8::text[],
                   $9::text[], $10::int[], $11::int[]) as t
     on conflict (permit_id, outlet_number, factor, sampled_on, reference) do nothing`,
    [
      column((r) => r.permitId),
      column((r) => r.outletNumber),
      column((r) => r.factor),
      column((r) => r.sampledOn),
      column((r) => r.value),
      column((r) => r.unit),
      column((r) => r.flowM3PerHour),
      column((r) => r.laboratory),
      column((r) => r.reference),
      column((r) => r.regionCode),
      column((r) => r.ownerId),
      atMs,
      by,
    ],
  )
  return rowCount ?? 0
}
