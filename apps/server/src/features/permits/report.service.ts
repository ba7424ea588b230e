/** Execution reports (执行报告): checked, stored as revisions, held against automatic monitoring. */
import type { ExecutionReport, ExecutionReportDetail, ExecutionReportInput } from '@shanshui/contract'
import { automaticUsable, checkReport, periodOf, type ReportedRow } from '@shanshui/standards'
import { type Actor, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Queryable, Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { regionSpan } from '../../platform/region.ts'
import { listOutlets } from '../registry/index.ts'
import { dateOf, decodeCursor } from '../series/index.ts'
import { iso } from './civil-time.ts'
import { sweepObligations } from './obligation.compile.ts'
import type { PermitRow } from './obligation.table.ts'
import { defaultPage, pageOf } from './page.ts'
import { permitRow, permitRows } from './permit.service.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import { presentFinding } from './permit-findings.ts'
import {
  insertReport,
  type ReportRow,
  selectReport,
  selectReportRows,
  selectReports,
} from './report.repository.ts'
import { insertResults, type ResultValues } from './result.repository.ts'

function present(row: ReportRow): ExecutionReport {
  return {
    id: row.id,
    permitId: row.permit_id,
    permitNumber: row.permit_number,
    enterpriseId: row.enterprise_id,
    enterpriseName: row.enterprise_name ?? row.permit_number.slice(0, 18),
    period: row.period,
    periodFrom: row.period_from,
    periodTo: row.period_to,
    revision: row.revision,
    submittedAt: iso(row.submitted_at),
    submittedBy: row.submitted_by_name ?? '',
    origin: row.origin,
    totals: row.totals,
    ledgerKept: row.ledger_kept,
    complianceNote: row.note,
    findings: row.findings,
  }
}

export async function listReports(
  deps: PermitRoomDeps,
  actor: Actor,
  query: {
    limit?: number
    cursor?: string
    permitId?: number
    enterpriseId?: number
    regionCode?: number
    year?: number
  },
) {
  const { limit = defaultPage, cursor, regionCode, ...filter } = query
  const before = decodeCursor(cursor, ['number'])
  const rows = await deps.db.asActor(actor, (trx) =>
    selectReports(trx, {
      ...filter,
      region: regionSpan(regionCode),
      beforeId: before?.[0],
      limit: limit + 1,
    }),
  )
  return pageOf(rows, limit, present, (row) => [row.id])
}

export async function getReport(
  deps: PermitRoomDeps,
  actor: Actor,
  id: number,
): Promise<ExecutionReportDetail> {
  return deps.db.asActor(actor, async (trx) => {
    const row = await selectReport(trx, id)
    if (row === undefined) {
      throw new AppError('permit.report-unknown', { detail: `没有执行报告 ${id}，或不在您的数据范围内` })
    }
    const rows = await selectReportRows(trx, id)
    return {
      ...present(row),
      rows: rows.map((r) => ({
        outletNumber: r.outlet_number,
        month: r.month,
        pollutant: r.pollutant,
        tonnes: r.tonnes,
      })),
    }
  })
}

/** Faults that make a report unreadable; the others are findings that are kept with it. */
const unreadable: ReadonlySet<string> = new Set(['negative', 'outlet-unknown', 'month-outside', 'row-twice'])

/**
 * Stores a report, or its next revision. Errors: permit.report-early; permit.report-invalid, naming every fault.
 * @param origin who wrote it down: the holder, or the bureau from a file
 */
export async function storeReport(
  deps: PermitRoomDeps,
  trx: Trx,
  actor: Actor,
  permit: PermitRow,
  input: ExecutionReportInput,
  origin: 'submitted' | 'imported',
): Promise<number> {
  const now = deps.clock.now()
  const { from: periodFrom, to: periodTo } = periodOf(input.periodFrom, input.period)
  if (periodTo >= dateOf(now)) {
    throw new AppError('permit.report-early', { detail: `报告期 ${periodFrom} 至 ${periodTo} 尚未结束` })
  }
  const monitored = await monitoredTonnes(deps, trx, permit, periodFrom, periodTo)
  const found = checkReport(permit.properties, { ...input, periodFrom, periodTo }, monitored)
  const faults = found.filter((finding) => unreadable.has(finding.rule))
  if (faults.length > 0) {
    throw new AppError('permit.report-invalid', {
      detail: faults
        .map((fault) => `${fault.title}：${fault.detail}`)
        .slice(0, 10)
        .join('；'),
      errors: faults.map((fault) => ({ path: 'rows', message: `${fault.title}：${fault.detail}` })),
    })
  }
  const id = await insertReport(
    trx,
    {
      permitId: permit.id,
      enterpriseId: permit.enterprise_id,
      period: input.period,
      periodFrom,
      periodTo,
      origin,
      totals: input.totals,
      ledgerKept: input.ledgerKept,
      note: input.complianceNote ?? null,
      findings: found.map(presentFinding),
      rows: input.rows,
      regionCode: permit.region_code,
      ownerId: permit.owner_id,
    },
    now,
    actor.userId,
  )
  const detail = { permit: permit.code, period: input.period, periodFrom, origin, findings: found.length }
  await recordAudit(trx, actor, 'permit.report-stored', `execution-report:${id}`, detail)
  return id
}

export async function submitReport(
  deps: PermitRoomDeps,
  actor: Actor,
  input: ExecutionReportInput,
): Promise<ExecutionReportDetail> {
  requirePermission(actor, 'permit:submit')
  const id = await deps.db.asActor(actor, async (trx) => {
    const permit = await permitRow(trx, input.permitId)
    return storeReport(deps, trx, actor, permit, input, 'submitted')
  })
  await sweepObligations(deps, [input.permitId])
  deps.events.publish('permit', { id: input.permitId })
  return getReport(deps, actor, id)
}

/** Tonnes of automatic monitoring in the period, where not too much is missing to be a basis. */
async function monitoredTonnes(
  deps: PermitRoomDeps,
  q: Queryable,
  permit: PermitRow,
  from: string,
  to: string,
): Promise<ReportedRow[]> {
  if (permit.enterprise_id === null) return []
  const outlets = await listOutlets(q, { enterpriseId: permit.enterprise_id })
  const numbers = new Map(outlets.map((outlet) => [outlet.id, outlet.number]))
  const year = Number(from.slice(0, 4))
  const mass = await deps.doors.monthlyMass(q, { year, outletIds: [...numbers.keys()] })
  return mass.flatMap(({ outletId, month, pollutant, kg, validShare }) => {
    const outletNumber = numbers.get(outletId)
    const inside = month >= from.slice(0, 7) && month <= to.slice(0, 7)
    if (outletNumber === undefined || !inside || !automaticUsable(1, validShare).usable) return []
    return [{ outletNumber, month, pollutant, tonnes: kg / 1000 }]
  })
}

interface ResultInput {
  readonly permitId: number
  readonly outletNumber: string
  readonly factor: string
  readonly sampledOn: string
  readonly value: number
  readonly unit: string
  readonly flowM3PerHour?: number
  readonly laboratory?: string
  readonly reference: string
}

/** Results of manual self-monitoring; the same report and day is stored once. Errors: `permit.result-invalid`. */
export async function submitResults(
  deps: PermitRoomDeps,
  actor: Actor,
  results: readonly ResultInput[],
): Promise<{ stored: number }> {
  requirePermission(actor, 'permit:submit')
  const now = deps.clock.now()
  const today = dateOf(now)
  const ids = [...new Set(results.map((r) => r.permitId))]
  const stored = await deps.db.asActor(actor, async (trx) => {
    const permits = new Map((await permitRows(trx, ids)).map((permit) => [permit.id, permit]))
    const faults = results.flatMap((result, index) =>
      faultOf(result, permits.get(result.permitId), today, index),
    )
    if (faults.length > 0) {
      const detail = faults
        .map((f) => f.message)
        .slice(0, 10)
        .join('；')
      throw new AppError('permit.result-invalid', { detail, errors: faults })
    }
    const values = results.flatMap((result): ResultValues[] => {
      const permit = permits.get(result.permitId)
      if (permit === undefined) return []
      return [
        {
          ...result,
          flowM3PerHour: result.flowM3PerHour ?? null,
          laboratory: result.laboratory ?? null,
          regionCode: permit.region_code,
          ownerId: permit.owner_id,
        },
      ]
    })
    const count = await insertResults(trx, values, now, actor.userId)
    await recordAudit(trx, actor, 'permit.results-stored', `permit:${results[0]?.permitId ?? 0}`, { count })
    return count
  })
  await sweepObligations(deps, ids)
  for (const id of ids) deps.events.publish('permit', { id })
  return { stored }
}

function faultOf(
  result: ResultInput,
  permit: PermitRow | undefined,
  today: string,
  index: number,
): { path: string; message: string }[] {
  const asked = permit?.properties.selfMonitoring.some(
    (row) => row.outletNumber === result.outletNumber && row.factor === result.factor,
  )
  const at = `results/${index}`
  if (asked !== true) {
    return [{ path: at, message: `许可证没有要求 ${result.outletNumber} 监测 ${result.factor}` }]
  }
  if (result.sampledOn > today)
    return [{ path: `${at}/sampledOn`, message: `采样日期 ${result.sampledOn} 晚于今天` }]
  return []
}
