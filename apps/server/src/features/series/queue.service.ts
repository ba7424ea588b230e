/** Lists for the people who decide: marks, sand periods and proposals, the review queue. */
import type {
  Mark,
  MarkQuery,
  ReviewHistory,
  ReviewItem,
  ReviewQueueQuery,
  SandCriterion,
  SandPeriod,
  SandProposal,
  SandProposalQuery,
  SandQuery,
} from '@shanshui/contract'
import {
  airItemInfo,
  sandCriteria as defaultCriteria,
  proposeSandPeriods,
  type SandCriteria,
} from '@shanshui/standards'
import type { Actor } from '../../platform/actor.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { listPoints, pointById } from '../registry/index.ts'
import { hourMs, isoOf, startOf } from './civil-time.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { presentMark, presentSand } from './present.ts'
import { instantOf, rangeOf } from './range.ts'
import { readSeries } from './read.repository.ts'
import { dayDigest } from './review.digest.ts'
import { type ReviewDayRow, type ReviewFilter, reviewDays, reviewEvents } from './review.repository.ts'
import { reviewLevels, reviewStateOf, waitsFor } from './review.state.ts'
import { type DecisionFilter, markRows, sandCriteria, sandRows } from './view.repository.ts'

type QueueDeps = Pick<Deps, 'db' | 'clock'>

const longestProposalDays = 400

function spanFilter(query: { from?: string; to?: string; withdrawn?: boolean }): DecisionFilter {
  return {
    ...(query.from === undefined ? {} : { fromMs: instantOf(query.from, 'from') }),
    ...(query.to === undefined ? {} : { toMs: instantOf(query.to, 'to') }),
    ...(query.withdrawn === undefined ? {} : { withdrawn: query.withdrawn }),
  }
}

export async function listMarks(
  deps: QueueDeps,
  actor: Actor,
  query: MarkQuery,
): Promise<{ items: Mark[]; next: string | null }> {
  const limit = query.limit ?? 200
  const after = decodeCursor(query.cursor, ['string'])
  const rows = await deps.db.asActor(actor, (trx) =>
    markRows(trx, {
      ...spanFilter(query),
      ...(query.pointId === undefined ? {} : { pointId: query.pointId }),
      ...(after === undefined ? {} : { beforeId: after[0] }),
      limit: limit + 1,
    }),
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(presentMark),
    next: rows.length > limit && last !== undefined ? encodeCursor([last.id]) : null,
  }
}

export async function listSand(deps: QueueDeps, actor: Actor, query: SandQuery): Promise<SandPeriod[]> {
  const rows = await deps.db.asActor(actor, (trx) =>
    sandRows(trx, {
      ...spanFilter(query),
      ...(query.cityId === undefined ? {} : { pointId: query.cityId }),
    }),
  )
  return rows.map(presentSand)
}

/** Periods of a city that meet the criteria. The criteria come from the table, with source and status. */
export async function proposeSand(
  deps: QueueDeps,
  actor: Actor,
  query: SandProposalQuery,
): Promise<{ items: SandProposal[]; criteria: SandCriterion[] }> {
  const range = rangeOf(query.from, query.to, longestProposalDays)
  return deps.db.asActor(actor, async (trx) => {
    const city = await pointById(trx, query.cityId)
    if (city === undefined) throw new AppError('series.point-unknown', { detail: `点位 ${query.cityId}` })
    if (city.kind !== 'air-city') throw new AppError('series.not-a-city', { detail: city.name })
    const criteria = await sandCriteria(trx)
    const numbers = criteriaOf(criteria)
    const fromMs = startOf('hour', range.fromMs) - numbers.baseHours * hourMs
    const [pm10Code, pm25Code] = [airItemInfo.pm10.code, airItemInfo.pm25.code]
    const table = await readSeries(trx, {
      period: 'hour',
      pointIds: [city.id],
      fromMs,
      toMs: range.toMs,
      factors: [pm10Code, pm25Code],
    })
    const count = Math.ceil((range.toMs - fromMs) / hourMs)
    const pm10 = new Float64Array(count).fill(Number.NaN)
    const pm25 = new Float64Array(count).fill(Number.NaN)
    for (let i = 0; i < table.startMs.length; i++) {
      const slot = ((table.startMs[i] as number) - fromMs) / hourMs
      pm10[slot] = table.columns.get(pm10Code)?.[i] ?? Number.NaN
      pm25[slot] = table.columns.get(pm25Code)?.[i] ?? Number.NaN
    }
    const confirmed = await sandRows(trx, { pointId: city.id, ...range, withdrawn: false })
    const items = proposeSandPeriods({ pm10, pm25 }, numbers).map((proposal) => {
      const startMs = fromMs + proposal.start * hourMs
      const endMs = fromMs + proposal.lingerEnd * hourMs
      return {
        cityId: city.id,
        from: isoOf(startMs),
        to: isoOf(endMs),
        hours: proposal.lingerEnd - proposal.start,
        peakPm10: proposal.peakPm10,
        meanBefore: proposal.basePm10,
        ratioBefore: Number.isNaN(proposal.baseRatio) ? null : proposal.baseRatio,
        ended: proposal.closed,
        confirmed: confirmed.find((row) => row.from_ms < endMs && row.to_ms > startMs)?.id ?? null,
      }
    })
    return { items, criteria }
  })
}

function criteriaOf(rows: readonly { key: string; value: number }[]): SandCriteria {
  const set = new Map(rows.map((row) => [row.key, row.value]))
  const base = defaultCriteria.value
  return {
    baseHours: set.get('baseHours') ?? base.baseHours,
    startMultiple: set.get('startMultiple') ?? base.startMultiple,
    startAbove: set.get('startAbove') ?? base.startAbove,
    endDeviation: set.get('endDeviation') ?? base.endDeviation,
    lingerRatio: set.get('lingerRatio') ?? base.lingerRatio,
  }
}

/** Station-days that have ended, newest first, with their review state. */
export async function listReviews(
  deps: QueueDeps,
  actor: Actor,
  query: ReviewQueueQuery,
): Promise<{ items: ReviewItem[]; next: string | null }> {
  const limit = query.limit ?? 200
  const after = decodeCursor(query.cursor, ['number', 'number'])
  const today = startOf('day', deps.clock.now())
  const until = query.to === undefined ? today : instantOf(query.to, 'to') + 24 * hourMs
  return deps.db.asActor(actor, async (trx) => {
    const points = await listPoints(trx, {
      kind: 'air-station',
      ...(query.pointId === undefined ? {} : { ids: [query.pointId] }),
    })
    const names = new Map(points.map((point) => [point.id, point.name]))
    const rows = await reviewDays(trx, {
      pointIds: [...names.keys()],
      ...(query.from === undefined ? {} : { fromMs: instantOf(query.from, 'from') }),
      toMs: Math.min(until, today),
      ...positionFilter(query),
      ...(after === undefined ? {} : { after: { startMs: after[0], pointId: after[1] } }),
      limit: limit + 1,
    })
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      items: page.map((row) => presentReview(row, names.get(row.point_id) ?? '')),
      next: rows.length > limit && last !== undefined ? encodeCursor([last.start_ms, last.point_id]) : null,
    }
  })
}

function positionFilter(query: ReviewQueueQuery): Pick<ReviewFilter, 'reached' | 'returned'> {
  if (query.state === 'returned') return { returned: true, ...levelFilter(query) }
  if (query.state === undefined) return levelFilter(query)
  const reached = ['pending', 'station-approved', 'city-approved', 'province-approved'].indexOf(query.state)
  return { returned: false, reached }
}

function levelFilter(query: ReviewQueueQuery): Pick<ReviewFilter, 'reached'> {
  return query.level === undefined ? {} : { reached: reviewLevels.indexOf(query.level) }
}

function presentReview(row: ReviewDayRow, pointName: string): ReviewItem {
  const byFactor = <T>(pick: (i: number) => T) =>
    Object.fromEntries(row.factors.map((factor, i) => [factor, pick(i)]))
  return {
    pointId: row.point_id,
    pointName,
    date: row.date,
    state: reviewStateOf(row),
    waitsFor: waitsFor(row),
    reason: row.reason === null || row.reason === '' ? null : row.reason,
    changedSince: row.seen !== null && row.seen !== dayDigest(row.vals, row.flags),
    values: byFactor((i) => {
      const value = row.vals[i]
      return value === undefined || Number.isNaN(value) ? null : value
    }),
    flags: byFactor((i) => row.flags[i] ?? ' '),
    validHours: byFactor((i) => row.cous?.[i] ?? 0),
  }
}

export async function reviewHistory(
  deps: QueueDeps,
  actor: Actor,
  query: { pointId: number; date: string },
): Promise<ReviewHistory> {
  return deps.db.asActor(actor, async (trx) => {
    const point = await pointById(trx, query.pointId)
    if (point === undefined) throw new AppError('series.point-unknown', { detail: `点位 ${query.pointId}` })
    const events = (await reviewEvents(trx, query.pointId, query.date)).map((row) => ({
      id: row.msg,
      level: row.level,
      decision: row.decision,
      by: row.made_by,
      byName: row.made_by_name,
      at: isoOf(row.made_ms),
      reason: row.reason,
      state: reviewStateOf(row),
    }))
    return { state: events.at(-1)?.state ?? 'pending', events }
  })
}
