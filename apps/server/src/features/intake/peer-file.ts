/** Indexes that other cities publish: `period,city,index[,pm25,pm10,so2,no2,co,o3,优良天数比例]`. Pure. */
import { itemOf, plainName } from './file-header.ts'
import { type Period, parsePeriod } from './file-time.ts'
import type { LineError } from './station-file.ts'
import type { TableLine } from './table-text.ts'

export const peerValues = ['composite', 'pm25', 'pm10', 'so2', 'no2', 'co', 'o3', 'excellentRatio'] as const
export type PeerValue = (typeof peerValues)[number]

export interface PeerRow {
  readonly line: number
  readonly city: string
  readonly period: Period
  readonly values: Readonly<Partial<Record<PeerValue, number | null>>>
}

const periodNames = new Set(['period', '时段', '期次', '统计时段', '时间', '月份', '年份', '年度'])
const cityNames = new Set(['city', 'citycode', '城市', '城市名称', '地区', '市州', '城市编码'])
const indexNames = new Set([
  'index',
  'composite',
  'compositeindex',
  '综合指数',
  '环境空气质量综合指数',
  '空气质量综合指数',
])
const ratioNames = new Set(['excellentratio', '优良天数比例', '优良率', '优良天数比率'])

type Column = 'period' | 'city' | PeerValue | undefined

export interface PeerHeader {
  readonly cells: readonly string[]
  readonly columns: readonly Column[]
}

function columnOf(name: string): Column {
  const plain = plainName(name)
  if (periodNames.has(plain)) return 'period'
  if (cityNames.has(plain)) return 'city'
  if (indexNames.has(plain)) return 'composite'
  if (ratioNames.has(plain)) return 'excellentRatio'
  if (plain === 'o38h' || plain === 'o38h90') return 'o3'
  return itemOf(name)
}

/** The header, or undefined when period, city or any value is missing. */
export function readPeerHeader(cells: readonly string[]): PeerHeader | undefined {
  const columns = cells.map(columnOf)
  const values = columns.filter((c) => c !== undefined && c !== 'period' && c !== 'city')
  if (!columns.includes('period') || !columns.includes('city') || values.length === 0) return undefined
  return { cells, columns }
}

/** One line, or the first error in it. */
export function readPeerLine(header: PeerHeader, row: TableLine): PeerRow | LineError {
  const fail = (column: number, reason: string): LineError => ({
    line: row.line,
    column: header.cells[column] ?? '',
    value: row.cells[column] ?? '',
    reason,
    text: row.text,
  })
  const periodAt = header.columns.indexOf('period')
  const period = parsePeriod(row.cells[periodAt] ?? '')
  if (period === undefined) return fail(periodAt, '时段写法应如 2022、2022-03、2022年1-6月')
  const cityAt = header.columns.indexOf('city')
  const city = row.cells[cityAt] ?? ''
  if (city === '') return fail(cityAt, '没有城市')
  const values: Partial<Record<PeerValue, number | null>> = {}
  for (const [i, column] of header.columns.entries()) {
    if (column === undefined || column === 'period' || column === 'city') continue
    const cell = (row.cells[i] ?? '').replace(/%$/, '')
    if (cell === '' || cell === '-' || cell === '—') {
      values[column] = null
      continue
    }
    const value = Number(cell)
    if (!(value >= 0 && Number.isFinite(value))) return fail(i, '不是非负数')
    values[column] = value
  }
  return { line: row.line, city, period, values }
}
