import { hoursText, percent, shown, spanText } from '../explain.ts'
import { design, type FraudRule, type Hit, type Scan } from '../rule.ts'
import { type Dip, dips, insideAgainstAround, sharpened } from '../statistics/change.ts'
import { median } from '../statistics/order.ts'
import type { SeriesView } from '../view.ts'
import { overlap } from '../windows.ts'
import { isNearZero } from './still.ts'
import { rainLike, workedOn } from './surroundings.ts'

/** A level that falls and comes back while the plant goes on as before. */

const LEVEL = { faint: 4.1, least: 4.1, strong: 4.6, fall: 0.2 } as const

function levelHits(scan: Scan, series: SeriesView): Hit[] {
  const { view } = scan
  const model = scan.model(series)
  const found: Dip[] = []
  for (const level of [model.level, model.siblingLevel])
    if (level !== undefined)
      for (const dip of dips(level, -1, LEVEL.faint)) {
        const sharp = sharpened(level, dip)
        if (found.every((other) => overlap(other, sharp) === 0)) found.push(sharp)
      }
  return found.flatMap((dip) => {
    const from = series.at[dip.from] as number
    const to = (series.at[dip.to - 1] as number) + 1
    const shift = insideAgainstAround(model.level, dip)
    if (!(shift <= -LEVEL.fall)) return []
    const nearZero = isNearZero(series, from, to)
    const idle = farBelowLimit(series, from, to)
    const atEnd = dip.from < 12 || dip.to > series.at.length - 12
    const explained = workedOn(series, from) || workedOn(series, to)
    const rain = rainLike(view, { from, to })
    const faint = dip.z < LEVEL.least
    const weight = (dip.z >= LEVEL.strong ? 0.6 : faint ? 0.4 : 0.5) * (explained || rain ? 0.5 : 1)
    return [
      {
        parameter: series.parameter,
        from,
        to,
        weight: nearZero ? 0.2 : idle ? Math.min(weight, 0.3) : atEnd ? Math.min(weight, 0.5) : weight,
        ...(faint && { onlyWithOthers: true }),
        statistic: { name: '水平变化与自身常见变化之比', value: dip.z },
        threshold: `不低于 ${LEVEL.least}，且降幅不低于 ${percent(1 - Math.exp(-LEVEL.fall))}`,
        n: dip.to - dip.from,
        explanation:
          `${series.zh}在${spanText(view.startMs, from, to)}的 ${hoursText(to - from)}内，扣除${model.names.length > 0 ? model.names.join('、') : '日常变化'}的影响后整体低 ${percent(1 - Math.exp(shift))}，` +
          `为该排放口常见水平变化的 ${shown(dip.z)} 倍，其后恢复。` +
          (explained ? '起止附近有仪器维护或中断标记。' : '') +
          (idle ? '该参数平时就远低于限值。' : '') +
          (rain ? '同期流量上升，可能为雨水稀释。' : ''),
      },
    ]
  })
}

/** Who is at a tenth of the limit without help has nothing to gain. */
const NO_MOTIVE = 0.1

function farBelowLimit(series: SeriesView, from: number, to: number): boolean {
  const side = Math.max(24, Math.min(240, to - from))
  const shares: number[] = []
  for (let i = Math.max(0, from - side); i < Math.min(series.value.length, to + side); i++)
    if ((i < from || i >= to) && series.valid[i] === 1)
      shares.push((series.judged[i] as number) / (series.limit[i] as number))
  return median(Float64Array.from(shares)) < NO_MOTIVE
}

export const levelShift: FraudRule = {
  id: 'F29',
  title: { zh: '水平与工况不符', en: 'level out of line with the plant' },
  pattern: 'level',
  weight: 0.6,
  thresholds: [
    design('水平变化与自身常见变化之比不低于', LEVEL.least),
    design('降幅（对数）不低于', LEVEL.fall),
  ],
  refutation: '同时段原料、药剂、治理设施运行记录能解释排放下降；手工监测与在线一致。',
  run: (scan) =>
    scan.view.series.flatMap((series) => (series.kind === 'pollutant' ? levelHits(scan, series) : [])),
}

/** Windows in which a parameter was found lower: by its level (F29), by its edges (F30). */
export function loweredHits(scan: Scan, series: SeriesView): Hit[] {
  return [...scan.earlier('F29', series.parameter), ...scan.earlier('F30', series.parameter)]
}
