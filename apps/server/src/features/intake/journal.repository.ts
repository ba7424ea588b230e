/** SQL of the journal. Appending goes through the two database functions that keep the chain whole. */
import type { Queryable, Trx } from '../../platform/db/index.ts'
import type { BundleDay } from './evidence-bundle.ts'
import type { BlockHeader, BlockKind, PackedRecords } from './journal-block.ts'
import type { ChainBlock } from './journal-verify.ts'

export interface JournalHead {
  readonly lastBlock: bigint
  readonly day: string | null
  readonly seq: number
  readonly hash: Buffer
  readonly sealedThrough: string | null
}

/** Waits for other writers; the lock holds to the end of the transaction. */
export async function lockHead(trx: Trx): Promise<JournalHead> {
  const { rows } = await trx.query<{
    last_block: string
    day: string | null
    seq: number
    hash: Buffer
    sealed_through: string | null
  }>({
    name: 'journal-lock',
    text: 'select last_block, day::text, seq, hash, sealed_through::text from journal_lock()',
  })
  const row = rows[0]
  if (row === undefined) throw new Error('journal_head has no row')
  return {
    lastBlock: BigInt(row.last_block),
    day: row.day,
    seq: row.seq,
    hash: row.hash,
    sealedThrough: row.sealed_through,
  }
}

export async function insertBlock(
  trx: Trx,
  header: BlockHeader,
  packed: PackedRecords,
  previous: Buffer,
  hash: Buffer,
): Promise<void> {
  await trx.query({
    name: 'journal-append',
    text: 'select journal_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)',
    values: [
      String(header.id),
      header.day,
      header.seq,
      header.kind,
      header.source,
      String(header.entry),
      header.part,
      header.parts,
      header.receivedFromMs,
      header.receivedToMs,
      header.records,
      header.rawBytes,
      packed.digests,
      packed.data,
      previous,
      hash,
    ],
  })
}

/** Appends a block of its own in one round trip; the database hashes it. Returns its id. */
export async function appendNext(
  trx: Trx,
  block: { kind: BlockKind; source: string; receivedFromMs: number; receivedToMs: number },
  packed: PackedRecords,
): Promise<bigint> {
  const { rows } = await trx.query<{ id: string }>({
    name: 'journal-append-next',
    text: 'select journal_append_next($1, $2, $3, $4, $5, $6, $7, $8) as id',
    values: [
      block.kind,
      block.source,
      block.receivedFromMs,
      block.receivedToMs,
      packed.records,
      packed.rawBytes,
      packed.digests,
      packed.data,
    ],
  })
  return BigInt(rows[0]?.id ?? 0)
}

interface BlockRow {
  id: string
  day: string
  seq: number
  kind: BlockKind
  source: string
  entry: string
  part: number
  parts: number
  received_from_ms: string
  received_to_ms: string
  records: number
  raw_bytes: number
  digests: Buffer
  data: Buffer
  prev_hash: Buffer
  hash: Buffer
}

export type StoredBlock = BlockHeader & {
  readonly previous: Buffer
  readonly hash: Buffer
  readonly data: Buffer
  readonly digests: Buffer
}

const toBlock = (row: BlockRow): StoredBlock => ({
  id: BigInt(row.id),
  day: row.day,
  seq: row.seq,
  kind: row.kind,
  source: row.source,
  entry: BigInt(row.entry),
  part: row.part,
  parts: row.parts,
  receivedFromMs: Number(row.received_from_ms),
  receivedToMs: Number(row.received_to_ms),
  records: row.records,
  rawBytes: row.raw_bytes,
  digests: row.digests,
  data: row.data,
  previous: row.prev_hash,
  hash: row.hash,
})

const blockColumns = `id, day::text, seq, kind, source, entry, part, parts, received_from_ms, received_to_ms, records,
  raw_bytes, digests, data, prev_hash, hash`

export async function blockById(q: Queryable, id: bigint): Promise<StoredBlock | undefined> {
  const { rows } = await q.query<BlockRow>({
    name: 'journal-block',
    text: `select ${blockColumns} from journal_block where id = $1`,
    values: [String(id)],
  })
  return rows[0] && toBlock(rows[0])
}

/** Blocks of an entry in order: one, or the parts of a file. */
export async function* blocksOfEntry(q: Queryable, entry: bigint): AsyncGenerator<StoredBlock> {
  const first = await blockById(q, entry)
  if (first === undefined) return
  yield first
  for (let part = 2; part <= first.parts; part++) {
    const { rows } = await q.query<BlockRow>(
      `select ${blockColumns} from journal_block where entry = $1 and part = $2 and parts > 1`,
      [String(entry), part],
    )
    if (rows[0]) yield toBlock(rows[0])
  }
}

const pageOfBlocks = 64

/** All blocks after `after`, in the order of writing; memory holds a page. */
export async function* blocksAfter(
  q: Queryable,
  after: bigint,
  through?: bigint,
): AsyncGenerator<StoredBlock> {
  for (let last = after; ; ) {
    const { rows } = await q.query<BlockRow>(
      `select ${blockColumns} from journal_block where id > $1 and id <= $2 order by id limit ${pageOfBlocks}`,
      [String(last), String(through ?? 9_223_372_036_854_775_807n)],
    )
    for (const row of rows) yield toBlock(row)
    const end = rows.at(-1)
    if (end === undefined || rows.length < pageOfBlocks) return
    last = BigInt(end.id)
  }
}

/** The first `through` blocks of a day: what its row counted, while others go on writing. */
export async function* blocksOfDay(q: Queryable, day: string, through: number): AsyncGenerator<ChainBlock> {
  for (let seq = 0; ; ) {
    const { rows } = await q.query<BlockRow>(
      `select ${blockColumns} from journal_block where day = $1 and seq > $2 and seq <= $3 order by seq limit ${pageOfBlocks}`,
      [day, seq, through],
    )
    for (const row of rows) yield toBlock(row)
    const end = rows.at(-1)
    if (end === undefined || rows.length < pageOfBlocks) return
    seq = end.seq
  }
}

export interface JournalDayRow {
  day: string
  genesis: Buffer
  head: Buffer
  blocks: number
  records: string
  bytes: string
  first_block: string
  last_block: string
  root: Buffer | null
  sealed_at: Date | null
  sealed_by: string | null
}

const dayColumns =
  'day::text, genesis, head, blocks, records, bytes, first_block, last_block, root, sealed_at, sealed_by'

export async function dayRow(q: Queryable, day: string): Promise<JournalDayRow | undefined> {
  const { rows } = await q.query<JournalDayRow>(`select ${dayColumns} from journal_day where day = $1`, [day])
  return rows[0]
}

export async function dayRows(
  q: Queryable,
  before: string | undefined,
  limit: number,
): Promise<JournalDayRow[]> {
  const { rows } = await q.query<JournalDayRow>(
    `select ${dayColumns} from journal_day where ($1::date is null or day < $1) order by day desc limit $2`,
    [before ?? null, limit],
  )
  return rows
}

export async function allDays(q: Queryable): Promise<JournalDayRow[]> {
  const { rows } = await q.query<JournalDayRow>(`select ${dayColumns} from journal_day order by day`)
  return rows
}

/** Head of the last day before `day`; undefined for the journal's first day. */
export async function headBefore(q: Queryable, day: string): Promise<Buffer | undefined> {
  const { rows } = await q.query<{ head: Buffer }>(
    'select head from journal_day where day < $1 order by day desc limit 1',
    [day],
  )
  return rows[0]?.head
}

export async function markSealed(
  trx: Trx,
  day: string,
  root: Buffer,
  by: string,
  atMs: number,
): Promise<void> {
  await trx.query(
    'update journal_day set root = $2, sealed_at = $3, sealed_by = $4 where day = $1 and root is null',
    [day, root, new Date(atMs), by],
  )
  await trx.query('update journal_head set sealed_through = greatest(sealed_through, $1::date)', [day])
}

export const claimOf = (row: JournalDayRow, sealedAt: string | null, previousHead?: Buffer): BundleDay => ({
  day: row.day,
  genesis: row.genesis,
  head: row.head,
  blocks: row.blocks,
  records: Number(row.records),
  sealedAt,
  ...(row.root === null ? {} : { root: row.root }),
  ...(previousHead === undefined ? {} : { previousHead }),
})
