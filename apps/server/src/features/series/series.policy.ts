import type { ReviewLevel } from '@shanshui/contract'
import { type Actor, isInScope, requirePermission } from '../../platform/actor.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { listPoints, type Point } from '../registry/index.ts'

/** Who may decide what about observations; where, is the actor's regions. */
export function requireMarking(actor: Actor): void {
  requirePermission(actor, 'series:mark')
}

export function requireSand(actor: Actor): void {
  requirePermission(actor, 'sand:confirm')
}

export function requireReview(actor: Actor, level: ReviewLevel): void {
  requirePermission(actor, `review:${level}`)
}

/**
 * Points the actor may decide about, in an actor's transaction.
 * @throws AppError `series.point-unknown` for a point that is not there or not visible, `auth.forbidden` outside the regions
 */
export async function pointsInScope(
  trx: Queryable,
  actor: Actor,
  pointIds: readonly number[],
): Promise<Map<number, Point>> {
  const ids = [...new Set(pointIds)]
  const points = new Map((await listPoints(trx, { ids })).map((point) => [point.id, point]))
  for (const id of ids) {
    const point = points.get(id)
    if (point === undefined) throw new AppError('series.point-unknown', { detail: `点位 ${id}` })
    if (!isInScope(actor, point)) {
      throw new AppError('auth.forbidden', { detail: `${point.name} 不在本人的行政区范围内`, pointId: id })
    }
  }
  return points
}
