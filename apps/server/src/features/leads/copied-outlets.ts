/** F09 between the outlets of one plant: two instruments that are apart do not move alike hour by hour. */
import {
  copiedFromEachOther,
  type FraudLead,
  levelOf,
  type OutletFrame,
  type ParameterSeries,
} from '@shanshui/fraud'
import { hourMs } from '../series/index.ts'
import { factorName } from './factor-name.ts'
import { shown, timeText } from './run-draft.ts'

const rule = 'F09'
/** Outlets that agree for most of the time share a stack or an instrument; they are no copies of each other. */
const shareOfTwins = 0.5

const counted = (series: ParameterSeries) =>
  series.value.map((v, i) => (series.mark[i] === '' ? v : Number.NaN))

export interface Neighbour {
  readonly name: string
  readonly frame: OutletFrame
}

/** Findings about an outlet beside its neighbours, whose frames have the same grid. Windows are half-open. */
export function copiedOutlets(
  frame: OutletFrame,
  neighbours: readonly Neighbour[],
  weight: number,
): FraudLead[] {
  return frame.parameters.flatMap((own) =>
    neighbours.flatMap(({ name, frame: other }) => {
      const same = other.parameters.find((p) => p.parameter === own.parameter)
      if (same === undefined) return []
      const values = counted(own)
      const found = copiedFromEachOther(values, counted(same))
      const alike = found.reduce((sum, { from, to }) => sum + to - from, 0)
      const known = values.reduce((n, v) => n + (Number.isNaN(v) ? 0 : 1), 0)
      if (alike > shareOfTwins * known) return []
      return found.map(({ from, to, rho }): FraudLead => {
        const [fromMs, toMs] = [frame.startMs[from] as number, (frame.startMs[to - 1] as number) + hourMs]
        return {
          outlet: frame.outlet,
          rule,
          parameter: own.parameter,
          fromMs,
          toMs,
          statistic: { name: '逐时差分相关系数', value: rho },
          threshold: '72 小时不低于 0.99',
          n: to - from,
          weight,
          score: weight,
          level: levelOf(weight),
          explanation: `${factorName(own.parameter)}在 ${timeText(fromMs)} 至 ${timeText(toMs)} 与${name}逐时变化的相关系数达 ${shown(rho, 4)}，平时并非如此，疑为一个序列由另一个生成。`,
          refutation: '两个排放口共用烟囱或同一台分析仪轮流采样，有验收资料为证。',
          hoursMs: Array.from(frame.startMs.subarray(from, to)),
        }
      })
    }),
  )
}
