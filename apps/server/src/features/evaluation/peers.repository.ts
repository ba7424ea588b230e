import type { Queryable } from '../../platform/db/index.ts'

/** Published composite indexes of exactly one span. */
export async function publishedIndexes(
  q: Queryable,
  span: { from: string; to: string },
): Promise<{ cityId: number; composite: number }[]> {
  const { rows } = await q.query<{ cityId: number; composite: number }>(
    `select city_id as "cityId", composite from peer_index
     where period_from = $1 and period_to = $2 and composite is not null`,
    [span.from, span.to],
  )
  return rows
}

/** Spans inside a period for which any city published an index. */
export async function publishedSpans(
  q: Queryable,
  period: { from: string; to: string },
): Promise<{ from: string; to: string }[]> {
  const { rows } = await q.query<{ from: string; to: string }>(
    `select distinct period_from as "from", period_to as "to" from peer_index
     where period_from >= $1 and period_to <= $2 and composite is not null`,
    [period.from, period.to],
  )
  return rows
}
