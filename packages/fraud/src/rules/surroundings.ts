import { takenAway } from '../mark.ts'
import { remembered } from '../remembered.ts'
import { mad, median } from '../statistics/order.ts'
import { differences } from '../statistics/rolling.ts'
import type { OutletView, SeriesView } from '../view.ts'
import type { Stretch } from '../windows.ts'

/** What lies around a window or an edge: the level before and after, the flow, the load, work on the instrument. */

/** Hours around an edge in which a mark of the instrument explains a new level. */
const MARK_REACH = 4

/** At least two marked hours of the instrument near the position: somebody worked on it, and said so. */
export function workedOn(series: SeriesView, position: number, reach = MARK_REACH): boolean {
  let marked = 0
  for (let i = Math.max(0, position - reach); i < Math.min(series.marks.length, position + reach); i++)
    if (takenAway(series.marks[i])) marked++
  return marked >= 2
}

/** Median of ln(value) inside a window less that around it (as many hours on both sides, a day to a week). */
export function logShift(
  values: Float64Array,
  { from, to }: Stretch,
  counts: (i: number) => boolean = () => true,
): number {
  const side = Math.max(24, Math.min(168, to - from))
  const logs = (a: number, b: number) => {
    const kept: number[] = []
    for (let i = Math.max(0, a); i < Math.min(values.length, b); i++)
      if (counts(i) && (values[i] as number) > 0) kept.push(Math.log(values[i] as number))
    return kept
  }
  return (
    median(Float64Array.from(logs(from, to))) -
    median(Float64Array.from([...logs(from - side, from), ...logs(to, to + side)]))
  )
}

/** ln of the flow inside against around, less what the load did. */
export function flowRises(view: OutletView, window: Stretch): number {
  const rise = (column: Float64Array | undefined): number => {
    const shift = column === undefined ? 0 : logShift(column, window)
    return Number.isFinite(shift) ? shift : 0
  }
  return view.flow === undefined ? 0 : rise(view.flow) - rise(view.load)
}

/** Changes from hour to hour of ln(flow ÷ load), and their usual size. */
const flowSteps = remembered((view: OutletView, flow: Float64Array) => {
  const steps = differences(
    flow.map((v, i) => {
      const load = view.load?.[i] ?? 1
      return v > 0 && load > 0 ? Math.log(v / load) : Number.NaN
    }),
  )
  return { steps, usual: mad(steps) }
})

/** Flow (less load) jumps up at the start and down at the end by much more than from hour to hour. */
export function abruptFlow(view: OutletView, { from, to }: Stretch): boolean {
  if (view.flow === undefined) return false
  const { steps, usual } = flowSteps(view, view.flow)
  const most = (at: number, sign: number) => {
    let best = 0
    for (let i = at - 3; i <= at + 3; i++) best = Math.max(best, sign * (steps[i] ?? 0) || 0)
    return best
  }
  return most(from, 1) > Math.max(0.15, 4 * usual) && most(to, -1) > Math.max(0.15, 4 * usual)
}

/** Rain: the flow of an outlet of water rises and falls without an edge. */
export function rainLike(view: OutletView, window: Stretch): boolean {
  return view.medium === 'water' && flowRises(view, window) > 0.2 && !abruptFlow(view, window)
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
