/** SQL behind the gateway's pages; runs in the actor's transaction, and shows stations of features the actor may see. */
import type { QuarantineReason, StationDialect } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import type { CommandKind } from './command.repository.ts'

export interface StationRow {
  mn: string
  point_id: number
  point_code: string
  point_name: string
  region_code: number
  owner_id: number
  password: string
  enabled: boolean
  dialect: StationDialect
  last_frame_at: Date | null
  last_data_at: Date | null
  last_data_time: Date | null
  data_advanced_at: Date | null
  skew_ms: string | null
  address: string | null
  frames: string | null
  duplicates: string | null
  revised: string | null
  quarantined: string | null
}

const stationSql = `select s.mn, s.point_id, f.code as point_code, f.name as point_name, f.region_code, f.owner_id,
  s.password, s.enabled, s.dialect, t.last_frame_at, t.last_data_at, t.last_data_time, t.data_advanced_at, t.skew_ms,
  t.address, t.frames, t.duplicates, t.revised, t.quarantined
  from hj212_station s join feature f on f.id = s.point_id left join hj212_station_state t on t.mn = s.mn`

export async function stationRows(q: Queryable): Promise<StationRow[]> {
  return (await q.query<StationRow>(`${stationSql} order by f.code, s.mn`)).rows
}

export async function stationRow(q: Queryable, mn: string): Promise<StationRow | undefined> {
  return (await q.query<StationRow>(`${stationSql} where s.mn = $1`, [mn])).rows[0]
}

/** The point of a registered MN, whether or not the actor sees it. */
export async function registeredPoint(q: Queryable, mn: string): Promise<number | undefined> {
  const { rows } = await q.query<{ point_id: number }>('select point_id from hj212_station where mn = $1', [
    mn,
  ])
  return rows[0]?.point_id
}

export async function upsertStation(
  q: Queryable,
  station: { mn: string; pointId: number; password: string; dialect: StationDialect; enabled: boolean },
): Promise<void> {
  await q.query(
    `insert into hj212_station (mn, point_id, password, dialect, enabled) values ($1, $2, $3, $4, $5)
     on conflict (mn) do update set point_id = excluded.point_id, password = excluded.password,
       dialect = excluded.dialect, enabled = excluded.enabled, updated_at = now()`,
    [station.mn, station.pointId, station.password, JSON.stringify(station.dialect), station.enabled],
  )
}

export interface ConnectionRow {
  id: string
  address: string
  mns: string[]
  opened_at: Date
  last_frame_at: Date | null
  frames: string
  bad_frames: string
  closed_at: Date | null
  close_reason: string | null
}

/** Connections, without those over which a station reports that the actor may not see. */
export async function connectionRows(
  q: Queryable,
  filter: { open: boolean | undefined; before: number | undefined; limit: number },
): Promise<ConnectionRow[]> {
  const { rows } = await q.query<ConnectionRow>(
    `select id, address, mns, opened_at, last_frame_at, frames, bad_frames, closed_at, close_reason
       from hj212_connection
      where ($1::boolean is null or (closed_at is null) = $1) and ($2::bigint is null or id < $2)
        and not exists (select from unnest(mns) c (mn) join hj212_station s using (mn)
          where not exists (select from feature f where f.id = s.point_id))
      order by id desc limit $3`,
    [filter.open ?? null, filter.before ?? null, filter.limit],
  )
  return rows
}

export interface QuarantineRow {
  id: string
  received_at: Date
  mn: string | null
  address: string | null
  cn: string | null
  data_time: Date | null
  reason: QuarantineReason
  detail: string | null
  anomalies: string[]
  msg: string
  bytes: number
  state: 'open' | 'released' | 'dismissed'
  decided_at: Date | null
  decided_by: string | null
  decision_reason: string | null
}

/** Frames of unknown senders belong to nobody: who may read the gateway sees them. */
const visible = `(q.mn is null or not exists (select from hj212_station s where s.mn = q.mn)
  or exists (select from hj212_station s join feature f on f.id = s.point_id where s.mn = q.mn))`

export async function quarantineRows(
  q: Queryable,
  filter: {
    reason: string | undefined
    mn: string | undefined
    state: string | undefined
    before: string | undefined
    limit: number
  },
): Promise<QuarantineRow[]> {
  const { rows } = await q.query<QuarantineRow>(
    `select q.* from hj212_quarantine q
      where ($1::text is null or reason = $1) and ($2::text is null or mn = $2) and ($3::text is null or state = $3)
        and ($4::bigint is null or id < $4) and ${visible}
      order by id desc limit $5`,
    [filter.reason ?? null, filter.mn ?? null, filter.state ?? null, filter.before ?? null, filter.limit],
  )
  return rows
}

export async function quarantineRow(q: Queryable, id: string): Promise<QuarantineRow | undefined> {
  const { rows } = await q.query<QuarantineRow>(
    `select q.* from hj212_quarantine q where id = $1 and ${visible}`,
    [id],
  )
  return rows[0]
}

const mostAtOnce = 1000

export async function openQuarantine(
  q: Queryable,
  selection: { ids: readonly string[] | undefined; mn: string | undefined },
): Promise<QuarantineRow[]> {
  const { rows } = await q.query<QuarantineRow>(
    `select q.* from hj212_quarantine q
      where state = 'open' and ($1::bigint[] is null or id = any($1)) and ($2::text is null or mn = $2) and ${visible}
      order by id limit ${mostAtOnce}`,
    [selection.ids ?? null, selection.mn ?? null],
  )
  return rows
}

export async function decideQuarantine(
  q: Queryable,
  ids: readonly string[],
  state: 'released' | 'dismissed',
  by: string,
  reason: string,
  atMs: number,
): Promise<number> {
  const { rowCount } = await q.query(
    `update hj212_quarantine set state = $2, decided_by = $3, decision_reason = $4, decided_at = $5
      where id = any($1::bigint[]) and state = 'open'`,
    [ids, state, by, reason, new Date(atMs)],
  )
  return rowCount ?? 0
}

export interface QuarantineGroupRow {
  reason: QuarantineReason
  mn: string | null
  count: string
  open: string
  first_at: Date
  last_at: Date
}

export async function quarantineGroups(q: Queryable): Promise<QuarantineGroupRow[]> {
  const { rows } = await q.query<QuarantineGroupRow>(
    `select reason, mn, count(*) as count, count(*) filter (where state = 'open') as open,
            min(received_at) as first_at, max(received_at) as last_at
       from hj212_quarantine q where ${visible} group by reason, mn order by max(received_at) desc limit 500`,
  )
  return rows
}

export interface CommandRow {
  id: number
  mn: string
  point_name: string | null
  kind: CommandKind
  from_at: Date | null
  to_at: Date | null
  state: 'queued' | 'sent' | 'done' | 'failed' | 'expired'
  automatic: boolean
  requested_by: string
  requested_at: Date
  finished_at: Date | null
  result: string | null
}

const commandSql = `select c.id, c.mn, f.name as point_name, c.kind, c.from_at, c.to_at, c.state, c.automatic,
  c.requested_by, c.requested_at, c.finished_at, c.result
  from hj212_command c join hj212_station s on s.mn = c.mn join feature f on f.id = s.point_id`

export async function commandRows(
  q: Queryable,
  filter: { mn: string | undefined; before: number | undefined; limit: number },
): Promise<CommandRow[]> {
  const { rows } = await q.query<CommandRow>(
    `${commandSql} where ($1::text is null or c.mn = $1) and ($2::int is null or c.id < $2) order by c.id desc limit $3`,
    [filter.mn ?? null, filter.before ?? null, filter.limit],
  )
  return rows
}

export async function insertCommand(
  q: Queryable,
  command: {
    mn: string
    kind: CommandKind
    fromMs: number | undefined
    toMs: number | undefined
    by: string
    atMs: number
  },
): Promise<CommandRow> {
  const date = (ms: number | undefined) => (ms === undefined ? null : new Date(ms))
  const { rows } = await q.query<{ id: number }>(
    `insert into hj212_command (mn, kind, from_at, to_at, requested_by, requested_at)
     values ($1, $2, $3, $4, $5, $6) returning id`,
    [command.mn, command.kind, date(command.fromMs), date(command.toMs), command.by, date(command.atMs)],
  )
  const made = await q.query<CommandRow>(`${commandSql} where c.id = $1`, [rows[0]?.id])
  return made.rows[0] as CommandRow
}

export interface StopRow {
  id: number
  point_id: number
  from_at: Date
  to_at: Date
  reason: string
  created_by: string
  created_at: Date
}

export async function stopRows(q: Queryable): Promise<StopRow[]> {
  const { rows } = await q.query<StopRow>(
    `select p.* from planned_stop p join feature f on f.id = p.point_id order by p.from_at desc limit 1000`,
  )
  return rows
}

export async function insertStop(
  q: Queryable,
  stop: { pointId: number; fromMs: number; toMs: number; reason: string; by: string; atMs: number },
): Promise<StopRow> {
  const { rows } = await q.query<StopRow>(
    `insert into planned_stop (point_id, from_at, to_at, reason, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6) returning *`,
    [stop.pointId, new Date(stop.fromMs), new Date(stop.toMs), stop.reason, stop.by, new Date(stop.atMs)],
  )
  return rows[0] as StopRow
}
