/** Outlets as lists and pages show them: state, newest hour, what exceeds now. */
import type { ExceedingNow, SourceOutlet } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Queryable } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { decodeCursor, encodeCursor, hourMs, isoOf } from '../series/index.ts'
import { factorName, factorUnit } from './factor-name.ts'
import { exceeds, multipleOf } from './hour-evaluation.ts'
import { limitsById, outletLayouts } from './limit.repository.ts'
import {
  exceedingRows,
  type OutletStateName,
  type OutletViewFilter,
  type OutletViewRow,
  ongoingEvents,
  outletViewRows,
} from './outlet-view.repository.ts'
import { readSettings } from './setting.repository.ts'
import {
  comparableAt,
  factorValues,
  headValues,
  hourState,
  hourStates,
  type LimitRow,
  valueAt,
} from './source.table.ts'
import { orNull } from './source-range.ts'

type ViewDeps = Pick<Deps, 'db' | 'clock'>

export interface OutletListQuery {
  readonly limit?: number
  readonly cursor?: string
  readonly enterpriseId?: number
  readonly regionCode?: number
  readonly medium?: 'air' | 'water'
  readonly state?: OutletStateName
  readonly operator?: string
  readonly search?: string
}

/** What the state of an outlet now is judged by. */
export async function filterNow(q: Queryable, nowMs: number) {
  const settings = await readSettings(q)
  return {
    nowMs,
    nowHours: settings.number('hour.nowHours'),
    graceMinutes: settings.number('hour.graceMinutes'),
  } satisfies Partial<OutletViewFilter>
}

export async function listSourceOutlets(
  deps: ViewDeps,
  actor: Actor,
  query: OutletListQuery,
): Promise<{ items: SourceOutlet[]; next: string | null }> {
  const limit = query.limit ?? 100
  const after = decodeCursor(query.cursor, ['number'])
  return deps.db.asActor(actor, async (trx) => {
    const rows = await outletViewRows(trx, {
      ...(await filterNow(trx, deps.clock.now())),
      enterpriseId: query.enterpriseId,
      regionCode: query.regionCode,
      medium: query.medium,
      operator: query.operator,
      search: query.search,
      state: query.state,
      afterId: after?.[0],
      limit: limit + 1,
    })
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      items: await presentOutlets(trx, page),
      next: rows.length > limit && last !== undefined ? encodeCursor([last.id]) : null,
    }
  })
}

export async function getSourceOutlet(deps: ViewDeps, actor: Actor, id: number): Promise<SourceOutlet> {
  return deps.db.asActor(actor, async (trx) => {
    const filter = await filterNow(trx, deps.clock.now())
    const [item] = await presentOutlets(trx, await outletViewRows(trx, { ...filter, ids: [id], limit: 1 }))
    if (item === undefined) throw new AppError('source.outlet-unknown', { detail: `排放口 ${id}` })
    return item
  })
}

async function presentOutlets(q: Queryable, rows: readonly OutletViewRow[]): Promise<SourceOutlet[]> {
  const layouts = await outletLayouts(q)
  const limits = await limitsById(
    q,
    rows.flatMap((row) => row.limits ?? []),
  )
  return rows.map((row) => {
    const p = row.properties
    return {
      id: row.id,
      code: row.code,
      name: row.name,
      number: String(p.number),
      medium: p.medium === 'water' ? ('water' as const) : ('air' as const),
      facility: String(p.facility),
      enterprise: { id: row.enterprise_id, name: row.enterprise_name },
      regionCode: row.region_code,
      operator: typeof p.operator === 'string' ? p.operator : null,
      factors: (p.factors as string[] | undefined) ?? [],
      lon: row.lon,
      lat: row.lat,
      state: row.state,
      latest:
        row.ts_ms === null ? null : { hour: isoOf(row.ts_ms), items: latestItems(row, layouts, limits) },
      exceedanceDays30: row.days30,
      openMarks: row.open_marks,
    }
  })
}

interface NewestHour {
  readonly layout: number | null
  readonly vals: readonly number[] | null
  readonly limits: readonly number[] | null
  readonly states: string | null
}

function latestItems(
  row: NewestHour,
  layouts: ReadonlyMap<number, readonly string[]>,
  limits: ReadonlyMap<number, LimitRow>,
) {
  const factors = layouts.get(row.layout ?? 0) ?? []
  return factors.map((factor, f) => {
    const at = headValues + f * factorValues
    const measured = row.vals?.[at + valueAt.measured] ?? Number.NaN
    const value = row.vals === null ? Number.NaN : comparableAt({ vals: row.vals }, f)
    const limit = limits.get(row.limits?.[f] ?? 0)
    const state = hourStates[Number(row.states?.[f] ?? 0)] ?? 'missing'
    const over = limit !== undefined && state === 'valid' && exceeds(value, limit)
    return {
      factor,
      value: orNull(value),
      measured: orNull(measured),
      limit: limit?.value ?? null,
      multiple: over ? orNull(multipleOf(value, limit)) : null,
      state,
    }
  })
}

/** What is above its limit in the newest hour. A factor that is judged by the day is shown as a warning only. */
export async function exceedingNow(deps: ViewDeps, actor: Actor): Promise<ExceedingNow> {
  const nowMs = deps.clock.now()
  return deps.db.asActor(actor, async (trx) => {
    const { nowHours } = await filterNow(trx, nowMs)
    const sinceMs = nowMs - nowHours * hourMs
    const rows = await exceedingRows(trx, sinceMs)
    const layouts = await outletLayouts(trx)
    const limits = await limitsById(
      trx,
      rows.flatMap((row) => row.limits),
    )
    const events = new Map(
      (await ongoingEvents(trx, sinceMs)).map((event) => [
        `${event.outlet_id}/${event.factor}/${event.to_ms}`,
        event,
      ]),
    )
    const items: ExceedingNow['items'] = []
    for (const row of rows) {
      for (const [f, factor] of (layouts.get(row.layout) ?? []).entries()) {
        const limit = limits.get(row.limits[f] ?? 0)
        if (limit === undefined || Number(row.states[f]) !== hourState.valid) continue
        const value = comparableAt(row, f)
        if (!exceeds(value, limit)) continue
        const event = events.get(`${row.outlet_id}/${factor}/${row.ts_ms + hourMs}`)
        items.push({
          outletId: row.outlet_id,
          outletName: row.name,
          outletNumber: row.number,
          enterprise: { id: row.enterprise_id, name: row.enterprise_name },
          regionCode: row.region_code,
          medium: row.medium,
          lon: row.lon,
          lat: row.lat,
          factor,
          factorName: factorName(factor),
          unit: limit.unit === '' ? factorUnit(factor) : limit.unit,
          hour: isoOf(row.ts_ms),
          value,
          limit: limit.value,
          multiple: multipleOf(value, limit),
          judged: event !== undefined,
          hours: event?.hours ?? 0,
          exceedanceId: event?.id ?? null,
        })
      }
    }
    return { asOf: isoOf(nowMs), items }
  })
}
