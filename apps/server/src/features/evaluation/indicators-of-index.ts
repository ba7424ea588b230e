import {
  type AirItem,
  airItems,
  annualPercentile,
  compositeIndex,
  evaluatedStatistic,
  type Interval,
  indexChangeRate,
  indexClause,
  meanInterval,
  percentileInterval,
  rankInterval,
  rankWithTies,
} from '@shanshui/standards'
import type { AirWindow } from './air-window.ts'
import { type DayTable, type Sand, sha256, valuesOf } from './day-table.ts'
import { lastYear } from './figure-request.ts'
import type { ComputedFigure, FigureDraft, Indicator } from './indicator.ts'
import { dependentInputs, evaluatedIndicator, orNull, pairOf } from './indicators-of-items.ts'
import { type PeerIndexes, peersDigest } from './peers.ts'

/** Name under which the city itself stands in a ranking. */
export const OWN = 'own'

const index: Indicator = {
  indicator: 'air.index',
  zh: () => '环境空气质量综合指数',
  unit: '',
  decimals: () => 2,
  lowerIsBetter: true,
  sandMatters: true,
  evaluator: 'air.composite-index',
  needs: (request) => airItems.map((item) => ({ ...request, indicator: evaluatedIndicator(item) })),
  compute: ({ request, of }) => {
    const figures = airItems.map((item) => of({ ...request, indicator: evaluatedIndicator(item) }))
    const result = indexOf(figures, request.edition)
    const notes = figures.filter((f) => f.note !== null)
    const inputs = dependentInputs(
      figures,
      '六项污染物评价浓度（PM10、PM2.5、SO2、NO2 均值，CO 第95百分位数，O3 第90百分位数）',
    )
    if (!result.ok) {
      const missing = result.missing.join('、')
      return {
        exact: null,
        value: null,
        note: `缺 ${missing}，不能计算综合指数`,
        formula: `缺 ${missing}`,
        clauses: [indexClause],
        inputs,
      }
    }
    const sum = result.trace.at(-1)
    return {
      exact: result.value.index,
      value: result.value.index,
      note: notes.length === 0 ? null : '部分项目数据不完整，仅供参考',
      formula: `${result.trace
        .slice(0, -1)
        .map((t) => t.formula)
        .join('；')}；合计 ${sum?.formula ?? ''}`,
      clauses: [indexClause],
      trace: [...result.trace],
      inputs,
      unverified: ['修约次序：浓度先修约、分指数不修约、合计修约到两位小数；已公布的例子不完全一致'],
    }
  },
}

/** Composite index and parts from the six evaluated figures, unrounded concentrations. */
export function indexOf(figures: readonly ComputedFigure[], edition: ComputedFigure['request']['edition']) {
  const concentrations = {} as Record<AirItem, number>
  for (const [i, item] of airItems.entries()) concentrations[item] = figures[i]?.exact ?? Number.NaN
  return compositeIndex(concentrations, edition)
}

const indexChange: Indicator = {
  indicator: 'air.index.change',
  zh: () => '环境空气质量综合指数同比变化率',
  unit: '%',
  decimals: () => 1,
  lowerIsBetter: true,
  sandMatters: true,
  evaluator: 'air.index-change',
  signed: true,
  needs: (request) => pairOf({ ...request, indicator: 'air.index' }),
  compute: ({ request, of }) => {
    const now = of({ ...request, indicator: 'air.index' })
    const base = of(lastYear({ ...request, indicator: 'air.index' }))
    const change =
      now.value === null || base.value === null ? Number.NaN : indexChangeRate(now.value, base.value)
    const missing = '本期或上年同期无综合指数'
    return {
      exact: orNull(change),
      value: orNull(change),
      note: Number.isNaN(change) ? missing : (now.note ?? base.note),
      formula: Number.isNaN(change)
        ? missing
        : `(${now.text} − ${base.text}) ÷ ${base.text} × 100% = ${change}%`,
      clauses: [{ standard: indexClause.standard, at: '变化程度排名' }],
      inputs: dependentInputs([now, base], '本期与上年同期综合指数（同口径）'),
    }
  },
}

const rank: Indicator = {
  indicator: 'air.rank',
  zh: () => '环境空气质量综合指数排名',
  unit: '',
  decimals: () => 0,
  lowerIsBetter: true,
  sandMatters: true,
  evaluator: 'air.rank',
  needs: (request) => [{ ...request, indicator: 'air.index' }],
  compute: ({ request, of, peers, window }): FigureDraft => {
    const own = of({ ...request, indicator: 'air.index' })
    const published = peers()
    const standing = standingOf(own.value, indexInterval(window(), request.sand), published)
    const inputs = {
      description: `本市综合指数与 ${published.entries.filter((p) => !Number.isNaN(p.index)).length} 个城市公布的综合指数`,
      count: own.basis.inputs.count,
      digest: sha256(`${own.key}=${own.exact ?? ''}\n${peersDigest(published)}`),
    }
    const clauses = [{ standard: indexClause.standard, at: '排名' }]
    if (standing.rank === null) {
      return {
        exact: null,
        value: null,
        note: own.value === null ? '本市无综合指数' : '无其他城市公布的综合指数',
        formula: '不能排名',
        clauses,
        inputs,
      }
    }
    const open =
      standing.best !== standing.worst
        ? `；缺数据，名次在第 ${standing.best} 至第 ${standing.worst} 之间`
        : ''
    return {
      exact: standing.rank,
      value: standing.rank,
      note: standing.missing.length > 0 ? `${standing.missing.join('、')}未取得数据${open}` : null,
      formula: `${standing.of} 个城市由低到高，${own.text} 为第 ${standing.rank}${standing.tied ? '（并列）' : ''}`,
      clauses,
      inputs,
    }
  },
}

const rankOf: Indicator = {
  indicator: 'air.rank.of',
  zh: () => '参加综合指数排名的城市数',
  unit: '个',
  decimals: () => 0,
  lowerIsBetter: false,
  sandMatters: false,
  evaluator: 'air.rank',
  needs: () => [],
  compute: ({ peers }): FigureDraft => {
    const published = peers()
    const count = published.entries.length + 1
    return {
      exact: count,
      value: count,
      formula: `本市与 ${published.entries.length} 个对标城市`,
      clauses: [{ standard: indexClause.standard, at: '排名' }],
      inputs: {
        description: '对标城市名录',
        count: 0,
        digest: sha256(published.entries.map((p) => p.code).join('\n')),
      },
    }
  },
}

export interface Standing {
  readonly rank: number | null
  readonly tied: boolean
  readonly of: number
  /** The true rank lies between both, whatever the missing days and missing cities were. */
  readonly best: number
  readonly worst: number
  readonly missing: readonly string[]
}

/** Rank among the published indexes, with the interval that missing days and missing cities leave open. */
export function standingOf(own: number | null, interval: Interval, peers: PeerIndexes): Standing {
  const known = peers.entries.filter((p) => !Number.isNaN(p.index))
  const entries = known.map((p) => ({ id: p.code, value: p.index }))
  const ranked = own === null || known.length === 0 ? [] : rankWithTies([...entries, { id: OWN, value: own }])
  const mine = ranked.find((r) => r.id === OWN)
  const bounds = rankInterval([
    ...peers.entries.map((p) => ({
      id: p.code,
      interval: Number.isNaN(p.index) ? anyIndex : { low: p.index, high: p.index },
    })),
    { id: OWN, interval },
  ]).find((r) => r.id === OWN)
  return {
    rank: mine?.rank ?? null,
    tied: mine?.tied ?? false,
    of: peers.entries.length + 1,
    best: bounds?.best ?? 1,
    worst: bounds?.worst ?? peers.entries.length + 1,
    missing: peers.entries.filter((p) => Number.isNaN(p.index)).map((p) => p.name),
  }
}

export const anyIndex: Interval = { low: 0, high: Number.POSITIVE_INFINITY }

/**
 * Between which values the index lies whatever the missing days were, as long as no missing day was above the
 * largest day on record in `record` (by default all days that are loaded). The index rises with every
 * concentration, so both ends come from the ends of the six statistics.
 */
export function indexInterval(window: AirWindow, sand: Sand, record: DayTable = window.record): Interval {
  const end = (side: 'low' | 'high') => {
    const c = {} as Record<AirItem, number>
    for (const item of airItems) {
      const bounds = { low: 0, high: largest(valuesOf(record, sand)[item]) }
      const values = valuesOf(window.table, sand)[item]
      c[item] =
        evaluatedStatistic[item] === 'mean'
          ? meanInterval(values, bounds)[side]
          : percentileInterval(values, annualPercentile[item], bounds)[side]
    }
    const result = compositeIndex(c, window.edition)
    return result.ok ? result.value.index : Number.NaN
  }
  const [low, high] = [end('low'), end('high')]
  return Number.isNaN(low) || Number.isNaN(high) ? anyIndex : { low, high }
}

export function largest(values: Float64Array): number {
  let most = Number.NaN
  for (const value of values) if (!Number.isNaN(value) && !(value <= most)) most = value
  return most
}

export const indexIndicators: readonly Indicator[] = [index, indexChange, rank, rankOf]
