import { HOUR_MS } from '../calendar.ts'
import { bell, stream, uniform } from '../chance.ts'
import { AIR_O2, convert, type ProcessHours, type ProcessSeries, rounded } from './outlet.ts'

/** Hours that may be written: a copy of a process with the same shape. */
export interface Draft extends ProcessHours {
  readonly series: readonly ProcessSeries[]
}

export function draftOf(hours: ProcessHours): Draft {
  return {
    ...hours,
    load: hours.load.slice(),
    o2: hours.o2.slice(),
    flow: hours.flow.slice(),
    temperature: hours.temperature.slice(),
    working: hours.working.slice(),
    series: hours.series.map((each) => ({
      ...each,
      value: each.value.slice(),
      converted: each.converted.slice(),
      mark: each.mark.slice(),
      limit: each.limit.slice(),
      range: each.range.slice(),
    })),
  }
}

/** Index of the first hour at or after the time. */
export function indexAt(hours: ProcessHours, ms: number): number {
  const first = hours.startMs[0] ?? ms
  return Math.min(hours.startMs.length, Math.max(0, Math.ceil((ms - first) / HOUR_MS)))
}

export function isRunning(hours: ProcessHours, series: ProcessSeries, i: number): boolean {
  return hours.working[i] === 'running' && series.mark[i] === '' && Number.isFinite(series.value[i])
}

/** Writes a measured value as the instrument would show it, and the converted value that follows from it. */
export function put(hours: ProcessHours, series: ProcessSeries, i: number, value: number): void {
  series.value[i] = rounded(Math.max(0, value), series.step)
  series.converted[i] = convert(
    series.value[i] as number,
    hours.o2[i] as number,
    series.referenceO2,
    series.step,
  )
}

/** Writes what is measured when the value that the limit is compared with is `aim`. */
export function putJudged(hours: ProcessHours, series: ProcessSeries, i: number, aim: number): void {
  const { referenceO2 } = series
  const o2 = hours.o2[i] as number
  put(hours, series, i, referenceO2 === undefined ? aim : (aim * (AIR_O2 - o2)) / (AIR_O2 - referenceO2))
}

/** The value that the limit is compared with. */
export function judged(series: ProcessSeries, i: number): number {
  const converted = series.converted[i] as number
  return Number.isFinite(converted) ? converted : (series.value[i] as number)
}

export interface Dice {
  uniform(index: number): number
  bell(index: number): number
}

export function dice(seed: number, name: string): Dice {
  const of = stream(seed, name)
  return { uniform: (index) => uniform(of, index), bell: (index) => bell(of, index) }
}
