/** Use cases of matters: open, one step on, other parties, a remark. Each is one transaction with its entry in the sealed history. */
import type { MatterParty, ProblemSource } from '@shanshui/contract'
import {
  type Calendar,
  type DoerRef,
  type Facts,
  open,
  type PartyRef,
  type Refusal,
  step,
  type TransitionDefinition,
  type WorkflowDefinition,
} from '@shanshui/workflow'
import { type Actor, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Trx } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { announceIn } from '../../platform/events/index.ts'
import { evidenceOf, shareEvidence } from '../evidence/index.ts'
import { dateOf } from '../series/index.ts'
import { calendarIn } from './calendar.service.ts'
import {
  appendStep,
  clocksOfMatter,
  commandDone,
  commandOfOpening,
  insertMatter,
  matterForUpdate,
  namedParties,
  nextNumber,
  partiesOfMatters,
  queueEffect,
  replaceParties,
  type Standing,
  saveClocks,
  stepsOfMatter,
  updateMatter,
} from './matter.repository.ts'
import type { MatterRow, StepDetail } from './matter.table.ts'
import { factsOf, nearestDue, seenBy, waitsFor, wakeMs } from './matter-facts.ts'
import { tellNext } from './matter-notice.ts'
import { placeOfFeature } from './object-of.repository.ts'
import { stateOf, workflowOf } from './workflow-of.ts'

export type MatterDoer = Actor | 'system'
export type Parties = Partial<Record<MatterParty, PartyRef>>

export interface MatterDraft {
  readonly workflow: string
  readonly title: string
  readonly regionCode: number
  /** Organization of the enterprise that it is about; 0 none. */
  readonly ownerId: number
  readonly featureId: number | null
  readonly enterpriseId: number | null
  readonly problemId: number | null
  readonly parentId?: number | null
  readonly parties: Parties
  readonly fields?: Readonly<Record<string, unknown>>
  readonly source: { readonly kind: ProblemSource; readonly ref: string | null }
  readonly commandId?: string
  /** History taken over from paper: it happened then, was entered now, and nobody is sent news of it. */
  readonly backdatedToMs?: number
}

export interface StepCommand {
  readonly transition: string
  readonly version: number
  readonly commandId?: string
  readonly reason?: string
  readonly fields?: Readonly<Record<string, unknown>>
  readonly parties?: Parties
  readonly lookBackMonths?: number
  /** As with the opening: it happened then. */
  readonly backdatedToMs?: number
}

export const unknownMatter = (id: number): AppError =>
  new AppError('matter.unknown', { detail: `没有事项 ${id}，或不在您的数据范围内` })

const doerOf = (doer: MatterDoer): DoerRef =>
  doer === 'system'
    ? 'system'
    : { userId: doer.userId, organizationId: doer.organizationId, permissions: doer.permissions }

const whoOf = (doer: MatterDoer) =>
  doer === 'system'
    ? { userId: null, organizationId: null }
    : { userId: doer.userId, organizationId: doer.organizationId }

function refused(code: 'matter.refused' | 'matter.opening-invalid', refusals: readonly Refusal[]): AppError {
  return new AppError(code, {
    detail: refusals.map(({ zh }) => zh).join('；'),
    refusals,
    ...(code === 'matter.opening-invalid'
      ? { errors: refusals.map(({ zh, what }) => ({ path: what ?? '', message: zh })) }
      : {}),
  })
}

/** Errors: `matter.parties-invalid` for organizations that are not there and people of another one. */
async function checkParties(trx: Trx, parties: Parties): Promise<void> {
  const refs = Object.entries(parties)
  if (refs.length === 0) return
  const found = await namedParties(
    trx,
    refs.map(([, { organizationId }]) => organizationId),
    refs.flatMap(([, { userId }]) => userId ?? []),
  )
  for (const [party, { organizationId, userId }] of refs) {
    if (!found.organizations.has(organizationId))
      throw new AppError('matter.parties-invalid', { detail: `${party}：没有单位 ${organizationId}` })
    if (userId !== undefined && found.people.get(userId) !== organizationId)
      throw new AppError('matter.parties-invalid', {
        detail: `${party}：人员 ${userId} 不属于单位 ${organizationId}`,
      })
  }
}

interface Circumstances {
  readonly def: WorkflowDefinition
  readonly calendar: Calendar
  readonly nowMs: number
}

function standingOf(
  { def, calendar, nowMs }: Circumstances,
  facts: Facts,
  before: { readonly ownerId: number; readonly shownToOwner: boolean; readonly published: boolean },
): Standing {
  const state = stateOf(def, facts.state)
  return {
    facts,
    phase: state.phase,
    parties: seenBy(facts.parties, before.ownerId),
    shownToOwner: before.shownToOwner || state.shownToOwner === true,
    published: before.published,
    due: nearestDue(def, facts),
    wakeMs: wakeMs(def, facts, nowMs, calendar),
  }
}

/** What the database does not let through is not the actor's to do. */
export async function withinScope<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error
    throw new AppError('auth.forbidden', {
      detail: '不在您的数据范围内，或办理后本单位将不再是当事方',
      cause: error,
    })
  }
}

/**
 * Opens a matter in the caller's transaction.
 * @param atMs the time it is now; the draft's `backdatedToMs` says when it happened if that was before
 * @throws AppError `matter.workflow-unknown`, `matter.parties-invalid`, `matter.opening-invalid`, `auth.forbidden`
 */
export async function openMatter(
  trx: Trx,
  doer: MatterDoer,
  draft: MatterDraft,
  atMs: number,
): Promise<{ id: number; number: string }> {
  if (draft.commandId !== undefined && doer !== 'system') {
    const before = await commandOfOpening(trx, doer.userId, draft.commandId)
    if (before !== undefined) return before
  }
  const def = workflowOf(draft.workflow)
  const parties = defaultParties(def, doer, draft)
  await checkParties(trx, parties)
  const calendar = await calendarIn(trx)
  const happenedMs = draft.backdatedToMs ?? atMs
  const opening = { parties, ...(draft.fields === undefined ? {} : { fields: draft.fields }) }
  const outcome = open(def, opening, doerOf(doer), happenedMs, calendar)
  if (!outcome.ok) throw refused('matter.opening-invalid', outcome.refusals)
  const { facts } = outcome
  const here: Circumstances = { def, calendar, nowMs: atMs }
  const standing = standingOf(here, facts, { ownerId: draft.ownerId, shownToOwner: false, published: false })
  const who = whoOf(doer)
  return withinScope(async () => {
    const number = await nextNumber(trx, def.prefix, draft.regionCode, Number(dateOf(happenedMs).slice(0, 4)))
    const id = await insertMatter(
      trx,
      {
        number,
        workflow: def.id,
        title: draft.title,
        regionCode: draft.regionCode,
        ownerId: draft.ownerId,
        enterpriseId: draft.enterpriseId,
        featureId: draft.featureId,
        problemId: draft.problemId,
        parentId: draft.parentId ?? null,
        source: draft.source.kind,
        ref: draft.source.ref,
        openedMs: happenedMs,
        openedBy: who.userId,
        recordedMs: atMs,
        commandId: draft.commandId ?? null,
      },
      standing,
    )
    await replaceParties(trx, id, facts.parties, new Set(waitsFor(def, facts.state)))
    await saveClocks(trx, id, facts.clocks)
    const seq = await appendStep(trx, {
      matterId: id,
      kind: 'step',
      transition: facts.history[0]?.transition ?? 'open',
      stateFrom: '',
      stateTo: facts.state,
      atMs: happenedMs,
      recordedMs: atMs,
      ...who,
      round: 1,
      reason: null,
      detail: { fields: facts.fields, parties: facts.parties },
      commandId: null,
    })
    if (draft.backdatedToMs === undefined)
      await tellNext(trx, def, { id, number, title: draft.title }, facts, { seq, ...who })
    await announceIn(trx, [{ topic: `matter:${id}`, data: { id } }])
    await recordAudit(trx, doer, 'matter.opened', `matter:${id}`, {
      number,
      workflow: def.id,
      problemId: draft.problemId,
      ...(draft.backdatedToMs === undefined ? {} : { backdatedTo: dateOf(draft.backdatedToMs) }),
    })
    return { id, number }
  })
}

/** Whoever opens oversees, unless somebody else is named; the enterprise that it is about is its owner. */
function defaultParties(def: WorkflowDefinition, doer: MatterDoer, draft: MatterDraft): Parties {
  const { parties } = draft
  return {
    ...(doer !== 'system' && def.parties.includes('overseer')
      ? { overseer: { organizationId: doer.organizationId } }
      : {}),
    ...(draft.ownerId > 0 ? { owner: { organizationId: draft.ownerId } } : {}),
    ...parties,
  }
}

/** The facts of a matter whose row is locked. */
export async function loadFacts(trx: Trx, row: MatterRow): Promise<Facts> {
  const [parties, clocks, steps] = [
    await partiesOfMatters(trx, [row.id]),
    await clocksOfMatter(trx, row.id),
    await stepsOfMatter(trx, row.id),
  ]
  const evidence = await evidenceFacts(trx, row.id)
  return factsOf(row, { parties, clocks, steps, evidence })
}

export async function evidenceFacts(trx: Trx, matterId: number): Promise<Facts['evidence']> {
  return (await evidenceOf(trx, { kind: 'matter', id: matterId })).map(
    ({ demand, kind, takenMs, uploadedMs, located }) => ({
      demand: demand ?? '',
      kind,
      atMs: takenMs ?? uploadedMs,
      located,
    }),
  )
}

export interface Advanced {
  readonly id: number
  readonly number: string
  readonly state: string
  readonly version: number
  /** False when the command had been carried out before. */
  readonly changed: boolean
}

/**
 * One step of a matter in the caller's transaction. The row's lock makes steps come one after the other.
 * @param atMs the time it is now; the command's `backdatedToMs` says when it happened if that was before
 * @throws AppError `matter.unknown`, `matter.changed-meanwhile`, `matter.refused` with the refusals, `matter.parties-invalid`
 */
export async function advanceMatter(
  trx: Trx,
  doer: MatterDoer,
  matterId: number,
  command: StepCommand,
  atMs: number,
): Promise<Advanced> {
  const row = await lockedFor(trx, matterId, command)
  if (row === 'done') return standingNow(trx, matterId)
  const def = workflowOf(row.workflow)
  await checkParties(trx, command.parties ?? {})
  const calendar = await calendarIn(trx)
  const before = await loadFacts(trx, row)
  const happenedMs = command.backdatedToMs ?? atMs
  const { transition, reason, fields, parties, lookBackMonths } = command
  const outcome = step(
    def,
    before,
    doerOf(doer),
    { transition, reason, fields, parties, lookBackMonths },
    happenedMs,
    calendar,
  )
  if (!outcome.ok) throw refused('matter.refused', outcome.refusals)
  const { facts, effects, documents } = outcome
  const published = row.published || effects.some(({ kind }) => kind === 'publish')
  const standing = standingOf({ def, calendar, nowMs: atMs }, facts, { ...row, published })
  const who = whoOf(doer)
  await withinScope(async () => {
    await keep(trx, row, standing, { changedMs: happenedMs, recordedMs: atMs })
    const seq = await appendStep(trx, {
      matterId,
      kind: 'step',
      transition,
      stateFrom: before.state,
      stateTo: facts.state,
      atMs: happenedMs,
      recordedMs: atMs,
      ...who,
      round: facts.round,
      reason: reason?.trim() || null,
      detail: detailOf(command, documents),
      commandId: command.commandId ?? null,
    })
    for (const effect of effects) {
      if (effect.kind === 'publish') continue
      await queueEffect(trx, matterId, seq, effect)
    }
    if (command.backdatedToMs === undefined) await tellNext(trx, def, row, facts, { seq, ...who })
    await announceIn(trx, [
      { topic: `matter:${matterId}`, data: { id: matterId } },
      ...(effects.length > 0 ? [{ topic: 'matter-effects', data: {} }] : []),
    ])
    await recordAudit(trx, doer, `matter.${transition}`, `matter:${matterId}`, {
      from: before.state,
      to: facts.state,
      round: facts.round,
      ...(reason === undefined ? {} : { reason }),
      ...(command.backdatedToMs === undefined ? {} : { backdatedTo: dateOf(command.backdatedToMs) }),
    })
  })
  return { id: matterId, number: row.number, state: facts.state, version: row.version + 1, changed: true }
}

/** Errors: `matter.unknown`, `matter.changed-meanwhile`. 'done': the command was carried out before. */
async function lockedFor(
  trx: Trx,
  matterId: number,
  command: { readonly version: number; readonly commandId?: string },
): Promise<MatterRow | 'done'> {
  const row = await matterForUpdate(trx, matterId)
  if (row === undefined) throw unknownMatter(matterId)
  if (command.commandId !== undefined && (await commandDone(trx, matterId, command.commandId))) return 'done'
  if (row.version !== command.version)
    throw new AppError('matter.changed-meanwhile', {
      detail: `所见版本 ${command.version}，现为 ${row.version}`,
      version: row.version,
    })
  return row
}

async function standingNow(trx: Trx, matterId: number): Promise<Advanced> {
  const row = await matterForUpdate(trx, matterId)
  if (row === undefined) throw unknownMatter(matterId)
  const { id, number, state, version } = row
  return { id, number, state, version, changed: false }
}

function detailOf(command: StepCommand, documents: readonly string[]): StepDetail {
  const { fields, parties, lookBackMonths } = command
  return {
    ...(fields === undefined ? {} : { fields }),
    ...(parties === undefined ? {} : { parties }),
    ...(lookBackMonths === undefined ? {} : { lookBackMonths }),
    ...(documents.length === 0 ? {} : { documents }),
  }
}

/** Writes what a step made of the matter; its evidence is seen by whoever sees it now. */
async function keep(
  trx: Trx,
  row: MatterRow,
  standing: Standing,
  at: { readonly changedMs: number; readonly recordedMs: number },
): Promise<void> {
  const { facts } = standing
  await updateMatter(trx, row.id, standing, at)
  await replaceParties(trx, row.id, facts.parties, new Set(waitsFor(workflowOf(row.workflow), facts.state)))
  await saveClocks(trx, row.id, facts.clocks)
  const shared = standing.shownToOwner !== row.shownToOwner || standing.parties.join() !== row.parties.join()
  if (!shared) return
  await shareEvidence(trx, {
    kind: 'matter',
    id: row.id,
    regionCode: row.regionCode,
    ownerId: row.ownerId,
    parties: standing.parties,
    shownToOwner: standing.shownToOwner,
    place: await placeOfFeature(trx, row.featureId ?? row.enterpriseId),
  })
}

/**
 * Names other parties, with a reason. Whoever oversees may, and whoever may assign in the area.
 * @throws AppError as `advanceMatter`; `auth.forbidden`
 */
export async function assignParties(
  trx: Trx,
  actor: Actor,
  matterId: number,
  command: {
    readonly version: number
    readonly commandId?: string
    readonly parties: Parties
    readonly reason: string
  },
  atMs: number,
): Promise<void> {
  requirePermission(actor, 'matter:assign')
  const row = await lockedFor(trx, matterId, command)
  if (row === 'done') return
  const def = workflowOf(row.workflow)
  if (stateOf(def, row.state).phase === 'closed' || stateOf(def, row.state).phase === 'dropped')
    throw new AppError('matter.refused', {
      detail: '事项已结束，不能再调整当事方',
      refusals: [{ code: 'state', zh: '事项已结束，不能再调整当事方' }],
    })
  await checkParties(trx, command.parties)
  const before = await loadFacts(trx, row)
  const facts: Facts = { ...before, parties: { ...before.parties, ...command.parties } }
  const clash = sameOrganization(def, facts)
  if (clash !== undefined) throw refused('matter.refused', [clash])
  const calendar = await calendarIn(trx)
  await withinScope(async () => {
    const standing = standingOf({ def, calendar, nowMs: atMs }, facts, row)
    await keep(trx, row, standing, { changedMs: atMs, recordedMs: atMs })
    const who = whoOf(actor)
    const seq = await appendStep(trx, {
      matterId,
      kind: 'assign',
      transition: 'assign',
      stateFrom: row.state,
      stateTo: row.state,
      atMs,
      recordedMs: atMs,
      ...who,
      round: row.round,
      reason: command.reason.trim(),
      detail: { parties: command.parties },
      commandId: command.commandId ?? null,
    })
    await tellNext(trx, def, row, facts, { seq, ...who })
    await announceIn(trx, [{ topic: `matter:${matterId}`, data: { id: matterId } }])
    await recordAudit(trx, actor, 'matter.assigned', `matter:${matterId}`, {
      parties: command.parties,
      reason: command.reason,
    })
  })
}

/** Parties that some step of the workflow wants apart are named apart from the beginning. */
function sameOrganization(def: WorkflowDefinition, facts: Facts): Refusal | undefined {
  const guards = def.transitions.flatMap((transition: TransitionDefinition) => transition.guards ?? [])
  for (const guard of guards) {
    if (guard.kind !== 'parties-differ') continue
    const [a, b] = [facts.parties[guard.a], facts.parties[guard.b]]
    if (a !== undefined && a.organizationId === b?.organizationId)
      return { code: 'guard', zh: guard.basis?.text ?? '当事方不得为同一单位', what: guard.a }
  }
  return undefined
}

/** A remark in the history; the matter does not move, forms of others do not go stale. */
export async function commentMatter(
  trx: Trx,
  actor: Actor,
  matterId: number,
  command: { readonly commandId?: string; readonly text: string },
  atMs: number,
): Promise<void> {
  const row = await matterForUpdate(trx, matterId)
  if (row === undefined) throw unknownMatter(matterId)
  if (command.commandId !== undefined && (await commandDone(trx, matterId, command.commandId))) return
  await appendStep(trx, {
    matterId,
    kind: 'comment',
    transition: 'comment',
    stateFrom: row.state,
    stateTo: row.state,
    atMs,
    recordedMs: atMs,
    ...whoOf(actor),
    round: row.round,
    reason: command.text.trim(),
    detail: {},
    commandId: command.commandId ?? null,
  })
  await announceIn(trx, [{ topic: `matter:${matterId}`, data: { id: matterId } }])
  await recordAudit(trx, actor, 'matter.commented', `matter:${matterId}`, {})
}
