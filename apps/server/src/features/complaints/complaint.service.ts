/** What clerks do with complaints: register, correct, merge, tell the result. The steps themselves are the matter's. */
import type { ComplaintChange, ComplaintDetail, ComplaintInput } from '@shanshui/contract'
import { type Actor, isInScope, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import { AppError } from '../../platform/errors.ts'
import { announceIn } from '../../platform/events/index.ts'
import { advanceMatter, joinProblems } from '../matters/index.ts'
import { listEnterprises } from '../registry/index.ts'
import {
  addAnswer,
  changeParticulars,
  complaintOfCommand,
  lockComplaint,
  setMerged,
  versionOfMatter,
} from './complaint.repository.ts'
import { detailOf, mayMerge } from './complaint-read.service.ts'
import { auditRegistered, type ComplaintDraft, registerComplaint } from './register.service.ts'
import type { ComplaintDeps } from './room.ts'
import { complaintForChange, visibleComplaint } from './visible-complaint.ts'

/** What a clerk or a file says, as a draft. */
export function draftFrom(input: ComplaintInput, nowMs: number): ComplaintDraft {
  return {
    regionCode: input.regionCode,
    channel: input.channel,
    outerNumber: input.outerNumber ?? null,
    platformNumber: input.platformNumber ?? null,
    content: input.content,
    theme: input.theme,
    urgency: input.urgency ?? 'ordinary',
    nature: input.nature ?? 'enforcement',
    campaign: input.campaign ?? null,
    place: input.place ?? null,
    lon: input.lat === undefined ? null : (input.lon ?? null),
    lat: input.lon === undefined ? null : (input.lat ?? null),
    enterpriseId: input.enterpriseId ?? null,
    accused: null,
    occurredOn: input.occurredOn ?? null,
    receivedMs: input.receivedAt === undefined ? nowMs : Date.parse(input.receivedAt),
    commandId: input.commandId ?? null,
    ...(input.title === undefined ? {} : { title: input.title }),
    ...(input.complainant === undefined ? {} : { complainant: input.complainant }),
  }
}

/** Errors: `complaint.invalid`, `complaint.number-taken`, `complaint.key-missing`, `auth.forbidden`. */
export async function createComplaint(
  deps: ComplaintDeps,
  actor: Actor,
  input: ComplaintInput,
): Promise<ComplaintDetail> {
  requirePermission(actor, 'complaint:write')
  if (!isInScope(actor, { regionCode: input.regionCode, ownerId: 0 }))
    throw new AppError('auth.forbidden', { detail: `行政区 ${input.regionCode} 不在您的数据范围内` })
  return deps.db.asActor(actor, async (trx) => {
    if (input.commandId !== undefined) {
      const before = await complaintOfCommand(trx, actor.userId, input.commandId)
      if (before !== undefined) return detailOf(deps, actor, trx, before)
    }
    const made = await registerComplaint(deps, trx, actor, draftFrom(input, deps.clock.now()))
    const detail = await detailOf(deps, actor, trx, made.id)
    await auditRegistered(trx, actor, [made])
    return detail
  })
}

/** Errors: `complaint.unknown`, `complaint.changed-meanwhile`, `complaint.invalid`. */
export async function changeComplaint(
  deps: ComplaintDeps,
  actor: Actor,
  id: number,
  to: ComplaintChange,
): Promise<ComplaintDetail> {
  requirePermission(actor, 'complaint:write')
  return deps.db.asActor(actor, async (trx) => {
    const row = await complaintForChange(trx, id, to.version)
    const [enterprise] =
      to.enterpriseId === undefined ? [] : await listEnterprises(trx, { ids: [to.enterpriseId] })
    if (to.enterpriseId !== undefined && enterprise === undefined)
      throw new AppError('complaint.invalid', { detail: `没有企业 ${to.enterpriseId}` })
    const placed = to.lon !== undefined && to.lat !== undefined
    await changeParticulars(trx, id, {
      title: to.title ?? row.title,
      theme: to.theme,
      urgency: to.urgency ?? row.urgency,
      nature: to.nature ?? row.nature,
      place: to.place ?? null,
      lon: placed ? (to.lon ?? null) : null,
      lat: placed ? (to.lat ?? null) : null,
      enterpriseId: enterprise?.id ?? null,
      ownerId: enterprise?.ownerId ?? 0,
      campaign: to.campaign ?? null,
      platformNumber: to.platformNumber ?? null,
    })
    await announceIn(trx, [{ topic: 'complaint', data: { id } }])
    const detail = await detailOf(deps, actor, trx, id)
    const { version: _, ...changed } = to
    await recordAudit(trx, actor, 'complaint.changed', `complaint:${id}`, changed)
    return detail
  })
}

/**
 * One complaint is handled with another: its matter ends as merged, its ticket stays and is answered by itself.
 * @throws AppError `complaint.unknown`, `complaint.changed-meanwhile`, `complaint.merge-refused`, and those of a step
 */
export async function mergeComplaint(
  deps: ComplaintDeps,
  actor: Actor,
  id: number,
  command: {
    readonly version: number
    readonly into: number
    readonly reason: string
    readonly commandId?: string
  },
): Promise<ComplaintDetail> {
  requirePermission(actor, 'complaint:write')
  const { into, reason } = command
  return deps.db.asActor(actor, async (trx) => {
    // In one order, so that two who merge the same pair do not wait for each other.
    await lockComplaint(trx, Math.min(id, into))
    await lockComplaint(trx, Math.max(id, into))
    const before = await visibleComplaint(trx, id)
    if (before.merged_into === into) return detailOf(deps, actor, trx, id)
    const row = await complaintForChange(trx, id, command.version)
    const main = await visibleComplaint(trx, into)
    if (!mayMerge(row, main) || row.matter_id === null)
      throw new AppError('complaint.merge-refused', { detail: `${row.number} 并入 ${main.number}` })
    const version = await versionOfMatter(trx, row.matter_id)
    await advanceMatter(
      trx,
      actor,
      row.matter_id,
      {
        transition: 'join',
        version,
        reason,
        fields: { joinedTo: main.number },
        ...(command.commandId === undefined ? {} : { commandId: command.commandId }),
      },
      deps.clock.now(),
    )
    await setMerged(trx, id, into)
    // One problem with two sources; where its own problem is more than this complaint, it stays.
    const { problem_id: own } = row
    const { problem_id: other } = main
    const joined =
      own !== null && other !== null && (await joinProblems(trx, actor, own, other, reason, deps.clock.now()))
    await announceIn(trx, [
      { topic: 'complaint', data: { id } },
      { topic: 'complaint', data: { id: into } },
    ])
    const detail = await detailOf(deps, actor, trx, id)
    await recordAudit(trx, actor, 'complaint.merged', `complaint:${id}`, { into, reason, problems: joined })
    return detail
  })
}

/** The result was told to the complainant of this ticket. Errors: `complaint.unknown`, `complaint.changed-meanwhile`. */
export async function answerComplaint(
  deps: ComplaintDeps,
  actor: Actor,
  id: number,
  command: { readonly version: number; readonly way: string; readonly text: string },
): Promise<ComplaintDetail> {
  requirePermission(actor, 'complaint:write')
  return deps.db.asActor(actor, async (trx) => {
    await complaintForChange(trx, id, command.version)
    const { way, text } = command
    await addAnswer(trx, id, { atMs: deps.clock.now(), way, text, by: actor.name })
    await announceIn(trx, [{ topic: 'complaint', data: { id } }])
    const detail = await detailOf(deps, actor, trx, id)
    await recordAudit(trx, actor, 'complaint.answered', `complaint:${id}`, { way })
    return detail
  })
}
