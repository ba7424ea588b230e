/** What people read: observations, an opened instant, revisions, latest values, completeness. */
import type {
  CompletenessItem,
  CompletenessQuery,
  LatestItem,
  LatestQuery,
  ObservationColumns,
  ObservationDetail,
  ObservationQuery,
  Revision,
  RevisionQuery,
} from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Queryable } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { listPoints, type Point, pointById } from '../registry/index.ts'
import { dateOf, dayMs, hourMs, midnightOf } from './civil-time.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { presentColumns, presentLatest, presentMark, presentRevision, presentRow } from './present.ts'
import { idsOf, instantOf, listOf, rangeOf } from './range.ts'
import { factorsOf, readSeries } from './read.repository.ts'
import { reviewedDates } from './review.repository.ts'
import { reviewStateOf, startPosition } from './review.state.ts'
import { airFactors } from './rollup.days.ts'
import type { Period, SeriesTable } from './series.table.ts'
import {
  type FactRow,
  type LatestRow,
  latestRows,
  markRows,
  type RevisionRow,
  revisionRows,
  rowsAt,
} from './view.repository.ts'

type ReadDeps = Pick<Deps, 'db' | 'clock'>

/** Longest range of one query, days: bounds the memory of a request. */
const longestDays: Readonly<Record<Period, number>> = {
  rt: 31,
  min: 92,
  hour: 3_700,
  day: 37_000,
  month: 73_000,
  year: 73_000,
}
const stationDaysPerCompleteness = 4_000

async function visiblePoint(trx: Queryable, id: number): Promise<Point> {
  const point = await pointById(trx, id)
  if (point === undefined) throw new AppError('series.point-unknown', { detail: `点位 ${id}` })
  return point
}

/** Reads one point's observations for a request; the table may be longer than the page. */
export async function observationTable(
  trx: Queryable,
  pointId: number,
  query: ObservationQuery,
): Promise<{ point: Point; table: SeriesTable }> {
  const range = rangeOf(query.from, query.to, longestDays[query.period])
  const after = decodeCursor(query.cursor, ['number'])
  const fromMs = after === undefined ? range.fromMs : after[0] + 1
  const point = await visiblePoint(trx, pointId)
  const factors = listOf(query.factors) ?? (await factorsOf(trx, { period: query.period, pointId, ...range }))
  const table = await readSeries(trx, {
    period: query.period,
    pointIds: [pointId],
    fromMs,
    toMs: range.toMs,
    factors,
    ...(query.procedure === undefined ? {} : { procedure: query.procedure }),
    includeInvalid: query.includeInvalid ?? false,
  })
  return { point, table }
}

export async function listObservations(
  deps: ReadDeps,
  actor: Actor,
  pointId: number,
  query: ObservationQuery,
): Promise<ObservationColumns> {
  return deps.db.asActor(actor, async (trx) => {
    const { table } = await observationTable(trx, pointId, query)
    const about = { pointId, period: query.period, procedure: query.procedure }
    const columns = presentColumns(about, table, query.limit ?? 10_000)
    if (query.period !== 'day' || columns.count === 0) return columns
    const dates = columns.times.map((time) => time.slice(0, 10))
    const until = dateOf(midnightOf(dates.at(-1) ?? '') + dayMs)
    const positions = await reviewedDates(trx, [pointId], dates[0] ?? '', until)
    return {
      ...columns,
      review: dates.map((date) => reviewStateOf(positions.get(`${pointId}/${date}`) ?? startPosition)),
    }
  })
}

export async function openObservation(
  deps: ReadDeps,
  actor: Actor,
  pointId: number,
  query: { period: Period; start: string },
): Promise<ObservationDetail> {
  const startMs = instantOf(query.start, 'start')
  return deps.db.asActor(actor, async (trx) => {
    await visiblePoint(trx, pointId)
    const rows = await rowsAt(trx, query.period, pointId, startMs)
    const replaced = await revisionRows(trx, {
      pointId,
      period: query.period,
      fromMs: startMs,
      toMs: startMs + 1,
      limit: 1000,
    })
    const marks = await markRows(trx, { pointId, fromMs: startMs, toMs: startMs + 1 })
    return {
      pointId,
      period: query.period,
      start: query.start,
      rows: rows.map(presentRow),
      revisions: await presentRevisions(trx, pointId, replaced),
      marks: marks.map(presentMark),
    }
  })
}

export async function listRevisions(
  deps: ReadDeps,
  actor: Actor,
  pointId: number,
  query: RevisionQuery,
): Promise<{ items: Revision[]; next: string | null }> {
  const after = decodeCursor(query.cursor, ['number', 'number', 'number', 'number'])
  const limit = query.limit ?? 200
  return deps.db.asActor(actor, async (trx) => {
    await visiblePoint(trx, pointId)
    const rows = await revisionRows(trx, {
      pointId,
      ...(query.period === undefined ? {} : { period: query.period }),
      ...(query.from === undefined ? {} : { fromMs: instantOf(query.from, 'from') }),
      ...(query.to === undefined ? {} : { toMs: instantOf(query.to, 'to') }),
      ...(after === undefined
        ? {}
        : { after: { replacedMs: after[0], startMs: after[1], layout: after[2], rev: after[3] } }),
      limit: limit + 1,
    })
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      items: await presentRevisions(trx, pointId, page),
      next:
        rows.length > limit && last !== undefined
          ? encodeCursor([last.replaced_ms, last.start_ms, last.layout, last.rev])
          : null,
    }
  })
}

/** The revision that was replaced last has the standing row as its new value. */
async function presentRevisions(
  q: Queryable,
  pointId: number,
  rows: readonly RevisionRow[],
): Promise<Revision[]> {
  const standing = new Map<string, FactRow[]>()
  const revisions: Revision[] = []
  for (const row of rows) {
    if (row.new_vals !== null) {
      revisions.push(presentRevision(row, undefined))
      continue
    }
    const key = `${row.period}/${row.start_ms}`
    const now = standing.get(key) ?? (await rowsAt(q, row.period, pointId, row.start_ms))
    standing.set(key, now)
    revisions.push(
      presentRevision(
        row,
        now.find((fact) => fact.layout === row.layout),
      ),
    )
  }
  return revisions
}

export async function listLatest(deps: ReadDeps, actor: Actor, query: LatestQuery): Promise<LatestItem[]> {
  const period = query.period ?? 'hour'
  const ids = idsOf(query.pointIds)
  const factors = listOf(query.factors)
  return deps.db.asActor(actor, async (trx) => {
    const points = await listPoints(trx, {
      ...(query.kind === undefined ? {} : { kind: query.kind }),
      ...(ids === undefined ? {} : { ids }),
    })
    const byPoint = new Map<number, LatestRow[]>()
    const rows = await latestRows(
      trx,
      period,
      points.map((point) => point.id),
    )
    for (const row of rows) {
      const own = byPoint.get(row.pointId)
      if (own === undefined) byPoint.set(row.pointId, [row])
      else own.push(row)
    }
    return points.flatMap((point) => presentLatest(point, period, byPoint.get(point.id) ?? [], factors) ?? [])
  })
}

/** Per station and day: hours expected, hours reported, usable hours by factor. */
export async function listCompleteness(
  deps: ReadDeps,
  actor: Actor,
  query: CompletenessQuery,
): Promise<CompletenessItem[]> {
  const range = { fromMs: instantOf(query.from, 'from'), toMs: instantOf(query.to, 'to') + dayMs }
  if (range.fromMs >= range.toMs)
    throw new AppError('series.range-invalid', { detail: `${query.from} 至 ${query.to}` })
  const ids = idsOf(query.pointIds)
  const nowMs = deps.clock.now()
  return deps.db.asActor(actor, async (trx) => {
    const points = await listPoints(trx, {
      kind: query.kind ?? 'air-station',
      ...(ids === undefined ? {} : { ids }),
    })
    const days = (range.toMs - range.fromMs) / dayMs
    if (points.length * days > stationDaysPerCompleteness) {
      throw new AppError('series.range-too-long', {
        detail: `${points.length} 个点位 × ${days} 日，上限 ${stationDaysPerCompleteness} 站日`,
      })
    }
    const pointIds = points.map((point) => point.id)
    const table = await readSeries(trx, { period: 'hour', pointIds, ...range, factors: airFactors })
    const positions = await reviewedDates(trx, pointIds, query.from, dateOf(range.toMs))
    const counted = countHours(table, range.fromMs)
    return points.flatMap((point) =>
      Array.from({ length: days }, (_, day) => {
        const startMs = range.fromMs + day * dayMs
        const date = dateOf(startMs)
        const own = counted.get(`${point.id}/${day}`)
        return {
          pointId: point.id,
          name: point.name,
          date,
          expected: Math.max(0, Math.min(24, Math.floor((nowMs - startMs) / hourMs))),
          reported: own?.reported ?? 0,
          usable: Object.fromEntries(airFactors.map((factor, f) => [factor, own?.usable[f] ?? 0])),
          review: reviewStateOf(positions.get(`${point.id}/${date}`) ?? startPosition),
        }
      }),
    )
  })
}

function countHours(table: SeriesTable, fromMs: number): Map<string, { reported: number; usable: number[] }> {
  const columns = airFactors.map((factor) => table.columns.get(factor))
  const counted = new Map<string, { reported: number; usable: number[] }>()
  for (let i = 0; i < table.startMs.length; i++) {
    const day = Math.floor(((table.startMs[i] as number) - fromMs) / dayMs)
    const key = `${table.pointId[i]}/${day}`
    const own = counted.get(key) ?? { reported: 0, usable: airFactors.map(() => 0) }
    counted.set(key, own)
    own.reported += 1
    for (const [f, column] of columns.entries()) {
      if (!Number.isNaN(column?.[i] ?? Number.NaN)) own.usable[f] = (own.usable[f] ?? 0) + 1
    }
  }
  return counted
}
