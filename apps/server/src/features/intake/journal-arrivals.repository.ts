/** When messages came: the time of their journal block, without reading its records. */
import type { Queryable } from '../../platform/db/index.ts'
import { maxRecordsPerBlock } from './journal-block.ts'

/** From here on a range is read rather than a list of blocks. */
const mostListed = 5_000

/** Epoch ms at which a message (its number as a double) had come; NaN when the journal does not have its block. */
export async function blockArrivals(q: Queryable, msgs: Iterable<number>): Promise<(msg: number) => number> {
  const blocks = new Set<number>()
  for (const msg of msgs) blocks.add(Math.floor(msg / maxRecordsPerBlock))
  if (blocks.size === 0) return () => Number.NaN
  const ids = [...blocks].sort((a, b) => a - b)
  const listed = ids.length <= mostListed
  const { rows } = await q.query<{ id: string; ms: string }>(
    listed
      ? 'select id, received_to_ms as ms from journal_block where id = any($1::bigint[])'
      : 'select id, received_to_ms as ms from journal_block where id between $1 and $2',
    listed ? [ids] : [ids[0], ids.at(-1)],
  )
  const arrived = new Map(rows.map((row) => [Number(row.id), Number(row.ms)]))
  return (msg) => arrived.get(Math.floor(msg / maxRecordsPerBlock)) ?? Number.NaN
}
