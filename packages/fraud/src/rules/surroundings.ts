import { markClasses } from '../mark.ts'
import { mad, median } from '../statistics/order.ts'
import type { OutletView, SeriesView } from '../view.ts'

/** What lies around a window or an edge: the level before and after, the flow, the load, work on the instrument. */

/** Hours around an edge in which a mark of the instrument explains a new level. */
const MARK_REACH = 4

/** At least two marked hours of the instrument near the position: somebody worked on it, and said so. */
export function workedOn(series: SeriesView, position: number, reach = MARK_REACH): boolean {
  let marked = 0
  for (let i = Math.max(0, position - reach); i < Math.min(series.marks.length, position + reach); i++)
    if (series.marks[i] === markClasses.equipment || series.marks[i] === markClasses.missing) marked++
  return marked >= 2
}

/** Level inside less the level around (as many hours on both sides, at least a day). */
export function insideAgainstAround(level: Float64Array, dip: { from: number; to: number }): number {
  const side = Math.max(24, Math.min(240, dip.to - dip.from))
  const around = [
    ...level.subarray(Math.max(0, dip.from - side), dip.from),
    ...level.subarray(dip.to, Math.min(level.length, dip.to + side)),
  ]
  return median(level.subarray(dip.from, dip.to)) - median(Float64Array.from(around))
}

/** ln of the flow inside against around, less what the load did. */
export function flowRises(view: OutletView, from: number, to: number): number {
  const { flow, load } = view
  if (flow === undefined) return 0
  const side = Math.max(24, Math.min(168, to - from))
  const level = (column: Float64Array): number => {
    const log = (values: Float64Array) => median(values.map((v) => (v > 0 ? Math.log(v) : Number.NaN)))
    const around = Float64Array.from([
      ...column.subarray(Math.max(0, from - side), from),
      ...column.subarray(to, to + side),
    ])
    const rise = log(column.subarray(from, to)) - log(around)
    return Number.isFinite(rise) ? rise : 0
  }
  return level(flow) - (load === undefined ? 0 : level(load))
}

const knownSteps = new WeakMap<OutletView, { steps: Float64Array; usual: number }>()

/** Changes from hour to hour of ln(flow ÷ load), and their usual size. */
function flowSteps(view: OutletView, flow: Float64Array): { steps: Float64Array; usual: number } {
  const known = knownSteps.get(view)
  if (known !== undefined) return known
  const log = flow.map((v, i) => {
    const load = view.load?.[i] ?? 1
    return v > 0 && load > 0 ? Math.log(v / load) : Number.NaN
  })
  const steps = log.map((v, i) => (i === 0 ? Number.NaN : v - (log[i - 1] as number)))
  const made = { steps, usual: mad(steps) }
  knownSteps.set(view, made)
  return made
}

/** Flow (less load) jumps up at the start and down at the end by much more than from hour to hour. */
export function abruptFlow(view: OutletView, from: number, to: number): boolean {
  if (view.flow === undefined) return false
  const { steps, usual } = flowSteps(view, view.flow)
  const most = (at: number, sign: number) => {
    let best = 0
    for (let i = at - 3; i <= at + 3; i++) best = Math.max(best, sign * (steps[i] ?? 0) || 0)
    return best
  }
  return most(from, 1) > Math.max(0.15, 4 * usual) && most(to, -1) > Math.max(0.15, 4 * usual)
}

/** Load or flow change by more than 10 % or oxygen by more than 1 point at the position (F06 of the public lists). */
export function loadJumps(view: OutletView, position: number): boolean {
  const { load, flow, o2 } = view
  const column = load ?? flow
  const a = column?.[position - 1]
  const b = column?.[position]
  if (a !== undefined && b !== undefined && a > 0 && Math.abs(b / a - 1) > 0.1) return load !== undefined
  const [c, d] = [o2?.[position - 1], o2?.[position]]
  return c !== undefined && d !== undefined && Math.abs(d - c) > 1 && column === undefined
}
