/**
 * The board of the year's key tasks: what each quarter was to bring, what was reported, and what the year will come to
 * if it goes on like this.
 */
import type { BoardTask, TaskBoard } from '@shanshui/contract'
import { addDays } from '@shanshui/standards'
import { type Bilingual, keyTaskGroups } from '@shanshui/workflow'

export interface TaskRow {
  readonly id: number
  readonly number: string
  readonly state: string
  readonly stateTitle: Bilingual
  readonly fields: Readonly<Record<string, unknown>>
  readonly handler: { readonly id: number; readonly name: string } | null
  /** pieces of evidence by what they were asked for */
  readonly evidence: Readonly<Record<string, number>>
}

const quarterEnds = ['03-31', '06-30', '09-30', '12-31'] as const
/** Days after the end of a quarter in which its report may still come; a setting of the platform. */
const reportDays = 10
/** Expected share of the year at its end, percent: at least `green` is on course; settings of the platform. */
const boardBands = { green: 95, yellow: 80 } as const

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const numeric = (value: unknown): number | null => (typeof value === 'number' ? value : null)

export function boardTask(row: TaskRow, year: number, today: string): BoardTask {
  const { fields } = row
  const quarters = quarterEnds.map((end, index): BoardTask['quarters'][number] => {
    const q = index + 1
    const progress = numeric(fields[`q${q}Progress`])
    const last = `${year}-${end}`
    const first = index === 0 ? `${year}-01-01` : addDays(`${year}-${quarterEnds[index - 1]}`, 1)
    const state =
      progress !== null
        ? 'done'
        : today > addDays(last, reportDays)
          ? 'late'
          : today >= first
            ? 'due'
            : 'ahead'
    return {
      quarter: q,
      target: text(fields[`q${q}Target`]),
      progress,
      done: text(fields[`q${q}Done`]),
      evidence: row.evidence[`q${q}`] ?? 0,
      state,
    }
  })
  const { progress, expected } = courseOf(quarters)
  const done = row.state === 'done'
  return {
    matterId: row.id,
    number: row.number,
    measure: text(fields.measure) ?? row.number,
    sentence: text(fields.sentence),
    indicator: text(fields.indicator),
    handler: row.handler,
    state: row.state,
    stateTitle: row.stateTitle,
    dueOn: text(fields.dueOn),
    quarters,
    progress: done ? 100 : progress,
    expected: done ? 100 : expected,
    light: done ? 'green' : lightOf(expected, quarters),
    difficulties: text(fields.difficulties),
    result: text(fields.result),
  }
}

/** The newest reported progress, and the year's end at the same pace: after n quarters p percent, p / n × 4. */
function courseOf(quarters: BoardTask['quarters']): { progress: number | null; expected: number | null } {
  const last = quarters.findLast(({ progress }) => progress !== null)
  if (last?.progress == null) return { progress: null, expected: null }
  return { progress: last.progress, expected: Math.min(100, Math.round((last.progress / last.quarter) * 4)) }
}

function lightOf(expected: number | null, quarters: BoardTask['quarters']): BoardTask['light'] {
  const late = quarters.some(({ state }) => state === 'late')
  if (expected === null) return late ? 'red' : 'yellow'
  if (expected < boardBands.yellow) return 'red'
  return expected < boardBands.green || late ? 'yellow' : 'green'
}

/** The board of a year; `today` a civil day of Beijing. */
export function taskBoard(rows: readonly TaskRow[], year: number, today: string): TaskBoard {
  const groups = keyTaskGroups.map(({ value, title }) => {
    const tasks = rows
      .filter(({ fields }) => fields.group === value)
      .map((row) => boardTask(row, year, today))
      .toSorted((a, b) => a.measure.localeCompare(b.measure, 'zh-CN'))
    const known = tasks.flatMap(({ progress }) => progress ?? [])
    const lit = (light: BoardTask['light']) => tasks.filter((task) => task.light === light).length
    return {
      key: value,
      title,
      total: tasks.length,
      done: tasks.filter(({ state }) => state === 'done').length,
      green: lit('green'),
      yellow: lit('yellow'),
      red: lit('red'),
      progress: known.length === 0 ? null : Math.round(known.reduce((a, b) => a + b, 0) / known.length),
      tasks,
    }
  })
  return {
    year,
    groups,
    review: groups.flatMap(({ key, tasks }) =>
      tasks.flatMap(({ matterId, result }) =>
        result === null ? [] : [{ group: key, matterId, text: result }],
      ),
    ),
  }
}
