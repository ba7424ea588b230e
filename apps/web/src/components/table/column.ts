import type { ReactNode } from 'react'
import { formatNumber, NO_VALUE } from '../../format/number.ts'

export type CellValue = string | number | boolean | null

export interface Column<Row> {
  readonly key: string
  readonly title: string
  /** Printed in the head, never in the cells. */
  readonly unit?: string
  /** Given for numbers: right-aligned with these decimals. */
  readonly decimals?: number
  /** The plain value: what is sorted, filtered and exported. */
  readonly value: (row: Row) => CellValue
  /** How the cell looks; without it the value is printed. */
  readonly render?: (row: Row) => ReactNode
  /** Not shown until chosen. */
  readonly hidden?: boolean
  /** Offers its distinct values as a filter. */
  readonly choices?: boolean
  readonly align?: 'left' | 'right' | 'center'
  readonly width?: number | string
  /** Short words and times that must not wrap. */
  readonly oneLine?: boolean
}

export function isNumeric<Row>(column: Column<Row>): boolean {
  return column.decimals !== undefined
}

/** The cell in words, as shown, filtered and exported to CSV. */
export function cellText<Row>(column: Column<Row>, row: Row): string {
  const value = column.value(row)
  if (value === null || value === '') return NO_VALUE
  if (typeof value === 'number' && column.decimals !== undefined) return formatNumber(value, column.decimals)
  return String(value)
}

export interface Sorting {
  readonly key: string
  readonly descending: boolean
}

/** `-aqi` ↔ { key: 'aqi', descending: true }: the form in the address bar. */
export function parseSorting(text: string): Sorting | undefined {
  if (text === '') return undefined
  return text.startsWith('-') ? { key: text.slice(1), descending: true } : { key: text, descending: false }
}

/** Missing values go last whichever way the column is sorted: a gap is not a small number. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorting: Sorting | undefined,
): Row[] {
  const column = columns.find((candidate) => candidate.key === sorting?.key)
  if (column === undefined || sorting === undefined) return [...rows]
  const direction = sorting.descending ? -1 : 1
  return [...rows].sort((a, b) => {
    const x = column.value(a)
    const y = column.value(b)
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1
    if (typeof x === 'number' && typeof y === 'number') return (x - y) * direction
    return String(x).localeCompare(String(y), 'zh-CN', { numeric: true }) * direction
  })
}

/** Every word of the filter must occur in some shown cell; `choices` demands equality in its column. */
export function filterRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  words: string,
  choices: Readonly<Record<string, string>>,
): Row[] {
  const wanted = words
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return rows.filter((row) => {
    for (const column of columns) {
      const choice = choices[column.key]
      if (choice !== undefined && cellText(column, row) !== choice) return false
    }
    if (wanted.length === 0) return true
    const cells = columns.map((column) => cellText(column, row).toLocaleLowerCase())
    return wanted.every((word) => cells.some((cell) => cell.includes(word)))
  })
}

export function headText<Row>(column: Column<Row>): string {
  return column.unit === undefined ? column.title : `${column.title}（${column.unit}）`
}
