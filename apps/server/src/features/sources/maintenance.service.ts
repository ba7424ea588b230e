/** The operator's maintenance ledger (运维台账): written once with the platform's verdict, withdrawn with a reason. */
import type { MaintenanceInput, MaintenanceRecord } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Queryable } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { listOutlets, type Outlet } from '../registry/index.ts'
import { dateOf, dayMs, decodeCursor, encodeCursor, isoOf } from '../series/index.ts'
import { queueSpans } from './dirty.repository.ts'
import {
  insertMaintenance,
  type MaintenanceRow,
  maintenanceForQa,
  maintenanceRows,
  withdrawRecord,
} from './maintenance.repository.ts'
import { verdictOf } from './maintenance-verdict.ts'
import { readSettings, type Settings } from './setting.repository.ts'
import { outletInScope, outletsOf, requireOwnEntry } from './source.policy.ts'
import { boundsOf, instantOf } from './source-range.ts'

type LedgerDeps = Pick<Deps, 'db' | 'clock'>
function checkInput(
  outlet: Outlet,
  input: MaintenanceInput,
  fromMs: number,
  toMs: number,
  nowMs: number,
): void {
  const refuse = (detail: string) => new AppError('source.maintenance-invalid', { detail })
  if (fromMs > toMs) throw refuse(`${input.from} 晚于 ${input.to}`)
  if (toMs > nowMs + 60_000) throw refuse(`截止 ${input.to} 在将来`)
  const needsPairs = input.kind === 'comparison' || input.kind === 'standard-check'
  if (needsPairs && (input.pairs === undefined || input.pairs.length === 0))
    throw refuse('比对与标样核查须给出成对数值')
  if (needsPairs && (input.factor ?? null) === null) throw refuse('比对与标样核查须给出因子')
  const drifts = [input.zeroDriftPercent ?? null, input.spanDriftPercent ?? null]
  if (input.kind === 'calibration' && outlet.medium === 'air' && drifts.every((drift) => drift === null))
    throw refuse('校准须给出零点或量程漂移')
}

/** Writes an entry; what it says about the quality of data makes the hours around it be judged again. */
export async function writeMaintenance(
  deps: LedgerDeps,
  actor: Actor,
  input: MaintenanceInput,
): Promise<MaintenanceRecord> {
  const nowMs = deps.clock.now()
  const [fromMs, toMs] = [instantOf(input.from, 'from'), instantOf(input.to, 'to')]
  const outlet = await deps.db.asActor(actor, (trx) => outletInScope(trx, actor, input.outletId))
  checkInput(outlet, input, fromMs, toMs, nowMs)
  const verdict = verdictOf(outlet.medium, input)
  return deps.db.transaction(async (trx) => {
    const id = await insertMaintenance(trx, {
      outlet_id: outlet.id,
      region_code: outlet.regionCode,
      owner_id: outlet.ownerId,
      kind: input.kind,
      factor: input.factor ?? null,
      from_ms: fromMs,
      to_ms: toMs,
      technician: input.technician,
      company: input.company ?? null,
      content: input.content,
      passed: verdict.passed,
      verdict: verdict.text,
      verdict_status: verdict.status,
      zero_drift: input.zeroDriftPercent ?? null,
      span_drift: input.spanDriftPercent ?? null,
      pairs: (input.pairs ?? []).map(({ online, reference }) => ({ online, reference })),
      parameter: input.parameter ?? null,
      written_by: actor.userId,
      written_by_name: actor.name,
      written_ms: nowMs,
    })
    await requeue(trx, outlet.id, input.kind, toMs, nowMs)
    const detail = { record: id, kind: input.kind }
    await recordAudit(trx, actor, 'source.maintenance-written', `feature:${outlet.id}`, detail)
    return recordOf(trx, id)
  })
}

/** @throws `source.maintenance-unknown`, `auth.forbidden` */
export async function withdrawMaintenance(
  deps: LedgerDeps,
  actor: Actor,
  id: number,
  reason: string,
): Promise<MaintenanceRecord> {
  const unknown = () => new AppError('source.maintenance-unknown', { detail: `运维记录 ${id}` })
  const row = await deps.db.asActor(actor, async (trx) => {
    const [found] = await maintenanceRows(trx, { id })
    if (found === undefined) throw unknown()
    await outletInScope(trx, actor, found.outlet_id)
    await requireOwnEntry(trx, actor, found.written_by)
    return found
  })
  const atMs = deps.clock.now()
  return deps.db.transaction(async (trx) => {
    if (!(await withdrawRecord(trx, id, { id: actor.userId, name: actor.name }, atMs, reason)))
      throw unknown()
    await requeue(trx, row.outlet_id, row.kind, row.to_ms, atMs)
    await recordAudit(trx, actor, 'source.maintenance-withdrawn', `feature:${row.outlet_id}`, { record: id })
    return recordOf(trx, id)
  })
}

const longestReachDays = 200

/** A check speaks about the time back to the check before it and forward to now. */
async function requeue(
  trx: Parameters<typeof insertMaintenance>[0],
  outletId: number,
  kind: MaintenanceRow['kind'],
  atMs: number,
  nowMs: number,
): Promise<void> {
  if (kind === 'routine' || kind === 'repair' || kind === 'parameter-change') return
  const records = (await maintenanceForQa(trx, [outletId])).filter(
    (record) => record.kind === kind && record.atMs < atMs,
  )
  const before = records.findLast((record) => record.passed === true)?.atMs ?? atMs - longestReachDays * dayMs
  const fromMs = Math.max(before, atMs - longestReachDays * dayMs)
  await queueSpans(trx, [{ outletId, fromMs, toMs: Math.max(nowMs, atMs + 1) }], '运维记录')
}

async function recordOf(q: Queryable, id: number): Promise<MaintenanceRecord> {
  const [record] = await present(q, await maintenanceRows(q, { id }), await readSettings(q))
  if (record === undefined) throw new AppError('source.maintenance-unknown', { detail: `运维记录 ${id}` })
  return record
}

async function present(
  q: Queryable,
  rows: readonly MaintenanceRow[],
  settings: Settings,
): Promise<MaintenanceRecord[]> {
  const ids = [...new Set(rows.map((row) => row.outlet_id))]
  const outlets = new Map((await listOutlets(q, { ids })).map((outlet) => [outlet.id, outlet]))
  return rows.flatMap((row) => {
    const outlet = outlets.get(row.outlet_id)
    if (outlet === undefined) return []
    const every = everyDays(row.kind, settings)
    return [
      {
        id: row.id,
        outletId: outlet.id,
        outletName: outlet.name,
        enterprise: { id: outlet.enterprise.id, name: outlet.enterprise.name },
        kind: row.kind,
        factor: row.factor,
        from: isoOf(row.from_ms),
        to: isoOf(row.to_ms),
        technician: row.technician,
        company: row.company,
        content: row.content,
        passed: row.passed,
        verdict: row.verdict,
        verdictStatus: row.verdict_status,
        zeroDriftPercent: row.zero_drift,
        spanDriftPercent: row.span_drift,
        pairs: row.pairs,
        parameter: row.parameter,
        nextDue: every === null || outlet.medium === 'water' ? null : dateOf(row.to_ms + every * dayMs),
        writtenBy: row.written_by_name,
        writtenAt: isoOf(row.written_ms),
        withdrawn:
          row.withdrawn_ms === null
            ? null
            : {
                by: row.withdrawn_by_name ?? '',
                at: isoOf(row.withdrawn_ms),
                reason: row.withdrawn_reason ?? '',
              },
      },
    ]
  })
}

function everyDays(kind: MaintenanceRow['kind'], settings: Settings): number | null {
  if (kind === 'calibration') return settings.number('qa.calibrationDays')
  return kind === 'verification' ? settings.number('qa.verificationDays') : null
}

export async function listMaintenance(
  deps: LedgerDeps,
  actor: Actor,
  query: {
    limit?: number
    cursor?: string
    outletId?: number
    enterpriseId?: number
    kind?: MaintenanceRow['kind']
    from?: string
    to?: string
  },
): Promise<{ items: MaintenanceRecord[]; next: string | null }> {
  const limit = query.limit ?? 100
  const after = decodeCursor(query.cursor, ['number', 'number'])
  return deps.db.asActor(actor, async (trx) => {
    const outlets = await outletsOf(trx, query)
    const rows = await maintenanceRows(trx, {
      outletIds: outlets?.map((outlet) => outlet.id),
      kind: query.kind,
      ...boundsOf(query),
      before: after === undefined ? undefined : { ms: after[0], id: after[1] },
      limit: limit + 1,
    })
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      items: await present(trx, page, await readSettings(trx)),
      next: rows.length > limit && last !== undefined ? encodeCursor([last.from_ms, last.id]) : null,
    }
  })
}
