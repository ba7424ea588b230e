/** Leads and their rules. */
import type { ErrorEntry } from './entry.ts'

export const leadsErrors = {
  'lead.unknown': {
    status: 404,
    title: '没有这条线索',
    en: 'No such lead',
    advice: '线索可能不在您的数据范围内；刷新线索列表。',
  },
  'lead.changed-meanwhile': {
    status: 412,
    title: '线索已被他人处置',
    en: 'Somebody else changed the lead first',
    advice: '刷新后按最新状态处置。',
  },
  'lead.wrong-state': {
    status: 409,
    title: '当前状态不允许该操作',
    en: 'The state of the lead does not allow this',
    advice: '可用的操作见线索详情的 allowed。',
  },
  'lead.reason-missing': {
    status: 422,
    title: '理由为“其他”时须写明',
    en: 'The reason “other” must be explained',
    advice: '填写说明后再提交。',
  },
  'lead.window-invalid': {
    status: 422,
    title: '扫描时段不正确',
    en: 'The window of the scan is not valid',
    advice: '起始日期不晚于截止日期，时段不超过 400 天。',
  },
  'lead.rule-unknown': {
    status: 404,
    title: '没有这条规则',
    en: 'No such rule',
    advice: '规则清单见 /api/v1/leads/rules。',
  },
  'lead.rule-exists': {
    status: 409,
    title: '规则编号已被使用',
    en: 'The number of the rule is taken',
    advice: '换一个规则编号。',
  },
  'lead.rule-invalid': {
    status: 422,
    title: '规则不符合要求',
    en: 'The rule is not valid',
    advice: '按 errors 中列出的位置改正条件或参数。',
  },
  'lead.rule-changed-meanwhile': {
    status: 412,
    title: '规则已被他人修改',
    en: 'Somebody else changed the rule first',
    advice: '刷新后在最新内容上修改。',
  },
} as const satisfies Record<string, ErrorEntry>
