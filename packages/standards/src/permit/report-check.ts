/** Checks of an execution report's contents against itself, the permit, and the other ledgers. */
import type { Clause, Status } from '../clause.ts'
import { measuresAt, regulationAt } from './clauses.ts'
import type { PermitContent, PermittedTonnesRow } from './document.ts'
import { tonnageTolerance } from './settings.ts'
import { kilograms, sumsByPollutant } from './tonnes.ts'

export const reportCheckClause = measuresAt('第四十一条')

export interface ReportedRow {
  readonly outletNumber: string
  /** YYYY-MM */
  readonly month: string
  readonly pollutant: string
  readonly tonnes: number
}
export interface ReportContent {
  readonly periodFrom: string
  readonly periodTo: string
  readonly totals: readonly PermittedTonnesRow[]
  readonly rows: readonly ReportedRow[]
  readonly ledgerKept: boolean
}
export type ReportRule =
  | 'negative'
  | 'outlet-unknown'
  | 'month-outside'
  | 'row-twice'
  | 'rows-missing'
  | 'sum-differs'
  | 'monitoring-differs'
  | 'over-permitted'
  | 'ledger-not-kept'
export interface ReportFinding {
  readonly rule: ReportRule
  readonly title: string
  readonly detail: string
  readonly severity: 'error' | 'warning'
  readonly outletNumber: string | null
  readonly factor: string | null
  readonly clause: Clause
  readonly status: Status
}

const titles: Readonly<Record<ReportRule, readonly [string, 'error' | 'warning', Status]>> = {
  negative: ['实际排放量为负', 'error', 'verified'],
  'outlet-unknown': ['许可证没有该排放口', 'error', 'verified'],
  'month-outside': ['月份不在报告期内', 'error', 'verified'],
  'row-twice': ['同一排放口、污染物、月份填了两次', 'error', 'verified'],
  'rows-missing': ['有许可量的排放口缺月份', 'warning', 'verified'],
  'sum-differs': ['全厂排放量与各口之和不符', 'error', 'design'],
  'monitoring-differs': ['与自动监测相差超过容差', 'warning', 'design'],
  'over-permitted': ['超过年许可排放量', 'error', 'verified'],
  'ledger-not-kept': ['台账未按要求记录', 'warning', 'verified'],
}

function found(
  rule: ReportRule,
  detail: string,
  at: { outletNumber?: string; factor?: string } = {},
): ReportFinding {
  const [title, severity, status] = titles[rule]
  const clause = rule === 'ledger-not-kept' ? regulationAt('第二十一条') : reportCheckClause
  return {
    rule,
    title,
    detail,
    severity,
    clause,
    status,
    outletNumber: at.outletNumber ?? null,
    factor: at.factor ?? null,
  }
}

const keyOf = ({ outletNumber, month, pollutant }: Omit<ReportedRow, 'tonnes'>) =>
  `${outletNumber} ${month} ${pollutant}`

/** Months YYYY-MM from one day to another. */
export function monthsBetween(from: string, to: string): readonly string[] {
  const months: string[] = []
  for (let [year = 0, month = 1] = from.split('-').map(Number); ; ) {
    const text = `${year}-${String(month).padStart(2, '0')}`
    if (text > to.slice(0, 7)) return months
    months.push(text)
    if (++month > 12) {
      month = 1
      year++
    }
  }
}

/** What is wrong with a report; `monitored` holds the tonnes of automatic monitoring, where usable. */
export function checkReport(
  permit: PermitContent,
  report: ReportContent,
  monitored: readonly ReportedRow[] = [],
): readonly ReportFinding[] {
  return [
    ...rowFaults(permit, report),
    ...missingRows(permit, report),
    ...sumFaults(report),
    ...monitoringFaults(report, monitored),
    ...amountFaults(permit, report),
    ...(report.ledgerKept ? [] : [found('ledger-not-kept', '报告声明台账未按许可证要求记录')]),
  ]
}

function rowFaults(permit: PermitContent, report: ReportContent): ReportFinding[] {
  const known = new Set(permit.outlets.map((outlet) => outlet.number))
  const seen = new Set<string>()
  return report.rows.flatMap((row) => {
    const { outletNumber, month, pollutant: factor, tonnes } = row
    const at = { outletNumber, factor }
    const list: ReportFinding[] = []
    if (!known.has(outletNumber)) list.push(found('outlet-unknown', `${outletNumber} 不在许可证中`, at))
    if (month < report.periodFrom.slice(0, 7) || month > report.periodTo.slice(0, 7))
      list.push(found('month-outside', `${outletNumber} ${factor} ${month}`, at))
    if (tonnes < 0) list.push(found('negative', `${outletNumber} ${factor} ${month}：${tonnes} t`, at))
    if (seen.has(keyOf(row))) list.push(found('row-twice', `${outletNumber} ${factor} ${month}`, at))
    seen.add(keyOf(row))
    return list
  })
}

function missingRows(permit: PermitContent, report: ReportContent): ReportFinding[] {
  const given = new Set(report.rows.map(keyOf))
  const months = monthsBetween(report.periodFrom, report.periodTo)
  return permit.outlets.flatMap(({ number: outletNumber, annualTonnes }) =>
    annualTonnes.flatMap(({ pollutant }) => {
      const missing = months.filter((month) => !given.has(keyOf({ outletNumber, month, pollutant })))
      if (missing.length === 0) return []
      return [
        found('rows-missing', `${outletNumber} ${pollutant} 缺 ${missing.join('、')}`, {
          outletNumber,
          factor: pollutant,
        }),
      ]
    }),
  )
}

function sumFaults(report: ReportContent): ReportFinding[] {
  const sums = sumsByPollutant(report.rows)
  return report.totals.flatMap(({ pollutant, tonnes }) => {
    const sum = sums.get(pollutant) ?? 0
    if (relativeDifference(sum, tonnes) <= tonnageTolerance.value) return []
    return [
      found('sum-differs', `${pollutant}：全厂 ${tonnes} t，各口之和 ${kilograms(sum)} t`, {
        factor: pollutant,
      }),
    ]
  })
}

/** |a − b| over the larger of the two; 0 when both are 0. */
export function relativeDifference(a: number, b: number): number {
  const larger = Math.max(Math.abs(a), Math.abs(b))
  return larger === 0 ? 0 : Math.abs(a - b) / larger
}

function monitoringFaults(report: ReportContent, monitored: readonly ReportedRow[]): ReportFinding[] {
  const byKey = new Map(monitored.map((row) => [keyOf(row), row.tonnes]))
  return report.rows.flatMap((row) => {
    const online = byKey.get(keyOf(row))
    if (online === undefined || relativeDifference(online, row.tonnes) <= tonnageTolerance.value) return []
    const { outletNumber, pollutant: factor, month, tonnes } = row
    const detail = `${outletNumber} ${factor} ${month}：报告 ${kilograms(tonnes)} t，自动监测 ${kilograms(online)} t，相差 ${(relativeDifference(online, tonnes) * 100).toFixed(1)}%`
    return [found('monitoring-differs', detail, { outletNumber, factor })]
  })
}

function amountFaults(permit: PermitContent, report: ReportContent): ReportFinding[] {
  const sums = sumsByPollutant(report.rows)
  return permit.totals.flatMap(({ pollutant, tonnes }) => {
    const sum = sums.get(pollutant) ?? 0
    if (sum <= tonnes) return []
    return [
      found('over-permitted', `${pollutant}：报告期 ${kilograms(sum)} t，年许可 ${tonnes} t`, {
        factor: pollutant,
      }),
    ]
  })
}

export interface LedgerTriple {
  readonly online: number | null
  readonly reported: number | null
  readonly accounted: number | null
}
export type LedgerName = keyof LedgerTriple
export interface Reconciliation {
  /** Largest relative distance between two ledgers, 0–1; null with fewer than two. */
  readonly divergence: number | null
  readonly between: readonly [LedgerName, LedgerName] | null
  readonly within: boolean | null
}

/** Holds the ledgers that have a value against each other. */
export function reconcile(triple: LedgerTriple, tolerance: number): Reconciliation {
  const names: readonly LedgerName[] = ['online', 'reported', 'accounted']
  const known = names.filter((name) => triple[name] !== null)
  let worst: { divergence: number; between: readonly [LedgerName, LedgerName] } | undefined
  for (const [index, a] of known.entries()) {
    for (const b of known.slice(index + 1)) {
      const divergence = relativeDifference(triple[a] ?? 0, triple[b] ?? 0)
      if (worst === undefined || divergence > worst.divergence) worst = { divergence, between: [a, b] }
    }
  }
  if (worst === undefined) return { divergence: null, between: null, within: null }
  return { ...worst, within: worst.divergence <= tolerance }
}
