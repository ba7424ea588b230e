import { percent, shown, spanText } from '../explain.ts'
import { clockOf } from '../frame.ts'
import { remembered } from '../remembered.ts'
import { design, type FraudRule, type Hit, published, type Scan } from '../rule.ts'
import { autocorrelation } from '../statistics/correlation.ts'
import { deviation, mad, mean, median, picked, sortedFinite, variation } from '../statistics/order.ts'
import { rollingSpread } from '../statistics/rolling.ts'
import type { OutletView, SeriesView } from '../view.ts'
import { joined, joinedStretches, overlap } from '../windows.ts'

/** Values that do not move: constant value, low variance, and what speaks against an innocent stillness. */

/** Longest equal run that still counts as the rhythm of an analyser (a result every few hours, repeated between). */
const RHYTHM_HOURS = 24
/** Below this share of the full scale a value is the instrument's own zero. */
const NEAR_ZERO = 0.01

interface Quiet {
  readonly from: number
  readonly to: number
  /** spread ÷ usual spread of windows of that width */
  readonly ratio: number
}

/** Mean length of runs of equal values: 1 for a lively series, 2 for an analyser with a result every two hours. */
export function rhythm(series: SeriesView): number {
  const { value, at } = series
  let [runs, hours, length] = [0, 0, 1]
  for (let k = 1; k <= at.length; k++) {
    const equal = k < at.length && value[at[k] as number] === value[at[k - 1] as number]
    if (equal) {
      length++
      continue
    }
    if (length <= RHYTHM_HOURS) {
      runs++
      hours += length
    }
    length = 1
  }
  return runs === 0 ? 1 : hours / runs
}

/** Whole hours that a result of the analyser is shown, at least 1. */
export function beatOf(series: SeriesView): number {
  return Math.ceil(rhythm(series) - 0.2)
}

export function isNearZero(series: SeriesView, from: number, to: number): boolean {
  const inside = series.value.subarray(from, to)
  const middle = median(inside)
  const range = median(series.range.subarray(from, to))
  const limit = median(series.limit.subarray(from, to))
  const limited = Number.isFinite(limit) && limit > 0
  if (limited && middle < 0.02 * limit) return true
  // a range far too large makes everything small: then the limit decides
  if (Number.isFinite(range) && middle < NEAR_ZERO * range && !(limited && middle > 0.08 * limit)) return true
  return series.step > 0 && middle < 2.5 * series.step
}

/** Widths in results, and the share of the usual spread at or below which a window of that width is still. */
const WIDTHS = [
  { results: 6, share: 0.03 },
  { results: 12, share: 0.08 },
  { results: 24, share: 0.15 },
  { results: 48, share: 0.18 },
  { results: 96, share: 0.2 },
] as const
const LONGEST_WIDTH = 120
/** The usual spread must be so many display steps, else rounding alone makes windows still. */
const STEPS_NEEDED = 8

/** Stretches (positions in `at`) whose spread is far below what this series always has over such a time. */
export function quietStretches(series: SeriesView): Quiet[] {
  const { y, at } = series
  const beat = beatOf(series)
  const found: Quiet[] = []
  for (const { results, share } of WIDTHS) {
    const width = results * Math.max(1, beat)
    if (width > LONGEST_WIDTH || at.length < 6 * width) continue
    const spread = rollingSpread(y, width)
    const usual = median(spread)
    const step = series.logarithmic ? series.step / Math.max(series.middle, 1e-9) : series.step
    if (!(usual > 0) || usual < (results === 6 ? 20 : STEPS_NEEDED) * step) continue
    for (let k = width - 1; k < at.length; k++) {
      const ratio = (spread[k] as number) / usual
      if (ratio > share) continue
      const from = k - width + 1
      if ((at[k] as number) - (at[from] as number) > 2 * width) continue
      found.push({ from, to: k + 1, ratio })
    }
  }
  return joined(found, 2, (a, b) => ({
    from: a.from,
    to: Math.max(a.to, b.to),
    ratio: Math.min(a.ratio, b.ratio),
  }))
}

const COMB = { hours: 6, days: 3, share: 0.1, step: 4 } as const

interface Comb {
  readonly from: number
  readonly to: number
  readonly clock: number
  readonly ratio: number
  readonly n: number
}

/**
 * The same hours of several days in a row, taken together, do not move: whoever switches to another gas every night
 * has the same value every night. Positions on the grid.
 */
export function quietClockHours(view: OutletView, series: SeriesView): Comb[] {
  const step = series.logarithmic ? series.step / Math.max(series.middle, 1e-9) : series.step
  const found: Comb[] = []
  const clocks = Array.from(series.at, (i) => clockOf(view.startMs[i] as number))
  for (let clock = 0; clock < 24; clock += COMB.step) {
    const kept: number[] = []
    for (let k = 0; k < clocks.length; k++)
      if (((clocks[k] as number) - clock + 24) % 24 < COMB.hours) kept.push(k)
    const width = COMB.hours * COMB.days
    if (kept.length < 6 * width) continue
    const spread = rollingSpread(
      Float64Array.from(kept, (k) => series.y[k] as number),
      width,
    )
    const usual = median(spread)
    if (!(usual > STEPS_NEEDED * step)) continue
    for (let j = width - 1; j < kept.length; j++) {
      const ratio = (spread[j] as number) / usual
      if (ratio > COMB.share) continue
      const [from, to] = [
        series.at[kept[j - width + 1] as number] as number,
        (series.at[kept[j] as number] as number) + 1,
      ]
      if (to - from < 24 * (COMB.days + 1)) found.push({ from, to, clock, ratio, n: width })
    }
  }
  return joined(found, 24, (a, b) => ({
    ...(a.ratio <= b.ratio ? a : b),
    from: a.from,
    to: Math.max(a.to, b.to),
    n: Math.max(a.n, b.n),
  }))
}

function combHits(view: OutletView, series: SeriesView, known: readonly Hit[]): Hit[] {
  if (rhythm(series) > 2.5) return []
  return quietClockHours(view, series).flatMap((comb) => {
    if (known.some((hit) => sameHours(hit, comb)) || isNearZero(series, comb.from, comb.to)) return []
    return [
      {
        parameter: series.parameter,
        from: comb.from,
        to: comb.to,
        weight: 0.6,
        statistic: { name: '同钟点极差与常见极差之比', value: comb.ratio },
        threshold: `连续 ${COMB.days} 天同一 ${COMB.hours} 小时的极差不高于常见极差的 ${percent(COMB.share)}`,
        n: comb.n,
        explanation: `${series.zh}在${spanText(view.startMs, comb.from, comb.to)}每天 ${comb.clock} 时起的 ${COMB.hours} 小时都停在同一数值，波动仅为平时同钟点的 ${percent(comb.ratio)}。`,
      },
    ]
  })
}

function stillness(scan: Scan): Hit[] {
  return scan.view.series.flatMap((series) =>
    series.kind === 'pollutant' ? bothHits(scan.view, series) : [],
  )
}

function bothHits(view: OutletView, series: SeriesView): Hit[] {
  const still = stillHits(view, series)
  return [...still, ...combHits(view, series, still)]
}

/** Above this share of the usual spread it matters what the rest looks like. */
const DEAD_SHARE = 0.05
const ALIVE = 0.45

/** A process that is held tight still wanders from hour to hour; gas of a bottle and a frozen value only jitter. */
function stillMoves(series: SeriesView, quiet: Quiet): boolean {
  if (quiet.ratio <= DEAD_SHARE) return false
  const beat = beatOf(series)
  return autocorrelation(series.y.subarray(quiet.from, quiet.to), beat) > ALIVE
}

function stillHits(view: OutletView, series: SeriesView): Hit[] {
  return quietStretches(series).map((quiet) => {
    const from = series.at[quiet.from] as number
    const to = (series.at[quiet.to - 1] as number) + 1
    const nearZero = isNearZero(series, from, to)
    const alive = stillMoves(series, quiet)
    return {
      parameter: series.parameter,
      from,
      to,
      weight: nearZero ? 0.1 : alive ? 0.3 : 0.6,
      statistic: { name: '窗口极差与本排放口常见极差之比', value: quiet.ratio },
      threshold: '6、12、24、48、96 个结果的极差分别不高于常见极差的 3%、8%、15%、18%、20%',
      n: quiet.to - quiet.from,
      explanation:
        `${series.zh}在${spanText(view.startMs, from, to)}连续 ${quiet.to - quiet.from} 个有效小时基本不动` +
        `（均值 ${shown(mean(series.value.subarray(from, to)))}），波动仅为该排放口同样时长常见波动的 ${percent(quiet.ratio)}。` +
        (nearZero ? '数值接近仪器零点，真实排放很低时也会如此。' : '') +
        (alive ? '所余波动仍有连续起伏，治理设施控制得好时也会如此。' : ''),
    }
  })
}

export const stillAgainstHistory: FraudRule = {
  id: 'F27',
  title: { zh: '静止异常', en: 'still against its own history' },
  pattern: 'stillness',
  weight: 0.6,
  thresholds: [
    ...WIDTHS.map(({ results, share }) => design(`${results} 个结果的极差与常见极差之比`, share)),
    design('接近零点：低于量程的', NEAR_ZERO),
  ],
  refutation: '同时段的分钟数据、现场标样核查或手工比对显示工况确实平稳、仪器响应正常。',
  run: stillness,
}

/** Companions: load, flow, oxygen and the other parameters of the same sample. */
export function companions(
  view: OutletView,
  series: SeriesView | undefined,
  from: number,
  to: number,
): string[] {
  const moving: string[] = []
  const columns: (readonly [string, Float64Array | undefined])[] = [
    ['生产负荷', view.fast.load],
    ['流量', view.fast.flow],
    ['含氧量', series === undefined ? undefined : view.fast.o2],
  ]
  for (const [name, fast] of columns)
    if (fast !== undefined && movesAsUsual(fast, from, to)) moving.push(name)
  for (const other of view.series)
    if (other !== series && other.kind === 'pollutant' && movesAsUsual(other.fast, from, to))
      moving.push(other.zh)
  return moving
}

export const USUAL_SHARE = 0.4

const usualSpread = remembered((fast: Float64Array) => mad(fast))

function movesAsUsual(fast: Float64Array, from: number, to: number): boolean {
  const inside = fast.subarray(from, to)
  const known = sortedFinite(inside).length
  if (known < 5 || known < 0.6 * (to - from)) return false
  const usual = usualSpread(fast)
  return usual > 0 && deviation(inside) >= USUAL_SHARE * usual
}

export const companionsMove: FraudRule = {
  id: 'F28',
  title: { zh: '伴随参数照常变化', en: 'companions move while it is still' },
  pattern: 'companions',
  weight: 0.3,
  thresholds: [design('伴随参数的波动不低于其常见波动的', USUAL_SHARE)],
  refutation: '静止期间各伴随参数的变化与该污染物无关，或该污染物已由治理设施稳定控制。',
  run: ({ view, earlier }) =>
    view.series.flatMap((series) =>
      earlier('F27', series.parameter).flatMap((hit) => {
        if (hit.weight < 0.3) return []
        const moving = companions(view, series, hit.from, hit.to)
        if (moving.length === 0) return []
        return [
          {
            parameter: series.parameter,
            from: hit.from,
            to: hit.to,
            weight: 0.3,
            statistic: { name: '照常变化的伴随参数', value: moving.length, unit: '个' },
            threshold: `至少 1 个伴随参数的波动达到其常见波动的 ${percent(USUAL_SHARE)}`,
            n: hit.to - hit.from,
            explanation: `${series.zh}静止期间，${moving.join('、')}照常变化，工况并未静止。`,
          },
        ]
      }),
    ),
}

const TIED = 0.9

export const lastDigitStands: FraudRule = {
  id: 'F39',
  title: { zh: '末位数字不动', en: 'not even the last digit moves' },
  pattern: 'digits',
  weight: 0.3,
  thresholds: [design('与前一小时完全相同的占比', TIED), design('最少小时数', 8, 'h')],
  refutation: '仪器显示分辨率低，或设置了长阻尼、死区，平时也常有完全相同的读数。',
  run: ({ view, earlier }) =>
    view.series.flatMap((series) => {
      const beat = rhythm(series)
      if (beat > 2.5) return []
      return earlier('F27', series.parameter).flatMap((hit) => {
        const { value, at } = series
        let [pairs, equal] = [0, 0]
        for (let k = 1; k < at.length; k++) {
          const i = at[k] as number
          if (i <= hit.from || i >= hit.to) continue
          pairs++
          if (value[i] === value[at[k - 1] as number]) equal++
        }
        if (hit.weight < 0.3 || pairs < 8 * Math.ceil(beat - 0.2) || equal < TIED * pairs) return []
        return [
          {
            parameter: series.parameter,
            from: hit.from,
            to: hit.to,
            weight: 0.3,
            statistic: { name: '与前一小时完全相同的占比', value: equal / pairs },
            threshold: `不低于 ${percent(TIED)}，平时每个读数平均保持 ${shown(beat)} 小时`,
            n: pairs,
            explanation:
              `${series.zh}在${spanText(view.startMs, hit.from, hit.to)}有 ${percent(equal / pairs)} 的小时与前一小时一字不差；` +
              `平时每个读数平均只保持 ${shown(beat)} 小时。再平稳的工况也有仪器自身的末位跳动。`,
          },
        ]
      })
    }),
}

const CONSTANT = {
  hours: 6,
  waterResults: 4,
  rangeShare: 0.01,
  variation: 0.05,
  ownShare: 0.1,
  aloneResults: 8,
  steps: 8,
} as const

/** F01: at least six valid hours within 1 % of the full scale while flow or load move. */
export const constantValue: FraudRule = {
  id: 'F01',
  title: { zh: '恒值', en: 'constant value' },
  pattern: 'companions',
  weight: 0.3,
  thresholds: [
    published('极差不大于量程的', CONSTANT.rangeShare),
    published('连续有效小时（废气）', CONSTANT.hours, 'h'),
    published('连续结果（废水）', CONSTANT.waterResults, '个'),
    design('同时段流量或负荷的变异系数大于', CONSTANT.variation),
    design('极差还须不大于本排放口同样时长常见极差的', CONSTANT.ownShare),
    design('废水单独成为线索的连续结果', CONSTANT.aloneResults, '个'),
    design('单独成为线索时常见极差不少于显示步长的', CONSTANT.steps, '倍'),
  ],
  refutation: '该时段工况平稳，标样核查、手工比对结果与在线一致；或数值在仪器检出限附近。',
  run: ({ view }) => view.series.flatMap((series) => constantHits(view, series)),
}

function constantHits(view: OutletView, series: SeriesView): Hit[] {
  if (series.kind !== 'pollutant') return []
  const beat = beatOf(series)
  const width = view.medium === 'water' ? CONSTANT.waterResults * beat : CONSTANT.hours * beat
  const { at } = series
  if (at.length < 6 * width) return []
  const values = picked(series.value, at)
  const spread = rollingSpread(values, width)
  const usual = median(spread)
  const found: { from: number; to: number }[] = []
  for (let k = width - 1; k < at.length; k++) {
    const i = at[k] as number
    const range = series.range[i] as number
    const allowed = Math.max(Number.isFinite(range) ? CONSTANT.rangeShare * range : 0, series.step)
    const limit = Math.min(allowed, CONSTANT.ownShare * usual)
    if ((spread[k] as number) <= limit && i - (at[k - width + 1] as number) < 2 * width)
      found.push({ from: at[k - width + 1] as number, to: i + 1 })
  }
  const rounded = usual < CONSTANT.steps * series.step
  const few = (from: number, to: number) =>
    view.medium === 'water' && to - from < CONSTANT.aloneResults * beat
  return joinedStretches(found, 2).flatMap(({ from, to }) => {
    const [load, flow] = [columnVariation(view.load, from, to), columnVariation(view.flow, from, to)]
    const moved = Math.max(load, flow)
    if (!(moved > CONSTANT.variation)) return []
    const nearZero = isNearZero(series, from, to)
    const inside = series.value.subarray(from, to)
    return [
      {
        parameter: series.parameter,
        from,
        to,
        weight: nearZero ? 0.1 : 0.3,
        // near its own zero, within the rounding, or for a few results of a slow analyser, any series stands still at times
        ...((nearZero || rounded || few(from, to)) && { onlyWithOthers: true }),
        statistic: { name: '极差', value: spreadOf(inside) },
        threshold: `连续 ${width} 个有效小时极差不大于量程的 1%，且流量或负荷变异系数大于 5%`,
        n: to - from,
        explanation:
          `${series.zh}在${spanText(view.startMs, from, to)}保持在 ${shown(mean(inside))} 左右，极差 ${shown(spreadOf(inside))}；` +
          `同时段${load >= flow ? '生产负荷' : '流量'}变异系数为 ${percent(moved)}。${nearZero ? '数值低于量程的 1%，可能为真实的近零排放。' : ''}`,
      },
    ]
  })
}

function spreadOf(values: Float64Array): number {
  const sorted = sortedFinite(values)
  return (sorted[sorted.length - 1] ?? Number.NaN) - (sorted[0] ?? Number.NaN)
}

/** −1 where the column is not known: never above a threshold. */
function columnVariation(column: Float64Array | undefined, from: number, to: number): number {
  const v = column === undefined ? Number.NaN : variation(column.subarray(from, to))
  return Number.isFinite(v) ? v : -1
}

const LOW = { variation: 0.01, ownShare: 0.2, hours: 24, least: 20, before: 720 } as const

/** F02: the coefficient of variation of a day falls below 1 % and below a fifth of what it was in the 30 days before. */
export const lowVariance: FraudRule = {
  id: 'F02',
  title: { zh: '方差异常偏低', en: 'abnormally low variance' },
  pattern: 'stillness',
  weight: 0.2,
  thresholds: [
    design('24 小时变异系数小于', LOW.variation),
    design('且小于此前 30 天中位数的', LOW.ownShare),
    design('最少有效小时', LOW.least, 'h'),
  ],
  refutation: '工况平稳且仪器阻尼、量程未变，分钟数据仍有正常噪声。',
  run: ({ view }) =>
    view.series.flatMap((series) => {
      if (series.kind !== 'pollutant') return []
      const days: { from: number; to: number; cv: number }[] = []
      for (let from = 0; from + LOW.hours <= view.n; from += 6) {
        days.push({ from, to: from + LOW.hours, cv: dayVariation(series, from, from + LOW.hours) })
      }
      const back = LOW.before / 6
      const found = days.flatMap((day, k) => {
        if (!(day.cv < LOW.variation)) return []
        const usual = median(Float64Array.from(days.slice(Math.max(0, k - back), k - 3), ({ cv }) => cv))
        return day.cv < LOW.ownShare * usual ? [{ ...day, usual }] : []
      })
      return joined(found, 6, (a, b) => ({ ...a, to: Math.max(a.to, b.to), cv: Math.min(a.cv, b.cv) })).map(
        ({ from, to, cv, usual }) => ({
          parameter: series.parameter,
          from,
          to,
          weight: isNearZero(series, from, to) ? 0.1 : 0.2,
          statistic: { name: '24 小时变异系数', value: cv },
          threshold: '小于 1%，且小于此前 30 天中位数的 1/5',
          n: to - from,
          explanation: `${series.zh}在${spanText(view.startMs, from, to)}的日变异系数低至 ${percent(cv)}，此前 30 天中位数为 ${percent(usual)}。`,
        }),
      )
    }),
}

/** Coefficient of variation of the valid hours; NaN when there are fewer than 20. */
function dayVariation({ value, valid }: SeriesView, from: number, to: number): number {
  let [n, sum, square] = [0, 0, 0]
  for (let i = from; i < to; i++) {
    if (valid[i] !== 1) continue
    const v = value[i] as number
    n++
    sum += v
    square += v * v
  }
  if (n < LOW.least || sum === 0) return Number.NaN
  return Math.sqrt(Math.max(0, (square - (sum * sum) / n) / (n - 1))) / Math.abs(sum / n)
}

/** Do two windows describe the same hours? */
export function sameHours(a: { from: number; to: number }, b: { from: number; to: number }): boolean {
  return overlap(a, b) >= 0.5 * Math.min(a.to - a.from, b.to - b.from)
}
