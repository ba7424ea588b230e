import { percent, shown, spanText } from '../explain.ts'
import { clockOf } from '../frame.ts'
import { design, type FraudRule, type Hit } from '../rule.ts'
import { evenChiSquare, lastDigits, trueStep } from '../statistics/digits.ts'
import { median, picked, quantileOf, sortedFinite, variation } from '../statistics/order.ts'
import type { OutletView, SeriesView } from '../view.ts'
import { joined } from '../windows.ts'
import { rhythm } from './still.ts'

/** How the values of weeks are distributed: their last digits, their number, day against night. */

/** χ² with 9 degrees of freedom at p = 0.001. */
const CHI = 27.88
const DIGITS = {
  least: 500,
  window: 720,
  distinctShare: 0.05,
  distinctLeast: 240,
  variation: 0.05,
  alike: 0.7,
} as const

export function lastDigitsUneven(counts: readonly number[]): { chi: number; hit: boolean } {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const chi = evenChiSquare(counts)
  return { chi, hit: total >= DIGITS.least && chi > CHI }
}

export const oddDigits: FraudRule = {
  id: 'F11',
  title: { zh: '末位数字分布异常', en: 'last digits or few distinct values' },
  pattern: 'digits',
  weight: 0.3,
  thresholds: [
    design('末位数字卡方值（自由度 9）大于', CHI),
    design('最少个数', DIGITS.least),
    design('或不同数值占比低于', DIGITS.distinctShare),
    design('各窗口一律如此的占比高于此值时，视为仪器自身的取整', DIGITS.alike),
  ],
  refutation: '仪器分辨率粗，或数值由 ppm 按固定系数换算后取整。',
  run: ({ view }) =>
    view.series.flatMap((series) => (series.kind === 'pollutant' ? digitHits(view, series) : [])),
}

function digitHits(view: OutletView, series: SeriesView): Hit[] {
  const { at } = series
  if (!(series.step > 0) || rhythm(series) > 1.6) return []
  const step = trueStep(picked(series.value, at), series.step)
  let examined = 0
  const found: { from: number; to: number; chi: number; share: number; n: number }[] = []
  for (let k = 0; k + DIGITS.window <= at.length; k += DIGITS.window / 2) {
    const inside = picked(series.value, at.subarray(k, k + DIGITS.window))
    const sorted = sortedFinite(inside)
    const steps = (quantileOf(sorted, 0.84) - quantileOf(sorted, 0.16)) / step
    // a spread of few steps has uneven last digits by itself
    if (steps < 25) continue
    examined++
    const { chi } = lastDigitsUneven(lastDigits(inside, step))
    const distinct = new Set(inside).size / inside.length
    const few = distinct < DIGITS.distinctShare && variation(inside) > DIGITS.variation
    // neighbouring hours are alike, so that the plain table value is too low for hours
    if (chi > 2.5 * CHI || few)
      found.push({
        from: at[k] as number,
        to: (at[k + DIGITS.window - 1] as number) + 1,
        chi,
        share: distinct,
        n: inside.length,
      })
  }
  // an instrument that always rounds so is no lead: what all windows have in common is its habit
  if (found.length >= 2 && found.length > DIGITS.alike * examined) return []
  return joined(found, 0, (a, b) => ({ ...a, to: Math.max(a.to, b.to), chi: Math.max(a.chi, b.chi) })).map(
    ({ from, to, chi, share, n }) => ({
      parameter: series.parameter,
      from,
      to,
      weight: 0.3,
      statistic: { name: '末位数字卡方值', value: chi },
      threshold: `大于 ${CHI}（自由度 9，p<0.001；逐小时数据按 2.5 倍从严），或不同数值占比低于 5%`,
      n,
      explanation: `${series.zh}在${spanText(view.startMs, from, to)}的末位数字不均匀（卡方值 ${shown(chi)}），不同数值仅占 ${percent(share)}，像人工填写或由少数数值反复生成。`,
    }),
  )
}

const NIGHT = { ratio: 0.5, days: 20, of: 30, load: 0.8 } as const

/** F10: by night half of what it is by day, while the load is nearly the same. */
export const nightPattern: FraudRule = {
  id: 'F10',
  title: { zh: '昼夜异常', en: 'night pattern' },
  pattern: 'night',
  weight: 0.3,
  thresholds: [
    design('夜间与白天中位数之比不高于', NIGHT.ratio),
    design('30 天中不少于', NIGHT.days, '天'),
    design('夜间与白天负荷之比不低于', NIGHT.load),
  ],
  refutation: '夜间停用部分产污工序，有班次和生产记录。',
  run: ({ view }) =>
    view.series.flatMap((series) => (series.kind === 'pollutant' ? nightHits(view, series) : [])),
}

function nightHits(view: OutletView, series: SeriesView): Hit[] {
  const column = view.load ?? view.flow
  if (column === undefined) return []
  const days = Math.floor(view.n / 24)
  const low: number[] = []
  for (let day = 0; day < days; day++) {
    const [night, light, nightLoad, lightLoad]: number[][] = [[], [], [], []]
    for (let i = day * 24; i < day * 24 + 24; i++) {
      if (series.valid[i] !== 1) continue
      const clock = clockOf(view.startMs[i] as number)
      if (clock >= 22 || clock < 6) {
        night?.push(series.value[i] as number)
        nightLoad?.push(column[i] as number)
      } else if (clock >= 8 && clock < 20) {
        light?.push(series.value[i] as number)
        lightLoad?.push(column[i] as number)
      }
    }
    const middle = (values: number[] = []) =>
      values.length < 4 ? Number.NaN : median(Float64Array.from(values))
    const [v, l] = [middle(night) / middle(light), middle(nightLoad) / middle(lightLoad)]
    low.push(v <= NIGHT.ratio && l >= NIGHT.load ? 1 : 0)
  }
  const found: { from: number; to: number; days: number }[] = []
  for (let day = 0; day + NIGHT.of <= days; day += 5) {
    const count = low.slice(day, day + NIGHT.of).reduce((sum, each) => sum + each, 0)
    if (count >= NIGHT.days) found.push({ from: day * 24, to: (day + NIGHT.of) * 24, days: count })
  }
  return joined(found, 0, (a, b) => ({ ...a, to: Math.max(a.to, b.to), days: Math.max(a.days, b.days) })).map(
    ({ from, to, days: count }) => ({
      parameter: series.parameter,
      from,
      to,
      weight: 0.3,
      statistic: { name: '夜间偏低的天数', value: count, unit: '天' },
      threshold: `30 天中不少于 ${NIGHT.days} 天夜间中位数不高于白天的一半，负荷之比不低于 0.8`,
      n: to - from,
      explanation: `${series.zh}在${spanText(view.startMs, from, to)}有 ${count} 天夜间浓度不到白天的一半，而夜间负荷与白天相当。`,
    }),
  )
}
