import type { Queryable, Trx } from '../../platform/db/index.ts'
import { int4Array, textArray, timestampArray } from './binary-array.ts'
import { dayMs } from './civil-time.ts'
import { factTable, type Period } from './series.table.ts'

export interface Span {
  readonly pointIds: readonly number[]
  readonly fromMs: number
  readonly toMs: number
}

/** A decision that puts a character on the values it covers; null factors = all. */
export interface Covering {
  readonly pointIds: readonly number[]
  readonly fromMs: number
  readonly toMs: number
  readonly factors: readonly string[] | null
  readonly mark: 'X' | 'S'
}

/** Validity marks and sand periods in force that overlap the span. Sand covers hours only. */
async function coverings(trx: Queryable, period: Period, span: Span): Promise<Covering[]> {
  const { rows } = await trx.query<{
    point_ids: number[]
    from_ms: string
    to_ms: string
    factors: string[] | null
    mark: 'X' | 'S'
  }>({
    name: 'series-coverings',
    text: `select array[point_id] as point_ids, extract(epoch from from_ts) * 1000 as from_ms,
        extract(epoch from to_ts) * 1000 as to_ms, factors, 'X' as mark
      from validity_mark
      where withdrawn_msg is null and point_id = any($1) and from_ts < to_timestamp($3::float8 / 1000)
        and to_ts > to_timestamp($2::float8 / 1000)
      union all
      select point_ids, extract(epoch from from_ts) * 1000, extract(epoch from to_ts) * 1000, factors, 'S'
      from sand_period
      where $4 and withdrawn_msg is null and point_ids && $1 and from_ts < to_timestamp($3::float8 / 1000)
        and to_ts > to_timestamp($2::float8 / 1000)`,
    values: [int4Array(span.pointIds), span.fromMs, span.toMs, period === 'hour'],
  })
  return rows.map((row) => ({
    pointIds: row.point_ids,
    fromMs: Number(row.from_ms),
    toMs: Number(row.to_ms),
    factors: row.factors,
    mark: row.mark,
  }))
}

/**
 * The marks text of a row: one character an index, '.' none, 'S' sand, 'X' invalid (stronger); null without any.
 * A day is covered when the whole day is, a shorter period when its start is.
 */
export function marksOf(
  period: Period,
  row: { readonly pointId: number; readonly startMs: number; readonly factors: readonly string[] },
  coveringList: readonly Covering[],
): string | null {
  const marks = row.factors.map(() => '.')
  const endMs = period === 'day' ? row.startMs + dayMs : row.startMs + 1
  for (const covering of coveringList) {
    if (row.startMs < covering.fromMs || endMs > covering.toMs) continue
    if (!covering.pointIds.includes(row.pointId)) continue
    for (const [i, factor] of row.factors.entries()) {
      if (covering.factors !== null && !covering.factors.includes(factor)) continue
      if (marks[i] !== 'X') marks[i] = covering.mark
    }
  }
  return marks.every((mark) => mark === '.') ? null : marks.join('')
}

/**
 * Brings the marks of measured rows in the span in line with the decisions in force. Called after every write
 * (late data of a marked period are marked too: cheap when no decision touches the span), and with `always` after a
 * decision, so that withdrawn marks disappear.
 */
export async function refreshMarks(trx: Trx, period: Period, span: Span, always = false): Promise<void> {
  const covering = await coverings(trx, period, span)
  if (covering.length === 0 && !always) return
  const { rows } = await trx.query<{
    ms: string
    point_id: number
    layout: number
    marks: string | null
    factors: string[]
  }>(
    `select extract(epoch from o.ts) * 1000 as ms, o.point_id, o.layout, o.marks, l.factors
     from ${factTable[period]} o join layout l on l.id = o.layout and l.procedure = 'measured'
     where o.point_id = any($1) and o.ts >= to_timestamp($2::float8 / 1000) and o.ts < to_timestamp($3::float8 / 1000)`,
    [span.pointIds, span.fromMs, span.toMs],
  )
  const changed = rows
    .map((row) => ({
      startMs: Number(row.ms),
      pointId: row.point_id,
      layoutId: row.layout,
      was: row.marks,
      marks: marksOf(
        period,
        { pointId: row.point_id, startMs: Number(row.ms), factors: row.factors },
        covering,
      ),
    }))
    .filter((row) => row.marks !== row.was)
  if (changed.length === 0) return
  await trx.query(
    `update ${factTable[period]} o set marks = nullif(t.marks, '')
     from unnest($1::timestamptz[], $2::int4[], $3::int4[], $4::text[]) as t (ts, point_id, layout, marks)
     where o.ts = t.ts and o.point_id = t.point_id and o.layout = t.layout`,
    [
      timestampArray(changed.map((row) => row.startMs)),
      int4Array(changed.map((row) => row.pointId)),
      int4Array(changed.map((row) => row.layoutId)),
      textArray(changed.map((row) => row.marks ?? '')),
    ],
  )
}
