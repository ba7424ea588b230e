/** Stored days of outlets. */
import type { Queryable, Trx } from '../../platform/db/index.ts'
import { dateOf } from '../series/index.ts'
import type { DayRow } from './day-evaluation.ts'

export async function writeDayRows(trx: Trx, rows: readonly DayRow[]): Promise<void> {
  const step = 1_000
  for (let from = 0; from < rows.length; from += step) {
    const part = rows.slice(from, from + step).map((row) => ({
      day: dateOf(row.dayMs),
      outlet_id: row.outletId,
      layout: row.layoutId,
      region_code: row.regionCode,
      owner_id: row.ownerId,
      // JSON has no NaN
      means: Array.from(row.means, (value) => (Number.isNaN(value) ? 'NaN' : value)),
      masses: Array.from(row.masses),
      limits: Array.from(row.limits),
      valid_hours: Array.from(row.validHours),
      due_hours: Array.from(row.dueHours),
      over_hours: Array.from(row.overHours),
      stopped_hours: row.stoppedHours,
      due: row.counters[0],
      received: row.counters[1],
      valid_due: row.counters[2],
      valid: row.counters[3],
      realtime_received: row.counters[4],
      realtime_valid: row.counters[5],
    }))
    await trx.query(
      `insert into outlet_day select * from json_populate_recordset(null::outlet_day, $1)
       on conflict (outlet_id, day) do update set layout = excluded.layout, region_code = excluded.region_code,
         owner_id = excluded.owner_id, means = excluded.means, masses = excluded.masses, limits = excluded.limits,
         valid_hours = excluded.valid_hours, due_hours = excluded.due_hours, over_hours = excluded.over_hours,
         stopped_hours = excluded.stopped_hours, due = excluded.due, received = excluded.received,
         valid_due = excluded.valid_due, valid = excluded.valid, realtime_received = excluded.realtime_received,
         realtime_valid = excluded.realtime_valid`,
      [JSON.stringify(part)],
    )
  }
}

/** Removes days on which nothing is left. */
export async function deleteDays(
  trx: Trx,
  days: readonly { readonly outletId: number; readonly dayMs: number }[],
): Promise<void> {
  if (days.length === 0) return
  await trx.query(
    `delete from outlet_day d using unnest($1::int4[], $2::date[]) as t (outlet_id, day)
     where d.outlet_id = t.outlet_id and d.day = t.day`,
    [days.map((day) => day.outletId), days.map((day) => dateOf(day.dayMs))],
  )
}

export interface StoredDay {
  outlet_id: number
  day: string
  layout: number
  means: number[]
  masses: number[]
  limits: number[]
  valid_hours: number[]
  due_hours: number[]
  over_hours: number[]
  stopped_hours: number
  due: number
  received: number
  valid_due: number
  valid: number
  realtime_received: number
  realtime_valid: number
}

/** Days of outlets, both dates included, in order of outlet and day. */
export async function dayRows(
  q: Queryable,
  outletIds: readonly number[] | null,
  fromDate: string,
  toDate: string,
): Promise<StoredDay[]> {
  const { rows } = await q.query<StoredDay>(
    `select outlet_id, day, layout, means, masses, limits, valid_hours, due_hours, over_hours, stopped_hours, due,
       received, valid_due, valid, realtime_received, realtime_valid
     from outlet_day where ($1::int[] is null or outlet_id = any($1)) and day between $2::date and $3::date
     order by outlet_id, day`,
    [outletIds, fromDate, toDate],
  )
  return rows
}
