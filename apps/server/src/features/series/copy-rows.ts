import pg from 'pg'
import type { Queryable } from '../../platform/db/index.ts'
import { CopyReader, type CopyRow } from './copy-binary.ts'
import { CopyOut, type OnCopyData } from './copy-out.ts'

/**
 * Runs `COPY (query) TO STDOUT (FORMAT binary)` and hands each row to `onRow` as it arrives. The statement takes no
 * parameters: callers put only numbers and instants made by `sqlInstant` and `sqlInts` into it.
 * @returns number of rows
 */
export async function copyRows(q: Queryable, query: string, onRow: (row: CopyRow) => void): Promise<number> {
  const reader = new CopyReader(onRow)
  await copyChunks(q, query, (bytes, from, to) => reader.push(bytes, from, to))
  reader.finish()
  return reader.rows
}

/** The same, as messages of the binary format. */
export async function copyChunks(q: Queryable, query: string, onData: OnCopyData): Promise<void> {
  if (q instanceof pg.Pool) {
    const client = await q.connect()
    try {
      await copyChunks(client, query, onData)
    } finally {
      client.release()
    }
    return
  }
  const copy = new CopyOut(`copy (${query}) to stdout (format binary)`, onData)
  q.query(copy)
  await copy.done
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
