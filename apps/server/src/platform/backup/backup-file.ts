/**
 * The backup file: a gzip stream of records. A record is one letter, a 32-bit length and the bytes:
 * `M` manifest (JSON, first), `T` a table begins (JSON), `D` its rows (PostgreSQL binary COPY), `E` the table ends
 * (JSON with row count and SHA-256), `F` a file begins (JSON; its bytes in `D`, its end in `E`), `Z` the end (JSON with the SHA-256 of everything before).
 */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip, type Gzip } from 'node:zlib'
import { AppError } from '../errors.ts'

/** 2: files of the data folder (evidence) after the tables. */
export const backupFormat = 2
const magic = Buffer.from('SHANSHUI BACKUP\n')
const recordHeadBytes = 5
/** A longer record is damage, not data: writers cut rows into smaller pieces. */
const longestRecordBytes = 64 * 1_048_576
const pieceBytes = 1_048_576
/** Numbers and already compressed blocks: a higher level costs time and saves little. */
const gzipLevel = 4

export interface TableBegin {
  readonly name: string
  readonly columns: readonly string[]
}
export interface TableEnd {
  readonly name: string
  readonly rows: number
  readonly bytes: number
  readonly sha256: string
}
export interface Partition {
  readonly name: string
  readonly parent: string
  readonly bound: string
  readonly rowSecurity: boolean
}
export interface Manifest {
  readonly format: number
  readonly version: string
  readonly madeAt: string
  readonly server: string
  readonly migrations: readonly { version: number; name: string; checksum: string }[]
  readonly partitions: readonly Partition[]
  readonly tables: readonly string[]
  readonly sequences: readonly { name: string; last: string }[]
}

export type BackupRecord =
  | { readonly kind: 'manifest'; readonly manifest: Manifest }
  | { readonly kind: 'begin'; readonly table: TableBegin }
  | { readonly kind: 'file'; readonly name: string }
  | { readonly kind: 'rows'; readonly bytes: Buffer }
  | { readonly kind: 'end'; readonly table: TableEnd }

export interface BackupWriter {
  manifest(manifest: Manifest): Promise<void>
  begin(table: TableBegin): Promise<void>
  rows(bytes: Buffer): Promise<void>
  /** A file begins; its bytes go in by `rows`, its end by `end`. */
  file(name: string): Promise<void>
  end(table: TableEnd): Promise<void>
  /** Ends the file and puts it in its place; returns its size in bytes. */
  finish(): Promise<number>
  /** Removes what was written. */
  abandon(): Promise<void>
}

/** Writes beside the target and renames at the end: a file under the final name is always whole. */
export function writeBackup(file: string): BackupWriter {
  const draft = `${file}.part`
  const gzip = createGzip({ level: gzipLevel })
  // Holds password hashes and personal data.
  const target = createWriteStream(draft, { mode: 0o600 })
  const written = pipeline(gzip, target)
  written.catch(() => undefined)
  const whole = createHash('sha256')
  let started = false

  async function record(letter: string, bytes: Buffer): Promise<void> {
    if (!started) {
      started = true
      await push(gzip, magic, written)
    }
    const head = Buffer.alloc(recordHeadBytes)
    head.write(letter, 0, 'latin1')
    head.writeUInt32BE(bytes.length, 1)
    whole.update(head).update(bytes)
    await push(gzip, head, written)
    await push(gzip, bytes, written)
  }
  const json = (value: unknown) => Buffer.from(JSON.stringify(value))
  return {
    manifest: (manifest) => record('M', json(manifest)),
    begin: (table) => record('T', json(table)),
    async rows(bytes) {
      for (let from = 0; from < bytes.length; from += pieceBytes) {
        await record('D', bytes.subarray(from, from + pieceBytes))
      }
    },
    file: (name) => record('F', json({ name })),
    end: (table) => record('E', json(table)),
    async finish() {
      await record('Z', json({ sha256: whole.copy().digest('hex') }))
      gzip.end()
      await written
      const handle = await open(draft, 'r+')
      await handle.sync()
      const { size } = await handle.stat()
      await handle.close()
      await rename(draft, file)
      return size
    },
    async abandon() {
      gzip.destroy()
      target.destroy()
      await written.catch(() => undefined)
      await rm(draft, { force: true })
    },
  }
}

/** Writes with back-pressure; fails when the disk does. */
async function push(gzip: Gzip, bytes: Buffer, written: Promise<void>): Promise<void> {
  if (gzip.write(bytes)) return
  await Promise.race([once(gzip, 'drain'), written])
}

const damaged = (detail: string) => new AppError('backup.damaged', { detail })

/**
 * Reads the records of a file and checks every checksum on the way.
 * @throws AppError `backup.damaged` with what does not fit, `backup.newer` for a later format
 */
export async function* readBackup(file: string): AsyncGenerator<BackupRecord> {
  const source = createReadStream(file, { highWaterMark: pieceBytes })
  const gunzip = createGunzip({ chunkSize: pieceBytes })
  const read = pipeline(source, gunzip)
  read.catch(() => undefined)
  const whole = createHash('sha256')
  let table: { hash: ReturnType<typeof createHash>; bytes: number } | undefined
  let finished = false
  for await (const { letter, head, bytes } of records(gunzip)) {
    if (finished) throw damaged('结束标记之后还有内容')
    if (letter === 'Z') {
      if (parse<{ sha256: string }>(bytes).sha256 !== whole.digest('hex')) throw damaged('全文校验和不一致')
      finished = true
      continue
    }
    whole.update(head).update(bytes)
    if (letter === 'M') yield { kind: 'manifest', manifest: checkManifest(parse<Manifest>(bytes)) }
    else if (letter === 'T') {
      table = { hash: createHash('sha256'), bytes: 0 }
      yield { kind: 'begin', table: parse<TableBegin>(bytes) }
    } else if (letter === 'F') {
      table = { hash: createHash('sha256'), bytes: 0 }
      yield { kind: 'file', name: parse<{ name: string }>(bytes).name }
    } else if (letter === 'D' && table !== undefined) {
      table.hash.update(bytes)
      table.bytes += bytes.length
      yield { kind: 'rows', bytes }
    } else if (letter === 'E' && table !== undefined) {
      const end = parse<TableEnd>(bytes)
      if (end.sha256 !== table.hash.digest('hex') || end.bytes !== table.bytes)
        throw damaged(`表 ${end.name} 的校验和不一致`)
      yield { kind: 'end', table: end }
    } else throw damaged(`不认识的记录“${letter}”`)
  }
  await read.catch((error: Error) => {
    throw damaged(error.message)
  })
  if (!finished) throw damaged('文件不完整，没有结束标记')
}

async function* records(
  stream: AsyncIterable<Buffer>,
): AsyncGenerator<{ letter: string; head: Buffer; bytes: Buffer }> {
  let rest: Buffer = Buffer.alloc(0)
  let magicSeen = false
  const chunks = stream[Symbol.asyncIterator]()
  for (;;) {
    const chunk = await chunks.next().catch((error: Error) => {
      throw damaged(error.message)
    })
    if (chunk.done === true) break
    rest = rest.length === 0 ? chunk.value : Buffer.concat([rest, chunk.value])
    let at = 0
    if (!magicSeen) {
      if (rest.length < magic.length) continue
      if (!rest.subarray(0, magic.length).equals(magic)) throw damaged('不是山水的备份文件')
      magicSeen = true
      at = magic.length
    }
    while (rest.length - at >= recordHeadBytes) {
      const length = rest.readUInt32BE(at + 1)
      if (length > longestRecordBytes) throw damaged(`记录长度 ${length} 超过上限`)
      if (rest.length - at < recordHeadBytes + length) break
      const head = rest.subarray(at, at + recordHeadBytes)
      const bytes = rest.subarray(at + recordHeadBytes, at + recordHeadBytes + length)
      at += recordHeadBytes + length
      yield { letter: head.toString('latin1', 0, 1), head, bytes }
    }
    rest = rest.subarray(at)
  }
  if (rest.length > 0) throw damaged('文件在一条记录中间断开')
}

function parse<T>(bytes: Buffer): T {
  try {
    return JSON.parse(bytes.toString()) as T
  } catch {
    throw damaged('记录内容不是 JSON')
  }
}

function checkManifest(manifest: Manifest): Manifest {
  if (manifest.format > backupFormat)
    throw new AppError('backup.newer', { detail: `备份格式 ${manifest.format}` })
  return manifest
}
