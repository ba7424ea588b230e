import { type Dice, type Draft, dice, draftOf, indexAt, isRunning, judged, put } from './edit.ts'
import type { ProcessHours, ProcessSeries } from './outlet.ts'

/** The nine ways of making the data look better than the plant. */
export const tamperingKinds = [
  'constant',
  'clipped',
  'range-change',
  'dilution',
  'copied-days',
  'scaled',
  'time-shifted',
  'calibration-gas',
  'selective-outage',
] as const
export type TamperingKind = (typeof tamperingKinds)[number]

export const tamperingTitles: Readonly<Record<TamperingKind, string>> = {
  constant: '恒值',
  clipped: '限值以下削顶',
  'range-change': '擅改量程',
  dilution: '稀释或篡改含氧量',
  'copied-days': '复制历史日数据',
  scaled: '按比例压低',
  'time-shifted': '时间平移',
  'calibration-gas': '通标准气代替样气',
  'selective-outage': '选择性断数',
}

export interface Tampering {
  readonly kind: TamperingKind
  readonly fromMs: number
  readonly toMs: number
  /** pollutant; without it all pollutants of the outlet */
  readonly parameter?: string
  /** 1 careful, 2 plain, 3 crude */
  readonly strength: 1 | 2 | 3
  readonly seed: number
}

interface Job {
  readonly hours: Draft
  readonly series: ProcessSeries
  readonly from: number
  readonly to: number
  readonly strength: 1 | 2 | 3
  readonly dice: Dice
}

/** The hours as a plant would send them that tampers in the given way; the honest hours stay as they are. */
export function tamper(honest: ProcessHours, how: Tampering): ProcessHours {
  const hours = draftOf(honest)
  const from = indexAt(hours, how.fromMs)
  const to = indexAt(hours, how.toMs)
  const chosen = hours.series.filter(
    ({ parameter }) => parameter !== 'w01001' && (how.parameter === undefined || parameter === how.parameter),
  )
  const shared = dice(how.seed, how.kind)
  if (how.kind === 'dilution') dilute(hours, from, to, how, shared)
  if (how.kind === 'copied-days' && shared.uniform(1) < 0.5) copyShared(hours, from, to, shared)
  for (const series of chosen) {
    const job = { hours, series, from, to, strength: how.strength, dice: shared }
    overlays[how.kind]?.(job)
  }
  return hours
}

const pick = <T>(strength: 1 | 2 | 3, of: readonly [T, T, T]): T => of[strength - 1] as T

const overlays: Partial<Record<TamperingKind, (job: Job) => void>> = {
  constant({ hours, series, from, to, strength, dice }) {
    let kept = Number.NaN
    for (let i = from - 1; i >= 0 && Number.isNaN(kept); i--)
      if (isRunning(hours, series, i)) kept = series.value[i] as number
    const jitter = pick(strength, [0.006, 0.002, 0])
    for (let i = from; i < to; i++)
      if (isRunning(hours, series, i)) put(hours, series, i, kept * (1 + jitter * dice.bell(i)))
  },

  clipped({ hours, series, from, to, strength, dice }) {
    const cap = 0.93 + 0.06 * dice.uniform(2)
    const soft = pick(strength, [0.03, 0.01, 0])
    const more = raise({ hours, series, from, to }, cap, 0.3)
    for (let i = from; i < to; i++) {
      if (!isRunning(hours, series, i)) continue
      put(hours, series, i, (series.value[i] as number) * more)
      const limit = cap * (series.limit[i] as number)
      const now = judged(series, i)
      if (now <= limit) continue
      put(hours, series, i, ((series.value[i] as number) * limit * (1 - soft * dice.uniform(i))) / now)
    }
  },

  'range-change'({ hours, series, from, to, strength, dice }) {
    const saturates = dice.uniform(3) < 0.4
    const shown = dice.uniform(4) < 0.7
    const middle = medianOf(series, from, to)
    const factor = saturates
      ? (middle * 1.1) / (series.range[from] as number)
      : pick(strength, [0.7, 0.5, 0.3])
    for (let i = from; i < to; i++) {
      const range = (series.range[i] as number) * factor
      if (shown) series.range[i] = range
      if (!isRunning(hours, series, i)) continue
      const value = series.value[i] as number
      put(hours, series, i, saturates ? Math.min(value, range) : value * factor)
    }
  },

  'copied-days'({ hours, series, from, to, strength, dice }) {
    const block = 24 * (1 + Math.floor(dice.uniform(5) * 3))
    const jitter = pick(strength, [0.01, 0, 0])
    const source = from - block
    if (source < 0) return
    for (let i = from; i < to; i++) {
      const j = source + ((i - from) % block)
      if (!isRunning(hours, series, i) || !Number.isFinite(series.value[j])) continue
      put(hours, series, i, (series.value[j] as number) * (1 + jitter * dice.bell(i)))
    }
  },

  scaled({ hours, series, from, to, strength }) {
    const factor = pick(strength, [0.7, 0.5, 0.35])
    for (let i = from; i < to; i++)
      if (isRunning(hours, series, i)) put(hours, series, i, (series.value[i] as number) * factor)
  },

  'time-shifted'({ hours, series, from, to, strength, dice }) {
    const lag = pick(strength, [5, 9, 14]) + Math.floor(dice.uniform(6) * 4)
    const before = series.value.slice()
    for (let i = from; i < to; i++) {
      const value = before[i - lag]
      if (isRunning(hours, series, i) && value !== undefined && Number.isFinite(value))
        put(hours, series, i, value)
    }
  },

  'calibration-gas'({ hours, series, from, to, strength, dice }) {
    const nightsOnly = dice.uniform(7) < 0.35
    const air = dice.uniform(8) < 0.3
    const level = (series.limit[from] as number) * (0.1 + 0.4 * dice.uniform(9))
    // gas of a bottle shows the noise of the instrument and no more (outlet.ts: 0.0015 of the range)
    const noise = (series.range[from] as number) * pick(strength, [0.0015, 0.001, 0.0006])
    for (let i = from; i < to; i++) {
      const clock = Math.round((hours.startMs[i] as number) / 3_600_000 + 8) % 24
      if (nightsOnly && clock >= 6 && clock < 22) continue
      if (!isRunning(hours, series, i)) continue
      if (air && Number.isFinite(hours.o2[i])) hours.o2[i] = 0.1 + Math.abs(0.02 * dice.bell(i + 9))
      put(hours, series, i, level + noise * dice.bell(i))
    }
  },

  'selective-outage'({ hours, series, from, to, strength, dice }) {
    const cap = pick(strength, [1, 0.92, 0.85])
    const more = raise({ hours, series, from, to }, cap, 0.2)
    const mark = ['', 'D', 'M', 'B'][Math.floor(dice.uniform(10) * 4)] as string
    for (let i = from; i < to; i++) {
      if (!isRunning(hours, series, i)) continue
      put(hours, series, i, (series.value[i] as number) * more)
    }
    const over = new Set<number>()
    for (let i = from; i < to; i++)
      if (isRunning(hours, series, i) && judged(series, i) > cap * (series.limit[i] as number)) over.add(i)
    for (const i of over) {
      series.value[i] = Number.NaN
      series.converted[i] = Number.NaN
      series.mark[i] = mark
    }
  },
}

/** By how much a window has to be raised so that a share of it lies above the cap: who is well below hides nothing. */
function raise(job: Pick<Job, 'hours' | 'series' | 'from' | 'to'>, cap: number, share: number): number {
  const levels: number[] = []
  for (let i = job.from; i < job.to; i++)
    if (isRunning(job.hours, job.series, i))
      levels.push(judged(job.series, i) / (job.series.limit[i] as number))
  levels.sort((a, b) => a - b)
  const at = levels[Math.floor(levels.length * (1 - share))]
  return at === undefined || at <= 0 ? 1 : Math.max(1, cap / at)
}

function medianOf(series: ProcessSeries, from: number, to: number): number {
  const values = Array.from(series.value.subarray(from, to))
    .filter(Number.isFinite)
    .sort((a, b) => a - b)
  return values[values.length >> 1] ?? 0
}

/** Water: river water into the outlet. Air: oxygen shown lower than it is; without oxygen, fresh air into the stack. */
function dilute(hours: Draft, from: number, to: number, how: Tampering, shared: Dice): void {
  const factor = pick(how.strength, [0.65, 0.5, 0.35])
  const way = shared.uniform(11)
  for (let i = from; i < to; i++) {
    if (hours.working[i] !== 'running') continue
    const o2 = hours.o2[i] as number
    if (Number.isFinite(o2)) {
      const shift = pick(how.strength, [1.5, 2.5, 4])
      const reference = hours.series[0]?.referenceO2 ?? 6
      hours.o2[i] =
        Math.round((way < 0.7 ? Math.max(0.5, o2 - shift) : reference + 0.05 * shared.bell(i)) * 100) / 100
      for (const series of hours.series)
        if (isRunning(hours, series, i)) put(hours, series, i, series.value[i] as number)
      continue
    }
    if (way < 0.7) hours.flow[i] = Math.round((hours.flow[i] as number) / factor)
    for (const series of hours.series) {
      if (series.parameter === 'w01001' || !isRunning(hours, series, i)) continue
      put(hours, series, i, (series.value[i] as number) * factor)
    }
  }
}

/** The other columns of the copied rows: oxygen, flow, load. */
function copyShared(hours: Draft, from: number, to: number, shared: Dice): void {
  const block = 24 * (1 + Math.floor(shared.uniform(5) * 3))
  if (from < block) return
  for (let i = from; i < to; i++) {
    const j = from - block + ((i - from) % block)
    if (hours.working[i] !== 'running' || hours.working[j] !== 'running') continue
    hours.o2[i] = hours.o2[j] as number
    hours.flow[i] = hours.flow[j] as number
    if (shared.uniform(12) < 0.5) hours.load[i] = hours.load[j] as number
  }
}
