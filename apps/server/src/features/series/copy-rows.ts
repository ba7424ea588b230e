import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Queryable } from '../../platform/db/index.ts'
import { CopyReader, type CopyRow } from './copy-binary.ts'

/**
 * Runs `COPY (query) TO STDOUT (FORMAT binary)` and hands each row to `onRow` as it arrives. The statement takes no
 * parameters: callers put only numbers and instants made by `sqlInstant` and `sqlInts` into it.
 * @returns number of rows
 */
export async function copyRows(q: Queryable, query: string, onRow: (row: CopyRow) => void): Promise<number> {
  const reader = new CopyReader(onRow)
  await copyChunks(q, query, (chunk) => reader.push(chunk))
  reader.finish()
  return reader.rows
}

/** The same, as raw chunks of the binary format. */
export async function copyChunks(
  q: Queryable,
  query: string,
  onChunk: (chunk: Buffer) => void,
): Promise<void> {
  if (q instanceof pg.Pool) {
    const client = await q.connect()
    try {
      await copyChunks(client, query, onChunk)
    } finally {
      client.release()
    }
    return
  }
  const stream = q.query(copyTo(`copy (${query}) to stdout (format binary)`, { highWaterMark: 1 << 20 }))
  for await (const chunk of stream) onChunk(chunk as Buffer)
}

/** Literal of an instant. @throws RangeError when it is no instant */
export function sqlInstant(ms: number): string {
  return `'${new Date(ms).toISOString()}'::timestamptz`
}

/** List of integers for `in (…)`; never empty. @throws RangeError for anything but 32-bit integers */
export function sqlInts(values: readonly number[]): string {
  for (const value of values) if ((value | 0) !== value) throw new RangeError(`not an integer: ${value}`)
  return values.length === 0 ? 'null' : values.join(',')
}
