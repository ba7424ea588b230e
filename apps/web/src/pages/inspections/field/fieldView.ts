import type {
  AnswerVerdict,
  Checklist,
  ChecklistItem,
  FieldConclusion,
  FieldItem,
  FieldTask,
  FieldTaskState,
  SignatureRole,
} from '@shanshui/contract'
import type { KeptOperation } from '../../../offline/outbox.ts'

/** Where the shown version of an item is: at the server, or on this phone only. */
export type Saved = 'server' | 'phone' | 'conflict' | 'refused'

/** One item of the field record as this phone sees it. `at`: instant as text. */
export interface Entry {
  readonly key: string
  readonly value: Readonly<Record<string, unknown>>
  readonly at: string
  readonly saved: Saved
}

export interface FieldView {
  readonly task: FieldTask
  /** State of the workflow and version of the record, as last heard from the server. */
  readonly state: string
  readonly version: number
  readonly entries: ReadonlyMap<string, Entry>
  /** Operations of this phone that are not settled as sent. */
  readonly open: readonly KeptOperation[]
  readonly conflicts: FieldTaskState['conflicts']
  /** What the server still misses before the inspection can end; empty before the first sync. */
  readonly serverWaitsFor: readonly string[]
}

const savedOf: Readonly<Record<KeptOperation['state'], Saved>> = {
  waiting: 'phone',
  sending: 'phone',
  sent: 'server',
  conflict: 'conflict',
  refused: 'refused',
}

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

/** The field record: what the server has, and over it what this phone wrote, in the order in which it was done. */
export function fieldViewOf(
  task: FieldTask,
  state: FieldTaskState | undefined,
  operations: readonly KeptOperation[],
): FieldView {
  const items: readonly FieldItem[] = state?.items ?? task.items
  const entries = new Map<string, Entry>()
  for (const { key, value, at } of items)
    entries.set(key, { key, value: asRecord(value), at, saved: 'server' })
  const own = operations.filter(({ taskId }) => taskId === task.id).sort((a, b) => a.seq - b.seq)
  for (const one of own) {
    const saved = savedOf[one.state]
    // What was sent is in the items of the server, perhaps in a newer version; what was refused does not count.
    if (saved === 'refused' || (saved === 'server' && entries.has(one.key))) continue
    entries.set(one.key, {
      key: one.key,
      value: asRecord(one.operation.payload),
      at: one.operation.at,
      saved,
    })
  }
  return {
    task,
    state: state?.state ?? task.state,
    version: state?.version ?? task.version,
    entries,
    open: own.filter((one) => one.state !== 'sent'),
    conflicts: (state?.conflicts ?? task.conflicts).filter(({ decided }) => decided === null),
    serverWaitsFor: state?.waitsFor ?? [],
  }
}

export interface Answer {
  readonly verdict: AnswerVerdict
  readonly value: number | null
  readonly note: string
  readonly photos: readonly string[]
}

export function answerOf(view: FieldView, item: string): Answer | undefined {
  const value = view.entries.get(`answer:${item}`)?.value
  if (value === undefined || typeof value.verdict !== 'string') return undefined
  return {
    verdict: value.verdict as AnswerVerdict,
    value: typeof value.value === 'number' ? value.value : null,
    note: typeof value.note === 'string' ? value.note : '',
    photos: Array.isArray(value.photos) ? value.photos.map(String) : [],
  }
}

/** A line of the record: `text` as the server keeps it, `value` as the operation says it. */
export const recordOf = (view: FieldView, field: string): string => {
  const { text, value } = view.entries.get(`record:${field}`)?.value ?? {}
  const line = text ?? value
  return typeof line === 'string' ? line : ''
}

/** Entries of one kind, in the order in which they were made. */
export function entriesOf(view: FieldView, kind: string): Entry[] {
  return [...view.entries.values()]
    .filter(({ key }) => key === kind || key.startsWith(`${kind}:`))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

/** Items to be checked at a task, theme by theme, in the order of its checklists. */
export function itemsOf(task: FieldTask, checklists: readonly Checklist[]): ChecklistItem[] {
  return task.checklists.flatMap((theme) => checklists.find((list) => list.theme === theme)?.items ?? [])
}

export interface Progress {
  readonly answered: number
  readonly of: number
  readonly against: number
  readonly doubtful: number
}

export function progressOf(view: FieldView, items: readonly ChecklistItem[]): Progress {
  const verdicts = items.map(({ id }) => answerOf(view, id)?.verdict)
  const count = (wanted: AnswerVerdict) => verdicts.filter((verdict) => verdict === wanted).length
  return {
    answered: verdicts.filter((verdict) => verdict !== undefined).length,
    of: items.length,
    against: count('not-conform'),
    doubtful: count('doubtful'),
  }
}

export type Stage = 'to-do' | 'on-site' | 'finished'

export function stageOf(view: FieldView): Stage {
  if (view.entries.has('finish')) return 'finished'
  return entriesOf(view, 'arrive').length > 0 ? 'on-site' : 'to-do'
}

/** What is missing before the inspection may end; keys of `missing.*` in the words of the page. */
export type Missing =
  | 'arrive'
  | 'certificate'
  | 'answers'
  | 'facts'
  | 'sign-officer'
  | 'sign-second-officer'
  | 'sign-inspected'
  | 'photo'
  | 'reason'

/**
 * Two officers at least, certificates shown, the record written and signed (行政处罚法 42、55): an inspection that could
 * not take place needs the arrival and a reason only.
 */
export function missingFor(
  view: FieldView,
  items: readonly ChecklistItem[],
  conclusion: FieldConclusion,
  reason: string,
): Missing[] {
  const has = (key: string): boolean => view.entries.has(key)
  const missing: Missing[] = []
  if (entriesOf(view, 'arrive').length === 0) missing.push('arrive')
  if (conclusion === 'could-not-inspect') {
    if (reason.trim().length < 2) missing.push('reason')
    return missing
  }
  if (officersShown(view) < 2) missing.push('certificate')
  if (progressOf(view, items).answered < items.length) missing.push('answers')
  if (recordOf(view, 'facts').trim() === '') missing.push('facts')
  if (!entriesOf(view, 'photo').some(({ value }) => typeof value.lon === 'number')) missing.push('photo')
  if (!signed(view, 'officer')) missing.push('sign-officer')
  if (!signed(view, 'second-officer')) missing.push('sign-second-officer')
  if (!signed(view, 'inspected') && !has('refusal')) missing.push('sign-inspected')
  return missing
}

/** Officers whose certificates were shown, whoever of them noted it. */
export function officersShown(view: FieldView): number {
  const ids = entriesOf(view, 'certificate').flatMap(({ value }) =>
    Array.isArray(value.officers) ? value.officers.map((one: { userId?: unknown }) => one.userId) : [],
  )
  return new Set(ids).size
}

export const signed = (view: FieldView, role: SignatureRole): boolean => view.entries.has(`signature:${role}`)

const EARTH_RADIUS_M = 6_371_008.8
const rad = (degrees: number): number => (degrees * Math.PI) / 180

/** Great-circle distance, metres. */
export function distanceM(a: { lon: number; lat: number }, b: { lon: number; lat: number }): number {
  const half =
    Math.sin(rad(b.lat - a.lat) / 2) ** 2 +
    Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(rad(b.lon - a.lon) / 2) ** 2
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(half)))
}

/** “What was found” as a first draft, from the answers: the officer reads and changes it. Chinese, as the record is. */
export function factsDraft(view: FieldView, items: readonly ChecklistItem[]): string {
  const told = (verdict: AnswerVerdict) => items.filter(({ id }) => answerOf(view, id)?.verdict === verdict)
  const line = (item: ChecklistItem, no: number): string => {
    const answer = answerOf(view, item.id)
    const parts = [answer?.value == null ? '' : `实测值 ${answer.value}`, answer?.note ?? '']
    const said = parts.filter((part) => part !== '').join('；')
    return `${no + 1}. ${item.question.replace(/[？?]$/, '')}${said === '' ? '' : `：${said}`}。`
  }
  const part = (head: string, found: readonly ChecklistItem[]): string[] =>
    found.length === 0 ? [] : [head, ...found.map(line)]
  const conform = told('conform').length
  return [
    ...part('经检查，下列事项不符合要求：', told('not-conform')),
    ...part('下列事项现场不能判明，需进一步核实：', told('doubtful')),
    ...(conform === 0 ? [] : [`其余已查 ${conform} 项，未发现不符合要求的情况。`]),
  ].join('\n')
}
