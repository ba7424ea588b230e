import type { Queryable } from '../../platform/db/index.ts'
import { listPoints } from '../registry/index.ts'
import type { Days } from './load-day-table.ts'
import { publishedIndexes, publishedSpans } from './peers.repository.ts'
import type { PeerIndexes } from './peers.ts'

/** Indexes that the peer cities published for exactly this span; a city without one is listed without a value. */
export async function loadPeers(q: Queryable, span: Days): Promise<PeerIndexes> {
  const cities = await listPoints(q, { kind: 'peer-city' })
  const published = new Map((await publishedIndexes(q, span)).map((row) => [row.cityId, row.composite]))
  const entries = cities
    .map(({ id, code, name }) => ({
      code,
      name,
      index: published.get(id) ?? Number.NaN,
      source: '城市公布值',
    }))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
  return { ...span, entries }
}

/**
 * The span to rank a period by: the period itself when the cities published it, else the longest published span since
 * 1 January, else the last published month. Undefined when nothing was published in the period.
 */
export async function rankedSpan(q: Queryable, period: Days): Promise<Days | undefined> {
  const spans = await publishedSpans(q, period)
  const exact = spans.find((s) => s.from === period.from && s.to === period.to)
  if (exact !== undefined) return period
  const cumulative = spans.filter((s) => s.from === period.from).toSorted((a, b) => (a.to < b.to ? 1 : -1))[0]
  if (cumulative !== undefined && cumulative.to.slice(5, 7) !== '01') return cumulative
  return spans.toSorted((a, b) => (a.to < b.to ? 1 : -1))[0]
}
