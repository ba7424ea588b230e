import { percent, shown, spanText } from '../explain.ts'
import { design, type FraudRule, type Hit, published, type Scan } from '../rule.ts'
import { pearson } from '../statistics/correlation.ts'
import { mad, median, variation } from '../statistics/order.ts'
import { differences } from '../statistics/rolling.ts'
import type { OutletView, SeriesView } from '../view.ts'
import { joined } from '../windows.ts'
import { isNearZero, rhythm, sameHours } from './still.ts'

/** Data that were there before: days, blocks of hours, or another parameter. */

export interface Copy {
  readonly from: number
  readonly to: number
  /** hours between the original and the copy */
  readonly lag: number
  readonly share: number
}

/** Chance that two unrelated blocks of the needed length agree somewhere in the record. */
const COINCIDENCE = 1e-3
const LEAST_BLOCK = 6
const LONGEST_BLOCK = 96
/** Values of so many display steps are fine enough to be told apart one by one. */
const FINE_STEPS = 20

/**
 * Blocks that repeat earlier hours exactly, at whatever distance. How long a block must be follows from how coarse the
 * values are: from the probability that two hours of this series make the same step by chance.
 */
export function exactCopies(series: SeriesView): Copy[] {
  const { value } = series
  const beat = rhythm(series)
  // an analyser that shows each result for hours is read result by result
  const at = beat > 1.3 && series.middle > FINE_STEPS * series.step ? freshResults(series) : series.at
  const n = at.length
  if (n < 48) return []
  const codes = codesOf(value, at, series.step)
  const length = neededBlock(codes)
  if (length > LONGEST_BLOCK || n < 2 * length) return []
  const seen = new Map<number, number>()
  const copies: Copy[] = []
  let k = 0
  while (k + length <= n) {
    const gap = (at[k + length - 1] as number) - (at[k] as number)
    if (gap > 1.5 * beat * length + 2 || distinct(value, at, k, length) < 4) {
      k++
      continue
    }
    const key = hash(codes, k, length)
    const before = seen.get(key)
    if (before === undefined || before + length > k || !equalBlock(codes, before, k, length)) {
      if (before === undefined) seen.set(key, k)
      k++
      continue
    }
    let end = length
    while (k + end < n && before + end < k && codes[before + end] === codes[k + end]) end++
    copies.push({
      from: at[k] as number,
      to: (at[k + end - 1] as number) + 1,
      lag: (at[k] as number) - (at[before] as number),
      share: 1,
    })
    k += end
  }
  return copies
}

function freshResults({ at, value }: SeriesView): Int32Array {
  return at.filter((i, k) => k === 0 || value[i] !== value[at[k - 1] as number])
}

function codesOf(value: Float64Array, at: Int32Array, step: number): Int32Array {
  const unit = step > 0 ? step : 1e-4
  const codes = new Int32Array(at.length)
  for (let k = 0; k < at.length; k++) codes[k] = Math.round((value[at[k] as number] as number) / unit) | 0
  return codes
}

/** Chance that two hours have the same value, and that two hours change by the same step. */
function meetings(codes: Int32Array): { values: number; steps: number } {
  const n = codes.length
  const [values, steps] = [new Map<number, number>(), new Map<number, number>()]
  for (let k = 0; k < n; k++) {
    values.set(codes[k] as number, (values.get(codes[k] as number) ?? 0) + 1)
    if (k === 0) continue
    const step = (codes[k] as number) - (codes[k - 1] as number)
    steps.set(step, (steps.get(step) ?? 0) + 1)
  }
  const meeting = (counts: Map<number, number>, total: number) => {
    let sum = 0
    for (const count of counts.values()) sum += (count / total) ** 2
    return Math.min(0.98, Math.max(sum, 1e-4))
  }
  return { values: meeting(values, n), steps: meeting(steps, n - 1) }
}

function neededBlock(codes: Int32Array): number {
  const { values, steps } = meetings(codes)
  const needed = Math.log((codes.length ** 2 * values) / 2 / COINCIDENCE) / -Math.log(steps)
  // steps of a real series are not independent: a margin
  return Math.max(LEAST_BLOCK, Math.ceil(1.2 * needed) + 1)
}

function distinct(value: Float64Array, at: Int32Array, k: number, length: number): number {
  const seen: number[] = []
  for (let j = 0; j < length && seen.length < 4; j++) {
    const v = value[at[k + j] as number] as number
    if (!seen.includes(v)) seen.push(v)
  }
  return seen.length
}

function hash(codes: Int32Array, k: number, length: number): number {
  let h = 0x811c9dc5
  for (let j = 0; j < length; j++) h = Math.imul(h ^ (codes[k + j] as number), 0x01000193) ^ (h >>> 15)
  return h
}

function equalBlock(codes: Int32Array, a: number, b: number, length: number): boolean {
  for (let j = 0; j < length; j++) if (codes[a + j] !== codes[b + j]) return false
  return true
}

const IMMEDIATE = { least: 4, most: 48, coincidence: 1e-2, margin: 1.15 } as const

/**
 * Blocks that repeat the hours just before them: what a series shifted by some hours shows at its beginning. There are
 * far fewer such pairs than pairs at any distance, so that a shorter block says as much.
 */
export function immediateCopies(series: SeriesView): Copy[] {
  const beat = rhythm(series)
  const at = beat > 1.3 && series.middle > FINE_STEPS * series.step ? freshResults(series) : series.at
  const n = at.length
  if (n < 96) return []
  const codes = codesOf(series.value, at, series.step)
  const { values, steps } = meetings(codes)
  const pairs = n * IMMEDIATE.most * values
  const needed =
    Math.ceil((IMMEDIATE.margin * Math.log(pairs / IMMEDIATE.coincidence)) / -Math.log(steps)) + 1
  const copies: Copy[] = []
  for (let lag = Math.max(IMMEDIATE.least, needed); lag <= IMMEDIATE.most; lag++) {
    let run = 0
    for (let k = lag; k <= n; k++) {
      if (k < n && codes[k] === codes[k - lag]) {
        run++
        continue
      }
      const from = k - run
      if (run >= lag && distinct(series.value, at, from, run) >= 4) {
        const [a, b] = [at[from] as number, (at[k - 1] as number) + 1]
        if (b - a <= 1.5 * beat * run + 2)
          copies.push({ from: a, to: b, lag: a - (at[from - lag] as number), share: 1 })
      }
      run = 0
    }
  }
  return copies
}

const NEAR = { days: 30, share: 0.15, ofNoise: 0.35, hours: 20 } as const

/**
 * Days that repeat an earlier day nearly: their distance is far below that of any other two days, and below what the
 * noise between neighbouring hours alone would make.
 */
export function nearCopies(view: OutletView, series: SeriesView): Copy[] {
  const grid = new Float64Array(view.n).fill(Number.NaN)
  for (let k = 0; k < series.at.length; k++) grid[series.at[k] as number] = series.y[k] as number
  const steps = new Float64Array(view.n).fill(Number.NaN)
  // an analyser that shows each result for hours is measured by its results
  const beat = rhythm(series)
  for (let i = 1; i < view.n; i++)
    if (beat <= 1.3 || grid[i] !== grid[i - 1]) steps[i] = (grid[i] as number) - (grid[i - 1] as number)
  const noise = mad(steps)
  if (!(noise > 0)) return []
  const days = Math.floor(view.n / 24)
  const distances: { from: number; lag: number; distance: number }[] = []
  for (let day = 1; day < days; day++)
    for (let back = 1; back <= Math.min(NEAR.days, day); back++) {
      const distance = apart(grid, day * 24, (day - back) * 24)
      if (Number.isFinite(distance)) distances.push({ from: day * 24, lag: back * 24, distance })
    }
  const usual = median(Float64Array.from(distances, ({ distance }) => distance))
  const step = series.logarithmic ? series.step / Math.max(series.middle, 1e-9) : series.step
  if (!(usual > 6 * step) || !(noise > 3 * step)) return []
  const close = distances.filter(
    ({ distance }) => distance <= NEAR.share * usual && distance <= NEAR.ofNoise * noise,
  )
  // a day of few results agrees by chance: then as many days in a row must, at one distance
  const row = Math.ceil(beat - 0.3)
  const at = new Set(close.map(({ from, lag }) => `${from} ${lag}`))
  const inRow = ({ from, lag }: { from: number; lag: number }) => {
    let days = 1
    for (let k = 1; k < row && at.has(`${from - 24 * k} ${lag}`); k++) days++
    for (let k = 1; k < row && at.has(`${from + 24 * k} ${lag}`); k++) days++
    return days >= row
  }
  const found = row === 1 ? close : close.filter(inRow)
  return joined(
    found.map(({ from, lag, distance }) => ({ from, to: from + 24, lag, share: 1 - distance / usual })),
    0,
    (a, b) => ({ ...a, to: Math.max(a.to, b.to) }),
  )
}

/** Root mean square distance of two days; NaN with fewer than 20 common hours or when the day hardly moves. */
function apart(grid: Float64Array, a: number, b: number): number {
  let [n, sum, low, high] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let h = 0; h < 24; h++) {
    const x = grid[a + h] as number
    const d = x - (grid[b + h] as number)
    if (!Number.isFinite(d)) continue
    n++
    sum += d * d
    if (x < low) low = x
    if (x > high) high = x
  }
  if (n < NEAR.hours) return Number.NaN
  const distance = Math.sqrt(sum / n)
  return high - low > 3 * distance ? distance : Number.NaN
}

const PERIOD = { positions: 20, days: 30, correlation: 0.98, variation: 0.05 } as const

/** F08: a day's hours equal an earlier day's, or a block of hours does. */
export const copiedDays: FraudRule = {
  id: 'F08',
  title: { zh: '历史数据重复', en: 'identical sequences' },
  pattern: 'repetition',
  weight: 0.6,
  thresholds: [
    published('一日 24 小时中与此前 30 天内某日相等的小时不少于', PERIOD.positions, 'h'),
    design('任意间隔的整块重复：偶然发生的概率小于', COINCIDENCE),
    design('近似重复：两日之差不大于常见两日之差的', NEAR.share),
    design('且不大于小时噪声的', NEAR.ofNoise),
    design('或滞后 24 小时自相关系数不低于', PERIOD.correlation),
  ],
  refutation: '数据采集仪补传时时间戳错误，原始存储的分钟数据不重复。',
  run: ({ view }) =>
    view.series.flatMap((series) => (series.kind === 'pollutant' ? copyHits(view, series) : [])),
}

function copyHits(view: OutletView, series: SeriesView): Hit[] {
  const far = exactCopies(series)
  const exact = [
    ...far,
    ...immediateCopies(series).filter((copy) => far.every((each) => !sameHours(copy, each))),
  ]
  const near = nearCopies(view, series).filter((copy) => exact.every((each) => !sameHours(copy, each)))
  const all = joined([...exact, ...near], 26, (a, b) => ({
    ...(a.to - a.from >= b.to - b.from ? a : b),
    from: a.from,
    to: Math.max(a.to, b.to),
  }))
  return all.map(({ from, to, lag, share }) => ({
    parameter: series.parameter,
    from,
    to,
    weight: isNearZero(series, from, to) ? 0.2 : 0.6,
    statistic: { name: '与原时段间隔', value: lag, unit: 'h' },
    threshold: `整块重复且偶然发生的概率小于 ${COINCIDENCE}，或与此前 30 天内某日近似到小时噪声的 ${percent(NEAR.ofNoise)} 以内`,
    n: to - from,
    explanation:
      `${series.zh}在${spanText(view.startMs, from, to)}与 ${lag % 24 === 0 ? `${lag / 24} 天` : `${lag} 小时`}前的数据` +
      `${share === 1 ? '逐小时完全相同' : `几乎逐小时相同（差异仅为常见两日差异的 ${percent(1 - share)}）`}，自然过程不会如此重复。`,
  }))
}

export const repeatedElsewhere: FraudRule = {
  id: 'F33',
  title: { zh: '重复时段他列印证', en: 'other columns of a repeated block' },
  pattern: 'repetition-elsewhere',
  weight: 0.5,
  thresholds: [design('其他列同一间隔下相同的占比不低于', 0.8), design('或其他列照常不同的占比不低于', 0.5)],
  refutation: '整条记录因补传时间错误而重复，且采集仪日志可以印证。',
  run: (scan) =>
    scan.view.series.flatMap((series) =>
      scan.earlier('F08', series.parameter).flatMap((hit) => elsewhere(scan, series, hit)),
    ),
}

function elsewhere({ view }: Scan, series: SeriesView, hit: Hit): Hit[] {
  const lag = hit.statistic.value
  const columns: (readonly [string, Float64Array | undefined])[] = [
    ['生产负荷', view.load],
    ['流量', view.flow],
    ['含氧量', view.o2],
    ...view.series
      .filter((other) => other !== series && other.kind === 'pollutant')
      .map((other) => [other.zh, other.value] as const),
  ]
  const [same, moved]: [string[], string[]] = [[], []]
  for (const [name, column] of columns) {
    if (column === undefined || hit.from - lag < 0) continue
    let [n, equal] = [0, 0]
    for (let i = hit.from; i < hit.to; i++) {
      const [a, b] = [column[i] as number, column[i - lag] as number]
      if (!(Number.isFinite(a) && Number.isFinite(b))) continue
      n++
      if (a === b || Math.abs(a - b) <= 1e-9 * Math.abs(a)) equal++
    }
    if (n < 6 || !(variation(column.subarray(hit.from, hit.to)) > 0.004)) continue
    if (equal >= 0.8 * n) same.push(name)
    else if (equal <= 0.5 * n) moved.push(name)
  }
  if (same.length === 0 && moved.length === 0) return []
  const all = same.length > 0
  return [
    {
      parameter: series.parameter,
      from: hit.from,
      to: hit.to,
      weight: all ? 0.5 : 0.3,
      statistic: {
        name: all ? '一同重复的列' : '照常不同的列',
        value: all ? same.length : moved.length,
        unit: '个',
      },
      threshold: all ? '同一间隔下相同的占比不低于 80%' : '同一间隔下不同的占比不低于 50%',
      n: hit.to - hit.from,
      explanation: all
        ? `同一时段${same.join('、')}也与 ${shown(lag)} 小时前逐小时相同，互不相干的仪表不会一起重复。`
        : `同一时段${moved.join('、')}与 ${shown(lag)} 小时前不同，只有${series.zh}重复，不是整条记录补传错位。`,
    },
  ]
}

const TWIN = { window: 72, correlation: 0.99 } as const

/** F09 for two series of hours: Pearson of the hourly differences over 72 h. */
export function copiedFromEachOther(
  a: Float64Array,
  b: Float64Array,
): { from: number; to: number; rho: number }[] {
  const [x, y] = [differences(a), differences(b)]
  const found: { from: number; to: number; rho: number }[] = []
  for (let from = 0; from + TWIN.window <= x.length; from += 24) {
    const [p, q] = [x.subarray(from, from + TWIN.window), y.subarray(from, from + TWIN.window)]
    let pairs = 0
    for (let i = 0; i < p.length; i++) if (Number.isFinite(p[i]) && Number.isFinite(q[i])) pairs++
    const rho = pairs < 60 ? Number.NaN : pearson(p, q)
    if (rho >= TWIN.correlation) found.push({ from, to: from + TWIN.window, rho })
  }
  return joined(found, 0, (c, d) => ({ from: c.from, to: Math.max(c.to, d.to), rho: Math.max(c.rho, d.rho) }))
}

export const copiedOutlets: FraudRule = {
  id: 'F09',
  title: { zh: '互相复制', en: 'copied from each other' },
  pattern: 'repetition',
  weight: 0.6,
  thresholds: [design('72 小时逐时差分相关系数不低于', TWIN.correlation), design('最少成对小时', 60, 'h')],
  refutation: '两个参数由同一仪器换算而来（如由一氧化氮换算氮氧化物），或两个排放口共用烟囱。',
  run: ({ view }) => {
    const pollutants = view.series.filter(({ kind }) => kind === 'pollutant')
    return pollutants.flatMap((series, k) =>
      pollutants.slice(0, k).flatMap((other) => {
        const masked = (each: SeriesView) => each.value.map((v, i) => (each.valid[i] === 1 ? v : Number.NaN))
        const found = copiedFromEachOther(masked(series), masked(other))
        // two names of one measurement always agree
        const hours = found.reduce((sum, { from, to }) => sum + to - from, 0)
        if (hours > 0.5 * series.at.length) return []
        return found.map(({ from, to, rho }) => ({
          parameter: series.parameter,
          from,
          to,
          weight: 0.6,
          statistic: { name: '逐时差分相关系数', value: rho },
          threshold: `72 小时不低于 ${TWIN.correlation}`,
          n: to - from,
          explanation: `${series.zh}与${other.zh}在${spanText(view.startMs, from, to)}逐时变化的相关系数达 ${shown(rho)}，平时并非如此，疑为一个序列由另一个生成。`,
        }))
      }),
    )
  },
}
