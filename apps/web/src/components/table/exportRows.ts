import { saveBlob } from '../../api/download.ts'
import { type Column, cellText, headText } from './column.ts'

/** A cell that a spreadsheet would take for a formula is written as text (CWE-1236). */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[-+]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** What is shown, as CSV with a byte order mark, which desktop spreadsheets need for Chinese. */
export function toCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [columns.map((column) => csvCell(headText(column))).join(',')]
  for (const row of rows) {
    lines.push(
      columns.map((column) => csvCell(column.value(row) === null ? '' : cellText(column, row))).join(','),
    )
  }
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

export function exportCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[], name: string): void {
  saveBlob(new Blob([toCsv(columns, rows)], { type: 'text/csv;charset=utf-8' }), `${name}.csv`)
}

/** Numbers stay numbers, with the standard's decimals as cell format. */
export async function exportXlsx<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  name: string,
): Promise<void> {
  const { default: writeXlsxFile } = await import('write-excel-file/browser')
  const head = columns.map((column) => ({ value: headText(column), fontWeight: 'bold' as const }))
  const body = rows.map((row) =>
    columns.map((column) => {
      const value = column.value(row)
      if (value === null) return null
      if (typeof value === 'number' && column.decimals !== undefined) {
        const format = column.decimals === 0 ? '0' : `0.${'0'.repeat(column.decimals)}`
        return { value: Number(cellText(column, row)), type: Number, format }
      }
      return { value: cellText(column, row), type: String }
    }),
  )
  const blob = await writeXlsxFile([head, ...body], { sheet: name.slice(0, 31) }).toBlob()
  saveBlob(blob, `${name}.xlsx`)
}
