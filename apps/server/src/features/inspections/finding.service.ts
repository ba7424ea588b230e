/** Findings made at the desk: verify within a working day, hear the enterprise, decide. The limits are settings. */
import type { FindingDecision, FindingState, OffSiteFinding } from '@shanshui/contract'
import { endOfWorkingDays } from '@shanshui/standards'
import type { Actor } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Queryable, Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { announceIn } from '../../platform/events/index.ts'
import { cursorId } from '../../platform/page.ts'
import { regionSpan } from '../../platform/region.ts'
import { notify } from '../identity/index.ts'
import { registerProblem } from '../matters/index.ts'
import { listEnterprises } from '../registry/index.ts'
import { dayMs, isoOf, midnightOf } from '../series/index.ts'
import {
  closeFindingRow,
  type Due,
  explainFindingRow,
  findingById,
  insertFinding,
  selectFindings,
  verifyFindingRow,
} from './finding.repository.ts'
import type { FindingRow } from './inspection.table.ts'
import type { InspectionRoomDeps } from './inspection-doors.ts'
import { dayOf } from './inspector.service.ts'
import { offSiteCheck } from './off-site.ts'
import { readSettings } from './setting.service.ts'

const checkedDays = 30

function present(row: FindingRow, nowMs: number): OffSiteFinding {
  return {
    id: row.id,
    enterprise: { id: row.enterprise_id, name: row.enterprise_name, code: row.enterprise_code },
    regionCode: row.region_code,
    item: row.item,
    title: row.title,
    finding: row.finding,
    state: row.state,
    decision: row.decision,
    raisedAt: isoOf(row.raised_ms),
    raisedBy: row.raised_by_name ?? '',
    dueAt: row.due_ms === null ? null : isoOf(row.due_ms),
    dueBasis:
      row.due_text === null || row.due_status === null
        ? null
        : { text: row.due_text, status: row.due_status },
    overdue: row.due_ms !== null && row.due_ms < nowMs,
    verifyNote: row.verify_note,
    explanation: row.explanation,
    decisionNote: row.decision_note,
    problemId: row.problem_id,
    taskId: row.inspection_id,
    version: row.version,
  }
}

async function dueIn(q: Queryable, key: string, nowMs: number): Promise<Due> {
  const { value, title, source, status } = (await readSettings(q)).row(key)
  const atMs = midnightOf(endOfWorkingDays(dayOf(nowMs), value)) + dayMs
  return { atMs, text: `${title} ${value} 个工作日（${source}）`, status }
}

async function rowOf(q: Queryable, id: number): Promise<FindingRow> {
  const row = await findingById(q, id)
  if (row === undefined)
    throw new AppError('inspection.finding-unknown', { detail: `没有非现场发现 ${id}，或不在您的数据范围内` })
  return row
}

export async function listFindings(
  deps: InspectionRoomDeps,
  actor: Actor,
  query: {
    regionCode?: number
    enterpriseId?: number
    state?: FindingState
    limit?: number
    cursor?: string
  },
): Promise<{ items: OffSiteFinding[]; next: string | null }> {
  const limit = query.limit ?? 100
  return deps.db.asActor(actor, async (trx) => {
    const rows = await selectFindings(trx, {
      region: regionSpan(query.regionCode),
      enterpriseId: query.enterpriseId,
      state: query.state,
      beforeId: cursorId(query.cursor),
      limit: limit + 1,
    })
    const page = rows.slice(0, limit)
    return {
      items: page.map((row) => present(row, deps.clock.now())),
      next: rows.length > limit ? String(page.at(-1)?.id) : null,
    }
  })
}

async function changed(
  deps: InspectionRoomDeps,
  trx: Trx,
  actor: Actor,
  id: number,
  action: string,
  detail: object,
): Promise<OffSiteFinding> {
  const answer = present(await rowOf(trx, id), deps.clock.now())
  await announceIn(trx, [{ topic: 'inspection', data: { id } }])
  await recordAudit(trx, actor, action, `offsite-finding:${id}`, detail)
  return answer
}

/** Checks again and keeps what was abnormal. Errors: `inspection.item-unknown`, `inspection.finding-nothing`. */
export async function raiseFinding(
  deps: InspectionRoomDeps,
  actor: Actor,
  enterpriseId: number,
  body: { item: string; note?: string },
): Promise<OffSiteFinding> {
  const nowMs = deps.clock.now()
  return deps.db.asActor(actor, async (trx) => {
    const check = await offSiteCheck(trx, deps.doors, enterpriseId, checkedDays, nowMs)
    const item = check.items.find((one) => one.id === body.item)
    if (item === undefined)
      throw new AppError('inspection.item-unknown', { detail: `没有非现场核查项 ${body.item}` })
    if (item.verdict !== 'abnormal')
      throw new AppError('inspection.finding-nothing', { detail: `${item.title}：${item.finding}` })
    const [enterprise] = await listEnterprises(trx, { ids: [enterpriseId] })
    if (enterprise === undefined)
      throw new AppError('registry.enterprise-unknown', { detail: `没有排污单位 ${enterpriseId}` })
    const id = await insertFinding(trx, {
      enterpriseId,
      regionCode: enterprise.regionCode,
      ownerId: enterprise.ownerId,
      item: item.id,
      title: item.title,
      finding: body.note === undefined ? item.finding : `${item.finding}。${body.note}`,
      snapshot: { figures: item.figures, rows: item.rows },
      atMs: nowMs,
      by: actor.userId,
      due: await dueIn(trx, 'finding.verify.days', nowMs),
    })
    return changed(deps, trx, actor, id, 'inspection.finding-raised', { enterpriseId, item: item.id })
  })
}

/** The finding in the state that a step needs. Errors: `inspection.finding-state`, `inspection.changed-meanwhile`. */
function expect(row: FindingRow, states: readonly FindingState[], version: number): void {
  if (!states.includes(row.state))
    throw new AppError('inspection.finding-state', { detail: `${row.title} 的状态是 ${row.state}` })
  if (row.version !== version)
    throw new AppError('inspection.changed-meanwhile', { detail: `${row.title} 已被他人处理` })
}

const once = (done: boolean): void => {
  if (!done) throw new AppError('inspection.changed-meanwhile', { detail: '非现场发现已被他人处理' })
}

export async function verifyFinding(
  deps: InspectionRoomDeps,
  actor: Actor,
  id: number,
  body: { version: number; note: string },
): Promise<OffSiteFinding> {
  const atMs = deps.clock.now()
  return deps.db.asActor(actor, async (trx) => {
    const row = await rowOf(trx, id)
    expect(row, ['raised'], body.version)
    const due = await dueIn(trx, 'finding.explain.days', atMs)
    once(await verifyFindingRow(trx, id, body.version, { note: body.note, by: actor.userId, atMs, due }))
    await notify(trx, {
      topic: 'inspection',
      to: { permission: 'permit:submit', regionCode: row.region_code, ownerId: row.owner_id },
      title: `请说明情况：${row.title}`,
      body: `${row.finding}。${due.text}`,
      link: '/portal',
      dedupeKey: `offsite-finding:${id}:verified`,
    })
    return changed(deps, trx, actor, id, 'inspection.finding-verified', { note: body.note })
  })
}

export async function explainFinding(
  deps: InspectionRoomDeps,
  actor: Actor,
  id: number,
  body: { version: number; explanation: string },
): Promise<OffSiteFinding> {
  const atMs = deps.clock.now()
  return deps.db.asActor(actor, async (trx) => {
    expect(await rowOf(trx, id), ['verified'], body.version)
    once(await explainFindingRow(trx, id, body.version, { ...body, by: actor.userId, atMs }))
    return changed(deps, trx, actor, id, 'inspection.finding-explained', {})
  })
}

/**
 * A case needs the explanation or that its time is over; excluding and reminding do not.
 * Errors: as `verifyFinding`.
 */
export async function decideFinding(
  deps: InspectionRoomDeps,
  actor: Actor,
  id: number,
  body: { version: number; decision: FindingDecision; note: string },
): Promise<OffSiteFinding> {
  const atMs = deps.clock.now()
  return deps.db.asActor(actor, async (trx) => {
    const row = await rowOf(trx, id)
    expect(row, ['raised', 'verified', 'explained'], body.version)
    const heard = row.state === 'explained' || (row.state === 'verified' && (row.due_ms ?? 0) < atMs)
    if (body.decision === 'case' && !heard)
      throw new AppError('inspection.finding-state', { detail: '登记问题前须听取企业说明，或说明时限已过' })
    const problem = body.decision === 'case' ? await problemOf(trx, actor, row, body.note, atMs) : null
    once(
      await closeFindingRow(trx, id, body.version, {
        decision: body.decision,
        note: body.note,
        by: actor.userId,
        atMs,
        problemId: problem,
      }),
    )
    return changed(deps, trx, actor, id, 'inspection.finding-decided', { decision: body.decision })
  })
}

async function problemOf(
  trx: Trx,
  actor: Actor,
  row: FindingRow,
  note: string,
  atMs: number,
): Promise<number> {
  const [enterprise] = await listEnterprises(trx, { ids: [row.enterprise_id] })
  const made = await registerProblem(
    trx,
    actor,
    {
      source: 'inspection',
      ref: `非现场 ${row.id}`,
      title: `${row.enterprise_name}：${row.title}`,
      detail: `${row.finding}\n${note}`,
      theme:
        row.item === 'exceedances'
          ? 'air'
          : row.item === 'permit' || row.item === 'obligations'
            ? 'procedure'
            : 'data-quality',
      regionCode: row.region_code,
      ownerId: row.owner_id,
      enterpriseId: row.enterprise_id,
      featureId: row.enterprise_id,
      lon: enterprise?.lon ?? null,
      lat: enterprise?.lat ?? null,
      foundMs: row.raised_ms,
    },
    atMs,
  )
  return made.id
}
