/** SQL behind the attribution of missing hours. */
import type { Queryable } from '../../platform/db/index.ts'

export interface HourStation {
  readonly pointId: number
  readonly code: string
  readonly name: string
  readonly mn: string | null
  readonly enabled: boolean
  readonly firstFrameMs: number | null
  readonly validFromMs: number
  /** Exclusive. */
  readonly validToMs: number
}

/** Points of a kind (air stations by default) that the reader may see, with their allow-list entries. */
export async function hourStations(
  q: Queryable,
  pointIds: readonly number[] | undefined,
  kind = 'air-station',
): Promise<HourStation[]> {
  const { rows } = await q.query<{
    id: number
    code: string
    name: string
    mn: string | null
    enabled: boolean | null
    first_frame_at: Date | null
    valid_from: string | null
    valid_to: string | null
  }>(
    `select f.id, f.code, f.name, s.mn, s.enabled, t.first_frame_at, f.valid_from::text, f.valid_to::text
       from feature f left join hj212_station s on s.point_id = f.id left join hj212_station_state t on t.mn = s.mn
      where f.kind = $2 and ($1::int[] is null or f.id = any($1)) order by f.code, s.mn`,
    [pointIds ?? null, kind],
  )
  const day = (text: string) => Date.parse(`${text}T00:00:00+08:00`)
  return rows.map((r) => ({
    pointId: r.id,
    code: r.code,
    name: r.name,
    mn: r.mn,
    enabled: r.enabled ?? true,
    firstFrameMs: r.first_frame_at?.getTime() ?? null,
    validFromMs: r.valid_from === null ? Number.NEGATIVE_INFINITY : day(r.valid_from),
    validToMs: r.valid_to === null ? Number.POSITIVE_INFINITY : day(r.valid_to) + 86_400_000,
  }))
}

export async function presenceBetween(
  q: Queryable,
  fromMs: number,
  toMs: number,
): Promise<{ mn: string; hourMs: number; frames: number }[]> {
  const { rows } = await q.query<{ mn: string; hour: Date; frames: number }>(
    'select mn, hour, frames from hj212_presence where hour >= $1 and hour < $2',
    [new Date(fromMs), new Date(toMs)],
  )
  return rows.map((r) => ({ mn: r.mn, hourMs: r.hour.getTime(), frames: r.frames }))
}

export async function stopsBetween(
  q: Queryable,
  fromMs: number,
  toMs: number,
): Promise<{ pointId: number; fromMs: number; toMs: number }[]> {
  const { rows } = await q.query<{ point_id: number; from_at: Date; to_at: Date }>(
    'select point_id, from_at, to_at from planned_stop where from_at < $2 and to_at > $1',
    [new Date(fromMs), new Date(toMs)],
  )
  return rows.map((r) => ({ pointId: r.point_id, fromMs: r.from_at.getTime(), toMs: r.to_at.getTime() }))
}

/** Hour frames (2061) in quarantine that nobody has released, by station and data time; and any frame refused for its time. */
export async function quarantinedHours(
  q: Queryable,
  fromMs: number,
  toMs: number,
): Promise<{ mn: string; dataTimeMs: number | null; receivedMs: number; reason: string }[]> {
  const { rows } = await q.query<{ mn: string; data_time: Date | null; received_at: Date; reason: string }>(
    `select mn, data_time, received_at, reason from hj212_quarantine
      where mn is not null and state = 'open' and cn = '2061'
        and ((data_time >= $1 and data_time < $2) or (received_at >= $1 and received_at < $2::timestamptz + interval '1 hour'))`,
    [new Date(fromMs), new Date(toMs)],
  )
  return rows.map((r) => ({
    mn: r.mn,
    dataTimeMs: r.data_time?.getTime() ?? null,
    receivedMs: r.received_at.getTime(),
    reason: r.reason,
  }))
}
