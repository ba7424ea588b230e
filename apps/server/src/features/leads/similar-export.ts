/** The screening list of similar objects as a file. */
import type { SimilarObject } from '@shanshui/contract'
import { type TableFormat, tableFile } from '../../platform/table-file.ts'

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

export const screeningFile = (format: TableFormat, objects: readonly SimilarObject[]): Promise<Buffer> =>
  tableFile(format, '排查清单', heads, cells(objects))
