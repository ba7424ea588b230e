/**
 * The journal's block: records packed, compressed and tied to the block before. Pure; needs no database, so that
 * `shanshui verify` can check an evidence bundle anywhere.
 *
 * Layout (version 1)
 *   data     raw DEFLATE (RFC 1951) of the records, each as uint32 little endian length + bytes
 *   digests  for each record the first 8 bytes of its SHA-256: names the damaged record
 *   hash     SHA-256( previous hash ‖ header text ‖ SHA-256(digests) ‖ SHA-256(data) )
 *   previous hash of a day's first block = genesis = SHA-256( "shanshui journal day\n" day "\n" ‖ last hash before that day )
 *   root of a sealed day = SHA-256( "shanshui journal seal\n" day "\n" blocks "\n" records "\n" ‖ hash of the last block )
 */
import { hash as digestOnce } from 'node:crypto'
import { promisify } from 'node:util'
import { deflateRaw, deflateRawSync, inflateRawSync } from 'node:zlib'

export type BlockKind = 'frames' | 'file' | 'decision'

/** What is hashed of a block beside its bytes. Times in epoch milliseconds. */
export interface BlockHeader {
  readonly id: bigint
  readonly day: string
  readonly seq: number
  readonly kind: BlockKind
  readonly source: string
  /** First block of the entry: the block itself, or part 1 of a file. */
  readonly entry: bigint
  readonly part: number
  readonly parts: number
  readonly receivedFromMs: number
  readonly receivedToMs: number
  readonly records: number
  readonly rawBytes: number
}

export interface PackedRecords {
  readonly data: Buffer
  readonly digests: Buffer
  readonly records: number
  readonly rawBytes: number
}

export const maxRecordsPerBlock = 65_536
const digestBytes = 8
const deflateAsync = promisify(deflateRaw)
/** Up to here compressing takes less time than handing the work to another thread and waiting for a busy event loop. */
const compressHere = 256 * 1024

export const zeroHash = Buffer.alloc(32)

const sha256 = (bytes: Uint8Array | string): Buffer => digestOnce('sha256', bytes, 'buffer')

/**
 * Compresses records, big ones off the main thread. DEFLATE level 1 keeps pace with the gateway; files, which wait for nobody, take 6.
 * @throws RangeError when there are no records or more than {@link maxRecordsPerBlock}
 */
export async function packRecords(records: readonly Uint8Array[], level = 1): Promise<PackedRecords> {
  if (records.length === 0 || records.length > maxRecordsPerBlock)
    throw new RangeError(`a journal block holds 1 to ${maxRecordsPerBlock} records, not ${records.length}`)
  let size = 0
  for (const record of records) size += 4 + record.byteLength
  const raw = Buffer.allocUnsafe(size)
  const digests = Buffer.allocUnsafe(records.length * digestBytes)
  let at = 0
  for (let i = 0; i < records.length; i++) {
    const record = records[i] as Uint8Array
    raw.writeUInt32LE(record.byteLength, at)
    raw.set(record, at + 4)
    at += 4 + record.byteLength
    // as text and back: half the time of a Buffer made for each record
    digests.write(digestOnce('sha256', record, 'hex'), i * digestBytes, digestBytes, 'hex')
  }
  const data = size <= compressHere ? deflateRawSync(raw, { level }) : await deflateAsync(raw, { level })
  return { data, digests, records: records.length, rawBytes: size }
}

/** @throws Error naming what is wrong when the bytes are not a whole block of `count` records */
export function unpackRecords(data: Uint8Array, count: number): Buffer[] {
  const raw = inflateRawSync(data)
  const records = splitRecords(raw)
  if (records.whole && records.list.length === count) return records.list
  throw new Error(`块内应有 ${count} 条记录，读出 ${records.list.length} 条`)
}

function splitRecords(raw: Buffer): { list: Buffer[]; whole: boolean } {
  const list: Buffer[] = []
  let at = 0
  while (at + 4 <= raw.byteLength) {
    const end = at + 4 + raw.readUInt32LE(at)
    if (end > raw.byteLength) break
    list.push(raw.subarray(at + 4, end))
    at = end
  }
  return { list, whole: at === raw.byteLength }
}

export function genesisHash(day: string, previous: Uint8Array): Buffer {
  return sha256(Buffer.concat([Buffer.from(`shanshui journal day\n${day}\n`), previous]))
}

export function rootHash(day: string, blocks: number, records: number, head: Uint8Array): Buffer {
  return sha256(Buffer.concat([Buffer.from(`shanshui journal seal\n${day}\n${blocks}\n${records}\n`), head]))
}

/** One line a field, in this order; part of the documented format. */
export function headerText(header: BlockHeader): string {
  return [
    'shanshui journal block 1',
    header.id,
    header.day,
    header.seq,
    header.kind,
    JSON.stringify(header.source),
    header.entry,
    header.part,
    header.parts,
    header.receivedFromMs,
    header.receivedToMs,
    header.records,
    header.rawBytes,
    '',
  ].join('\n')
}

/** Hash from the parts' digests, which is all that a thin block of an evidence bundle carries. */
export function blockHashOf(
  previous: Uint8Array,
  header: BlockHeader,
  digestsSha: Uint8Array,
  dataSha: Uint8Array,
): Buffer {
  return sha256(Buffer.concat([previous, Buffer.from(headerText(header)), digestsSha, dataSha]))
}

export function blockHash(
  previous: Uint8Array,
  header: BlockHeader,
  packed: Pick<PackedRecords, 'data' | 'digests'>,
): Buffer {
  return blockHashOf(previous, header, sha256(packed.digests), sha256(packed.data))
}

export const shaOf = sha256

export interface DamagedRecord {
  /** First record that is not as written; undefined when the records are whole and only the header was changed. */
  readonly record: number | undefined
  readonly what: string
}

/** Names what is wrong inside a block whose hash does not fit: the first record whose bytes differ from its digest. */
export function locateDamage(data: Uint8Array, digests: Uint8Array, count: number): DamagedRecord {
  const { raw, complete } = inflateAsFarAsPossible(data)
  const { list, whole } = splitRecords(raw)
  for (let i = 0; i < count; i++) {
    const record = list[i]
    if (record === undefined) return { record: i, what: `第 ${i + 1} 条记录读不出来（压缩数据损坏）` }
    const expected = Buffer.from(digests.subarray(i * digestBytes, (i + 1) * digestBytes))
    if (!sha256(record).subarray(0, digestBytes).equals(expected))
      return { record: i, what: `第 ${i + 1} 条记录与其摘要不符` }
  }
  if (!whole || list.length !== count)
    return { record: list.length - 1, what: `块内记录数不符：应为 ${count}，读出 ${list.length}` }
  if (!complete) return { record: count - 1, what: '压缩流的结尾在最后一条记录之后被改动，记录内容完好' }
  return { record: undefined, what: '记录内容完好；块头（时间、来源、序号、散列）或压缩流的填充位被改动' }
}

/** A flipped byte breaks the stream somewhere: everything before it can still be read. */
function inflateAsFarAsPossible(data: Uint8Array): { raw: Buffer; complete: boolean } {
  try {
    return { raw: inflateRawSync(data), complete: true }
  } catch {
    return { raw: inflatePrefix(data), complete: false }
  }
}

function inflatePrefix(data: Uint8Array): Buffer {
  // the longest prefix that still inflates: Z_SYNC_FLUSH makes zlib hand over what it has
  let low = 0
  let high = data.byteLength
  let best: Buffer = Buffer.alloc(0)
  while (low < high) {
    const middle = (low + high + 1) >> 1
    const got = tryInflate(data.subarray(0, middle))
    if (got === undefined) high = middle - 1
    else {
      best = got
      low = middle
    }
  }
  return best
}

const syncFlush = 2

function tryInflate(data: Uint8Array): Buffer | undefined {
  try {
    return inflateRawSync(data, { finishFlush: syncFlush })
  } catch {
    return undefined
  }
}
