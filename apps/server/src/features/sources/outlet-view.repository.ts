/** Lists of outlets with their newest hour and state. */
import type { Queryable } from '../../platform/db/index.ts'
import { regionSpan } from '../../platform/region.ts'
import { daysOfEvents } from './exceedance.repository.ts'

export type OutletStateName = 'normal' | 'exceeding' | 'marked' | 'stopped' | 'missing' | 'offline'

export interface OutletViewRow {
  id: number
  code: string
  name: string
  region_code: number
  lon: number | null
  lat: number | null
  properties: Record<string, unknown>
  enterprise_id: number
  enterprise_name: string
  state: OutletStateName
  ts_ms: number | null
  layout: number | null
  vals: number[] | null
  limits: number[] | null
  states: string | null
  days30: number
  open_marks: number
}

const today = `(to_timestamp($1::float8 / 1000) at time zone 'Asia/Shanghai')::date`

const stateOf = `case
  when c.ts is null or c.ts < to_timestamp($1::float8 / 1000) - interval '24 hours' then 'offline'
  when c.exceeding and c.ts >= to_timestamp($1::float8 / 1000) - make_interval(hours => $2::int) then 'exceeding'
  when c.ts <= to_timestamp($1::float8 / 1000) - interval '2 hours' - make_interval(mins => $3::int) then 'missing'
  when c.states ~ '^3+$' then 'stopped'
  when c.manual ~ '\\S' then 'marked'
  else 'normal' end`

export interface OutletViewFilter {
  readonly nowMs: number
  readonly nowHours: number
  readonly graceMinutes: number
  readonly ids?: readonly number[] | undefined
  readonly enterpriseId?: number | undefined
  readonly regionCode?: number | undefined
  readonly medium?: string | undefined
  readonly operator?: string | undefined
  readonly search?: string | undefined
  readonly state?: OutletStateName | undefined
  readonly afterId?: number | undefined
  readonly limit: number
}

/** In order of id. */
export async function outletViewRows(q: Queryable, filter: OutletViewFilter): Promise<OutletViewRow[]> {
  const { rows } = await q.query<OutletViewRow>(
    `with page as (
       select o.id, o.code, o.name, o.region_code, o.lon, o.lat, o.properties, e.id as enterprise_id,
         e.name as enterprise_name, ${stateOf} as state, extract(epoch from c.ts)::float8 * 1000 as ts_ms, c.layout,
         c.vals, c.limits, c.states
       from feature o
         join feature e on e.kind = 'enterprise' and e.code = o.properties->>'enterpriseCode'
         left join outlet_current c on c.outlet_id = o.id
       where o.kind = 'outlet' and not o.properties ? 'mergedInto'
         and ($4::int[] is null or o.id = any($4)) and ($5::int is null or e.id = $5)
         and ($6::int is null or o.region_code between $6 and $7)
         and ($8::text is null or o.properties->>'medium' = $8)
         and ($9::text is null or o.properties->>'operator' = $9)
         and ($10::text is null or o.name ilike $10 or o.code ilike $10 or e.name ilike $10)
         and ($11::text is null or ${stateOf} = $11) and ($12::int is null or o.id > $12)
       order by o.id limit $13)
     select p.*, (
         ${daysOfEvents('x.outlet_id = p.id', `${today} - 29`, today)}) as days30,
       (select count(*)::int from source_mark m where m.outlet_id = p.id and m.state = 'filed') as open_marks
     from page p order by p.id`,
    [
      filter.nowMs,
      filter.nowHours,
      filter.graceMinutes,
      filter.ids ?? null,
      filter.enterpriseId ?? null,
      ...regionSpan(filter.regionCode),
      filter.medium ?? null,
      filter.operator ?? null,
      filter.search === undefined ? null : `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`,
      filter.state ?? null,
      filter.afterId ?? null,
      filter.limit,
    ],
  )
  return rows
}

export interface ExceedingRow {
  outlet_id: number
  name: string
  number: string
  medium: 'air' | 'water'
  region_code: number
  lon: number | null
  lat: number | null
  enterprise_id: number
  enterprise_name: string
  ts_ms: number
  layout: number
  vals: number[]
  limits: number[]
  states: string
}

/** Outlets whose newest hour is above a limit, worst first. */
export async function exceedingRows(q: Queryable, sinceMs: number): Promise<ExceedingRow[]> {
  const { rows } = await q.query<ExceedingRow>({
    name: 'source-exceeding-now',
    text: `select c.outlet_id, o.name, o.properties->>'number' as number, o.properties->>'medium' as medium,
       o.region_code, o.lon, o.lat, e.id as enterprise_id, e.name as enterprise_name,
       extract(epoch from c.ts)::float8 * 1000 as ts_ms, c.layout, c.vals, c.limits, c.states
     from outlet_current c join feature o on o.id = c.outlet_id
       join feature e on e.kind = 'enterprise' and e.code = o.properties->>'enterpriseCode'
     where c.exceeding and c.ts >= to_timestamp($1::float8 / 1000)
     order by c.multiple desc, c.outlet_id`,
    values: [sinceMs],
  })
  return rows
}

/** Standing hourly events that end with or after this instant: those that still go on. */
export async function ongoingEvents(
  q: Queryable,
  sinceMs: number,
): Promise<{ id: number; outlet_id: number; factor: string; hours: number; to_ms: number }[]> {
  const { rows } = await q.query<{
    id: number
    outlet_id: number
    factor: string
    hours: number
    to_ms: number
  }>(
    `select id, outlet_id, factor, hours, extract(epoch from to_ts)::float8 * 1000 as to_ms from exceedance
     where kind = 'hour' and state in ('candidate', 'confirmed') and to_ts > to_timestamp($1::float8 / 1000)`,
    [sinceMs],
  )
  return rows
}

/** Number of outlets below an enterprise with a standing exceedance that nobody has judged. */
export async function openExceedances(
  q: Queryable,
  enterpriseIds: readonly number[],
): Promise<{ enterprise_id: number; n: number }[]> {
  const { rows } = await q.query<{ enterprise_id: number; n: number }>(
    `select e.id as enterprise_id, count(*)::int as n
     from feature e join feature o on o.kind = 'outlet' and o.properties->>'enterpriseCode' = e.code
       join exceedance x on x.outlet_id = o.id and x.state = 'candidate'
     where e.kind = 'enterprise' and e.id = any($1) group by e.id`,
    [enterpriseIds],
  )
  return rows
}
