/** Plans as people see them. */
import type {
  InspectionPlan,
  InspectionPlanDetail,
  InspectionSkill,
  PlanChangeCost,
  PlanVisit,
} from '@shanshui/contract'
import { isoOf } from '../series/index.ts'
import { enterpriseRef } from './candidates.ts'
import type { PlanRow } from './inspection.table.ts'
import type { PlanChangeRow } from './plan.repository.ts'
import type { ChangeCost, DayLoad, PlanInput } from './planning/index.ts'

const round = (x: number) => Math.round(x * 10) / 10

export function presentPlan(row: PlanRow): InspectionPlan {
  const { result } = row
  return {
    id: row.id,
    number: row.number,
    regionCode: row.region_code,
    regionName: row.region_name,
    from: row.from_on,
    to: row.to_on,
    state: row.state,
    version: row.version,
    jobId: row.job_id,
    ready: result !== null,
    method: result?.method ?? null,
    value: result?.value ?? null,
    bound: result?.bound ?? null,
    gap: result?.gap ?? null,
    seconds: result?.seconds ?? null,
    visitCount: result?.visits.length ?? 0,
    leftOutCount: result?.leftOut.length ?? 0,
    personDays: {
      available: row.input.inspectors.reduce((sum, one) => sum + one.dates.length, 0),
      used: new Set(result?.load.map((load) => `${load.inspectorId} ${load.date}`)).size,
    },
    valuePerPersonDay: result?.explain.valuePerPersonDay ?? null,
    madeAt: isoOf(row.made_ms),
    madeBy: row.made_by_name ?? '',
    publishedAt: row.published_ms === null ? null : isoOf(row.published_ms),
  }
}

function presentLoad(load: readonly DayLoad[], input: PlanInput): PlanChangeCost['load'] {
  const limits = new Map(input.inspectors.map((one) => [one.id, one.minutesPerDay]))
  return load.map((one) => ({
    inspectorId: one.inspectorId,
    date: one.date,
    minutes: round(one.minutes),
    travelMinutes: round(one.travelMinutes),
    limit: limits.get(one.inspectorId) ?? 0,
  }))
}

export function presentCost(cost: ChangeCost, input: PlanInput): PlanChangeCost {
  return {
    feasible: cost.feasible,
    valueDifference: cost.valueDifference,
    travelDifference: cost.travelDifference,
    warnings: cost.warnings.map((warning) => ({ code: warning.code, text: warning.zh, hard: warning.hard })),
    load: presentLoad(cost.load, input),
  }
}

export interface PlanAround {
  /** Person by id of the inspector. */
  readonly userIds: ReadonlyMap<number, number>
  /** Task by id of the candidate. */
  readonly tasks: ReadonlyMap<string, number>
  readonly changes: readonly PlanChangeRow[]
}

export function presentPlanDetail(row: PlanRow, around: PlanAround): InspectionPlanDetail {
  const { input, result } = row
  return {
    ...presentPlan(row),
    inspectors: input.inspectors.map((one) => ({
      id: one.id,
      userId: around.userIds.get(one.id) ?? one.id,
      name: one.name,
      home: { lon: one.home.lon, lat: one.home.lat },
      minutesPerDay: one.minutesPerDay,
      dates: [...one.dates],
      skills: one.skills as InspectionSkill[],
    })),
    days: [...input.days],
    visits: visitsOf(row, around.tasks),
    load: presentLoad(result?.load ?? [], input),
    leftOut: leftOutOf(row),
    summary: [...(result?.explain.summary ?? [])],
    boundNote: result?.explain.boundZh ?? '',
    changes: around.changes.map((change) => ({
      version: change.version,
      at: isoOf(change.at_ms),
      by: change.by_name ?? '',
      text: change.text,
      valueDifference: change.value_difference,
      travelDifference: change.travel_difference,
      reason: change.reason,
    })),
  }
}

/** Visits in order of day, crew and order. */
export function visitsOf(row: PlanRow, tasks: ReadonlyMap<string, number>): PlanVisit[] {
  const { input, result, details } = row
  const candidates = new Map(input.candidates.map((one) => [one.id, one]))
  const reasons = new Map(result?.explain.visits.map((one) => [one.candidateId, one.zh]))
  const visits = (result?.visits ?? []).flatMap((visit): PlanVisit[] => {
    const candidate = candidates.get(visit.candidateId)
    const detail = details[visit.candidateId]
    if (candidate === undefined || detail === undefined) return []
    return [
      {
        candidateId: visit.candidateId,
        kind: candidate.kind,
        title: candidate.title,
        enterprise: enterpriseRef(detail),
        place: { lon: candidate.place.lon, lat: candidate.place.lat },
        date: visit.date,
        inspectorIds: [...visit.inspectorIds],
        order: visit.order,
        travelMinutes: round(visit.travelMinutes),
        startMinute: round(visit.startMinute),
        minutes: candidate.minutes,
        value: candidate.value,
        mandatory: candidate.mandatory === true,
        why: [...detail.why],
        what: [...detail.what],
        reason: reasons.get(visit.candidateId) ?? null,
        taskId: tasks.get(visit.candidateId) ?? null,
      },
    ]
  })
  const crew = (visit: PlanVisit) => visit.inspectorIds.join(',')
  return visits.sort(
    (a, b) => a.date.localeCompare(b.date) || crew(a).localeCompare(crew(b)) || a.order - b.order,
  )
}

function leftOutOf({ input, result, details }: PlanRow): InspectionPlanDetail['leftOut'] {
  const candidates = new Map(input.candidates.map((one) => [one.id, one]))
  return (result?.leftOut ?? []).flatMap(({ candidateId, zh }) => {
    const candidate = candidates.get(candidateId)
    const detail = details[candidateId]
    if (candidate === undefined || detail === undefined) return []
    return [
      {
        candidateId,
        kind: candidate.kind,
        title: candidate.title,
        enterprise: enterpriseRef(detail),
        place: { lon: candidate.place.lon, lat: candidate.place.lat },
        value: candidate.value,
        mandatory: candidate.mandatory === true,
        reason: zh,
      },
    ]
  })
}
