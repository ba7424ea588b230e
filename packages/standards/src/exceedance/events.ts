import { overLimitMultiple } from './multiple.ts'

const HOUR_MS = 3_600_000

/** One exceedance: consecutive exceeding hours of one factor of one outlet against one limit. */
export interface ExceedanceEvent {
  readonly fromMs: number
  /** End of the last exceeding hour, epoch ms, not included. */
  readonly toMs: number
  readonly hours: number
  /** The value that is farthest from the limit; for pH it may lie below the range. */
  readonly maxValue: number
  readonly maxAtMs: number
  readonly limit: number
  /** (C − L)/L of the farthest value; NaN for pH and for a limit of 0. */
  readonly multiple: number
  /** Positions of the hours in the columns: from them come the ids of the samples. */
  readonly indices: readonly number[]
}

export interface EventColumns {
  readonly startMs: Float64Array
  readonly value: Float64Array
  readonly limit: Float64Array | number
  readonly min?: number
  /** 1 = exceeds, as `judgeHours` marks it. */
  readonly exceeds: Uint8Array
}

/**
 * Merges consecutive exceeding hours into events. An hour that does not exceed, is missing or not valid, a gap in time,
 * and a change of the limit each end an event. Also for days with `stepMs` of a day.
 */
export function exceedanceEvents(columns: EventColumns, stepMs = HOUR_MS): readonly ExceedanceEvent[] {
  const { startMs, exceeds } = columns
  const events: ExceedanceEvent[] = []
  let run: number[] = []
  for (let i = 0; i < exceeds.length; i++) {
    if (exceeds[i] !== 1) continue
    const last = run.at(-1)
    const follows =
      last !== undefined &&
      last === i - 1 &&
      (startMs[i] as number) - (startMs[last] as number) === stepMs &&
      limitAt(columns, i) === limitAt(columns, last)
    if (!follows && run.length > 0) {
      events.push(eventOf(columns, run, stepMs))
      run = []
    }
    run.push(i)
  }
  if (run.length > 0) events.push(eventOf(columns, run, stepMs))
  return events
}

function limitAt({ limit }: EventColumns, index: number): number {
  return typeof limit === 'number' ? limit : (limit[index] as number)
}

function eventOf(columns: EventColumns, indices: readonly number[], stepMs: number): ExceedanceEvent {
  const { startMs, value, min } = columns
  const first = indices[0] as number
  const last = indices.at(-1) as number
  const limit = limitAt(columns, first)
  let worst = first
  for (const index of indices)
    if (distance(value[index] as number, limit, min) > distance(value[worst] as number, limit, min))
      worst = index
  const maxValue = value[worst] as number
  return {
    fromMs: startMs[first] as number,
    toMs: (startMs[last] as number) + stepMs,
    hours: Math.round((indices.length * stepMs) / HOUR_MS),
    maxValue,
    maxAtMs: startMs[worst] as number,
    limit,
    multiple: min === undefined ? overLimitMultiple(maxValue, limit) : Number.NaN,
    indices,
  }
}

function distance(value: number, limit: number, min: number | undefined): number {
  return min === undefined ? value - limit : Math.max(value - limit, min - value)
}

/**
 * Exceedance days within the last `window` civil days at each day (30-day cumulative): `exceeds[d]` is 1 where day d
 * exceeds. A rolling sum; days before the first count as none.
 */
export function cumulativeExceedanceDays(exceeds: Uint8Array, window = 30): Uint16Array {
  const out = new Uint16Array(exceeds.length)
  let sum = 0
  for (let day = 0; day < exceeds.length; day++) {
    sum += exceeds[day] as number
    if (day >= window) sum -= exceeds[day - window] as number
    out[day] = sum
  }
  return out
}
