/** Marks on outlets (自主标记): filed by the enterprise, judged by the bureau, each an entry of the journal. */
import type { SourceMark, SourceMarkInput } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Queryable, Trx } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { appendDecision } from '../intake/index.ts'
import { listOutlets, type Outlet } from '../registry/index.ts'
import { dayMs, decodeCursor, encodeCursor, isoOf } from '../series/index.ts'
import { listAutoMarks } from './auto-marks.service.ts'
import { markDeadline } from './exceedance.service.ts'
import { inForce, lockMark, type MarkRow, markRows } from './mark.repository.ts'
import { markItem } from './mark-item.table.ts'
import { readExceedances } from './outlet-hours.ts'
import { readSettings } from './setting.repository.ts'
import { outletInScope, outletsOf, requireOwnEntry } from './source.policy.ts'
import { applySourceDecision, markDecisionType, type SourceMarkDecision } from './source-decision.ts'
import { boundsOf, instantOf } from './source-range.ts'

type MarkDeps = Pick<Deps, 'db' | 'clock'>
const earliestDays = 90
const latestDays = 90

/** Journal entry and effect in the transaction; returns the decision's number. */
async function decide(
  deps: MarkDeps,
  trx: Trx,
  actor: Actor,
  body: SourceMarkDecision,
  reason: string,
): Promise<bigint> {
  const decision = { type: markDecisionType, by: actor.userId, atMs: deps.clock.now(), reason, body }
  const msg = await appendDecision(trx, decision)
  await applySourceDecision(trx, decision, msg)
  return msg
}

/**
 * Files a mark. In time it counts at once; late, when the bureau accepts it; filed by the bureau itself it is accepted.
 * @throws AppError `source.mark-invalid`, `source.outlet-unknown`, `auth.forbidden`
 */
export async function fileMark(deps: MarkDeps, actor: Actor, input: SourceMarkInput): Promise<SourceMark> {
  const nowMs = deps.clock.now()
  const [fromMs, toMs] = [instantOf(input.from, 'from'), instantOf(input.to, 'to')]
  const { outlet, deadlineMs, afterExceedance } = await deps.db.asActor(actor, async (trx) => {
    const outlet = await outletInScope(trx, actor, input.outletId)
    checkMark(outlet, input, fromMs, toMs, nowMs)
    const settings = await readSettings(trx)
    return {
      outlet,
      // the strictest: the day in which the marked time begins
      deadlineMs: markDeadline(fromMs, settings),
      afterExceedance: await isAfterExceedance(trx, outlet.id, input.factor ?? null, fromMs, toMs, nowMs),
    }
  })
  const body: SourceMarkDecision = {
    action: 'file',
    outletId: outlet.id,
    regionCode: outlet.regionCode,
    ownerId: outlet.ownerId,
    factor: input.factor ?? null,
    item: input.item,
    fromMs,
    toMs,
    byName: actor.name,
    accepted: actor.permissions.has('source:judge'),
    late: nowMs > deadlineMs,
    deadlineMs,
    afterExceedance,
  }
  return deps.db.transaction(async (trx) => {
    const msg = await decide(deps, trx, actor, body, input.reason)
    await recordAudit(trx, actor, 'source.mark-filed', `feature:${outlet.id}`, {
      mark: String(msg),
      item: input.item,
      from: isoOf(fromMs),
      to: isoOf(toMs),
      late: body.late,
    })
    return markOf(trx, String(msg))
  })
}

function checkMark(
  outlet: Outlet,
  input: SourceMarkInput,
  fromMs: number,
  toMs: number,
  nowMs: number,
): void {
  const refuse = (detail: string) => new AppError('source.mark-invalid', { detail })
  const item = markItem(input.item)
  if (item === undefined) throw refuse(`没有标记代码“${input.item}”`)
  if (!item.mediums.includes(outlet.medium))
    throw refuse(`“${item.name.zh}”不用于${outlet.medium === 'air' ? '废气' : '废水'}`)
  const { sector } = outlet.enterprise.properties
  if (item.sectors !== null && !item.sectors.includes(String(sector)))
    throw refuse(`“${item.name.zh}”不用于该行业`)
  if (input.factor !== undefined && input.factor !== null && !outlet.factors.includes(input.factor))
    throw refuse(`${outlet.name} 不监测因子 ${input.factor}`)
  if (fromMs >= toMs) throw refuse(`${input.from} 不早于 ${input.to}`)
  if (fromMs < nowMs - earliestDays * dayMs) throw refuse(`起始 ${input.from} 早于 ${earliestDays} 日前`)
  if (toMs > nowMs + latestDays * dayMs) throw refuse(`截止 ${input.to} 晚于 ${latestDays} 日后`)
}

/** Whether the platform had already found an exceedance in the marked time, and its last hour was over. */
async function isAfterExceedance(
  q: Queryable,
  outletId: number,
  factor: string | null,
  fromMs: number,
  toMs: number,
  nowMs: number,
): Promise<boolean> {
  const events = await readExceedances(q, [outletId], fromMs, toMs)
  return events.some((event) => event.toMs <= nowMs && (factor === null || event.factor === factor))
}

/** Accepts or rejects a mark. @throws `source.mark-unknown`, `source.mark-decided`, `auth.forbidden` */
export async function reviewMark(
  deps: MarkDeps,
  actor: Actor,
  id: string,
  body: { decision: 'accept' | 'reject'; reason: string },
): Promise<SourceMark> {
  const before = await visibleMark(deps, actor, id)
  if (before.state !== 'filed') throw new AppError('source.mark-decided', { detail: `标记 ${id}` })
  return change(deps, actor, before, body.decision, body.reason, ['filed'])
}

/** Takes a mark back: what the bureau filed or rejected stays for a plant. @throws `auth.forbidden` */
export async function withdrawMark(
  deps: MarkDeps,
  actor: Actor,
  id: string,
  reason: string,
): Promise<SourceMark> {
  const before = await visibleMark(deps, actor, id)
  await deps.db.asActor(actor, (trx) => requireOwnEntry(trx, actor, before.filed_by))
  return change(deps, actor, before, 'withdraw', reason, ['filed', 'accepted'])
}

async function visibleMark(deps: MarkDeps, actor: Actor, id: string): Promise<MarkRow> {
  return deps.db.asActor(actor, async (trx) => {
    const [row] = await markRows(trx, { id })
    if (row === undefined) throw new AppError('source.mark-unknown', { detail: `标记 ${id}` })
    await outletInScope(trx, actor, row.outlet_id)
    return row
  })
}

async function change(
  deps: MarkDeps,
  actor: Actor,
  before: MarkRow,
  action: 'accept' | 'reject' | 'withdraw',
  reason: string,
  allowed: readonly MarkRow['state'][],
): Promise<SourceMark> {
  const { id } = before
  return deps.db.transaction(async (trx) => {
    // of two who decide at once the second sees what the first decided
    await lockMark(trx, id)
    const [now] = await markRows(trx, { id })
    if (now === undefined || !allowed.includes(now.state))
      throw new AppError('source.mark-decided', { detail: `标记 ${id}` })
    await decide(deps, trx, actor, { action, id, byName: actor.name }, reason)
    await recordAudit(trx, actor, `source.mark-${action}`, `feature:${before.outlet_id}`, { mark: id })
    return markOf(trx, id)
  })
}

async function markOf(q: Queryable, id: string): Promise<SourceMark> {
  const [mark] = await presentMarks(q, await markRows(q, { id }))
  if (mark === undefined) throw new AppError('source.mark-unknown', { detail: `标记 ${id}` })
  return mark
}

export async function presentMarks(q: Queryable, rows: readonly MarkRow[]): Promise<SourceMark[]> {
  const ids = [...new Set(rows.map((row) => row.outlet_id))]
  const outlets = new Map((await listOutlets(q, { ids })).map((outlet) => [outlet.id, outlet]))
  return rows.flatMap((row) => {
    const outlet = outlets.get(row.outlet_id)
    return outlet === undefined ? [] : [presentMark(row, outlet)]
  })
}

function presentMark(row: MarkRow, outlet: Outlet): SourceMark {
  const item = markItem(row.item)
  return {
    id: row.id,
    outletId: outlet.id,
    outletName: outlet.name,
    enterprise: { id: outlet.enterprise.id, name: outlet.enterprise.name },
    factor: row.factor,
    kind: item?.kind ?? 'equipment',
    item: row.item,
    itemName: item?.name.zh ?? row.item,
    origin: 'manual',
    from: isoOf(row.from_ms),
    to: isoOf(row.to_ms),
    reason: row.reason,
    state: row.state,
    inForce: inForce(row),
    late: row.late,
    deadline: isoOf(row.deadline_ms),
    filedAt: isoOf(row.filed_ms),
    filedBy: row.filed_by_name,
    reviewedAt: row.decided_ms === null ? null : isoOf(row.decided_ms),
    reviewedBy: row.decided_by_name,
    reviewReason: row.decided_reason,
    afterExceedance: row.after_exceedance,
  }
}

export interface MarkListQuery {
  readonly limit?: number
  readonly cursor?: string
  readonly outletId?: number
  readonly enterpriseId?: number
  readonly state?: MarkRow['state']
  readonly origin?: 'auto' | 'manual'
  readonly waiting?: boolean
  readonly from?: string
  readonly to?: string
}

export async function listMarks(
  deps: MarkDeps,
  actor: Actor,
  query: MarkListQuery,
): Promise<{ items: SourceMark[]; next: string | null }> {
  if (query.origin === 'auto') return { items: await listAutoMarks(deps, actor, query), next: null }
  const limit = query.limit ?? 100
  const after = decodeCursor(query.cursor, ['string'])
  return deps.db.asActor(actor, async (trx) => {
    const outlets = await outletsOf(trx, query)
    const rows = await markRows(trx, {
      outletIds: outlets?.map((outlet) => outlet.id),
      state: query.state,
      waiting: query.waiting,
      ...boundsOf(query),
      beforeId: after?.[0],
      limit: limit + 1,
    })
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      items: await presentMarks(trx, page),
      next: rows.length > limit && last !== undefined ? encodeCursor([last.id]) : null,
    }
  })
}
