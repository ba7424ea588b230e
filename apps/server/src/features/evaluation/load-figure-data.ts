import type { Queryable } from '../../platform/db/index.ts'
import { listPoints } from '../registry/index.ts'
import type { DayTable } from './day-table.ts'
import type { FigureData } from './figure-engine.ts'
import type { FigureRequest } from './figure-request.ts'
import { type Days, loadDayTable, loadDayTableOf } from './load-day-table.ts'
import { loadPeers } from './load-peers.ts'
import type { PeerIndexes } from './peers.ts'

const tableName = (subjectId: number, stations: readonly number[] | null) =>
  `${subjectId}|${stations?.join(',') ?? 'all'}`

/** Indicators whose inputs are published by other cities: they change without a roll-up. */
export const peerIndicators: readonly string[] = ['air.rank', 'air.rank.of']
const readsPeers = (indicator: string): boolean => peerIndicators.includes(indicator)

/** Loads the days and the published indexes that a set of requests (with their dependencies) needs. */
export async function loadFigureData(
  q: Queryable,
  requests: readonly FigureRequest[],
  atLeast?: Days,
): Promise<FigureData> {
  const spans = new Map<
    string,
    { subjectId: number; stations: readonly number[] | null; from: string; to: string }
  >()
  for (const { subjectId, stations, from, to } of requests) {
    const name = tableName(subjectId, stations)
    const span = spans.get(name) ?? {
      subjectId,
      stations,
      from: atLeast?.from ?? from,
      to: atLeast?.to ?? to,
    }
    if (from < span.from) span.from = from
    if (to > span.to) span.to = to
    spans.set(name, span)
  }
  const tables = new Map<string, DayTable>()
  for (const [name, { subjectId, stations, from, to }] of spans) {
    const days = { from, to }
    tables.set(
      name,
      stations === null ? await loadDayTable(q, subjectId, days) : await loadDayTableOf(q, stations, days),
    )
  }
  const peers = new Map<string, PeerIndexes>()
  for (const { indicator, from, to } of requests) {
    const name = `${from}/${to}`
    if (readsPeers(indicator) && !peers.has(name)) peers.set(name, await loadPeers(q, { from, to }))
  }
  const names = new Map(
    (await listPoints(q, { ids: [...new Set(requests.map((r) => r.subjectId))] })).map((p) => [p.id, p.name]),
  )
  return {
    table(subjectId, stations) {
      const table = tables.get(tableName(subjectId, stations))
      if (table === undefined) throw new RangeError(`days of subject ${subjectId} were not loaded`)
      return table
    },
    subjectName: (subjectId) => names.get(subjectId) ?? '',
    peers: (from, to) => peers.get(`${from}/${to}`) ?? { from, to, entries: [] },
  }
}
