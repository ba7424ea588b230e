import type { ErrorCode } from '@shanshui/contract'
import { readSheet } from 'read-excel-file/node'
import { archiveFault } from './archive.ts'
import { AppError } from './errors.ts'

/** More rows than any file of a bureau has; a larger one would hold the process for long. */
export const largestRows = 100_000

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  return String(cell).trim()
}

/** The first sheet of an XLSX file as texts; a date as its day. Errors: `refusal`, saying what is wrong with the file. */
export async function sheetRows(bytes: Uint8Array, refusal: ErrorCode): Promise<string[][]> {
  const fault = await archiveFault(bytes)
  if (fault !== undefined) throw new AppError(refusal, { detail: `不是可读的 XLSX 文件：${fault}` })
  let rows: readonly (readonly unknown[])[]
  try {
    rows = await readSheet(Buffer.from(bytes))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError(refusal, { detail: `不是 XLSX 文件：${reason}` })
  }
  if (rows.length > largestRows) throw new AppError(refusal, { detail: `超过 ${largestRows} 行` })
  return rows.map((row) => row.map(cellText))
}
