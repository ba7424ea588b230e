/** States of a lead and what leads from one to the other; data, walked edge by edge in the test. */
import { activeLeadStates, type LeadStateName } from '@shanshui/contract'

export const leadActions = ['acknowledge', 'watch', 'confirm', 'dismiss', 'reopen', 'outcome'] as const
export type LeadAction = (typeof leadActions)[number]

export interface Edge {
  readonly from: readonly LeadStateName[]
  /** undefined: the state stays. */
  readonly to: LeadStateName | undefined
  /** Name of the step in the history. */
  readonly kept: string
}

const closed = ['confirmed', 'dismissed', 'calmed'] as const

export const edges: Readonly<Record<LeadAction, Edge>> = {
  acknowledge: { from: ['open'], to: 'acknowledged', kept: 'acknowledged' },
  watch: { from: ['open', 'acknowledged'], to: 'watching', kept: 'watched' },
  confirm: { from: activeLeadStates, to: 'confirmed', kept: 'confirmed' },
  dismiss: { from: activeLeadStates, to: 'dismissed', kept: 'dismissed' },
  reopen: { from: closed, to: 'open', kept: 'reopened' },
  outcome: { from: closed, to: undefined, kept: 'outcome' },
}

export const allowedIn = (state: LeadStateName): LeadAction[] =>
  leadActions.filter((action) => edges[action].from.includes(state))

/** Steps of the history in the words of the bureau. */
export const stepTitles: Readonly<Record<string, string>> = {
  opened: '提出线索',
  continued: '继续触发',
  escalated: '等级升高',
  'de-escalated': '等级降低',
  acknowledged: '签收',
  watched: '转为持续关注',
  confirmed: '确认',
  dismissed: '排除',
  reopened: '重新打开',
  calmed: '自动解除',
  reminded: '提醒签收',
  unanswered: '逾期未签收，提醒上一级',
  outcome: '登记核查结论',
}
