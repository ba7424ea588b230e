/** Execution reports from a file: one row an outlet, month and pollutant; what cannot be read is named line by line. */
import type { ExecutionReportInput, LineError } from '@shanshui/contract'
import { periodOf } from '@shanshui/standards'
import { AppError } from '../../platform/errors.ts'
import { largestRows, sheetRows } from '../../platform/sheet.ts'
import { decodeText, looksLikeXlsx, separatorOf, splitLine, type TableLine } from '../intake/index.ts'

const names = {
  permit: ['permit', '许可证编号', '排污许可证编号'],
  period: ['period', '报告类型', '报告周期'],
  from: ['from', '报告期起', '报告期'],
  outlet: ['outlet', '排放口编号', '排放口'],
  month: ['month', '月份'],
  pollutant: ['pollutant', '污染物'],
  tonnes: ['tonnes', '实际排放量', '实际排放量（吨）', '排放量'],
} as const
type Column = keyof typeof names
const columns = Object.keys(names) as Column[]
const periods: Readonly<Record<string, 'year' | 'quarter' | 'month'>> = {
  year: 'year',
  quarter: 'quarter',
  month: 'month',
  年报: 'year',
  季报: 'quarter',
  月报: 'month',
}
/** A row without outlet states the plant's total. */
const totalWords = new Set(['', '全厂', '合计', 'total'])

export interface ReadReport {
  readonly permitNumber: string
  readonly input: Omit<ExecutionReportInput, 'permitId'>
  /** Line of the first row. */
  readonly line: number
  /** Lines with errors: the report is not stored. */
  readonly faulty: boolean
}

/** Errors: `permit.report-file`. */
export async function readReports(
  bytes: Uint8Array,
): Promise<{ reports: ReadReport[]; rows: number; errors: LineError[] }> {
  const lines = await linesOf(bytes)
  const [head, ...body] = lines
  if (head === undefined) throw new AppError('permit.report-file', { detail: '文件是空的' })
  const at = headOf(head.cells)
  const drafts = new Map<string, Draft>()
  const errors: LineError[] = []
  for (const line of body) readLine(line, at, drafts, errors)
  const reports = [...drafts.values()].map(toReport)
  return { reports, rows: body.length, errors }
}

async function linesOf(bytes: Uint8Array): Promise<TableLine[]> {
  if (bytes.byteLength === 0) throw new AppError('permit.report-file', { detail: '文件是空的' })
  const lines = looksLikeXlsx(bytes) ? await sheetLines(bytes) : textLines(bytes)
  if (lines.length > largestRows)
    throw new AppError('permit.report-file', { detail: `超过 ${largestRows} 行` })
  return lines
}

async function sheetLines(bytes: Uint8Array): Promise<TableLine[]> {
  const rows = await sheetRows(bytes, 'permit.report-file')
  return rows.map((cells, index) => ({ line: index + 1, text: cells.join(','), cells }))
}

function textLines(bytes: Uint8Array): TableLine[] {
  const { text } = decodeText(bytes)
  const raw = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)
  const separator = separatorOf(raw[0] ?? '')
  return raw.flatMap((line, index) =>
    line.trim() === '' ? [] : [{ line: index + 1, text: line, cells: splitLine(line, separator) }],
  )
}

function headOf(cells: readonly string[]): Readonly<Record<Column, number>> {
  const places = columns.map((column) => {
    const known: readonly string[] = names[column]
    return [column, cells.findIndex((cell) => known.includes(cell))] as const
  })
  const missing = places
    .filter(([, place]) => place < 0)
    .map(([column]) => names[column].slice(0, 2).join('/'))
  if (missing.length > 0)
    throw new AppError('permit.report-file', { detail: `表头缺少 ${missing.join('、')}` })
  return Object.fromEntries(places) as Record<Column, number>
}

interface Draft {
  readonly permitNumber: string
  readonly period: 'year' | 'quarter' | 'month'
  readonly periodFrom: string
  readonly line: number
  readonly rows: ExecutionReportInput['rows']
  readonly totals: ExecutionReportInput['totals']
  faulty: boolean
}

function readLine(
  { line, cells }: TableLine,
  at: Readonly<Record<Column, number>>,
  drafts: Map<string, Draft>,
  errors: LineError[],
): void {
  const cell = (column: Column) => (cells[at[column]] ?? '').trim()
  const faults: LineError[] = []
  const fault = (column: Column, reason: string) =>
    faults.push({ line, column: names[column][0], value: cell(column), reason })
  const period = periods[cell('period')]
  if (period === undefined) fault('period', '应为 year、quarter、month 或 年报、季报、月报')
  const from = /^(\d{4})-(\d{2})(-\d{2})?$/.exec(cell('from'))
  if (from === null || Number(from[2]) < 1 || Number(from[2]) > 12)
    fault('from', '应写作 2022-01-01 或 2022-01')
  const permitNumber = cell('permit')
  if (permitNumber === '') fault('permit', '没有许可证编号')
  const tonnes = Number(cell('tonnes'))
  if (cell('tonnes') === '' || !Number.isFinite(tonnes)) fault('tonnes', '应为数字')
  else if (tonnes < 0) fault('tonnes', '实际排放量不能为负')
  const pollutant = cell('pollutant')
  if (pollutant === '' || pollutant.length > 20) fault('pollutant', '没有污染物名称')
  const outletNumber = cell('outlet')
  const isTotal = totalWords.has(outletNumber)
  const month = cell('month').slice(0, 7)
  if (!isTotal && !/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) fault('month', '应写作 2022-01')
  errors.push(...faults)
  if (period === undefined || from === null || permitNumber === '') return
  const periodFrom = periodOf(`${from[1]}-${from[2]}-01`, period).from
  const key = `${permitNumber} ${period} ${periodFrom}`
  const draft = drafts.get(key) ?? {
    permitNumber,
    period,
    periodFrom,
    line,
    rows: [],
    totals: [],
    faulty: false,
  }
  drafts.set(key, draft)
  if (faults.length > 0) draft.faulty = true
  else if (isTotal) draft.totals.push({ pollutant, tonnes })
  else draft.rows.push({ outletNumber, month, pollutant, tonnes })
}

function toReport({ permitNumber, line, faulty, period, periodFrom, rows, totals }: Draft): ReadReport {
  // A file of rows alone makes no statement about ledgers; the record of them is another obligation.
  return { permitNumber, line, faulty, input: { period, periodFrom, rows, totals, ledgerKept: true } }
}
