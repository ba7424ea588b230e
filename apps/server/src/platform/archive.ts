/**
 * ZIP archives (XLSX) from people, looked at before any library unpacks them: a file of a few hundred kilobytes can
 * hold gigabytes. Entries are read as the central directory names them (APPNOTE 4.3.12), must follow each other
 * without gaps, so that no reader finds another one, and are inflated once to count their bytes, not to keep them.
 */
import { Readable } from 'node:stream'
import { createInflateRaw } from 'node:zlib'

/** A sheet of a million cells is about 40 MB of XML. */
const largestUnpackedBytes = 128 * 1_048_576
const mostEntries = 2_000

interface ArchiveEntry {
  readonly name: string
  readonly offset: number
  readonly method: number
  readonly packed: number
}

const endSignature = 0x06054b50
const directorySignature = 0x02014b50
const localSignature = 0x04034b50
const endLength = 22
const longestComment = 65_535
/** What a writer that streams puts behind an entry: CRC and sizes (APPNOTE 4.3.9). */
const longestDescriptor = 24

/** Why an archive must not be unpacked; undefined for one that is whole and small enough. */
export async function archiveFault(
  bytes: Uint8Array,
  limit = largestUnpackedBytes,
): Promise<string | undefined> {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const directory = readDirectory(archive)
  if (directory === undefined) return '不是完整的 ZIP 文件'
  let left = limit
  for (const [i, entry] of directory.entries.entries()) {
    const nextAt = directory.entries[i + 1]?.offset ?? directory.at
    const data = entryData(archive, entry, nextAt)
    if (data === undefined) return 'ZIP 目录与内容不符'
    left -= await unpackedSize(data, entry.method, left)
    if (left < 0) return `展开后超过 ${Math.round(limit / 1_048_576)} MB`
  }
  return undefined
}

/** Names of the entries, as the central directory has them; undefined for what is no whole archive. */
export function archiveNames(bytes: Uint8Array): string[] | undefined {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return readDirectory(archive)?.entries.map((entry) => entry.name)
}

function readDirectory(archive: Buffer): { at: number; entries: ArchiveEntry[] } | undefined {
  const from = Math.max(0, archive.length - endLength - longestComment)
  let end = archive.length - endLength
  while (end >= from && archive.readUInt32LE(end) !== endSignature) end--
  if (end < from) return undefined
  const count = archive.readUInt16LE(end + 10)
  const at = archive.readUInt32LE(end + 16)
  if (count === 0 || count > mostEntries) return undefined
  const entries: ArchiveEntry[] = []
  for (let p = at; entries.length < count; ) {
    if (p + 46 > end || archive.readUInt32LE(p) !== directorySignature) return undefined
    const lengths = [28, 30, 32].map((field) => archive.readUInt16LE(p + field))
    entries.push({
      name: archive.toString('utf8', p + 46, p + 46 + (lengths[0] ?? 0)),
      method: archive.readUInt16LE(p + 10),
      packed: archive.readUInt32LE(p + 20),
      offset: archive.readUInt32LE(p + 42),
    })
    p += 46 + lengths.reduce((a, b) => a + b, 0)
  }
  entries.sort((a, b) => a.offset - b.offset)
  return entries[0]?.offset === 0 ? { at, entries } : undefined
}

/** The packed bytes of an entry, which ends where the next one begins. */
function entryData(archive: Buffer, entry: ArchiveEntry, nextAt: number): Buffer | undefined {
  const { offset, packed } = entry
  if (offset + 30 > archive.length || archive.readUInt32LE(offset) !== localSignature) return undefined
  const start = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28)
  const gap = nextAt - (start + packed)
  return gap >= 0 && gap <= longestDescriptor ? archive.subarray(start, start + packed) : undefined
}

const deflated = 8

/** Bytes an entry unpacks to; stops counting one past `limit`. What cannot be inflated is left to the reader to refuse. */
async function unpackedSize(data: Buffer, method: number, limit: number): Promise<number> {
  if (method !== deflated) return data.length
  let size = 0
  try {
    for await (const chunk of Readable.from([data]).pipe(createInflateRaw())) {
      size += (chunk as Buffer).length
      if (size > limit) return limit + 1
    }
  } catch {
    return size
  }
  return size
}
