import { percent, shown, spanText } from '../explain.ts'
import { design, type FraudRule, type Hit, published } from '../rule.ts'
import { dips, insideAgainstAround, sharpened } from '../statistics/change.ts'
import { mad, median, quantileOf, sortedFinite } from '../statistics/order.ts'
import { robustFit } from '../statistics/regression.ts'
import { differences } from '../statistics/rolling.ts'
import { columnView, type OutletView, type SeriesView } from '../view.ts'
import { joinedStretches, runsWhere } from '../windows.ts'
import { edgePairs } from './edge.ts'
import { othersIn } from './others.ts'
import { companions, quietStretches, USUAL_SHARE } from './still.ts'
import { workedOn } from './surroundings.ts'

/** Oxygen: the number that turns a measured value into a converted one, and the conversion itself. */

/** Oxygen of an outlet is named so in leads; it belongs to all of its parameters. */
const OXYGEN = 'O2'
/** 21 % oxygen in air, GB 13271-2014 clause 5.2. */
const AIR = 21
const NOT_CONVERTIBLE = 20.5

/** Reference oxygen that the sent converted values imply: C = C' (21 − ref) / (21 − O2). NaN without converted values. */
function impliedReference(series: SeriesView): number {
  const { converted, o2 } = series.source
  const implied = Float64Array.from(series.at, (i) => {
    const v = series.value[i] as number
    const c = converted[i] as number
    const oxygen = o2[i] as number
    // close to the display step the quotient says nothing
    return v > 15 * series.step && v > 0 && oxygen < NOT_CONVERTIBLE
      ? AIR - (c / v) * (AIR - oxygen)
      : Number.NaN
  })
  return median(implied)
}

const MISMATCH = { share: 0.02, hours: 3, own: 6 } as const

/** Relative deviation of a reported from a calculated converted value. */
export function conversionDeviation(reported: number, calculated: number): number {
  return Math.abs(reported - calculated) / calculated
}

export const conversionMismatch: FraudRule = {
  id: 'F13',
  title: { zh: '折算不符', en: 'conversion mismatch' },
  pattern: 'conversion',
  weight: 0.4,
  thresholds: [
    published('折算浓度与按含氧量计算值之差大于', MISMATCH.share),
    design('连续小时数不少于', MISMATCH.hours, 'h'),
    design('且大于该排放口常见偏差的', MISMATCH.own),
  ],
  refutation: '基准氧含量或折算方法经备案改变；小时折算值由分钟折算值平均而来且含氧量波动大。',
  run: ({ view }) => view.series.flatMap((series) => mismatchHits(view, series)),
}

function mismatchHits(view: OutletView, series: SeriesView): Hit[] {
  const reference = impliedReference(series)
  if (!Number.isFinite(reference) || reference < 0 || reference > 20) return []
  const { converted, o2 } = series.source
  const off = new Float64Array(view.n).fill(Number.NaN)
  for (const i of series.at) {
    const v = series.value[i] as number
    const oxygen = o2[i] as number
    if (!(v > 0 && oxygen < NOT_CONVERTIBLE) || !Number.isFinite(converted[i])) continue
    const calculated = (v * (AIR - reference)) / (AIR - oxygen)
    // rounding of both numbers to the display step is no mismatch
    const rounding = series.step * (1 + calculated / v)
    off[i] = Math.max(0, Math.abs((converted[i] as number) - calculated) - rounding) / calculated
  }
  const usual = mad(off) + median(off)
  const allowed = Math.max(MISMATCH.share, MISMATCH.own * usual)
  const runs = runsWhere(
    view.n,
    (i) => (off[i] as number) > allowed || (Number.isNaN(off[i]) && view.running[i] === 1),
  )
    .map(({ from, to }) => trimmed(off, allowed, from, to))
    .filter(({ from, to }) => countAbove(off, allowed, from, to) >= MISMATCH.hours)
  return joinedStretches(runs, 12).map(({ from, to }) => {
    const inside = sortedFinite(off.subarray(from, to))
    const middle = quantileOf(inside, 0.5)
    const at = indexOfMost(off, from, to)
    const calculated = ((series.value[at] as number) * (AIR - reference)) / (AIR - (o2[at] as number))
    return {
      parameter: series.parameter,
      from,
      to,
      weight: 0.4,
      statistic: { name: '折算偏差中位数', value: middle },
      threshold: `大于 ${percent(allowed)}，连续 ${MISMATCH.hours} 小时以上`,
      n: inside.length,
      explanation:
        `${series.zh}在${spanText(view.startMs, from, to)}上报的折算浓度与按含氧量计算的不符，偏差中位数 ${percent(middle)}；` +
        `如某小时上报 ${shown(converted[at] as number)}，按基准氧含量 ${shown(reference)}% 计算应为 ${shown(calculated)}。`,
    }
  })
}

function trimmed(off: Float64Array, allowed: number, from: number, to: number) {
  let [a, b] = [from, to]
  while (a < b && !((off[a] as number) > allowed)) a++
  while (b > a && !((off[b - 1] as number) > allowed)) b--
  return { from: a, to: b }
}

function countAbove(off: Float64Array, allowed: number, from: number, to: number): number {
  let n = 0
  for (let i = from; i < to; i++) if ((off[i] as number) > allowed) n++
  return n
}

function indexOfMost(off: Float64Array, from: number, to: number): number {
  let most = from
  for (let i = from; i < to; i++)
    if (!((off[i] as number) <= (off[most] as number))) most = Number.isNaN(off[i]) ? most : i
  return most
}

const BIAS = { oneSided: 0.9, least: 6 } as const

/** F47: the sent converted values are not only off but off to one side, hour after hour. */
export const conversionBias: FraudRule = {
  id: 'F47',
  title: { zh: '折算偏差始终同向', en: 'conversion always off to one side' },
  pattern: 'conversion-bias',
  weight: 0.5,
  thresholds: [design('同向占比不低于', BIAS.oneSided), design('最少小时数', BIAS.least, 'h')],
  refutation: '基准氧含量经备案改变，自改变之日起一直如此。',
  run: ({ view, earlier }) =>
    view.series.flatMap((series) => {
      const reference = impliedReference(series)
      return earlier('F13', series.parameter).flatMap((hit): Hit[] => {
        let [low, high] = [0, 0]
        const ratios: number[] = []
        for (let i = hit.from; i < hit.to; i++) {
          const ratio =
            (series.source.converted[i] as number) /
            (((series.value[i] as number) * (AIR - reference)) / (AIR - (series.source.o2[i] as number)))
          if (series.valid[i] !== 1 || !Number.isFinite(ratio)) continue
          ratios.push(ratio)
          if (ratio < 1) low++
          else high++
        }
        const n = low + high
        if (n < BIAS.least || Math.max(low, high) < BIAS.oneSided * n) return []
        const lower = low > high
        return [
          {
            parameter: series.parameter,
            from: hit.from,
            to: hit.to,
            weight: lower ? 0.5 : 0.3,
            statistic: { name: '上报与计算之比', value: median(Float64Array.from(ratios)) },
            threshold: `同向占比不低于 ${percent(BIAS.oneSided)}`,
            n,
            explanation: `${series.zh}在${spanText(view.startMs, hit.from, hit.to)}上报的折算浓度有 ${percent(Math.max(low, high) / n)} 的小时${lower ? '低于' : '高于'}计算值，中位数为计算值的 ${percent(median(Float64Array.from(ratios)))}；取整和平均造成的偏差应有高有低。`,
          },
        ]
      })
    }),
}

const SHIFT = { points: 2, hours: 2, loadShare: 0.1, pinned: 0.1, pinnedHours: 6, ownRuns: 4 } as const

export const oxygenManipulation: FraudRule = {
  id: 'F14',
  title: { zh: '含氧量异常', en: 'oxygen manipulated' },
  pattern: 'oxygen',
  weight: 0.4,
  thresholds: [
    design('2 小时内下降不小于', SHIFT.points, '个百分点'),
    design('同时负荷变化小于', SHIFT.loadShare),
    design('或停在基准氧含量附近不超过', SHIFT.pinned, '个百分点'),
    design('持续', SHIFT.pinnedHours, 'h'),
    design('且为平时停留时长第 90 百分位的', SHIFT.ownRuns, '倍'),
  ],
  refutation: '氧分析仪有校准、更换记录，或燃烧调整有运行记录，一氧化碳等参数同步变化。',
  run: ({ view }) => {
    const { o2 } = view
    if (o2 === undefined) return []
    return [...constantOxygen(view, o2), ...pinnedOxygen(view, o2), ...droppedOxygen(view, o2)]
  },
}

function constantOxygen(view: OutletView, o2: Float64Array): Hit[] {
  const series = columnView(view, o2, OXYGEN)
  return quietStretches(series).map((quiet) => {
    const from = series.at[quiet.from] as number
    const to = (series.at[quiet.to - 1] as number) + 1
    return {
      parameter: OXYGEN,
      from,
      to,
      weight: 0.4,
      statistic: { name: '窗口极差与常见极差之比', value: quiet.ratio },
      threshold: '6、12、24、48、96 个结果的极差分别不高于常见极差的 3%、8%、15%、18%、20%',
      n: quiet.to - quiet.from,
      explanation: `含氧量在${spanText(view.startMs, from, to)}停在 ${shown(median(o2.subarray(from, to)))}% 不动，波动仅为平时的 ${percent(quiet.ratio)}。`,
    }
  })
}

function pinnedOxygen(view: OutletView, o2: Float64Array): Hit[] {
  const references = view.series.map(impliedReference).filter(Number.isFinite)
  const reference = references.length === 0 ? Number.NaN : median(Float64Array.from(references))
  const rounded = Math.round(reference * 2) / 2
  if (!Number.isFinite(reference) || Math.abs(rounded - reference) > 0.1) return []
  const usual = mad(o2.filter((_, i) => view.running[i] === 1))
  if (!(usual > 2 * SHIFT.pinned)) return []
  const runs = runsWhere(
    view.n,
    (i) => view.running[i] === 1 && Math.abs((o2[i] as number) - rounded) <= SHIFT.pinned,
  )
  const lengths = Float64Array.from(runs, ({ from, to }) => to - from).sort()
  // a plant that runs near the reference is there for hours now and then
  const natural = lengths.length < 4 ? 0 : SHIFT.ownRuns * quantileOf(lengths, 0.9)
  return runs
    .filter(({ from, to }) => to - from >= Math.max(SHIFT.pinnedHours, natural))
    .map(({ from, to }) => ({
      parameter: OXYGEN,
      from,
      to,
      weight: to - from >= 2 * SHIFT.pinnedHours ? 0.4 : 0.3,
      statistic: { name: '停在基准氧含量附近', value: to - from, unit: 'h' },
      threshold: `与基准氧含量相差不超过 ${SHIFT.pinned} 个百分点，持续 ${SHIFT.pinnedHours} 小时以上`,
      n: to - from,
      explanation: `含氧量在${spanText(view.startMs, from, to)}一直停在基准氧含量 ${shown(rounded)}% 附近（±${SHIFT.pinned}），平时波动为 ${shown(usual)} 个百分点；此时折算值等于实测值。`,
    }))
}

function droppedOxygen(view: OutletView, o2: Float64Array): Hit[] {
  const column = view.load ?? view.flow
  const hits: Hit[] = []
  const usual = mad(differences(o2))
  for (let i = 24; i + 6 < view.n; i++) {
    const drop = (o2[i] as number) - (o2[i - SHIFT.hours] as number)
    if (!(drop <= -SHIFT.points) || !(-drop > 6 * usual)) continue
    const [a, b] = [column?.[i - SHIFT.hours], column?.[i]]
    if (a !== undefined && b !== undefined && Math.abs(b / a - 1) >= SHIFT.loadShare) continue
    let working = true
    for (let j = i - 6; j < i + 6; j++) if (view.running[j] === 0) working = false
    const stays = median(o2.subarray(i, i + 6)) - median(o2.subarray(i - 8, i - 2))
    if (!working || stays > 0.7 * drop) continue
    // it lasts until oxygen comes back half-way
    const half = (o2[i] as number) - drop / 2
    let to = i + 6
    while (to < view.n && to - i < 24 * 45 && !((o2[to] as number) > half && (o2[to + 1] as number) > half))
      to++
    hits.push({
      parameter: OXYGEN,
      from: i,
      to,
      weight: 0.4,
      statistic: { name: '2 小时内变化', value: drop, unit: '个百分点' },
      threshold: `不大于 −${SHIFT.points} 个百分点，负荷变化小于 10%`,
      n: to - i,
      explanation: `含氧量在${spanText(view.startMs, i, i + 1)}两小时内下降 ${shown(-drop)} 个百分点并保持，同时${view.load === undefined ? '流量' : '负荷'}变化不到 10%；折算浓度因此偏低。`,
    })
    i = to
  }
  return hits
}

const OXYGEN_LEVEL = { least: 4.5, points: 0.6 } as const

/** F34: oxygen, less what the load does to it, lies lower for a time and comes back. */
export const oxygenLevel: FraudRule = {
  id: 'F34',
  title: { zh: '含氧量与负荷关系改变', en: 'oxygen out of line with the load' },
  pattern: 'oxygen-level',
  weight: 0.5,
  thresholds: [
    design('水平变化与自身常见变化之比不低于', OXYGEN_LEVEL.least),
    design('降幅不低于', OXYGEN_LEVEL.points, '个百分点'),
  ],
  refutation: '漏风治理、燃烧调整或氧分析仪校准有记录，且前后比对合格。',
  run: (scan) => {
    const { view } = scan
    if (view.o2 === undefined) return []
    const series = columnView(view, view.o2, OXYGEN)
    const level = oxygenLessLoad(view, series)
    const found = ([-1, 1] as const).flatMap((sign) => dips(level, sign, OXYGEN_LEVEL.least))
    return found.flatMap((dip) => {
      const sharp = sharpened(level, dip)
      const shift = insideAgainstAround(level, sharp)
      const higher = shift > 0
      if (!(Math.abs(shift) >= (higher ? 2 : 1) * OXYGEN_LEVEL.points)) return []
      const from = series.at[sharp.from] as number
      const to = (series.at[sharp.to - 1] as number) + 1
      const explained = view.series.some((each) => workedOn(each, from) || workedOn(each, to))
      return [
        {
          parameter: OXYGEN,
          from,
          to,
          weight: explained ? 0.25 : 0.5,
          statistic: { name: '水平变化与自身常见变化之比', value: dip.z },
          threshold: `不低于 ${OXYGEN_LEVEL.least}，且降幅不低于 ${OXYGEN_LEVEL.points} 个百分点`,
          n: sharp.to - sharp.from,
          explanation: `含氧量在${spanText(view.startMs, from, to)}扣除负荷影响后${higher ? '高' : '低'} ${shown(Math.abs(shift))} 个百分点，其后恢复；${higher ? '像是样气或烟气中掺入空气' : '该时段折算浓度随之偏低'}。${explained ? '起止附近有仪器维护标记。' : ''}`,
        },
      ]
    })
  },
}

function oxygenLessLoad(view: OutletView, series: SeriesView): Float64Array {
  const column = view.load ?? view.flow
  if (column === undefined) return series.y
  const fast = view.fast.load ?? view.fast.flow ?? column
  const slope = robustFit(series.fast, [fast])?.slopes[0] ?? 0
  const logs = Float64Array.from(series.at, (i) => Math.log(Math.max(column[i] as number, 1e-9)))
  const usual = median(logs)
  return series.y.map((v, k) => {
    const log = logs[k] as number
    return Number.isFinite(log) ? v - slope * (log - usual) : v
  })
}

/** F49: load, flow and measured concentrations are as usual while oxygen lies off: a real change would show in them. */
export const oxygenOff: FraudRule = {
  id: 'F49',
  title: { zh: '含氧量单独偏离', en: 'only oxygen lies off' },
  pattern: 'companions',
  weight: 0.4,
  thresholds: [design('其他参数水平变化（对数）不大于', 0.12)],
  refutation: '漏风治理或燃烧调整有记录，且实测浓度随之变化。',
  run: ({ view, earlier }) =>
    earlier('F34', OXYGEN).flatMap((hit): Hit[] => {
      if (hit.weight < 0.5 || hit.to - hit.from < 24) return []
      const { usual, moved } = othersIn(view, undefined, hit)
      if (usual.length === 0 || moved.length > usual.length) return []
      return [
        {
          parameter: OXYGEN,
          from: hit.from,
          to: hit.to,
          weight: 0.4,
          statistic: { name: '水平照常的其他参数', value: usual.length, unit: '个' },
          threshold: '水平变化（对数）不大于 0.12',
          n: hit.to - hit.from,
          explanation: `含氧量偏离的${spanText(view.startMs, hit.from, hit.to)}，${usual.join('、')}的水平与前后相同；含氧量若真有变化，实测浓度应随之改变。`,
        },
      ]
    }),
}

/** The same edges as of a pollutant, on oxygen. */
export const oxygenEdges: FraudRule = {
  id: 'F41',
  title: { zh: '含氧量突降突升', en: 'abrupt fall and return of oxygen' },
  pattern: 'edge',
  weight: 0.4,
  thresholds: [design('一小时内变化与常见小时变化之比不低于', 5), design('降幅不低于', 0.6, '个百分点')],
  refutation: '起止时刻与氧分析仪校准、吹扫或燃烧调整的记录一致。',
  run: ({ view }) => {
    if (view.o2 === undefined) return []
    const series = columnView(view, view.o2, OXYGEN)
    const level = oxygenLessLoad(view, series)
    const pairs = [
      ...edgePairs(level, series.y),
      ...edgePairs(
        level.map((v) => -v),
        series.y,
      ).map((pair) => ({ ...pair, fall: -pair.fall, rise: -pair.rise })),
    ]
    return pairs.flatMap((pair) => {
      const higher = pair.fall > 0
      if (Math.abs(pair.fall) < (higher ? 2 : 1) * OXYGEN_LEVEL.points) return []
      const from = series.at[pair.from] as number
      const to = (series.at[pair.to - 1] as number) + 1
      return [
        {
          parameter: OXYGEN,
          from,
          to,
          weight: 0.4,
          statistic: { name: '一小时内变化与常见小时变化之比', value: Math.abs(pair.fall) / pair.scale },
          threshold: '不低于 5，且其后同样突然地复原',
          n: pair.to - pair.from,
          explanation: `含氧量在${spanText(view.startMs, from, to)}一小时内突${higher ? '升' : '降'} ${shown(Math.abs(pair.fall))} 个百分点，保持后又突${higher ? '降' : '升'} ${shown(Math.abs(pair.rise))} 个百分点，负荷无相应变化。`,
          hours: [from - 1, from, to - 1, to],
        },
      ]
    })
  },
}

/** F43: oxygen stands still or at the reference while load, flow or a pollutant move as usual. */
export const oxygenAlone: FraudRule = {
  id: 'F43',
  title: { zh: '含氧量不随工况变化', en: 'oxygen stands while the plant moves' },
  pattern: 'companions',
  weight: 0.5,
  thresholds: [design('伴随参数的波动不低于其常见波动的', USUAL_SHARE)],
  refutation: '该时段燃烧由氧量闭环控制，氧分析仪核查合格。',
  run: ({ view, earlier }) => {
    const { o2 } = view
    if (o2 === undefined) return []
    const usual = mad(o2.filter((_, i) => view.running[i] === 1))
    return earlier('F14', OXYGEN).flatMap((hit): Hit[] => {
      const inside = mad(o2.subarray(hit.from, hit.to))
      if (!(inside < 0.3 * usual)) return []
      const moving = companions(view, undefined, hit.from, hit.to)
      if (moving.length === 0) return []
      return [
        {
          parameter: OXYGEN,
          from: hit.from,
          to: hit.to,
          weight: 0.5,
          statistic: { name: '照常变化的伴随参数', value: moving.length, unit: '个' },
          threshold: `至少 1 个伴随参数的波动达到其常见波动的 ${percent(USUAL_SHARE)}`,
          n: hit.to - hit.from,
          explanation: `含氧量停住的${spanText(view.startMs, hit.from, hit.to)}，${moving.join('、')}照常变化。`,
        },
      ]
    })
  },
}

const IMPOSSIBLE = { zero: 0.5, air: 19.8, hours: 3 } as const

/** F35: oxygen near zero or that of air while the plant burns: gas from a bottle or ambient air is being measured. */
export const oxygenImpossible: FraudRule = {
  id: 'F35',
  title: { zh: '运行中含氧量近零或近空气', en: 'oxygen of a bottle or of air while running' },
  pattern: 'oxygen-impossible',
  weight: 0.5,
  thresholds: [
    design('含氧量低于', IMPOSSIBLE.zero, '%'),
    design('或高于', IMPOSSIBLE.air, '%'),
    design('持续', IMPOSSIBLE.hours, 'h'),
  ],
  refutation: '该时段正在校准或源已停运而未作标记。',
  run: ({ view }) => {
    const { o2 } = view
    // without load or flow nobody can say that the plant was running
    if (o2 === undefined || (view.load === undefined && view.flow === undefined)) return []
    const usual = sortedFinite(o2.filter((_, i) => view.running[i] === 1))
    if (!(quantileOf(usual, 0.02) > 1.5) && !(quantileOf(usual, 0.5) > 2.5)) return []
    if (!(quantileOf(usual, 0.5) < 18.5)) return []
    const odd = (i: number) =>
      view.running[i] === 1 &&
      ((o2[i] as number) < IMPOSSIBLE.zero || (o2[i] as number) > IMPOSSIBLE.air) &&
      view.series.some(({ valid }) => valid[i] === 1)
    const runs = runsWhere(view.n, odd).filter(({ from, to }) => to - from >= IMPOSSIBLE.hours)
    return joinedStretches(runs, 24).map(({ from, to }) => ({
      parameter: OXYGEN,
      from,
      to,
      weight: 0.5,
      statistic: { name: '含氧量', value: median(o2.subarray(from, to)), unit: '%' },
      threshold: `低于 ${IMPOSSIBLE.zero}% 或高于 ${IMPOSSIBLE.air}%，源在运行，持续 ${IMPOSSIBLE.hours} 小时以上`,
      n: to - from,
      explanation: `${spanText(view.startMs, from, to)}生产在运行而含氧量为 ${shown(median(o2.subarray(from, to)))}%（平时 ${shown(quantileOf(usual, 0.5))}%），测得的像是标准气或空气，而非烟气；该时段没有校准标记。`,
    }))
  },
}
