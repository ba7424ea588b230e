/** Leads as people read and decide on them. */
import {
  type DismissalReason,
  dismissalReasons,
  type Lead,
  type LeadDetail,
  type LeadPlant,
  type LeadSummary,
} from '@shanshui/contract'
import { type Actor, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Trx } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { regionSpan } from '../../platform/region.ts'
import { decodeCursor, encodeCursor, isoOf, startOf } from '../series/index.ts'
import { presentBrief, presentHistory, presentLead, presentOccurrence } from './lead.present.ts'
import {
  commandDone,
  type DecidableLead,
  decide,
  featureOfLead,
  historyOf,
  type LeadFilter,
  leadForUpdate,
  leadsByIds,
  openAgain,
  outcomesAt,
  selectLeads,
  selectPlants,
  setOutcome,
  summarize,
} from './lead.repository.ts'
import type { LeadRow } from './lead.table.ts'
import { dueOf } from './lead-due.ts'
import { compareLevels, scoresOf } from './lead-score.ts'
import { allowedIn, edges, type LeadAction } from './lead-states.ts'
import {
  insertHistory,
  lockObject,
  occurrencesOf,
  ruleTerms,
  scoredStretches,
  standingOf,
} from './raise.repository.ts'
import { rescoreObject } from './raise.service.ts'
import { unknownLead, visibleLead } from './visible-lead.ts'

export type LeadDeps = Pick<Deps, 'db' | 'clock'>

export interface LeadQuery {
  readonly state?: LeadFilter['state']
  readonly level?: string
  readonly rule?: string
  readonly family?: string
  readonly regionCode?: number
  readonly enterpriseId?: number
  readonly featureId?: number
  readonly overdue?: boolean
  readonly search?: string
  readonly order?: 'rank' | 'recent'
  readonly limit?: number
  readonly cursor?: string
}

/** Of the last row of a page its score, or when it opened, and its id. */
const pageKey = ['number', 'number'] as const

function filterOf(query: LeadQuery, nowMs: number): LeadFilter {
  const { level, rule, family, enterpriseId, featureId, search } = query
  return {
    state: query.state ?? 'active',
    ...(level === undefined ? {} : { level }),
    ...(rule === undefined ? {} : { rule }),
    ...(family === undefined ? {} : { family }),
    ...(enterpriseId === undefined ? {} : { enterpriseId }),
    ...(featureId === undefined ? {} : { featureId }),
    ...(search === undefined ? {} : { search }),
    ...(query.regionCode === undefined ? {} : { region: regionSpan(query.regionCode) }),
    ...(query.overdue === true ? { overdueAtMs: nowMs } : {}),
  }
}

export async function listLeads(
  deps: LeadDeps,
  actor: Actor,
  query: LeadQuery,
): Promise<{ items: Lead[]; next: string | null }> {
  const now = deps.clock.now()
  const { order = 'rank', limit = 100 } = query
  const after = decodeCursor(query.cursor, pageKey)
  const page = { order, limit, ...(after === undefined ? {} : { after }) }
  const rows = await deps.db.asActor(actor, (trx) => selectLeads(trx, filterOf(query, now), page))
  const last = rows.at(-1)
  const next = rows.length < limit || last === undefined ? null : last
  return {
    items: rows.map((row) => presentLead(row, now)),
    next: next === null ? null : encodeCursor([order === 'rank' ? next.score : next.opened_ms, next.id]),
  }
}

export async function listPlants(
  deps: LeadDeps,
  actor: Actor,
  query: LeadQuery,
): Promise<{ items: LeadPlant[]; next: string | null }> {
  const now = deps.clock.now()
  const { limit = 100 } = query
  return deps.db.asActor(actor, async (trx) => {
    const plants = await selectPlants(trx, filterOf(query, now), decodeCursor(query.cursor, pageKey), limit)
    const rows = new Map(
      (
        await leadsByIds(
          trx,
          plants.flatMap((p) => [...p.ids]),
        )
      ).map((row) => [row.id, presentLead(row, now)]),
    )
    const items = plants.flatMap((plant): LeadPlant[] => {
      const leads = plant.ids.flatMap((id) => rows.get(id) ?? [])
      const [first] = leads
      if (first === undefined) return []
      return [
        {
          enterprise: first.enterprise,
          regionCode: first.regionCode,
          regionName: first.regionName,
          score: plant.score,
          level: leads.reduce((a, l) => (compareLevels(l.level, a) > 0 ? l.level : a), first.level),
          count: plant.count,
          newest: isoOf(plant.newestMs),
          oldest: isoOf(plant.oldestMs),
          leads,
        },
      ]
    })
    const last = plants.at(-1)
    return {
      items,
      next: plants.length < limit || last === undefined ? null : encodeCursor([last.score, last.plant]),
    }
  })
}

export async function leadSummary(deps: LeadDeps, actor: Actor): Promise<LeadSummary> {
  const now = deps.clock.now()
  return deps.db.asActor(actor, (trx) => summarize(trx, now, startOf('day', now)))
}

const plantLeadsShown = 50

export async function getLead(deps: LeadDeps, actor: Actor, id: number): Promise<LeadDetail> {
  const now = deps.clock.now()
  return deps.db.asActor(actor, async (trx) => {
    const row = await visibleLead(trx, id)
    const plant =
      row.enterprise_id === null ? { featureId: row.feature_id } : { enterpriseId: row.enterprise_id }
    const page = { order: 'rank', limit: plantLeadsShown } as const
    const open = await selectLeads(trx, { state: 'active', ...plant }, page)
    const all = await selectLeads(
      trx,
      { state: 'all', ...plant },
      { order: 'recent', limit: plantLeadsShown * 2 },
    )
    const combined = scoresOf(await scoredStretches(trx, row.feature_id)).get(id)?.together ?? []
    const titles = new Map([...open, ...all].map((lead) => [lead.rule_id, lead.rule_title ?? lead.rule_id]))
    return {
      lead: presentLead(row, now),
      occurrences: (await occurrencesOf(trx, id)).map(presentOccurrence),
      history: (await historyOf(trx, id)).map(presentHistory),
      combined: combined.map((lead) => ({
        leadId: lead.leadId,
        ruleId: lead.ruleId,
        ruleTitle: titles.get(lead.ruleId) ?? lead.ruleId,
        weight: lead.weight,
      })),
      plant: {
        open: open.filter((lead) => lead.id !== id).map(presentBrief),
        past: all
          .filter((lead) => lead.id !== id && !open.some((o) => o.id === lead.id))
          .slice(0, plantLeadsShown)
          .map(presentBrief),
        ...(await outcomesAt(trx, row.enterprise_id, row.feature_id)),
      },
      operator: row.operator,
      allowed: actor.permissions.has('lead:handle') ? allowedIn(row.state) : [],
    }
  })
}

export interface Command {
  readonly version: number
  readonly commandId?: string
}

/** Checks what every step has in common and keeps it in the history and the audit chain. */
async function step(
  deps: LeadDeps,
  actor: Actor,
  id: number,
  action: LeadAction,
  command: Command,
  note: string | null,
  apply: (trx: Trx, lead: DecidableLead, atMs: number) => Promise<void>,
): Promise<Lead> {
  requirePermission(actor, 'lead:handle')
  const now = deps.clock.now()
  return deps.db.asActor(actor, async (trx) => {
    await stepIn(trx, actor, id, action, command, note, now, apply)
    return presentLead(await visibleLead(trx, id), now)
  })
}

async function stepIn(
  trx: Trx,
  actor: Actor,
  id: number,
  action: LeadAction,
  command: Command,
  note: string | null,
  atMs: number,
  apply: (trx: Trx, lead: DecidableLead, atMs: number) => Promise<void>,
): Promise<void> {
  const featureId = await featureOfLead(trx, id)
  if (featureId === undefined) throw unknownLead(id)
  // The same lock as the engine's: it must not calm what is being confirmed.
  await lockObject(trx, featureId)
  const lead = await leadForUpdate(trx, id)
  if (lead === undefined) throw unknownLead(id)
  if (command.commandId !== undefined && (await commandDone(trx, id, command.commandId))) return
  if (lead.version !== command.version) {
    throw new AppError('lead.changed-meanwhile', {
      detail: `所见版本 ${command.version}，现为 ${lead.version}`,
    })
  }
  const edge = edges[action]
  if (!edge.from.includes(lead.state)) {
    throw new AppError('lead.wrong-state', {
      detail: `线索 ${id} 现为“${lead.state}”，可用操作：${allowedIn(lead.state).join('、') || '无'}`,
    })
  }
  await apply(trx, lead, atMs)
  await insertHistory(trx, lead, {
    action: edge.kept,
    atMs,
    byUser: actor.userId,
    note,
    from: lead.state,
    to: edge.to ?? lead.state,
    commandId: command.commandId ?? null,
  })
  await recordAudit(trx, actor, `lead.${edge.kept}`, `lead:${id}`, { note })
}

export const acknowledgeLead = (
  deps: LeadDeps,
  actor: Actor,
  id: number,
  body: Command & { note?: string },
) =>
  step(deps, actor, id, 'acknowledge', body, body.note ?? null, (trx, _, atMs) =>
    decide(trx, id, 'acknowledge', { state: 'acknowledged', atMs, by: actor.userId }),
  )

export const watchLead = (deps: LeadDeps, actor: Actor, id: number, body: Command & { note?: string }) =>
  step(deps, actor, id, 'watch', body, body.note ?? null, (trx, _, atMs) =>
    decide(trx, id, 'watch', { state: 'watching', atMs, by: actor.userId }),
  )

const confirming = (actor: Actor, grounds: string) => (trx: Trx, lead: DecidableLead, atMs: number) =>
  decide(trx, lead.id, 'confirm', {
    state: 'confirmed',
    atMs,
    by: actor.userId,
    outcome: 'confirmed',
    grounds,
  })

export const confirmLead = (deps: LeadDeps, actor: Actor, id: number, body: Command & { grounds: string }) =>
  step(deps, actor, id, 'confirm', body, body.grounds, confirming(actor, body.grounds))

/** Confirms a lead in the caller's transaction, in which its problem is registered as well. Errors: those of `confirmLead`. */
export async function confirmLeadIn(
  trx: Trx,
  actor: Actor,
  id: number,
  body: Command & { grounds: string },
  atMs: number,
): Promise<LeadRow> {
  requirePermission(actor, 'lead:handle')
  const before = await visibleLead(trx, id)
  // One that was confirmed before stands as it is: only its problem was missing.
  if (before.state !== 'confirmed')
    await stepIn(trx, actor, id, 'confirm', body, body.grounds, atMs, confirming(actor, body.grounds))
  return visibleLead(trx, id)
}

/**
 * What a lead turned out to be, said by the matter that treated it; as the platform, in the caller's transaction.
 * False when there is no such lead or it says so already.
 */
export async function setLeadOutcome(
  trx: Trx,
  id: number,
  outcome: 'confirmed' | 'not-confirmed',
  grounds: string,
  atMs: number,
): Promise<boolean> {
  const featureId = await featureOfLead(trx, id)
  if (featureId === undefined) return false
  await lockObject(trx, featureId)
  const lead = await leadForUpdate(trx, id)
  const [row] = await leadsByIds(trx, [id])
  if (lead === undefined || row === undefined || row.outcome === outcome) return false
  const confirmed = outcome === 'confirmed'
  if (allowedIn(lead.state).includes('outcome')) await setOutcome(trx, id, outcome, grounds, atMs)
  else
    await decide(trx, id, confirmed ? 'confirm' : 'dismiss', {
      state: confirmed ? 'confirmed' : 'dismissed',
      atMs,
      by: null,
      outcome,
      grounds,
      dismissal: confirmed ? null : 'checked-on-site',
    })
  const [after] = await leadsByIds(trx, [id])
  await insertHistory(trx, lead, {
    action: 'outcome',
    atMs,
    note: `${confirmed ? '查实' : '查否'}：${grounds}`,
    from: lead.state,
    to: after?.state ?? lead.state,
  })
  if (!confirmed) await rescoreObject(trx, featureId, atMs)
  await recordAudit(trx, 'system', 'lead.outcome', `lead:${id}`, { outcome, grounds })
  return true
}

export interface Dismissal {
  readonly reason: DismissalReason
  readonly note?: string
}

function checkDismissal({ reason, note }: Dismissal): void {
  if (reason === 'other' && (note ?? '').trim().length < 2) throw new AppError('lead.reason-missing')
}

const dismissalNote = ({ reason, note }: Dismissal) =>
  note === undefined || note === '' ? dismissalReasons[reason].zh : `${dismissalReasons[reason].zh}：${note}`

const dismissing =
  (actor: Actor, dismissal: Dismissal) => async (trx: Trx, lead: DecidableLead, atMs: number) => {
    await decide(trx, lead.id, 'dismiss', {
      state: 'dismissed',
      atMs,
      by: actor.userId,
      outcome: dismissalReasons[dismissal.reason].judges ? 'not-confirmed' : null,
      grounds: dismissalNote(dismissal),
      dismissal: dismissal.reason,
    })
    await rescoreObject(trx, lead.featureId, atMs)
  }

export async function dismissLead(
  deps: LeadDeps,
  actor: Actor,
  id: number,
  body: Command & Dismissal,
): Promise<Lead> {
  checkDismissal(body)
  return step(deps, actor, id, 'dismiss', body, dismissalNote(body), dismissing(actor, body))
}

/** Puts many aside with one reason: each by itself, so that one that somebody else has changed does not hold up the others. */
export async function dismissLeads(
  deps: LeadDeps,
  actor: Actor,
  body: Dismissal & { leads: readonly { id: number; version: number }[]; commandId?: string },
): Promise<{ dismissed: number[]; refused: { id: number; code: string; detail: string }[] }> {
  requirePermission(actor, 'lead:handle')
  checkDismissal(body)
  const now = deps.clock.now()
  const dismissed: number[] = []
  const refused: { id: number; code: string; detail: string }[] = []
  // One transaction each, in order of id: none waits for the locks of another for long.
  for (const { id, version } of body.leads.toSorted((a, b) => a.id - b.id)) {
    const command = { version, ...(body.commandId === undefined ? {} : { commandId: body.commandId }) }
    try {
      await deps.db.asActor(actor, (trx) =>
        stepIn(trx, actor, id, 'dismiss', command, dismissalNote(body), now, dismissing(actor, body)),
      )
      dismissed.push(id)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      refused.push({ id, code: error.code, detail: error.message })
    }
  }
  return { dismissed, refused }
}

export async function reopenLead(
  deps: LeadDeps,
  actor: Actor,
  id: number,
  body: Command & { note: string },
): Promise<Lead> {
  try {
    return await step(deps, actor, id, 'reopen', body, body.note, async (trx, lead, atMs) => {
      const terms = await ruleTerms(trx, lead.ruleId)
      const standing = await standingOf(trx, id)
      const due = standing === undefined ? null : dueOf(standing.level, atMs)
      await openAgain(trx, id, atMs, atMs + (terms?.followUpHours ?? 24) * 3_600_000, due)
    })
  } catch (error) {
    if ((error as { code?: string }).code === '23505')
      throw new AppError('lead.wrong-state', { detail: '该对象、该规则已有一条未结线索' })
    throw error
  }
}

export const recordOutcome = (
  deps: LeadDeps,
  actor: Actor,
  id: number,
  body: Command & { outcome: 'confirmed' | 'not-confirmed'; grounds: string },
) =>
  step(
    deps,
    actor,
    id,
    'outcome',
    body,
    `${body.outcome === 'confirmed' ? '查实' : '查否'}：${body.grounds}`,
    (trx, _, atMs) => setOutcome(trx, id, body.outcome, body.grounds, atMs),
  )
