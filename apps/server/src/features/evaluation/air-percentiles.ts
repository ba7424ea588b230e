import type { AirPercentiles } from '@shanshui/contract'
import {
  airItemInfo,
  airItems,
  airLimit,
  annualPercentile,
  percentile,
  roundHalfEven,
} from '@shanshui/standards'
import type { Actor } from '../../platform/actor.ts'
import {
  type AirDeps,
  asker,
  type BasisQuery,
  cityScope,
  presentBasis,
  presentCity,
  yearPeriod,
} from './air-scope.ts'
import { yearBefore } from './civil-day.ts'
import { valuesOf } from './day-table.ts'
import { openFigureBook } from './figure.service.ts'
import { closureOf, figureEngine } from './figure-engine.ts'
import { percentileIndicator } from './indicators-of-items.ts'
import { loadFigureData } from './load-figure-data.ts'

const ranks = [0, 5, 10, 25, 50, 75, 80, 85, 90, 92, 94, 95, 96, 97, 98, 99, 100] as const

/** Percentile curves of the daily values with the evaluated percentiles as figures. */
export async function airPercentiles(
  deps: AirDeps,
  actor: Actor,
  cityId: number,
  query: BasisQuery & { readonly year?: number | undefined; readonly to?: string | undefined },
): Promise<AirPercentiles> {
  const period = yearPeriod(deps.clock.now(), query.year, query.to)
  const before = yearBefore(period.from, period.to)
  const scope = await cityScope(deps, actor, cityId, period, query)
  const ask = asker(scope)
  const requests = airItems.flatMap((item) => [
    ask(percentileIndicator(item)),
    ask(percentileIndicator(item), before),
  ])
  const engine = figureEngine(await loadFigureData(deps.db.pool, closureOf(requests)))
  const book = await openFigureBook(deps, requests, { engine })
  const [now, then] = [engine.window(ask('air.index')), engine.window(ask('air.index', before))]
  return {
    city: presentCity(scope.subject),
    period,
    basis: presentBasis(scope),
    items: airItems.map((item) => {
      const p = annualPercentile[item]
      return {
        item,
        unit: airItemInfo[item].unit,
        validDays: now.statistics(scope.sand)[item].validDays,
        curve: curveOf(valuesOf(now.table, scope.sand)[item]),
        lastYear: curveOf(valuesOf(then.table, scope.sand)[item]),
        evaluated: [
          {
            p,
            value: book.ref(ask(percentileIndicator(item))),
            limit: airLimit(scope.edition, item, item === 'o3' ? 'mda8' : 'day', 2) ?? null,
          },
        ],
      }
    }),
  }
}

function curveOf(values: Float64Array): { p: number; value: number | null }[] {
  return ranks.map((p) => {
    const value = percentile(values, p)
    return { p, value: Number.isNaN(value) ? null : roundHalfEven(value, 1) }
  })
}
