/** What people decide: marks, sand periods, reviews. Each is an entry of the journal, takes effect and is audited. */
import type {
  Mark,
  MarkBody,
  ReviewBody,
  ReviewLevel,
  ReviewOutcome,
  SandBody,
  SandPeriod,
} from '@shanshui/contract'
import { airItemInfo } from '@shanshui/standards'
import type { Actor } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Trx } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { appendDecision } from '../intake/index.ts'
import { assessmentStationsOf, type Point } from '../registry/index.ts'
import { isoOf, midnightOf } from './civil-time.ts'
import { lockReviews, lockRow, lockSand, reviewPositions } from './decision.repository.ts'
import { applyDecision } from './decision.service.ts'
import type { MarkDecision, ReviewDecision, SandDecision } from './decision.table.ts'
import { presentMark, presentSand } from './present.ts'
import { rangeOf } from './range.ts'
import { dayDigest } from './review.digest.ts'
import { rolledDays } from './review.repository.ts'
import { nextReview, reviewStateOf, startPosition } from './review.state.ts'
import { pointsInScope, requireMarking, requireReview, requireSand } from './series.policy.ts'
import { markRows, sandRows } from './view.repository.ts'

type DecideDeps = Pick<Deps, 'db' | 'clock'>

const longestMarkDays = 400
const longestSandDays = 31
const sandFactors = [airItemInfo.pm10.code, airItemInfo.pm25.code]

/** Journal entry, effect and audit in the transaction; returns the decision's number. */
async function decide(
  deps: DecideDeps,
  trx: Trx,
  actor: Actor,
  type: 'mark' | 'sand' | 'review',
  body: MarkDecision | SandDecision | ReviewDecision,
  reason: string,
): Promise<bigint> {
  const decision = { type, by: actor.userId, atMs: deps.clock.now(), reason, body }
  const msg = await appendDecision(trx, decision)
  await applyDecision(trx, decision, msg)
  return msg
}

/** Points the actor may decide about, checked under row-level security. */
function inScope(deps: DecideDeps, actor: Actor, pointIds: readonly number[]): Promise<Map<number, Point>> {
  return deps.db.asActor(actor, (trx) => pointsInScope(trx, actor, pointIds))
}

/** Marks measured data of a station as invalid. */
export async function makeMark(deps: DecideDeps, actor: Actor, body: MarkBody): Promise<Mark> {
  requireMarking(actor)
  const range = rangeOf(body.from, body.to, longestMarkDays)
  const point = (await inScope(deps, actor, [body.pointId])).get(body.pointId)
  if (point === undefined) throw new AppError('series.point-unknown', { detail: `点位 ${body.pointId}` })
  if (point.kind === 'air-city') throw new AppError('series.mark-on-derived', { detail: point.name })
  return deps.db.transaction(async (trx) => {
    const about = { pointId: point.id, regionCode: point.regionCode, ownerId: point.ownerId }
    const entry: MarkDecision = {
      action: 'make',
      ...about,
      ...range,
      factors: body.factors ?? null,
      byName: actor.name,
    }
    const msg = await decide(deps, trx, actor, 'mark', entry, body.reason)
    const span = { from: isoOf(range.fromMs), to: isoOf(range.toMs), factors: entry.factors }
    await recordAudit(trx, actor, 'series.marked', `feature:${point.id}`, { mark: String(msg), ...span })
    return markOf(trx, String(msg))
  })
}

async function markOf(trx: Trx, id: string): Promise<Mark> {
  const [row] = await markRows(trx, { id })
  if (row === undefined) throw new AppError('series.mark-unknown', { detail: `标记 ${id}` })
  return presentMark(row)
}

export async function withdrawMark(
  deps: DecideDeps,
  actor: Actor,
  id: string,
  reason: string,
): Promise<Mark> {
  requireMarking(actor)
  const [row] = await deps.db.asActor(actor, (trx) => markRows(trx, { id }))
  if (row === undefined) throw new AppError('series.mark-unknown', { detail: `标记 ${id}` })
  await inScope(deps, actor, [row.point_id])
  return deps.db.transaction(async (trx) => {
    await lockRow(trx, 'validity_mark', id)
    if ((await markOf(trx, id)).withdrawn !== null)
      throw new AppError('series.decision-withdrawn', { detail: `标记 ${id}` })
    await decide(deps, trx, actor, 'mark', { action: 'withdraw', id, byName: actor.name }, reason)
    await recordAudit(trx, actor, 'series.mark-withdrawn', `feature:${row.point_id}`, { mark: id })
    return markOf(trx, id)
  })
}

/** Confirms a sand period of a city; its deduction touches PM10 and PM2.5 unless other factors are named. */
export async function confirmSand(deps: DecideDeps, actor: Actor, body: SandBody): Promise<SandPeriod> {
  requireSand(actor)
  const range = rangeOf(body.from, body.to, longestSandDays)
  const city = (await inScope(deps, actor, [body.cityId])).get(body.cityId)
  if (city?.kind !== 'air-city') throw new AppError('series.not-a-city', { detail: `点位 ${body.cityId}` })
  return deps.db.transaction(async (trx) => {
    await lockSand(trx)
    const [other] = await sandRows(trx, { pointId: city.id, ...range, withdrawn: false, limit: 1 })
    if (other !== undefined) {
      throw new AppError('series.sand-overlaps', {
        detail: `${isoOf(other.from_ms)} 至 ${isoOf(other.to_ms)}`,
      })
    }
    const stations = await assessmentStationsOf(trx, city.id)
    const entry: SandDecision = {
      action: 'make',
      cityId: city.id,
      pointIds: stations.map((station) => station.id).sort((a, b) => a - b),
      regionCode: city.regionCode,
      ownerId: city.ownerId,
      ...range,
      factors: body.factors ?? sandFactors,
      scope: body.scope ?? 'days',
      byName: actor.name,
    }
    const msg = await decide(deps, trx, actor, 'sand', entry, body.reason)
    const span = { from: isoOf(range.fromMs), to: isoOf(range.toMs), scope: entry.scope }
    await recordAudit(trx, actor, 'series.sand-confirmed', `feature:${city.id}`, {
      sand: String(msg),
      ...span,
    })
    return sandOf(trx, String(msg))
  })
}

async function sandOf(trx: Trx, id: string): Promise<SandPeriod> {
  const [row] = await sandRows(trx, { id })
  if (row === undefined) throw new AppError('series.sand-unknown', { detail: `沙尘影响时段 ${id}` })
  return presentSand(row)
}

export async function withdrawSand(
  deps: DecideDeps,
  actor: Actor,
  id: string,
  reason: string,
): Promise<SandPeriod> {
  requireSand(actor)
  const [row] = await deps.db.asActor(actor, (trx) => sandRows(trx, { id }))
  if (row === undefined) throw new AppError('series.sand-unknown', { detail: `沙尘影响时段 ${id}` })
  await inScope(deps, actor, [row.city_id])
  return deps.db.transaction(async (trx) => {
    await lockRow(trx, 'sand_period', id)
    if ((await sandOf(trx, id)).withdrawn !== null)
      throw new AppError('series.decision-withdrawn', { detail: `沙尘影响时段 ${id}` })
    await decide(deps, trx, actor, 'sand', { action: 'withdraw', id, byName: actor.name }, reason)
    await recordAudit(trx, actor, 'series.sand-withdrawn', `feature:${row.city_id}`, { sand: id })
    return sandOf(trx, id)
  })
}

/**
 * Approves or returns station-days at a level. Days whose state refuses are named with the reason; the others are
 * decided together in one entry of the journal.
 * @throws AppError `review.reason-missing`, `review.wrong-state` when no day can be decided
 */
export async function reviewDaysAt(
  deps: DecideDeps,
  actor: Actor,
  level: ReviewLevel,
  body: ReviewBody,
): Promise<ReviewOutcome> {
  requireReview(actor, level)
  const reason = body.reason?.trim() ?? ''
  if (body.decision === 'return' && reason === '') throw new AppError('review.reason-missing')
  const points = await inScope(
    deps,
    actor,
    body.items.map((item) => item.pointId),
  )
  return deps.db.transaction(async (trx) => {
    await lockReviews(trx)
    const { accepted, refused } = await sortOut(trx, level, body, points)
    if (accepted.length === 0) {
      throw new AppError('review.wrong-state', { detail: refused[0]?.problem ?? '', refused })
    }
    const items = accepted.map(({ state: _, ...item }) => item)
    const entry: ReviewDecision = { level, decision: body.decision, byName: actor.name, items }
    const msg = await decide(deps, trx, actor, 'review', entry, reason)
    await recordAudit(trx, actor, `review.${body.decision}`, `review:${msg}`, {
      level,
      days: accepted.length,
    })
    const shown = accepted.map(({ pointId, date, state }) => ({ pointId, date, state }))
    return { id: String(msg), accepted: shown, refused }
  })
}

async function sortOut(trx: Trx, level: ReviewLevel, body: ReviewBody, points: ReadonlyMap<number, Point>) {
  const items = [...new Map(body.items.map((item) => [`${item.pointId}/${item.date}`, item])).values()]
  const positions = await reviewPositions(trx, items)
  const days = await rolledDays(
    trx,
    items.map((item) => ({ pointId: item.pointId, startMs: midnightOf(item.date) })),
  )
  const seen = new Map(days.map((day) => [`${day.point_id}/${day.start_ms}`, dayDigest(day.vals, day.flags)]))
  const accepted: (ReviewDecision['items'][number] & { state: ReturnType<typeof reviewStateOf> })[] = []
  const refused: ReviewOutcome['refused'] = []
  for (const item of items) {
    const digest = seen.get(`${item.pointId}/${midnightOf(item.date)}`)
    const position = positions.get(`${item.pointId}/${item.date}`) ?? startPosition
    const next = nextReview(position, level, body.decision)
    const point = points.get(item.pointId)
    if (digest === undefined || point === undefined) refused.push({ ...item, problem: '该站日没有数据' })
    else if (next === undefined) refused.push({ ...item, problem: refusalOf(position.reached) })
    else {
      const scope = { regionCode: point.regionCode, ownerId: point.ownerId }
      accepted.push({ ...item, ...scope, seen: digest, state: reviewStateOf(next) })
    }
  }
  return { accepted, refused }
}

function refusalOf(reached: number): string {
  const names = ['尚未审核', '站级已审', '市级已审', '省级已审']
  return `当前状态为“${names[reached] ?? ''}”，本级不能作此决定`
}
