/** Days by which a unit or the authority must act on a permit. */

import { addDays, addMonths, daysBetween } from '../civil-date.ts'
import { type Clause, clauseOf } from '../clause.ts'
import { measuresAt, permitStandards, regulationAt, reportingAt } from './clauses.ts'
import type { ReportDutyRow } from './document.ts'
import { defaultReportDeadlines, reportExemption } from './settings.ts'
import { endOfCalendarDays, endOfWorkingDays, isCalendarKnown } from './working-days.ts'

export const renewalClause = regulationAt('第十四条')
export const reportClause = measuresAt('第三十七条')
export const reportExemptionClause = reportingAt('执行报告编制要求')
export const licensingDaysClause = clauseOf(permitStandards.licensing)('第八十二条')

/** Days before the expiry by which the renewal has to be applied for. */
export const renewalDays = 60

/** Last day to apply for renewal: 60 days before the permit expires (排污许可管理条例 art. 14). */
export const renewalBy = (expiresOn: string): string => addDays(expiresOn, -renewalDays)

/** Deadline of the report of a period ending on `periodTo`: the permit's own, else the default. */
export function reportDueOn(duty: ReportDutyRow, periodTo: string): string {
  if (duty.period === 'year') {
    const on = duty.dueOn ?? (duty.dueDays === undefined ? defaultReportDeadlines.value.yearDueOn : undefined)
    if (on !== undefined) return `${Number(periodTo.slice(0, 4)) + 1}-${on}`
  }
  const { quarterDays, monthDays } = defaultReportDeadlines.value
  return addDays(periodTo, duty.dueDays ?? (duty.period === 'month' ? monthDays : quarterDays))
}

export type ReportNeed =
  | { readonly required: true }
  | { readonly required: false; readonly reason: string; readonly mergedInto?: string }

/** Whether the report of a period has to be made by a unit whose permit was issued on `issuedOn`. */
export function reportNeed(period: ReportDutyRow['period'], issuedOn: string, periodTo: string): ReportNeed {
  if (issuedOn > periodTo) return { required: false, reason: '报告期内尚未取得许可证' }
  const { yearMonths, quarterMonths, monthDays } = reportExemption.value
  const held = daysBetween(issuedOn, periodTo)
  // A month held: the same day of the next month has been reached by the day after the period ends.
  const heldMonths = (months: number) => addMonths(issuedOn, months) <= addDays(periodTo, 1)
  if (period === 'year' && !heldMonths(yearMonths)) {
    const next = String(Number(periodTo.slice(0, 4)) + 1)
    const reason = `持证 ${held} 天，不足 ${yearMonths} 个月，并入 ${next} 年年度执行报告`
    return { required: false, reason, mergedInto: next }
  }
  if (period === 'quarter' && !heldMonths(quarterMonths))
    return { required: false, reason: `持证 ${held} 天，不足 ${quarterMonths} 个月，不报本季度` }
  if (period === 'month' && held < monthDays)
    return { required: false, reason: `持证 ${held} 天，不足 ${monthDays} 天，不报本月` }
  return { required: true }
}

export interface ProcedureClock {
  readonly event: string
  readonly title: string
  readonly days: number
  /** The article says working days, or says nothing of them. */
  readonly dayType: 'working' | 'unstated'
  readonly clause: Clause
}

/** Clocks of the procedure. Where the article says only “日” both readings are given, and the earlier one alarms. */
export const procedureClocks: readonly ProcedureClock[] = [
  {
    event: 'completeness',
    title: '申请材料齐全性告知',
    days: 3,
    dayType: 'unstated',
    clause: regulationAt('第九条'),
  },
  {
    event: 'decision-simplified',
    title: '简化管理审批决定',
    days: 20,
    dayType: 'unstated',
    clause: regulationAt('第十二条'),
  },
  {
    event: 'decision-key',
    title: '重点管理审批决定',
    days: 30,
    dayType: 'unstated',
    clause: regulationAt('第十二条'),
  },
  {
    event: 'decision-key-site',
    title: '重点管理审批决定（现场核查）',
    days: 45,
    dayType: 'unstated',
    clause: regulationAt('第十二条'),
  },
  {
    event: 'decision-renewal',
    title: '延续审批决定',
    days: 20,
    dayType: 'unstated',
    clause: regulationAt('第十四条'),
  },
  {
    event: 'change-basic',
    title: '变更名称、住所、法定代表人',
    days: 30,
    dayType: 'unstated',
    clause: regulationAt('第十四条'),
  },
  {
    event: 'change-basic-authority',
    title: '审批部门办理基本信息变更',
    days: 10,
    dayType: 'working',
    clause: measuresAt('第二十六条'),
  },
  {
    event: 'registration-change',
    title: '排污登记变更',
    days: 20,
    dayType: 'unstated',
    clause: regulationAt('第二十四条'),
  },
]

export interface ProcedureEnd {
  readonly calendar: string
  readonly working: string
  /** The earlier of the two readings where the article leaves them open: the day to alarm on. */
  readonly alarmOn: string
  /** The calendar of days off of that year is not known here. */
  readonly provisional: boolean
}

/** End of a clock that starts on `from` (the first day is not counted). */
export function procedureEnd(clock: ProcedureClock, from: string): ProcedureEnd {
  const calendar = endOfCalendarDays(from, clock.days)
  const working = endOfWorkingDays(from, clock.days)
  const alarmOn = clock.dayType === 'working' || working < calendar ? working : calendar
  return { calendar, working, alarmOn, provisional: !(isCalendarKnown(calendar) && isCalendarKnown(working)) }
}
