import type { AirStationDays } from '@shanshui/contract'
import { airItems } from '@shanshui/standards'
import type { Actor } from '../../platform/actor.ts'
import { presentDays } from './air-days.ts'
import {
  type AirDeps,
  type AirScope,
  asker,
  type BasisQuery,
  checkedSpan,
  editionFor,
  presentBasis,
  stationFor,
} from './air-scope.ts'
import { openFigureBook } from './figure.service.ts'
import { closureOf, figureEngine } from './figure-engine.ts'
import { evaluatedIndicator } from './indicators-of-items.ts'
import { lastWholeDay } from './load-day-table.ts'
import { loadFigureData } from './load-figure-data.ts'

const mostDays = 1100

/** A station's days with AQI, and its statistics over the same days. */
export async function airStationDays(
  deps: AirDeps,
  actor: Actor,
  stationId: number,
  query: Pick<BasisQuery, 'edition' | 'sand'> & {
    readonly from?: string | undefined
    readonly to?: string | undefined
  },
): Promise<AirStationDays> {
  const now = deps.clock.now()
  const to = query.to ?? lastWholeDay(now)
  const period = checkedSpan(now, query.from ?? `${to.slice(0, 4)}-01-01`, to, mostDays)
  const station = await stationFor(deps, actor, stationId)
  const scope: AirScope = {
    subject: station,
    period,
    stations: null,
    sand: query.sand ?? 'without',
    ...editionFor(period.to, query.edition),
  }
  const ask = asker(scope)
  const requests = [...airItems.map((item) => ask(evaluatedIndicator(item))), ask('air.excellent.ratio')]
  const engine = figureEngine(await loadFigureData(deps.db.pool, closureOf(requests)))
  const book = await openFigureBook(deps, requests, { engine })
  const window = engine.window(ask('air.index'))
  const statistics = window.statistics(scope.sand)
  return {
    station: { id: station.id, name: station.name, zoneClass: station.properties.zoneClass === 1 ? 1 : 2 },
    period,
    basis: presentBasis(scope),
    days: presentDays(window),
    summary: airItems.map((item) => ({
      item,
      value: book.ref(ask(evaluatedIndicator(item))),
      validDays: statistics[item].validDays,
      complete: statistics[item].complete,
    })),
    excellentRatio: book.ref(ask('air.excellent.ratio')),
  }
}
