import type { AirMonths } from '@shanshui/contract'
import { airItems } from '@shanshui/standards'
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
import { openFigureBook } from './figure.service.ts'
import { closureOf, figureEngine } from './figure-engine.ts'
import { evaluatedIndicator } from './indicators-of-items.ts'
import type { Days } from './load-day-table.ts'
import { loadFigureData } from './load-figure-data.ts'

/** The months of a period: whole ones, and the running one up to its last day. */
export function monthsOf(period: Days): Days[] {
  const months: Days[] = []
  const year = Number(period.from.slice(0, 4))
  for (let month = 1; month <= Number(period.to.slice(5, 7)); month++) {
    const name = `${year}-${String(month).padStart(2, '0')}`
    const end = `${name}-${new Date(Date.UTC(year, month, 0)).getUTCDate()}`
    months.push({ from: `${name}-01`, to: end < period.to ? end : period.to })
  }
  return months
}

/** Month by month with the same month a year before, both under one edition. */
export async function airMonths(
  deps: AirDeps,
  actor: Actor,
  cityId: number,
  query: BasisQuery & { readonly year?: number | undefined },
): Promise<AirMonths> {
  const period = yearPeriod(deps.clock.now(), query.year)
  const scope = await cityScope(deps, actor, cityId, period, query)
  const ask = asker(scope)
  const months = monthsOf(period)
  const single = [
    'air.excellent.days',
    'air.excellent.valid',
    'air.excellent.ratio',
    'air.index',
    'air.index.change',
  ]
  const requests = months.flatMap((month) => {
    const before = yearBefore(month.from, month.to)
    return [
      ...airItems.flatMap((item) => [
        ask(evaluatedIndicator(item), month),
        ask(evaluatedIndicator(item), before),
        ask(`air.yoy.${item}`, month),
      ]),
      ...single.map((indicator) => ask(indicator, month)),
      ask('air.excellent.ratio', before),
      ask('air.index', before),
    ]
  })
  const engine = figureEngine(await loadFigureData(deps.db.pool, closureOf(requests)))
  const book = await openFigureBook(deps, requests, { engine })
  return {
    city: presentCity(scope.subject),
    year: Number(period.from.slice(0, 4)),
    basis: presentBasis(scope),
    months: months.map((month) => {
      const before = yearBefore(month.from, month.to)
      const statistics = engine.window(ask('air.index', month)).statistics(scope.sand)
      return {
        month: month.from.slice(0, 7),
        items: airItems.map((item) => ({
          item,
          value: book.ref(ask(evaluatedIndicator(item), month)),
          lastYear: book.ref(ask(evaluatedIndicator(item), before)),
          change: book.ref(ask(`air.yoy.${item}`, month)),
          complete: statistics[item].complete,
        })),
        excellentDays: book.ref(ask('air.excellent.days', month)),
        validDays: book.ref(ask('air.excellent.valid', month)),
        excellentRatio: book.ref(ask('air.excellent.ratio', month)),
        lastYearRatio: book.ref(ask('air.excellent.ratio', before)),
        index: book.ref(ask('air.index', month)),
        lastYearIndex: book.ref(ask('air.index', before)),
        indexChange: book.ref(ask('air.index.change', month)),
      }
    }),
  }
}
