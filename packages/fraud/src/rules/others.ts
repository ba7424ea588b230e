import { spanText } from '../explain.ts'
import { design, type FraudRule, type Hit } from '../rule.ts'
import { mad } from '../statistics/order.ts'
import type { OutletView, SeriesView } from '../view.ts'
import type { Stretch } from '../windows.ts'
import { loweredHits } from './level.ts'
import { logShift } from './surroundings.ts'

/** What the other parameters did while one of them was lower. */

const OTHERS = { shift: 0.12, hours: 24, ownShare: 0.6 } as const

/** F45: load, flow, oxygen and the other parameters lie where they always lie while this one is lower. */
export const othersAsUsual: FraudRule = {
  id: 'F45',
  title: { zh: '他参数水平照常', en: 'the others are at their usual level' },
  pattern: 'companions',
  weight: 0.3,
  thresholds: [design('其他参数水平变化（对数）不大于', OTHERS.shift), design('最短', OTHERS.hours, 'h')],
  refutation: '该污染物有单独的治理设施，该时段加大药剂或负荷，有运行记录。',
  run: (scan) =>
    scan.view.series.flatMap((series) =>
      loweredHits(scan, series).flatMap((hit): Hit[] => {
        if (hit.weight < 0.6 || hit.to - hit.from < OTHERS.hours) return []
        const { usual, moved } = othersIn(scan.view, series, hit)
        // half of the others may wander, but the load must not
        if (usual.length === 0 || moved.length > usual.length) return []
        return [
          {
            parameter: series.parameter,
            from: hit.from,
            to: hit.to,
            weight: 0.3,
            statistic: { name: '水平照常的其他参数', value: usual.length, unit: '个' },
            threshold: `水平变化（对数）不大于 ${OTHERS.shift}`,
            n: hit.to - hit.from,
            explanation: `${series.zh}偏低的${spanText(scan.view.startMs, hit.from, hit.to)}，${usual.join('、')}的水平与前后相同，不是整个工况的变化。`,
          },
        ]
      }),
    ),
}

/** Parameters other than `series` whose level in the window is that of its surroundings, and those that moved. */
export function othersIn(view: OutletView, series: SeriesView | undefined, window: Stretch) {
  const columns: (readonly [string, Float64Array | undefined])[] = [
    ['生产负荷', view.load],
    ['流量', view.flow],
    ...view.series
      .filter((other) => other !== series && other.kind === 'pollutant' && other.step < 0.1 * other.middle)
      .map((other) => [other.zh, other.value] as const),
  ]
  const [usual, moved]: [string[], string[]] = [[], []]
  for (const [name, column] of columns) {
    if (column === undefined) continue
    const shift = logShift(column, window, (i) => view.running[i] === 1)
    if (!Number.isFinite(shift)) continue
    // a parameter that wanders by itself may lie a little off
    const own =
      name === '生产负荷' ? 0 : OTHERS.ownShare * mad(column.map((v) => (v > 0 ? Math.log(v) : Number.NaN)))
    if (Math.abs(shift) <= Math.max(OTHERS.shift, own)) usual.push(name)
    else moved.push(name)
  }
  return { usual, moved }
}
