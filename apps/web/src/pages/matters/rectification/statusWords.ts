import type { MatterBrief } from '@shanshui/contract'

/** Words of the dispatch tables of an inspectorate (督察整改调度表), in the order of the work. */
export const statusWords = [
  'not-started',
  'running',
  'on-time',
  'behind',
  'to-accept',
  'cancelled',
  'rebound',
] as const
export type StatusWord = (typeof statusWords)[number]

const notStarted = new Set(['issued', 'planning', 'plan-review'])
const finished = new Set(['self-checked', 'checked', 'accepted', 'on-notice'])
const cancelled = new Set(['cancelled', 'archived'])

/**
 * The status word of a rectification: a matter in its second round or later that is not cancelled again is a rebound;
 * while the remedy runs, the last monthly report says whether it keeps pace, and a passed time limit that it does not.
 * `undefined`: withdrawn.
 */
export function statusWordOf(
  matter: Pick<MatterBrief, 'state' | 'phase' | 'round' | 'due' | 'fields'>,
): StatusWord | undefined {
  if (matter.phase === 'dropped') return undefined
  if (cancelled.has(matter.state)) return 'cancelled'
  if (matter.round > 1) return 'rebound'
  if (notStarted.has(matter.state)) return 'not-started'
  if (finished.has(matter.state)) return 'to-accept'
  if (matter.due?.clock === 'remedy' && matter.due.overdue) return 'behind'
  const pace = matter.fields?.pace
  if (pace === 'behind') return 'behind'
  return pace === 'on-time' ? 'on-time' : 'running'
}

/** Round of the inspectorate that a matter belongs to: as it was written, else its list (`list:central`); '' for none. */
export function roundOf({ fields }: Pick<MatterBrief, 'fields'>): string {
  const round = fields?.inspectionRound
  if (typeof round === 'string' && round.trim() !== '') return round.trim()
  const list = fields?.list
  return typeof list === 'string' ? `list:${list}` : ''
}

export interface RoundCounts {
  readonly round: string
  readonly total: number
  readonly counts: Readonly<Record<StatusWord, number>>
}

const none = Object.fromEntries(statusWords.map((word) => [word, 0])) as Record<StatusWord, number>

/** How many matters of each round stand at each word; withdrawn ones are not counted. */
export function countByRound(matters: readonly MatterBrief[]): readonly RoundCounts[] {
  const rounds = new Map<string, Record<StatusWord, number>>()
  for (const matter of matters) {
    const word = statusWordOf(matter)
    if (word === undefined) continue
    const round = roundOf(matter)
    const counts = rounds.get(round) ?? { ...none }
    counts[word]++
    rounds.set(round, counts)
  }
  return [...rounds]
    .map(([round, counts]) => ({
      round,
      counts,
      total: Object.values(counts).reduce((sum, count) => sum + count, 0),
    }))
    .toSorted((a, b) => a.round.localeCompare(b.round, 'zh-CN'))
}
