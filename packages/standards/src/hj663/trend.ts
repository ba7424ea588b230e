import { type Configurable, type Evaluation, refusal, standards, success } from '../clause.ts'
import { absolute, compare, fraction, rational } from '../gb8170/rational.ts'
import { roundRational } from '../gb8170/rounding.ts'

export type TrendDirection = 'rising' | 'falling' | 'none'

export interface Trend {
  readonly n: number
  /** Rank correlation, three decimals. */
  readonly rs: number
  readonly critical: number
  /** N of the table row that was used: N itself, or the next smaller one (a stricter value). */
  readonly criticalFrom: number
  readonly significant: boolean
  /** rising = worse, falling = better, none = no significant trend (基本稳定). */
  readonly direction: TrendDirection
  readonly ranks: readonly number[]
}

export type SignificanceLevel = 0.05 | 0.01

interface CriticalRow {
  readonly n: number
  readonly p05: string
  readonly p01: string
}

const critical = (
  n: number,
  p05: string,
  p01: string,
  status: 'verified' | 'unverified',
): Configurable<CriticalRow> => ({
  value: { n, p05, p01 },
  source: status === 'verified' ? '全排列枚举复核' : 'HJ 663-2013 秩相关系数临界值表',
  status,
})

/** Critical values, one-sided. N = 5…10 were checked by enumerating all permutations; from 12 on unverified. */
export const criticalValues: readonly Configurable<CriticalRow>[] = [
  critical(5, '0.900', '1.000', 'verified'),
  critical(6, '0.829', '0.943', 'verified'),
  critical(7, '0.714', '0.893', 'verified'),
  critical(8, '0.643', '0.833', 'verified'),
  critical(9, '0.600', '0.783', 'verified'),
  critical(10, '0.564', '0.746', 'verified'),
  critical(12, '0.506', '0.712', 'unverified'),
  critical(14, '0.456', '0.645', 'unverified'),
  critical(16, '0.425', '0.601', 'unverified'),
  critical(18, '0.399', '0.564', 'unverified'),
  critical(20, '0.377', '0.534', 'unverified'),
  critical(22, '0.359', '0.508', 'unverified'),
  critical(24, '0.343', '0.485', 'unverified'),
  critical(26, '0.329', '0.465', 'unverified'),
  critical(28, '0.317', '0.448', 'unverified'),
  critical(30, '0.306', '0.432', 'unverified'),
]

export const trendClause = { standard: standards.hj663_2013.id, at: '秩相关系数法' }
const LEAST_PERIODS = 5

/**
 * Spearman's rank correlation of consecutive periods, in time order: r_s = 1 − 6·Σd²/(N³ − N), equal concentrations get
 * the mean rank. Compared with the critical value exactly. Refused below five periods or with a gap (NaN). HJ 663.
 */
export function spearman(values: ArrayLike<number>, level: SignificanceLevel = 0.05): Evaluation<Trend> {
  const n = values.length
  const gaps = Array.from(values).flatMap((value, index) =>
    Number.isFinite(value) ? [] : [`第${index + 1}期`],
  )
  if (n < LEAST_PERIODS || gaps.length > 0)
    return refusal('insufficient-data', trendClause, {
      missing: gaps,
      detail: `需要连续${LEAST_PERIODS}期以上的数据`,
    })
  const ranks = meanRanks(values)
  // Ranks are whole or half: 2d is an integer, so that Σ(2d)² stays exact.
  let sum4 = 0
  for (const [index, rank] of ranks.entries()) sum4 += Math.round(2 * (index + 1 - rank)) ** 2
  const cube = n ** 3 - n
  const exact = fraction(BigInt(4 * cube - 6 * sum4), BigInt(4 * cube))
  const rs = roundRational(exact, 3)
  const row = criticalRow(n)
  const text = level === 0.05 ? row.p05 : row.p01
  const significant = compare(absolute(exact), rational(text)) >= 0
  const direction: TrendDirection = significant ? (rs > 0 ? 'rising' : 'falling') : 'none'
  const result = { n, rs, critical: Number(text), criticalFrom: row.n, significant, direction, ranks }
  const finding = {
    rule: 'spearman',
    input: Array.from(values),
    result: rs,
    clause: trendClause,
    formula: `1 − 6×${sum4 / 4}/(${n}³−${n}) = ${rs}；|${rs}| ${significant ? '≥' : '<'} ${text}（N=${row.n}）`,
  }
  return success(result, [finding])
}

function criticalRow(n: number): CriticalRow {
  const row = criticalValues.findLast(({ value }) => value.n <= n) as Configurable<CriticalRow>
  return row.value
}

function meanRanks(values: ArrayLike<number>): number[] {
  const all = Array.from(values)
  return all.map((value) => {
    const below = all.filter((other) => other < value).length
    const equal = all.filter((other) => other === value).length
    return below + (equal + 1) / 2
  })
}
