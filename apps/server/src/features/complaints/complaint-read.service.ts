/** Complaints as people read them. */
import type {
  Complaint,
  ComplaintAnswer,
  ComplaintDetail,
  ComplaintKpi,
  ComplaintSummary,
  SimilarComplaint,
} from '@shanshui/contract'
import {
  complaintChannels,
  type complaintKpiGroups,
  complaintNearness,
  complaintThemes,
} from '@shanshui/contract'
import type { Calendar } from '@shanshui/workflow'
import type { Actor } from '../../platform/actor.ts'
import { shanghaiIso } from '../../platform/clock.ts'
import type { Trx } from '../../platform/db/index.ts'
import { regionSpan } from '../../platform/region.ts'
import { calendarIn } from '../matters/index.ts'
import { dateOf, dayMs, decodeCursor, encodeCursor, midnightOf, startOf } from '../series/index.ts'
import { countLooks, isKept } from './complainant.repository.ts'
import { colourOf, presentComplaint, replyWayTitle } from './complaint.present.ts'
import {
  type ComplaintFilter,
  isKeeper,
  type KpiRow,
  neverDueMs,
  repliesOfMatter,
  runningLimits,
  selectCampaigns,
  selectCandidates,
  selectComplaints,
  selectKpiRows,
  summarize,
} from './complaint.repository.ts'
import type { ComplaintRow } from './complaint.table.ts'
import { type KpiFacts, kpiOf } from './kpi.ts'
import { sourcesNear } from './nearby.ts'
import type { ComplaintDeps } from './room.ts'
import { boxAround, likeness, proposeFrom } from './similar-complaint.ts'
import { visibleComplaint } from './visible-complaint.ts'

export interface ComplaintQuery {
  readonly phase?: 'open' | 'ended' | 'all'
  readonly state?: string
  readonly channel?: string
  readonly theme?: string
  readonly urgency?: string
  readonly named?: boolean
  readonly campaign?: string
  readonly regionCode?: number
  readonly enterpriseId?: number
  readonly problemId?: number
  readonly overdue?: boolean
  readonly repeated?: boolean
  readonly waitsForMe?: boolean
  readonly from?: string
  readonly to?: string
  readonly search?: string
  readonly order?: 'due' | 'recent'
  readonly limit?: number
  readonly cursor?: string
}

/** The first moment after a civil day. */
const dayAfter = (day: string) => midnightOf(day) + dayMs

function filterOf(query: ComplaintQuery, actor: Actor, nowMs: number): ComplaintFilter {
  const { state, channel, theme, urgency, named, campaign, enterpriseId, problemId, search } = query
  const given = <T extends object>(value: unknown, entry: T) => (value === undefined ? {} : entry)
  return {
    phase: query.phase ?? 'open',
    repeated: query.repeated ?? false,
    ...given(state, { state }),
    ...given(channel, { channel }),
    ...given(theme, { theme }),
    ...given(urgency, { urgency }),
    ...given(named, { named }),
    ...given(campaign, { campaign }),
    ...given(enterpriseId, { enterpriseId }),
    ...given(problemId, { problemId }),
    ...given(search, { search }),
    ...(query.regionCode === undefined ? {} : { region: regionSpan(query.regionCode) }),
    ...(query.from === undefined ? {} : { fromMs: midnightOf(query.from) }),
    ...(query.to === undefined ? {} : { toMs: dayAfter(query.to) }),
    ...(query.overdue === true ? { overdueAtMs: nowMs } : {}),
    ...(query.waitsForMe === true ? { waitsFor: actor.organizationId } : {}),
  } as ComplaintFilter
}

export async function listComplaints(
  deps: ComplaintDeps,
  actor: Actor,
  query: ComplaintQuery,
): Promise<{ items: Complaint[]; next: string | null }> {
  const now = deps.clock.now()
  const { order = 'due', limit = 100 } = query
  const after = decodeCursor(query.cursor, ['number', 'number'])
  return deps.db.asActor(actor, async (trx) => {
    const calendar = await calendarIn(trx)
    const page = { order, limit, ...(after === undefined ? {} : { after }) }
    const rows = await selectComplaints(trx, filterOf(query, actor, now), page)
    const last = rows.length < limit ? undefined : rows.at(-1)
    const key = (row: ComplaintRow) => (order === 'due' ? (row.due_ms ?? neverDueMs) : row.received_ms)
    return {
      items: rows.map((row) => presentComplaint(row, now, calendar)),
      next: last === undefined ? null : encodeCursor([key(last), last.id]),
    }
  })
}

export async function complaintSummary(deps: ComplaintDeps, actor: Actor): Promise<ComplaintSummary> {
  const now = deps.clock.now()
  return deps.db.asActor(actor, async (trx) => {
    const calendar = await calendarIn(trx)
    const { waits, today, ...counts } = await summarize(trx, now, startOf('day', now), actor.organizationId)
    const limits = await runningLimits(trx)
    const soon = limits.filter(
      ({ started_ms, due_ms }) => due_ms > now && colourOf(started_ms, due_ms, now, calendar) !== 'green',
    )
    return {
      ...counts,
      waitsForMe: waits,
      receivedToday: today,
      dueSoon: soon.length,
      campaigns: await selectCampaigns(trx),
    }
  })
}

/** Those about the same as `row`, the likeliest first; `earlier` only those that came before. */
async function alike(
  trx: Trx,
  row: ComplaintRow,
): Promise<{ id: number; receivedMs: number; found: ReturnType<typeof likeness> }[]> {
  const here = { ...row, enterpriseId: row.enterprise_id, receivedMs: row.received_ms }
  const box = boxAround(row.lat ?? 0, complaintNearness.metres)
  const candidates = await selectCandidates(
    trx,
    { ...here, regionCode: row.region_code },
    box,
    complaintNearness.days,
  )
  return candidates
    .map((one) => ({
      id: one.id,
      receivedMs: one.received_ms,
      found: likeness(here, { ...one, enterpriseId: one.enterprise_id, receivedMs: one.received_ms }),
    }))
    .filter(({ found }) => found.score >= proposeFrom || found.repeat)
    .sort((a, b) => b.found.score - a.found.score || b.receivedMs - a.receivedMs)
}

const proposed = 20

async function answersTo(trx: Trx, row: ComplaintRow, treatingId: number | null): Promise<ComplaintAnswer[]> {
  const told = treatingId === null ? [] : await repliesOfMatter(trx, treatingId)
  const ofMatter = told.map((reply) => ({
    atMs: reply.at_ms,
    way: replyWayTitle(reply.way),
    text: reply.text ?? '',
    by: reply.by ?? '',
  }))
  return [...ofMatter, ...row.answers]
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ atMs, ...answer }) => ({ at: shanghaiIso(atMs), ...answer }))
}

/** The matter that treats a complaint: its own, or after a merger that of the main one. */
export async function treatingMatter(trx: Trx, row: ComplaintRow): Promise<number | null> {
  if (row.merged_into === null) return row.matter_id
  const [main] = await selectComplaints(
    trx,
    { ids: [row.merged_into], phase: 'all' },
    { order: 'recent', limit: 1 },
  )
  return main?.matter_id ?? null
}

function reviewUntil(row: ComplaintRow, calendar: Calendar): string | null {
  if (row.answered_ms === null || !row.named) return null
  const { atMs } = calendar.endMs(row.answered_ms, { amount: 30, unit: 'day' }, { roll: true, stops: [] })
  return dateOf(atMs - 1)
}

export async function getComplaint(deps: ComplaintDeps, actor: Actor, id: number): Promise<ComplaintDetail> {
  return deps.db.asActor(actor, (trx) => detailOf(deps, actor, trx, id))
}

/** In the caller's transaction, under the actor's row-level security. Errors: `complaint.unknown`. */
export async function detailOf(
  deps: ComplaintDeps,
  actor: Actor,
  trx: Trx,
  id: number,
): Promise<ComplaintDetail> {
  const now = deps.clock.now()
  const calendar = await calendarIn(trx)
  const row = await visibleComplaint(trx, id)
  const present = (one: ComplaintRow) => presentComplaint(one, now, calendar)
  const like = (await alike(trx, row)).slice(0, proposed)
  const page = { order: 'recent', limit: 200 } as const
  const others = new Map(
    (await selectComplaints(trx, { ids: like.map(({ id: other }) => other), phase: 'all' }, page)).map(
      (one) => [one.id, one],
    ),
  )
  const similar = like.flatMap(({ id: other, found }): SimilarComplaint[] => {
    const there = others.get(other)
    if (there === undefined || there.merged_into === row.id || row.merged_into === there.id) return []
    return [
      {
        complaint: present(there),
        score: found.score,
        metres: found.metres,
        days: found.days,
        reasons: [...found.reasons],
        mergeable: mayMerge(row, there),
      },
    ]
  })
  const children = await selectComplaints(trx, { mergedInto: id, phase: 'all' }, page)
  const kept = await isKept(deps.db.pool, id)
  const handles = row.matter_id !== null && (await isKeeper(trx, row.matter_id, actor.organizationId))
  const mayLook = kept && handles && actor.permissions.has('complainant:read')
  const mayWrite = actor.permissions.has('complaint:write')
  const ended = row.phase === 'closed' || row.phase === 'dropped'
  return {
    complaint: present(row),
    content: row.content,
    occurredOn: row.occurred_on,
    answers: await answersTo(trx, row, await treatingMatter(trx, row)),
    children: children.map(present),
    earlier: like.flatMap(({ id: other, receivedMs, found }) => {
      const there = others.get(other)
      return there !== undefined && found.repeat && receivedMs < row.received_ms ? [present(there)] : []
    }),
    similar,
    nearby: await sourcesNear(trx, row, row.received_ms),
    reviewUntil: reviewUntil(row, calendar),
    complainant: { kept, mayLook, looks: await countLooks(deps.db.pool, id) },
    allowed: [
      ...(mayWrite ? (['change', 'answer'] as const) : []),
      ...(mayWrite && !ended ? (['merge'] as const) : []),
      ...(mayLook ? (['look'] as const) : []),
    ],
  }
}

/** Not after the main one has been answered: whoever joins later would not be told. */
const stillWorked: ReadonlySet<string> = new Set([
  'received',
  'accepted',
  'dispatched',
  'returned',
  'checking',
  'handling',
  'answering',
])
const joinable: ReadonlySet<string> = new Set([...stillWorked].filter((state) => state !== 'answering'))

export function mayMerge(row: ComplaintRow, into: ComplaintRow): boolean {
  return (
    row.id !== into.id &&
    row.merged_into === null &&
    into.merged_into === null &&
    joinable.has(row.state) &&
    stillWorked.has(into.state)
  )
}

type Group = (typeof complaintKpiGroups)[number]
const groupKeys: Readonly<Record<Group, (row: KpiRow) => readonly [key: string, title: string] | undefined>> =
  {
    total: () => undefined,
    county: (row) => [String(row.region_code), row.region_name ?? String(row.region_code)],
    theme: (row) => [row.theme, complaintThemes[row.theme as keyof typeof complaintThemes]?.zh ?? row.theme],
    channel: (row) => [
      row.channel,
      complaintChannels[row.channel as keyof typeof complaintChannels]?.zh ?? row.channel,
    ],
    campaign: (row) => (row.campaign === null ? undefined : [row.campaign, row.campaign]),
  }

const factsOf = (row: KpiRow): KpiFacts => ({
  informDueMs: row.inform_due_ms,
  acceptedMs: row.accepted_ms,
  finishDueMs: row.finish_due_ms,
  answeredMs: row.answered_ms,
  verdict: row.verdict,
  satisfaction: row.satisfaction,
  repeats: row.repeats,
})

export async function complaintKpi(
  deps: ComplaintDeps,
  actor: Actor,
  query: { readonly from: string; readonly to: string; readonly by?: Group; readonly regionCode?: number },
): Promise<ComplaintKpi> {
  const now = deps.clock.now()
  const { from, to, by = 'county' } = query
  const rows = await deps.db.asActor(actor, (trx) =>
    selectKpiRows(trx, midnightOf(from), dayAfter(to), regionSpan(query.regionCode)),
  )
  const groups = new Map<string, { title: string; rows: KpiFacts[] }>()
  for (const row of rows) {
    const named = groupKeys[by](row)
    if (named === undefined) continue
    const [key, title] = named
    const group = groups.get(key) ?? { title, rows: [] }
    group.rows.push(factsOf(row))
    groups.set(key, group)
  }
  return {
    from,
    to,
    by,
    total: kpiOf('total', '合计', rows.map(factsOf), now),
    rows: [...groups]
      .map(([key, group]) => kpiOf(key, group.title, group.rows, now))
      .sort((a, b) => b.received - a.received || a.key.localeCompare(b.key)),
  }
}
