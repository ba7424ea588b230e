import type { AirDay, AirOverview } from '@shanshui/contract'
import { airEditionOn, airItems } from '@shanshui/standards'
import type { Actor } from '../../platform/actor.ts'
import { assessmentStationsOf } from '../registry/index.ts'
import { presentDays } from './air-days.ts'
import { hoursAt, latestHourMs, rowsFor } from './air-hours.ts'
import { presentRanking } from './air-ranking.ts'
import {
  type AirDeps,
  asker,
  type BasisQuery,
  cityScope,
  presentBasis,
  presentCity,
  visibleOf,
  yearPeriod,
} from './air-scope.ts'
import { airWindow } from './air-window.ts'
import { type AirPage, openAirPage, periodRequests, presentItem, type TargetDoor } from './air-year.ts'
import { dateOf, dateOfMs, dayOfMs, isoOf, yearBefore } from './civil-day.ts'
import { countStale } from './figure.repository.ts'
import { loadDayTable } from './load-day-table.ts'

/** Targets, today, year to date and ranking in one answer. */
export async function airOverview(
  deps: AirDeps,
  actor: Actor,
  query: BasisQuery & { readonly city?: number | undefined },
  targets: TargetDoor,
): Promise<AirOverview> {
  const nowMs = deps.clock.now()
  const period = yearPeriod(nowMs)
  const scope = await cityScope(deps, actor, query.city, period, query)
  const [page, today, ofTargets, staleFigures] = await Promise.all([
    openAirPage(deps, scope, periodRequests(scope)),
    todayOf(deps, actor, scope.subject),
    targets.overview(actor, scope.subject.id, period),
    countStale(deps.db.pool),
  ])
  return {
    city: presentCity(scope.subject),
    asOf: isoOf(nowMs),
    basis: presentBasis(scope),
    today,
    yearToDate: presentYearToDate(page),
    ranking: presentRanking(scope, page.rankSpan, page.data, page.engine, page.book),
    targets: ofTargets.slice(0, 6),
    staleFigures,
  }
}

async function todayOf(
  deps: AirDeps,
  actor: Actor,
  city: AirPage['scope']['subject'],
): Promise<AirOverview['today']> {
  const stations = await assessmentStationsOf(deps.db.pool, city.id)
  const hourAt = await latestHourMs(deps, city, stations)
  const hours = await hoursAt(deps.db.pool, city, stations, hourAt)
  const today = dateOfMs(deps.clock.now())
  const yesterday = dateOf(dayOfMs(deps.clock.now()) - 1)
  const table = await loadDayTable(deps.db.pool, city.id, { from: yesterday, to: today })
  const [cityRow, ...rows] = hours.rows
  const day = (date: string): AirDay | null => {
    const shown = presentDays(airWindow(table, date, date, airEditionOn(date)))[0]
    return shown?.valid === true ? shown : null
  }
  return {
    date: today,
    hour: cityRow ?? null,
    hourAt: hours.at,
    dayToNow: day(today),
    yesterday: day(yesterday),
    stations: rowsFor(rows, await visibleOf(deps, actor, stations)),
  }
}

function presentYearToDate(page: AirPage): AirOverview['yearToDate'] {
  const { scope, book, engine } = page
  const ask = asker(scope)
  const before = yearBefore(scope.period.from, scope.period.to)
  const window = engine.window(ask('air.index'))
  return {
    period: scope.period,
    items: airItems.map((item) => {
      const { value, lastYear, change, limit, meets } = presentItem(page, window, item)
      return { item, value, lastYear, change, limit, meets }
    }),
    excellentDays: book.ref(ask('air.excellent.days')),
    validDays: book.ref(ask('air.excellent.valid')),
    excellentRatio: book.ref(ask('air.excellent.ratio')),
    lastYearRatio: book.ref(ask('air.excellent.ratio', before)),
    index: book.ref(ask('air.index')),
    lastYearIndex: book.ref(ask('air.index', before)),
    indexChange: book.ref(ask('air.index.change')),
    heavyDays: book.ref(ask('air.heavy.days')),
  }
}
