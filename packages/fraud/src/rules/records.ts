import { hourText, percent, shown, spanText } from '../explain.ts'
import { type Comparison, HOUR_MS, type MinuteSeries } from '../frame.ts'
import { design, type FraudRule, type Hit, published } from '../rule.ts'
import { autocorrelation } from '../statistics/correlation.ts'
import { deviation, mean } from '../statistics/order.ts'
import type { OutletView } from '../view.ts'
import { joinedStretches, runsWhere } from '../windows.ts'

/** Rules that need other records: minutes, manual comparisons, clocks and late corrections. */

const SMOOTH = { hours: 6, hourChange: 0.02, autocorrelation: 0.999, least: 30 } as const

export const overSmooth: FraudRule = {
  id: 'F20',
  title: { zh: '分钟数据过于平滑', en: 'over-smooth minutes' },
  pattern: 'minutes',
  weight: 0.2,
  thresholds: [
    design('小时内分钟标准差为零的连续小时', SMOOTH.hours, 'h'),
    design('同时小时均值变化大于', SMOOTH.hourChange),
    design('或分钟滞后 1 自相关系数高于', SMOOTH.autocorrelation),
  ],
  refutation: '数据采集仪设置了阻尼或只保存小时值。',
  run: ({ view }) => (view.extras.minutes ?? []).flatMap((minutes) => smoothHits(view, minutes)),
}

function smoothHits(view: OutletView, minutes: MinuteSeries): Hit[] {
  const byHour: number[][] = Array.from({ length: view.n }, () => [])
  for (let i = 0; i < minutes.startMs.length; i++) {
    const hour = Math.floor(((minutes.startMs[i] as number) - (view.startMs[0] as number)) / HOUR_MS)
    if (Number.isFinite(minutes.value[i])) byHour[hour]?.push(minutes.value[i] as number)
  }
  const hours = byHour.map((values) => Float64Array.from(values))
  const still = runsWhere(view.n, (i) => {
    const values = hours[i] as Float64Array
    return values.length >= SMOOTH.least && deviation(values) === 0
  }).filter(({ from, to }) => {
    const means = hours.slice(from, to).map((values) => mean(values))
    const spread = Math.max(...means) - Math.min(...means)
    return to - from >= SMOOTH.hours && spread > SMOOTH.hourChange * Math.abs(mean(Float64Array.from(means)))
  })
  const smooth = runsWhere(view.n, (i) => {
    const values = hours[i] as Float64Array
    return values.length >= SMOOTH.least && autocorrelation(values, 1) > SMOOTH.autocorrelation
  }).filter(({ from, to }) => to - from >= SMOOTH.hours)
  return joinedStretches([...still, ...smooth], 1).map(({ from, to }) => ({
    parameter: minutes.parameter,
    from,
    to,
    weight: 0.2,
    statistic: { name: '持续', value: to - from, unit: 'h' },
    threshold: `分钟标准差为零或滞后 1 自相关系数高于 ${SMOOTH.autocorrelation}，${SMOOTH.hours} 小时以上`,
    n: to - from,
    explanation: `${spanText(view.startMs, from, to)}每小时内的分钟数据没有正常的跳动，而小时均值在变，分钟数据像由小时数据生成。`,
  }))
}

const MANUAL = { inARow: 5, deviation: 0.3 } as const

/** Probability that so many comparisons in a row lie on one side by chance: sign test, 0.5^n. */
export function signTest(n: number): number {
  return 0.5 ** n
}

export const manualBias: FraudRule = {
  id: 'F21',
  title: { zh: '与手工监测偏离', en: 'bias against manual monitoring' },
  pattern: 'manual',
  weight: 0.2,
  thresholds: [
    design('连续低于手工的次数不少于', MANUAL.inARow, '次'),
    published('相对偏差超出', MANUAL.deviation),
  ],
  refutation: '手工监测的采样位置或时间与在线不同，重新比对合格。',
  run: ({ view }) => {
    const byParameter = Map.groupBy(view.extras.comparisons ?? [], ({ parameter }) => parameter)
    return [...byParameter].flatMap(([parameter, comparisons]) => biasHits(view, parameter, comparisons))
  },
}

function biasHits(view: OutletView, parameter: string, comparisons: readonly Comparison[]): Hit[] {
  const sorted = [...comparisons].sort((a, b) => a.atMs - b.atMs)
  const position = ({ atMs }: Comparison) =>
    Math.min(view.n - 1, Math.max(0, Math.floor((atMs - (view.startMs[0] as number)) / HOUR_MS)))
  const hits: Hit[] = []
  let run = 0
  for (const [k, each] of sorted.entries()) {
    run = each.online < each.manual ? run + 1 : 0
    const off = each.online / each.manual - 1
    const first = sorted[k - run + 1] ?? each
    const alone = Math.abs(off) > MANUAL.deviation
    if (run < MANUAL.inARow && !alone) continue
    const from = run >= MANUAL.inARow ? position(first) : position(each)
    hits.push({
      parameter,
      from,
      to: position(each) + 1,
      weight: 0.2,
      statistic:
        run >= MANUAL.inARow
          ? { name: '符号检验概率', value: signTest(run) }
          : { name: '相对偏差', value: off },
      threshold: `连续 ${MANUAL.inARow} 次低于手工，或相对偏差超出 ±30%`,
      n: Math.max(1, run),
      explanation:
        run >= MANUAL.inARow
          ? `在线值连续 ${run} 次低于手工监测，偶然如此的概率为 ${percent(signTest(run))}。`
          : `${hourText(each.atMs)}在线值 ${shown(each.online)}，手工监测 ${shown(each.manual)}，相对偏差 ${percent(off)}。`,
    })
  }
  return hits
}

const CLOCK = { seconds: 60, lateHours: 24, change: 0.01 } as const

export const clockAndBackfill: FraudRule = {
  id: 'F23',
  title: { zh: '时钟与补传异常', en: 'clock and backfill' },
  pattern: 'clock',
  weight: 0.2,
  thresholds: [
    published('数采仪与平台时钟相差大于', CLOCK.seconds, 's'),
    design('补传迟于', CLOCK.lateHours, 'h'),
    design('且改变原值超过', CLOCK.change),
  ],
  refutation: '校时记录、断网记录可以说明，数采仪原始存储与补传一致。',
  run: ({ view }) => [...clockHits(view), ...lateHits(view)],
}

function clockHits(view: OutletView): Hit[] {
  return (view.extras.clock ?? []).flatMap(({ serverMs, deviceMs }) => {
    const seconds = (deviceMs - serverMs) / 1000
    const at = Math.floor((serverMs - (view.startMs[0] as number)) / HOUR_MS)
    if (!(Math.abs(seconds) > CLOCK.seconds) || !(at >= 0 && at < view.n)) return []
    return [
      {
        parameter: '',
        from: at,
        to: at + 1,
        weight: 0.2,
        statistic: { name: '时钟差', value: seconds, unit: 's' },
        threshold: `绝对值大于 ${CLOCK.seconds} 秒`,
        n: 1,
        explanation: `${hourText(serverMs)}数据采集仪时钟与平台相差 ${shown(Math.abs(seconds))} 秒。`,
      },
    ]
  })
}

function lateHits(view: OutletView): Hit[] {
  return (view.extras.lateCorrections ?? []).flatMap((each) => {
    const at = Math.floor((each.hourMs - (view.startMs[0] as number)) / HOUR_MS)
    const late = (each.receivedMs - each.hourMs) / HOUR_MS
    const change = Math.abs(each.after / each.before - 1)
    if (!(late > CLOCK.lateHours) || !(change > CLOCK.change) || !(at >= 0 && at < view.n)) return []
    return [
      {
        parameter: each.parameter,
        from: at,
        to: at + 1,
        weight: 0.2,
        statistic: { name: '补传改变原值', value: change },
        threshold: `迟于 ${CLOCK.lateHours} 小时且改变原值超过 ${percent(CLOCK.change)}`,
        n: 1,
        explanation: `${hourText(each.hourMs)}的数据迟 ${shown(late)} 小时补传，由 ${shown(each.before)} 改为 ${shown(each.after)}。`,
      },
    ]
  })
}
