/** SQL of the field information: what changed, and what it was before. */
import type { Queryable, Trx } from '../../platform/db/index.ts'

export interface InfoKey {
  readonly pointId: number
  readonly mn: string
  /** Factor of the instrument; '' for the logger, the outlet or a facility. */
  readonly polId: string
  /** `i13001` measuring range, `i13007` intercept, `i13008` slope … (HJ 212-2017 tables B.8–B.10), or a facility `SB1`. */
  readonly code: string
}

export interface InfoRow extends InfoKey {
  readonly regionCode: number
  readonly ownerId: number
  readonly atMs: number
  readonly value: string
  readonly msg: bigint
}

export interface DeviceInfoChange extends InfoKey {
  readonly id: number
  readonly atMs: number
  readonly value: string
  /** What was said before; null for the first word. */
  readonly before: string | null
  /** Journal record of the frame that said it. */
  readonly msg: bigint
}

/** For each key the value in force at its time; in the order of the keys, undefined for none. */
export async function infoInForce(
  q: Queryable,
  keys: readonly (InfoKey & { readonly atMs: number })[],
): Promise<(string | undefined)[]> {
  const { rows } = await q.query<{ i: number; value: string }>({
    name: 'device-info-in-force',
    text: `select k.i::int as i, d.value
      from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::float8[]) with ordinality k (p, mn, pol, code, at, i)
      cross join lateral (select value from device_info d where d.point_id = k.p and d.mn = k.mn and d.pol_id = k.pol
        and d.code = k.code and d.at <= to_timestamp(k.at / 1000) order by d.at desc limit 1) d`,
    values: [
      keys.map((k) => k.pointId),
      keys.map((k) => k.mn),
      keys.map((k) => k.polId),
      keys.map((k) => k.code),
      keys.map((k) => k.atMs),
    ],
  })
  const found: (string | undefined)[] = new Array<string | undefined>(keys.length).fill(undefined)
  for (const { i, value } of rows) found[i - 1] = value
  return found
}

/** Changes; one at a moment that has one already replaces it, as the later message. */
export async function insertInfo(trx: Trx, rows: readonly InfoRow[]): Promise<void> {
  if (rows.length === 0) return
  await trx.query({
    name: 'device-info-insert',
    text: `insert into device_info (point_id, region_code, owner_id, mn, pol_id, code, at, value, msg)
      select p, r, o, mn, pol, code, to_timestamp(at / 1000), v, msg
      from unnest($1::int[], $2::int[], $3::int[], $4::text[], $5::text[], $6::text[], $7::float8[], $8::text[],
        $9::bigint[]) x (p, r, o, mn, pol, code, at, v, msg)
      on conflict (point_id, mn, pol_id, code, at) do update set value = excluded.value, msg = excluded.msg
      where excluded.msg >= device_info.msg`,
    values: [
      rows.map((r) => r.pointId),
      rows.map((r) => r.regionCode),
      rows.map((r) => r.ownerId),
      rows.map((r) => r.mn),
      rows.map((r) => r.polId),
      rows.map((r) => r.code),
      rows.map((r) => r.atMs),
      rows.map((r) => r.value),
      rows.map((r) => String(r.msg)),
    ],
  })
}

interface ChangeRow {
  id: string
  point_id: number
  mn: string
  pol_id: string
  code: string
  at: Date
  value: string
  before: string | null
  msg: string
}

const toChange = (row: ChangeRow): DeviceInfoChange => ({
  id: Number(row.id),
  pointId: row.point_id,
  mn: row.mn,
  polId: row.pol_id,
  code: row.code,
  atMs: row.at.getTime(),
  value: row.value,
  before: row.before,
  msg: BigInt(row.msg),
})

const changeColumns = 'd.id, d.point_id, d.mn, d.pol_id, d.code, d.at, d.value, d.msg'
const sameKey =
  'b.point_id = d.point_id and b.mn = d.mn and b.pol_id = d.pol_id and b.code = d.code and b.at < d.at'
const before = `(select b.value from device_info b where ${sameKey} order by b.at desc limit 1) as before`

/** What changed at the points in [fromMs, toMs), by time; what a machine says for the first time has `before` null. */
export async function deviceInfoChanges(
  q: Queryable,
  pointIds: readonly number[],
  fromMs: number,
  toMs: number,
): Promise<DeviceInfoChange[]> {
  const { rows } = await q.query<ChangeRow>(
    `select ${changeColumns}, ${before} from device_info d
     where d.point_id = any($1) and d.at >= to_timestamp($2::float8 / 1000) and d.at < to_timestamp($3::float8 / 1000)
     order by d.at, d.id`,
    [pointIds, fromMs, toMs],
  )
  return rows.map(toChange)
}

/** What is in force at a moment at the points, by instrument and code. */
export async function deviceInfoAt(
  q: Queryable,
  pointIds: readonly number[],
  atMs: number,
): Promise<DeviceInfoChange[]> {
  const { rows } = await q.query<ChangeRow>(
    `select distinct on (d.point_id, d.mn, d.pol_id, d.code) ${changeColumns}, ${before} from device_info d
     where d.point_id = any($1) and d.at <= to_timestamp($2::float8 / 1000)
     order by d.point_id, d.mn, d.pol_id, d.code, d.at desc`,
    [pointIds, atMs],
  )
  return rows.map(toChange)
}

/** Newest changes first, one page; `cursor` is the last id of the page before. */
export async function infoPage(
  q: Queryable,
  filter: { pointId: number; fromMs: number; toMs: number; cursor: number | undefined; limit: number },
): Promise<DeviceInfoChange[]> {
  const { rows } = await q.query<ChangeRow>(
    `select ${changeColumns}, ${before} from device_info d
     where d.point_id = $1 and d.at >= to_timestamp($2::float8 / 1000) and d.at < to_timestamp($3::float8 / 1000)
       and ($4::bigint is null
         or (d.at, d.id) < (select c.at, c.id from device_info c where c.id = $4))
     order by d.at desc, d.id desc limit $5`,
    [filter.pointId, filter.fromMs, filter.toMs, filter.cursor ?? null, filter.limit],
  )
  return rows.map(toChange)
}

/** Before a replay, which makes it again. */
export async function wipeDeviceInfo(trx: Trx): Promise<void> {
  await trx.query('truncate device_info')
}
