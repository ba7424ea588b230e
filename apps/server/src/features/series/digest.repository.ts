/** Derived tables as a whole: wiped before a replay of the journal, compared after it (N19). */
import { createHash } from 'node:crypto'
import type { Queryable, Trx } from '../../platform/db/index.ts'
import { copyChunks } from './copy-rows.ts'
import { factTable, type Period, periods } from './series.table.ts'

/** Everything that the journal and the registry can make again. Layouts stay: they are a dictionary. */
export async function wipeDerived(trx: Trx): Promise<void> {
  const tables = [
    ...Object.values(factTable),
    'obs_revision',
    'latest',
    'dirty_bucket',
    'rolled_change',
    'validity_mark',
    'sand_period',
    'review_day',
    'review_event',
  ]
  await trx.query(`truncate ${tables.join(', ')}`)
}

/**
 * What is compared, by table: what the rows say, in a fixed order, without clock times, revision and message numbers
 * (identical values may come from either of two messages) and without ids that depend on the order of arrival.
 */
function contentOf(period: Period): string {
  return `select o.ts, o.point_id, l.procedure, l.factors, o.region_code, o.owner_id, o.vals, o.mins, o.maxs, o.cous,
      o.flags, o.marks
    from ${factTable[period]} o join layout l on l.id = o.layout
    order by o.ts, o.point_id, l.procedure, l.factors`
}

const decisionContents = [
  `select id, point_id, from_ts, to_ts, factors, reason, made_by, made_at, withdrawn_msg, withdrawn_by, withdrawn_at
   from validity_mark order by id`,
  `select id, city_id, point_ids, from_ts, to_ts, factors, scope, reason, made_by, made_at, withdrawn_msg, withdrawn_by,
     withdrawn_at
   from sand_period order by id`,
  'select point_id, day, reached, returned, reason, seen, msg from review_day order by point_id, day',
  'select msg, point_id, day, level, decision, reached, returned, reason, made_by, made_at from review_event order by msg, point_id, day',
  `select n.period, n.point_id, n.ts, l.procedure, l.factors from latest n join layout l on l.id = n.layout
   order by n.period, n.point_id, l.procedure, l.factors`,
]

/** SHA-256 (hex) over what the rows of a period say, or of all periods and decisions. Memory flat. */
export async function digestOf(q: Queryable, period: Period | 'all'): Promise<string> {
  const hash = createHash('sha256')
  const queries = period === 'all' ? [...periods.map(contentOf), ...decisionContents] : [contentOf(period)]
  for (const query of queries) {
    await copyChunks(q, query, (bytes, from, to) => {
      hash.update(bytes.subarray(from, to))
    })
  }
  return hash.digest('hex')
}
