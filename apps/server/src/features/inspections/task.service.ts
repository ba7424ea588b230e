/** Tasks of inspection: lists, one with its record, and those that no plan foresaw. */
import type {
  CapException,
  ChecklistTheme,
  InspectionSummary,
  InspectionTask,
  InspectionTaskDetail,
  VisitKind,
} from '@shanshui/contract'
import { workflows } from '@shanshui/workflow'
import type { Actor } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { announceIn } from '../../platform/events/index.ts'
import { regionSpan } from '../../platform/region.ts'
import { leadsByIds } from '../leads/index.ts'
import { listEnterprises } from '../registry/index.ts'
import { decodeCursor, encodeCursor, isoOf } from '../series/index.ts'
import { disturbanceOf } from './disturbance.ts'
import { namesOf } from './draw.repository.ts'
import { devicesOfTask, itemsOf, problemsOf } from './field.repository.ts'
import { presentConflicts, presentTaskState, titleOfKey } from './field-state.ts'
import { countOpenFindings } from './finding.repository.ts'
import type { InspectionRow } from './inspection.table.ts'
import type { InspectionRoomDeps } from './inspection-doors.ts'
import { dayOf, isOnDuty, type KnownInspector, knownInspectors } from './inspector.service.ts'
import { openTask } from './open-task.ts'
import { selectUnits } from './pool.repository.ts'
import { capOf } from './pool.service.ts'
import { readSettings } from './setting.service.ts'
import { countTasks, selectTasks, taskOfCommand } from './task.repository.ts'

const definition = workflows.find((one) => one.id === 'inspection-task')
const stateTitle = (state: string): string =>
  definition?.states.find((one) => one.id === state)?.title.zh ?? state

interface People {
  readonly names: ReadonlyMap<number, string>
  readonly inspectors: ReadonlyMap<number, KnownInspector>
}

async function peopleOf(q: Queryable, rows: readonly InspectionRow[]): Promise<People> {
  const userIds = [...new Set(rows.flatMap((row) => row.officers))]
  const inspectors = await knownInspectors(q, { userIds })
  return {
    names: await namesOf(q, userIds),
    inspectors: new Map(inspectors.map((one) => [one.user_id, one])),
  }
}

function presentTask(row: InspectionRow, people: People, nowMs: number): InspectionTask {
  return {
    id: row.id,
    matterId: row.matter_id,
    number: row.number,
    kind: row.kind,
    title: row.title,
    state: row.state,
    stateTitle: stateTitle(row.state),
    phase: row.phase,
    regionCode: row.region_code,
    regionName: row.region_name,
    enterprise:
      row.enterprise_id === null
        ? null
        : { id: row.enterprise_id, name: row.enterprise_name ?? '', code: row.enterprise_code ?? '' },
    place: { lon: row.lon, lat: row.lat },
    date: row.planned_on,
    order: row.sequence,
    startMinute: row.start_minute,
    minutes: row.minutes,
    officers: row.officers.map((userId) => ({
      userId,
      name: people.names.get(userId) ?? '',
      certificate: people.inspectors.get(userId)?.certificate ?? null,
    })),
    planId: row.plan_id,
    drawId: row.draw_id,
    exception: row.exception,
    conclusion: row.conclusion,
    arrivedAt: row.arrived_ms === null ? null : isoOf(row.arrived_ms),
    finishedAt: row.finished_ms === null ? null : isoOf(row.finished_ms),
    problems: row.problems,
    openConflicts: row.open_conflicts,
    dueAt: row.due_ms === null ? null : isoOf(row.due_ms),
    overdue: row.due_ms !== null && row.due_ms < nowMs && row.phase === 'open',
    version: row.record_version,
  }
}

export interface TaskQuery {
  readonly regionCode?: number
  readonly mine?: boolean
  readonly from?: string
  readonly to?: string
  readonly state?: string
  readonly kind?: VisitKind
  readonly enterpriseId?: number
  readonly planId?: number
  readonly limit?: number
  readonly cursor?: string
}

export async function listTasks(
  deps: InspectionRoomDeps,
  actor: Actor,
  query: TaskQuery,
): Promise<{ items: InspectionTask[]; next: string | null }> {
  const limit = query.limit ?? 100
  const after = decodeCursor(query.cursor, ['string', 'number'])
  if (after !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(after[0]))
    throw new AppError('request.cursor-invalid')
  return deps.db.asActor(actor, async (trx) => {
    const rows = await selectTasks(trx, {
      region: regionSpan(query.regionCode),
      officer: query.mine === true ? actor.userId : undefined,
      from: query.from,
      to: query.to,
      state: query.state,
      kind: query.kind,
      enterpriseId: query.enterpriseId,
      planId: query.planId,
      after,
      limit: limit + 1,
    })
    const page = rows.slice(0, limit)
    const people = await peopleOf(trx, page)
    const last = page.at(-1)
    return {
      items: page.map((row) => presentTask(row, people, deps.clock.now())),
      next: rows.length > limit && last !== undefined ? encodeCursor([last.planned_on, last.id]) : null,
    }
  })
}

/** Errors: `inspection.task-unknown`. */
async function taskDetail(q: Queryable, id: number, nowMs: number): Promise<InspectionTaskDetail> {
  const [row] = await selectTasks(q, { ids: [id], limit: 1 })
  if (row === undefined)
    throw new AppError('inspection.task-unknown', { detail: `没有检查任务 ${id}，或不在您的数据范围内` })
  const items = (await itemsOf(q, [id])).get(id) ?? []
  const problems = (await problemsOf(q, [id])).get(id) ?? []
  const devices = await devicesOfTask(q, id)
  return {
    ...presentTask(row, await peopleOf(q, [row]), nowMs),
    why: row.why,
    what: row.what,
    checklists: row.checklists as ChecklistTheme[],
    refs: row.refs,
    items: items.map((item) => ({
      key: item.key,
      title: titleOfKey(item.key),
      value: item.value,
      at: isoOf(item.at_ms),
      by: item.by_name ?? '',
      version: item.version,
    })),
    problemsFound: problems.map((one) => ({ id: one.problem_id, number: one.number, title: one.title })),
    conflicts: (await presentConflicts(q, id)).map(({ taskId: _, ...conflict }) => conflict),
    waitsFor: (await presentTaskState(q, row)).waitsFor,
    devices: devices.map((one) => ({
      device: one.device,
      driftSeconds: one.drift_seconds,
      lastSyncAt: isoOf(one.last_ms),
      operations: one.operations,
    })),
  }
}

export async function getTask(
  deps: InspectionRoomDeps,
  actor: Actor,
  id: number,
): Promise<InspectionTaskDetail> {
  return deps.db.asActor(actor, (trx) => taskDetail(trx, id, deps.clock.now()))
}

export interface TaskAsk {
  readonly enterpriseId: number
  readonly kind: VisitKind
  readonly date: string
  readonly officers: readonly number[]
  readonly checklists: readonly ChecklistTheme[]
  readonly reason: string
  readonly exception?: CapException
  readonly leadId?: number
  readonly commandId?: string
}

/**
 * A visit that no plan foresaw. 无事不扰 holds for it as well: without an exception the ceiling refuses it.
 * Errors: `inspection.officers-invalid`, `inspection.blocked`, `registry.enterprise-unknown`.
 */
export async function openTaskByActor(
  deps: InspectionRoomDeps,
  actor: Actor,
  ask: TaskAsk,
): Promise<InspectionTaskDetail> {
  const nowMs = deps.clock.now()
  return deps.db.asActor(actor, async (trx) => {
    const before = ask.commandId === undefined ? undefined : await taskOfCommand(trx, ask.commandId)
    if (before !== undefined) return taskDetail(trx, before, nowMs)
    const [enterprise] = await listEnterprises(trx, { ids: [ask.enterpriseId] })
    if (enterprise === undefined || enterprise.lon === null || enterprise.lat === null)
      throw new AppError('registry.enterprise-unknown', {
        detail: `没有排污单位 ${ask.enterpriseId}，或没有坐标`,
      })
    const officers = await officersFor(trx, ask)
    await refuseDisturbance(trx, ask, dayOf(nowMs))
    const leads = ask.leadId === undefined ? [] : await leadsByIds(trx, [ask.leadId])
    const id = await openTask(
      trx,
      actor,
      {
        kind: ask.kind,
        title: enterprise.name,
        regionCode: enterprise.regionCode,
        ownerId: enterprise.ownerId,
        enterpriseId: enterprise.id,
        place: { lon: enterprise.lon, lat: enterprise.lat },
        plannedOn: ask.date,
        sequence: 1,
        startMinute: null,
        minutes: (await readSettings(trx)).number('minutes.lead'),
        officers: ask.officers,
        handlerId: officers[0]?.organization_id ?? actor.organizationId,
        planId: null,
        candidateId: null,
        drawId: null,
        exception: ask.exception ?? null,
        why: [
          `临时安排：${ask.reason}`,
          ...leads.map((lead) => `线索：${lead.rule_title ?? lead.rule_id}，${lead.explanation}`),
        ],
        what: leads.map((lead) => `核实“${lead.rule_title ?? lead.rule_id}”：${lead.refutation}`),
        checklists: ask.checklists,
        refs: leads.map((lead) => ({ kind: 'lead', id: lead.id, title: lead.rule_title ?? lead.rule_id })),
        commandId: ask.commandId ?? null,
      },
      nowMs,
    )
    const detail = await taskDetail(trx, id, nowMs)
    await announceIn(trx, [{ topic: 'inspection', data: { id } }])
    await recordAudit(trx, actor, 'inspection.task-opened', `inspection:${id}`, {
      enterpriseId: ask.enterpriseId,
      exception: ask.exception ?? null,
      reason: ask.reason,
    })
    return detail
  })
}

async function officersFor(q: Queryable, ask: TaskAsk): Promise<KnownInspector[]> {
  const wanted = new Set(ask.officers)
  const known = (await knownInspectors(q, { userIds: ask.officers })).filter((one) => isOnDuty(one, ask.date))
  const recused = known.filter((one) => one.recusals.some((r) => r.enterpriseId === ask.enterpriseId))
  if (wanted.size < 2 || known.length < wanted.size || recused.length > 0)
    throw new AppError('inspection.officers-invalid', {
      detail:
        recused.length > 0
          ? `应当回避：${recused.map((one) => one.name).join('、')}`
          : `${ask.date} 持有效证件在岗的 ${known.length} 人，所列 ${wanted.size} 人`,
    })
  return known
}

async function refuseDisturbance(q: Queryable, ask: TaskAsk, today: string): Promise<void> {
  const [unit] = await selectUnits(q, { today, ids: [ask.enterpriseId], limit: 1 })
  if (unit === undefined) return
  const settings = await readSettings(q)
  const { positive_from: from, positive_to: to } = unit
  const reason = disturbanceOf(
    {
      pool: unit.kind,
      cap: capOf(unit, settings).visits,
      visits: unit.visits,
      lastVisitOn: unit.last_visit,
      positiveList: from === null || to === null ? null : { from, to },
      quietDays: settings.number('quiet.days'),
    },
    { kinds: [ask.kind], exception: ask.exception ?? null, on: ask.date },
  )
  if (reason !== undefined) throw new AppError('inspection.blocked', { detail: reason })
}

/** Monday and Sunday of the week of a civil day. */
function weekOf(day: string): { from: string; to: string } {
  const ms = Date.parse(day)
  const monday = ms - ((new Date(ms).getUTCDay() + 6) % 7) * 86_400_000
  const text = (at: number) => new Date(at).toISOString().slice(0, 10)
  return { from: text(monday), to: text(monday + 6 * 86_400_000) }
}

export async function inspectionSummary(
  deps: InspectionRoomDeps,
  actor: Actor,
  query: { regionCode?: number; date?: string },
): Promise<InspectionSummary> {
  const today = query.date ?? dayOf(deps.clock.now())
  const region = regionSpan(query.regionCode)
  return deps.db.asActor(actor, async (trx) => {
    const counts = await countTasks(trx, { region, ...weekOf(today), today, officer: actor.userId })
    return {
      planned: counts.planned,
      done: counts.done,
      onSite: counts.on_site,
      problems: counts.problems,
      openConflicts: counts.open_conflicts,
      findings: await countOpenFindings(trx, region),
      mine: counts.mine,
    }
  })
}
