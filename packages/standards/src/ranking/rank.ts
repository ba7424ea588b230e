import { rational, subtract, toNumber } from '../gb8170/rational.ts'

export interface RankEntry {
  readonly id: string
  readonly value: number
}

export interface Ranked {
  readonly id: string
  readonly value: number
  readonly rank: number
  readonly tied: boolean
}

/**
 * Ranks by value, ascending by default (the lowest index is first); equal published values share the rank (并列) and
 * the next rank is skipped: 12, 12, 14. An entry without a value (NaN) is not ranked and left out: a city whose data
 * are incomplete has no rank. Equal entries keep their input order. 环办监测〔2018〕19号.
 */
export function rankWithTies(
  entries: readonly RankEntry[],
  order: 'ascending' | 'descending' = 'ascending',
): Ranked[] {
  const sign = order === 'ascending' ? 1 : -1
  const sorted = entries
    .filter(({ value }) => !Number.isNaN(value))
    .toSorted((a, b) => sign * (a.value - b.value))
  const ranked: Ranked[] = []
  let rank = 0
  for (const [index, { id, value }] of sorted.entries()) {
    const sameAsBefore = sorted[index - 1]?.value === value
    if (!sameAsBefore) rank = index + 1
    ranked.push({ id, value, rank, tied: sameAsBefore || sorted[index + 1]?.value === value })
  }
  return ranked
}

export interface ChangeEntry extends RankEntry {
  /** All six items meet the class-2 limits in the period. */
  readonly meetsClass2: boolean
}

/**
 * The worsening list (恶化排名): largest change rate first, only cities with R > 0; a city whose six items all meet
 * class 2 is not put in it. 城市环境空气质量变化程度排名方案.
 */
export function worseningList(entries: readonly ChangeEntry[]): Ranked[] {
  return rankWithTies(
    entries.filter(({ value, meetsClass2 }) => value > 0 && !meetsClass2),
    'descending',
  )
}

export interface RankGap {
  readonly id: string
  readonly value: number
  readonly rank: number
  /** Own value minus theirs, in the last digit of the values: how much is needed, or how much is in hand. */
  readonly gap: number
}

/**
 * The nearest better and worse entry that is not tied with `id`, and the distance to them; null at the ends and when
 * `id` is not ranked. `ranked` is the result of `rankWithTies`.
 */
export function rankGaps(
  ranked: readonly Ranked[],
  id: string,
): { better: RankGap | null; worse: RankGap | null } {
  const own = ranked.find((entry) => entry.id === id)
  if (own === undefined) return { better: null, worse: null }
  const better = ranked.findLast(({ rank }) => rank < own.rank)
  const worse = ranked.find(({ rank }) => rank > own.rank)
  const gapTo = (other: Ranked | undefined): RankGap | null =>
    other === undefined
      ? null
      : { id: other.id, value: other.value, rank: other.rank, gap: difference(own.value, other.value) }
  return { better: gapTo(better), worse: gapTo(worse) }
}

function difference(a: number, b: number): number {
  return toNumber(subtract(rational(a), rational(b)))
}
