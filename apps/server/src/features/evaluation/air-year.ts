import type { AirBudget, AirItemYear, AirOverview, AirYear } from '@shanshui/contract'
import {
  type AirItem,
  airItemInfo,
  airItems,
  annualPercentile,
  evaluatedStatistic,
  excellentDays,
  GOOD_UP_TO,
  indexStandard,
} from '@shanshui/standards'
import type { Actor } from '../../platform/actor.ts'
import { presentDays } from './air-days.ts'
import { presentRanking, rankingRequests } from './air-ranking.ts'
import {
  type AirDeps,
  type AirScope,
  asker,
  type BasisQuery,
  cityScope,
  presentBasis,
  presentCity,
  yearPeriod,
} from './air-scope.ts'
import { type AirWindow, dateAt } from './air-window.ts'
import { yearBefore } from './civil-day.ts'
import { type FigureBook, openFigureBook } from './figure.service.ts'
import { closureOf, type FigureData, type FigureEngine, figureEngine } from './figure-engine.ts'
import type { FigureRequest } from './figure-request.ts'
import { aqiDays } from './indicators-of-days.ts'
import { indexOf } from './indicators-of-index.ts'
import { evaluatedIndicator, maxDay } from './indicators-of-items.ts'
import type { Days } from './load-day-table.ts'
import { loadFigureData, peerIndicators } from './load-figure-data.ts'

/** What the targets room tells the pages of air; handed in by main.ts because evaluation comes before targets. */
export interface TargetDoor {
  budgets(actor: Actor, cityId: number, asOf: Days): Promise<AirBudget[]>
  overview(actor: Actor, cityId: number, asOf: Days): Promise<AirOverview['targets']>
}
export const noTargets: TargetDoor = { budgets: async () => [], overview: async () => [] }

/** Everything loaded for one page: days, engine, stored figures. */
export interface AirPage {
  readonly scope: AirScope
  readonly data: FigureData
  readonly engine: FigureEngine
  readonly book: FigureBook
  readonly rankSpan: Days
}

/** Figures of a period and of the same period a year before. */
export function periodRequests(scope: AirScope): FigureRequest[] {
  const ask = asker(scope)
  const before = yearBefore(scope.period.from, scope.period.to)
  return [
    ...airItems.flatMap((item) => [
      ask(evaluatedIndicator(item)),
      ask(evaluatedIndicator(item), before),
      ask(`air.yoy.${item}`),
      ask(`air.primary.days.${item}`),
      ask(`air.max.${item}`),
    ]),
    ...['air.excellent.days', 'air.excellent.valid', 'air.excellent.ratio', 'air.index'].flatMap(
      (indicator) => [ask(indicator), ask(indicator, before)],
    ),
    ...['air.excellent.change', 'air.heavy.days', 'air.sand.exceed-share', 'air.index.change'].map((i) =>
      ask(i),
    ),
  ]
}

export async function openAirPage(
  deps: AirDeps,
  scope: AirScope,
  requests: readonly FigureRequest[],
): Promise<AirPage> {
  const { span, requests: ranking } = await rankingRequests(deps, scope)
  const all = [...requests, ...ranking]
  const before = yearBefore(scope.period.from, scope.period.to)
  const data = await loadFigureData(deps.db.pool, closureOf(all), { from: before.from, to: scope.period.to })
  const engine = figureEngine(data)
  const book = await openFigureBook(deps, all, { engine, verify: peerIndicators })
  return { scope, data, engine, book, rankSpan: span }
}

export interface YearQuery extends BasisQuery {
  readonly year?: number | undefined
  readonly to?: string | undefined
}

/** One city-year (or year to date), as the page of the year shows it. */
export async function airYear(
  deps: AirDeps,
  actor: Actor,
  cityId: number,
  query: YearQuery,
  targets: TargetDoor,
): Promise<AirYear> {
  const period = yearPeriod(deps.clock.now(), query.year, query.to)
  const scope = await cityScope(deps, actor, cityId, period, query)
  const page = await openAirPage(deps, scope, periodRequests(scope))
  const window = page.engine.window(asker(scope)('air.index'))
  return {
    city: presentCity(scope.subject),
    year: Number(period.from.slice(0, 4)),
    period: { ...period, kind: window.kind === 'year' ? 'year' : 'to-date' },
    basis: presentBasis(scope),
    items: airItems.map((item) => presentItem(page, window, item)),
    excellent: presentExcellent(page, window),
    heavyDays: page.book.ref(asker(scope)('air.heavy.days')),
    levels: [1, 2, 3, 4, 5, 6].map((level) => ({
      level,
      days: window.aqi().filter((d) => d.level === level).length,
    })),
    index: presentIndex(page),
    ranking: presentRanking(scope, page.rankSpan, page.data, page.engine, page.book),
    sand: presentSand(page, window),
    budget: await targets.budgets(actor, scope.subject.id, period),
    days: presentDays(window),
  }
}

export function presentItem(page: AirPage, window: AirWindow, item: AirItem): AirItemYear {
  const { scope, book } = page
  const ask = asker(scope)
  const info = airItemInfo[item]
  const s = window.statistics(scope.sand)[item]
  const limit = indexStandard(item, scope.edition)
  const at = maxDay(window, item, scope.sand)
  const p = annualPercentile[item]
  return {
    item,
    code: info.code,
    zh: info.zh,
    en: info.en,
    unit: info.unit,
    decimals: book.row(ask(evaluatedIndicator(item))).decimals,
    statistic: evaluatedStatistic[item] === 'mean' ? 'mean' : item === 'o3' ? 'p90' : 'p95',
    statisticZh:
      evaluatedStatistic[item] === 'mean'
        ? window.kind === 'year'
          ? '年均值'
          : '平均值'
        : `${item === 'o3' ? '日最大8小时平均' : '日均值'}第${p}百分位数`,
    value: book.ref(ask(evaluatedIndicator(item))),
    lastYear: book.ref(ask(evaluatedIndicator(item), yearBefore(scope.period.from, scope.period.to))),
    change: book.ref(ask(`air.yoy.${item}`)),
    limit,
    meets: s.complete ? s.rounded <= limit : null,
    validDays: s.validDays,
    complete: s.complete,
    shortMonths: [...s.shortMonths],
    primaryDays: book.ref(ask(`air.primary.days.${item}`)),
    max: book.ref(ask(`air.max.${item}`)),
    maxDate: at === null ? null : dateAt(window, at),
  }
}

function presentExcellent({ scope, book }: AirPage, window: AirWindow): AirYear['excellent'] {
  const ask = asker(scope)
  const before = yearBefore(scope.period.from, scope.period.to)
  return {
    days: book.ref(ask('air.excellent.days')),
    valid: book.ref(ask('air.excellent.valid')),
    ratio: book.ref(ask('air.excellent.ratio')),
    lastYearDays: book.ref(ask('air.excellent.days', before)),
    lastYearValid: book.ref(ask('air.excellent.valid', before)),
    lastYearRatio: book.ref(ask('air.excellent.ratio', before)),
    change: book.ref(ask('air.excellent.change')),
    excluded: excellentDays(aqiDays(window)).excluded.map(({ date, reason }) => ({ date, reason })),
  }
}

function presentIndex({ scope, book, engine }: AirPage): AirYear['index'] {
  const ask = asker(scope)
  const figures = airItems.map((item) => engine.figure(ask(evaluatedIndicator(item))))
  const result = indexOf(figures, scope.edition)
  return {
    value: book.ref(ask('air.index')),
    lastYear: book.ref(ask('air.index', yearBefore(scope.period.from, scope.period.to))),
    change: book.ref(ask('air.index.change')),
    parts: airItems.map((item, i) => ({
      item,
      value: result.ok ? result.value.parts[item] : null,
      concentration: figures[i]?.value ?? null,
      limit: indexStandard(item, scope.edition),
    })),
    main: result.ok ? result.value.main : null,
  }
}

function presentSand({ scope, book }: AirPage, window: AirWindow): AirYear['sand'] {
  const days = aqiDays(window).filter((d) => d.sand === true)
  return {
    days: days.length,
    exceedDays: days.filter((d) => d.aqi !== null && d.aqi > GOOD_UP_TO).length,
    exceedShare: book.ref(asker(scope)('air.sand.exceed-share')),
  }
}
