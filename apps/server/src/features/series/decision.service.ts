/**
 * Decisions about observations take effect here, both when a person makes them and when the journal is replayed: the
 * same decision with the same number gives the same rows.
 */
import type { Trx } from '../../platform/db/index.ts'
import type { Decision } from '../intake/index.ts'
import { startsBetween } from './civil-time.ts'
import {
  type Author,
  type Covered,
  hoursWithMinutes,
  insertMark,
  insertSand,
  lockReviews,
  reviewPositions,
  storeReviews,
  withdraw,
} from './decision.repository.ts'
import { type ReviewDecision, readBody } from './decision.table.ts'
import { refreshMarks } from './mark.repository.ts'
import { coverings, queueDirty } from './observation.repository.ts'
import { nextReview, startPosition } from './review.state.ts'
import type { Period } from './series.table.ts'

/** Applies a decision of the journal; types that are not about observations are left to their rooms. */
export async function applyDecision(trx: Trx, decision: Decision, msg: bigint): Promise<void> {
  const author: Author = { msg, by: decision.by, atMs: decision.atMs, reason: decision.reason }
  if (decision.type === 'mark') return applyMark(trx, decision, author)
  if (decision.type === 'sand') return applySand(trx, decision, author)
  if (decision.type === 'review') return applyReview(trx, readBody('review', decision.body), author)
}

async function applyMark(trx: Trx, decision: Decision, author: Author): Promise<void> {
  const body = readBody('mark', decision.body)
  if (body.action === 'make') {
    await insertMark(trx, body, author)
    return takeEffect(trx, { pointIds: [body.pointId], fromMs: body.fromMs, toMs: body.toMs })
  }
  const covered = await withdraw(trx, 'validity_mark', body.id, body.byName, author)
  if (covered !== undefined) await takeEffect(trx, covered)
}

async function applySand(trx: Trx, decision: Decision, author: Author): Promise<void> {
  const body = readBody('sand', decision.body)
  if (body.action === 'make') {
    await insertSand(trx, body, author)
    return takeEffect(trx, body)
  }
  const covered = await withdraw(trx, 'sand_period', body.id, body.byName, author)
  if (covered !== undefined) await takeEffect(trx, covered)
}

/** Marks the rows and queues everything that rests on them. */
async function takeEffect(trx: Trx, covered: Covered): Promise<void> {
  const byHour = new Map<number, number[]>()
  for (const { pointId, startMs } of await hoursWithMinutes(trx, covered)) {
    byHour.set(startMs, [...(byHour.get(startMs) ?? []), pointId])
  }
  const periods: readonly Period[] = byHour.size > 0 ? ['min', 'hour', 'day'] : ['hour', 'day']
  for (const period of periods)
    await refreshMarks(trx, period, covered, await coverings(trx, period, covered))
  const bare = { layoutIds: [], lastMs: [] }
  if (byHour.size > 0) {
    const hours = [...byHour].map(([bucketMs, pointIds]) => ({ bucketMs, pointIds, ...bare }))
    await queueDirty(trx, 'min', hours, covered)
  }
  const days = startsBetween('day', covered.fromMs, covered.toMs)
  await queueDirty(
    trx,
    'hour',
    days.map((bucketMs) => ({ bucketMs, pointIds: covered.pointIds, ...bare })),
    covered,
  )
}

async function applyReview(trx: Trx, body: ReviewDecision, author: Author): Promise<void> {
  await lockReviews(trx)
  const positions = await reviewPositions(trx, body.items)
  const next = body.items.map((item) => {
    const position = positions.get(`${item.pointId}/${item.date}`) ?? startPosition
    const reached = nextReview(position, body.level, body.decision)
    if (reached === undefined) {
      throw new Error(
        `review ${author.msg} does not follow from the state of ${item.pointId} on ${item.date}`,
      )
    }
    return { ...item, ...reached }
  })
  await storeReviews(trx, body, next, author)
}
