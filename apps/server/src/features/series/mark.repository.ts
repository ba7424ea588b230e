import type { Trx } from '../../platform/db/index.ts'
import { int4Array, textArray, timestampArray } from './binary-array.ts'
import { dayMs } from './civil-time.ts'
import type { Covering, Span } from './observation.repository.ts'
import { factTable, type Period } from './series.table.ts'

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
 * Brings the marks of measured rows in the span in line with the decisions in force: after a write, so that late data
 * of a marked period are marked too, and after a decision, so that withdrawn marks disappear.
 */
export async function refreshMarks(
  trx: Trx,
  period: Period,
  span: Span,
  covering: readonly Covering[],
): Promise<void> {
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
