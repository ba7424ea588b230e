import type { ObligationKind, ObligationState } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import type { ObligationRow, ObligationValues, PermitRow } from './obligation.table.ts'

/** One writer of obligations at a time: the hourly sweep and one that a person asks for touch the same rows in other orders. */
export async function lockSweep(trx: Queryable): Promise<void> {
  await trx.query(`select pg_advisory_xact_lock(hashtextextended('shanshui permit obligations', 0))`)
}

/** Makes obligations, or brings those that are still open up to date; settled ones stay as they were. */
export async function upsertObligations(
  q: Queryable,
  permit: PermitRow,
  obligations: readonly ObligationValues[],
  atMs: number,
): Promise<void> {
  if (obligations.length === 0) return
  const column = <T>(pick: (o: ObligationValues) => T) => obligations.map(pick)
  await q.query(
    `insert into permit_obligation as o (permit_id, enterprise_id, region_code, owner_id, updated_at, kind, key, title,
       outlet_number, factor, method, period_from, period_to, due_on, required, reason, clause, state)
     select $1, $2, $3, $4, to_timestamp($5 / 1000.0), kind, key, title, outlet_number, factor, method, period_from,
       period_to, due_on, required, exempt, clause, case when exempt is null then 'due' else 'exempt' end
     from unnest($6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::date[], $13::date[],
       $14::date[], $15::int[], $16::text[], $17::text[])
       as t (kind, key, title, outlet_number, factor, method, period_from, period_to, due_on, required, exempt, clause)
     on conflict (permit_id, key) do update set
       title = excluded.title, period_from = excluded.period_from, period_to = excluded.period_to,
       due_on = excluded.due_on, required = excluded.required, clause = excluded.clause,
       reason = excluded.reason, state = excluded.state, enterprise_id = excluded.enterprise_id,
       region_code = excluded.region_code, owner_id = excluded.owner_id, updated_at = excluded.updated_at
     where o.state in ('due', 'exempt')
       and (o.title, o.period_from, o.period_to, o.due_on, o.required, o.clause, o.reason, o.state, o.enterprise_id,
            o.region_code, o.owner_id)
        is distinct from (excluded.title, excluded.period_from, excluded.period_to, excluded.due_on, excluded.required,
            excluded.clause, excluded.reason, excluded.state, excluded.enterprise_id, excluded.region_code,
            excluded.owner_id)`,
    [
      permit.id,
      permit.enterprise_id,
      permit.region_code,
      permit.owner_id,
      atMs,
      column((o) => o.kind),
      column((o) => o.key),
      column((o) => o.title),
      column((o) => o.outletNumber),
      column((o) => o.factor),
      column((o) => o.method),
      column((o) => o.periodFrom),
      column((o) => o.periodTo),
      column((o) => o.dueOn),
      column((o) => o.required),
      column((o) => o.exempt),
      column((o) => o.clause),
    ],
  )
}

/** What the permit no longer asks for, as far as nothing has come of it yet. */
export async function dropObsolete(
  q: Queryable,
  permitId: number,
  span: { readonly from: string; readonly to: string },
  keys: readonly string[],
): Promise<void> {
  await q.query(
    `delete from permit_obligation where permit_id = $1 and state in ('due', 'exempt')
       and period_to >= $2 and period_from <= $3 and key <> all($4::text[])`,
    [permitId, span.from, span.to, keys],
  )
}

const columns = `o.id, o.permit_id, p.code as permit_number, o.enterprise_id, e.name as enterprise_name, o.kind, o.key,
  o.title, o.outlet_number, o.factor, o.method, o.period_from, o.period_to, o.due_on, o.state, o.required, o.found,
  o.evidence, o.reason, o.clause, o.done_at, o.late, o.overdue_at, o.lead_id, o.region_code, o.owner_id`
const obligationSelect = `select ${columns} from permit_obligation o join feature p on p.id = o.permit_id
  left join feature e on e.id = o.enterprise_id`

export interface ObligationFilter {
  readonly ids?: readonly number[]
  readonly permitId?: number | undefined
  readonly enterpriseId?: number | undefined
  readonly region: readonly [number | null, number | null]
  readonly kind?: ObligationKind | undefined
  readonly state?: ObligationState | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly after?: readonly [string, number] | undefined
  readonly limit: number
}

const where = `($1::int[] is null or o.id = any($1)) and ($2::int is null or o.permit_id = $2)
  and ($3::int is null or o.enterprise_id = $3) and ($4::int is null or o.region_code between $4 and $5)
  and ($6::text is null or o.kind = $6) and ($7::text is null or o.state = $7)
  and ($8::date is null or o.due_on >= $8) and ($9::date is null or o.due_on <= $9)`
const parameters = (f: Omit<ObligationFilter, 'after' | 'limit'>) => [
  f.ids ?? null,
  f.permitId ?? null,
  f.enterpriseId ?? null,
  ...f.region,
  f.kind ?? null,
  f.state ?? null,
  f.from ?? null,
  f.to ?? null,
]

export async function selectObligations(q: Queryable, filter: ObligationFilter): Promise<ObligationRow[]> {
  const { rows } = await q.query<ObligationRow>(
    `${obligationSelect} where ${where} and ($10::date is null or (o.due_on, o.id) > ($10, $11))
      order by o.due_on, o.id limit $12`,
    [...parameters(filter), filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.limit],
  )
  return rows
}

/** Locked until the end of the transaction. */
export async function lockObligation(q: Queryable, id: number): Promise<ObligationRow | undefined> {
  const { rows } = await q.query<ObligationRow>(`${obligationSelect} where o.id = $1 for update of o`, [id])
  return rows[0]
}

export interface CountRow {
  due: number
  done: number
  late: number
  overdue: number
  exempt: number
}
const counts = `count(*) filter (where o.state = 'due')::int as due, count(*) filter (where o.state = 'done')::int as done,
  count(*) filter (where o.state = 'done' and o.late)::int as late,
  count(*) filter (where o.state = 'overdue')::int as overdue,
  count(*) filter (where o.state in ('exempt', 'waived'))::int as exempt`

export async function countsByPermit(
  q: Queryable,
  permitIds: readonly number[],
): Promise<Map<number, CountRow>> {
  const { rows } = await q.query<CountRow & { permit_id: number }>(
    `select o.permit_id, ${counts} from permit_obligation o where o.permit_id = any($1) group by 1`,
    [permitIds],
  )
  return new Map(rows.map(({ permit_id, ...row }) => [permit_id, row]))
}

export async function countsByDay(
  q: Queryable,
  filter: Omit<ObligationFilter, 'after' | 'limit'>,
): Promise<(CountRow & { day: string })[]> {
  const { rows } = await q.query<CountRow & { day: string }>(
    `select o.due_on as day, ${counts} from permit_obligation o where ${where} group by 1 order by 1`,
    parameters(filter),
  )
  return rows
}

export interface EnterpriseCountRow extends CountRow {
  enterprise_id: number | null
  enterprise_name: string | null
  region_code: number
  region_name: string | null
  permits: number
  manual_asked: number
  manual_done: number
  tasks_asked: number
  tasks_done: number
  owner_id: number
}

/** By enterprise; tasks whose day has come: settled ones and those that are overdue. */
export async function countsByEnterprise(
  q: Queryable,
  filter: Omit<ObligationFilter, 'after' | 'limit'>,
): Promise<EnterpriseCountRow[]> {
  const { rows } = await q.query<EnterpriseCountRow>(
    `select o.enterprise_id, e.name as enterprise_name, o.region_code, r.name as region_name,
            min(o.owner_id) as owner_id, count(distinct o.permit_id)::int as permits, ${counts},
            count(*) filter (where ${asked} and o.method = 'manual')::int as manual_asked,
            count(*) filter (where ${asked} and o.method = 'manual' and o.found > 0)::int as manual_done,
            count(*) filter (where ${asked})::int as tasks_asked,
            count(*) filter (where ${asked} and o.state = 'done')::int as tasks_done
       from permit_obligation o left join feature e on e.id = o.enterprise_id
       left join region r on r.code = o.region_code
      where ${where} group by 1, 2, 3, 4 order by overdue desc, e.name`,
    parameters(filter),
  )
  return rows
}
const asked = `o.kind = 'self-monitoring' and o.state in ('done', 'overdue')`

/** Open obligations that evidence may settle: not settled, period begun. */
export async function selectOpen(
  q: Queryable,
  permitIds: readonly number[] | null,
  today: string,
): Promise<ObligationRow[]> {
  const { rows } = await q.query<ObligationRow>(
    `${obligationSelect} where ($1::int[] is null or o.permit_id = any($1)) and o.state in ('due', 'overdue')
       and o.period_from <= $2 order by o.permit_id, o.due_on, o.id`,
    [permitIds, today],
  )
  return rows
}

export interface Settlement {
  readonly id: number
  readonly found: number
  /** null: not done. */
  readonly doneAtMs: number | null
  readonly late: boolean
  readonly evidence: string | null
}

/** Settles open obligations; which of them became done. */
export async function settleObligations(
  q: Queryable,
  settlements: readonly Settlement[],
  atMs: number,
): Promise<number[]> {
  if (settlements.length === 0) return []
  const { rows } = await q.query<{ id: number; state: string }>(
    `update permit_obligation o set found = t.found,
       state = case when t.done_ms is null then o.state else 'done' end,
       done_at = case when t.done_ms is null then null else to_timestamp(t.done_ms / 1000.0) end,
       late = t.late, evidence = coalesce(t.evidence, o.evidence), updated_at = to_timestamp($6 / 1000.0)
     from unnest($1::int[], $2::int[], $3::float8[], $4::boolean[], $5::text[]) as t (id, found, done_ms, late, evidence)
     where o.id = t.id and o.state in ('due', 'overdue') and (o.found <> t.found or t.done_ms is not null)
     returning o.id, o.state`,
    [
      settlements.map((s) => s.id),
      settlements.map((s) => s.found),
      settlements.map((s) => s.doneAtMs),
      settlements.map((s) => s.late),
      settlements.map((s) => s.evidence),
      atMs,
    ],
  )
  return rows.filter((row) => row.state === 'done').map((row) => row.id)
}

/** Whose day has passed: each becomes overdue once, whoever sweeps at the same moment. */
export async function markOverdue(
  q: Queryable,
  today: string,
  atMs: number,
  limit: number,
): Promise<number[]> {
  const { rows } = await q.query<{ id: number }>(
    `update permit_obligation set state = 'overdue', overdue_at = to_timestamp($2 / 1000.0),
       updated_at = to_timestamp($2 / 1000.0)
     where id in (select id from permit_obligation where state = 'due' and due_on < $1
                  order by due_on, id limit $3 for update skip locked)
     returning id`,
    [today, atMs, limit],
  )
  return rows.map((row) => row.id)
}

export async function setLead(q: Queryable, ids: readonly number[], leadId: number): Promise<void> {
  await q.query('update permit_obligation set lead_id = $2 where id = any($1)', [ids, leadId])
}

export async function waive(q: Queryable, id: number, reason: string, atMs: number): Promise<void> {
  await q.query(
    `update permit_obligation set state = 'waived', reason = $2, updated_at = to_timestamp($3 / 1000.0) where id = $1`,
    [id, reason, atMs],
  )
}
