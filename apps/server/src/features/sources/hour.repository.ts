/** Stored hours of outlets: read in bulk, written where they differ, the replaced ones kept. */
import type { Queryable, Trx } from '../../platform/db/index.ts'
import {
  type CopyRow,
  copyRows,
  float8Array,
  int4Array,
  int8Array,
  pairArray,
  sqlInstant,
  sqlInts,
  textArray,
  timestampArray,
} from '../series/index.ts'
import type { HourRow } from './source.table.ts'

const fields =
  'ts, msg, outlet_id, layout, region_code, owner_id, vals, limits, states, reasons, auto, manual, methods'
const field = {
  ts: 0,
  msg: 1,
  outlet: 2,
  layout: 3,
  region: 4,
  owner: 5,
  vals: 6,
  limits: 7,
  states: 8,
  reasons: 9,
  auto: 10,
  manual: 11,
  methods: 12,
} as const

function toHourRow(row: CopyRow): HourRow {
  const limits = new Int32Array(row.arrayLength(field.limits))
  const at = (row.start[field.limits] as number) + 20
  for (let i = 0; i < limits.length; i++) limits[i] = row.bytes.readInt32BE(at + i * 8 + 4)
  return {
    startMs: row.timeMs(field.ts),
    msg: row.msgNumber(field.msg),
    outletId: row.int4(field.outlet),
    layoutId: row.int4(field.layout),
    regionCode: row.int4(field.region),
    ownerId: row.int4(field.owner),
    vals: row.float8s(field.vals),
    limits,
    states: row.text(field.states),
    reasons: row.text(field.reasons),
    auto: row.text(field.auto),
    manual: row.text(field.manual),
    methods: row.text(field.methods),
  }
}

/** Rows of outlets in [fromMs, toMs), sorted by outlet and time, handed out as they stream in. */
export async function eachHourRow(
  q: Queryable,
  outletIds: readonly number[],
  fromMs: number,
  toMs: number,
  onRow: (row: HourRow) => void,
): Promise<void> {
  if (outletIds.length === 0) return
  await copyRows(
    q,
    `select ${fields} from outlet_hour where outlet_id in (${sqlInts(outletIds)})
       and ts >= ${sqlInstant(fromMs)} and ts < ${sqlInstant(toMs)} order by outlet_id, ts`,
    (row) => onRow(toHourRow(row)),
  )
}

export async function hourRows(
  q: Queryable,
  outletIds: readonly number[],
  fromMs: number,
  toMs: number,
): Promise<HourRow[]> {
  const rows: HourRow[] = []
  await eachHourRow(q, outletIds, fromMs, toMs, (row) => rows.push(row))
  return rows
}

const rowsPerStatement = 4_000

/** Keeps the stored rows of these hours, before they are replaced or removed. */
async function keepRevisions(
  trx: Trx,
  keys: readonly { outletId: number; startMs: number }[],
  why: string,
  atMs: number,
): Promise<void> {
  await trx.query(
    `insert into outlet_hour_revision (${fields}, rev, replaced_at, why)
     select ${fields.replaceAll(/(\w+)/g, 'h.$1')}, h.rev, to_timestamp($3::float8 / 1000), $4
     from unnest($1::timestamptz[], $2::int4[]) as t (ts, outlet_id)
     join outlet_hour h on h.outlet_id = t.outlet_id and h.ts = t.ts
     on conflict do nothing`,
    [timestampArray(keys.map((key) => key.startMs)), int4Array(keys.map((key) => key.outletId)), atMs, why],
  )
}

/** Writes rows; `replaced` are those among them that stand already and say something else. */
export async function writeHourRows(
  trx: Trx,
  rows: readonly HourRow[],
  replaced: readonly HourRow[],
  why: string,
  atMs: number,
): Promise<void> {
  if (replaced.length > 0) await keepRevisions(trx, replaced, why, atMs)
  for (const group of Map.groupBy(rows, (row) => row.vals.length).values())
    for (let from = 0; from < group.length; from += rowsPerStatement)
      await writePart(trx, group.slice(from, from + rowsPerStatement))
}

async function writePart(trx: Trx, rows: readonly HourRow[]): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const limits = new Int32Array(rows.length * first.limits.length)
  for (const [i, row] of rows.entries()) limits.set(row.limits, i * first.limits.length)
  await trx.query({
    name: 'source-write-hours',
    text: `insert into outlet_hour as h (${fields})
      select t.ts, t.msg, (t.ol >> 32)::int, (t.ol & 4294967295)::int, (t.ro >> 32)::int, (t.ro & 4294967295)::int,
        ($10::float8[])[(t.i - 1) * $11::int + 1 : t.i * $11::int],
        ($12::int4[])[(t.i - 1) * $13::int + 1 : t.i * $13::int], t.states, t.reasons, t.auto, t.manual, t.methods
      from unnest($1::timestamptz[], $2::int8[], $3::int8[], $4::int8[], $5::text[], $6::text[], $7::text[], $8::text[],
        $9::text[]) with ordinality as t (ts, msg, ol, ro, states, reasons, auto, manual, methods, i)
      on conflict (outlet_id, ts) do update set msg = excluded.msg, layout = excluded.layout,
        region_code = excluded.region_code, owner_id = excluded.owner_id, vals = excluded.vals,
        limits = excluded.limits, states = excluded.states, reasons = excluded.reasons, auto = excluded.auto,
        manual = excluded.manual, methods = excluded.methods, rev = h.rev + 1`,
    values: [
      timestampArray(rows.map((row) => row.startMs)),
      int8Array(rows.map((row) => BigInt(row.msg))),
      pairArray(
        rows.map((row) => row.outletId),
        rows.map((row) => row.layoutId),
      ),
      pairArray(
        rows.map((row) => row.regionCode),
        rows.map((row) => row.ownerId),
      ),
      textArray(rows.map((row) => row.states)),
      textArray(rows.map((row) => row.reasons)),
      textArray(rows.map((row) => row.auto)),
      textArray(rows.map((row) => row.manual)),
      textArray(rows.map((row) => row.methods)),
      float8Array(rows.map((row) => row.vals)),
      first.vals.length,
      int4Array(limits),
      first.limits.length,
    ],
  })
}

export async function deleteHourRows(
  trx: Trx,
  rows: readonly HourRow[],
  why: string,
  atMs: number,
): Promise<void> {
  if (rows.length === 0) return
  await keepRevisions(trx, rows, why, atMs)
  await trx.query(
    `delete from outlet_hour h using unnest($1::timestamptz[], $2::int4[]) as t (ts, outlet_id)
     where h.outlet_id = t.outlet_id and h.ts = t.ts`,
    [timestampArray(rows.map((row) => row.startMs)), int4Array(rows.map((row) => row.outletId))],
  )
}

export interface RevisionRow {
  readonly replaced_ms: number
  readonly why: string
  readonly layout: number
  readonly vals: number[]
  readonly states: string
}

export async function hourRevisions(q: Queryable, outletId: number, startMs: number): Promise<RevisionRow[]> {
  const { rows } = await q.query<RevisionRow>(
    `select extract(epoch from replaced_at)::float8 * 1000 as replaced_ms, why, layout, vals, states
     from outlet_hour_revision where outlet_id = $1 and ts = to_timestamp($2::float8 / 1000) order by rev desc`,
    [outletId, startMs],
  )
  return rows
}

/** Moves the newest hours forward; a row of the same hour replaces. */
export async function writeCurrent(
  trx: Trx,
  rows: readonly { row: HourRow; exceeding: boolean; multiple: number }[],
): Promise<void> {
  for (const { row, exceeding, multiple } of rows)
    await trx.query({
      name: 'source-current',
      text: `insert into outlet_current as c (ts, outlet_id, layout, region_code, owner_id, vals, limits, states, manual,
          exceeding, multiple)
        values (to_timestamp($1::float8 / 1000), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (outlet_id) do update set ts = excluded.ts, layout = excluded.layout,
          region_code = excluded.region_code, owner_id = excluded.owner_id, vals = excluded.vals,
          limits = excluded.limits, states = excluded.states, manual = excluded.manual,
          exceeding = excluded.exceeding, multiple = excluded.multiple
        where excluded.ts >= c.ts`,
      values: [
        row.startMs,
        row.outletId,
        row.layoutId,
        row.regionCode,
        row.ownerId,
        float8Array([row.vals]),
        int4Array(row.limits),
        row.states,
        row.manual,
        exceeding,
        multiple,
      ],
    })
}
