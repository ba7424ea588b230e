/** Targets. */
import type { ErrorEntry } from './entry.ts'

export const targetsErrors = {
  'target.unknown': {
    status: 404,
    title: '没有这个目标',
    en: 'No such target',
    advice: '刷新目标列表。',
  },
  'target.indicator-unknown': {
    status: 422,
    title: '不能以该指标设定目标',
    en: 'A target cannot be set on this indicator',
    advice: '可用的指标见目标列表的 indicators。',
  },
  'target.exists': {
    status: 409,
    title: '该指标当年已有目标',
    en: 'The indicator has a target for the year already',
    advice: '修改已有目标，或先撤销。',
  },
  'target.changed-meanwhile': {
    status: 412,
    title: '目标已被他人修改',
    en: 'Somebody else changed the target first',
    advice: '刷新后在最新内容上修改。',
  },
} as const satisfies Record<string, ErrorEntry>
