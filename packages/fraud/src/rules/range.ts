import { percent, shown, spanText } from '../explain.ts'
import { HOUR_MS } from '../frame.ts'
import { markClasses } from '../mark.ts'
import { design, type FraudRule, type Hit } from '../rule.ts'
import { median, quantileOf, sortedFinite } from '../statistics/order.ts'
import type { OutletView, SeriesView } from '../view.ts'
import { joined, type Stretch } from '../windows.ts'

/** Settings of the instrument: full scale and the like, and what a change of them did to the values. */

export interface RangeChange extends Stretch {
  readonly before: number
  readonly after: number
}

/** Stretches from a change of the full scale to the next change (or the end). */
export function rangeChanges(range: Float64Array): RangeChange[] {
  const n = range.length
  const changes: { at: number; before: number; after: number }[] = []
  let last = Number.NaN
  for (let i = 0; i < n; i++) {
    const now = range[i] as number
    if (!Number.isFinite(now)) continue
    if (Number.isFinite(last) && Math.abs(now - last) > 1e-3 * Math.abs(last))
      changes.push({ at: i, before: last, after: now })
    last = now
  }
  return changes.map(({ at, before, after }, k) => ({
    from: at,
    to: changes[k + 1]?.at ?? n,
    before,
    after,
  }))
}

const TICKET_HOURS = 24
const TICKET_LEAST = 2

/** A ticket of the operator company, or at least two hours in a row marked as work on the instrument, within ±24 h. */
function ticketed(view: OutletView, series: SeriesView, position: number): boolean {
  const ms = view.startMs[position] as number
  const reach = TICKET_HOURS * HOUR_MS
  const tickets = view.extras.tickets ?? []
  if (
    tickets.some(
      (t) =>
        t.fromMs - reach <= ms &&
        ms <= t.toMs + reach &&
        (t.parameter ?? series.parameter) === series.parameter,
    )
  )
    return true
  let run = 0
  for (let i = Math.max(0, position - TICKET_HOURS); i < Math.min(view.n, position + TICKET_HOURS); i++) {
    run = series.marks[i] === markClasses.equipment ? run + 1 : 0
    if (run >= TICKET_LEAST) return true
  }
  return false
}

export const parameterChange: FraudRule = {
  id: 'F22',
  title: { zh: '无工单改参数', en: 'parameter changed without a ticket' },
  pattern: 'parameters',
  weight: 0.5,
  thresholds: [design('前后多少小时内应有运维记录', TICKET_HOURS, 'h')],
  refutation: '该次改动有运维工单、审批或备案，前后比对合格。',
  run: ({ view }) => [
    ...view.series.flatMap((series) => columnChanges(view, series)),
    ...reportedChanges(view),
  ],
}

function columnChanges(view: OutletView, series: SeriesView): Hit[] {
  const changes = rangeChanges(series.range)
  let returned = Number.NaN
  return changes.flatMap((change, k) => {
    // coming back to the old value ends the first change, it is not a second one
    if (change.after === returned) return []
    returned = changes[k + 1] === undefined ? Number.NaN : change.before
    if (ticketed(view, series, change.from)) return []
    return [
      {
        parameter: series.parameter,
        from: change.from,
        to: change.to,
        weight: 0.5,
        statistic: { name: '量程', value: change.after },
        threshold: `量程改变而前后 ${TICKET_HOURS} 小时内无运维记录`,
        n: change.to - change.from,
        explanation: `${series.zh}的量程在${spanText(view.startMs, change.from, change.from + 1).split('至')[0]}由 ${shown(change.before)} 改为 ${shown(change.after)}，前后 24 小时没有运维记录或仪器维护标记${change.to < view.n ? `，其后又改为 ${shown(changes[k + 1]?.after ?? change.before)}` : ''}。`,
        hours: [change.from],
      },
    ]
  })
}

function reportedChanges(view: OutletView): Hit[] {
  return (view.extras.parameterChanges ?? []).flatMap((change) => {
    const position = Math.floor((change.atMs - (view.startMs[0] as number)) / HOUR_MS)
    if (!(position >= 0 && position < view.n)) return []
    const series = view.series.find(({ parameter }) => parameter === change.parameter)
    if (series !== undefined && ticketed(view, series, position)) return []
    return [
      {
        parameter: change.parameter,
        from: position,
        to: position + 1,
        weight: 0.5,
        statistic: { name: change.item, value: change.after },
        threshold: `参数改变而前后 ${TICKET_HOURS} 小时内无运维记录`,
        n: 1,
        explanation: `${series?.zh ?? change.parameter}的${change.item}由 ${shown(change.before)} 改为 ${shown(change.after)}，前后 24 小时没有运维记录。`,
      },
    ]
  })
}

/** More changes than this in a year: an instrument with two ranges that switches by itself. */
const SWITCHES_PER_YEAR = 12

/** F46: the full scale is changed and later set back, both times without a ticket. */
export const rangeReturned: FraudRule = {
  id: 'F46',
  title: { zh: '量程改动后又改回', en: 'full scale changed and set back' },
  pattern: 'range-return',
  weight: 0.4,
  thresholds: [design('一年内改动超过此数视为双量程自动切换', SWITCHES_PER_YEAR, '次')],
  refutation: '仪器为双量程自动切换，或两次改动都有运维工单。',
  run: ({ view }) =>
    view.series.flatMap((series) => {
      const changes = rangeChanges(series.range)
      if (changes.length > Math.max(4, (SWITCHES_PER_YEAR * view.n) / 8760)) return []
      return changes.flatMap((change, k): Hit[] => {
        const back = changes[k + 1]
        if (back === undefined || Math.abs(back.after - change.before) > 1e-3 * change.before) return []
        if (ticketed(view, series, change.from) || ticketed(view, series, back.from)) return []
        return [
          {
            parameter: series.parameter,
            from: change.from,
            to: back.from,
            weight: 0.4,
            statistic: { name: '改动期间的量程', value: change.after },
            threshold: '改动又改回，两次均无运维记录',
            n: back.from - change.from,
            explanation: `${series.zh}的量程在${spanText(view.startMs, change.from, back.from)}由 ${shown(change.before)} 改为 ${shown(change.after)}，其后又改回 ${shown(back.after)}，两次都没有运维记录。`,
          },
        ]
      })
    }),
}

const EFFECT = { hours: 72, tolerance: 0.25, least: 0.18, saturated: 0.05 } as const

/** F38: after a change of the full scale the values moved with it, or stand at the new full scale. */
export const rangeEffect: FraudRule = {
  id: 'F38',
  title: { zh: '数值随量程改变', en: 'values moved with the full scale' },
  pattern: 'range-effect',
  weight: 0.5,
  thresholds: [
    design('数值变化与量程变化（对数）之差不大于', EFFECT.tolerance),
    design('或停在新量程上的占比不低于', EFFECT.saturated),
  ],
  refutation: '量程切换前后用标准气核查，示值误差合格。',
  run: ({ view }) =>
    view.series.flatMap((series) =>
      series.kind !== 'pollutant'
        ? []
        : rangeChanges(series.range).flatMap((change) => effectOf(view, series, change)),
    ),
}

function effectOf(view: OutletView, series: SeriesView, change: RangeChange): Hit[] {
  if (ticketed(view, series, change.from)) return []
  const valid = (from: number, to: number) => {
    const kept: number[] = []
    for (let i = Math.max(0, from); i < Math.min(view.n, to); i++)
      if (series.valid[i] === 1) kept.push(series.value[i] as number)
    return Float64Array.from(kept).sort()
  }
  const before = valid(change.from - EFFECT.hours, change.from)
  const after = valid(change.from, Math.min(change.to, change.from + EFFECT.hours))
  const whole = valid(change.from, change.to)
  if (before.length < 6 || after.length < 4) return []
  const moved = Math.log(quantileOf(after, 0.5) / quantileOf(before, 0.5))
  const asked = Math.log(change.after / change.before)
  const saturated = whole.filter((v) => v >= 0.995 * change.after).length / whole.length
  const along =
    Math.abs(moved) >= EFFECT.least && moved * asked > 0 && Math.abs(moved - asked) <= EFFECT.tolerance
  if (!along && saturated < EFFECT.saturated) return []
  return [
    {
      parameter: series.parameter,
      from: change.from,
      to: change.to,
      weight: 0.5,
      statistic: along
        ? { name: '数值之比', value: Math.exp(moved) }
        : { name: '停在新量程上的占比', value: saturated },
      threshold: along
        ? `与量程之比相差（对数）不大于 ${EFFECT.tolerance}`
        : `不低于 ${percent(EFFECT.saturated)}`,
      n: whole.length,
      explanation: along
        ? `${series.zh}的量程由 ${shown(change.before)} 改为 ${shown(change.after)}（${percent(change.after / change.before)}）后，数值随即变为原来的 ${percent(Math.exp(moved))}；浓度不应随量程设置而变。`
        : `${series.zh}的量程改为 ${shown(change.after)} 后，${percent(saturated)} 的小时停在新量程上，更高的浓度无从显示。`,
    },
  ]
}

const MISMATCH = { p95: 0.05, overLimit: 1.5, days: 720 } as const

export const rangeMismatch: FraudRule = {
  id: 'F24',
  title: { zh: '量程不当', en: 'range mismatch' },
  pattern: 'range',
  weight: 0.2,
  thresholds: [
    design('30 天第 95 百分位低于量程的', MISMATCH.p95),
    design('或量程低于限值的', MISMATCH.overLimit, '倍'),
  ],
  refutation: '量程按 HJ 75 选定并经验收，或有双量程。',
  run: ({ view }) =>
    view.series.flatMap((series) => {
      if (series.kind !== 'pollutant') return []
      const found: (Stretch & { share: number; limit: number; range: number; low: boolean })[] = []
      for (let from = 0; from + MISMATCH.days <= view.n; from += MISMATCH.days / 2) {
        const to = from + MISMATCH.days
        const range = median(series.range.subarray(from, to))
        const limit = median(series.limit.subarray(from, to))
        const valid = sortedFinite(
          series.value.subarray(from, to).map((v, k) => (series.valid[from + k] === 1 ? v : Number.NaN)),
        )
        if (!(range > 0) || valid.length < 240) continue
        const share = quantileOf(valid, 0.95) / range
        const narrow = range < MISMATCH.overLimit * limit
        if (narrow || share < MISMATCH.p95) found.push({ from, to, share, limit, range, low: !narrow })
      }
      return joined(found, 0, (a, b) => ({ ...a, to: Math.max(a.to, b.to) })).map(
        ({ from, to, share, limit, range, low }) => ({
          parameter: series.parameter,
          from,
          to,
          weight: low && series.middle < 0.05 * limit ? 0.1 : 0.2,
          statistic: { name: '第 95 百分位与量程之比', value: share },
          threshold: low ? `低于 ${percent(MISMATCH.p95)}` : `量程低于限值的 ${MISMATCH.overLimit} 倍`,
          n: to - from,
          explanation: low
            ? `${series.zh}在${spanText(view.startMs, from, to)}的第 95 百分位仅为量程 ${shown(range)} 的 ${percent(share)}，量程过大，读数不准。`
            : `${series.zh}的量程 ${shown(range)} 低于限值 ${shown(limit)} 的 ${MISMATCH.overLimit} 倍，超限浓度可能无从显示。`,
        }),
      )
    }),
}
