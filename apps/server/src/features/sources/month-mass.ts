/** Masses of months with what stands in for invalid hours (HJ 75 表5、表6) and invalid days of waste water (HJ 356). */
import type { Queryable } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { dateOf, dayMs, hourMs, midnightOf, nextStart, startOf } from '../series/index.ts'
import { fillDays, fillHours, type MassSum, sumHours } from './mass-fill.ts'
import {
  dataHorizon,
  firstHours,
  type MonthRow,
  monthRows,
  type OutletScope,
  replaceMonths,
  scopesOf,
  staleMonths,
} from './month-mass.repository.ts'

export const pollutantOf: Readonly<Record<string, Pollutant>> = {
  a21026: 'SO2',
  a21002: 'NOx',
  a34013: 'PM',
  a24088: 'VOCs',
  w01018: 'COD',
  w21003: 'NH3-N',
  w21011: 'TP',
  w21001: 'TN',
}
export type Pollutant = 'SO2' | 'NOx' | 'PM' | 'VOCs' | 'COD' | 'NH3-N' | 'TP' | 'TN'

export interface OutletMonthMass {
  readonly outletId: number
  /** YYYY-MM */
  readonly month: string
  readonly pollutant: Pollutant
  readonly kg: number
  /** Share of due hours (waste water: days) with valid data, 0…1. */
  readonly validShare: number
  readonly substitutedKg: number
}

const outletsPerStep = 20

/**
 * Mass by outlet, month and pollutant of a year, kg, substituted masses included. Months whose hours changed since they
 * were stored are computed on the way. Row-level security holds when `q` is an actor's transaction.
 */
export async function monthlyMass(
  q: Queryable,
  filter: { readonly year: number; readonly outletIds?: readonly number[] | undefined },
): Promise<OutletMonthMass[]> {
  const ids = filter.outletIds ?? null
  const stored = await monthRows(q, filter.year, ids)
  const stale = await staleMonths(q, { year: filter.year, outletIds: ids })
  const fresh = await computeQuarters(q, stale)
  const outdated = new Set(stale.map((one) => `${one.outletId}/${one.quarterMs}`))
  const kept = stored.filter(
    (row) => !outdated.has(`${row.outletId}/${quarterOf(midnightOf(`${row.month}-01`))}`),
  )
  return [...kept, ...fresh]
    .flatMap(({ factor, ...row }) => {
      const pollutant = pollutantOf[factor]
      if (pollutant === undefined) return []
      const { outletId, month, kg, validShare, substitutedKg } = row
      return [{ outletId, month, pollutant, kg, validShare, substitutedKg }]
    })
    .sort(
      (a, b) =>
        a.outletId - b.outletId || a.month.localeCompare(b.month) || a.pollutant.localeCompare(b.pollutant),
    )
}

/** Stores a few outlets' quarters that changed; the present quarter waits a while, so that its hours gather. */
export async function refreshMonths(deps: Pick<Deps, 'db'>, nowMs: number): Promise<number> {
  return deps.db.transaction(async (trx) => {
    const stale = await staleMonths(trx, {
      settledBeforeMs: nowMs - 10 * 60_000,
      currentFromMs: quarterOf(nowMs),
      limit: outletsPerStep,
    })
    if (stale.length === 0) return 0
    await replaceMonths(trx, stale, await computeQuarters(trx, stale))
    return stale.length
  })
}

export interface OutletQuarter {
  readonly outletId: number
  readonly quarterMs: number
}

function quarterOf(ms: number): number {
  const month = Number(dateOf(ms).slice(5, 7))
  const first = String(Math.floor((month - 1) / 3) * 3 + 1).padStart(2, '0')
  return midnightOf(`${dateOf(ms).slice(0, 4)}-${first}-01`)
}

const quarterAfter = (quarterMs: number): number =>
  [0, 0, 0].reduce((ms) => nextStart('month', ms), quarterMs)

async function computeQuarters(q: Queryable, wanted: readonly OutletQuarter[]): Promise<MonthRow[]> {
  if (wanted.length === 0) return []
  const horizonMs = await dataHorizon(q)
  const scopes = await scopesOf(q, [...new Set(wanted.map((one) => one.outletId))])
  const firsts = await firstHours(q, [...scopes.keys()])
  const rows: MonthRow[] = []
  const byQuarter = new Map<number, number[]>()
  for (const { outletId, quarterMs } of wanted)
    byQuarter.set(quarterMs, [...(byQuarter.get(quarterMs) ?? []), outletId])
  for (const [quarterMs, ids] of byQuarter) {
    const endMs = Math.min(horizonMs, quarterAfter(quarterMs))
    if (endMs <= quarterMs) continue
    const air = ids.filter((id) => scopes.get(id)?.medium === 'air')
    for (let from = 0; from < air.length; from += outletsPerStep)
      rows.push(
        ...(await airQuarter(q, air.slice(from, from + outletsPerStep), quarterMs, endMs, scopes, firsts)),
      )
    const water = ids.filter((id) => scopes.get(id)?.medium === 'water')
    rows.push(...(await waterQuarter(q, water, quarterMs, endMs, scopes, firsts)))
  }
  return rows
}

async function airQuarter(
  q: Queryable,
  ids: readonly number[],
  quarterMs: number,
  endMs: number,
  scopes: ReadonlyMap<number, OutletScope>,
  firsts: ReadonlyMap<number, number>,
): Promise<MonthRow[]> {
  const rows: MonthRow[] = []
  for (const hours of await fillHours(q, ids, quarterMs, endMs, firsts)) {
    const scope = scopes.get(hours.outletId)
    if (scope === undefined || pollutantOf[hours.factor] === undefined) continue
    const startMs = hours.fromMs + hours.first * hourMs
    for (let ms = startOf('month', startMs); ms < endMs; ms = nextStart('month', ms))
      rows.push(monthRow(scope, ms, hours.factor, sumHours(hours, ms, nextStart('month', ms))))
  }
  return rows
}

async function waterQuarter(
  q: Queryable,
  ids: readonly number[],
  quarterMs: number,
  endMs: number,
  scopes: ReadonlyMap<number, OutletScope>,
  firsts: ReadonlyMap<number, number>,
): Promise<MonthRow[]> {
  const sums = new Map<string, { scope: OutletScope; monthMs: number; factor: string; sum: MassSum }>()
  for (const day of await fillDays(q, ids, quarterMs, endMs, firsts)) {
    const scope = scopes.get(day.outletId)
    if (scope === undefined || pollutantOf[day.factor] === undefined) continue
    const monthMs = startOf('month', day.dayMs)
    const key = `${day.outletId}/${day.factor}/${monthMs}`
    const before = sums.get(key)?.sum ?? { kg: 0, substitutedKg: 0, valid: 0, due: 0 }
    const sum = {
      kg: before.kg + day.sum.kg,
      substitutedKg: before.substitutedKg + day.sum.substitutedKg,
      valid: before.valid + day.sum.valid,
      due: before.due + day.sum.due,
    }
    sums.set(key, { scope, monthMs, factor: day.factor, sum })
  }
  return [...sums.values()].map(({ scope, monthMs, factor, sum }) => monthRow(scope, monthMs, factor, sum))
}

function monthRow(scope: OutletScope, monthMs: number, factor: string, sum: MassSum): MonthRow {
  const { outletId, regionCode, ownerId } = scope
  return {
    outletId,
    regionCode,
    ownerId,
    month: dateOf(monthMs).slice(0, 7),
    factor,
    kg: sum.kg,
    substitutedKg: sum.substitutedKg,
    validShare: sum.due === 0 ? 1 : sum.valid / sum.due,
  }
}

export interface DayMass {
  readonly kg: number
  readonly substitutedKg: number
  readonly method: string
}

/** Masses of an outlet's days with what stands in, by `factor/date`. */
export async function substitutedDays(
  q: Queryable,
  outlet: { readonly id: number; readonly medium: 'air' | 'water' },
  fromMs: number,
  toMs: number,
): Promise<Map<string, DayMass>> {
  const days = new Map<string, DayMass>()
  const horizonMs = await dataHorizon(q)
  const firsts = await firstHours(q, [outlet.id])
  const put = (factor: string, day: number, { kg, substitutedKg }: MassSum, method: string) =>
    days.set(`${factor}/${dateOf(day)}`, { kg, substitutedKg, method })
  for (
    let quarterMs = quarterOf(fromMs);
    quarterMs < Math.min(toMs, horizonMs);
    quarterMs = quarterAfter(quarterMs)
  ) {
    const endMs = Math.min(horizonMs, quarterAfter(quarterMs))
    if (outlet.medium === 'water') {
      for (const day of await fillDays(q, [outlet.id], quarterMs, endMs, firsts))
        put(day.factor, day.dayMs, day.sum, 'HJ 356：前30个有效日排放量最大值')
      continue
    }
    for (const hours of await fillHours(q, [outlet.id], quarterMs, endMs, firsts))
      for (let day = startOf('day', Math.max(fromMs, quarterMs)); day < Math.min(toMs, endMs); day += dayMs)
        put(
          hours.factor,
          day,
          sumHours(hours, day, day + dayMs),
          'HJ 75 表5、表6：前若干有效小时排放量最大值',
        )
  }
  return days
}
