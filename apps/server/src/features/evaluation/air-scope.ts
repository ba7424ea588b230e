import type { AirEditionName, AirYear, SandHandling } from '@shanshui/contract'
import { type AirEdition, airEditions } from '@shanshui/standards'
import type { Actor } from '../../platform/actor.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { assessmentStationsOf, listPoints, type Point, pointById } from '../registry/index.ts'
import { dayNumber } from './civil-day.ts'
import type { Sand } from './day-table.ts'
import { editionInfo, editionOfPeriod } from './figure-engine.ts'
import type { FigureRequest } from './figure-request.ts'
import { type Days, lastWholeDay } from './load-day-table.ts'

export type AirDeps = Pick<Deps, 'db' | 'clock' | 'log'>

export interface BasisQuery {
  readonly edition?: 'auto' | AirEditionName | undefined
  readonly sand?: SandHandling | undefined
  readonly stations?: string | undefined
}

/** What a page of air figures is about: whose, when, by which rules. */
export interface AirScope {
  readonly subject: Point
  readonly period: Days
  readonly edition: AirEdition
  readonly editionChosen: 'by-date' | 'by-name'
  readonly sand: Sand
  readonly stations: readonly number[] | null
}

/** The city by id, or the only or first city that the actor may see. Errors: `air.city-unknown`. */
export async function cityFor(deps: AirDeps, actor: Actor, id?: number): Promise<Point> {
  return deps.db.asActor(actor, async (trx) => {
    const city =
      id === undefined ? (await listPoints(trx, { kind: 'air-city' }))[0] : await pointById(trx, id)
    if (city?.kind === 'air-city') return city
    throw new AppError(
      'air.city-unknown',
      id === undefined ? {} : { detail: `没有城市 ${id}，或不在您的数据范围内` },
    )
  })
}

/** A station by id, as the actor may see it. Errors: `registry.feature-unknown`. */
export async function stationFor(deps: AirDeps, actor: Actor, id: number): Promise<Point> {
  const station = await deps.db.asActor(actor, (trx) => pointById(trx, id))
  if (station?.kind === 'air-station') return station
  throw new AppError('registry.feature-unknown', { detail: `没有空气站点 ${id}` })
}

/** Of these stations those that the actor may see: a city's figure is public, a station's hours are not (row-level security). */
export async function visibleOf(
  deps: Pick<AirDeps, 'db'>,
  actor: Actor,
  stations: readonly Point[],
): Promise<Set<number>> {
  if (stations.length === 0) return new Set()
  const ids = stations.map((station) => station.id)
  return new Set((await deps.db.asActor(actor, (trx) => listPoints(trx, { ids }))).map((point) => point.id))
}

/** Chosen stations, ascending; null for all. Errors: `air.stations-invalid`. */
export async function stationsFor(
  deps: AirDeps,
  city: Point,
  text: string | undefined,
): Promise<readonly number[] | null> {
  if (text === undefined || text === 'all') return null
  const known = new Set((await assessmentStationsOf(deps.db.pool, city.id)).map((s) => s.id))
  const chosen = [...new Set(text.split(',').map(Number))].toSorted((a, b) => a - b)
  const foreign = chosen.filter((id) => !known.has(id))
  if (foreign.length > 0) {
    throw new AppError('air.stations-invalid', {
      detail: `${city.name} 的评价点位中没有 ${foreign.join('、')}`,
    })
  }
  return chosen.length === known.size ? null : chosen
}

export async function cityScope(
  deps: AirDeps,
  actor: Actor,
  cityId: number | undefined,
  period: Days,
  query: BasisQuery,
): Promise<AirScope> {
  const subject = await cityFor(deps, actor, cityId)
  const stations = await stationsFor(deps, subject, query.stations)
  return { subject, period, stations, sand: query.sand ?? 'without', ...editionFor(period.to, query.edition) }
}

export function editionFor(
  to: string,
  asked: BasisQuery['edition'],
): Pick<AirScope, 'edition' | 'editionChosen'> {
  if (asked === undefined || asked === 'auto')
    return { edition: editionOfPeriod(to), editionChosen: 'by-date' }
  return { edition: asked, editionChosen: 'by-name' }
}

/**
 * 1 January of the year to the asked day, at most to yesterday. Without a year: that of yesterday.
 * Errors: `air.period-invalid`.
 */
export function yearPeriod(nowMs: number, year?: number, to?: string): Days {
  const last = lastWholeDay(nowMs)
  const chosen = year ?? Number(last.slice(0, 4))
  const from = `${chosen}-01-01`
  const end = `${chosen}-12-31`
  if (to !== undefined && (to < from || to > end)) {
    throw new AppError('air.period-invalid', { detail: `截止日期 ${to} 不在 ${chosen} 年内` })
  }
  const until = earlier(to ?? end, last)
  if (until < from) throw new AppError('air.period-invalid', { detail: `${chosen} 年还没有完整的一天` })
  return { from, to: until }
}

/** The earlier of two dates; ISO dates compare as text. */
export const earlier = (a: string, b: string): string => [a, b].toSorted()[0] as string

export function checkedSpan(nowMs: number, from: string, to: string, mostDays: number): Days {
  const last = lastWholeDay(nowMs)
  const until = earlier(to, last)
  let days: number
  try {
    days = dayNumber(until) - dayNumber(from) + 1
  } catch {
    throw new AppError('air.period-invalid', { detail: `${from} 或 ${to} 不是日期` })
  }
  if (days < 1 || days > mostDays)
    throw new AppError('air.period-invalid', { detail: `${from} 至 ${until} 共 ${days} 天` })
  return { from, to: until }
}

/** Requests of a scope: indicator and, if it is another, the period. */
export function asker(scope: AirScope): (indicator: string, period?: Days) => FigureRequest {
  const { subject, edition, sand, stations } = scope
  return (indicator, period = scope.period) => ({
    indicator,
    subjectId: subject.id,
    from: period.from,
    to: period.to,
    edition,
    sand,
    stations,
  })
}

export function presentBasis(scope: AirScope): AirYear['basis'] {
  const info = editionInfo(scope.edition)
  return {
    edition: scope.edition,
    editionChosen: scope.editionChosen,
    editions: [...airEditions],
    sand: scope.sand,
    stations: scope.stations === null ? null : [...scope.stations],
    limitsSource: `${info.zh}，二级浓度限值`,
  }
}

export function presentCity(city: Point): AirYear['city'] {
  return { id: city.id, code: city.code, name: city.name, regionCode: city.regionCode }
}
