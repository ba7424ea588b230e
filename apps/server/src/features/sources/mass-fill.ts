/** Masses of hours (waste gas, HJ 75 表5、表6) and of days (waste water, HJ 356) with what stands in for invalid ones. */
import { fillWaterDay, hourStateCode, substituteQuarter, waterSubstitutionRule } from '@shanshui/standards'
import type { Queryable } from '../../platform/db/index.ts'
import { dateOf, dayMs, hourMs, startOf } from '../series/index.ts'
import { dayRows } from './day.repository.ts'
import { eachHourRow } from './hour.repository.ts'
import { outletLayouts } from './limit.repository.ts'
import { factorValues, headValues, valueAt } from './source.table.ts'

/** 2160 valid hours are 90 days without a gap; a third more for those with gaps. */
const lookbackDays = 120

/** Hours of one outlet and factor: `first`…`hours` are those of the quarter, before them the look-back. */
export interface FilledHours {
  readonly outletId: number
  readonly factor: string
  readonly fromMs: number
  readonly first: number
  /** kg by hour, measured or standing in; NaN = neither. */
  readonly kg: Float64Array
  /** 1 where the mass was measured in a valid hour. */
  readonly measured: Uint8Array
  readonly stopped: Uint8Array
}

/** The quarter from `quarterMs` to `endMs` (not included). Hours before an outlet's first are not missing. */
export async function fillHours(
  q: Queryable,
  outletIds: readonly number[],
  quarterMs: number,
  endMs: number,
  firsts: ReadonlyMap<number, number>,
): Promise<FilledHours[]> {
  const fromMs = quarterMs - lookbackDays * dayMs
  const hours = (endMs - fromMs) / hourMs
  const layouts = await outletLayouts(q)
  const columns = new Map<string, { mass: Float64Array; state: Uint8Array }>()
  await eachHourRow(q, outletIds, fromMs, endMs, (row) => {
    const i = (row.startMs - fromMs) / hourMs
    for (const [f, factor] of (layouts.get(row.layoutId) ?? []).entries()) {
      const key = `${row.outletId}/${factor}`
      const own = columns.get(key) ?? {
        mass: new Float64Array(hours).fill(Number.NaN),
        state: new Uint8Array(hours),
      }
      columns.set(key, own)
      own.mass[i] = row.vals[headValues + f * factorValues + valueAt.massKg] as number
      own.state[i] = Number(row.states[f])
    }
  })
  const filled: FilledHours[] = []
  for (const [key, { mass, state }] of columns) {
    const [id = '', factor = ''] = key.split('/')
    const outletId = Number(id)
    const first = (Math.max(quarterMs, firsts.get(outletId) ?? quarterMs) - fromMs) / hourMs
    if (first >= hours) continue
    const kg = new Float64Array(hours)
    substituteQuarter(kg, mass, state, first, hours)
    const measured = state.map((one, i) => (counts(one) && !Number.isNaN(mass[i] as number) ? 1 : 0))
    const stopped = state.map((one) => (one === hourStateCode.stopped ? 1 : 0))
    filled.push({ outletId, factor, fromMs, first, kg, measured, stopped })
  }
  return filled
}

const counts = (state: number) => state === hourStateCode.valid || state === hourStateCode.exempt

export interface MassSum {
  readonly kg: number
  readonly substitutedKg: number
  /** Hours or days with a measured mass, and those that were due. */
  readonly valid: number
  readonly due: number
}

/** Sum over the hours of [fromMs, toMs) that belong to the quarter. */
export function sumHours(hours: FilledHours, fromMs: number, toMs: number): MassSum {
  const from = Math.max(hours.first, (fromMs - hours.fromMs) / hourMs)
  const to = Math.min(hours.kg.length, (toMs - hours.fromMs) / hourMs)
  let [kg, substitutedKg, valid, due] = [0, 0, 0, 0]
  for (let i = from; i < to; i++) {
    if (hours.stopped[i] === 0) due += 1
    if (hours.measured[i] === 1) valid += 1
    const one = hours.kg[i] as number
    if (Number.isNaN(one)) continue
    kg += one
    if (hours.measured[i] === 0) substitutedKg += one
  }
  return { kg, substitutedKg, valid, due }
}

export interface FilledDay {
  readonly outletId: number
  readonly factor: string
  readonly dayMs: number
  readonly sum: MassSum
}

/** Days of waste water from `quarterMs` to `endMs`; a day that has not ended is neither valid nor missing. */
export async function fillDays(
  q: Queryable,
  outletIds: readonly number[],
  quarterMs: number,
  endMs: number,
  firsts: ReadonlyMap<number, number>,
): Promise<FilledDay[]> {
  if (outletIds.length === 0) return []
  // thirty valid days may lie far back where discharge is rare
  const fromMs = quarterMs - 6 * waterSubstitutionRule.value.days * dayMs
  const layouts = await outletLayouts(q)
  const days = await dayRows(q, outletIds, dateOf(fromMs), dateOf(endMs - 1))
  const filled: FilledDay[] = []
  for (const outletId of outletIds) {
    const own = new Map(days.filter((day) => day.outlet_id === outletId).map((day) => [day.day, day]))
    const startMs = Math.max(quarterMs, startOf('day', firsts.get(outletId) ?? quarterMs))
    const factors = new Set([...own.values()].flatMap((day) => layouts.get(day.layout) ?? []))
    for (const factor of factors) {
      const masses: number[] = []
      for (let day = fromMs; day + dayMs <= endMs; day += dayMs) {
        const row = own.get(dateOf(day))
        const f = row === undefined ? -1 : (layouts.get(row.layout)?.indexOf(factor) ?? -1)
        const valid = row !== undefined && f >= 0 && !Number.isNaN(row.means[f] as number)
        const massKg = valid ? (row.masses[f] as number) : Number.NaN
        const zeroFlow = row !== undefined && f >= 0 && row.due_hours[f] === 0
        if (day >= startMs)
          filled.push({ outletId, factor, dayMs: day, sum: dayMass(massKg, zeroFlow, masses) })
        masses.push(massKg)
      }
    }
  }
  return filled
}

function dayMass(massKg: number, zeroFlow: boolean, before: readonly number[]): MassSum {
  const filled = fillWaterDay({ massKg, zeroFlow }, before)
  const kg = Number.isNaN(filled.massKg) ? 0 : filled.massKg
  return {
    kg,
    substitutedKg: filled.method === 'maximum' ? kg : 0,
    valid: Number.isNaN(massKg) ? 0 : 1,
    due: zeroFlow ? 0 : 1,
  }
}
