/** Everything of the room that the journal, the registry and the ledger can make again. Dictionaries stay. */
import { createHash } from 'node:crypto'
import type { Queryable, Trx } from '../../platform/db/index.ts'

const computed = [
  'outlet_hour',
  'outlet_hour_revision',
  'outlet_day',
  'outlet_current',
  'outlet_month',
  'outlet_month_stale',
  'exceedance_version',
  'exceedance',
  'source_dirty',
  'source_change',
]

/** Empties what is computed; what people decided stays. */
export async function wipeComputed(trx: Trx): Promise<void> {
  await trx.query(`truncate ${computed.join(', ')}`)
}

/** Empties what a replay of the journal makes again: what is computed and what was decided. */
export async function wipeSources(trx: Trx): Promise<void> {
  await trx.query(`truncate ${[...computed, 'source_mark', 'exceedance_judgement'].join(', ')}`)
}

const contents = [
  `select h.ts, h.outlet_id, l.factors, h.vals, h.states, h.reasons, h.auto, h.manual, h.methods, h.msg
   from outlet_hour h join outlet_layout l on l.id = h.layout order by h.outlet_id, h.ts`,
  `select d.day, d.outlet_id, l.factors, d.means, d.masses, d.valid_hours, d.due_hours, d.over_hours, d.stopped_hours,
     d.due, d.received, d.valid_due, d.valid, d.realtime_received, d.realtime_valid
   from outlet_day d join outlet_layout l on l.id = d.layout order by d.outlet_id, d.day`,
  `select outlet_id, factor, kind, from_ts, to_ts, hours, max_value, c.digest, multiple, exempted, grade, grade_reasons,
     state, state_reason, mark_ids
   from exceedance e join limit_choice c on c.id = e.limit_id where state <> 'withdrawn'
   order by outlet_id, factor, kind, from_ts`,
  'select outlet_id, ts, vals, states, manual, exceeding, multiple from outlet_current order by outlet_id',
]

/** SHA-256 (hex) over what hours, days and standing exceedances say, without ids, versions and clock times. */
export async function sourceDigest(q: Queryable): Promise<string> {
  const hash = createHash('sha256')
  for (const query of contents) {
    const { rows } = await q.query<{ line: string }>(`select t::text as line from (${query}) t`)
    for (const { line } of rows) hash.update(line).update('\n')
  }
  return hash.digest('hex')
}
