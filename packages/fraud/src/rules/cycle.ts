import { percent, shown, spanText } from '../explain.ts'
import { remembered } from '../remembered.ts'
import { design, type FraudRule, type Hit, type Scan } from '../rule.ts'
import { median } from '../statistics/order.ts'
import { rollingSpread } from '../statistics/rolling.ts'
import type { SeriesView } from '../view.ts'
import { joined } from '../windows.ts'
import { isNearZero, rhythm } from './still.ts'

/** An analyser with a result every few hours cannot show a new value every hour. */

const CYCLE = { beat: 2.5, hours: 6, changes: 4, common: 0.15, share: 0.1, pause: 24, steps: 8 } as const

interface TooFast {
  readonly from: number
  readonly to: number
  readonly changes: number
  /** spread ÷ usual spread of as many hours, the least of the window */
  readonly ratio: number
}

const tooFastOf = remembered((series: SeriesView): TooFast[] => {
  const { at, value, y } = series
  if (series.kind !== 'pollutant' || at.length < 240 || rhythm(series) < CYCLE.beat) return []
  const spread = rollingSpread(y, CYCLE.hours)
  const usual = median(spread)
  // values of few display steps stay equal by rounding: that is no cycle
  const step = series.logarithmic ? series.step / Math.max(series.middle, 1e-9) : series.step
  if (!(usual > CYCLE.steps * step)) return []
  const found: TooFast[] = []
  let changes = 0
  const changed = (k: number) => (k > 0 && value[at[k] as number] !== value[at[k - 1] as number] ? 1 : 0)
  for (let k = 1; k < at.length; k++) {
    changes += changed(k) - changed(k - CYCLE.hours + 1)
    const first = k - CYCLE.hours + 1
    if (first < 0 || changes < CYCLE.changes) continue
    const [from, to] = [at[first] as number, (at[k] as number) + 1]
    if (to - from > CYCLE.hours) continue
    found.push({ from, to, changes, ratio: (spread[k] as number) / usual })
  }
  // an analyser that has times of a shorter cycle by itself
  if (found.length > CYCLE.common * at.length) return []
  return joined(found, CYCLE.pause, (a, b) => ({
    from: a.from,
    to: Math.max(a.to, b.to),
    changes: Math.max(a.changes, b.changes),
    ratio: Math.min(a.ratio, b.ratio),
  }))
})

function hitsOf(
  { view }: Scan,
  holds: (fast: TooFast) => boolean,
  make: (
    series: SeriesView,
    fast: TooFast,
  ) => Pick<Hit, 'weight' | 'statistic' | 'threshold' | 'explanation' | 'onlyWithOthers'>,
): Hit[] {
  return view.series.flatMap((series) =>
    tooFastOf(series)
      .filter((fast) => holds(fast) && !isNearZero(series, fast.from, fast.to))
      .map((fast) => ({
        parameter: series.parameter,
        from: fast.from,
        to: fast.to,
        n: fast.to - fast.from,
        ...make(series, fast),
      })),
  )
}

/** F51: new values faster than the analyser of this parameter gives results. */
export const fasterThanCycle: FraudRule = {
  id: 'F51',
  title: { zh: '更新快于分析周期', en: 'new values faster than the analyser gives results' },
  pattern: 'cycle',
  weight: 0.4,
  thresholds: [
    design('平时每个结果保持的小时数不低于', CYCLE.beat, 'h'),
    design(`连续 ${CYCLE.hours} 个小时中数值变化的次数不低于`, CYCLE.changes, '次'),
    design('全部时段中如此的占比不高于', CYCLE.common),
  ],
  refutation: '该时段经批准改变了分析周期或换用了备用仪器，有维护记录。',
  run: (scan) =>
    hitsOf(
      scan,
      () => true,
      (series, { from, to, changes }) => ({
        weight: 0.4,
        // a change of the cycle alone has many innocent reasons
        onlyWithOthers: true,
        statistic: { name: `${CYCLE.hours} 小时内数值变化次数`, value: changes, unit: '次' },
        threshold: `不低于 ${CYCLE.changes} 次，平时每个结果平均保持 ${shown(rhythm(series))} 小时`,
        explanation: `${series.zh}平时每个结果平均保持 ${shown(rhythm(series))} 小时，在${spanText(scan.view.startMs, from, to)}却几乎逐小时变化（${CYCLE.hours} 小时内 ${changes} 次），快于仪器的分析周期，疑非仪器测得。`,
      }),
    ),
}

/** F52: and those new values lie closer together than results of this outlet ever do. */
export const fastAndStill: FraudRule = {
  id: 'F52',
  title: { zh: '频繁更新却基本不动', en: 'new values that hardly differ' },
  pattern: 'stillness',
  weight: 0.5,
  thresholds: [design(`${CYCLE.hours} 个小时的极差与常见极差之比不高于`, CYCLE.share)],
  refutation: '同时段手工比对、标样核查与在线一致，工况确实平稳。',
  run: (scan) =>
    hitsOf(
      scan,
      ({ ratio }) => ratio <= CYCLE.share,
      (series, { from, to, ratio }) => ({
        weight: 0.5,
        statistic: { name: `${CYCLE.hours} 小时极差与常见极差之比`, value: ratio },
        threshold: `不高于 ${percent(CYCLE.share)}`,
        explanation: `${series.zh}在${spanText(scan.view.startMs, from, to)}逐小时更新，数值却几乎相同，${CYCLE.hours} 小时极差仅为平时的 ${percent(ratio)}，像标准气（液）或人为生成的数据。`,
      }),
    ),
}
