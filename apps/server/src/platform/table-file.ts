/** Tables as files that a spreadsheet opens: CSV with a byte order mark, XLSX with a fixed head. */
import writeXlsxFile from 'write-excel-file/node'

export type TableCell = string | number | null
const tableFormats = ['csv', 'xlsx'] as const
export type TableFormat = (typeof tableFormats)[number]

export const tableTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const satisfies Record<TableFormat, string>

/** Quoted where it has to be; a text that a spreadsheet would run as a formula gets an apostrophe. */
function csvText(cell: TableCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The table in one of the two forms. `title` names the sheet. */
export async function tableFile(
  format: TableFormat,
  title: string,
  heads: readonly string[],
  rows: readonly (readonly TableCell[])[],
): Promise<Buffer> {
  if (format === 'csv') {
    const lines = [heads, ...rows].map((row) => row.map(csvText).join(','))
    return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`)
  }
  const header = heads.map((value) => ({ value, fontWeight: 'bold' as const }))
  const body = rows.map((row) => row.map((value) => (value === null || value === '' ? null : { value })))
  return writeXlsxFile([header, ...body], { sheet: title.slice(0, 31), stickyRowsCount: 1 }).toBuffer()
}
