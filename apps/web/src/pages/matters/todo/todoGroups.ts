import { addDays, dateOf, toMs, weekdayOf } from '../../../format/time.ts'

export const todoGroupNames = ['overdue', 'today', 'week', 'other'] as const
export type TodoGroupName = (typeof todoGroupNames)[number]

/** When something is due, as an instant in text; `null` where no clock runs. */
interface Dated {
  readonly dueAt: string | null
}

/**
 * Which part of the day's work something belongs to: overdue, due today, due before the week is over (Sunday, 24:00),
 * or later. A limit ends at 24:00 of its last day, which is still that day.
 */
export function todoGroupOf(dueAt: string | null, nowMs: number): TodoGroupName {
  if (dueAt === null) return 'other'
  const dueMs = toMs(dueAt)
  if (dueMs <= nowMs) return 'overdue'
  const lastDay = dateOf(dueMs - 1)
  const now = dateOf(nowMs)
  if (lastDay === now) return 'today'
  return lastDay <= addDays(now, 6 - weekdayOf(now)) ? 'week' : 'other'
}

/** The list by those parts, the most urgent first, each by its deadline; what has none comes last. */
export function todoGroups<T extends Dated>(
  items: readonly T[],
  nowMs: number,
): readonly { readonly name: TodoGroupName; readonly items: readonly T[] }[] {
  const byName = Map.groupBy(items, (item) => todoGroupOf(item.dueAt, nowMs))
  return todoGroupNames.flatMap((name) => {
    const members = byName.get(name)
    if (members === undefined) return []
    return [{ name, items: members.toSorted(byDeadline) }]
  })
}

function byDeadline(a: Dated, b: Dated): number {
  if (a.dueAt === null || b.dueAt === null) return Number(a.dueAt === null) - Number(b.dueAt === null)
  return toMs(a.dueAt) - toMs(b.dueAt)
}
