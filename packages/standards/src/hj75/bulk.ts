import { exactMean } from '../gb8170/exact-sum.ts'
import { substitutionLookback } from './substitution.ts'
import { captureRate, defaultValidHoursPerDay, hourStateCode, validMinutesPerHour } from './validity.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const MINUTES = 60

/** A marked span, epoch ms, end not included. */
export interface MarkedSpan {
  readonly fromMs: number
  readonly toMs: number
}

/**
 * Minutes of every hour that lie inside at least one of the spans: overlapping marks count once, so a chain of marks
 * of different kinds is one event. `out[i]` is the hour that starts at `startMs + i h`; it is set to 0…60. Partly
 * marked minutes count whole. Spans may come in any order.
 */
export function markedMinutes(out: Uint8Array, startMs: number, spans: readonly MarkedSpan[]): void {
  out.fill(0)
  const sorted = spans.toSorted((a, b) => a.fromMs - b.fromMs)
  const end = startMs + out.length * HOUR_MS
  let covered = startMs
  for (const { fromMs, toMs } of sorted) {
    let from = Math.max(covered, Math.floor(fromMs / MINUTE_MS) * MINUTE_MS)
    const to = Math.min(end, Math.ceil(toMs / MINUTE_MS) * MINUTE_MS)
    while (from < to) {
      const hour = Math.floor((from - startMs) / HOUR_MS)
      const stop = Math.min(to, startMs + (hour + 1) * HOUR_MS)
      out[hour] = (out[hour] as number) + (stop - from) / MINUTE_MS
      from = stop
    }
    if (to > covered) covered = to
  }
}

/**
 * States of many hours (`hourStateCode`): `value` is the hourly mean (NaN = none came), `lostMinutes` the minutes without
 * valid data for any reason (marks of the equipment, missing minutes, source stopped), `stoppedMinutes` those of them in
 * which the source stood. An hour with 16 lost minutes has 44 valid ones and is invalid; 15 cost nothing. Arrays of equal length. Returns the number of valid hours.
 */
export function validHours(
  out: Uint8Array,
  value: Float64Array,
  lostMinutes: Uint8Array,
  stoppedMinutes: Uint8Array,
): number {
  const bearable = MINUTES - validMinutesPerHour.value
  let valid = 0
  for (let i = 0; i < value.length; i++) {
    if ((stoppedMinutes[i] as number) > bearable) out[i] = hourStateCode.stopped
    else if (Number.isNaN(value[i] as number)) out[i] = hourStateCode.missing
    else if ((lostMinutes[i] as number) > bearable) out[i] = hourStateCode.invalid
    else {
      out[i] = hourStateCode.valid
      valid++
    }
  }
  return valid
}

const isValid = (state: number) => state === hourStateCode.valid || state === hourStateCode.exempt

/**
 * Daily means of whole days of 24 hours: `mean[d]` is NaN below `needed` valid hours, `count[d]` the valid hours. A
 * value counts when its state is valid or exempt and it is a number. `mean.length · 24` hours are read.
 */
export function gasDayMeans(
  mean: Float64Array,
  count: Uint8Array,
  value: Float64Array,
  state: Uint8Array,
  needed: number = defaultValidHoursPerDay,
): void {
  const hours = new Float64Array(24)
  for (let day = 0; day < mean.length; day++) {
    let n = 0
    for (let hour = 0; hour < 24; hour++) {
      const at = day * 24 + hour
      const one = isValid(state[at] as number) ? (value[at] as number) : Number.NaN
      hours[hour] = one
      if (!Number.isNaN(one)) n++
    }
    count[day] = n
    mean[day] = n >= needed ? exactMean(hours) : Number.NaN
  }
}

export interface QuarterMass {
  /** Sum of the masses of valid hours, kg. */
  readonly measuredKg: number
  /** Sum of the masses that stand in for invalid hours, kg. */
  readonly substitutedKg: number
  /** Hours that had no valid mass and got none either. */
  readonly unfilledHours: number
  /** Capture rate of the quarter, %; NaN when the source stood all the time. */
  readonly captureRate: number
}

/**
 * Fills the masses (kg) of the missing and invalid hours of one quarter, hours `from`…`to` (not included) of the
 * arrays; hours before `from` serve as look-back. `out` gets the measured mass, the substitute, 0 for stopped hours
 * and NaN where nothing may stand in (below 75 %). A gap ends at a valid or a stopped hour. `origin[i]` may name the
 * index before which the search for hour i's gap begins (table 5: the last calibration); by default the gap's start
 * (table 6). HJ 75-2017 tables 5 and 6.
 */
export function substituteQuarter(
  out: Float64Array,
  mass: Float64Array,
  state: Uint8Array,
  from: number,
  to: number,
  origin?: Int32Array,
): QuarterMass {
  const capture = captureOf(mass, state, from, to)
  let measuredKg = 0
  let substitutedKg = 0
  let unfilledHours = 0
  let i = from
  while (i < to) {
    if (state[i] === hourStateCode.stopped || hasMass(mass, state, i)) {
      const kg = state[i] === hourStateCode.stopped ? 0 : (mass[i] as number)
      out[i++] = kg
      measuredKg += kg
      continue
    }
    let end = i
    while (end < to && state[end] !== hourStateCode.stopped && !hasMass(mass, state, end)) end++
    const kg = largestBefore(mass, state, origin?.[i] ?? i, substitutionLookback(capture, end - i))
    out.fill(kg, i, end)
    if (Number.isNaN(kg)) unfilledHours += end - i
    else substitutedKg += kg * (end - i)
    i = end
  }
  return { measuredKg, substitutedKg, unfilledHours, captureRate: capture }
}

function hasMass(mass: Float64Array, state: Uint8Array, i: number): boolean {
  return isValid(state[i] as number) && !Number.isNaN(mass[i] as number)
}

function captureOf(mass: Float64Array, state: Uint8Array, from: number, to: number): number {
  let stopHours = 0
  let invalidHours = 0
  for (let i = from; i < to; i++) {
    if (state[i] === hourStateCode.stopped) stopHours++
    else if (!hasMass(mass, state, i)) invalidHours++
  }
  return captureRate({ hours: to - from, invalidHours, stopHours }).rate
}

function largestBefore(
  mass: Float64Array,
  state: Uint8Array,
  origin: number,
  lookback: number | undefined,
): number {
  if (lookback === undefined) return Number.NaN
  let found = 0
  let largest = Number.NaN
  for (let i = origin - 1; i >= 0 && found < lookback; i--) {
    if (!hasMass(mass, state, i)) continue
    found++
    const kg = mass[i] as number
    if (!(kg <= largest)) largest = kg
  }
  return largest
}
