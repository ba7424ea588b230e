/**
 * Three-level review (三级审核) of a station-day, as data: station → city → province. `reached` is the highest level
 * that has approved: 0 none, 1 station, 2 city, 3 province.
 */
import type { ReviewLevel, ReviewState } from '@shanshui/contract'

export interface ReviewPosition {
  readonly reached: number
  readonly returned: boolean
}

export const startPosition: ReviewPosition = { reached: 0, returned: false }

export const reviewLevels: readonly ReviewLevel[] = ['station', 'city', 'province']

/**
 * Position after a decision; undefined when the state refuses it. A level approves what the level below has
 * approved. It returns what waits for it, or takes its own approval back: the day goes to the level below again
 * (the station's own, back to itself).
 */
export function nextReview(
  position: ReviewPosition,
  level: ReviewLevel,
  decision: 'approve' | 'return',
): ReviewPosition | undefined {
  const own = reviewLevels.indexOf(level) + 1
  if (decision === 'approve') {
    return position.reached === own - 1 ? { reached: own, returned: false } : undefined
  }
  const mayReturn = position.reached === own - 1 || position.reached === own
  if (!mayReturn || (own === 1 && position.reached === 0)) return undefined
  return { reached: Math.max(0, own - 2), returned: true }
}

export function reviewStateOf(position: ReviewPosition): ReviewState {
  if (position.returned) return 'returned'
  const states = ['pending', 'station-approved', 'city-approved', 'province-approved'] as const
  return states[position.reached] ?? 'pending'
}

/** The level that decides next, null at the end. */
export function waitsFor(position: ReviewPosition): ReviewLevel | null {
  return reviewLevels[position.reached] ?? null
}
