/** The screening list of similar objects as a file. */
import type { SimilarObject } from '@shanshui/contract'
import writeXlsxFile from 'write-excel-file/node'
import { csvCell } from '../intake/index.ts'

const heads = [
  '序号',
  '对象',
  '编号',
  '排污单位',
  '行政区',
  '相似度',
  '相似理由',
  '未结线索数',
  '未结线索',
  '同类线索曾查实次数',
  '核查人',
  '核查结论',
] as const

/** Two columns are left empty for the officer's pen. */
function cells(objects: readonly SimilarObject[]): (string | number)[][] {
  return objects.map((object, i) => [
    i + 1,
    object.feature.name,
    object.feature.code,
    object.enterprise?.name ?? '',
    object.regionName ?? String(object.regionCode),
    Math.round(object.similarity * 100) / 100,
    object.reasons.map((reason) => reason.text).join('；'),
    object.openLeads.length,
    object.openLeads.map((lead) => `${lead.ruleTitle}${lead.factorName ?? ''}`).join('；'),
    object.confirmedBefore,
    '',
    '',
  ])
}

/** A cell that a spreadsheet would run as a formula gets an apostrophe. */
function safeCell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  return csvCell(/^[=+\-@\t\r]/.test(value) ? `'${value}` : value)
}

export function screeningCsv(objects: readonly SimilarObject[]): Buffer {
  const lines = [heads, ...cells(objects)].map((row) => row.map(safeCell).join(','))
  return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`)
}

export async function screeningXlsx(objects: readonly SimilarObject[]): Promise<Buffer> {
  const header = heads.map((value) => ({ value, fontWeight: 'bold' as const }))
  const body = cells(objects).map((row) => row.map((value) => (value === '' ? null : { value })))
  return writeXlsxFile([header, ...body], { sheet: '排查清单', stickyRowsCount: 1 }).toBuffer()
}
