import { shown, spanText } from '../explain.ts'
import { remembered } from '../remembered.ts'
import { design, type FraudRule, type Hit, type Scan } from '../rule.ts'
import { laggedPearson, rollingPearson, spearman } from '../statistics/correlation.ts'
import { mad, median } from '../statistics/order.ts'
import type { OutletView, SeriesView } from '../view.ts'
import { joined } from '../windows.ts'

/** What should move together and no longer does, or moves together at another hour. */

const BREAK = { window: 72, least: 60, strong: 0.6, weak: 0.2, stride: 24, baseline: 30 } as const

interface Pair {
  readonly parameter: string
  readonly title: string
  readonly a: Float64Array
  readonly b: Float64Array
}

function pairsOf(view: OutletView): Pair[] {
  const pairs: Pair[] = []
  const masked = (series: SeriesView) => series.value.map((v, i) => (series.valid[i] === 1 ? v : Number.NaN))
  const working = (column: Float64Array) => column.map((v, i) => (view.running[i] === 1 ? v : Number.NaN))
  const load = view.load === undefined ? undefined : working(view.load)
  const flow = view.flow === undefined ? undefined : working(view.flow)
  if (load !== undefined && flow !== undefined)
    pairs.push({ parameter: 'flow', title: '流量与负荷', a: flow, b: load })
  for (const series of view.series) {
    const column = load ?? flow
    if (column !== undefined && (series.kind === 'pollutant' || series.key === 'humidity'))
      pairs.push({
        parameter: series.parameter,
        title: `${series.zh}与${load === undefined ? '流量' : '负荷'}`,
        a: masked(series),
        b: column,
      })
    const inlet = view.extras.inlet?.find(({ parameter }) => parameter === series.parameter)
    if (inlet !== undefined)
      pairs.push({
        parameter: series.parameter,
        title: `${series.zh}进口与出口`,
        a: masked(series),
        b: inlet.value,
      })
  }
  return pairs
}

/** F07: Spearman over 72 h against the 30 days before. */
export const correlationBreak: FraudRule = {
  id: 'F07',
  title: { zh: '相关性中断', en: 'correlation break' },
  pattern: 'relation',
  weight: 0.3,
  thresholds: [
    design('此前 30 天秩相关系数绝对值不低于', BREAK.strong),
    design('72 小时秩相关系数绝对值低于', BREAK.weak),
    design('最少成对小时', BREAK.least, 'h'),
  ],
  refutation: '负荷在该时段基本不变，或治理设施稳定控制使浓度不再随负荷变化。',
  run: ({ view }) => pairsOf(view).flatMap((pair) => breaks(view, pair)),
}

function breaks(view: OutletView, { parameter, title, a, b }: Pair): Hit[] {
  // Pearson over the same windows is cheap, and tells where a look at the ranks is worth it
  const linear = rollingPearson(a, b, BREAK.window, BREAK.stride)
  if (!(median(Float64Array.from(linear, Math.abs)) >= 0.3)) return []
  const usualSpread = mad(b)
  const known = new Map<number, number>()
  const rhoOf = (k: number): number => {
    const before = known.get(k)
    if (before !== undefined) return before
    const made = windowRho(a, b, k * BREAK.stride)
    known.set(k, made)
    return made
  }
  const found: { from: number; to: number; rho: number; before: number }[] = []
  for (let k = BREAK.window / BREAK.stride; k < linear.length; k++) {
    if (!(Math.abs(linear[k] as number) < 0.4)) continue
    const rho = rhoOf(k)
    if (!(Math.abs(rho) < BREAK.weak)) continue
    const first = Math.max(0, k - BREAK.baseline)
    const last = k - BREAK.window / BREAK.stride
    const before = median(
      Float64Array.from({ length: Math.max(0, last - first) }, (_, j) => rhoOf(first + j)),
    )
    const [from, to] = [k * BREAK.stride, k * BREAK.stride + BREAK.window]
    // a load that stands still correlates with nothing
    if (Math.abs(before) >= BREAK.strong && mad(b.subarray(from, to)) > 0.5 * usualSpread)
      found.push({ from, to, rho, before })
  }
  return joined(found, 24, (p, q) => ({
    ...(Math.abs(p.rho) < Math.abs(q.rho) ? p : q),
    from: p.from,
    to: Math.max(p.to, q.to),
  }))
    .filter(({ from, to }) => to - from >= BREAK.window + 24)
    .map(({ from, to, rho, before }) => ({
      parameter,
      from,
      to,
      weight: 0.3,
      statistic: { name: '72 小时秩相关系数', value: rho },
      threshold: `绝对值低于 ${BREAK.weak}，此前 30 天不低于 ${BREAK.strong}`,
      n: to - from,
      explanation: `${title}在此前 30 天秩相关系数为 ${shown(before)}，在${spanText(view.startMs, from, to)}降到 ${shown(rho)}，二者不再同步。`,
    }))
}

/** Spearman of a window of 72 h; NaN with fewer than 60 pairs. */
function windowRho(a: Float64Array, b: Float64Array, from: number): number {
  const [x, y] = [a.subarray(from, from + BREAK.window), b.subarray(from, from + BREAK.window)]
  let pairs = 0
  for (let i = 0; i < x.length; i++) if (Number.isFinite(x[i]) && Number.isFinite(y[i])) pairs++
  return pairs < BREAK.least ? Number.NaN : spearman(x, y)
}

const RESPONSE = { windows: [48, 96, 168], left: 0.25, z: 5.5, strongest: 8, explained: 0.12 } as const

/** F40: the parameter no longer answers to load, oxygen and the other parameters as it always does. */
export const responseLost: FraudRule = {
  id: 'F40',
  title: { zh: '对工况的响应消失', en: 'response to the plant lost' },
  pattern: 'relation',
  weight: 0.4,
  thresholds: [
    design('剩余响应不高于平时的', RESPONSE.left),
    design('偏离自身常见响应的倍数不低于', RESPONSE.z),
    design('平时工况能解释的变化不低于', RESPONSE.explained),
  ],
  refutation: '该时段治理设施投用、控制方式改变，使浓度不再随工况变化。',
  run: (scan) =>
    scan.view.series.flatMap((series) => (series.kind === 'pollutant' ? lostHits(scan, series) : [])),
}

function lostHits(scan: Scan, series: SeriesView): Hit[] {
  const model = scan.model(series)
  if (model.strongest < RESPONSE.strongest || model.explained < RESPONSE.explained) return []
  const { expected } = model
  const n = expected.length
  const cross = new Float64Array(n + 1)
  const power = new Float64Array(n + 1)
  for (let i = 0; i < n; i++) {
    const e = expected[i] as number
    const f = series.fast[i] as number
    const both = Number.isFinite(e) && Number.isFinite(f)
    cross[i + 1] = (cross[i] as number) + (both ? e * f : 0)
    power[i + 1] = (power[i] as number) + (both ? e * e : 0)
  }
  const found: { from: number; to: number; left: number; z: number }[] = []
  for (const width of RESPONSE.windows) {
    const slopes: number[] = []
    const powers: number[] = []
    for (let from = 0; from + width <= n; from += 12) {
      const p = (power[from + width] as number) - (power[from] as number)
      powers.push(p)
      slopes.push(p > 0 ? ((cross[from + width] as number) - (cross[from] as number)) / p : Number.NaN)
    }
    const usual = median(Float64Array.from(slopes))
    const spread = mad(Float64Array.from(slopes))
    const usualPower = median(Float64Array.from(powers))
    if (!(usual > 0.5) || !(spread > 0)) continue
    for (const [k, slope] of slopes.entries()) {
      const z = (usual - slope) / spread
      if (slope <= RESPONSE.left * usual && z >= RESPONSE.z && (powers[k] as number) > 0.4 * usualPower)
        found.push({ from: k * 12, to: k * 12 + width, left: slope / usual, z })
    }
  }
  return joined(found, 12, (a, b) => ({
    ...(a.z >= b.z ? a : b),
    from: a.from,
    to: Math.max(a.to, b.to),
  })).map(({ from, to, left, z }) => ({
    parameter: series.parameter,
    from,
    to,
    weight: z >= 8 ? 0.4 : 0.3,
    statistic: { name: '剩余响应', value: left },
    threshold: `不高于平时的 ${RESPONSE.left}，偏离自身常见响应 ${RESPONSE.z} 倍以上`,
    n: to - from,
    explanation: `${series.zh}平时随${model.names.join('、')}变化，在${spanText(scan.view.startMs, from, to)}这种响应只剩平时的 ${shown(Math.max(0, left) * 100)}%（偏离 ${shown(z)} 倍）。`,
  }))
}

const LAG = {
  window: 168,
  stride: 24,
  most: 48,
  base: 0.3,
  gain: 0.35,
  keep: 0.75,
  least: 2,
  alone: 0.55,
} as const

/** F32: the movements are there, but some hours late or early against load, oxygen, flow or the other parameters. */
export const timeShift: FraudRule = {
  id: 'F32',
  title: { zh: '时间错位', en: 'shifted in time' },
  pattern: 'lag',
  weight: 0.6,
  thresholds: [
    design('平时零滞后相关系数不低于', LAG.base),
    design('错位后的相关系数高出零滞后', LAG.gain),
    design('并不低于平时的', LAG.keep),
    design('错位不少于', LAG.least, 'h'),
    design('只有一个伴随参数时，错位后的相关系数不低于', LAG.alone),
  ],
  refutation: '数据采集仪时钟有误并已校时，各参数一同错位；或工艺停留时间改变。',
  run: (scan) =>
    scan.view.series.flatMap((series) => (series.kind === 'pollutant' ? shiftHits(scan, series) : [])),
}

interface Shifted {
  readonly from: number
  readonly to: number
  readonly lag: number
  /** correlation at that lag, with the usual sign made positive */
  readonly best: number
  readonly usual: number
  readonly now: number
  readonly name: string
}

interface Agreed extends Shifted {
  readonly weight: number
  readonly others: readonly string[]
}

const shiftsOf = remembered((series: SeriesView, { view }: Scan): Agreed[] => {
  const found: Shifted[] = []
  const drivers: (readonly [string, Float64Array | undefined])[] = [
    ['生产负荷', view.fast.load],
    ['流量', view.fast.flow],
    ['含氧量', view.fast.o2],
    ...view.series
      .filter((other) => other !== series && other.kind === 'pollutant')
      .slice(0, 4)
      .map((other) => [other.zh, other.fast] as const),
  ]
  for (const width of [LAG.window, 2 * LAG.window]) {
    for (const [name, driver] of drivers) {
      if (driver === undefined) continue
      const zero = rollingPearson(series.fast, driver, width, LAG.stride)
      const usual = median(Float64Array.from(zero))
      const spread = mad(Float64Array.from(zero))
      if (!(Math.abs(usual) >= LAG.base)) continue
      const sign = Math.sign(usual)
      for (const [k, rho] of zero.entries()) {
        const at = sign * rho
        if (!(at < 0.6 * Math.abs(usual)) || !(Math.abs(usual) - at > 3 * spread)) continue
        const from = k * LAG.stride
        const best = bestLag(series.fast, driver, sign, from, from + width)
        if (best === undefined || Math.abs(best.lag) < LAG.least) continue
        if (best.rho < at + LAG.gain || best.rho < LAG.keep * Math.abs(usual)) continue
        found.push({ from, to: from + width, lag: best.lag, best: best.rho, usual, now: rho, name })
      }
    }
  }
  // load and flow tell the same; oxygen and each other parameter are instruments of their own
  const group = (name: string) => (name === '流量' ? '生产负荷' : name)
  const near = (a: Shifted, b: Shifted) => Math.abs(a.lag - b.lag) <= 1 && a.from < b.to && b.from < a.to
  const agreed = found.flatMap((a) => {
    const same = found.filter((b) => b !== a && near(a, b))
    const others = [...new Set(same.map(({ name }) => name))].filter((name) => group(name) !== group(a.name))
    const neighbours = same.filter((b) => b.name === a.name).length
    if (others.length > 0) return [{ ...a, weight: 0.6, others }]
    return a.best >= LAG.alone && neighbours > 1 ? [{ ...a, weight: 0.5, others }] : []
  })
  return joined(agreed, 24, (a, b) => ({
    ...(a.weight >= b.weight ? a : b),
    from: a.from,
    to: Math.max(a.to, b.to),
  }))
})

function shiftHits(scan: Scan, series: SeriesView): Hit[] {
  return shiftsOf(series, scan).map(({ from, to, lag, usual, now, name, weight }) => ({
    parameter: series.parameter,
    from,
    to,
    weight,
    statistic: { name: '错位', value: lag, unit: 'h' },
    threshold: `零滞后相关系数低于平时的 60%，错开 ${LAG.least} 小时以上后恢复到平时的 ${LAG.keep * 100}% 以上`,
    n: to - from,
    explanation: `${series.zh}与${name}平时同步（相关系数 ${shown(usual)}），在${spanText(scan.view.startMs, from, to)}零滞后相关系数只有 ${shown(now)}，把该序列${lag > 0 ? '提前' : '推后'} ${Math.abs(lag)} 小时才重新吻合，像是另一时段的数据。`,
  }))
}

/** F50: a second, independent companion says the same lag. */
export const timeShiftConfirmed: FraudRule = {
  id: 'F50',
  title: { zh: '另一参数印证错位', en: 'another companion says the same lag' },
  pattern: 'lag-confirmed',
  weight: 0.4,
  thresholds: [design('两者错位相差不大于', 1, 'h')],
  refutation: '各参数由同一采集仪延迟上传，原始分钟数据的时间一致。',
  run: (scan) =>
    scan.view.series.flatMap((series) =>
      series.kind !== 'pollutant'
        ? []
        : shiftsOf(series, scan).flatMap(({ from, to, lag, others }): Hit[] =>
            others.length === 0
              ? []
              : [
                  {
                    parameter: series.parameter,
                    from,
                    to,
                    weight: 0.4,
                    statistic: { name: '同样错位的其他参数', value: others.length, unit: '个' },
                    threshold: '错位相差不大于 1 小时',
                    n: to - from,
                    explanation: `${series.zh}在${spanText(scan.view.startMs, from, to)}与${others.join('、')}也错开约 ${Math.abs(lag)} 小时，几个互不相干的参数指向同一错位。`,
                  },
                ],
          ),
    ),
}

function bestLag(a: Float64Array, b: Float64Array, sign: number, from: number, to: number) {
  let best: { lag: number; rho: number } | undefined
  for (let lag = -LAG.most; lag <= LAG.most; lag++) {
    const rho = sign * laggedPearson(a, b, lag, from, to)
    if (best === undefined || rho > best.rho) best = { lag, rho }
  }
  return best
}
