/** A permit compiled to what its holder has to do, by when. */

import { parameterByCode } from '../catalogue/catalogue.ts'
import { addDays, addMonths, daysBetween, earlierOf, laterOf, periodOf } from '../civil-date.ts'
import { type Clause, type Configurable, type Evaluation, refusal, success } from '../clause.ts'
import { clauseText, regulationAt } from './clauses.ts'
import {
  renewalBy,
  renewalClause,
  reportClause,
  reportDueOn,
  reportExemptionClause,
  reportNeed,
} from './deadlines.ts'
import type {
  Frequency,
  KeepingDutyRow,
  PermitContent,
  ReportDutyRow,
  SelfMonitoringRow,
} from './document.ts'

export const selfMonitoringClause = regulationAt('第十九条')
export const ledgerClause = regulationAt('第二十一条')
export const disclosureClause = regulationAt('第二十三条')

export type ObligationKindName = 'self-monitoring' | 'ledger' | 'report' | 'renewal' | 'disclosure'
export interface CompiledObligation {
  readonly kind: ObligationKindName
  /** Unique within the permit: compiling again gives the same keys. */
  readonly key: string
  readonly title: string
  readonly outletNumber: string | null
  readonly factor: string | null
  readonly method: 'auto' | 'manual' | null
  readonly periodFrom: string
  readonly periodTo: string
  readonly dueOn: string
  /** How many times (continuous: hours) within the period. */
  readonly required: number
  /** Why it need not be done; null: it must. */
  readonly exempt: string | null
  readonly clause: Clause
}

/** Days after the end of a period until records of it must have arrived. */
export const recordGraceDays: Configurable<number> = {
  value: 15,
  source: '平台约定：监测结果、台账、公开凭证于期末后15日内补齐；许可证另有规定的从其规定',
  status: 'design',
}

const frequencyText: Readonly<Record<Frequency, string>> = {
  continuous: '连续',
  hour: '每小时',
  day: '每日',
  week: '每周',
  month: '每月',
  quarter: '每季度',
  'half-year': '每半年',
  year: '每年',
}

/** Tasks oftener than monthly are checked month by month. */
function checkPeriod(frequency: Frequency): 'month' | 'quarter' | 'half-year' | 'year' {
  return frequency === 'quarter' || frequency === 'half-year' || frequency === 'year' ? frequency : 'month'
}

function timesIn(frequency: Frequency, days: number): number {
  switch (frequency) {
    case 'continuous':
    case 'hour':
      return days * 24
    case 'day':
      return days
    case 'week':
      return Math.floor(days / 7)
    default:
      return 1
  }
}

/** Name of a factor by HJ 212; the code itself where it has none. */
export const factorName = (code: string): string => parameterByCode(code)?.zh ?? code

interface Span {
  readonly from: string
  readonly to: string
}

/** Periods that touch the span, whole. */
function periodsIn(span: Span, period: 'month' | 'quarter' | 'half-year' | 'year'): Span[] {
  const found: Span[] = []
  for (let at = span.from; at <= span.to; ) {
    const whole = periodOf(at, period)
    found.push(whole)
    at = addDays(whole.to, 1)
  }
  return found
}

const periodName = ({ from, to }: Span): string => {
  const year = from.slice(0, 4)
  const month = Number(from.slice(5, 7))
  const length = Number(to.slice(5, 7)) - month + 1
  if (length === 12) return year
  if (length === 6) return `${year}H${month === 1 ? 1 : 2}`
  return length === 3 ? `${year}Q${(month + 2) / 3}` : from.slice(0, 7)
}

/** Obligations whose period touches [from, to], in order of their deadline. Refused when the span is not one. */
export function compileObligations(
  permit: PermitContent,
  span: Span,
): Evaluation<readonly CompiledObligation[]> {
  if (span.from > span.to)
    return refusal('invalid-input', selfMonitoringClause, { detail: '起始日期晚于截止日期' })
  const held: Span = {
    from: laterOf(span.from, permit.issuedOn),
    to: earlierOf(span.to, permit.expiresOn),
  }
  const all: CompiledObligation[] = []
  if (held.from <= held.to) {
    // A factor that is listed twice for an outlet is one task; the contradiction is found elsewhere.
    const tasks = new Map(
      permit.selfMonitoring.map((row) => [`${row.outletNumber} ${row.factor} ${row.method}`, row]),
    )
    for (const row of tasks.values()) all.push(...monitoring(permit, row, held))
    all.push(...keeping(permit, permit.ledgers, 'ledger', held))
    all.push(...keeping(permit, permit.disclosures ?? [], 'disclosure', held))
    const duties = new Map(permit.reports.map((duty) => [duty.period, duty]))
    for (const duty of duties.values()) all.push(...reports(permit, duty, held, duties.has('year')))
  }
  all.push(...renewal(permit, span))
  all.sort((a, b) => a.dueOn.localeCompare(b.dueOn) || a.key.localeCompare(b.key))
  return success(
    all,
    all.slice(0, 200).map((o) => ({
      rule: o.key,
      input: { from: o.periodFrom, to: o.periodTo },
      result: o.exempt === null ? o.dueOn : o.exempt,
      clause: o.clause,
    })),
  )
}

function monitoring(permit: PermitContent, row: SelfMonitoringRow, held: Span): CompiledObligation[] {
  const { outletNumber, factor, method, frequency } = row
  return periodsIn(held, checkPeriod(frequency)).map((whole) => {
    const from = laterOf(whole.from, permit.issuedOn)
    const to = earlierOf(whole.to, permit.expiresOn)
    const days = daysBetween(from, to) + 1
    const partOnly =
      timesIn(frequency, days) < 1 || (timesIn(frequency, 1) === 1 && isPart(frequency, { from, to }, whole))
    return {
      kind: 'self-monitoring',
      key: `monitor:${outletNumber}:${factor}:${method}:${periodName(whole)}`,
      title: `${outletNumber} ${factorName(factor)} ${method === 'auto' ? '自动' : '手工'}监测（${frequencyText[frequency]}）`,
      outletNumber,
      factor,
      method,
      periodFrom: from,
      periodTo: to,
      dueOn: addDays(whole.to, method === 'auto' ? 0 : recordGraceDays.value),
      required: timesIn(frequency, days),
      exempt: partOnly ? '持证时间不足一个监测周期' : null,
      clause: selfMonitoringClause,
    }
  })
}

/** A monthly or rarer task of a period that the permit covers only in part. */
function isPart(frequency: Frequency, held: Span, whole: Span): boolean {
  if (frequency === 'day' || frequency === 'week') return false
  return held.from !== whole.from || held.to !== whole.to
}

function keeping(
  permit: PermitContent,
  duties: readonly KeepingDutyRow[],
  kind: 'ledger' | 'disclosure',
  held: Span,
): CompiledObligation[] {
  return duties.flatMap((duty, index) =>
    periodsIn(held, checkPeriod(duty.frequency)).map((whole) => {
      const from = laterOf(whole.from, permit.issuedOn)
      const to = earlierOf(whole.to, permit.expiresOn)
      return {
        kind,
        key: `${kind}:${index + 1}:${periodName(whole)}`,
        title: `${kind === 'ledger' ? '台账' : '信息公开'}：${duty.content}（${frequencyText[duty.frequency]}）`,
        outletNumber: null,
        factor: null,
        method: null,
        periodFrom: from,
        periodTo: to,
        dueOn: addDays(whole.to, recordGraceDays.value),
        required: timesIn(duty.frequency, daysBetween(from, to) + 1),
        exempt: null,
        clause: kind === 'ledger' ? ledgerClause : disclosureClause,
      } as const
    }),
  )
}

const reportTitle = { year: '年度执行报告', quarter: '季度执行报告', month: '月度执行报告' } as const

function reports(
  permit: PermitContent,
  duty: ReportDutyRow,
  held: Span,
  alsoYear: boolean,
): CompiledObligation[] {
  return periodsIn(held, duty.period).map((whole) => {
    const need = reportNeed(duty.period, permit.issuedOn, whole.to)
    const year = periodOf(whole.from, 'year')
    const replaced =
      duty.period !== 'year' &&
      alsoYear &&
      whole.to === year.to &&
      reportNeed('year', permit.issuedOn, year.to).required
    const exempt = !need.required
      ? need.reason
      : replaced
        ? `由年度执行报告替代（${clauseText(reportClause)}）`
        : null
    return {
      kind: 'report',
      key: `report:${duty.period}:${periodName(whole)}`,
      title: `${periodName(whole)} ${reportTitle[duty.period]}`,
      outletNumber: null,
      factor: null,
      method: null,
      periodFrom: whole.from,
      periodTo: whole.to,
      dueOn: reportDueOn(duty, whole.to),
      required: 1,
      exempt,
      clause: need.required ? reportClause : reportExemptionClause,
    }
  })
}

/** Belongs to the span that holds its last day. */
function renewal(permit: PermitContent, span: Span): CompiledObligation[] {
  const dueOn = renewalBy(permit.expiresOn)
  if (dueOn < span.from || dueOn > span.to) return []
  return [
    {
      kind: 'renewal',
      key: `renewal:${permit.expiresOn}`,
      title: `申请延续（${permit.expiresOn} 届满）`,
      outletNumber: null,
      factor: null,
      method: null,
      periodFrom: addMonths(dueOn, -6),
      periodTo: permit.expiresOn,
      dueOn,
      required: 1,
      exempt: null,
      clause: renewalClause,
    },
  ]
}
