import type { Queryable } from '../../platform/db/index.ts'
import { publishedIndexes, publishedIndexesWithin } from '../intake/index.ts'
import { listPoints } from '../registry/index.ts'
import type { Days } from './load-day-table.ts'
import type { PeerIndexes } from './peers.ts'

/** Indexes that the peer cities published for exactly this span; a city without one is listed without a value. */
export async function loadPeers(q: Queryable, span: Days): Promise<PeerIndexes> {
  const cities = await listPoints(q, { kind: 'peer-city' })
  const published = new Map(
    (await publishedIndexes(q, span)).map((row) => [row.cityId, row.values.composite]),
  )
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
 * its first day, else the last published month. Undefined when nothing was published in the period.
 */
export async function rankedSpan(q: Queryable, period: Days): Promise<Days | undefined> {
  const spans = await publishedIndexesWithin(q, period)
  const latestFirst = spans
    .filter((s) => s.values.composite !== null)
    .toSorted((a, b) => (a.to < b.to ? 1 : -1))
  const latest = latestFirst[0]
  if (latest === undefined) return undefined
  const sinceStart = latestFirst.find(
    (s) => s.from === period.from && s.to.slice(0, 7) !== s.from.slice(0, 7),
  )
  const { from, to } = sinceStart ?? latest
  return { from, to }
}
