/** What an enterprise has to do, of every kind in one list by day: rectification, permit, marks. Pure. */
import type { MarkingDay, MatterBrief, Obligation } from '@shanshui/contract'
import { dateOf, daysBetween, today, toMs } from '../../format/time.ts'

export type TodoKind = 'matter' | 'obligation' | 'mark'

export interface TodoItem {
  readonly kind: TodoKind
  readonly key: string
  readonly title: string
  /** Civil day by the end of which it is due; null: no limit runs. */
  readonly dueOn: string | null
  readonly overdue: boolean
  /** Whole days that are left; 0: today; negative: over. */
  readonly days: number | null
  /** Page on which it is done, with its parameters. */
  readonly path: string
  readonly search: string
}

/** Continuous monitoring that is not overdue is counted from the data by itself: nobody has to do anything for it. */
export const isAutomatic = ({ kind, key, state }: Pick<Obligation, 'kind' | 'key' | 'state'>): boolean =>
  kind === 'self-monitoring' && state === 'due' && key.split(':')[3] === 'auto'

/** A limit at 24:00 belongs to the day before; one at noon to its own day. */
const lastDayOf = (dueAt: string): string => dateOf(toMs(dueAt) - 1)

function item(
  kind: TodoKind,
  id: string | number,
  title: string,
  dueOn: string | null,
  overdue: boolean,
  nowMs: number,
  target: { path: string; search?: string },
): TodoItem {
  const days = dueOn === null ? null : daysBetween(today(nowMs), dueOn)
  return {
    kind,
    key: `${kind}-${id}`,
    title,
    dueOn,
    overdue,
    days,
    path: target.path,
    search: target.search ?? '',
  }
}

/** Overdue first, then by day; what has no limit last. */
export function todoOf(
  from: {
    readonly matters: readonly MatterBrief[]
    readonly obligations: readonly Obligation[]
    readonly marking: readonly MarkingDay[]
  },
  nowMs: number,
): readonly TodoItem[] {
  const items = [
    ...from.matters.map((matter) => {
      const { due } = matter
      const dueOn = due === null ? null : lastDayOf(due.dueAt)
      return item('matter', matter.id, matter.title, dueOn, due?.overdue ?? false, nowMs, {
        path: `/matters/${matter.id}`,
      })
    }),
    ...from.obligations
      .filter((one) => !isAutomatic(one))
      .map((one) =>
        item('obligation', one.id, one.title, one.dueOn, one.state === 'overdue', nowMs, {
          path: '/sources/permits',
          search: `state=${one.state}`,
        }),
      ),
    ...from.marking.flatMap((day) =>
      day.outlets
        .filter(({ pending }) => pending > 0)
        .map((outlet) =>
          item(
            'mark',
            `${day.date}-${outlet.id}`,
            `${outlet.number} ${outlet.name}：${day.date}`,
            lastDayOf(day.deadline),
            day.late,
            nowMs,
            { path: '/sources/marks', search: `day=${day.date}` },
          ),
        ),
    ),
  ]
  const last = '9999-12-31'
  return items.sort(
    (a, b) =>
      Number(b.overdue) - Number(a.overdue) ||
      (a.dueOn ?? last).localeCompare(b.dueOn ?? last) ||
      a.key.localeCompare(b.key),
  )
}
