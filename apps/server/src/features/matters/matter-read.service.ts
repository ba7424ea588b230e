/** Matters as people read them: lists, one with what can be done about it, numbers, limits. */
import { createHash } from 'node:crypto'
import type {
  MatterBrief,
  MatterDeadline,
  MatterDetail,
  MatterPhaseName,
  MatterSummary,
  MatterVerification,
} from '@shanshui/contract'
import { options } from '@shanshui/workflow'
import type { Actor } from '../../platform/actor.ts'
import type { Queryable, Trx } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { regionSpan } from '../../platform/region.ts'
import { dateOf, dayMs, decodeCursor, encodeCursor, isoOf } from '../series/index.ts'
import { calendarIn } from './calendar.service.ts'
import { mayHaveDocument } from './documents/document-access.ts'
import {
  type Moment,
  presentBrief,
  presentClock,
  presentDemands,
  presentOption,
  presentParty,
  presentStep,
  withoutHidden,
} from './matter.present.ts'
import {
  chainOf,
  clocksOfMatter,
  escalationsOf,
  matterById,
  partiesOfMatters,
  stepsOfMatter,
} from './matter.repository.ts'
import { evidenceFacts, unknownMatter } from './matter.service.ts'
import type { MatterListRow } from './matter.table.ts'
import { factsOf } from './matter-facts.ts'
import {
  countMatters,
  countWaiting,
  type MatterFilter,
  type MatterPage,
  selectMatters,
} from './matter-list.repository.ts'
import { stateOf, workflowOf } from './workflow-of.ts'

export interface MatterDeps extends Pick<Deps, 'db' | 'clock'> {
  /** What a later room asks before a step is taken, in its transaction; it refuses by throwing an AppError. */
  readonly beforeStep?: (trx: Trx, matterId: number, transition: string) => Promise<void>
}

export interface MatterQuery {
  readonly workflow?: string
  readonly state?: string
  readonly phase?: MatterPhaseName | 'all'
  readonly mine?: boolean
  readonly waitsForMe?: boolean
  readonly overdue?: boolean
  readonly dueWithinDays?: number
  readonly enterpriseId?: number
  readonly featureId?: number
  readonly problemId?: number
  readonly parentId?: number
  readonly organizationId?: number
  readonly source?: string
  readonly published?: boolean
  readonly rebounded?: boolean
  readonly regionCode?: number
  readonly search?: string
  readonly order?: 'recent' | 'due'
  /** With what stands in the fields, but for those that the reader does not see. */
  readonly fields?: boolean
  readonly limit?: number
  readonly cursor?: string
}

const listed = (text: string) => text.split(',').filter((part) => part !== '')

export function filterOf(query: MatterQuery, actor: Actor, nowMs: number): MatterFilter {
  const { enterpriseId, featureId, problemId, parentId, source, published, rebounded, search } = query
  const given = <T>(key: string, value: T | undefined) => (value === undefined ? {} : { [key]: value })
  const dueBeforeMs =
    query.overdue === true
      ? nowMs
      : query.dueWithinDays === undefined
        ? undefined
        : nowMs + query.dueWithinDays * dayMs
  return {
    ...given('workflows', query.workflow === undefined ? undefined : listed(query.workflow)),
    ...given('states', query.state === undefined ? undefined : listed(query.state)),
    ...given('phase', query.phase === 'all' ? undefined : query.phase),
    ...given('partyId', query.mine === true ? actor.organizationId : undefined),
    ...given('waitingId', query.waitsForMe === true ? actor.organizationId : undefined),
    ...given('today', query.waitsForMe === true ? dateOf(nowMs) : undefined),
    ...given('dueBeforeMs', dueBeforeMs),
    ...given('handlerId', query.organizationId),
    ...given('region', query.regionCode === undefined ? undefined : regionSpan(query.regionCode)),
    ...Object.fromEntries(
      Object.entries({
        enterpriseId,
        featureId,
        problemId,
        parentId,
        source,
        published,
        rebounded,
        search,
      }).filter(([, value]) => value !== undefined),
    ),
  }
}

export async function presentRows(
  trx: Queryable,
  rows: readonly MatterListRow[],
  nowMs: number,
): Promise<MatterBrief[]> {
  if (rows.length === 0) return []
  const calendar = await calendarIn(trx)
  const parties = Map.groupBy(
    await partiesOfMatters(
      trx,
      rows.map(({ id }) => id),
    ),
    ({ matterId }) => matterId,
  )
  return rows.map((row) => presentBrief(row, parties.get(row.id) ?? [], { nowMs, calendar }))
}

const pageKey = ['number', 'number'] as const

function pageOf(query: MatterQuery): MatterPage {
  const { order = 'recent', limit = 100 } = query
  const after = decodeCursor(query.cursor, pageKey)
  return { order, limit, ...(after === undefined ? {} : { after }) }
}

function nextOf(rows: readonly MatterListRow[], { order, limit }: MatterPage): string | null {
  const last = rows.at(-1)
  if (rows.length < limit || last === undefined) return null
  return encodeCursor([order === 'due' ? (last.dueMs ?? 0) : last.changedMs, last.id])
}

export async function listMatters(
  deps: MatterDeps,
  actor: Actor,
  query: MatterQuery,
): Promise<{ items: MatterBrief[]; next: string | null }> {
  const now = deps.clock.now()
  const page = pageOf(query)
  return deps.db.asActor(actor, async (trx) => {
    const rows = await selectMatters(trx, actor, filterOf(query, actor, now), page)
    const briefs = await presentRows(trx, rows, now)
    const items =
      query.fields === true
        ? briefs.map((brief, i) => ({ ...brief, fields: shownFields(actor, rows[i]) }))
        : briefs
    return { items, next: nextOf(rows, page) }
  })
}

/** What waits for the actor: the own organization is asked, and the actor may take one of the steps. */
export async function mattersToDo(
  deps: MatterDeps,
  actor: Actor,
  query: Pick<MatterQuery, 'workflow' | 'limit' | 'cursor'>,
): Promise<{ items: MatterBrief[]; next: string | null }> {
  const now = deps.clock.now()
  const page = pageOf({ ...query, order: 'due' })
  return deps.db.asActor(actor, async (trx) => {
    const filter = filterOf({ ...query, waitsForMe: true }, actor, now)
    const rows = await selectMatters(trx, actor, filter, page)
    const briefs = await presentRows(trx, rows, now)
    const own = await partiesOfMatters(
      trx,
      rows.map(({ id }) => id),
    )
    const items = briefs.filter((brief) =>
      own.some(
        (party) =>
          party.matterId === brief.id &&
          party.waiting &&
          party.organizationId === actor.organizationId &&
          mayMove(actor, brief, party),
      ),
    )
    return { items, next: nextOf(rows, page) }
  })
}

function mayMove(
  actor: Actor,
  brief: MatterBrief,
  { party, userId }: { readonly party: string; readonly userId: number | null },
): boolean {
  if (userId !== null && userId !== actor.userId && !actor.permissions.has('matter:assign')) return false
  return workflowOf(brief.workflow).transitions.some(
    ({ from, by, permission }) =>
      from.includes(brief.state) &&
      by.some((one) => one === party) &&
      (actor.permissions as ReadonlySet<string>).has(permission),
  )
}

const soonDays = 7

export async function matterSummary(
  deps: MatterDeps,
  actor: Actor,
  query: Pick<MatterQuery, 'workflow' | 'regionCode' | 'mine'>,
): Promise<MatterSummary> {
  const nowMs = deps.clock.now()
  const today = dateOf(nowMs)
  return deps.db.asActor(actor, async (trx) => {
    const at = { nowMs, soonMs: nowMs + soonDays * dayMs, today }
    const rows = await countMatters(trx, actor, filterOf(query, actor, nowMs), at)
    const sum = (pick: (row: (typeof rows)[number]) => number) =>
      rows.reduce((total, row) => total + pick(row), 0)
    const ofPhase = (phase: MatterPhaseName) => sum((row) => (row.phase === phase ? row.count : 0))
    return {
      open: ofPhase('open'),
      watched: ofPhase('watched'),
      closed: ofPhase('closed'),
      dropped: ofPhase('dropped'),
      overdue: sum((row) => row.overdue),
      waitsForMe: await countWaiting(trx, actor.organizationId, today),
      rebounded: sum((row) => row.rebounded),
      dueWithin7Days: sum((row) => row.soon),
      lookBacksDue: sum((row) => row.lookBacks),
      byState: rows.map(({ workflow, state, phase, count, overdue }) => {
        const def = workflowOf(workflow)
        return {
          workflow,
          workflowTitle: def.title,
          state,
          stateTitle: stateOf(def, state).title,
          phase,
          count,
          overdue,
        }
      }),
    }
  })
}

export async function mattersDue(
  deps: MatterDeps,
  actor: Actor,
  query: Pick<MatterQuery, 'regionCode' | 'limit' | 'cursor'> & { readonly days?: number },
): Promise<{ items: MatterDeadline[]; next: string | null }> {
  const { days = 30, ...rest } = query
  const page = await listMatters(deps, actor, { ...rest, dueWithinDays: days, order: 'due' })
  return {
    items: page.items.flatMap((matter) => (matter.due === null ? [] : [{ matter, due: matter.due }])),
    next: page.next,
  }
}

/** Fields that the enterprise concerned does not see. */
export function hiddenFrom(actor: Actor, row: Pick<MatterListRow, 'workflow'>): ReadonlySet<string> {
  if (actor.owner === 'any') return new Set()
  return new Set(
    workflowOf(row.workflow)
      .fields.filter(({ internal }) => internal === true)
      .map(({ id }) => id),
  )
}

const shownFields = (actor: Actor, row: MatterListRow | undefined): Record<string, unknown> =>
  row === undefined ? {} : withoutHidden(row.fields, hiddenFrom(actor, row))

const relatedShown = 50

/** Errors: `matter.unknown`. */
export async function detailIn(trx: Trx, actor: Actor, id: number, nowMs: number): Promise<MatterDetail> {
  const row = await matterById(trx, id)
  if (row === undefined) throw unknownMatter(id)
  const def = workflowOf(row.workflow)
  const calendar = await calendarIn(trx)
  const moment: Moment = { nowMs, calendar }
  const parties = await partiesOfMatters(trx, [id])
  const clocks = await clocksOfMatter(trx, id)
  const steps = await stepsOfMatter(trx, id)
  const levels = await escalationsOf(trx, id)
  const facts = factsOf(row, { parties, clocks, steps, evidence: await evidenceFacts(trx, id) })
  const { userId, organizationId, permissions } = actor
  const offered = options(def, facts, { userId, organizationId, permissions }, nowMs)
  const hidden = hiddenFrom(actor, row)
  const page = { order: 'recent', limit: relatedShown } as const
  const related =
    row.problemId === null
      ? []
      : (await selectMatters(trx, actor, { problemId: row.problemId }, page)).filter((one) => one.id !== id)
  const parent = row.parentId === null ? undefined : await matterById(trx, row.parentId)
  const children = await selectMatters(trx, actor, { parentId: id }, page)
  const ended = row.phase === 'closed' || row.phase === 'dropped'
  const isParty = parties.some((party) => party.organizationId === organizationId)
  const internalKept = actor.owner === 'any'
  return {
    matter: presentBrief(row, parties, moment),
    ref: internalKept ? row.ref : null,
    parties: parties.map(presentParty),
    fields: withoutHidden(row.fields, hidden),
    options: offered.map((option) => presentOption(def, option)),
    evidence: presentDemands(facts, offered),
    clocks: clocks.map((clock) => presentClock(def, clock, levels, moment)),
    history: steps
      .filter(({ kind }) => internalKept || kind === 'step')
      .map((entry) => presentStep(def, entry, hidden)),
    documents: def.transitions.flatMap(({ id: transition, documents = [] }) => {
      const done = steps.findLast((entry) => entry.kind === 'step' && entry.transition === transition)
      return documents
        .filter((kind) => mayHaveDocument(actor, kind))
        .map((kind) => ({
          kind,
          transition,
          at: done === undefined ? null : isoOf(done.atMs),
        }))
    }),
    parent: parent === undefined ? null : ((await presentRows(trx, [parent], nowMs))[0] ?? null),
    children: await presentRows(trx, children, nowMs),
    related: await presentRows(trx, related, nowMs),
    canAssign: !ended && permissions.has('matter:assign'),
    canComment: internalKept && (permissions.has('matter:handle') || permissions.has('matter:assign')),
    canAddEvidence: !ended && isParty && permissions.has('evidence:write'),
  }
}

export async function getMatter(deps: MatterDeps, actor: Actor, id: number): Promise<MatterDetail> {
  const now = deps.clock.now()
  return deps.db.asActor(actor, (trx) => detailIn(trx, actor, id, now))
}

/** Recomputes the chain of one matter. Errors: `matter.unknown`. */
export async function verifyMatter(deps: MatterDeps, actor: Actor, id: number): Promise<MatterVerification> {
  return deps.db.asActor(actor, async (trx) => {
    if ((await matterById(trx, id)) === undefined) throw unknownMatter(id)
    return verifyChain(trx, id)
  })
}

export async function verifyChain(q: Queryable, id: number): Promise<MatterVerification> {
  let head = ''
  let steps = 0
  for (const entry of await chainOf(q, id)) {
    const broken = (reason: string): MatterVerification => ({
      ok: false,
      steps,
      head: head === '' ? null : head,
      broken: { seq: entry.seq, reason },
    })
    if (entry.seq !== steps + 1) return broken(`第 ${steps + 1} 条缺失`)
    if (entry.prev !== head) return broken('与上一条的哈希不衔接')
    const hash = createHash('sha256')
      .update(Buffer.from(head, 'hex'))
      .update(entry.payload, 'utf8')
      .digest('hex')
    if (hash !== entry.hash) return broken('内容与哈希不符')
    head = entry.hash
    steps = entry.seq
  }
  return { ok: true, steps, head: head === '' ? null : head, broken: null }
}
