import { dice, draftOf, indexAt, isRunning, judged, put } from './edit.ts'
import type { ProcessHours, ProcessSeries } from './outlet.ts'

/** Honest operation that looks doubtful at first sight. Gas boilers near zero need no overlay: they are a sector. */
export const lookAlikes = [
  'long-shutdown',
  'low-load',
  'good-control',
  'rain-dilution',
  'replacement',
  'outage',
  'seasonal-change',
] as const
export type LookAlike = (typeof lookAlikes)[number]

export interface Episode {
  readonly kind: LookAlike
  readonly fromMs: number
  readonly toMs: number
  readonly seed: number
}

/** The hours with an honest episode laid over them; the given hours stay as they are. */
export function lookAlike(honest: ProcessHours, { kind, fromMs, toMs, seed }: Episode): ProcessHours {
  const hours = draftOf(honest)
  const from = indexAt(hours, fromMs)
  const to = indexAt(hours, toMs)
  const draw = dice(seed, kind)
  const length = Math.max(1, to - from)
  switch (kind) {
    case 'long-shutdown':
      for (let i = from; i < to; i++) {
        hours.working[i] = 'stopped'
        hours.load[i] = 0
        hours.flow[i] = 0
        if (Number.isFinite(hours.o2[i])) hours.o2[i] = Math.round((20.8 + 0.05 * draw.bell(i)) * 100) / 100
        for (const series of hours.series) {
          series.mark[i] = 'F'
          put(hours, series, i, (series.range[i] as number) * 0.002 * (1 + draw.bell(i)))
        }
      }
      return hours
    case 'low-load':
      for (let i = from; i < to; i++) {
        if (hours.working[i] !== 'running') continue
        const before = hours.load[i] as number
        const now = 28 + (before - 28) * 0.12
        hours.load[i] = Math.round(now * 10) / 10
        hours.flow[i] =
          Math.round((hours.flow[i] as number) * (0.22 + 0.0078 * now)) / (0.22 + 0.0078 * before)
        if (Number.isFinite(hours.o2[i]))
          hours.o2[i] = Math.round(((hours.o2[i] as number) + 1.8) * 100) / 100
        for (const series of hours.series)
          if (isRunning(hours, series, i))
            put(hours, series, i, (series.value[i] as number) * (now / before) ** 0.5)
      }
      return hours
    case 'good-control':
      // the same movements, but only a third of them, about a set point: the treatment follows, the noise stays
      for (const series of hours.series) {
        if (series.parameter === 'w01001') continue
        const middle = middleOf(hours, series, from, to)
        const aim = Math.min((series.limit[from] as number) * (0.5 + 0.35 * draw.uniform(1)), middle * 2)
        for (let i = from; i < to; i++) {
          if (!isRunning(hours, series, i)) continue
          const away = Math.log(Math.max(judged(series, i), 1e-3 * middle) / middle)
          const wanted = aim * Math.exp(0.33 * away) * (1 + 0.01 * draw.bell(i))
          put(hours, series, i, ((series.value[i] as number) * wanted) / Math.max(judged(series, i), 1e-9))
        }
      }
      return hours
    case 'rain-dilution':
      for (let i = from; i < to; i++) {
        const part = (i - from) / length
        const rain = part < 0.15 ? part / 0.15 : Math.exp(-3.5 * (part - 0.15))
        const more = 1 + 1.1 * rain
        hours.flow[i] = Math.round((hours.flow[i] as number) * more * 10) / 10
        for (const series of hours.series)
          if (series.parameter !== 'w01001' && isRunning(hours, series, i))
            put(hours, series, i, (series.value[i] as number) * more ** -0.75)
      }
      return hours
    case 'replacement': {
      const series = hours.series[Math.floor(draw.uniform(2) * hours.series.length)]
      if (series === undefined) return hours
      const bias = 0.8 + 0.3 * draw.uniform(3)
      for (let i = from; i < hours.startMs.length; i++) {
        series.range[i] = (series.range[i] as number) * 0.5
        if (i < from + 30) {
          series.mark[i] = i < from + 26 ? 'M' : 'C'
          series.value[i] = Number.NaN
          series.converted[i] = Number.NaN
        } else if (isRunning(hours, series, i)) {
          put(hours, series, i, Math.min((series.value[i] as number) * bias, series.range[i] as number))
        }
      }
      return hours
    }
    case 'outage': {
      const whole = draw.uniform(4) < 0.5
      const mark = draw.uniform(5) < 0.5 ? 'B' : 'D'
      const only = Math.floor(draw.uniform(6) * hours.series.length)
      for (let i = from; i < to; i++)
        for (const [index, series] of hours.series.entries()) {
          if (!whole && index !== only) continue
          series.value[i] = Number.NaN
          series.converted[i] = Number.NaN
          series.mark[i] = mark
        }
      return hours
    }
    case 'seasonal-change': {
      const target = 0.6 + 0.75 * draw.uniform(7)
      const ramp = Math.min(length, 24 * 30)
      for (const series of hours.series) {
        if (series.parameter === 'w01001') continue
        for (let i = from; i < hours.startMs.length; i++) {
          const grown = Math.min(1, (i - from) / ramp)
          if (isRunning(hours, series, i))
            put(hours, series, i, (series.value[i] as number) * (1 + (target - 1) * grown))
        }
      }
      return hours
    }
  }
}

function middleOf(hours: ProcessHours, series: ProcessSeries, from: number, to: number): number {
  const levels: number[] = []
  for (let i = from; i < to; i++) if (isRunning(hours, series, i)) levels.push(judged(series, i))
  levels.sort((a, b) => a - b)
  return levels[levels.length >> 1] ?? 1
}
