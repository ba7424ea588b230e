import type { Queryable } from '../../platform/db/index.ts'
import { copyRows, sqlInstant, sqlInts } from './copy-rows.ts'
import { layoutsWith } from './layout.repository.ts'
import { preferenceOf, SeriesBuilder, seriesFields } from './resolve.ts'
import { factTable, type SeriesQuery, type SeriesTable } from './series.table.ts'

/**
 * Observations of points in columns, sorted by point and time, read by binary COPY into typed arrays.
 * Values that a flag or a validity mark makes unusable are NaN unless `includeInvalid`.
 * Row-level security holds when `q` is an actor's transaction.
 */
export async function readSeries(q: Queryable, query: SeriesQuery): Promise<SeriesTable> {
  const preference = preferenceOf(query.period, query.procedure)
  const layouts = await layoutsWith(q, preference.procedures, query.factors)
  const builder = new SeriesBuilder(layouts, query.factors, preference, query.includeInvalid ?? false)
  if (layouts.length > 0 && query.pointIds.length > 0 && query.toMs > query.fromMs) {
    await copyRows(
      q,
      selectSeries(
        query,
        layouts.map((layout) => layout.id),
      ),
      (row) => builder.add(row),
    )
  }
  return builder.finish()
}

function selectSeries(query: SeriesQuery, layoutIds: readonly number[]): string {
  const order = query.pointIds.length === 1 ? 'ts' : 'point_id, ts'
  return `select ${seriesFields} from ${factTable[query.period]}
    where point_id in (${sqlInts(query.pointIds)})
      and ts >= ${sqlInstant(query.fromMs)} and ts < ${sqlInstant(query.toMs)}
      and layout in (${sqlInts(layoutIds)})
    order by ${order}`
}

/**
 * Factor codes that a point has in a period, in the order of their layouts. The newest-row pointers name every layout a
 * point ever had; only before the roll-up worker has seen the first row are the rows of the range themselves asked.
 */
export async function factorsOf(
  q: Queryable,
  query: { period: SeriesQuery['period']; pointId: number; fromMs: number; toMs: number },
): Promise<string[]> {
  const { rows: known } = await q.query<{ factors: string[] }>(
    `select l.factors from latest n join layout l on l.id = n.layout
     where n.point_id = $1 and n.period = $2 order by l.id`,
    [query.pointId, query.period],
  )
  if (known.length > 0) return [...new Set(known.flatMap((row) => row.factors))]
  const { rows } = await q.query<{ factors: string[] }>(
    `select l.factors from layout l where l.id in (
       select layout from ${factTable[query.period]}
       where point_id = $1 and ts >= to_timestamp($2::float8 / 1000) and ts < to_timestamp($3::float8 / 1000))
     order by l.id`,
    [query.pointId, query.fromMs, query.toMs],
  )
  return [...new Set(rows.flatMap((row) => row.factors))]
}
