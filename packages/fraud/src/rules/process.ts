import { percent, shown, spanText } from '../explain.ts'
import { HOUR_MS } from '../frame.ts'
import { design, type FraudRule, type Hit, published } from '../rule.ts'
import { median } from '../statistics/order.ts'
import type { OutletView, SeriesView } from '../view.ts'
import { joinedStretches, runsWhere } from '../windows.ts'

/** Rules that need more than the hours of the outlet: inspections, flue gas, inlet and reagent, power. */

const INSPECTION = { before: 48, after: 4, drop: 0.5, load: 0.1, back: 24 } as const

function middle(series: SeriesView, from: number, to: number): number {
  const kept: number[] = []
  for (let i = Math.max(0, from); i < Math.min(series.value.length, to); i++)
    if (series.valid[i] === 1) kept.push(series.value[i] as number)
  return median(Float64Array.from(kept))
}

function loadMiddle(view: OutletView, from: number, to: number): number {
  return median((view.load ?? new Float64Array(0)).subarray(Math.max(0, from), Math.max(0, to)))
}

export const dropAtInspection: FraudRule = {
  id: 'F05',
  title: { zh: '检查时下降', en: 'drop around inspections' },
  pattern: 'inspection',
  weight: 0.5,
  thresholds: [
    design('检查时段中位数与此前 48 小时之比不高于', INSPECTION.drop),
    design('24 小时内恢复到此前的', 0.8),
    design('负荷变化小于', INSPECTION.load),
  ],
  refutation: '检查当日工况、原料与前两日不同，有生产记录。',
  run: ({ view }) =>
    (view.extras.inspectionsMs ?? []).flatMap((ms) => {
      const at = Math.round((ms - (view.startMs[0] as number)) / HOUR_MS)
      if (at < INSPECTION.before || at + INSPECTION.back >= view.n) return []
      return view.series.flatMap((series): Hit[] => {
        const before = middle(series, at - 49, at - 1)
        const during = middle(series, at - 1, at + INSPECTION.after)
        const later = middle(series, at + INSPECTION.after, at + INSPECTION.back)
        const moved = loadMiddle(view, at - 1, at + INSPECTION.after) / loadMiddle(view, at - 49, at - 1) - 1
        if (series.kind !== 'pollutant' || !(during <= INSPECTION.drop * before) || !(later >= 0.8 * before))
          return []
        if (Math.abs(moved) >= INSPECTION.load) return []
        return [
          {
            parameter: series.parameter,
            from: at - 1,
            to: at + INSPECTION.after,
            weight: 0.5,
            statistic: { name: '检查时段与此前中位数之比', value: during / before },
            threshold: `不高于 ${INSPECTION.drop}，24 小时内恢复，负荷变化小于 10%`,
            n: 5,
            explanation: `检查时段（${spanText(view.startMs, at - 1, at + INSPECTION.after)}）${series.zh}降到 ${shown(during)}，仅为此前 48 小时中位数 ${shown(before)} 的 ${percent(during / before)}，其后又回到 ${shown(later)}。`,
          },
        ]
      })
    }),
}

const FLOW = { share: 0.05, hours: 3 } as const

/** HJ 75: Qsn = 3600 F Vs × 273/(273+ts) × (Ba+Ps)/101325 × (1 − Xsw). */
export function standardFlow(gas: {
  sectionM2: number
  atmospherePa: number
  velocity: number
  temperature: number
  staticPa: number
  waterShare: number
}): number {
  const wet = 3600 * gas.sectionM2 * gas.velocity
  return (
    wet *
    (273 / (273 + gas.temperature)) *
    ((gas.atmospherePa + gas.staticPa) / 101_325) *
    (1 - gas.waterShare)
  )
}

export const flowFalsified: FraudRule = {
  id: 'F15',
  title: { zh: '流量不符', en: 'flow falsification' },
  pattern: 'flow',
  weight: 0.2,
  thresholds: [
    design('复算标干流量与上报之差大于', FLOW.share),
    published('理论烟气量与上报之差大于', 0.3),
    design('持续', FLOW.hours, 'h'),
  ],
  refutation: '断面面积、速度场系数经比对后重新核定并备案。',
  run: ({ view }) => {
    const gas = view.extras.flueGas
    const { flow } = view
    if (gas === undefined || flow === undefined) return []
    const calculated = (i: number) =>
      standardFlow({
        sectionM2: gas.sectionM2,
        atmospherePa: gas.atmospherePa,
        velocity: gas.velocity[i] ?? Number.NaN,
        temperature: gas.temperature[i] ?? Number.NaN,
        staticPa: gas.staticPa[i] ?? Number.NaN,
        waterShare: gas.waterShare[i] ?? Number.NaN,
      })
    const off = (i: number) => Math.abs((flow[i] as number) / calculated(i) - 1)
    return joinedStretches(
      runsWhere(view.n, (i) => view.running[i] === 1 && off(i) > FLOW.share).filter(
        ({ from, to }) => to - from >= FLOW.hours,
      ),
      12,
    ).map(({ from, to }) => ({
      parameter: 'flow',
      from,
      to,
      weight: 0.2,
      statistic: { name: '流量偏差', value: off(from) },
      threshold: `大于 ${percent(FLOW.share)}，持续 ${FLOW.hours} 小时以上`,
      n: to - from,
      explanation: `${spanText(view.startMs, from, to)}上报标干流量 ${shown(flow[from] as number)} m³/h，按流速、温度、压力、湿度复算为 ${shown(calculated(from))} m³/h，相差 ${percent(off(from))}。`,
    }))
  },
}

const BALANCE = { removal: 0.998, reagent: 0.8, month: 720, least: 240 } as const

/** Reagent used ÷ reagent that the removed pollutant needs, over a stretch. Concentrations mg/m³, flow m³/h. */
export function reagentRatio(hours: {
  inlet: ArrayLike<number>
  outlet: ArrayLike<number>
  flow: ArrayLike<number>
  reagentKg: ArrayLike<number>
  perKg: number
}): { ratio: number; removedKg: number; usedKg: number; n: number } {
  let [removedKg, usedKg, n] = [0, 0, 0]
  for (let i = 0; i < hours.inlet.length; i++) {
    const removed =
      ((hours.inlet[i] as number) - (hours.outlet[i] as number)) * (hours.flow[i] as number) * 1e-6
    const used = hours.reagentKg[i] as number
    if (!(Number.isFinite(removed) && Number.isFinite(used))) continue
    removedKg += removed
    usedKg += used
    n++
  }
  return { ratio: usedKg / (removedKg * hours.perKg), removedKg, usedKg, n }
}

export const massBalance: FraudRule = {
  id: 'F16',
  title: { zh: '物料平衡不符', en: 'mass balance' },
  pattern: 'balance',
  weight: 0.2,
  thresholds: [
    design('去除率高于', BALANCE.removal),
    design('药剂用量与化学计量需要量之比低于', BALANCE.reagent),
  ],
  refutation: '另有其他脱除途径（如协同脱除），或药剂计量表有误并已检定。',
  run: ({ view }) =>
    (view.extras.inlet ?? []).flatMap((inlet) => {
      const series = view.series.find(({ parameter }) => parameter === inlet.parameter)
      if (series === undefined) return []
      return [...removalHits(view, series, inlet.value), ...reagentHits(view, series, inlet.value)]
    }),
}

function removalHits(view: OutletView, series: SeriesView, inlet: Float64Array): Hit[] {
  const removal = (i: number) => 1 - (series.value[i] as number) / (inlet[i] as number)
  const odd = (i: number) => series.valid[i] === 1 && (removal(i) < 0 || removal(i) > BALANCE.removal)
  return joinedStretches(
    runsWhere(view.n, odd).filter(({ from, to }) => to - from >= 6),
    24,
  ).map(({ from, to }) => ({
    parameter: series.parameter,
    from,
    to,
    weight: 0.2,
    statistic: { name: '去除率', value: removal(from) },
    threshold: '应在 0～99.8% 之间',
    n: to - from,
    explanation: `${spanText(view.startMs, from, to)}${series.zh}去除率为 ${percent(removal(from))}，超出 0～99.8%。`,
  }))
}

function reagentHits(view: OutletView, series: SeriesView, inlet: Float64Array): Hit[] {
  const { reagentKg, reagentPerKg } = view.extras
  const { flow } = view
  if (reagentKg === undefined || reagentPerKg === undefined || flow === undefined) return []
  const hits: Hit[] = []
  const width = Math.min(BALANCE.month, view.n)
  for (let from = 0; from + width <= view.n; from += width) {
    const to = from + width
    const outlet = series.value
      .subarray(from, to)
      .map((v, k) => (series.valid[from + k] === 1 ? v : Number.NaN))
    const { ratio, removedKg, usedKg, n } = reagentRatio({
      inlet: inlet.subarray(from, to),
      outlet,
      flow: flow.subarray(from, to),
      reagentKg: reagentKg.subarray(from, to),
      perKg: reagentPerKg,
    })
    if (n < Math.min(BALANCE.least, width) || !(ratio < BALANCE.reagent) || !(removedKg > 0)) continue
    hits.push({
      parameter: series.parameter,
      from,
      to,
      weight: 0.2,
      statistic: { name: '药剂用量与需要量之比', value: ratio },
      threshold: `低于 ${BALANCE.reagent}`,
      n,
      explanation: `${spanText(view.startMs, from, to)}按进出口浓度应脱除${series.zh} ${shown(removedKg / 1000)} 吨，需药剂 ${shown((removedKg * reagentPerKg) / 1000)} 吨，实际用 ${shown(usedKg / 1000)} 吨，仅为 ${percent(ratio)}。`,
    })
  }
  return hits
}

const POWER = { idle: 0.2, busy: 0.8, same: 0.1 } as const

export const treatmentContradiction: FraudRule = {
  id: 'F25',
  title: { zh: '治理与生产矛盾', en: 'treatment and production contradict' },
  pattern: 'treatment',
  weight: 0.5,
  thresholds: [
    design('治理设施用电低于自身中位数的', POWER.idle),
    design('生产用电高于自身中位数的', POWER.busy),
    design('出口浓度变化不超过', POWER.same),
  ],
  refutation: '治理设施由另一回路供电，或有旁路停运手续。',
  run: ({ view }) => {
    const { treatmentPower, productionPower } = view.extras
    if (treatmentPower === undefined || productionPower === undefined) return []
    const [treatment, production] = [median(treatmentPower), median(productionPower)]
    const odd = (i: number) =>
      (treatmentPower[i] as number) < POWER.idle * treatment &&
      (productionPower[i] as number) > POWER.busy * production
    return joinedStretches(runsWhere(view.n, odd), 1).flatMap(({ from, to }) =>
      view.series.flatMap((series): Hit[] => {
        const change = middle(series, from, to) / middle(series, from - 24, from) - 1
        if (series.kind !== 'pollutant' || !(Math.abs(change) <= POWER.same)) return []
        return [
          {
            parameter: series.parameter,
            from,
            to,
            weight: 0.5,
            statistic: {
              name: '治理设施用电与中位数之比',
              value: (treatmentPower[from] as number) / treatment,
            },
            threshold: `低于 ${POWER.idle}，生产用电高于 ${POWER.busy}，出口浓度变化不超过 10%`,
            n: to - from,
            explanation: `${spanText(view.startMs, from, to)}治理设施几乎停电而生产照常，${series.zh}却只变化 ${percent(Math.abs(change))}。`,
          },
        ]
      }),
    )
  },
}
