/** What people are told of a lead, once for each change of state. */
import { type LeadLevelName, leadLevelTitles } from '@shanshui/contract'
import type { Trx } from '../../platform/db/index.ts'
import type { NoticeDraft } from '../identity/index.ts'

/** Puts a notice into the outbox in the same transaction. */
export type Notify = (trx: Trx, notice: NoticeDraft) => Promise<unknown>

/** What happened long ago, as when a year is scanned for the first time, is in the list and rings no bell. */
const newsForMs = 7 * 86_400_000

export interface NoticeOf {
  readonly leadId: number
  readonly openings: number
  readonly regionCode: number
  readonly level: LeadLevelName
  readonly what: 'opened' | 'escalated' | 'reminded' | 'unanswered'
  readonly featureName: string
  readonly ruleTitle: string
  readonly explanation: string
  readonly toMs: number
}

const heads = {
  opened: '新线索',
  escalated: '线索升级',
  reminded: '线索待签收',
  unanswered: '线索逾期未签收',
} as const

/** Undefined where nobody need be disturbed: a lead of level `watch`, or old news. */
export function noticeOf(about: NoticeOf, nowMs: number): NoticeDraft | undefined {
  if (about.level === 'watch' && about.what !== 'unanswered') return undefined
  if (nowMs - about.toMs > newsForMs && (about.what === 'opened' || about.what === 'escalated'))
    return undefined
  return {
    topic: 'lead',
    // Who is asked in vain answers for it one level up: the heads, who decide on totals and freeze reports.
    to: {
      permission: about.what === 'unanswered' ? 'total:review' : 'lead:handle',
      regionCode: about.regionCode,
    },
    title: `${heads[about.what]}（${leadLevelTitles[about.level].zh}）：${about.featureName} ${about.ruleTitle}`,
    body: about.explanation,
    link: `/leads?lead=${about.leadId}`,
    dedupeKey: `lead:${about.leadId}:${about.openings}:${about.what}:${about.level}`,
  }
}
