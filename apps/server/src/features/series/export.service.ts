/** Observations as files: CSV (UTF-8 with mark, or GB18030 for older office programs) and XLSX. */
import type { ExportQuery } from '@shanshui/contract'
import { airItemInfo, itemByCode, parameterByCode } from '@shanshui/standards'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'
import type { Actor } from '../../platform/actor.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import type { Point } from '../registry/index.ts'
import { isoOf } from './civil-time.ts'
import { encodeGb18030 } from './gb18030.ts'
import { observationTable } from './read.service.ts'
import type { Period, SeriesTable } from './series.table.ts'

type ExportDeps = Pick<Deps, 'db' | 'clock'>

export interface ExportFile {
  readonly name: string
  readonly bytes: Buffer
}

const longestRows = 100_000
const byteOrderMark = '\ufeff'
const periodNames: Readonly<Record<Period, string>> = {
  rt: '实时值',
  min: '分钟值',
  hour: '小时值',
  day: '日均值',
  month: '月均值',
  year: '年均值',
}

/** Name and unit of a factor as a column heading. */
function heading(code: string): string {
  const item = itemByCode(code)
  if (item !== undefined) return `${airItemInfo[item].zh}(${airItemInfo[item].unit})`
  const parameter = parameterByCode(code)
  if (parameter === undefined) return code
  return parameter.unit === null || parameter.unit === '1'
    ? parameter.zh
    : `${parameter.zh}(${parameter.unit})`
}

async function load(deps: ExportDeps, actor: Actor, pointId: number, query: ExportQuery) {
  const loaded = await deps.db.asActor(actor, (trx) => observationTable(trx, pointId, query))
  const rows = loaded.table.startMs.length
  if (rows > longestRows) {
    throw new AppError('series.range-too-long', { detail: `${rows} 行，一次最多导出 ${longestRows} 行` })
  }
  return loaded
}

function fileName(point: Point, query: ExportQuery, extension: string): string {
  return `${point.name}_${periodNames[query.period]}_${query.from.slice(0, 10)}_${query.to.slice(0, 10)}.${extension}`
}

/** Cells by row: start, then value and flag of each factor; a missing value is an empty cell. */
function* cells(table: SeriesTable): Generator<(string | number)[]> {
  const factors = [...table.columns]
  for (let i = 0; i < table.startMs.length; i++) {
    const row: (string | number)[] = [
      isoOf(table.startMs[i] as number)
        .slice(0, 16)
        .replace('T', ' '),
    ]
    for (const [factor, column] of factors) {
      const value = column[i] as number
      const mark = table.marks.get(factor)?.[i] === 'X' ? '无效' : (table.flags.get(factor)?.[i] ?? '').trim()
      row.push(Number.isNaN(value) ? '' : value, mark)
    }
    yield row
  }
}

function headings(table: SeriesTable): string[] {
  return ['时段起始', ...[...table.columns.keys()].flatMap((code) => [heading(code), '标记'])]
}

export async function exportCsv(
  deps: ExportDeps,
  actor: Actor,
  pointId: number,
  query: ExportQuery,
): Promise<ExportFile> {
  const { point, table } = await load(deps, actor, pointId, query)
  const lines = [headings(table).join(',')]
  for (const row of cells(table)) lines.push(row.join(','))
  const text = `${lines.join('\r\n')}\r\n`
  const bytes = query.charset === 'gb18030' ? encodeGb18030(text) : Buffer.from(byteOrderMark + text)
  return { name: fileName(point, query, 'csv'), bytes }
}

export async function exportXlsx(
  deps: ExportDeps,
  actor: Actor,
  pointId: number,
  query: ExportQuery,
): Promise<ExportFile> {
  const { point, table } = await load(deps, actor, pointId, query)
  const data: SheetData = [headings(table).map((value) => ({ value, fontWeight: 'bold' as const }))]
  for (const row of cells(table)) data.push(row.map((value) => (value === '' ? null : { value })))
  const bytes = await writeXlsxFile(data, { sheet: periodNames[query.period], stickyRowsCount: 1 }).toBuffer()
  return { name: fileName(point, query, 'xlsx'), bytes }
}
