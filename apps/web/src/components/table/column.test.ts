import { expect, test } from 'vitest'
import { type Column, filterRows, parseSorting, sortRows } from './column.ts'
import { toCsv } from './exportRows.ts'

interface Row {
  readonly name: string
  readonly pm25: number | null
}

const columns: Column<Row>[] = [
  { key: 'name', title: '点位', value: (row) => row.name },
  { key: 'pm25', title: 'PM2.5', unit: 'µg/m³', decimals: 0, value: (row) => row.pm25 },
]
const rows: Row[] = [
  { name: '金河', pm25: 34.5 },
  { name: '石岭', pm25: null },
  { name: '禾川', pm25: 9 },
]

test('numbers are sorted as numbers and a gap stands last both ways', () => {
  const names = (sort: string): string[] => sortRows(rows, columns, parseSorting(sort)).map((row) => row.name)
  expect(names('pm25')).toEqual(['禾川', '金河', '石岭'])
  expect(names('-pm25')).toEqual(['金河', '禾川', '石岭'])
  expect(names('')).toEqual(['金河', '石岭', '禾川'])
})

test('every word of the filter must be found in what is shown', () => {
  expect(filterRows(rows, columns, '金 34', {})).toEqual([rows[0]])
  expect(filterRows(rows, columns, '金 35', {})).toEqual([])
  expect(filterRows(rows, columns, '', { name: '禾川' })).toEqual([rows[2]])
})

test('the export holds what is shown: unit in the head, rounded by GB/T 8170, a gap empty', () => {
  expect(toCsv(columns, rows)).toBe('\uFEFF点位,PM2.5（µg/m³）\r\n金河,34\r\n石岭,\r\n禾川,9\r\n')
})

test('text that a spreadsheet would run as a formula is exported as text', () => {
  expect(toCsv(columns, [{ name: '=1+1', pm25: -3 }])).toContain("'=1+1,-3")
})
