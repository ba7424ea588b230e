/** From permits to obligations, and from evidence to what is done and what is overdue. */
import { clauseText, compileObligations, earlierOf, missingShareLimit } from '@shanshui/standards'
import type { Queryable } from '../../platform/db/index.ts'
import { listOutlets } from '../registry/index.ts'
import { dateOf, midnightOf } from '../series/index.ts'
import { endOf } from './civil-time.ts'
import {
  dropObsolete,
  lockSweep,
  markOverdue,
  type Settlement,
  selectObligations,
  selectOpen,
  settleObligations,
  upsertObligations,
} from './obligation.repository.ts'
import type { ObligationRow, PermitRow } from './obligation.table.ts'
import { refreshOverdueLead } from './obligation-lead.ts'
import { selectPermits } from './permit.repository.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import { type LatestReportRow, selectLatestReports } from './report.repository.ts'
import { selectManualResults } from './result.repository.ts'

export interface SweepResult {
  readonly permits: number
  readonly obligations: number
  readonly done: number
  readonly overdue: number
}

/** Obligations are kept for the running year and the one before, so that its last reports are among them. */
function obligationSpan(today: string): { from: string; to: string } {
  const year = Number(today.slice(0, 4))
  return { from: `${year - 1}-10-01`, to: `${year}-12-31` }
}

/** Compiles permits; all when left out. Compiling again changes nothing that has not changed. */
export async function compilePermits(
  deps: PermitRoomDeps,
  permitIds?: readonly number[],
): Promise<{ permits: PermitRow[]; obligations: number }> {
  const now = deps.clock.now()
  const today = dateOf(now)
  const span = obligationSpan(today)
  const permits = await selectPermits(deps.db.pool, { ids: permitIds })
  let obligations = 0
  for (const permit of permits) {
    const outcome = compileObligations(permit.properties, span)
    if (!outcome.ok) continue
    const values = outcome.value.map(({ clause, ...rest }) => ({ ...rest, clause: clauseText(clause) }))
    obligations += values.length
    await deps.db.transaction(async (trx) => {
      await lockSweep(trx)
      await dropObsolete(
        trx,
        permit.id,
        span,
        values.map((value) => value.key),
      )
      await upsertObligations(trx, permit, values, now)
    })
  }
  return { permits, obligations }
}

/** Compiles, settles what evidence shows as done, and marks what is overdue: once each. */
export async function sweepObligations(
  deps: PermitRoomDeps,
  permitIds?: readonly number[],
): Promise<SweepResult> {
  const { permits, obligations } = await compilePermits(deps, permitIds)
  const done = await settle(deps, permits)
  const overdue = await sweepOverdue(deps)
  return { permits: permits.length, obligations, done, overdue }
}

async function settle(deps: PermitRoomDeps, permits: readonly PermitRow[]): Promise<number> {
  const now = deps.clock.now()
  const today = dateOf(now)
  const q = deps.db.pool
  const open = await selectOpen(
    q,
    permits.map((permit) => permit.id),
    today,
  )
  if (open.length === 0) return 0
  const ids = [...new Set(open.map((row) => row.permit_id))]
  const oldest = open.reduce((least, row) => earlierOf(row.period_from, least), today)
  const reports = Map.groupBy(await selectLatestReports(q, ids), (row) => row.permit_id)
  const manual = Map.groupBy(await selectManualResults(q, ids, oldest), (row) => row.permit_id)
  const hours = await hoursOf(deps, q, open, now)
  const renewed = renewals(permits)
  const settlements = open.flatMap((row): Settlement[] => {
    const found = (() => {
      switch (row.kind) {
        case 'report':
          return byReport(row, reports.get(row.permit_id) ?? [])
        case 'ledger':
          return byLedgerStatement(row, reports.get(row.permit_id) ?? [])
        case 'self-monitoring':
          return row.method === 'auto'
            ? byHours(row, hours, today)
            : byResults(row, manual.get(row.permit_id) ?? [])
        case 'renewal':
          return byRenewal(row, renewed)
        case 'disclosure':
          return undefined
      }
    })()
    return found === undefined ? [] : [found]
  })
  const became = new Set(
    await deps.db.transaction(async (trx) => {
      await lockSweep(trx)
      return settleObligations(trx, settlements, now)
    }),
  )
  const touched = new Set(
    open.filter((row) => row.state === 'overdue' && became.has(row.id)).map((row) => row.enterprise_id),
  )
  for (const enterpriseId of touched) {
    await deps.db.transaction((trx) => refreshOverdueLead(deps, trx, enterpriseId))
  }
  for (const permitId of new Set(open.filter((row) => became.has(row.id)).map((row) => row.permit_id))) {
    deps.events.publish('permit', { id: permitId })
  }
  return became.size
}

const settled = (row: ObligationRow, at: Date, evidence: string, found = row.required): Settlement => ({
  id: row.id,
  found,
  doneAtMs: at.getTime(),
  late: dateOf(at.getTime()) > row.due_on,
  evidence,
})

function byReport(row: ObligationRow, reports: readonly LatestReportRow[]): Settlement | undefined {
  const period = row.key.split(':')[1]
  const report = reports.find((r) => r.period === period && r.period_from === row.period_from)
  return report === undefined ? undefined : settled(row, report.first_submitted_at, `执行报告 ${report.id}`)
}

/** A report whose period covers that of the ledger says that it was kept. */
function byLedgerStatement(row: ObligationRow, reports: readonly LatestReportRow[]): Settlement | undefined {
  const report = reports.find(
    (r) => r.ledger_kept && r.period_from <= row.period_from && r.period_to >= row.period_to,
  )
  if (report === undefined) return undefined
  // The statement comes with the report, whose own day is another obligation: the ledger is not late by it.
  return { ...settled(row, report.first_submitted_at, `执行报告 ${report.id} 载明`), late: false }
}

function byResults(
  row: ObligationRow,
  results: readonly { outlet_number: string; factor: string; sampled_on: string; submitted_at: Date }[],
): Settlement {
  const own = results
    .filter(
      (r) =>
        r.outlet_number === row.outlet_number &&
        r.factor === row.factor &&
        r.sampled_on >= row.period_from &&
        r.sampled_on <= row.period_to,
    )
    .sort((a, b) => a.submitted_at.getTime() - b.submitted_at.getTime())
  const enough = own[row.required - 1]
  if (enough !== undefined) return settled(row, enough.submitted_at, `手工监测 ${own.length} 次`, own.length)
  return { id: row.id, found: own.length, doneAtMs: null, late: false, evidence: null }
}

/** Continuous monitoring of an ended period is done when no more is missing than accounting allows. */
function byHours(
  row: ObligationRow,
  hours: ReadonlyMap<string, { valid: number; stopped: number }>,
  today: string,
): Settlement | undefined {
  const got = hours.get(hourKey(row))
  if (got === undefined) return undefined
  const asked = Math.max(0, row.required - got.stopped)
  const enough = row.period_to < today && got.valid >= asked * (1 - missingShareLimit.value)
  const evidence = `自动监测有效 ${got.valid} 小时，停运 ${got.stopped} 小时`
  const at = new Date(endOf(row.period_to))
  if (enough) return { ...settled(row, at, evidence, got.valid), late: false }
  return { id: row.id, found: got.valid, doneAtMs: null, late: false, evidence: null }
}

const hourKey = (row: ObligationRow) =>
  `${row.permit_id} ${row.outlet_number} ${row.factor} ${row.period_from}`

/** Hours of continuous tasks, read once a period. */
async function hoursOf(
  deps: PermitRoomDeps,
  q: Queryable,
  open: readonly ObligationRow[],
  now: number,
): Promise<Map<string, { valid: number; stopped: number }>> {
  const tasks = open.filter((row) => row.kind === 'self-monitoring' && row.method === 'auto')
  const found = new Map<string, { valid: number; stopped: number }>()
  if (tasks.length === 0) return found
  const enterpriseIds = [...new Set(tasks.flatMap((row) => row.enterprise_id ?? []))]
  const outlets = await listOutlets(q, { enterpriseIds })
  const idOf = new Map(outlets.map((outlet) => [`${outlet.enterprise.id} ${outlet.number}`, outlet.id]))
  // Not by the number of the permit: after a merger it still begins with the code that was given up.
  const outletOf = (row: ObligationRow) => idOf.get(`${row.enterprise_id} ${row.outlet_number}`)
  for (const [period, rows] of Map.groupBy(tasks, (row) => `${row.period_from} ${row.period_to}`)) {
    const [from = '', to = ''] = period.split(' ')
    const ids = [...new Set(rows.flatMap((row) => outletOf(row) ?? []))]
    if (ids.length === 0) continue
    const read = await deps.doors.monitoredHours(q, ids, midnightOf(from), Math.min(endOf(to), now))
    const byFactor = new Map(read.map((hours) => [`${hours.outletId} ${hours.factor}`, hours]))
    for (const row of rows) {
      const hours = byFactor.get(`${outletOf(row)} ${row.factor}`)
      found.set(hourKey(row), { valid: hours?.valid ?? 0, stopped: hours?.stopped ?? 0 })
    }
  }
  return found
}

/** Holder and the latest expiry of its permits. */
function renewals(permits: readonly PermitRow[]): ReadonlyMap<string, { expiresOn: string; from: string }> {
  const latest = new Map<string, { expiresOn: string; from: string }>()
  for (const { properties: p } of permits) {
    const known = latest.get(p.creditCode)
    if (known === undefined || p.expiresOn > known.expiresOn)
      latest.set(p.creditCode, { expiresOn: p.expiresOn, from: p.changedOn ?? p.issuedOn })
  }
  return latest
}

function byRenewal(
  row: ObligationRow,
  renewed: ReadonlyMap<string, { expiresOn: string; from: string }>,
): Settlement | undefined {
  const next = renewed.get(row.permit_number.slice(0, 18))
  const expiresOn = row.key.split(':')[1] ?? ''
  if (next === undefined || next.expiresOn <= expiresOn) return undefined
  return settled(row, new Date(midnightOf(next.from)), `已取得有效期至 ${next.expiresOn} 的许可证`)
}

const sweepBatch = 500

/** Marks what is overdue and raises the lead in the same transaction. */
export async function sweepOverdue(deps: PermitRoomDeps): Promise<number> {
  const now = deps.clock.now()
  const today = dateOf(now)
  let total = 0
  for (;;) {
    const rows = await deps.db.transaction(async (trx) => {
      await lockSweep(trx)
      const ids = await markOverdue(trx, today, now, sweepBatch)
      if (ids.length === 0) return []
      const marked = await selectObligations(trx, { ids, region: [null, null], limit: ids.length })
      for (const enterpriseId of new Set(marked.map((row) => row.enterprise_id))) {
        await refreshOverdueLead(deps, trx, enterpriseId)
      }
      // Told when it is committed, and only then: who loses the race for a row has nothing to tell.
      for (const permitId of new Set(marked.map((row) => row.permit_id))) {
        await deps.events.publishIn(trx, 'permit', { id: permitId, overdue: true })
      }
      return marked
    })
    total += rows.length
    if (rows.length < sweepBatch) return total
  }
}
