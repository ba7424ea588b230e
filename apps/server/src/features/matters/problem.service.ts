/** Use cases of problems: register, from a lead, merge and undo, causes, the same fault elsewhere, what nobody works on. */
import {
  type CauseCount,
  type CauseKind,
  causeKinds,
  type MatterOpening,
  type ProblemBrief,
  type ProblemDetail,
  type ProblemDuplicate,
  type ProblemSource,
  type ProblemTheme,
  type SimilarEnterprise,
  type Unattended,
} from '@shanshui/contract'
import { type Actor, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { announceIn } from '../../platform/events/index.ts'
import { regionSpan } from '../../platform/region.ts'
import { confirmedLeads, confirmLeadIn, enterprisesLike, leadBriefOf } from '../leads/index.ts'
import { regionNames } from '../registry/index.ts'
import { dateOf, decodeCursor, encodeCursor } from '../series/index.ts'
import { type Comparable, likenessOf, proposedFrom, soonDays } from './duplicates.ts'
import { nextNumber } from './matter.repository.ts'
import { type MatterDoer, openMatter, withinScope } from './matter.service.ts'
import { subjectOf, writing } from './matter-command.service.ts'
import { selectMatters } from './matter-list.repository.ts'
import { type MatterDeps, presentRows } from './matter-read.service.ts'
import { objectById } from './object-of.repository.ts'
import { presentCause, presentMerge, presentProblem, presentSource } from './problem.present.ts'
import {
  candidatesFor,
  causesOf,
  countCauses,
  countUntreated,
  endCause,
  insertCause,
  insertProblem,
  leadsWithProblem,
  lockProblems,
  mergedCount,
  mergeInto,
  mergesOf,
  type ProblemFilter,
  type ProblemRow,
  problemCounts,
  problemOfCommand,
  problemOfLead,
  problemsByIds,
  selectProblems,
  sourcesOf,
  undoMerge,
} from './problem.repository.ts'

export interface ProblemDraft {
  readonly source: ProblemSource
  readonly ref: string | null
  readonly title: string
  readonly detail: string
  readonly theme: ProblemTheme
  readonly regionCode: number
  readonly ownerId: number
  readonly enterpriseId?: number | null
  readonly featureId: number | null
  readonly lon: number | null
  readonly lat: number | null
  readonly foundMs: number
  readonly commandId?: string
}

export interface DuplicateOf {
  readonly problemId: number
  readonly number: string
  readonly score: number
  readonly reasons: readonly string[]
}

const numberPrefix = 'WT'
const comparedAtMost = 300
const proposedAtMost = 10

const unknownProblem = (id: number): AppError =>
  new AppError('problem.unknown', { detail: `没有问题 ${id}，或不在您的数据范围内` })

/**
 * Registers a problem in the caller's transaction and proposes those that may be the same one; a person merges.
 * @param atMs the time it is now
 */
export async function registerProblem(
  trx: Trx,
  doer: MatterDoer,
  draft: ProblemDraft,
  atMs: number,
): Promise<{ id: number; number: string; duplicates: DuplicateOf[] }> {
  const by = doer === 'system' ? null : doer.userId
  if (by !== null && draft.commandId !== undefined) {
    const before = await problemOfCommand(trx, by, draft.commandId)
    const [row] = before === undefined ? [] : await problemsByIds(trx, [before])
    if (row !== undefined) return { id: row.id, number: row.number, duplicates: [] }
  }
  const feature = draft.featureId === null ? undefined : await objectById(trx, draft.featureId)
  const enterpriseId =
    draft.enterpriseId ?? (feature?.kind === 'enterprise' ? feature.id : feature?.enterpriseId) ?? null
  const placed = draft.lon !== null && draft.lat !== null
  const place = placed
    ? { lon: draft.lon, lat: draft.lat }
    : feature !== undefined && feature.lon !== null && feature.lat !== null
      ? { lon: feature.lon, lat: feature.lat }
      : { lon: null, lat: null }
  return withinScope(async () => {
    const year = Number(dateOf(atMs).slice(0, 4))
    const number = await nextNumber(trx, numberPrefix, draft.regionCode, year)
    const { source, ref, title, detail, theme, regionCode, ownerId, featureId, foundMs } = draft
    const id = await insertProblem(trx, {
      number,
      source,
      ref,
      title,
      detail,
      theme,
      regionCode,
      ownerId,
      enterpriseId,
      featureId,
      ...place,
      foundMs,
      registeredMs: atMs,
      registeredBy: by,
      commandId: draft.commandId ?? null,
    })
    const made = { id, regionCode, enterpriseId, featureId, title, detail, theme, foundMs, ...place }
    const duplicates = (await proposals(trx, made)).map(({ row, score, reasons }) => ({
      problemId: row.id,
      number: row.number,
      score,
      reasons,
    }))
    await announceIn(trx, [{ topic: 'problem', data: { id } }])
    await recordAudit(trx, doer, 'problem.registered', `problem:${id}`, { number, source, ref })
    return { id, number, duplicates }
  })
}

async function proposals(
  trx: Trx,
  problem: Comparable & { readonly id: number; readonly regionCode: number },
): Promise<{ row: ProblemRow; score: number; reasons: readonly string[] }[]> {
  const candidates = await candidatesFor(trx, problem, 4 * soonDays, comparedAtMost)
  return candidates
    .map((row) => ({ row, ...likenessOf(problem, row) }))
    .filter(({ score }) => score >= proposedFrom)
    .sort((a, b) => b.score - a.score || a.row.id - b.row.id)
    .slice(0, proposedAtMost)
}

async function duplicatesOf(trx: Trx, row: ProblemRow): Promise<ProblemDuplicate[]> {
  if (row.mergedInto !== null) return []
  return (await proposals(trx, row)).map(({ row: other, score, reasons }) => ({
    problem: presentProblem(other),
    score,
    reasons: [...reasons],
  }))
}

export interface ProblemQuery extends Omit<ProblemFilter, 'region'> {
  readonly regionCode?: number
  readonly limit?: number
  readonly cursor?: string
}

export async function listProblems(
  deps: MatterDeps,
  actor: Actor,
  query: ProblemQuery,
): Promise<{ items: ProblemBrief[]; next: string | null }> {
  const { limit = 100, cursor, regionCode, ...filter } = query
  const after = decodeCursor(cursor, ['number', 'number'] as const)
  const rows = await deps.db.asActor(actor, (trx) =>
    selectProblems(
      trx,
      { ...filter, ...(regionCode === undefined ? {} : { region: regionSpan(regionCode) }) },
      { limit, ...(after === undefined ? {} : { after }) },
    ),
  )
  const last = rows.at(-1)
  const next = rows.length < limit || last === undefined ? null : encodeCursor([last.registeredMs, last.id])
  return { items: rows.map(presentProblem), next }
}

const mattersShown = 100

/** Errors: `problem.unknown`. */
async function problemDetailIn(trx: Trx, actor: Actor, id: number, nowMs: number): Promise<ProblemDetail> {
  const [row] = await problemsByIds(trx, [id])
  if (row === undefined) throw unknownProblem(id)
  const page = { order: 'recent', limit: mattersShown } as const
  const matters = actor.permissions.has('matter:read')
    ? await selectMatters(trx, actor, { problemId: id }, page)
    : []
  return {
    problem: presentProblem(row),
    detail: row.detail,
    sources: (await sourcesOf(trx, id)).map(presentSource),
    causes: (await causesOf(trx, id)).map(presentCause),
    merges: (await mergesOf(trx, id)).map(presentMerge),
    matters: await presentRows(trx, matters, nowMs),
    duplicates: await duplicatesOf(trx, row),
  }
}

export async function getProblem(deps: MatterDeps, actor: Actor, id: number): Promise<ProblemDetail> {
  const now = deps.clock.now()
  return deps.db.asActor(actor, (trx) => problemDetailIn(trx, actor, id, now))
}

export interface RegisterInput {
  readonly source: ProblemSource
  readonly ref?: string
  readonly title: string
  readonly detail: string
  readonly theme: ProblemTheme
  readonly regionCode: number
  readonly enterpriseId?: number
  readonly featureId?: number
  readonly lon?: number
  readonly lat?: number
  readonly foundAt?: string
  readonly open?: MatterOpening
  readonly commandId?: string
}

export interface Registered {
  readonly problem: ProblemDetail
  readonly matter: { readonly id: number; readonly number: string } | null
}

export async function registerByActor(
  deps: MatterDeps,
  actor: Actor,
  input: RegisterInput,
): Promise<Registered> {
  requirePermission(actor, 'problem:write')
  const now = deps.clock.now()
  return writing(deps, actor, async (trx) => {
    const subject = await subjectOf(trx, input)
    const { source, title, detail, theme, commandId } = input
    const { id } = await registerProblem(
      trx,
      actor,
      {
        source,
        ref: input.ref ?? null,
        title,
        detail,
        theme,
        ...subject,
        lon: input.lon ?? null,
        lat: input.lat ?? null,
        foundMs: input.foundAt === undefined ? now : Date.parse(input.foundAt),
        ...(commandId === undefined ? {} : { commandId }),
      },
      now,
    )
    const matter = await openFor(trx, actor, id, input.open, commandId, now)
    return { problem: await problemDetailIn(trx, actor, id, now), matter }
  })
}

async function openFor(
  trx: Trx,
  actor: Actor,
  problemId: number,
  opening: MatterOpening | undefined,
  commandId: string | undefined,
  nowMs: number,
): Promise<{ id: number; number: string } | null> {
  if (opening === undefined) return null
  requirePermission(actor, 'matter:open')
  const [problem] = await problemsByIds(trx, [problemId])
  if (problem === undefined) throw unknownProblem(problemId)
  const [source] = await sourcesOf(trx, problemId)
  return openMatter(
    trx,
    actor,
    {
      workflow: opening.workflow,
      title: opening.title ?? problem.title,
      regionCode: problem.regionCode,
      ownerId: problem.ownerId,
      featureId: problem.featureId,
      enterpriseId: problem.enterpriseId,
      problemId,
      parties: opening.parties,
      ...(opening.fields === undefined ? {} : { fields: opening.fields }),
      source: { kind: problem.source, ref: source?.ref ?? null },
      ...(commandId === undefined ? {} : { commandId }),
    },
    nowMs,
  )
}

/** Confirms the lead, registers its problem and opens the matter: all of it or nothing. */
export async function registerFromLead(
  deps: MatterDeps,
  actor: Actor,
  input: {
    readonly leadId: number
    readonly version: number
    readonly grounds: string
    readonly title?: string
    readonly theme?: ProblemTheme
    readonly open?: MatterOpening
    readonly commandId?: string
  },
): Promise<Registered> {
  requirePermission(actor, 'problem:write')
  const now = deps.clock.now()
  return writing(deps, actor, async (trx) => {
    const { leadId, version, grounds, commandId } = input
    const command = { version, grounds, ...(commandId === undefined ? {} : { commandId }) }
    const lead = await confirmLeadIn(trx, actor, leadId, command, now)
    const known = await problemOfLead(trx, leadId)
    const title =
      input.title ?? `${lead.enterprise_name ?? lead.feature_name}：${lead.rule_title ?? lead.rule_id}`
    const id =
      known ??
      (
        await registerProblem(
          trx,
          actor,
          {
            source: 'lead',
            ref: String(leadId),
            title: title.slice(0, 200),
            detail: `${lead.explanation}\n查实依据：${grounds}`,
            theme: input.theme ?? (lead.rule_family === 'fraud' ? 'data-quality' : 'air'),
            regionCode: lead.region_code,
            ownerId: lead.owner_id,
            enterpriseId: lead.enterprise_id,
            featureId: lead.feature_id,
            lon: null,
            lat: null,
            foundMs: lead.from_ms,
            ...(commandId === undefined ? {} : { commandId }),
          },
          now,
        )
      ).id
    const matter = await openFor(trx, actor, id, input.open, commandId, now)
    return { problem: await problemDetailIn(trx, actor, id, now), matter }
  })
}

/** Errors: `problem.unknown`, `problem.changed-meanwhile`. */
function expectVersion(row: ProblemRow | undefined, id: number, version: number): ProblemRow {
  if (row === undefined) throw unknownProblem(id)
  if (row.version !== version)
    throw new AppError('problem.changed-meanwhile', { detail: `所见版本 ${version}，现为 ${row.version}` })
  return row
}

/** Makes a problem part of another; both keep their numbers and sources. Errors: also `problem.merge-invalid`. */
export async function mergeProblem(
  deps: MatterDeps,
  actor: Actor,
  id: number,
  input: { readonly version: number; readonly intoId: number; readonly reason: string },
): Promise<ProblemDetail> {
  requirePermission(actor, 'problem:write')
  const now = deps.clock.now()
  return writing(deps, actor, async (trx) => {
    const rows = await lockProblems(trx, [id, input.intoId])
    const from = expectVersion(
      rows.find((row) => row.id === id),
      id,
      input.version,
    )
    const into = rows.find((row) => row.id === input.intoId)
    if (into === undefined) throw unknownProblem(input.intoId)
    const refuse = (detail: string) => new AppError('problem.merge-invalid', { detail })
    if (from.id === into.id) throw refuse('不能归并到自己')
    if (from.mergedInto !== null) throw refuse(`${from.number} 已归并到 ${from.mergedNumber}`)
    if (into.mergedInto !== null) throw refuse(`${into.number} 已归并到 ${into.mergedNumber}`)
    if ((await mergedCount(trx, id)) > 0) throw refuse(`${from.number} 中有归并进来的问题，先撤销`)
    await mergeInto(trx, id, into.id, input.reason, now, actor.userId)
    await recordAudit(trx, actor, 'problem.merged', `problem:${id}`, {
      into: into.id,
      reason: input.reason,
    })
    return problemDetailIn(trx, actor, id, now)
  })
}

/**
 * Two problems whose sources turned out to be about the same, in the caller's transaction and audited by the caller.
 * False where they cannot be made one: already are, or others have been merged into the first.
 */
export async function joinProblems(
  trx: Trx,
  actor: Actor,
  fromId: number,
  intoId: number,
  reason: string,
  atMs: number,
): Promise<boolean> {
  if (!actor.permissions.has('problem:write')) return false
  const rows = await lockProblems(trx, [fromId, intoId])
  const from = rows.find((row) => row.id === fromId)
  const into = rows.find((row) => row.id === intoId)
  if (from === undefined || into === undefined) return false
  const target = into.mergedInto ?? into.id
  if (from.mergedInto !== null || from.id === target || (await mergedCount(trx, fromId)) > 0) return false
  await mergeInto(trx, fromId, target, reason, atMs, actor.userId)
  return true
}

/** The problem stands by itself again. Errors: as `mergeProblem`. */
export async function unmergeProblem(
  deps: MatterDeps,
  actor: Actor,
  id: number,
  input: { readonly version: number; readonly reason: string },
): Promise<ProblemDetail> {
  requirePermission(actor, 'problem:write')
  const now = deps.clock.now()
  return writing(deps, actor, async (trx) => {
    const [row] = await lockProblems(trx, [id])
    expectVersion(row, id, input.version)
    if (!(await undoMerge(trx, id, input.reason, now, actor.userId)))
      throw new AppError('problem.merge-invalid', { detail: '该问题没有归并' })
    await recordAudit(trx, actor, 'problem.unmerged', `problem:${id}`, { reason: input.reason })
    return problemDetailIn(trx, actor, id, now)
  })
}

export async function addCause(
  deps: MatterDeps,
  actor: Actor,
  id: number,
  cause: { readonly kind: CauseKind; readonly text: string },
): Promise<ProblemDetail> {
  requirePermission(actor, 'problem:write')
  const now = deps.clock.now()
  return writing(deps, actor, async (trx) => {
    const [row] = await lockProblems(trx, [id])
    if (row === undefined) throw unknownProblem(id)
    await insertCause(trx, id, cause, now, actor.userId)
    await recordAudit(trx, actor, 'problem.cause-added', `problem:${id}`, cause)
    return problemDetailIn(trx, actor, id, now)
  })
}

/** Errors: `problem.cause-unknown`. */
export async function removeCause(
  deps: MatterDeps,
  actor: Actor,
  id: number,
  causeId: number,
  reason: string,
): Promise<ProblemDetail> {
  requirePermission(actor, 'problem:write')
  const now = deps.clock.now()
  return writing(deps, actor, async (trx) => {
    if (!(await endCause(trx, id, causeId, reason, now, actor.userId)))
      throw new AppError('problem.cause-unknown', { detail: `问题 ${id} 没有第 ${causeId} 条` })
    await recordAudit(trx, actor, 'problem.cause-removed', `problem:${id}`, { causeId, reason })
    return problemDetailIn(trx, actor, id, now)
  })
}

const defaultSimilar = 50

/** 举一反三: enterprises like the one of the problem, with what is open there. */
export async function similarEnterprises(
  deps: MatterDeps,
  actor: Actor,
  id: number,
  limit = defaultSimilar,
): Promise<SimilarEnterprise[]> {
  return deps.db.asActor(actor, async (trx) => {
    const [row] = await problemsByIds(trx, [id])
    if (row === undefined) throw unknownProblem(id)
    if (row.enterpriseId === null) return []
    const like = await enterprisesLike(trx, row.enterpriseId, limit)
    const ids = like.map((one) => one.id)
    const counts = await problemCounts(trx, ids, row.theme)
    const regions = await regionNames(trx)
    return like.map((one) => ({
      enterprise: { id: one.id, name: one.name },
      regionCode: one.regionCode,
      regionName: regions.get(one.regionCode) ?? null,
      similarity: one.similarity,
      reasons: [...one.reasons],
      openProblems: counts.get(one.id)?.open ?? 0,
      sameTheme: counts.get(one.id)?.sameTheme ?? 0,
    }))
  })
}

/** Nothing that was found may be lost: problems without a matter, confirmed leads without a problem. */
/** Problems by root cause and bottleneck: what a bureau would have to change to solve many at once. */
export async function causeCounts(
  deps: MatterDeps,
  actor: Actor,
  regionCode?: number,
): Promise<{ items: CauseCount[] }> {
  const region = regionCode === undefined ? undefined : regionSpan(regionCode)
  const rows = await deps.db.asActor(actor, (trx) => countCauses(trx, region))
  return { items: rows.map((row) => ({ ...row, bottleneck: causeKinds[row.kind].bottleneck })) }
}

export async function unattended(deps: MatterDeps, actor: Actor, limit = 100): Promise<Unattended> {
  return deps.db.asActor(actor, async (trx) => {
    const problems = await selectProblems(trx, { state: 'untreated' }, { limit })
    const known = actor.permissions.has('lead:read') ? await leadsWithProblem(trx) : []
    const leads = actor.permissions.has('lead:read') ? await confirmedLeads(trx, known, limit) : []
    return {
      problems: problems.map(presentProblem),
      problemCount: await countUntreated(trx),
      leads: leads.map(leadBriefOf),
      leadCount: leads.length,
    }
  })
}
