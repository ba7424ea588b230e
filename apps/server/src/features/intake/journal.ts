/**
 * The journal (原始账本): raw frames, imported files and decisions, append-only and hash-chained per civil day.
 * Append first in a transaction: the chain's head is the first lock that everybody takes.
 */

import { shanghaiIso } from '../../platform/clock.ts'
import type { Queryable, Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { type BundleDay, thinBlock, writeBundle } from './evidence-bundle.ts'
import {
  allDays,
  appendNext,
  blockById,
  blocksOfDay,
  claimOf,
  dayRow,
  headBefore,
  insertBlock,
  type JournalDayRow,
  lockHead,
  markSealed,
} from './journal.repository.ts'
import {
  type BlockHeader,
  type BlockKind,
  blockHash,
  genesisHash,
  maxRecordsPerBlock,
  packRecords,
  rootHash,
  unpackRecords,
  zeroHash,
} from './journal-block.ts'
import { blockOfMsg, type ChainBlock, type ChainFault, DayVerifier, msgOf } from './journal-verify.ts'

export interface BlockAbout {
  readonly receivedFromMs: number
  readonly receivedToMs: number
  readonly source: string
}

export interface AppendedBlock {
  readonly blockId: bigint
  msgOf(index: number): bigint
}

/** A human decision about data. `mark`, `review`, `sand` are series'; `import`, `release`, `station` are intake's. */
export interface Decision {
  readonly type: string
  readonly by: number
  readonly atMs: number
  readonly reason: string
  readonly body: object
}

const shanghaiOffsetMs = 8 * 3_600_000
/** Civil day in Asia/Shanghai. */
export const civilDay = (ms: number): string => new Date(ms + shanghaiOffsetMs).toISOString().slice(0, 10)
const dayAfter = (day: string): string => civilDay(Date.parse(`${day}T00:00:00+08:00`) + 86_400_000)

/**
 * Appends records as one block, in the caller's transaction.
 * @throws RangeError for no records or more than 65,536
 */
export async function appendBlock(
  trx: Trx,
  kind: BlockKind,
  records: readonly Uint8Array[],
  about: BlockAbout,
): Promise<AppendedBlock> {
  const packed = await packRecords(records, kind === 'file' ? 6 : 1)
  const { source } = about
  const span = {
    receivedFromMs: Math.trunc(about.receivedFromMs),
    receivedToMs: Math.trunc(about.receivedToMs),
  }
  const blockId = await appendNext(trx, { kind, source, ...span }, packed)
  return { blockId, msgOf: (index) => msgOf(blockId, index) }
}

/** Appends the parts of one entry (a big file) as consecutive blocks. Everything is compressed before the chain is locked. */
export async function appendEntry(
  trx: Trx,
  kind: BlockKind,
  parts: readonly (readonly Uint8Array[])[],
  about: BlockAbout,
): Promise<AppendedBlock[]> {
  const packed = []
  for (const records of parts) packed.push(await packRecords(records, kind === 'file' ? 6 : 1))
  const head = await lockHead(trx)
  const wanted = civilDay(about.receivedToMs)
  const earliest = head.sealedThrough === null ? '' : dayAfter(head.sealedThrough)
  const day = [wanted, head.day ?? '', earliest].sort().at(-1) as string
  const newDay = day !== head.day
  let previous = newDay ? genesisHash(day, head.hash) : head.hash
  let seq = newDay ? 0 : head.seq
  const appended: AppendedBlock[] = []
  const entry = head.lastBlock + 1n
  for (const [i, part] of packed.entries()) {
    seq += 1
    const id = entry + BigInt(i)
    const header: BlockHeader = {
      id,
      day,
      seq,
      kind,
      source: about.source,
      entry,
      part: i + 1,
      parts: packed.length,
      receivedFromMs: Math.trunc(about.receivedFromMs),
      receivedToMs: Math.trunc(about.receivedToMs),
      records: part.records,
      rawBytes: part.rawBytes,
    }
    const hash = blockHash(previous, header, part)
    await insertBlock(trx, header, part, previous, hash)
    appended.push({ blockId: id, msgOf: (index) => msgOf(id, index) })
    previous = hash
  }
  return appended
}

/** Appends a decision and returns its message number. */
export async function appendDecision(trx: Trx, decision: Decision): Promise<bigint> {
  const record = Buffer.from(JSON.stringify(decision))
  const block = await appendBlock(trx, 'decision', [record], {
    receivedFromMs: decision.atMs,
    receivedToMs: decision.atMs,
    source: decision.type,
  })
  return block.msgOf(0)
}

export interface JournalRecord {
  readonly bytes: Uint8Array
  readonly kind: BlockKind
  readonly receivedMs: number
  readonly source: string
  /** First block of the entry that the record belongs to: of a file, the one with its card. */
  readonly entry: bigint
}

/** Raw bytes behind a value; undefined when the journal has no such record. */
export async function readRecord(q: Queryable, msg: bigint): Promise<JournalRecord | undefined> {
  const { block: id, index } = blockOfMsg(msg)
  const block = await blockById(q, id)
  if (block === undefined || index >= block.records) return undefined
  const bytes = unpackRecords(block.data, block.records)[index]
  const { kind, receivedToMs: receivedMs, source, entry } = block
  return bytes && { bytes, kind, receivedMs, source, entry }
}

/** Every place of one day that is not as written; empty = untouched. @throws AppError intake.journal-day-unknown */
export async function verifyDay(
  q: Queryable,
  day: string,
): Promise<{ blocks: number; records: number; faults: ChainFault[] }> {
  const row = await requireDay(q, day)
  const verifier = new DayVerifier(claimOf(row, null, (await headBefore(q, day)) ?? zeroHash))
  for await (const block of blocksOfDay(q, day, row.blocks)) verifier.add(block)
  const faults = verifier.finish()
  return { blocks: verifier.blocks, records: verifier.records, faults }
}

export interface JournalReport {
  readonly days: number
  readonly blocks: number
  readonly records: number
  readonly faults: readonly ChainFault[]
}

/** The whole journal, day by day, and the head that new blocks continue from. */
export async function verifyJournal(
  q: Queryable,
  onDay?: (day: string, faults: number) => void,
): Promise<JournalReport> {
  const days = await allDays(q)
  const faults: ChainFault[] = []
  let blocks = 0
  let records = 0
  for (const { day } of days) {
    const report = await verifyDay(q, day)
    blocks += report.blocks
    records += report.records
    faults.push(...report.faults)
    onDay?.(day, report.faults.length)
  }
  return { days: days.length, blocks, records, faults }
}

/** Seals a past day: its root hash is fixed and nothing is appended to it any more. */
export async function sealDay(trx: Trx, day: string, by: string, nowMs: number): Promise<JournalDayRow> {
  if (day >= civilDay(nowMs)) throw new AppError('intake.journal-day-open', { detail: `${day} 尚未过完` })
  await lockHead(trx)
  const row = await requireDay(trx, day)
  if (row.root !== null) return row
  const { faults } = await verifyDay(trx, day)
  if (faults[0]) throw new AppError('intake.journal-damaged', { detail: describeFault(faults[0]) })
  await markSealed(trx, day, rootHash(day, row.blocks, Number(row.records), row.head), by, nowMs)
  return await requireDay(trx, day)
}

/** Evidence bundle of a day; with `msg` only the block of that record is shown in full. */
export async function* exportBundle(q: Queryable, day: string, msg?: bigint): AsyncGenerator<Buffer> {
  const row = await requireDay(q, day)
  const claim: BundleDay = claimOf(row, row.sealed_at === null ? null : shanghaiIso(row.sealed_at.getTime()))
  yield* writeBundle(claim, shown(blocksOfDay(q, day, row.blocks), msg))
}

async function* shown(
  blocks: AsyncIterable<ChainBlock>,
  msg: bigint | undefined,
): AsyncGenerator<ChainBlock> {
  for await (const block of blocks)
    yield msg === undefined || block.id === blockOfMsg(msg).block ? block : thinBlock(block)
}

export async function requireDay(q: Queryable, day: string): Promise<JournalDayRow> {
  const row = await dayRow(q, day)
  if (row === undefined) throw new AppError('intake.journal-day-unknown', { detail: `日期 ${day}` })
  return row
}

/** One line for people: where and what. */
export function describeFault(fault: ChainFault): string {
  const place = [
    fault.day,
    fault.block === undefined ? undefined : `块 ${fault.block}`,
    fault.record === undefined ? undefined : `记录 ${fault.record + 1}`,
    fault.msg === undefined ? undefined : `msg ${fault.msg}`,
  ]
  return `${place.filter((p) => p !== undefined && p !== '').join(' ')}：${fault.what}`
}

const partBytes = 4 * 1024 * 1024

/** Slices records into parts of about 4 MiB, each one block. */
export function partsOf(records: readonly Uint8Array[]): Uint8Array[][] {
  const parts: Uint8Array[][] = []
  let part: Uint8Array[] = []
  let size = 0
  for (const record of records) {
    if (part.length > 0 && (size + record.byteLength > partBytes || part.length === maxRecordsPerBlock)) {
      parts.push(part)
      part = []
      size = 0
    }
    part.push(record)
    size += record.byteLength
  }
  if (part.length > 0) parts.push(part)
  return parts
}
