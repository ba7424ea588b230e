import { shown, spanText } from '../explain.ts'
import { design, type FraudRule, type Hit, published } from '../rule.ts'
import { mean, median, variation } from '../statistics/order.ts'
import type { OutletView } from '../view.ts'
import { joinedStretches, runsWhere, type Stretch } from '../windows.ts'

/** What cannot be, whatever the plant does. */

const LEAST_HOURS = 3

interface Impossible {
  readonly parameter: string
  readonly what: string
  readonly holds: (i: number) => boolean
}

function impossibilities(view: OutletView): Impossible[] {
  const by = (key: string) => view.series.find((series) => series.key === key)
  const found: Impossible[] = []
  const larger = (smallKey: string, largeKey: string, basis: string) => {
    const [part, whole] = [by(smallKey), by(largeKey)]
    if (part === undefined || whole === undefined) return
    found.push({
      parameter: part.parameter,
      what: `${part.zh}高于${whole.zh}，${basis}`,
      holds: (i) =>
        part.valid[i] === 1 &&
        whole.valid[i] === 1 &&
        (part.value[i] as number) > 1.05 * (whole.value[i] as number) + 2 * Math.max(part.step, whole.step),
    })
  }
  larger('NH3-N', 'TN', '而总氮包含氨氮')
  larger('BOD', 'COD', '而化学需氧量包含可生化部分')
  for (const series of view.series) {
    if (series.kind === 'pollutant')
      found.push({
        parameter: series.parameter,
        what: `${series.zh}持续为负值`,
        holds: (i) => series.valid[i] === 1 && (series.value[i] as number) < 0,
      })
    if (series.key === 'humidity')
      found.push({
        parameter: series.parameter,
        what: `${series.zh}低于 1%，湿法脱硫后不可能如此干燥`,
        holds: (i) => series.valid[i] === 1 && (series.value[i] as number) < 1,
      })
  }
  const { o2 } = view
  if (o2 !== undefined)
    found.push({
      parameter: 'O2',
      what: '含氧量高于 21%',
      holds: (i) => view.running[i] === 1 && (o2[i] as number) > 21.2,
    })
  return found
}

/** Episodes of some hours; what holds for a good part of the record is one state, not many episodes. */
function episodes(n: number, holds: (i: number) => boolean): Stretch[] {
  const runs = runsWhere(n, holds).filter(({ from, to }) => to - from >= LEAST_HOURS)
  const hours = runs.reduce((sum, { from, to }) => sum + to - from, 0)
  return joinedStretches(runs, hours > 0.1 * n ? n : 48)
}

export const impossible: FraudRule = {
  id: 'F12',
  title: { zh: '物理上不可能', en: 'physically impossible' },
  pattern: 'physics',
  weight: 0.5,
  thresholds: [
    published('氨氮不应高于总氮、五日生化需氧量不应高于化学需氧量，持续', LEAST_HOURS, 'h'),
    published('湿法脱硫后烟气湿度低于', 1, '%'),
  ],
  refutation: '两台仪器分别校准后重测，差异消失且有记录。',
  run: ({ view }) =>
    impossibilities(view).flatMap(({ parameter, what, holds }) =>
      episodes(view.n, holds).map(({ from, to }) => ({
        parameter,
        from,
        to,
        weight: to - from >= 8 && to - from < 0.5 * view.n ? 0.5 : 0.3,
        statistic: { name: '持续', value: to - from, unit: 'h' },
        threshold: `持续 ${LEAST_HOURS} 小时以上`,
        n: to - from,
        explanation: `${spanText(view.startMs, from, to)}${what}。`,
      })),
    ),
}

const PH = { variance: 0.01, hours: 24, jump: 2 } as const

export const phTricks: FraudRule = {
  id: 'F26',
  title: { zh: 'pH 异常', en: 'pH tricks' },
  pattern: 'ph',
  weight: 0.2,
  thresholds: [
    published('24 小时方差小于', PH.variance),
    published('或每小时变化大于', PH.jump),
    design('且平时方差大于', 0.02),
  ],
  refutation: '来水与加药稳定，便携式 pH 计现场核对一致。',
  run: ({ view }) =>
    view.series.flatMap((series) => (series.kind === 'ph' ? phHits(view, series.parameter) : [])),
}

function phHits(view: OutletView, parameter: string): Hit[] {
  const series = view.series.find((each) => each.parameter === parameter)
  if (series === undefined) return []
  const variance = (values: Float64Array) => (variation(values) * mean(values)) ** 2
  const windows: (Stretch & { variance: number })[] = []
  for (let from = 0; from + PH.hours <= view.n; from += 12) {
    const inside = series.value
      .subarray(from, from + PH.hours)
      .map((v, k) => (series.valid[from + k] === 1 ? v : Number.NaN))
    let n = 0
    for (const v of inside) if (Number.isFinite(v)) n++
    if (n >= 20) windows.push({ from, to: from + PH.hours, variance: variance(inside) })
  }
  const usual = median(Float64Array.from(windows, (each) => each.variance))
  // a plant whose pH always stands still is no lead
  const still = usual > 2 * PH.variance ? windows.filter((each) => each.variance < PH.variance / 10) : []
  const jumps = runsWhere(view.n, (i) => {
    const [a, b] = [series.value[i - 1] ?? Number.NaN, series.value[i] as number]
    return series.valid[i] === 1 && series.valid[i - 1] === 1 && Math.abs(b - a) > PH.jump
  })
  return [
    ...joinedStretches(still, 12).map(({ from, to }) => ({
      parameter,
      from,
      to,
      weight: 0.2,
      statistic: { name: '24 小时方差（平时）', value: usual },
      threshold: `小于 ${PH.variance / 10}，平时大于 ${2 * PH.variance}`,
      n: to - from,
      explanation: `pH 在${spanText(view.startMs, from, to)}几乎不变，平时日方差为 ${shown(usual)}，疑为电极浸在缓冲液中。`,
    })),
    ...jumps.map(({ from, to }) => ({
      parameter,
      from: from - 1,
      to,
      weight: 0.2,
      statistic: {
        name: '每小时变化',
        value: Math.abs((series.value[from] as number) - (series.value[from - 1] as number)),
      },
      threshold: `大于 ${PH.jump}`,
      n: 2,
      explanation: `pH 在${spanText(view.startMs, from, to)}一小时内变化超过 ${PH.jump} 个单位。`,
    })),
  ]
}
