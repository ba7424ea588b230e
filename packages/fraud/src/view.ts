import type { Extras, OutletFrame, ParameterSeries } from './frame.ts'
import { markClass, markClasses } from './mark.ts'
import { type ParameterKind, parameterOf } from './parameter.ts'
import { displayStep } from './statistics/digits.ts'
import { mad, median, picked, quantileOf, sortedFinite } from './statistics/order.ts'
import { highPass } from './statistics/rolling.ts'

/** An outlet as the rules look at it: what is running, what is valid, and on which scale it varies. Built once a scan. */
export interface OutletView {
  readonly outlet: string
  readonly medium: 'air' | 'water'
  readonly startMs: Float64Array
  readonly n: number
  /** undefined where (nearly) nothing is known */
  readonly load: Float64Array | undefined
  readonly flow: Float64Array | undefined
  readonly o2: Float64Array | undefined
  /** the columns less their surroundings of ±36 h (logarithm of load and flow), working hours only */
  readonly fast: Readonly<Record<'load' | 'flow' | 'o2', Float64Array | undefined>>
  /** 1 where the source works, by marks, load and flow */
  readonly running: Uint8Array
  readonly series: readonly SeriesView[]
  readonly extras: Extras
}

export interface SeriesView {
  readonly parameter: string
  readonly zh: string
  readonly key: string
  readonly kind: ParameterKind
  readonly source: ParameterSeries
  readonly value: Float64Array
  /** what the limit is compared with: converted where given, else the value */
  readonly judged: Float64Array
  /** class of the mark by hour, see mark.ts */
  readonly marks: Uint8Array
  /** 1 where the source works, the hour is unmarked and there is a value */
  readonly valid: Uint8Array
  readonly limit: Float64Array
  readonly range: Float64Array
  /** smallest difference that the instrument shows, 0 when finer than 0.0001 */
  readonly step: number
  /** median of the valid values */
  readonly middle: number
  /** positions of the valid hours, ascending */
  readonly at: Int32Array
  /** ln(value), floored, of the valid hours (linear for oxygen, pH and the like); same length as `at` */
  readonly y: Float64Array
  /** the same less its surroundings of ±36 h, on the grid of the frame; NaN where not valid */
  readonly fast: Float64Array
  readonly logarithmic: boolean
}

const KNOWN_SHARE = 0.3
/** A source below this share of its usual load or flow does not work. */
const IDLE_SHARE = 0.06
/** Where neither load nor flow is known, air in the duct says that nothing burns. */
const IDLE_O2 = 19.5
const USUAL_O2 = 18
const HIGH_PASS_HALF = 36

export function viewOf(frame: OutletFrame): OutletView {
  const n = frame.startMs.length
  const load = together(frame.parameters, 'load', n)
  const flow = together(frame.parameters, 'flow', n)
  const o2 = together(frame.parameters, 'o2', n)
  const marks = frame.parameters.map((series) => marksOf(series, n))
  const running = runningOf(n, marks, { load, flow, o2 })
  const series = frame.parameters.map((each, k) =>
    seriesView(each, marks[k] ?? new Uint8Array(n), running, n),
  )
  return {
    outlet: frame.outlet,
    medium: frame.medium,
    startMs: frame.startMs,
    n,
    load,
    flow,
    o2,
    fast: {
      load: load && fastColumn(running, load, true),
      flow: flow && fastColumn(running, flow, true),
      o2: o2 && fastColumn(running, o2, false),
    },
    running,
    series,
    extras: frame.extras ?? {},
  }
}

/** The column of the outlet: the first finite number among its parameters in each hour. */
function together(
  parameters: readonly ParameterSeries[],
  column: 'load' | 'flow' | 'o2',
  n: number,
): Float64Array | undefined {
  const result = new Float64Array(n).fill(Number.NaN)
  let known = 0
  for (let i = 0; i < n; i++)
    for (const series of parameters) {
      const v = series[column][i]
      if (v === undefined || !Number.isFinite(v)) continue
      result[i] = v
      known++
      break
    }
  return known > KNOWN_SHARE * n ? result : undefined
}

function marksOf(series: ParameterSeries, n: number): Uint8Array {
  const result = new Uint8Array(n)
  for (let i = 0; i < n; i++) result[i] = markClass(series.mark[i] ?? '')
  return result
}

function runningOf(
  n: number,
  marks: readonly Uint8Array[],
  { load, flow, o2 }: Pick<OutletView, 'load' | 'flow' | 'o2'>,
): Uint8Array {
  const running = new Uint8Array(n).fill(1)
  for (const each of marks) for (let i = 0; i < n; i++) if (each[i] === markClasses.stopped) running[i] = 0
  if (load === undefined && flow === undefined && o2 !== undefined && median(o2) < USUAL_O2)
    for (let i = 0; i < n; i++) if ((o2[i] as number) > IDLE_O2) running[i] = 0
  for (const column of [load, flow]) {
    if (column === undefined) continue
    const idle = IDLE_SHARE * quantileOf(sortedFinite(column), 0.9)
    for (let i = 0; i < n; i++) if ((column[i] as number) <= idle) running[i] = 0
  }
  return running
}

function seriesView(source: ParameterSeries, marks: Uint8Array, running: Uint8Array, n: number): SeriesView {
  const { zh, key, kind } = parameterOf(source.parameter)
  const converted = lengthened(source.converted, n)
  const value = measuredOr(lengthened(source.value, n), converted)
  const judged = value.slice()
  const valid = new Uint8Array(n)
  const positions: number[] = []
  for (let i = 0; i < n; i++) {
    if (Number.isFinite(converted[i])) judged[i] = converted[i] as number
    const usable = marks[i] === markClasses.none || marks[i] === markClasses.overRange
    if (!(running[i] === 1 && usable && Number.isFinite(value[i]))) continue
    valid[i] = 1
    positions.push(i)
  }
  const at = Int32Array.from(positions)
  const usable = picked(value, at)
  const middle = median(usable)
  const step = displayStep(usable)
  const logarithmic = kind === 'pollutant' || kind === 'flow'
  const floor = Math.max(0.05 * middle, Math.min(2 * step, 0.3 * middle), 1e-9)
  const y = logarithmic ? usable.map((v) => Math.log(Math.max(v, floor))) : usable
  return {
    parameter: source.parameter,
    zh,
    key,
    kind,
    source,
    value,
    judged,
    marks,
    valid,
    limit: lengthened(source.limit, n),
    range:
      typeof source.range === 'number' ? new Float64Array(n).fill(source.range) : lengthened(source.range, n),
    step,
    middle,
    at,
    y,
    fast: fastOf(y, at, n),
    logarithmic,
  }
}

/** Who sends converted values only is read by those. */
function measuredOr(value: Float64Array, converted: Float64Array): Float64Array {
  return value.some(Number.isFinite) ? value : converted
}

function lengthened(values: Float64Array, n: number): Float64Array {
  if (values.length === n) return values
  const result = new Float64Array(n).fill(Number.NaN)
  result.set(values.subarray(0, n))
  return result
}

/** What moves within days; single far points are drawn in so that they do not pull their surroundings. */
function fastOf(y: Float64Array, at: Int32Array, n: number): Float64Array {
  const grid = new Float64Array(n).fill(Number.NaN)
  const middle = median(y)
  const far = 6 * mad(y)
  for (let k = 0; k < at.length; k++)
    grid[at[k] as number] =
      far > 0 ? Math.max(middle - far, Math.min(middle + far, y[k] as number)) : (y[k] as number)
  return highPass(grid, HIGH_PASS_HALF)
}

/** A column of the outlet (load, oxygen, flow) seen as a series of its own: values of working hours. */
export function columnView(view: OutletView, column: Float64Array, parameter: string): SeriesView {
  const blank = new Float64Array(view.n).fill(Number.NaN)
  const source: ParameterSeries = {
    parameter,
    value: column,
    converted: blank,
    o2: blank,
    flow: blank,
    load: blank,
    mark: [],
    limit: blank,
    range: Number.NaN,
  }
  return seriesView(source, new Uint8Array(view.n), view.running, view.n)
}

/** The column less its surroundings, NaN when the source does not work; logarithm for flow and load. */
function fastColumn(running: Uint8Array, column: Float64Array, logarithmic: boolean): Float64Array {
  const grid = new Float64Array(column.length).fill(Number.NaN)
  for (let i = 0; i < column.length; i++) {
    const v = column[i] as number
    if (running[i] === 1 && Number.isFinite(v) && (!logarithmic || v > 0))
      grid[i] = logarithmic ? Math.log(v) : v
  }
  return highPass(grid, HIGH_PASS_HALF)
}
