/** Reports. */
import type { ErrorEntry } from './entry.ts'

export const reportsErrors = {
  'report.unknown': {
    status: 404,
    title: '没有这份报告',
    en: 'No such report',
    advice: '刷新报告列表。',
  },
  'report.frozen': {
    status: 409,
    title: '报告已定稿，不能修改',
    en: 'The report is frozen and cannot be changed',
    advice: '需要更正时另起草一份，两份都会保留。',
  },
  'report.stale': {
    status: 409,
    title: '报告中有过期数据项，不能定稿',
    en: 'The report has stale figures and cannot be frozen',
    advice: '先更新草稿，核对变化后再定稿。',
  },
  'report.changed-meanwhile': {
    status: 412,
    title: '草稿已被他人修改',
    en: 'Somebody else changed the draft first',
    advice: '刷新后核对最新内容再定稿。',
  },
  'report.no-data': {
    status: 422,
    title: '数据不足，不能起草报告',
    en: 'There are not enough data to draft the report',
    advice: '先导入该年及上年的数据。',
  },
} as const satisfies Record<string, ErrorEntry>
