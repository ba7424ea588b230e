import { percent, shown, spanText } from '../explain.ts'
import { markClasses, takenAway } from '../mark.ts'
import { remembered } from '../remembered.ts'
import { design, type FraudRule, type Hit, type Scan } from '../rule.ts'
import type { OutletView, SeriesView } from '../view.ts'
import { joined, joinedStretches, runsWhere, type Stretch, strongestApart } from '../windows.ts'

/** Hours that are missing or marked away just when they would have been high. */

/** Longer gaps are breakdowns, not a way of hiding single hours. */
const LONGEST_GAP = 48
const AROUND_DAYS = 15

interface Gap extends Stretch {
  /** rank (0 … 1) of the hours beside the gap among the same clock hours around; 0.5 is what chance gives */
  readonly beside: number
  /** rank of what load, oxygen and the other parameters make expect within the gap; NaN without them */
  readonly predicted: number
  readonly rising: boolean
  readonly last: number
}

/** Gaps of working hours: no value, or a mark of the instrument or of the line. */
const gapsOf = remembered((series: SeriesView, scan: Scan): Gap[] => {
  const { view } = scan
  const gone = (i: number) => view.running[i] === 1 && series.valid[i] === 0
  const model = scan.model(series)
  const useful = model.strongest >= 8 && model.explained >= 0.1
  return runsWhere(view.n, gone)
    .filter(({ from, to }) => to - from <= LONGEST_GAP && from > 2 && to < view.n - 1)
    .flatMap(({ from, to }) => {
      const before = [from - 1, from - 2].filter((i) => series.valid[i] === 1)
      const after = [to].filter((i) => series.valid[i] === 1)
      if (before.length === 0) return []
      const sides = [before[0] as number, ...after]
      const beside = sides.reduce((sum, i) => sum + rankAmong(series, series.judged, i), 0) / sides.length
      const inside = useful ? ranksInside(series, model.expected, from, to) : Number.NaN
      const [a, b] = [series.judged[from - 1] as number, series.judged[from - 2] as number]
      return [
        { from, to, beside, predicted: inside, rising: a > b, last: a / (series.limit[from - 1] as number) },
      ]
    })
})

/** Share of the same clock hours (±1 h) of the 15 days on both sides that lie below the hour. */
function rankAmong(series: SeriesView, values: Float64Array, i: number): number {
  const own = values[i] as number
  let [n, below] = [0, 0]
  for (let day = -AROUND_DAYS; day <= AROUND_DAYS; day++) {
    if (day === 0) continue
    for (let h = -1; h <= 1; h++) {
      const j = i + day * 24 + h
      if (series.valid[j] !== 1) continue
      const v = values[j] as number
      if (!Number.isFinite(v)) continue
      n++
      below += v < own ? 1 : v === own ? 0.5 : 0
    }
  }
  return n < 10 ? 0.5 : below / n
}

function ranksInside(series: SeriesView, expected: Float64Array, from: number, to: number): number {
  let [sum, n] = [0, 0]
  for (let i = from; i < to; i++) {
    if (!Number.isFinite(expected[i])) continue
    const own = expected[i] as number
    let [m, below] = [0, 0]
    for (let day = -AROUND_DAYS; day <= AROUND_DAYS; day++)
      for (let h = -1; h <= 1; h++) {
        const j = i + day * 24 + h
        if (series.valid[j] !== 1 || !Number.isFinite(expected[j])) continue
        m++
        if ((expected[j] as number) < own) below++
      }
    if (m < 10) continue
    sum += below / m
    n++
  }
  return n === 0 ? Number.NaN : sum / n
}

const MISSING = { z: 3.2, mean: 0.75, least: 4, days: 31 } as const

/** Clusters of gaps whose rank is above what chance gives: the largest standardised mean rank within a month. */
function suspiciousClusters(
  gaps: readonly Gap[],
  rankOf: (gap: Gap) => number,
): (Stretch & { z: number; mean: number; gaps: Gap[] })[] {
  const known = gaps.filter((gap) => Number.isFinite(rankOf(gap)))
  const found: (Stretch & { z: number; mean: number; gaps: Gap[] })[] = []
  for (let a = 0; a < known.length; a++) {
    let sum = 0
    for (let b = a; b < known.length; b++) {
      const [first, last] = [known[a] as Gap, known[b] as Gap]
      if (last.to - first.from > MISSING.days * 24) break
      sum += rankOf(last)
      const n = b - a + 1
      const mean = sum / n
      const z = (mean - 0.5) * Math.sqrt(12 * n)
      if (n >= MISSING.least && z >= MISSING.z && mean >= MISSING.mean)
        found.push({ from: first.from, to: last.to, z, mean, gaps: known.slice(a, b + 1) })
    }
  }
  return joined(strongestApart(found), 7 * 24, (p, q) => ({
    from: p.from,
    to: Math.max(p.to, q.to),
    z: Math.max(p.z, q.z),
    mean: (p.mean * p.gaps.length + q.mean * q.gaps.length) / (p.gaps.length + q.gaps.length),
    gaps: [...p.gaps, ...q.gaps],
  }))
}

export const missingNotAtRandom: FraudRule = {
  id: 'F19',
  title: { zh: '断数与浓度有关', en: 'missing not at random' },
  pattern: 'gaps',
  weight: 0.4,
  thresholds: [
    design('缺数前后浓度平均位次不低于', MISSING.mean),
    design('标准化位次不低于', MISSING.z),
    design('一个月内缺数次数不少于', MISSING.least, '次'),
  ],
  refutation: '缺数时段有独立的设备故障、断电、通讯记录，且其他时段同类故障与浓度无关。',
  run: (scan) =>
    scan.view.series.flatMap((series) => {
      if (series.kind !== 'pollutant') return []
      return suspiciousClusters(gapsOf(series, scan), ({ beside }) => beside).map((cluster) => {
        const hours = cluster.gaps.reduce((sum, { from, to }) => sum + to - from, 0)
        const rising = cluster.gaps.filter((gap) => gap.rising).length
        return {
          parameter: series.parameter,
          from: cluster.from,
          to: cluster.to,
          weight: 0.4,
          statistic: { name: '标准化位次', value: cluster.z },
          threshold: `不低于 ${MISSING.z}，平均位次不低于 ${MISSING.mean}，一个月内不少于 ${MISSING.least} 次`,
          n: cluster.gaps.length,
          explanation:
            `${series.zh}在${spanText(scan.view.startMs, cluster.from, cluster.to)}断数 ${cluster.gaps.length} 次共 ${hours} 小时，其中 ${rising} 次在浓度上升时开始；` +
            `断数前后的浓度平均高于同一钟点 ${percent(cluster.mean)} 的数据，偶然断数应为 50%。`,
          hours: cluster.gaps.map(({ from }) => from - 1),
        }
      })
    }),
}

export const predictedInGaps: FraudRule = {
  id: 'F36',
  title: { zh: '断数时段推算偏高', en: 'expected high while missing' },
  pattern: 'gaps-predicted',
  weight: 0.5,
  thresholds: [
    design('断数时段按工况推算的平均位次不低于', MISSING.mean),
    design('标准化位次不低于', MISSING.z),
  ],
  refutation: '高负荷时段设备故障率本来就高，有维修记录。',
  run: (scan) =>
    scan.view.series.flatMap((series) => {
      if (series.kind !== 'pollutant') return []
      return suspiciousClusters(gapsOf(series, scan), ({ predicted }) => predicted).map((cluster) => ({
        parameter: series.parameter,
        from: cluster.from,
        to: cluster.to,
        weight: 0.5,
        statistic: { name: '标准化位次', value: cluster.z },
        threshold: `不低于 ${MISSING.z}，平均位次不低于 ${MISSING.mean}`,
        n: cluster.gaps.length,
        explanation: `${series.zh}在${spanText(scan.view.startMs, cluster.from, cluster.to)}断数的 ${cluster.gaps.length} 个时段，按${scan.model(series).names.join('、')}推算的浓度平均高于同一钟点 ${percent(cluster.mean)} 的数据，断的正是浓度应当高的时候。`,
      }))
    }),
}

const OFTEN = { ratio: 3, expected: 1e-3, elsewhereDays: 15 } as const

/** F42: in the suspicious span gaps are several times as frequent as in the rest of the record. */
export const gapsFrequent: FraudRule = {
  id: 'F42',
  title: { zh: '断数骤增', en: 'gaps much more frequent than usual' },
  pattern: 'gap-rate',
  weight: 0.5,
  thresholds: [
    design('断数频次为其余时段的', OFTEN.ratio, '倍'),
    design('偶然如此的概率不高于', OFTEN.expected),
  ],
  refutation: '该时段设备确有反复故障，有报修和更换部件的记录。',
  run: (scan) =>
    scan.view.series.flatMap((series) => {
      const clusters = [...scan.earlier('F19', series.parameter), ...scan.earlier('F36', series.parameter)]
      if (clusters.length === 0) return []
      const gaps = gapsOf(series, scan)
      const working = (from: number, to: number) => {
        let n = 0
        for (let i = from; i < to; i++) n += scan.view.running[i] as number
        return n
      }
      const all = working(0, scan.view.n)
      const covered = joinedStretches(clusters, 0)
      const insideAll = covered.reduce((sum, { from, to }) => sum + working(from, to), 0)
      const isInside = (gap: Gap) => covered.some(({ from, to }) => gap.from >= from && gap.to <= to)
      const elsewhere = all - insideAll
      if (elsewhere < OFTEN.elsewhereDays * 24) return []
      // one gap more than was seen, so that a record without any does not divide by zero
      const rate = (gaps.filter((gap) => !isInside(gap)).length + 1) / elsewhere
      return covered.flatMap(({ from, to }): Hit[] => {
        const hours = working(from, to)
        const seen = gaps.filter((gap) => gap.from >= from && gap.to <= to).length
        const expected = rate * hours
        const chance = poissonTail(seen, expected)
        if (seen < OFTEN.ratio * expected || chance > OFTEN.expected) return []
        return [
          {
            parameter: series.parameter,
            from,
            to,
            weight: 0.5,
            statistic: { name: '断数频次与其余时段之比', value: seen / expected },
            threshold: `不低于 ${OFTEN.ratio}，偶然如此的概率不高于 ${OFTEN.expected}`,
            n: seen,
            explanation: `${series.zh}在${spanText(scan.view.startMs, from, to)}断数 ${seen} 次，按其余时段的频次应为 ${shown(expected)} 次，为平时的 ${shown(seen / expected)} 倍。`,
          },
        ]
      })
    }),
}

/** Probability of `k` or more events where `mean` are expected. */
export function poissonTail(k: number, mean: number): number {
  let term = Math.exp(-mean)
  let below = 0
  for (let i = 0; i < k; i++) {
    below += term
    term *= mean / (i + 1)
  }
  return Math.max(0, 1 - below)
}

const ABUSE = { ratio: 5, marked: 10, idleFlow: 0.2, hours: 6, month: 720 } as const

/** F18: marks that fall on hours above the limit, or "stopped" while the flow goes on. */
export const markAbuse: FraudRule = {
  id: 'F18',
  title: { zh: '虚假标记', en: 'mark abuse' },
  pattern: 'marks',
  weight: 0.6,
  thresholds: [
    design('超限小时的标记率与不超限小时之比不低于', ABUSE.ratio),
    design('一个月内被标记的超限小时不少于', ABUSE.marked, 'h'),
    design('标记停运而流量高于 30 天中位数的', ABUSE.idleFlow),
  ],
  refutation: '标记的时段有当时的现场维护、校准记录，或停运期间流量计确有零点漂移。',
  run: ({ view }) => [
    ...view.series.flatMap((series) => (series.kind === 'pollutant' ? markedAway(view, series) : [])),
    ...stoppedButFlowing(view),
  ],
}

function markedAway(view: OutletView, series: SeriesView): Hit[] {
  const found: (Stretch & { ratio: number; over: number; marked: number })[] = []
  const width = Math.min(ABUSE.month, view.n)
  for (let from = 0; from + width <= view.n; from += 120) {
    let [over, overMarked, under, underMarked] = [0, 0, 0, 0]
    for (let i = from; i < from + width; i++) {
      const mark = series.marks[i]
      const share = (series.judged[i] as number) / (series.limit[i] as number)
      // gas of a bottle in a calibration is not the plant's
      if (mark === markClasses.stopped || view.running[i] === 0 || !Number.isFinite(share)) continue
      const marked = takenAway(mark)
      if (share > 1) {
        over++
        overMarked += marked ? 1 : 0
      } else {
        under++
        underMarked += marked ? 1 : 0
      }
    }
    if (overMarked < ABUSE.marked || under < 100) continue
    const ratio = overMarked / over / ((underMarked + 1) / under)
    if (ratio >= ABUSE.ratio && overMarked > 0.5 * over)
      found.push({ from, to: from + width, ratio, over, marked: overMarked })
  }
  return joined(found, 0, (a, b) => ({
    ...(a.marked >= b.marked ? a : b),
    from: a.from,
    to: Math.max(a.to, b.to),
  })).map(({ from, to, ratio, over, marked }) => {
    const hours: number[] = []
    for (let i = from; i < to; i++) {
      const above = (series.judged[i] as number) > (series.limit[i] as number)
      if (above && takenAway(series.marks[i])) hours.push(i)
    }
    const [first, last] = [hours[0] ?? from, hours[hours.length - 1] ?? to - 1]
    return {
      parameter: series.parameter,
      from: first,
      to: last + 1,
      weight: 0.6,
      statistic: { name: '标记率之比', value: ratio },
      threshold: `不低于 ${ABUSE.ratio}，且一个月内被标记的超限小时不少于 ${ABUSE.marked}`,
      n: over,
      explanation: `${series.zh}在${spanText(view.startMs, first, last + 1)}高于限值的 ${over} 个小时中有 ${marked} 个被标记为维护、故障或校准，标记率是不超限小时的 ${shown(ratio)} 倍。`,
      hours,
    }
  })
}

function stoppedButFlowing(view: OutletView): Hit[] {
  const { flow, load } = view
  if (flow === undefined) return []
  const first = view.series[0]
  if (first === undefined) return []
  const working = flow.filter((v, i) => first.marks[i] !== markClasses.stopped && v > 0).sort()
  const usual = working[working.length >> 1]
  if (usual === undefined) return []
  const marked = (i: number) => (first.source.mark[i] ?? '').trim()
  const odd = (i: number) =>
    first.marks[i] === markClasses.stopped &&
    // starting and stopping plants have flow
    /^(F|停运|停产|停炉|停机)$/.test(marked(i)) &&
    (flow[i] as number) > ABUSE.idleFlow * usual &&
    (load === undefined || !((load[i] as number) <= 0))
  return runsWhere(view.n, odd)
    .filter(({ from, to }) => to - from >= ABUSE.hours)
    .map(({ from, to }) => ({
      parameter: first.parameter,
      from,
      to,
      weight: 0.6,
      statistic: { name: '停运标记期间流量与常见流量之比', value: (flow[from] as number) / usual },
      threshold: `高于 ${percent(ABUSE.idleFlow)}，持续 ${ABUSE.hours} 小时以上`,
      n: to - from,
      explanation: `${spanText(view.startMs, from, to)}标记为停运，但流量仍为平时的 ${percent((flow[from] as number) / usual)}。`,
    }))
}
