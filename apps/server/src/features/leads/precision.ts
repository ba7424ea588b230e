/** Precision of rules: confirmed ÷ (confirmed + not confirmed), with Wilson's interval, which also serves small numbers. */
import type { LeadRule, PrecisionRow } from '@shanshui/contract'
import type { TallyRow } from './rule.repository.ts'

/** 97.5th percentile of the standard normal distribution: an interval of 95 %. */
const z = 1.959963984540054

/**
 * Wilson score interval of a share of `hits` in `n` (E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209); null when n is 0.
 */
export function wilson(hits: number, n: number): { low: number; high: number } | null {
  if (n === 0) return null
  const p = hits / n
  const z2 = z * z
  const middle = (p + z2 / (2 * n)) / (1 + z2 / n)
  const half = (z / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n))
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}

type Counts = Pick<TallyRow, 'hits' | 'open' | 'confirmed' | 'notConfirmed'>

export function sumOf(rows: readonly Counts[]): Counts {
  const sum = { hits: 0, open: 0, confirmed: 0, notConfirmed: 0 }
  for (const row of rows) {
    sum.hits += row.hits
    sum.open += row.open
    sum.confirmed += row.confirmed
    sum.notConfirmed += row.notConfirmed
  }
  return sum
}

export function precisionOf(counts: Counts): {
  precision: number | null
  low: number | null
  high: number | null
} {
  const n = counts.confirmed + counts.notConfirmed
  const interval = wilson(counts.confirmed, n)
  return {
    precision: n === 0 ? null : counts.confirmed / n,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
  }
}

/** Rows by key with names, the one with most hits first. */
export function precisionRows(rows: readonly TallyRow[], nameOf: (key: string) => string): PrecisionRow[] {
  const keys = Map.groupBy(rows, (row) => row.key)
  return [...keys]
    .map(([key, own]) => {
      const counts = sumOf(own)
      return { key, name: nameOf(key), ...counts, ...precisionOf(counts) }
    })
    .sort((a, b) => b.hits - a.hits || (a.key < b.key ? -1 : 1))
}

/** Enough outcomes to say something of a rule. */
const enoughOutcomes = 10
const poorPrecision = 0.3
const fairPrecision = 0.6
const neverHitAfterMs = 180 * 86_400_000

/**
 * What to do about a rule (platform design): retire it when even the upper end of the interval is poor, tighten it when
 * the upper end stays below fair, and look again at one that has not hit in half a year.
 */
export function suggestionFor(
  rule: { enabled: boolean; enabledSinceMs: number; kind: LeadRule['kind'] },
  counts: Counts,
  everHit: boolean,
  nowMs: number,
): { suggestion: LeadRule['statistics']['suggestion']; suggestionText: string | null } {
  if (!rule.enabled) return { suggestion: null, suggestionText: null }
  const { precision, high } = precisionOf(counts)
  const n = counts.confirmed + counts.notConfirmed
  if (precision !== null && high !== null && n >= enoughOutcomes) {
    const share = `近一年 ${n} 条有结论，查实 ${counts.confirmed} 条，95 % 区间上限 ${Math.round(high * 100)} %`
    if (high < poorPrecision) return { suggestion: 'retire', suggestionText: `${share}：建议停用或修改` }
    if (high < fairPrecision)
      return { suggestion: 'raise-threshold', suggestionText: `${share}：建议收紧阈值` }
  }
  if (!everHit && nowMs - rule.enabledSinceMs >= neverHitAfterMs)
    return { suggestion: 'never-hit', suggestionText: '启用半年以上从未触发：核对所需数据是否接入' }
  return { suggestion: null, suggestionText: null }
}
