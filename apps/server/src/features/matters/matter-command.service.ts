/** Commands on matters as they come over HTTP: as the actor, answered with what the matter is now. */
import type { MatterDetail, ProblemSource } from '@shanshui/contract'
import { type Actor, requirePermission } from '../../platform/actor.ts'
import type { Queryable, Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import {
  advanceMatter,
  assignParties,
  commentMatter,
  openMatter,
  type Parties,
  type StepCommand,
  withinScope,
} from './matter.service.ts'
import { detailIn, type MatterDeps } from './matter-read.service.ts'
import { objectById } from './object-of.repository.ts'
import { problemForMatter } from './problem.repository.ts'

export interface OpenInput {
  readonly workflow: string
  readonly title: string
  readonly regionCode: number
  readonly featureId?: number
  readonly enterpriseId?: number
  readonly problemId?: number
  readonly parentId?: number
  readonly source?: ProblemSource
  readonly ref?: string
  readonly parties: Parties
  readonly fields?: Readonly<Record<string, unknown>>
  readonly commandId?: string
}

export interface SubjectOf {
  readonly regionCode: number
  readonly ownerId: number
  readonly enterpriseId: number | null
  readonly featureId: number | null
}

/**
 * What a matter or problem is about, as the actor sees it: the region and the owner are those of the object.
 * @throws AppError `registry.feature-unknown` for an object that is not there or not the actor's to see
 */
export async function subjectOf(
  q: Queryable,
  input: { readonly regionCode: number; readonly enterpriseId?: number; readonly featureId?: number },
): Promise<SubjectOf> {
  const { featureId, enterpriseId } = input
  const feature = featureId === undefined ? undefined : await objectById(q, featureId)
  if (featureId !== undefined && feature === undefined)
    throw new AppError('registry.feature-unknown', { detail: `没有对象 ${featureId}` })
  const plantId = enterpriseId ?? feature?.enterpriseId ?? undefined
  const plant = plantId === undefined ? undefined : await objectById(q, plantId)
  if (plantId !== undefined && plant?.kind !== 'enterprise')
    throw new AppError('registry.enterprise-unknown', { detail: `没有排污单位 ${plantId}` })
  return {
    regionCode: feature?.regionCode ?? plant?.regionCode ?? input.regionCode,
    ownerId: plant?.ownerId ?? feature?.ownerId ?? 0,
    enterpriseId: plant?.id ?? null,
    featureId: feature?.id ?? plant?.id ?? null,
  }
}

export async function openByActor(deps: MatterDeps, actor: Actor, input: OpenInput): Promise<MatterDetail> {
  requirePermission(actor, 'matter:open')
  const now = deps.clock.now()
  return writing(deps, actor, async (trx) => {
    const problem = input.problemId === undefined ? undefined : await problemForMatter(trx, input.problemId)
    const subject =
      problem !== undefined && input.enterpriseId === undefined && input.featureId === undefined
        ? problem
        : await subjectOf(trx, input)
    const { id } = await openMatter(
      trx,
      actor,
      {
        workflow: input.workflow,
        title: input.title,
        regionCode: subject.regionCode,
        ownerId: subject.ownerId,
        featureId: subject.featureId,
        enterpriseId: subject.enterpriseId,
        problemId: input.problemId ?? null,
        parentId: input.parentId ?? null,
        parties: input.parties,
        ...(input.fields === undefined ? {} : { fields: input.fields }),
        source: { kind: input.source ?? problem?.source ?? 'self', ref: input.ref ?? null },
        ...(input.commandId === undefined ? {} : { commandId: input.commandId }),
      },
      now,
    )
    return detailIn(trx, actor, id, now)
  })
}

export async function stepByActor(
  deps: MatterDeps,
  actor: Actor,
  id: number,
  command: Omit<StepCommand, 'backdatedToMs'>,
): Promise<MatterDetail> {
  const now = deps.clock.now()
  return writing(deps, actor, async (trx) => {
    await deps.beforeStep?.(trx, id, command.transition)
    await advanceMatter(trx, actor, id, command, now)
    return detailIn(trx, actor, id, now)
  })
}

export async function assignByActor(
  deps: MatterDeps,
  actor: Actor,
  id: number,
  command: Parameters<typeof assignParties>[3],
): Promise<MatterDetail> {
  const now = deps.clock.now()
  return writing(deps, actor, async (trx) => {
    await assignParties(trx, actor, id, command, now)
    return detailIn(trx, actor, id, now)
  })
}

export async function commentByActor(
  deps: MatterDeps,
  actor: Actor,
  id: number,
  command: { readonly commandId?: string; readonly text: string },
): Promise<MatterDetail> {
  const now = deps.clock.now()
  return writing(deps, actor, async (trx) => {
    await commentMatter(trx, actor, id, command, now)
    return detailIn(trx, actor, id, now)
  })
}

/** As the actor. The same command from two tabs at once: the second finds what the first has made. */
export async function writing<T>(
  deps: Pick<MatterDeps, 'db'>,
  actor: Actor,
  work: (trx: Trx) => Promise<T>,
): Promise<T> {
  try {
    return await withinScope(() => deps.db.asActor(actor, work))
  } catch (error) {
    const { code, constraint = '' } = error as { code?: string; constraint?: string }
    if (code !== '23505' || !/_command_(once|of)$/.test(constraint)) throw error
    return withinScope(() => deps.db.asActor(actor, work))
  }
}
