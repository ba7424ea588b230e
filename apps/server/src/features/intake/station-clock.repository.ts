/** SQL of the clocks of stations. */
import type { Queryable } from '../../platform/db/index.ts'

export interface StationClock {
  readonly pointId: number
  readonly mn: string
  /** When the platform received the last frame. */
  readonly receivedMs: number
  /** Clock of the station (QN of the frame) less that of the platform. */
  readonly skewMs: number
}

/** Clocks of the stations at the points, as their last valid frames showed them; none of a station that never sent. */
export async function stationClocks(q: Queryable, pointIds: readonly number[]): Promise<StationClock[]> {
  const { rows } = await q.query<StationClock>(
    `select s.point_id as "pointId", s.mn, round(extract(epoch from t.last_frame_at) * 1000)::float8 as "receivedMs",
            t.skew_ms::float8 as "skewMs"
       from hj212_station s join hj212_station_state t using (mn)
      where s.point_id = any($1) and s.enabled and t.last_frame_at is not null and t.skew_ms is not null
      order by s.point_id, s.mn`,
    [pointIds],
  )
  return rows
}
