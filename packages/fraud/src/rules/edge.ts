import { percent, spanText } from '../explain.ts'
import { design, type FraudRule, type Hit, published, type Scan } from '../rule.ts'
import { insideAgainstAround } from '../statistics/change.ts'
import { matchedEdges } from '../statistics/edges.ts'
import { GAUSSIAN, mean, median, quantileOf } from '../statistics/order.ts'
import type { SeriesView } from '../view.ts'
import { overlap } from '../windows.ts'
import { beatOf, isNearZero } from './still.ts'
import { loadJumps, workedOn } from './surroundings.ts'

/** Edges: a fall within an hour, with a rise that takes it back (F30) or without one (F06). */

const EDGE = {
  jump: 5,
  rare: 1.1,
  share: 0.55,
  longest: 24 * 45,
  least: 3,
  around: 3,
  noise: 2,
  long: 48,
  very: 9,
  deep: 0.3,
} as const

/** Pairs of abrupt edges: a fall within one hour and, later, a rise of like size; the level between stays low. */
export function edgePairs(
  level: Float64Array,
  raw: Float64Array,
): { from: number; to: number; fall: number; rise: number; scale: number }[] {
  const n = level.length
  if (n < 48) return []
  const { jumps, scale, rare } = jumpsOf(level, raw)
  if (!(scale > 0)) return []
  const result: { from: number; to: number; fall: number; rise: number; scale: number }[] = []
  let k = 1
  while (k < n) {
    const least = Math.max(EDGE.jump * scale, EDGE.rare * rare)
    const pair = (jumps[k] as number) <= -least ? closing(level, jumps, least, k) : undefined
    if (pair === undefined) {
      k++
      continue
    }
    result.push({ ...pair, scale })
    k = pair.to + 1
  }
  return result
}

/** Both ends far beyond anything this series does from hour to hour. */
function veryAbrupt({ fall, rise, scale }: EdgePair): boolean {
  return Math.min(-fall, rise) >= EDGE.very * scale && -fall >= EDGE.deep
}

interface EdgePair {
  readonly from: number
  readonly to: number
  readonly fall: number
  readonly rise: number
  readonly scale: number
  /** false: the ends were looked for about a known window, and so short a window has some by chance */
  readonly sharp?: boolean
  /** found by the like size of both ends: the strength of both together */
  readonly matched?: number
}

function edgeWeight(pair: EdgePair): number {
  if (pair.sharp === false) return 0.3
  if (pair.matched !== undefined) return pair.matched >= LIKE.strong ? 0.6 : 0.4
  return veryAbrupt(pair) ? 0.6 : 0.4
}

const LIKE = { strong: 6, mirrored: 1.15 } as const

/** Ends of like size, stronger than anything this series does the other way round. */
function likeEnds(series: SeriesView, level: Float64Array, known: readonly EdgePair[]): EdgePair[] {
  const beat = beatOf(series)
  const adjacent = (k: number) => (series.at[k] as number) - (series.at[k - 1] as number) <= 2
  return matchedEdges(level, series.y, beat, adjacent)
    .filter(({ z, mirrored }) => z >= LIKE.mirrored * mirrored)
    .filter((pair) => known.every((other) => overlap(pair, other) <= 0.5 * (pair.to - pair.from)))
    .map(({ from, to, fall, rise, z }) => ({
      from,
      to,
      fall,
      rise,
      scale: (rise - fall) / (Math.SQRT2 * z),
      matched: z,
    }))
}

/** The windows of F29 whose ends are sharp: most of the fall within an hour or two, and most of the rise. */
function sharpEnds(
  scan: Scan,
  series: SeriesView,
  level: Float64Array,
  known: readonly { from: number; to: number }[],
): EdgePair[] {
  const beat = beatOf(series)
  const width = EDGE.around * beat
  const scale = jumpsOf(level, series.y).scale
  return scan.earlier('F29', series.parameter).flatMap((hit) => {
    const [a, b] = [lowerPosition(series.at, hit.from), lowerPosition(series.at, hit.to)]
    if (known.some((pair) => overlap(pair, { from: a, to: b }) > 0.5 * (b - a))) return []
    if (a < width || b + width > level.length || b - a < 2 * width) return []
    const shift = insideAgainstAround(level, { from: a, to: b })
    const fall = sharpest(level, a, width, -1)
    const rise = sharpest(level, b, width, 1)
    if (fall > EDGE.share * shift || rise < -EDGE.share * shift) return []
    // a step within the noise of the hours is no edge
    if (-fall < EDGE.noise * scale || rise < EDGE.noise * scale) return []
    return [{ from: a, to: b, fall, rise, scale, sharp: b - a >= EDGE.long * beat }]
  })
}

/** The greatest change of the mean of `width` values over one position, within two positions of the end of a window. */
function sharpest(level: Float64Array, end: number, width: number, sign: -1 | 1): number {
  let best = 0
  for (let at = Math.max(width, end - 2); at <= Math.min(level.length - width, end + 2); at++) {
    const change = mean(level.subarray(at, at + width)) - mean(level.subarray(at - width, at))
    if (sign * change > sign * best) best = change
  }
  return best
}

function lowerPosition(at: Int32Array, position: number): number {
  let [low, high] = [0, at.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((at[middle] as number) < position) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Changes from value to value, where the instrument gave a new result; their robust spread, and the size that only one
 * in a hundred exceeds. An analyser with a result every few hours is measured by its results.
 */
function jumpsOf(
  level: Float64Array,
  raw: Float64Array,
): { jumps: Float64Array; scale: number; rare: number } {
  const jumps = new Float64Array(level.length)
  const fresh = new Float64Array(level.length)
  let n = 0
  for (let k = 1; k < level.length; k++) {
    if (raw[k] === raw[k - 1]) continue
    jumps[k] = (level[k] as number) - (level[k - 1] as number)
    fresh[n++] = Math.abs(jumps[k] as number)
  }
  const sizes = fresh.subarray(0, n).sort()
  return { jumps, scale: GAUSSIAN * quantileOf(sizes, 0.5), rare: quantileOf(sizes, 0.99) }
}

function closing(level: Float64Array, jumps: Float64Array, least: number, from: number) {
  const fall = jumps[from] as number
  const before = median(level.subarray(Math.max(0, from - 24), from))
  const middle = before + fall / 2
  const settled = median(level.subarray(from, from + 4))
  if (settled > before + EDGE.share * fall) return undefined
  let above = 0
  const last = Math.min(level.length, from + EDGE.longest)
  for (let to = from + 1; to < last; to++) {
    const rise = jumps[to] as number
    if (to - from >= EDGE.least && rise >= 0.8 * least && rise >= -EDGE.share * fall) {
      const inside = median(level.subarray(from, to))
      const after = median(level.subarray(to, to + 24))
      const back = after - inside
      if (back >= -EDGE.share * fall && before - inside >= -EDGE.share * fall) return { from, to, fall, rise }
    }
    if ((level[to] as number) > middle) above++
    if (above > 3 + 0.15 * (to - from)) return undefined
  }
  return undefined
}

export const abruptEdges: FraudRule = {
  id: 'F30',
  title: { zh: '突降突升', en: 'abrupt fall and return' },
  pattern: 'edge',
  weight: 0.6,
  thresholds: [
    design('一小时内变化与常见小时变化之比不低于', EDGE.jump),
    design('中间水平保持在降幅的', EDGE.share),
    design('或一降一升大小相当，二者合计与常见小时变化之比不低于', LIKE.strong),
    design('且不低于该参数反向（先升后降）最大一对的', LIKE.mirrored, '倍'),
  ],
  refutation: '起止时刻与投料、切换、检修等操作一致，有记录。',
  run: (scan) =>
    scan.view.series.flatMap((series) => {
      if (series.kind !== 'pollutant') return []
      const { level } = scan.model(series)
      const pairs: EdgePair[] = edgePairs(level, series.y)
      pairs.push(...likeEnds(series, level, pairs))
      return [...pairs, ...sharpEnds(scan, series, level, pairs)].flatMap((pair) => {
        const from = series.at[pair.from] as number
        const to = (series.at[pair.to - 1] as number) + 1
        const moved = [from, to].filter((end) => loadJumps(scan.view, end)).length
        // the level is without the load already: at one of two ends of like size the load may move by chance
        if (Math.abs(pair.fall) < 0.15 || moved > (pair.matched === undefined ? 0 : 1)) return []
        const explained = workedOn(series, from) || workedOn(series, to) || isNearZero(series, from, to)
        return [
          {
            parameter: series.parameter,
            from,
            to,
            weight: explained ? 0.2 : edgeWeight(pair),
            statistic: { name: '一小时内变化与常见小时变化之比', value: -pair.fall / pair.scale },
            threshold: `不低于 ${EDGE.jump}，且其后有同样突然的回升`,
            n: pair.to - pair.from,
            explanation:
              `${series.zh}在${spanText(scan.view.startMs, from, to)}一小时内突降 ${percent(1 - Math.exp(pair.fall))}，保持后又在一小时内突升 ${percent(Math.exp(pair.rise) - 1)}，` +
              `负荷、含氧量无相应变化${explained ? '，但起止附近有仪器维护或中断标记，或数值接近零' : ''}。`,
            hours: [from - 1, from, to - 1, to],
          },
        ]
      })
    }),
}

const STEP = { jump: 8, window: 720 } as const

/** F06: a step that stays, without a mark, while load and oxygen stay as they were. */
export const stepChange: FraudRule = {
  id: 'F06',
  title: { zh: '阶跃', en: 'step change' },
  pattern: 'edge',
  weight: 0.2,
  thresholds: [
    published('变化大于标准差的', 3),
    design('变化大于 30 天小时变化 MAD 的', STEP.jump),
    design('同时负荷变化小于', 0.1),
    design('同时含氧量变化小于', 1, '个百分点'),
  ],
  refutation: '阶跃时刻有投料、切换、检修或校准记录。',
  run: (scan) =>
    scan.view.series.flatMap((series) => (series.kind === 'pollutant' ? stepHits(scan, series) : [])),
}

function stepHits(scan: Scan, series: SeriesView): Hit[] {
  const { level } = scan.model(series)
  const { at } = series
  const { jumps, scale, rare } = jumpsOf(level, series.y)
  if (!(scale > 0)) return []
  const hits: Hit[] = []
  let last = Number.NEGATIVE_INFINITY
  for (let k = 12; k < level.length - 12; k++) {
    const jump = jumps[k] as number
    if (!(-jump > Math.max(STEP.jump * scale, EDGE.rare * rare)) || k - last < 24) continue
    if ((at[k] as number) - (at[k - 1] as number) !== 1) continue
    const stays = median(level.subarray(k, k + 12)) - median(level.subarray(k - 12, k))
    const i = at[k] as number
    if (stays > 0.6 * jump || loadJumps(scan.view, i) || workedOn(series, i)) continue
    last = k
    hits.push({
      parameter: series.parameter,
      from: i - 1,
      to: Math.min(scan.view.n, i + 12),
      weight: 0.2,
      statistic: { name: '变化与常见小时变化之比', value: -jump / scale },
      threshold: `大于 ${STEP.jump}，负荷变化小于 10%，含氧量变化小于 1 个百分点，无标记`,
      n: 24,
      explanation: `${series.zh}在${spanText(scan.view.startMs, i, i + 1)}一小时内下降 ${percent(1 - Math.exp(jump))} 并保持，负荷和含氧量无相应变化，也无标记。`,
      hours: [i - 1, i],
    })
  }
  return hits
}
