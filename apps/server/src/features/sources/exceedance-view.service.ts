/** Exceedances as officers see and judge them. */
import type { Exceedance, ExceedanceDetail } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Queryable } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { appendDecision } from '../intake/index.ts'
import { listOutlets, type Outlet } from '../registry/index.ts'
import { decodeCursor, encodeCursor, hourMs, isoOf } from '../series/index.ts'
import { lockSources } from './dirty.repository.ts'
import { drainSources } from './drain.service.ts'
import {
  type ExceedanceKind,
  type ExceedanceRow,
  type ExceedanceState,
  exceedanceRows,
  exceedanceVersions,
} from './exceedance.repository.ts'
import { restsOnDoubt } from './exceedance.service.ts'
import { factorName, short } from './factor-name.ts'
import { hourRows } from './hour.repository.ts'
import { multipleOf } from './hour-evaluation.ts'
import { presentLimit } from './hour-view.service.ts'
import { limitsById, outletLayouts } from './limit.repository.ts'
import { outletInScope, outletsOf } from './source.policy.ts'
import { comparableAt, type LimitRow } from './source.table.ts'
import { applySourceDecision, type ExceedanceDecision, exceedanceDecisionType } from './source-decision.ts'
import { boundsOf, orNull } from './source-range.ts'
import { storedDaySteps } from './stored-steps.ts'

type ViewDeps = Pick<Deps, 'db' | 'clock'>
type CountedRow = ExceedanceRow & { days30: number }

export interface ExceedanceQuery {
  readonly limit?: number
  readonly cursor?: string
  readonly outletId?: number
  readonly enterpriseId?: number
  readonly regionCode?: number
  readonly factor?: string
  readonly state?: ExceedanceState
  readonly grade?: 'A' | 'B' | 'C'
  readonly medium?: 'air' | 'water'
  readonly kind?: ExceedanceKind
  readonly from?: string
  readonly to?: string
}

export async function listExceedances(
  deps: ViewDeps,
  actor: Actor,
  query: ExceedanceQuery,
): Promise<{ items: Exceedance[]; next: string | null }> {
  const limit = query.limit ?? 100
  const after = decodeCursor(query.cursor, ['number', 'number'])
  return deps.db.asActor(actor, async (trx) => {
    const outlets = await outletsOf(trx, query)
    const rows = await exceedanceRows(trx, {
      outletIds: outlets?.map((outlet) => outlet.id),
      factor: query.factor,
      state: query.state,
      grade: query.grade,
      kind: query.kind,
      ...boundsOf(query),
      before: after === undefined ? undefined : { ms: after[0], id: after[1] },
      limit: limit + 1,
    })
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      items: await presentAll(trx, page, deps.clock.now()),
      next: rows.length > limit && last !== undefined ? encodeCursor([last.from_ms, last.id]) : null,
    }
  })
}

async function presentAll(q: Queryable, rows: readonly CountedRow[], nowMs: number): Promise<Exceedance[]> {
  const ids = [...new Set(rows.map((row) => row.outlet_id))]
  const outlets = new Map((await listOutlets(q, { ids })).map((outlet) => [outlet.id, outlet]))
  const limits = await limitsById(
    q,
    rows.map((row) => row.limit_id),
  )
  return rows.flatMap((row) => {
    const [outlet, limit] = [outlets.get(row.outlet_id), limits.get(row.limit_id)]
    return outlet === undefined || limit === undefined ? [] : [present(row, outlet, limit, nowMs)]
  })
}

function present(row: CountedRow, outlet: Outlet, limit: LimitRow, nowMs: number): Exceedance {
  // the newest hour is at most so old that the next may still continue it
  const ongoing = row.kind === 'hour' && row.state !== 'withdrawn' && row.to_ms > nowMs - 2 * hourMs
  return {
    id: row.id,
    outletId: outlet.id,
    outletName: outlet.name,
    outletNumber: outlet.number,
    medium: outlet.medium,
    enterprise: { id: outlet.enterprise.id, name: outlet.enterprise.name },
    regionCode: row.region_code,
    factor: row.factor,
    factorName: factorName(row.factor),
    kind: row.kind,
    from: isoOf(row.from_ms),
    to: isoOf(row.to_ms),
    hours: row.hours,
    maxValue: row.max_value,
    limit: presentLimit(limit),
    multiple: row.multiple,
    grade: row.grade,
    gradeReasons: row.grade_reasons,
    state: row.state,
    stateReason: row.state_reason,
    cumulativeDays30: row.days30,
    ongoing,
    version: row.version,
    updatedAt: isoOf(row.updated_ms),
  }
}

/** @throws AppError `source.exceedance-unknown` */
export async function getExceedance(deps: ViewDeps, actor: Actor, id: number): Promise<ExceedanceDetail> {
  return deps.db.asActor(actor, async (trx) => {
    const row = await rowOf(trx, id)
    return detailOf(trx, row, deps.clock.now())
  })
}

async function rowOf(q: Queryable, id: number): Promise<CountedRow> {
  const [row] = await exceedanceRows(q, { id })
  if (row === undefined) throw new AppError('source.exceedance-unknown', { detail: `超标 ${id}` })
  return row
}

async function detailOf(q: Queryable, row: CountedRow, nowMs: number): Promise<ExceedanceDetail> {
  const [item] = await presentAll(q, [row], nowMs)
  if (item === undefined) throw new AppError('source.exceedance-unknown', { detail: `超标 ${row.id}` })
  const { hourValues, msgs } = await valuesOf(q, row)
  return {
    ...item,
    hourValues,
    msgs,
    markIds: row.mark_ids.map(String),
    message: messageOf(item),
    versions: (await exceedanceVersions(q, row.id)).map((version) => ({
      version: version.version,
      at: isoOf(version.at_ms),
      by: version.made_by,
      why: version.why,
      from: isoOf(version.from_ms),
      to: isoOf(version.to_ms),
      hours: version.hours,
      maxValue: version.max_value,
      multiple: version.multiple,
      grade: version.grade,
      state: version.state,
    })),
  }
}

/** Values of the event's hours (of a daily one: days) as they are now, and the messages behind them. */
async function valuesOf(
  q: Queryable,
  row: CountedRow,
): Promise<Pick<ExceedanceDetail, 'hourValues' | 'msgs'>> {
  const limits = new Map<number, LimitRow>()
  const rows = await hourRows(q, [row.outlet_id], row.from_ms, row.to_ms)
  for (const [id, limit] of await limitsById(q, [row.limit_id, ...rows.flatMap((hour) => [...hour.limits])]))
    limits.set(id, limit)
  const msgs = [...new Set(rows.filter((hour) => hour.msg > 0).map((hour) => String(hour.msg)))]
  if (row.kind === 'day') {
    const days = await storedDaySteps(q, row.outlet_id, row.factor, row.from_ms, row.to_ms)
    const limit = limits.get(row.limit_id)
    const hourValues = Array.from(days.startMs, (ms, i) => {
      const value = days.value[i] as number
      return {
        hour: isoOf(ms),
        value: orNull(value),
        limit: limit?.value ?? null,
        multiple: days.over[i] === 1 && limit !== undefined ? orNull(multipleOf(value, limit)) : null,
      }
    })
    return { hourValues, msgs }
  }
  const layouts = await outletLayouts(q)
  const hourValues = rows.map((hour) => {
    const f = layouts.get(hour.layoutId)?.indexOf(row.factor) ?? -1
    const value = f < 0 ? Number.NaN : comparableAt(hour, f)
    const limit = limits.get(hour.limits[f] ?? 0)
    return {
      hour: isoOf(hour.startMs),
      value: orNull(value),
      limit: limit?.value ?? null,
      multiple: limit === undefined ? null : orNull(multipleOf(value, limit)),
    }
  })
  return { hourValues, msgs }
}

/** Outlets are often registered with the name of their plant. */
const nameOf = ({ enterprise, outletName }: Exceedance): string =>
  outletName.startsWith(enterprise.name) ? outletName : `${enterprise.name}${outletName}`

/** Text for a short message: what exceeded, by how much, and on how many of the last 30 days. */
function messageOf(item: Exceedance): string {
  const { limit } = item
  const start = `${item.from.slice(5, 10).replace('-', '月')}日${item.from.slice(11, 13)}时`
  const length = item.kind === 'hour' ? `连续${item.hours}小时` : `连续${item.hours}日`
  const mean = item.kind === 'hour' ? '小时均值' : '日均值'
  const over =
    limit.min === null
      ? `超过限值${short(limit.value)}${limit.unit}，超标${short(item.multiple)}倍`
      : `超出限值范围${limit.min}～${limit.value}`
  return (
    `【超标提醒】${nameOf(item)}（${item.outletNumber}）${item.factorName}自${start}起` +
    `${length}${mean}超标，最高${short(item.maxValue)}${limit.min === null ? limit.unit : ''}，${over}；` +
    `近30日累计超标${item.cumulativeDays30}天。`
  )
}

/**
 * Confirms or exempts an exceedance, or opens it again. The word is an entry of the journal; the event takes it when
 * it is evaluated, here in the same transaction.
 * @throws `source.exceedance-unknown`, `source.exceedance-wrong-state`, `request.changed-meanwhile`, `auth.forbidden`
 */
export async function judgeExceedance(
  deps: ViewDeps,
  actor: Actor,
  id: number,
  body: { decision: 'confirm' | 'exempt' | 'reopen'; reason: string; version: number },
): Promise<ExceedanceDetail> {
  await deps.db.asActor(actor, async (trx) => outletInScope(trx, actor, (await rowOf(trx, id)).outlet_id))
  await deps.db.transaction(async (trx) => {
    // Of two who judge at once the second sees the version of the first; the evaluation below needs the lock anyway.
    await lockSources(trx)
    const row = await rowOf(trx, id)
    if (row.version !== body.version)
      throw new AppError('request.changed-meanwhile', { detail: `版本 ${row.version}` })
    if (row.state === 'withdrawn')
      throw new AppError('source.exceedance-wrong-state', { detail: '该次超标已撤销' })
    if (row.grade === 'C' && body.decision === 'confirm')
      throw new AppError('source.exceedance-wrong-state', { detail: '企业自主标记时限未到' })
    const entry: ExceedanceDecision = {
      outletId: row.outlet_id,
      regionCode: row.region_code,
      ownerId: row.owner_id,
      factor: row.factor,
      kind: row.kind,
      fromMs: row.from_ms,
      toMs: row.to_ms,
      decision: body.decision,
      byName: actor.name,
    }
    const atMs = deps.clock.now()
    const decision = {
      type: exceedanceDecisionType,
      by: actor.userId,
      atMs,
      reason: body.reason,
      body: entry,
    }
    const msg = await appendDecision(trx, decision)
    await applySourceDecision(trx, decision, msg)
    await drainSources(trx, { nowMs: atMs, outletId: row.outlet_id, doubted: async () => doubtOf(row) })
    const detail = { exceedance: id, decision: body.decision }
    await recordAudit(trx, actor, 'source.exceedance-judged', `feature:${row.outlet_id}`, detail)
  })
  return getExceedance(deps, actor, id)
}

/** The doubt that the stored grade rests on: the word about an event says nothing about the leads. */
const doubtOf = (row: ExceedanceRow): ReadonlySet<number> =>
  new Set(restsOnDoubt(row.grade_reasons) ? [row.outlet_id] : [])
