import type { RolledChange } from '../series/index.ts'
import { dateOf, dayOfMs } from './civil-day.ts'
import { requestOf } from './figure.service.ts'
import type { FigureRow } from './figure.table.ts'
import type { FigureEngine } from './figure-engine.ts'

/** Days whose values were rolled up anew, by point. */
export type ChangedDays = ReadonlyMap<number, ReadonlySet<string>>

/** Figures are calculated from days only: a changed hour reaches them through its day. */
export function changedDays(changes: readonly RolledChange[]): ChangedDays {
  const days = new Map<number, Set<string>>()
  for (const { period, pointId, startMs } of changes) {
    if (period !== 'day') continue
    const ofPoint = days.get(pointId) ?? new Set()
    ofPoint.add(dateOf(dayOfMs(startMs)))
    days.set(pointId, ofPoint)
  }
  return days
}

export function spanOf(days: ChangedDays): { from: string; to: string } | undefined {
  const all = [...days.values()].flatMap((set) => [...set]).toSorted()
  const [from] = all
  const to = all.at(-1)
  return from === undefined || to === undefined ? undefined : { from, to }
}

/** Does a figure's own span contain a changed day of one of its points? */
export function touches(figure: FigureRow, days: ChangedDays): boolean {
  return figure.pointIds.some((point) => {
    for (const date of days.get(point) ?? []) if (date >= figure.from && date <= figure.to) return true
    return false
  })
}

/**
 * Exactly the figures whose inputs are no longer those they were calculated from: those over changed days whose digest
 * differs, then, upwards, those calculated from them whose digest differs in turn.
 */
export function staleAmong(figures: readonly FigureRow[], engine: FigureEngine): FigureRow[] {
  return figures.filter((row) => engine.figure(requestOf(row)).digest !== row.digest)
}
