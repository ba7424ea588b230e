/** Obligations of permits: shown, settled by statement, waived. */
import type { Obligation, ObligationKind, ObligationState } from '@shanshui/contract'
import { type Actor, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import { isoOrNull } from '../../platform/clock.ts'
import type { Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { regionSpan } from '../../platform/region.ts'
import { listOutlets } from '../registry/index.ts'
import { dateOf, decodeCursor, midnightOf } from '../series/index.ts'
import {
  countsByDay,
  countsByEnterprise,
  type EnterpriseCountRow,
  lockObligation,
  selectObligations,
  settleObligations,
  waive,
} from './obligation.repository.ts'
import type { ObligationRow } from './obligation.table.ts'
import { refreshOverdueLead } from './obligation-lead.ts'
import { defaultPage, pageOf } from './page.ts'
import { selectPermits } from './permit.repository.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import { findingsOf, outletsByHolder } from './permit-findings.ts'

function presentObligation(row: ObligationRow): Obligation {
  return {
    id: row.id,
    permitId: row.permit_id,
    permitNumber: row.permit_number,
    enterpriseId: row.enterprise_id,
    enterpriseName: row.enterprise_name ?? row.permit_number.slice(0, 18),
    regionCode: row.region_code,
    kind: row.kind,
    key: row.key,
    title: row.title,
    outletNumber: row.outlet_number,
    factor: row.factor,
    periodFrom: row.period_from,
    periodTo: row.period_to,
    dueOn: row.due_on,
    state: row.state,
    late: row.late,
    required: row.required,
    found: row.found,
    evidence: row.evidence,
    doneAt: isoOrNull(row.done_at),
    overdueAt: isoOrNull(row.overdue_at),
    leadId: row.lead_id,
    reason: row.reason,
    clause: row.clause,
  }
}

interface ObligationQuery {
  readonly limit?: number
  readonly cursor?: string
  readonly permitId?: number
  readonly enterpriseId?: number
  readonly regionCode?: number
  readonly kind?: ObligationKind
  readonly state?: ObligationState
  readonly from?: string
  readonly to?: string
}

export async function listObligations(deps: PermitRoomDeps, actor: Actor, query: ObligationQuery) {
  const { limit = defaultPage, cursor, regionCode, ...filter } = query
  const after = decodeCursor(cursor, ['string', 'number'])
  const rows = await deps.db.asActor(actor, (trx) =>
    selectObligations(trx, { ...filter, region: regionSpan(regionCode), after, limit: limit + 1 }),
  )
  return pageOf(rows, limit, presentObligation, (row) => [row.due_on, row.id])
}

export async function obligationCalendar(
  deps: PermitRoomDeps,
  actor: Actor,
  { regionCode, ...filter }: { from: string; to: string; enterpriseId?: number; regionCode?: number },
) {
  const rows = await deps.db.asActor(actor, (trx) =>
    countsByDay(trx, { ...filter, region: regionSpan(regionCode) }),
  )
  return { days: rows.map(({ day, ...counts }) => ({ day, counts })) }
}

/** Shares of self-monitoring in percent; null where there is nothing to count. */
const share = (part: number, whole: number): number | null => (whole === 0 ? null : (part / whole) * 100)

export async function obligationEnterprises(
  deps: PermitRoomDeps,
  actor: Actor,
  query: { enterpriseId?: number; regionCode?: number; year?: number },
) {
  const today = dateOf(deps.clock.now())
  const year = query.year ?? Number(today.slice(0, 4))
  return deps.db.asActor(actor, async (trx) => {
    const rows = await countsByEnterprise(trx, {
      enterpriseId: query.enterpriseId,
      region: regionSpan(query.regionCode),
      from: `${year}-01-01`,
      to: `${year}-12-31`,
    })
    const { enterpriseId, regionCode } = query
    const permits = await selectPermits(trx, { enterpriseId, regionCode })
    const permitsOf = Map.groupBy(permits, (permit) => permit.enterprise_id)
    const outlets = outletsByHolder(await listOutlets(trx, { enterpriseId }))
    const items = rows.map((row) => {
      const own = permitsOf.get(row.enterprise_id) ?? []
      const findings = own.flatMap((permit) =>
        findingsOf(permit.properties, outlets.get(permit.properties.creditCode) ?? [], today),
      )
      const limited = own.flatMap((permit) =>
        permit.properties.outlets.flatMap((outlet) =>
          outlet.limits.map((limit) => `${outlet.number} ${limit.factor}`),
        ),
      )
      const without = findings.filter((finding) => finding.rule === 'frequency-missing').length
      return presentEnterprise(row, findings.length, share(limited.length - without, limited.length))
    })
    return { items, asOf: today }
  })
}

function presentEnterprise(row: EnterpriseCountRow, findings: number, planCompleteness: number | null) {
  return {
    enterpriseId: row.enterprise_id,
    enterpriseName: row.enterprise_name ?? '',
    regionCode: row.region_code,
    regionName: row.region_name,
    permits: row.permits,
    counts: { due: row.due, done: row.done, late: row.late, overdue: row.overdue, exempt: row.exempt },
    planCompleteness,
    manualLinkage: share(row.manual_done, row.manual_asked),
    taskCompletion: share(row.tasks_done, row.tasks_asked),
    findings,
  }
}

async function openObligation(trx: Trx, id: number): Promise<ObligationRow> {
  const row = await lockObligation(trx, id)
  if (row === undefined) {
    throw new AppError('permit.obligation-unknown', { detail: `没有义务 ${id}，或不在您的数据范围内` })
  }
  if (row.state !== 'due' && row.state !== 'overdue') {
    throw new AppError('permit.obligation-settled', { detail: `“${row.title}”现为 ${row.state}` })
  }
  return row
}

/** Ledgers, disclosure and renewal are shown by a reference; reports and monitoring by the data themselves. */
const byStatement: ReadonlySet<ObligationKind> = new Set(['ledger', 'disclosure', 'renewal'])

/** The holder (or the bureau for it) says where the proof lies. */
export async function evidenceObligation(
  deps: PermitRoomDeps,
  actor: Actor,
  id: number,
  { evidence, doneOn }: { evidence: string; doneOn?: string },
): Promise<Obligation> {
  requirePermission(actor, 'permit:submit')
  const now = deps.clock.now()
  await deps.db.asActor(actor, async (trx) => {
    const row = await openObligation(trx, id)
    if (!byStatement.has(row.kind)) throw new AppError('permit.evidence-elsewhere', { detail: row.title })
    // A day that was not yet cannot be the day it was done; neither is it believed to lie before the period.
    const day =
      doneOn !== undefined && doneOn <= dateOf(now) && doneOn >= row.period_from ? doneOn : dateOf(now)
    const late = day > row.due_on
    const doneAtMs = doneOn === undefined ? now : midnightOf(day)
    await settleObligations(trx, [{ id, found: Math.max(1, row.required), doneAtMs, late, evidence }], now)
    await recordAudit(trx, actor, 'permit.obligation-evidenced', `permit-obligation:${id}`, {
      key: row.key,
      evidence,
      day,
    })
  })
  return afterChange(deps, actor, id)
}

export async function waiveObligation(
  deps: PermitRoomDeps,
  actor: Actor,
  id: number,
  reason: string,
): Promise<Obligation> {
  requirePermission(actor, 'permit:write')
  const now = deps.clock.now()
  await deps.db.asActor(actor, async (trx) => {
    const row = await openObligation(trx, id)
    await waive(trx, id, reason, now)
    await recordAudit(trx, actor, 'permit.obligation-waived', `permit-obligation:${id}`, {
      key: row.key,
      reason,
    })
  })
  return afterChange(deps, actor, id)
}

/** The lead of what is overdue follows; it belongs to the platform, not to who settled the obligation. */
async function afterChange(deps: PermitRoomDeps, actor: Actor, id: number): Promise<Obligation> {
  const row = await deps.db.asActor(actor, async (trx) => {
    const [found] = await selectObligations(trx, { ids: [id], region: [null, null], limit: 1 })
    return found
  })
  if (row === undefined) throw new AppError('permit.obligation-unknown', { detail: `没有义务 ${id}` })
  await deps.db.transaction((trx) => refreshOverdueLead(deps, trx, row.enterprise_id))
  deps.events.publish('permit', { id: row.permit_id })
  return presentObligation(row)
}
