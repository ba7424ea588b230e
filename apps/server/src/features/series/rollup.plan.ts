import { dayMs, startOf } from './civil-time.ts'

/** Days (starts, epoch ms) to recompute by point. */
export type DaysByPoint = Map<number, Set<number>>

/** A stretch of consecutive days that is read in one go. */
export interface Run {
  readonly fromMs: number
  readonly toMs: number
}

const longestGapDays = 31

/**
 * Runs that cover the days: broken at civil years (bounded memory) and at gaps of more than a month (nothing is read
 * for years because two days of them changed).
 */
export function runsOf(days: Iterable<number>): Run[] {
  const sorted = [...new Set(days)].sort((a, b) => a - b)
  const runs: { fromMs: number; toMs: number }[] = []
  for (const day of sorted) {
    const last = runs.at(-1)
    const joins =
      last !== undefined &&
      day - last.toMs <= longestGapDays * dayMs &&
      startOf('year', day) === startOf('year', last.fromMs)
    if (joins) last.toMs = day + dayMs
    else runs.push({ fromMs: day, toMs: day + dayMs })
  }
  return runs
}

export function addDay(days: DaysByPoint, pointId: number, startMs: number): void {
  const known = days.get(pointId)
  if (known === undefined) days.set(pointId, new Set([startMs]))
  else known.add(startMs)
}

export function allDays(days: DaysByPoint): Set<number> {
  const all = new Set<number>()
  for (const own of days.values()) for (const day of own) all.add(day)
  return all
}
