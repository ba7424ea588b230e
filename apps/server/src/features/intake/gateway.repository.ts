/** SQL of the gateway's own tables. */
import type { QuarantineReason, StationDialect } from '@shanshui/contract'
import type { Queryable, Trx } from '../../platform/db/index.ts'
import type { Station } from './station.ts'

/** The allow-list with what the registry says of each point. */
export async function loadStations(q: Queryable): Promise<Station[]> {
  const { rows } = await q.query<{
    mn: string
    point_id: number
    region_code: number
    owner_id: number
    password: string
    enabled: boolean
    dialect: StationDialect
    kind: string
  }>(
    `select s.mn, s.point_id, f.region_code, f.owner_id, s.password, s.enabled, s.dialect, f.kind
       from hj212_station s join feature f on f.id = s.point_id`,
  )
  return rows.map((r) => ({
    mn: r.mn,
    pointId: r.point_id,
    regionCode: r.region_code,
    ownerId: r.owner_id,
    password: r.password,
    enabled: r.enabled,
    dialect: r.dialect,
    ...(r.kind === 'outlet' && { kind: r.kind }),
  }))
}

export interface QuarantineInsert {
  readonly receivedMs: number
  readonly mn: string | null
  readonly address: string
  readonly cn: string | null
  readonly dataTimeMs: number | undefined
  readonly reason: QuarantineReason
  readonly detail: string
  readonly anomalies: readonly string[]
  readonly msg: bigint
  readonly bytes: number
}

export async function insertQuarantine(trx: Trx, rows: readonly QuarantineInsert[]): Promise<void> {
  await trx.query({
    name: 'quarantine-insert',
    text: `insert into hj212_quarantine (received_at, mn, address, cn, data_time, reason, detail, anomalies, msg, bytes)
      select to_timestamp(r / 1000), mn, a, cn, to_timestamp(d / 1000), why, detail, string_to_array(an, ' '), msg, b
        from unnest($1::float8[], $2::text[], $3::text[], $4::text[], $5::float8[], $6::text[], $7::text[], $8::text[],
                    $9::bigint[], $10::int[]) x (r, mn, a, cn, d, why, detail, an, msg, b)`,
    values: [
      rows.map((r) => r.receivedMs),
      rows.map((r) => r.mn && printable(r.mn)),
      rows.map((r) => r.address),
      rows.map((r) => r.cn && printable(r.cn)),
      rows.map((r) => r.dataTimeMs ?? null),
      rows.map((r) => r.reason),
      rows.map((r) => printable(r.detail).slice(0, 500)),
      rows.map((r) => r.anomalies.join(' ')),
      rows.map((r) => String(r.msg)),
      rows.map((r) => r.bytes),
    ],
  })
}

/** Text from outside: control characters never reach the database or a log. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose
const printable = (text: string): string => text.replace(/[\u0000-\u001f\u007f]/g, '·').slice(0, 500)

/** What was counted since the last save, by station. Times in epoch ms, 0 = none. */
export interface StationDelta {
  readonly mn: string
  frames: number
  duplicates: number
  revised: number
  quarantined: number
  lastFrameMs: number
  lastDataMs: number
  lastDataTimeMs: number
  dataAdvancedMs: number
  skewMs: number
  address: string
  /** Valid frames by hour of receipt (epoch ms of the hour). */
  readonly presence: Map<number, number>
}

export async function saveStationDeltas(q: Queryable, deltas: readonly StationDelta[]): Promise<void> {
  if (deltas.length === 0) return
  await q.query({
    name: 'station-deltas',
    text: `insert into hj212_station_state as s (mn, first_frame_at, last_frame_at, last_data_at, last_data_time,
             data_advanced_at, skew_ms, address, frames, duplicates, revised, quarantined)
      select x.mn, t(lf), t(lf), t(ld), t(dt), t(da), sk, a, fr, du, re, qu
        from unnest($1::text[], $2::float8[], $3::float8[], $4::float8[], $5::float8[], $6::bigint[], $7::text[],
                    $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[])
          x (mn, lf, ld, dt, da, sk, a, fr, du, re, qu) join hj212_station using (mn)
       order by x.mn
      on conflict (mn) do update set
        first_frame_at = coalesce(s.first_frame_at, excluded.first_frame_at),
        last_frame_at = greatest(s.last_frame_at, excluded.last_frame_at),
        last_data_at = greatest(s.last_data_at, excluded.last_data_at),
        last_data_time = greatest(s.last_data_time, excluded.last_data_time),
        data_advanced_at = greatest(s.data_advanced_at, excluded.data_advanced_at),
        skew_ms = coalesce(excluded.skew_ms, s.skew_ms), address = coalesce(excluded.address, s.address),
        frames = s.frames + excluded.frames, duplicates = s.duplicates + excluded.duplicates,
        revised = s.revised + excluded.revised, quarantined = s.quarantined + excluded.quarantined`.replaceAll(
      /\bt\((\w+)\)/g,
      'to_timestamp(nullif($1, 0) / 1000)',
    ),
    values: [
      deltas.map((d) => d.mn),
      deltas.map((d) => d.lastFrameMs),
      deltas.map((d) => d.lastDataMs),
      deltas.map((d) => d.lastDataTimeMs),
      deltas.map((d) => d.dataAdvancedMs),
      deltas.map((d) => (d.frames > 0 ? Math.round(d.skewMs) : null)),
      deltas.map((d) => (d.frames > 0 ? d.address : null)),
      deltas.map((d) => d.frames),
      deltas.map((d) => d.duplicates),
      deltas.map((d) => d.revised),
      deltas.map((d) => d.quarantined),
    ],
  })
  const presence = deltas.flatMap((d) =>
    [...d.presence].map(([hour, frames]) => ({ mn: d.mn, hour, frames })),
  )
  if (presence.length === 0) return
  await q.query({
    name: 'station-presence',
    text: `insert into hj212_presence as p (mn, hour, frames)
      select mn, to_timestamp(h / 1000), n from unnest($1::text[], $2::float8[], $3::int[]) x (mn, h, n) order by 1, 2
      on conflict (mn, hour) do update set frames = p.frames + excluded.frames`,
    values: [presence.map((p) => p.mn), presence.map((p) => p.hour), presence.map((p) => p.frames)],
  })
}

export async function startRun(q: Queryable, instance: string, address: string, atMs: number): Promise<void> {
  await q.query('insert into gateway_run (instance, started_at, beat_at, address) values ($1, $2, $2, $3)', [
    instance,
    new Date(atMs),
    address,
  ])
}

export async function beatRun(q: Queryable, instance: string, atMs: number, stats: object): Promise<void> {
  await q.query('update gateway_run set beat_at = $2, stats = $3 where instance = $1', [
    instance,
    new Date(atMs),
    JSON.stringify(stats),
  ])
}

export async function stopRun(q: Queryable, instance: string, atMs: number): Promise<void> {
  await q.query('update gateway_run set beat_at = $2, stopped_at = $2 where instance = $1', [
    instance,
    new Date(atMs),
  ])
}

export interface RunRow {
  instance: string
  started_at: Date
  beat_at: Date
  stopped_at: Date | null
  address: string | null
  stats: Record<string, unknown>
}

export async function latestRun(q: Queryable): Promise<RunRow | undefined> {
  const { rows } = await q.query<RunRow>('select * from gateway_run order by beat_at desc limit 1')
  return rows[0]
}

/** Runs that touch a time span: where none is, the platform was down. */
export async function runsBetween(
  q: Queryable,
  fromMs: number,
  toMs: number,
): Promise<{ fromMs: number; toMs: number }[]> {
  const { rows } = await q.query<{ started_at: Date; beat_at: Date }>(
    'select started_at, beat_at from gateway_run where started_at < $2 and beat_at > $1',
    [new Date(fromMs), new Date(toMs)],
  )
  return rows.map((r) => ({ fromMs: r.started_at.getTime(), toMs: r.beat_at.getTime() }))
}

export interface ConnectionState {
  readonly number: number
  readonly address: string
  readonly openedMs: number
  readonly lastFrameMs: number
  readonly frames: number
  readonly badFrames: number
  readonly mns: readonly string[]
  readonly closedMs: number
  readonly closeReason: string | null
}

export async function saveConnections(
  q: Queryable,
  instance: string,
  states: readonly ConnectionState[],
): Promise<void> {
  if (states.length === 0) return
  await q.query({
    name: 'save-connections',
    text: `insert into hj212_connection (instance, number, address, opened_at, last_frame_at, frames, bad_frames, mns,
             closed_at, close_reason)
      select $1, n, a, to_timestamp(o / 1000), to_timestamp(nullif(l, 0) / 1000), f, b, string_to_array(m, ' '),
             to_timestamp(nullif(c, 0) / 1000), r
        from unnest($2::int[], $3::text[], $4::float8[], $5::float8[], $6::bigint[], $7::bigint[], $8::text[],
                    $9::float8[], $10::text[]) x (n, a, o, l, f, b, m, c, r)
      on conflict (instance, number) do update set last_frame_at = excluded.last_frame_at, frames = excluded.frames,
        bad_frames = excluded.bad_frames, mns = excluded.mns, closed_at = excluded.closed_at,
        close_reason = excluded.close_reason`,
    values: [
      instance,
      states.map((s) => s.number),
      states.map((s) => s.address),
      states.map((s) => s.openedMs),
      states.map((s) => s.lastFrameMs),
      states.map((s) => s.frames),
      states.map((s) => s.badFrames),
      states.map((s) => s.mns.slice(0, 64).map(printable).join(' ')),
      states.map((s) => s.closedMs),
      states.map((s) => s.closeReason),
    ],
  })
}

const aliveSeconds = 30
const keepConnectionsDays = 7

/** Ends what a run that died left open: its connections, and commands it had sent. */
export async function tidyAfterDeadRuns(q: Queryable, nowMs: number): Promise<void> {
  const now = new Date(nowMs)
  await q.query(
    `update hj212_connection c set closed_at = r.beat_at, close_reason = 'gateway-stopped'
       from gateway_run r
      where r.instance = c.instance and c.closed_at is null
        and (r.stopped_at is not null or r.beat_at < $1::timestamptz - make_interval(secs => ${aliveSeconds}))`,
    [now],
  )
  await q.query(
    `update hj212_command set state = 'failed', finished_at = $1, result = '网关重启，结果不明'
      where state = 'sent' and sent_at < $1::timestamptz - interval '10 minutes'`,
    [now],
  )
  await q.query(
    `update hj212_command set state = 'expired', finished_at = $1, result = '站点不在线，命令过期'
      where state = 'queued' and requested_at < $1::timestamptz - interval '30 minutes'`,
    [now],
  )
  await q.query(
    `delete from hj212_connection where closed_at < $1::timestamptz - make_interval(days => ${keepConnectionsDays})`,
    [now],
  )
}
