import { percent, shown, spanText } from '../explain.ts'
import { design, type FraudRule, type Hit } from '../rule.ts'
import { upperBound } from '../statistics/correlation.ts'
import { median, picked, quantileOf, sortedFinite } from '../statistics/order.ts'
import type { OutletView, SeriesView } from '../view.ts'
import { joined } from '../windows.ts'
import { beatOf } from './still.ts'

/** Values that crowd under the limit, under a hard cap, or lack their high end. */

const HUG = {
  least: 168,
  lowBand: 0.9,
  highBand: 1.1,
  crowded: 0.3,
  above: 0.01,
  ratio: 10,
  count: 30,
} as const
const WINDOWS = [168, 336, 720] as const

export interface Hugging {
  readonly n: number
  readonly below: number
  readonly above: number
  readonly nearBelow: number
  readonly nearAbove: number
}

/** Counts around the limit: [0.9 L, L], (L, 1.1 L], [0.95 L, L], (L, 1.05 L]. */
export function countAround(judged: ArrayLike<number>, limit: ArrayLike<number>): Hugging {
  let [n, below, above, nearBelow, nearAbove] = [0, 0, 0, 0, 0]
  for (let i = 0; i < judged.length; i++) {
    const share = (judged[i] as number) / (limit[i] as number)
    if (!Number.isFinite(share)) continue
    n++
    if (share > 1) {
      if (share <= HUG.highBand) above++
      if (share <= 1.05) nearAbove++
      continue
    }
    if (share >= HUG.lowBand) below++
    if (share >= 0.95) nearBelow++
  }
  return { n, below, above, nearBelow, nearAbove }
}

const COUNTED = ['n', 'below', 'above', 'nearBelow', 'nearAbove'] as const
type Counts = Readonly<Record<keyof Hugging, Int32Array>>

/** The same counts from the first valid hour up to each. */
function runningCounts(series: SeriesView): Counts {
  const { at, judged, limit } = series
  const counts = Object.fromEntries(COUNTED.map((key) => [key, new Int32Array(at.length + 1)])) as Record<
    keyof Hugging,
    Int32Array
  >
  for (let k = 0; k < at.length; k++) {
    const i = at[k] as number
    const one = countAround(judged.subarray(i, i + 1), limit.subarray(i, i + 1))
    for (const key of COUNTED) counts[key][k + 1] = (counts[key][k] as number) + one[key]
  }
  return counts
}

function countsBetween(counts: Counts, from: number, to: number): Hugging {
  const between = (key: keyof Hugging) => (counts[key][to] as number) - (counts[key][from] as number)
  return {
    n: between('n'),
    below: between('below'),
    above: between('above'),
    nearBelow: between('nearBelow'),
    nearAbove: between('nearAbove'),
  }
}

/** F03: crowded below the limit, empty above it. */
export function hugsLimit({ n, below, above, nearBelow, nearAbove }: Hugging): boolean {
  if (n < HUG.least) return false
  if (below >= HUG.crowded * n && above <= HUG.above * n) return true
  return nearBelow >= HUG.count && nearBelow / Math.max(1, nearAbove) >= HUG.ratio
}

export const huggingLimit: FraudRule = {
  id: 'F03',
  title: { zh: '限值以下平顶', en: 'hugging the limit' },
  pattern: 'limit',
  weight: 0.3,
  thresholds: [
    design('最少有效小时', HUG.least, 'h'),
    design('落在限值 90%～100% 的占比不低于', HUG.crowded),
    design('落在限值 100%～110% 的占比不高于', HUG.above),
    design('或限值 95%～100% 与 100%～105% 的个数之比不低于', HUG.ratio),
    design('且前者个数不低于', HUG.count),
  ],
  refutation: '治理设施以略低于限值为控制目标，分钟数据有升有降，药剂用量随之变化。',
  run: ({ view }) =>
    view.series.flatMap((series) => {
      if (series.kind !== 'pollutant' || !Number.isFinite(median(series.limit))) return []
      const counts = runningCounts(series)
      const found: { from: number; to: number; seen: Hugging }[] = []
      for (const width of WINDOWS)
        for (let k = 0; k + width <= series.at.length; k += 24) {
          const seen = countsBetween(counts, k, k + width)
          if (hugsLimit(seen))
            found.push({ from: series.at[k] as number, to: (series.at[k + width - 1] as number) + 1, seen })
        }
      const richer = (a: Hugging, b: Hugging) => (a.below / a.n >= b.below / b.n ? a : b)
      return joined(found, 24, (a, b) => ({
        from: a.from,
        to: Math.max(a.to, b.to),
        seen: richer(a.seen, b.seen),
      })).map(({ from, to, seen }) => ({
        parameter: series.parameter,
        from,
        to,
        weight: 0.3,
        statistic: { name: '限值 90%～100% 的占比', value: seen.below / seen.n },
        threshold:
          '占比不低于 30% 而限值以上 10% 内不高于 1%；或 95%～100% 与 100%～105% 的个数之比不低于 10',
        n: seen.n,
        explanation:
          `${series.zh}在${spanText(view.startMs, from, to)}紧贴限值下方：${seen.n} 个有效小时中 ${percent(seen.below / seen.n)} 落在限值的 90%～100%，` +
          `仅 ${percent(seen.above / seen.n)} 落在限值以上 10% 内。`,
      }))
    }),
}

const CAP = { perDay: 5, window: 168 } as const

/** F04: the maximum of a week appears at least five times a day, exactly equal. */
export const hardCap: FraudRule = {
  id: 'F04',
  title: { zh: '硬上限', en: 'hard cap' },
  pattern: 'cap',
  weight: 0.2,
  thresholds: [design('一日内与最大值完全相等的小时数不少于', CAP.perDay, 'h')],
  refutation: '数据采集仪或仪器的量程上限，且已如实作超量程标记。',
  run: ({ view }) => view.series.flatMap((series) => capHits(view, series)),
}

function capHits(view: OutletView, series: SeriesView): Hit[] {
  if (series.kind !== 'pollutant') return []
  const beat = beatOf(series)
  const found: { from: number; to: number; top: number; times: number }[] = []
  for (const values of [series.value, series.judged]) {
    if (values === series.judged && values === series.value) continue
    for (let k = 0; k + CAP.window / 2 <= series.at.length; k += 24) {
      const at = series.at.subarray(k, k + CAP.window)
      const { top, times: often } = topOf(values, at)
      if (often < CAP.perDay * beat || series.step > 0.03 * top) continue
      // a cap cuts off: the values below it still vary
      const sorted = sortedFinite(picked(values, at))
      if (!(top > 1.05 * quantileOf(sorted, 0.2))) continue
      const times = at.filter((i) => values[i] === top)
      const dense = times.some(
        (i, j) => (times[j + CAP.perDay * beat - 1] ?? Number.POSITIVE_INFINITY) - i < 24,
      )
      // one long equal run is a constant value, not a cap
      const separate = times.filter((i, j) => j === 0 || i - (times[j - 1] as number) > 1).length
      if (!dense || separate < 2) continue
      found.push({
        from: times[0] as number,
        to: (times[times.length - 1] as number) + 1,
        top,
        times: times.length,
      })
    }
  }
  return joined(found, 48, (a, b) => ({
    ...a,
    to: Math.max(a.to, b.to),
    times: a.top === b.top ? Math.max(a.times, b.times) : a.times,
  })).map(({ from, to, top, times }) => ({
    parameter: series.parameter,
    from,
    to,
    weight: 0.2,
    statistic: { name: '与最大值完全相等的小时数', value: times, unit: 'h' },
    threshold: '一日内不少于 5 小时',
    n: to - from,
    explanation: `${series.zh}在${spanText(view.startMs, from, to)}的最大值恒为 ${shown(top)}，完全相等地出现 ${times} 次，像被一个上限切平。`,
  }))
}

function topOf(values: Float64Array, at: Int32Array): { top: number; times: number } {
  let [top, times] = [Number.NEGATIVE_INFINITY, 0]
  for (const i of at) {
    const v = values[i] as number
    if (v > top) [top, times] = [v, 1]
    else if (v === top) times++
  }
  return { top, times }
}

/** Whoever cuts does so at or below the limit, and not far below. */
const TAIL = {
  highest: 1.03,
  lowest: 0.75,
  skew: 0.45,
  pile: 0.06,
  days: 0.3,
  strongSkew: 0.35,
  strongPile: 0.15,
  expected: 8,
} as const
const TAIL_WINDOWS = [168, 336, 720] as const

interface Tail {
  readonly from: number
  readonly to: number
  readonly skew: number
  readonly pile: number
  readonly top: number
  readonly expected: number
  readonly weight: number
  readonly n: number
}

/** F31: the upper half of the distribution is cut off, although this outlet has high values at other times. */
export const missingTail: FraudRule = {
  id: 'F31',
  title: { zh: '高值缺失', en: 'high end cut off' },
  pattern: 'tail',
  weight: 0.6,
  thresholds: [
    design('上半侧与下半侧展布之比不高于', TAIL.skew),
    design('堆积在最高处的占比不低于', TAIL.pile),
    design('堆积的天数占比不低于', TAIL.days),
    design('按其余时段推算应有的高值次数不低于', TAIL.expected, '次'),
  ],
  refutation: '该时段治理设施或原料改变使高值不再出现，有生产和药剂记录印证。',
  run: ({ view }) =>
    view.series.flatMap((series) => {
      if (series.kind !== 'pollutant') return []
      const found = TAIL_WINDOWS.flatMap((width) => tails(series, width))
      return joined(found, 24, (a, b) => ({
        ...(a.weight > b.weight || (a.weight === b.weight && a.skew <= b.skew) ? a : b),
        from: a.from,
        to: Math.max(a.to, b.to),
      })).map((tail) => ({
        parameter: series.parameter,
        from: tail.from,
        to: tail.to,
        weight: tail.weight,
        statistic: { name: '上半侧与下半侧展布之比', value: tail.skew },
        threshold: `不高于 ${TAIL.skew} 且最高处堆积不低于 ${percent(TAIL.pile)}`,
        n: tail.n,
        explanation:
          `${series.zh}在${spanText(view.startMs, tail.from, tail.to)}的高值像被切去：最高只到 ${shown(tail.top)}，` +
          `${percent(tail.pile)} 的小时堆积在最高处，上半侧展布仅为下半侧的 ${percent(tail.skew)}` +
          (tail.expected >= TAIL.expected
            ? `；按其余时段的规律，本应有约 ${shown(tail.expected)} 个小时更高，实际一个也没有。`
            : '。'),
      }))
    }),
}

/** A quick look before sorting: some hours near the limit, hardly any above. */
function couldBeCut(judged: Float64Array, from: number, to: number, limit: number): boolean {
  let [near, above] = [0, 0]
  for (let i = from; i < to; i++) {
    const v = judged[i] as number
    if (v > TAIL.highest * limit) above++
    else if (v >= 0.7 * limit) near++
  }
  return near >= 0.03 * (to - from) && above <= 0.01 * (to - from)
}

function tails(series: SeriesView, width: number): Tail[] {
  const { at } = series
  const n = at.length
  if (n < 1.5 * width && n !== width) return []
  const judged = picked(series.judged, at)
  const all = sortedFinite(judged)
  const result: Tail[] = []
  for (let k = 0; k + width <= n; k += Math.floor(width / 3)) {
    const limit = series.limit[at[k + (width >> 1)] as number] as number
    const known = Number.isFinite(limit) && limit > 0
    if (known && !couldBeCut(judged, k, k + width, limit)) continue
    const sorted = sortedFinite(judged.subarray(k, k + width))
    if (sorted.length < 0.9 * width || !((sorted[0] as number) >= 0)) continue
    const log = sorted.map((v) => Math.log(Math.max(v, 1e-3 * series.middle)))
    const [low, below, middle, top] = [0.02, 0.16, 0.5, 0.995].map((p) => quantileOf(log, p)) as [
      number,
      number,
      number,
      number,
    ]
    const spread = middle - below
    const skew = (top - middle) / (middle - low)
    const ceiling = Math.exp(top)
    if (!(spread > 0.02) || !(skew <= TAIL.skew) || spread * series.middle < 3 * series.step) continue
    const pile = 1 - upperBound(log, top - 0.3 * spread) / log.length
    if (pile < TAIL.pile) continue
    // a slow process tops out once or twice; a cut one stands at the cut on many days
    const days = new Set<number>()
    for (let j = k; j < k + width; j++)
      if (Math.log(judged[j] as number) > top - 0.3 * spread) days.add(Math.floor((at[j] as number) / 24))
    if (days.size < (TAIL.days * width) / 24) continue
    if (known && (ceiling > TAIL.highest * limit || ceiling < TAIL.lowest * limit)) continue
    const elsewhere = n - width
    const higher = all.length - upperBound(all, ceiling * 1.02)
    const inside = sorted.length - upperBound(sorted, ceiling * 1.02)
    const expected = elsewhere < width / 2 ? 0 : ((higher - inside) / elsewhere) * width
    const history = expected >= TAIL.expected && inside <= 0.1 * expected
    const shape = skew <= TAIL.strongSkew && pile >= TAIL.strongPile
    if (!history && !shape) continue
    const weight = history || (known && skew <= TAIL.strongSkew) ? 0.6 : 0.5
    result.push({
      from: at[k] as number,
      to: (at[k + width - 1] as number) + 1,
      skew,
      pile,
      top: ceiling,
      expected,
      weight: known ? weight : Math.min(weight, 0.4),
      n: width,
    })
  }
  return result
}
