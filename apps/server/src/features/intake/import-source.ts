/** A file as it stands in the journal, ready to be read again: by the import job, and by a replay. */

import readXlsxFile from 'read-excel-file/node'
import { archiveFault } from '../../platform/archive.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { type FileHeader, readHeader } from './file-header.ts'
import type { HourLabel } from './file-time.ts'
import { blocksOfEntry } from './journal.repository.ts'
import { unpackRecords } from './journal-block.ts'
import { msgOf } from './journal-verify.ts'
import { type PeerHeader, readPeerHeader } from './peer-file.ts'
import {
  csvCell,
  decodeText,
  firstLines,
  linesOf,
  looksLikeXlsx,
  separatorOf,
  splitLine,
  type TextEncoding,
} from './table-text.ts'

export type ImportKind = 'air-hours' | 'peer-indexes'

/** First record of a file entry in the journal. */
export interface FileCard {
  readonly name: string
  readonly kind: ImportKind
  readonly hourLabel: HourLabel
  readonly bytes: number
  readonly sha256: string
  readonly by: string
}

export interface ImportSource {
  readonly entry: bigint
  readonly card: FileCard
  readonly encoding: TextEncoding
  readonly separator: ',' | '\t'
  readonly totalLines: number
  lines(): Iterable<{ line: number; text: string }>
  /** Journal record that holds a line; for XLSX, whose lines are not bytes, the file's first record. */
  msgOfLine(line: number): bigint
}

/** @throws AppError intake.file-unreadable */
export async function openImportSource(q: Queryable, entry: bigint): Promise<ImportSource> {
  const { card, slices, msgs } = await readFileEntry(q, entry)
  const bytes = Buffer.concat(slices)
  if (looksLikeXlsx(bytes)) return xlsxSource(entry, card, bytes, msgs[0] ?? msgOf(entry, 0))
  const { text, encoding } = decodeText(bytes)
  const first = text.slice(0, text.indexOf('\n') < 0 ? undefined : text.indexOf('\n'))
  const starts = firstLines(slices)
  let slice = 0
  return {
    entry,
    card,
    encoding,
    separator: separatorOf(first),
    totalLines: countLines(text),
    lines: () => linesOf(text),
    msgOfLine(line) {
      if ((starts[slice] ?? 1) > line) slice = 0
      while (slice + 1 < starts.length && (starts[slice + 1] as number) <= line) slice += 1
      return msgs[slice] ?? msgOf(entry, 0)
    },
  }
}

async function readFileEntry(
  q: Queryable,
  entry: bigint,
): Promise<{ card: FileCard; slices: Buffer[]; msgs: bigint[] }> {
  const slices: Buffer[] = []
  const msgs: bigint[] = []
  let card: FileCard | undefined
  for await (const block of blocksOfEntry(q, entry)) {
    for (const [i, record] of unpackRecords(block.data, block.records).entries()) {
      if (card === undefined) {
        card = JSON.parse(record.toString()) as FileCard
        continue
      }
      slices.push(record)
      msgs.push(msgOf(block.id, i))
    }
  }
  if (card === undefined) throw new AppError('intake.record-unknown', { detail: `文件条目 ${entry}` })
  return { card, slices, msgs }
}

function countLines(text: string): number {
  let lines = text.length === 0 || text.endsWith('\n') ? 0 : 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1
  return lines
}

async function xlsxSource(entry: bigint, card: FileCard, bytes: Buffer, msg: bigint): Promise<ImportSource> {
  const fault = await archiveFault(bytes)
  if (fault !== undefined) throw new AppError('intake.file-unreadable', { detail: `${card.name}：${fault}` })
  const rows = await readXlsxFile(bytes).catch((error: unknown) => {
    throw new AppError('intake.file-unreadable', {
      detail: `${card.name}：${(error as Error).message}`,
      cause: error,
    })
  })
  const sheet = rows[0]?.data ?? []
  const lines = sheet.map((row) => row.map((cell) => csvCell(cellText(cell))).join(','))
  return {
    entry,
    card,
    encoding: 'XLSX',
    separator: ',',
    totalLines: lines.length,
    lines: () => lines.map((text, i) => ({ line: i + 1, text })),
    msgOfLine: () => msg,
  }
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (!(cell instanceof Date)) return String(cell)
  // the reader gives a sheet's local time as UTC
  const text = new Date(Math.round(cell.getTime() / 1000) * 1000).toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 16).replace('T', ' ')
}

const headerSearchLines = 5

/** Header of an air file within its first lines (a title may stand above it). @throws AppError intake.header-unknown */
export function findAirHeader(source: ImportSource): { header: FileHeader; line: number } {
  return findHeader(source, readHeader)
}

export function findPeerHeader(source: ImportSource): { header: PeerHeader; line: number } {
  return findHeader(source, readPeerHeader)
}

function findHeader<T>(
  source: ImportSource,
  read: (cells: readonly string[]) => T | undefined,
): { header: T; line: number } {
  let firstText = ''
  for (const { line, text } of source.lines()) {
    firstText ||= text
    const header = read(splitLine(text, source.separator))
    if (header !== undefined) return { header, line }
    if (line >= headerSearchLines) break
  }
  throw new AppError('intake.header-unknown', { detail: `第一行是“${firstText.slice(0, 120)}”` })
}
