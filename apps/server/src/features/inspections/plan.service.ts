/** Plans: what was asked is kept, what was answered is kept, and every change by a person has its price beside it. */

import type {
  InspectionPlan,
  InspectionPlanDetail,
  PlanChange,
  PlanChangeCost,
  PlanState,
} from '@shanshui/contract'
import { isWorkingDay, type WorkCalendar } from '@shanshui/standards'
import type { Actor } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Queryable, Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { announceIn } from '../../platform/events/index.ts'
import { cursorId } from '../../platform/page.ts'
import { regionSpan } from '../../platform/region.ts'
import { workCalendarIn } from '../matters/index.ts'
import { candidatesOf, checkPeriod, type FullCandidate, type Period } from './candidates.ts'
import type { CandidateDetail, PlanRow } from './inspection.table.ts'
import type { InspectionRoomDeps } from './inspection-doors.ts'
import { nextSerial } from './inspector.repository.ts'
import { isOnDuty, knownInspectors } from './inspector.service.ts'
import { openTask } from './open-task.ts'
import { presentCost, presentPlan, presentPlanDetail } from './plan.present.ts'
import {
  insertPlan,
  insertPlanChange,
  movePlan,
  planById,
  planOfCommand,
  selectPlanChanges,
  selectPlans,
  setPlanJob,
  setPlanResult,
  tasksOfPlan,
} from './plan.repository.ts'
import { costOfChange, type Plan, type PlanInput, type PlanInspector, whatIfApart } from './planning/index.ts'
import { readSettings, type Settings } from './setting.service.ts'

export const planJobName = 'inspections.plan'
const usualSeconds = 15

/** Civil days of a period that are worked by the bureau's calendar. */
function workingDaysOf({ from, to }: Period, calendar: WorkCalendar): string[] {
  const days: string[] = []
  for (let ms = Date.parse(from); ms <= Date.parse(to); ms += 86_400_000) {
    const day = new Date(ms).toISOString().slice(0, 10)
    if (isWorkingDay(day, calendar)) days.push(day)
  }
  return days
}

async function inspectorsOf(
  q: Queryable,
  regionCode: number,
  days: readonly string[],
): Promise<PlanInspector[]> {
  const known = await knownInspectors(q, { region: regionSpan(regionCode) })
  return known.flatMap((one) => {
    const dates = days.filter((day) => isOnDuty(one, day))
    if (dates.length === 0) return []
    return [
      {
        id: one.id,
        name: one.name,
        home: { lon: one.lon, lat: one.lat },
        dates,
        minutesPerDay: one.minutes_per_day,
        skills: one.skills,
      },
    ]
  })
}

function inputOf(
  inspectors: readonly PlanInspector[],
  candidates: readonly FullCandidate[],
  days: readonly string[],
  settings: Settings,
  seed: number,
): PlanInput {
  return {
    inspectors,
    candidates: candidates.map((candidate) => candidate.plan),
    days,
    roadFactor: settings.number('road.factor'),
    speedKmh: settings.number('road.speed'),
    settings: { seed, startMinute: settings.number('day.start') },
  }
}

/** Keeps what is asked and queues the work. Errors: `inspection.period-invalid`, `inspection.plan-empty`. */
export async function makePlan(
  deps: InspectionRoomDeps,
  actor: Actor,
  ask: Period & { regionCode: number; seconds?: number; commandId?: string },
): Promise<{ planId: number; jobId: number }> {
  checkPeriod(ask)
  return deps.db.asActor(actor, async (trx) => {
    const before = ask.commandId === undefined ? undefined : await planOfCommand(trx, ask.commandId)
    if (before !== undefined) return { planId: before.id, jobId: before.job_id ?? 0 }
    const settings = await readSettings(trx)
    const days = workingDaysOf(ask, await workCalendarIn(trx))
    const inspectors = await inspectorsOf(trx, ask.regionCode, days)
    if (days.length === 0 || inspectors.length < 2)
      throw new AppError('inspection.plan-empty', {
        detail: `${ask.from} 至 ${ask.to}：工作日 ${days.length} 天，可排执法人员 ${inspectors.length} 人，至少两人`,
      })
    const candidates = await candidatesOf(trx, deps, ask.regionCode, ask)
    const number = await nextSerial(trx, 'JH', ask.regionCode, Number(ask.from.slice(0, 4)))
    const planId = await insertPlan(trx, {
      number,
      regionCode: ask.regionCode,
      from: ask.from,
      to: ask.to,
      input: inputOf(inspectors, candidates, days, settings, 1),
      details: Object.fromEntries(candidates.map(({ plan, detail }) => [plan.id, detail])),
      atMs: deps.clock.now(),
      by: actor.userId,
      commandId: ask.commandId,
    })
    const jobId = await deps.jobs.enqueue(
      trx,
      planJobName,
      { planId, seconds: ask.seconds ?? usualSeconds },
      actor,
    )
    await setPlanJob(trx, planId, jobId)
    await recordAudit(trx, actor, 'inspection.plan-asked', `inspection-plan:${planId}`, {
      from: ask.from,
      to: ask.to,
      regionCode: ask.regionCode,
      candidates: candidates.length,
      inspectors: inspectors.length,
    })
    return { planId, jobId }
  })
}

async function rowOf(q: Queryable, id: number, forUpdate = false): Promise<PlanRow> {
  const row = await planById(q, id, forUpdate)
  if (row === undefined) throw new AppError('inspection.plan-unknown', { detail: `没有计划 ${id}` })
  return row
}

/** A draft that has been worked out. */
type Ready = PlanRow & { readonly result: Plan }

async function draftOf(q: Queryable, id: number, forUpdate = false): Promise<Ready> {
  const row = await rowOf(q, id, forUpdate)
  if (row.state !== 'draft' || row.result === null)
    throw new AppError('inspection.plan-state', {
      detail: row.result === null ? `${row.number} 还没有算出` : `${row.number} 已下达或撤回`,
    })
  return { ...row, result: row.result }
}

async function detailOf(q: Queryable, id: number): Promise<InspectionPlanDetail> {
  const row = await rowOf(q, id)
  const people = await knownInspectors(q, { ids: row.input.inspectors.map((one) => one.id) })
  return presentPlanDetail(row, {
    userIds: new Map(people.map((one) => [one.id, one.user_id])),
    tasks: await tasksOfPlan(q, id),
    changes: await selectPlanChanges(q, id),
  })
}

export async function listPlans(
  deps: InspectionRoomDeps,
  actor: Actor,
  query: { regionCode?: number; date?: string; state?: PlanState; limit?: number; cursor?: string },
): Promise<{ items: InspectionPlan[]; next: string | null }> {
  const limit = query.limit ?? 100
  return deps.db.asActor(actor, async (trx) => {
    const rows = await selectPlans(trx, {
      region: regionSpan(query.regionCode),
      date: query.date,
      state: query.state,
      beforeId: cursorId(query.cursor),
      limit: limit + 1,
    })
    const page = rows.slice(0, limit)
    return { items: page.map(presentPlan), next: rows.length > limit ? String(page.at(-1)?.id) : null }
  })
}

export async function getPlan(
  deps: InspectionRoomDeps,
  actor: Actor,
  id: number,
): Promise<InspectionPlanDetail> {
  return deps.db.asActor(actor, (trx) => detailOf(trx, id))
}

export async function costPlanChange(
  deps: InspectionRoomDeps,
  actor: Actor,
  id: number,
  change: PlanChange,
): Promise<PlanChangeCost> {
  return deps.db.asActor(actor, async (trx) => {
    const row = await draftOf(trx, id)
    return presentCost(costOfChange(row.input, row.result, change), row.input)
  })
}

/** Errors: `inspection.plan-state`, `inspection.changed-meanwhile`, `inspection.change-infeasible`. */
export async function changePlan(
  deps: InspectionRoomDeps,
  actor: Actor,
  id: number,
  body: { version: number; change: PlanChange; reason?: string },
): Promise<InspectionPlanDetail> {
  return deps.db.asActor(actor, async (trx) => {
    const row = await draftOf(trx, id, true)
    expectVersion(row, body.version)
    const cost = costOfChange(row.input, row.result, body.change)
    if (!cost.feasible)
      throw new AppError('inspection.change-infeasible', {
        detail: cost.warnings.map((warning) => warning.zh).join('；'),
      })
    const soft = cost.warnings.filter((warning) => !warning.hard)
    if (soft.length > 0 && (body.reason ?? '').trim() === '')
      throw new AppError('inspection.change-infeasible', {
        detail: `须写明理由：${soft.map((warning) => warning.zh).join('；')}`,
      })
    await insertPlanChange(trx, row, {
      by: actor.userId,
      atMs: deps.clock.now(),
      change: body.change,
      text: textOfChange(row, body.change),
      valueDifference: cost.valueDifference,
      travelDifference: cost.travelDifference,
      reason: body.reason ?? null,
    })
    await setPlanResult(trx, id, withChange(row, body.change, cost))
    return changed(trx, actor, id, 'inspection.plan-changed', { change: body.change })
  })
}

function expectVersion(row: PlanRow, version: number): void {
  if (row.version !== version)
    throw new AppError('inspection.changed-meanwhile', { detail: `${row.number} 已被他人调整` })
}

function withChange(row: Ready, change: PlanChange, cost: ReturnType<typeof costOfChange>): Plan {
  const leftOut = row.result.leftOut.filter((one) => one.candidateId !== change.candidateId)
  return {
    ...row.result,
    visits: cost.visits,
    load: cost.load,
    value: Math.round((row.result.value + cost.valueDifference) * 1000) / 1000,
    leftOut:
      change.kind === 'remove'
        ? [...leftOut, { candidateId: change.candidateId, reason: 'lower-value', zh: '人工移出' }]
        : leftOut,
  }
}

function textOfChange(row: PlanRow, change: PlanChange): string {
  const title = row.input.candidates.find((one) => one.id === change.candidateId)?.title ?? change.candidateId
  if (change.kind === 'remove') return `移出：${title}`
  const names = row.input.inspectors
    .filter((one) => change.inspectorIds.includes(one.id))
    .map((one) => one.name)
  return `${change.kind === 'add' ? '加入' : '移动'}：${title}，${change.date}，${names.join('、')}`
}

async function changed(
  trx: Trx,
  actor: Actor,
  id: number,
  action: string,
  detail: object,
): Promise<InspectionPlanDetail> {
  const answer = await detailOf(trx, id)
  await announceIn(trx, [{ topic: 'inspection', data: { id } }])
  await recordAudit(trx, actor, action, `inspection-plan:${id}`, detail)
  return answer
}

const whatIfSeconds = 8

export interface WhatIfAnswer {
  readonly more: number
  readonly value: number
  readonly gain: number
  readonly visits: number
  readonly moreVisits: number
  readonly seconds: number
  readonly added: { candidateId: string; title: string; value: number }[]
}

/** The plan with more officers. Nothing is kept. */
export async function whatIfPlan(
  deps: InspectionRoomDeps,
  actor: Actor,
  id: number,
  more: number,
): Promise<WhatIfAnswer> {
  const row = await deps.db.asActor(actor, (trx) => rowOf(trx, id))
  if (row.result === null) throw new AppError('inspection.plan-state', { detail: `${row.number} 还没有算出` })
  const { plan, gain } = await whatIfApart(row.input, more, { seconds: whatIfSeconds })
  const had = new Set(row.result.visits.map((visit) => visit.candidateId))
  const byId = new Map(row.input.candidates.map((one) => [one.id, one]))
  return {
    more,
    value: plan.value,
    gain,
    visits: plan.visits.length,
    moreVisits: plan.visits.length - had.size,
    seconds: plan.seconds,
    added: plan.visits.flatMap(({ candidateId }) => {
      const candidate = byId.get(candidateId)
      return had.has(candidateId) || candidate === undefined
        ? []
        : [{ candidateId, title: candidate.title, value: candidate.value }]
    }),
  }
}

/** Every visit becomes a task. Errors: `inspection.plan-state`, `inspection.changed-meanwhile`. */
export async function publishPlan(
  deps: InspectionRoomDeps,
  actor: Actor,
  id: number,
  version: number,
): Promise<InspectionPlanDetail> {
  const atMs = deps.clock.now()
  return deps.db.asActor(actor, async (trx) => {
    const row = await draftOf(trx, id, true)
    expectVersion(row, version)
    if (!(await movePlan(trx, id, version, { state: 'published', atMs })))
      throw new AppError('inspection.changed-meanwhile', { detail: `${row.number} 已被他人处理` })
    const people = await knownInspectors(trx, { ids: row.input.inspectors.map((one) => one.id) })
    const byId = new Map(people.map((one) => [one.id, one]))
    for (const visit of row.result.visits) {
      const candidate = row.input.candidates.find((one) => one.id === visit.candidateId)
      const detail: CandidateDetail | undefined = row.details[visit.candidateId]
      const officers = visit.inspectorIds.flatMap((inspectorId) => byId.get(inspectorId) ?? [])
      if (candidate === undefined || detail === undefined || officers.length < 2) continue
      await openTask(
        trx,
        actor,
        {
          ...detail,
          kind: candidate.kind,
          title: candidate.title,
          place: candidate.place,
          plannedOn: visit.date,
          sequence: visit.order,
          startMinute: Math.round(visit.startMinute),
          minutes: candidate.minutes,
          officers: officers.map((one) => one.user_id),
          handlerId: officers[0]?.organization_id ?? actor.organizationId,
          planId: id,
          candidateId: candidate.id,
          drawId: detail.refs.find((ref) => ref.kind === 'draw')?.id ?? null,
          commandId: null,
        },
        atMs,
      )
    }
    return changed(trx, actor, id, 'inspection.plan-published', { visits: row.result.visits.length })
  })
}

/** Errors: `inspection.plan-state`, `inspection.changed-meanwhile`. */
export async function withdrawPlan(
  deps: InspectionRoomDeps,
  actor: Actor,
  id: number,
  body: { version: number; reason: string },
): Promise<InspectionPlan> {
  return deps.db.asActor(actor, async (trx) => {
    const row = await rowOf(trx, id)
    if (row.state !== 'draft')
      throw new AppError('inspection.plan-state', { detail: `${row.number} 已下达或撤回` })
    if (!(await movePlan(trx, id, body.version, { state: 'withdrawn', atMs: deps.clock.now() })))
      throw new AppError('inspection.changed-meanwhile', { detail: `${row.number} 已被他人处理` })
    const answer = presentPlan(await rowOf(trx, id))
    await recordAudit(trx, actor, 'inspection.plan-withdrawn', `inspection-plan:${id}`, {
      reason: body.reason,
    })
    return answer
  })
}
