import { percent, shown, spanText } from '../explain.ts'
import { design, type FraudRule, type Hit, type Scan } from '../rule.ts'
import { dips, insideAgainstAround, sharpened } from '../statistics/change.ts'
import { median } from '../statistics/order.ts'
import { robustFit } from '../statistics/regression.ts'
import { columnView, type OutletView, type SeriesView } from '../view.ts'
import { joinedStretches, overlap } from '../windows.ts'
import { loweredHits } from './level.ts'
import { abruptFlow, flowRises, logShift, rainLike } from './surroundings.ts'

const STEP = { fall: 0.5, ratioVariation: 0.1, hours: 4, least: 2 } as const

/** F17: all water parameters fall by half or more in one step and by the same factor. */
export const uniformDilution: FraudRule = {
  id: 'F17',
  title: { zh: '同比例稀释', en: 'uniform dilution' },
  pattern: 'dilution',
  weight: 0.2,
  thresholds: [
    design('各项浓度一步下降不小于', STEP.fall),
    design('各项之比的变异系数小于', STEP.ratioVariation),
  ],
  refutation: '同期降雨，合流制来水变稀，流量随之上升又缓慢回落。',
  run: ({ view }) => (view.medium === 'water' ? uniformSteps(view) : []),
}

function uniformSteps(view: OutletView): Hit[] {
  const series = view.series.filter(({ kind }) => kind === 'pollutant')
  if (series.length < STEP.least) return []
  const found: { from: number; to: number }[] = []
  for (let i = STEP.hours; i + STEP.hours < view.n; i++) {
    let [sum, square, n] = [0, 0, 0]
    for (const { value, valid } of series) {
      if (valid[i] !== 1 || valid[i - 1] !== 1) continue
      const ratio = median(value.subarray(i, i + STEP.hours)) / median(value.subarray(i - STEP.hours, i))
      if (!(ratio <= 1 - STEP.fall)) break
      n++
      sum += ratio
      square += ratio * ratio
    }
    if (n < series.length) continue
    const average = sum / n
    const cv = Math.sqrt(Math.max(0, square / n - average * average)) / average
    if (cv < STEP.ratioVariation) found.push({ from: i - 1, to: i + STEP.hours })
  }
  return joinedStretches(found, 2).map(({ from, to }) => ({
    parameter: series[0]?.parameter ?? '',
    from,
    to,
    weight: 0.2,
    statistic: { name: '同比例下降的参数', value: series.length, unit: '个' },
    threshold: '各项一步下降不小于 50%，且降幅之比的变异系数小于 10%',
    n: series.length,
    explanation: `${spanText(view.startMs, from, to)}${series.map(({ zh }) => zh).join('、')}在一步之内按同一比例下降一半以上。`,
  }))
}

const TOGETHER = { spread: 0.3, least: 2, rise: 0.15 } as const

/**
 * F37: several pollutants lie lower by the same factor in the same hours, or the flow rises by as much as the
 * concentration falls, while the load is as before: something is mixed in, or the sample is thinned.
 */
export const thinned: FraudRule = {
  id: 'F37',
  title: { zh: '稀释特征', en: 'thinned' },
  pattern: 'dilution',
  weight: 0.4,
  thresholds: [
    design('各项降幅（对数）之差不大于', TOGETHER.spread),
    design('或流量（对数）上升不低于', TOGETHER.rise),
  ],
  refutation: '同期降雨或来水变化，流量缓升缓降；或负荷确实下降而未上报。',
  run: (scan) => [...togetherHits(scan), ...flowHits(scan)],
}

function togetherHits(scan: Scan): Hit[] {
  const { view } = scan
  const pollutants = view.series.filter(({ kind }) => kind === 'pollutant')
  return pollutants.flatMap((series) =>
    loweredHits(scan, series).flatMap((hit) => {
      if (hit.weight < 0.3 || rainLike(view, hit)) return []
      const own = fallOf(series, hit)
      const others = pollutants.filter((other) => {
        if (other === series) return false
        const hits = loweredHits(scan, other)
        const near = hits.some(
          (each) => overlap(each, hit) > 0.6 * Math.max(each.to - each.from, hit.to - hit.from),
        )
        return near && Math.abs(fallOf(other, hit) - own) <= TOGETHER.spread
      })
      if (others.length === 0) return []
      // where neither load nor flow is known, a plant at half load looks the same
      const blind = view.load === undefined && view.flow === undefined
      return [
        {
          parameter: series.parameter,
          from: hit.from,
          to: hit.to,
          weight: blind ? 0.2 : 0.4,
          statistic: { name: '一同下降的参数', value: others.length + 1, unit: '个' },
          threshold: `不少于 ${TOGETHER.least} 个，降幅（对数）之差不大于 ${TOGETHER.spread}`,
          n: hit.to - hit.from,
          explanation: `${series.zh}与${others.map(({ zh }) => zh).join('、')}在${spanText(view.startMs, hit.from, hit.to)}以相近的比例（约 ${percent(1 - Math.exp(own))}）一同下降又一同恢复，像是样品或排水被稀释。`,
        },
      ]
    }),
  )
}

function fallOf(series: SeriesView, hit: Hit): number {
  return logShift(series.value, hit, (i) => series.valid[i] === 1)
}

function flowHits(scan: Scan): Hit[] {
  const { view } = scan
  return view.series.flatMap((series) => {
    if (series.kind !== 'pollutant') return []
    return loweredHits(scan, series).flatMap((hit) => {
      const rise = flowRises(view, hit)
      if (!(rise >= TOGETHER.rise) || !abruptFlow(view, hit)) return []
      return [
        {
          parameter: series.parameter,
          from: hit.from,
          to: hit.to,
          weight: 0.4,
          statistic: { name: '流量上升', value: Math.exp(rise) - 1 },
          threshold: `不低于 ${percent(Math.exp(TOGETHER.rise) - 1)}，起止突然`,
          n: hit.to - hit.from,
          explanation: `${series.zh}下降的${spanText(view.startMs, hit.from, hit.to)}，流量在${view.load === undefined ? '' : '负荷不变的情况下'}突然上升 ${shown((Math.exp(rise) - 1) * 100)}%，结束时又突然回落，像是掺入清水或空气。`,
        },
      ]
    })
  })
}

const FLOW_LEVEL = { least: 4.5, rise: 0.2 } as const

/** F44: the flow, less what the load does to it, is suddenly higher for a time and suddenly back. */
export const flowLevel: FraudRule = {
  id: 'F44',
  title: { zh: '流量与负荷关系改变', en: 'flow out of line with the load' },
  pattern: 'flow-level',
  weight: 0.5,
  thresholds: [
    design('水平变化与自身常见变化之比不低于', FLOW_LEVEL.least),
    design('升幅（对数）不低于', FLOW_LEVEL.rise),
  ],
  refutation: '另有水源、废气汇入且有记录，或雨水；流量计经核查无误。',
  run: ({ view }) => {
    const { flow, load } = view
    // without the load nobody knows what the flow should be
    if (flow === undefined || load === undefined) return []
    const series = columnView(view, flow, 'flow')
    const ratio = series.y.map((v, k) => v - Math.log(Math.max(1e-9, load[series.at[k] as number] as number)))
    const slope = robustFit(series.fast, [view.fast.load ?? flow])?.slopes[0] ?? 1
    const level = ratio.map(
      (v, k) => v + (1 - slope) * Math.log(Math.max(1e-9, load[series.at[k] as number] as number)),
    )
    return dips(level, 1, FLOW_LEVEL.least).flatMap((dip): Hit[] => {
      const sharp = sharpened(level, dip)
      const shift = insideAgainstAround(level, sharp)
      const [from, to] = [series.at[sharp.from] as number, (series.at[sharp.to - 1] as number) + 1]
      if (!(shift >= FLOW_LEVEL.rise) || !abruptFlow(view, { from, to })) return []
      return [
        {
          parameter: 'flow',
          from,
          to,
          weight: 0.5,
          statistic: { name: '流量升高', value: Math.exp(shift) - 1 },
          threshold: `不低于 ${percent(Math.exp(FLOW_LEVEL.rise) - 1)}，起止突然，为自身常见变化的 ${FLOW_LEVEL.least} 倍以上`,
          n: sharp.to - sharp.from,
          explanation: `流量在${spanText(view.startMs, from, to)}扣除负荷影响后突然升高 ${percent(Math.exp(shift) - 1)}，其后又突然回落，不像降雨或工况所致。`,
        },
      ]
    })
  },
}

/** F48: the ends of a window of F44 lie within an hour. */
export const flowEdges: FraudRule = {
  id: 'F48',
  title: { zh: '流量突升突降', en: 'abrupt rise and return of the flow' },
  pattern: 'edge',
  weight: 0.4,
  thresholds: [design('一小时内变化（对数）大于', 0.15), design('且大于常见小时变化的', 4, '倍')],
  refutation: '起止时刻有阀门、水泵或风机切换的记录。',
  run: ({ view, earlier }) =>
    earlier('F44', 'flow').map((hit) => ({
      ...hit,
      weight: 0.4,
      threshold: '一小时内变化（对数）大于 0.15，且大于常见小时变化的 4 倍',
      explanation: `流量在${spanText(view.startMs, hit.from, hit.to)}的起止都在一小时之内突变，负荷没有相应变化。`,
      hours: [hit.from - 1, hit.from, hit.to - 1, Math.min(view.n - 1, hit.to)].filter((i) => i >= 0),
    })),
}
