/** Stored hours and days of one factor, judged again: what an exceedance has beyond the stretch just evaluated. */
import type { Queryable } from '../../platform/db/index.ts'
import { dateOf, dayMs, hourMs, midnightOf } from '../series/index.ts'
import { dayRows } from './day.repository.ts'
import { emptySteps, type JudgedSteps } from './exceedance-merge.ts'
import { hourRows } from './hour.repository.ts'
import { exceeds } from './hour-evaluation.ts'
import { limitsById, outletLayouts } from './limit.repository.ts'
import { comparableAt, hourState } from './source.table.ts'

export async function storedHourSteps(
  q: Queryable,
  outletId: number,
  factor: string,
  fromMs: number,
  toMs: number,
): Promise<JudgedSteps> {
  if (toMs <= fromMs) return emptySteps(0)
  const steps = emptySteps((toMs - fromMs) / hourMs)
  for (let i = 0; i < steps.startMs.length; i++) steps.startMs[i] = fromMs + i * hourMs
  const rows = await hourRows(q, [outletId], fromMs, toMs)
  const layouts = await outletLayouts(q)
  const limits = await limitsById(
    q,
    rows.flatMap((row) => [...row.limits]),
  )
  for (const row of rows) {
    const f = layouts.get(row.layoutId)?.indexOf(factor) ?? -1
    const limit = limits.get(row.limits[f] ?? 0)
    if (f < 0 || limit === undefined) continue
    const i = (row.startMs - fromMs) / hourMs
    steps.value[i] = comparableAt(row, f)
    steps.limit[i] = limit.value
    steps.limitId[i] = limit.id
    const state = Number(row.states[f])
    const judged = state === hourState.valid || state === hourState.exempt
    if (judged && limit.averaging !== 'day' && exceeds(steps.value[i] as number, limit))
      steps.over[i] = state === hourState.valid ? 1 : 2
  }
  return steps
}

export async function storedDaySteps(
  q: Queryable,
  outletId: number,
  factor: string,
  fromMs: number,
  toMs: number,
): Promise<JudgedSteps> {
  if (toMs <= fromMs) return emptySteps(0)
  const steps = emptySteps((toMs - fromMs) / dayMs)
  for (let i = 0; i < steps.startMs.length; i++) steps.startMs[i] = fromMs + i * dayMs
  const layouts = await outletLayouts(q)
  for (const row of await dayRows(q, [outletId], dateOf(fromMs), dateOf(toMs - 1))) {
    const f = layouts.get(row.layout)?.indexOf(factor) ?? -1
    if (f < 0) continue
    const i = (midnightOf(row.day) - fromMs) / dayMs
    steps.value[i] = row.means[f] as number
    steps.limitId[i] = row.limits[f] as number
    steps.over[i] = (row.limits[f] as number) > 0 && (row.over_hours[f] as number) > 0 ? 1 : 0
  }
  return steps
}
