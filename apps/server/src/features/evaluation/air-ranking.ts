import type { AirRanking } from '@shanshui/contract'
import { rankInterval, rankWithTies } from '@shanshui/standards'
import { type AirDeps, type AirScope, asker } from './air-scope.ts'
import type { FigureBook } from './figure.service.ts'
import type { FigureData, FigureEngine } from './figure-engine.ts'
import type { FigureRequest } from './figure-request.ts'
import { anyIndex, indexInterval, OWN } from './indicators-of-index.ts'
import type { Days } from './load-day-table.ts'
import { rankedSpan } from './load-peers.ts'

/** The span to rank by and the figures a ranking needs. Rank stays undecided, not absent, when nobody has published. */
export async function rankingRequests(
  deps: AirDeps,
  scope: AirScope,
): Promise<{ span: Days; requests: FigureRequest[] }> {
  const span = (await rankedSpan(deps.db.pool, scope.period)) ?? scope.period
  const ask = asker(scope)
  return { span, requests: [ask('air.rank', span), ask('air.index', span)] }
}

/** Ranking with ties, the gaps to both neighbours, and the interval that missing data leave open. */
export function presentRanking(
  scope: AirScope,
  span: Days,
  data: FigureData,
  engine: FigureEngine,
  book: FigureBook,
): AirRanking {
  const ask = asker(scope)
  const own = book.row(ask('air.index', span)).value
  const window = engine.window(ask('air.index', span))
  const interval = indexInterval(window, scope.sand)
  const peers = data.peers(span.from, span.to)
  const cities = [
    {
      code: OWN,
      name: scope.subject.name,
      index: own ?? Number.NaN,
      source: '平台计算',
      interval: own === null ? anyIndex : interval,
    },
    ...peers.entries.map((p) => ({
      ...p,
      interval: Number.isNaN(p.index) ? anyIndex : { low: p.index, high: p.index },
    })),
  ]
  const ranked = new Map(
    rankWithTies(cities.map((c) => ({ id: c.code, value: c.index }))).map((r) => [r.id, r]),
  )
  const bounds = new Map(
    rankInterval(cities.map((c) => ({ id: c.code, interval: c.interval }))).map((b) => [b.id, b]),
  )
  const entries = cities
    .map((city) => ({
      code: city.code === OWN ? scope.subject.code : city.code,
      name: city.name,
      value: Number.isNaN(city.index) ? null : city.index,
      rank: ranked.get(city.code)?.rank ?? null,
      best: bounds.get(city.code)?.best ?? 1,
      worst: bounds.get(city.code)?.worst ?? cities.length,
      tied: ranked.get(city.code)?.tied ?? false,
      own: city.code === OWN,
      source: city.source,
    }))
    .toSorted((a, b) => (a.rank ?? Number.MAX_SAFE_INTEGER) - (b.rank ?? Number.MAX_SAFE_INTEGER))
  const mine = bounds.get(OWN)
  return {
    period: span,
    rank: book.ref(ask('air.rank', span)),
    of: cities.length,
    best: mine?.best ?? null,
    worst: mine?.worst ?? null,
    indexLow: Number.isFinite(interval.low) && own !== null ? interval.low : null,
    indexHigh: Number.isFinite(interval.high) && own !== null ? interval.high : null,
    ...neighboursOf(own, peers.entries),
    missing: peers.entries.filter((p) => Number.isNaN(p.index)).map((p) => p.name),
    entries,
  }
}

/** The next better and the next worse city, and how far in index points (two decimals). */
function neighboursOf(
  own: number | null,
  peers: readonly { name: string; index: number }[],
): Pick<AirRanking, 'better' | 'worse'> {
  if (own === null) return { better: null, worse: null }
  const known = peers.filter((p) => !Number.isNaN(p.index)).toSorted((a, b) => a.index - b.index)
  const better = known.filter((p) => p.index < own).at(-1)
  const worse = known.find((p) => p.index > own)
  const gapTo = (p: { name: string; index: number } | undefined) =>
    p === undefined
      ? null
      : { name: p.name, value: p.index, gap: Math.round(Math.abs(own - p.index) * 100) / 100 }
  return { better: gapTo(better), worse: gapTo(worse) }
}
