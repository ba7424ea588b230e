/** What the storage bench loads: outlets, their rows, and the same rows as PostgreSQL's binary COPY. */
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { Database, ObservationRow, Trx } from '@shanshui/server'
import { from as copyFrom } from 'pg-copy-streams'

export const factors = Array.from({ length: 10 }, (_, i) => `a2100${i}`)
const postgresEpochMs = Date.UTC(2000, 0, 1)
const flags = 'N'.repeat(factors.length)

/** Two decimals, a few hundred levels, different for every outlet, minute and factor. */
export function outletRow(pointId: number, startMs: number, layoutId: number, msg: number): ObservationRow {
  const values = new Float64Array(factors.length)
  const seed = pointId * 31 + startMs / 60_000
  for (let i = 0; i < values.length; i++) values[i] = ((seed * (i + 7)) % 397) / 100
  return { pointId, regionCode: 629001, ownerId: 0, startMs, layoutId, values, flags, msg: BigInt(msg) }
}

const rowBytes = 2 + 11 * 4 + 8 + 8 + 4 + 4 + 4 + 4 + 4 + (20 + 12 * factors.length) + factors.length

/** Rows as binary COPY of (ts, msg, point_id, layout, region_code, owner_id, rev, vals, flags). */
export function encodeCopy(rows: readonly ObservationRow[]): Buffer {
  const buffer = Buffer.alloc(19 + rows.length * rowBytes + 2)
  buffer.write('PGCOPY\n\xff\r\n\0', 0, 'latin1')
  let at = 19
  const int4 = (value: number) => {
    at = buffer.writeInt32BE(value, at)
  }
  const field4 = (value: number) => {
    int4(4)
    int4(value)
  }
  for (const row of rows) {
    at = buffer.writeInt16BE(9, at)
    int4(8)
    at = buffer.writeBigInt64BE(BigInt((row.startMs - postgresEpochMs) * 1000), at)
    int4(8)
    at = buffer.writeBigInt64BE(row.msg, at)
    for (const value of [row.pointId, row.layoutId, row.regionCode, row.ownerId, 1]) field4(value)
    int4(20 + 12 * row.values.length)
    for (const value of [1, 0, 701, row.values.length, 1]) int4(value)
    for (let i = 0; i < row.values.length; i++) {
      int4(8)
      at = buffer.writeDoubleBE(row.values[i] as number, at)
    }
    int4(row.flags.length)
    at += buffer.write(row.flags, at, 'latin1')
  }
  at = buffer.writeInt16BE(-1, at)
  return buffer.subarray(0, at)
}

/** Loads rows by one COPY, without history, queue or pointers: the floor that the upsert is held against. */
export async function copyRows(trx: Trx, table: string, rows: readonly ObservationRow[]): Promise<void> {
  const columns = 'ts, msg, point_id, layout, region_code, owner_id, rev, vals, flags'
  const stream = trx.query(copyFrom(`copy ${table} (${columns}) from stdin (format binary)`))
  const done = finished(stream)
  if (!stream.write(encodeCopy(rows))) await Promise.race([once(stream, 'drain'), done])
  stream.end()
  await done
}

export async function loadByCopy(
  db: Database,
  table: string,
  rows: readonly ObservationRow[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += 20_000) {
    await db.transaction((trx) => copyRows(trx, table, rows.slice(from, from + 20_000)))
  }
}
