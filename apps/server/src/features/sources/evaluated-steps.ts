/** Evaluated hours and days of one factor as steps in which exceedances are looked for. Pure. */
import { dayMs, hourMs } from '../series/index.ts'
import type { DayRow } from './day-evaluation.ts'
import { emptySteps, type JudgedSteps, type KnownExceedance } from './exceedance-merge.ts'
import { comparableOf } from './hour-evaluation.ts'
import type { FactorHours, OutletBlock } from './source.table.ts'

/** A standing event that crosses an edge is exactly the run that goes on beyond it. */
export function windowOf(known: readonly KnownExceedance[], fromMs: number, toMs: number) {
  const standing = known.filter((one) => one.standing)
  return {
    fromMs: standing.reduce((from, one) => Math.min(from, one.fromMs), fromMs),
    toMs: standing.reduce((to, one) => Math.max(to, one.toMs), toMs),
  }
}

export function hourSteps(block: OutletBlock, factor: FactorHours): JudgedSteps {
  const startMs = Float64Array.from({ length: block.hours }, (_, i) => block.fromMs + i * hourMs)
  const value = comparableOf(block.context, factor)
  return { startMs, value, limit: factor.limit, limitId: factor.limitId, over: factor.over }
}

export function daySteps(block: OutletBlock, days: readonly DayRow[], f: number): JudgedSteps {
  const count = block.hours / 24
  const steps = emptySteps(count)
  for (let day = 0; day < count; day++) steps.startMs[day] = block.fromMs + day * dayMs
  for (const row of days) {
    const at = (row.dayMs - block.fromMs) / dayMs
    steps.value[at] = row.means[f] as number
    steps.limitId[at] = row.limits[f] as number
    steps.over[at] = row.limits[f] !== 0 && (row.overHours[f] as number) > 0 ? 1 : 0
  }
  return steps
}
