/** From the bytes of an uploaded file to lines of cells: encoding, separator, quotes. Pure. */

export type TextEncoding = 'UTF-8' | 'GB18030' | 'XLSX'

export interface TableLine {
  /** Physical line of the file (row of the sheet), 1 = first. */
  readonly line: number
  readonly text: string
  readonly cells: readonly string[]
}

/** UTF-8 when the bytes are valid UTF-8 (with or without BOM), GB18030 otherwise. */
export function decodeText(bytes: Uint8Array): { text: string; encoding: TextEncoding } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' }
  } catch {
    return { text: new TextDecoder('gb18030').decode(bytes), encoding: 'GB18030' }
  }
}

/** An XLSX file is a ZIP archive. */
export const looksLikeXlsx = (bytes: Uint8Array): boolean =>
  bytes.byteLength > 4 && bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4

/** Tab when the first line has one and no comma, else comma. */
export const separatorOf = (firstLine: string): ',' | '\t' =>
  firstLine.includes('\t') && !firstLine.includes(',') ? '\t' : ','

/** Cells of one line; quotes as in RFC 4180, spaces around a cell dropped. */
export function splitLine(text: string, separator: ',' | '\t'): string[] {
  if (!text.includes('"')) return text.split(separator).map(trim)
  const cells: string[] = []
  let cell = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string
    if (quoted && char === '"' && text[i + 1] === '"') {
      cell += '"'
      i += 1
    } else if (char === '"') quoted = !quoted
    else if (char === separator && !quoted) {
      cells.push(cell.trim())
      cell = ''
    } else cell += char
  }
  cells.push(cell.trim())
  return cells
}

/** `trim()` for the common case that nothing has to be trimmed. */
function trim(cell: string): string {
  const last = cell.length - 1
  if (last < 0 || (cell.charCodeAt(0) > 32 && cell.charCodeAt(last) > 32 && cell.charCodeAt(last) < 0x3000))
    return cell
  return cell.trim()
}

/** Quotes a cell where RFC 4180 asks for it. */
export const csvCell = (value: string): string =>
  /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value

/** Lines without their end; a last line without line feed counts. */
export function* linesOf(text: string): Generator<{ line: number; text: string }> {
  let at = 0
  for (let line = 1; at < text.length; line++) {
    const end = text.indexOf('\n', at)
    const stop = end < 0 ? text.length : end
    yield { line, text: text.slice(at, stop > at && text.charCodeAt(stop - 1) === 13 ? stop - 1 : stop) }
    at = stop + 1
  }
}

/**
 * Cuts a file into journal records. Text is cut behind a line feed, so that a value's record shows whole lines;
 * byte 0x0A is never part of another character in UTF-8 or GB18030.
 */
export function sliceFile(bytes: Uint8Array, target = 16 * 1024): Uint8Array[] {
  const text = !looksLikeXlsx(bytes)
  const slices: Uint8Array[] = []
  for (let at = 0; at < bytes.byteLength; ) {
    let end = Math.min(bytes.byteLength, at + target)
    if (text && end < bytes.byteLength) {
      const feed = bytes.indexOf(0x0a, end)
      end = feed < 0 ? bytes.byteLength : feed + 1
    }
    slices.push(bytes.subarray(at, end))
    at = end
  }
  return slices
}

/** First line number of each slice. */
export function firstLines(slices: readonly Uint8Array[]): number[] {
  let line = 1
  return slices.map((slice) => {
    const first = line
    for (let i = slice.indexOf(10); i >= 0; i = slice.indexOf(10, i + 1)) line += 1
    return first
  })
}
