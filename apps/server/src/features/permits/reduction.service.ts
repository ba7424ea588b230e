/** Total-emission reduction (总量减排): projects, their calculation, review, progress. */
import type {
  ReductionClaim,
  ReductionClaimDetail,
  ReductionClaimInput,
  ReductionProjectInput,
  ReductionState,
  ReductionType,
} from '@shanshui/contract'
import { clauseText, projectReduction, reductionKinds, roundHalfEven } from '@shanshui/standards'
import { type Actor, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { regionSpan } from '../../platform/region.ts'
import { pointById } from '../registry/index.ts'
import { decodeCursor } from '../series/index.ts'
import { iso } from './civil-time.ts'
import { defaultPage, pageOf } from './page.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import {
  type ClaimRow,
  insertClaim,
  insertEvent,
  insertProject,
  lockClaim,
  lockProject,
  type ProjectRow,
  selectClaim,
  selectClaims,
  selectEvents,
  selectProject,
  sumOfOtherYears,
  updateClaimInputs,
} from './reduction.repository.ts'
import { writing } from './refusal-of-database.ts'

export const evaluatorVersion = 'total.reduction 1.0.0'
export const numberOrNull = (text: string | null): number | null => (text === null ? null : Number(text))

function presentClaim(row: ClaimRow): ReductionClaim {
  return {
    id: row.id,
    projectId: row.project_id,
    code: row.code,
    name: row.name,
    type: row.type,
    subjectId: row.subject_id,
    subjectName: row.subject_name ?? '',
    facility: row.facility,
    regionCode: row.region_code,
    regionName: row.region_name,
    pollutant: row.pollutant,
    year: row.year,
    state: row.state,
    claimed: Number(row.claimed),
    nextYear: Number(row.next_year),
    verified: numberOrNull(row.verified),
    recognised: numberOrNull(row.recognised),
    moved: Number(row.moved),
    reason: row.reason,
    writtenBy: row.written_by,
    writtenByName: row.written_by_name ?? '',
    reviewedByName: row.reviewed_by_name,
    version: row.version,
  }
}

const presentProject = (row: ProjectRow): ReductionClaimDetail['project'] => ({
  id: row.id,
  code: row.code,
  name: row.name,
  type: row.type,
  subjectId: row.subject_id,
  facility: row.facility,
  startsOn: row.starts_on,
  completedOn: row.completed_on,
  processBefore: row.process_before,
  processAfter: row.process_after,
  baseEmission: numberOrNull(row.base_emission),
  baseSource: row.base_source,
  version: row.version,
})

export async function listClaims(
  deps: PermitRoomDeps,
  actor: Actor,
  query: {
    limit?: number
    cursor?: string
    year?: number
    regionCode?: number
    pollutant?: string
    state?: ReductionState
  },
) {
  const { limit = defaultPage, cursor, regionCode, ...filter } = query
  const before = decodeCursor(cursor, ['number'])
  const rows = await deps.db.asActor(actor, (trx) =>
    selectClaims(trx, { ...filter, region: regionSpan(regionCode), beforeId: before?.[0], limit: limit + 1 }),
  )
  return pageOf(rows, limit, presentClaim, (row) => [row.id])
}

export async function getClaim(
  deps: PermitRoomDeps,
  actor: Actor,
  id: number,
): Promise<ReductionClaimDetail> {
  return deps.db.asActor(actor, (trx) => detailOf(trx, id))
}

async function detailOf(trx: Trx, id: number): Promise<ReductionClaimDetail> {
  const row = await selectClaim(trx, id)
  const project = row === undefined ? undefined : await selectProject(trx, row.project_id)
  if (row === undefined || project === undefined) throw unknownClaim(id)
  const events = await selectEvents(trx, id)
  return {
    ...presentClaim(row),
    project: presentProject(project),
    inputs: row.inputs,
    inputReferences: row.input_references,
    evidence: row.evidence,
    trace: row.trace.map((step) => ({
      rule: step.rule,
      result: step.result,
      formula: step.formula ?? null,
      clause: clauseText(step.clause),
    })),
    coefficientStatus: reductionKinds.status,
    history: events.map((event) => ({
      at: iso(event.at),
      by: event.by_name ?? '',
      event: event.event,
      from: event.from_state,
      to: event.to_state,
      tonnes: numberOrNull(event.tonnes),
      reason: event.reason,
    })),
  }
}

const unknownClaim = (id: number) =>
  new AppError('total.claim-unknown', { detail: `没有减排核算 ${id}，或不在您的数据范围内` })

interface Calculated {
  readonly claimed: number
  readonly nextYear: number
  readonly annual: number
  readonly trace: Parameters<typeof insertClaim>[1]['trace']
}

/** Errors: `total.claim-refused` with what is missing. Tonnes to the kilogram. */
function calculate(type: ReductionType, inputs: Readonly<Record<string, unknown>>): Calculated {
  const wrong = Object.entries(inputs).filter(([, value]) => typeof value !== 'number')
  if (wrong.length > 0) {
    throw new AppError('total.claim-refused', {
      detail: `${wrong.map(([name]) => name).join('、')} 应为数字`,
    })
  }
  const { months, ...numbers } = inputs as Record<string, number>
  const outcome = projectReduction(type, numbers, months)
  if (!outcome.ok) {
    const detail = outcome.missing.length > 0 ? `缺少 ${outcome.missing.join('、')}` : (outcome.detail ?? '')
    throw new AppError('total.claim-refused', { detail })
  }
  const kg = (tonnes: number) => roundHalfEven(tonnes, 3)
  const { tonnes, annual, nextYear } = outcome.value
  if (tonnes < 0)
    throw new AppError('total.claim-refused', { detail: `核算结果为负（${kg(tonnes)} t），不是减排` })
  return { claimed: kg(tonnes), annual: kg(annual), nextYear: kg(nextYear), trace: outcome.trace }
}

/** All years of a project together are at most a full year's reduction. */
async function requireRoom(trx: Trx, projectId: number, pollutant: string, year: number, c: Calculated) {
  const others = await sumOfOtherYears(trx, projectId, pollutant, year)
  if (roundHalfEven(others + c.claimed, 3) > c.annual + 0.001) {
    throw new AppError('total.claim-too-much', {
      detail: `其他年度已计 ${others} t，本年 ${c.claimed} t，合计超过全年减排量 ${c.annual} t`,
    })
  }
}

async function storeClaim(
  deps: PermitRoomDeps,
  trx: Trx,
  actor: Actor,
  project: Pick<ProjectRow, 'id' | 'type' | 'region_code' | 'owner_id'>,
  input: ReductionClaimInput,
): Promise<number> {
  const now = deps.clock.now()
  const calculated = calculate(project.type, input.inputs)
  await requireRoom(trx, project.id, input.pollutant, input.year, calculated)
  const about = { regionCode: project.region_code, ownerId: project.owner_id }
  const id = await insertClaim(
    trx,
    { projectId: project.id, ...input, ...calculated, evaluatorVersion, ...about },
    now,
    actor.userId,
  )
  const event = { claimId: id, byId: actor.userId, event: 'create', from: null, to: 'planned' as const }
  await insertEvent(trx, { ...event, tonnes: calculated.claimed, reason: null, ...about }, now)
  return id
}

export async function createProject(
  deps: PermitRoomDeps,
  actor: Actor,
  { project, claims }: { project: ReductionProjectInput; claims: readonly ReductionClaimInput[] },
): Promise<{ projectId: number; claims: ReductionClaimDetail[] }> {
  requirePermission(actor, 'total:write')
  const made = await writing(deps, actor, async (trx) => {
    const subject = await pointById(trx, project.subjectId)
    if (subject === undefined || (subject.kind !== 'enterprise' && subject.kind !== 'outlet')) {
      throw new AppError('total.outlet-unknown', { detail: `没有企业或排放口 ${project.subjectId}` })
    }
    const about = { regionCode: subject.regionCode, ownerId: subject.ownerId }
    const values = {
      ...project,
      startsOn: project.startsOn ?? null,
      completedOn: project.completedOn ?? null,
      processBefore: project.processBefore ?? null,
      processAfter: project.processAfter ?? null,
      baseEmission: project.baseEmission ?? null,
      baseSource: project.baseSource ?? null,
      ...about,
    }
    const projectId = await insertProject(trx, values, deps.clock.now(), actor.userId)
    const stored = {
      id: projectId,
      type: project.type,
      region_code: about.regionCode,
      owner_id: about.ownerId,
    }
    const ids: number[] = []
    for (const claim of claims) ids.push(await storeClaim(deps, trx, actor, stored, claim))
    await recordAudit(trx, actor, 'total.project-created', `reduction-project:${projectId}`, {
      code: project.code,
      claims: ids.length,
    })
    return { projectId, ids }
  })
  deps.events.publish('total', { id: made.projectId })
  const details: ReductionClaimDetail[] = []
  for (const id of made.ids) details.push(await getClaim(deps, actor, id))
  return { projectId: made.projectId, claims: details }
}

export async function addClaim(
  deps: PermitRoomDeps,
  actor: Actor,
  projectId: number,
  input: ReductionClaimInput,
): Promise<ReductionClaimDetail> {
  requirePermission(actor, 'total:write')
  const id = await writing(deps, actor, async (trx) => {
    const project = await lockProject(trx, projectId)
    if (project === undefined)
      throw new AppError('total.project-unknown', { detail: `没有减排项目 ${projectId}` })
    const made = await storeClaim(deps, trx, actor, project, input)
    await recordAudit(trx, actor, 'total.claim-added', `reduction-claim:${made}`, {
      project: project.code,
      pollutant: input.pollutant,
      year: input.year,
    })
    return made
  })
  deps.events.publish('total', { id: projectId })
  return getClaim(deps, actor, id)
}

export async function claimForChange(trx: Trx, id: number, version: number): Promise<ClaimRow> {
  const row = await lockClaim(trx, id)
  if (row === undefined) throw unknownClaim(id)
  if (row.version !== version) {
    throw new AppError('request.changed-meanwhile', { detail: `所见版本 ${version}，现为 ${row.version}` })
  }
  return row
}

const changeable: ReadonlySet<ReductionState> = new Set(['planned', 'in-progress', 'completed'])

export async function changeClaim(
  deps: PermitRoomDeps,
  actor: Actor,
  id: number,
  input: Pick<ReductionClaimInput, 'inputs' | 'inputReferences' | 'evidence'> & { version: number },
): Promise<ReductionClaimDetail> {
  requirePermission(actor, 'total:write')
  await writing(deps, actor, async (trx) => {
    const row = await claimForChange(trx, id, input.version)
    if (!changeable.has(row.state)) {
      throw new AppError('total.claim-state', {
        detail: `${row.code} ${row.pollutant} 现为 ${row.state}，不能再修改`,
      })
    }
    await lockProject(trx, row.project_id)
    const calculated = calculate(row.type, input.inputs)
    await requireRoom(trx, row.project_id, row.pollutant, row.year, calculated)
    const now = deps.clock.now()
    const { version: _, ...values } = input
    await updateClaimInputs(trx, id, { ...values, ...calculated, evaluatorVersion }, now, actor.userId)
    await noteEvent(
      trx,
      row,
      actor,
      { name: 'change', to: row.state, tonnes: calculated.claimed, reason: null },
      now,
    )
    await recordAudit(trx, actor, 'total.claim-changed', `reduction-claim:${id}`, {
      claimed: calculated.claimed,
    })
  })
  return changed(deps, actor, id)
}

export const noteEvent = (
  trx: Trx,
  row: ClaimRow,
  actor: Actor,
  {
    name,
    to,
    tonnes,
    reason,
  }: { name: string; to: ReductionState; tonnes: number | null; reason: string | null },
  now: number,
) =>
  insertEvent(
    trx,
    {
      claimId: row.id,
      byId: actor.userId,
      event: name,
      from: row.state,
      to,
      tonnes,
      reason,
      regionCode: row.region_code,
      ownerId: row.owner_id,
    },
    now,
  )

/** What a change made of it; those who listen are told. */
export async function changed(deps: PermitRoomDeps, actor: Actor, id: number): Promise<ReductionClaimDetail> {
  const detail = await getClaim(deps, actor, id)
  deps.events.publish('total', { id: detail.projectId })
  return detail
}
