/** SQL of the engine's work: its queue, dead-man timers, what is due. Runs as owner of the tables. */
import type { Queryable, Trx } from '../../platform/db/index.ts'

const at = (n: number) => `to_timestamp($${n} / 1000.0)`
const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`
const instants = (n: number) =>
  `array(select to_timestamp(t / 1000.0) from unnest($${n}::float8[]) with ordinality u(t, i) order by i)`

export interface Change {
  readonly outletId: number
  readonly fromMs: number
  readonly toMs: number
}

export async function enqueueChanges(q: Queryable, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return
  await q.query({
    name: 'lead-queue-add',
    text: `insert into lead_queue (outlet_id, from_at, to_at)
      select * from unnest($1::int[], ${instants(2)}, ${instants(3)})`,
    values: [changes.map((c) => c.outletId), changes.map((c) => c.fromMs), changes.map((c) => c.toMs)],
  })
}

/** Outlets that wait, the longest first. */
export async function waitingOutlets(q: Queryable, limit: number): Promise<number[]> {
  const { rows } = await q.query<{ outlet_id: number }>(
    'select outlet_id from lead_queue group by outlet_id order by min(id) limit $1',
    [limit],
  )
  return rows.map((r) => r.outlet_id)
}

/** Takes what waits of an outlet out of the queue; undefined when another has. The outlet's lock is held. */
export async function takeChanges(trx: Trx, outletId: number): Promise<Change | undefined> {
  const { rows } = await trx.query<{ fromMs: number | null; toMs: number | null }>({
    name: 'lead-queue-take',
    text: `with taken as (delete from lead_queue where outlet_id = $1 returning from_at, to_at)
      select ${ms('min(from_at)')} as "fromMs", ${ms('max(to_at)')} as "toMs" from taken`,
    values: [outletId],
  })
  const row = rows[0]
  if (row === undefined || row.fromMs === null || row.toMs === null) return undefined
  return { outletId, fromMs: row.fromMs, toMs: row.toMs }
}

/** Winds a dead-man timer up when something newer was seen; what is no newer does not turn it back. */
export async function windTimer(
  q: Queryable,
  timer: { ruleId: string; featureId: number; factor: string; lastSeenMs: number; dueMs: number },
): Promise<void> {
  await q.query({
    name: 'lead-timer-wind',
    text: `insert into lead_timer (rule_id, feature_id, factor, last_seen_at, due_at)
      values ($1, $2, $3, ${at(4)}, ${at(5)})
      on conflict (rule_id, feature_id, factor) do update
        set last_seen_at = excluded.last_seen_at, due_at = excluded.due_at, fired = false
        where lead_timer.last_seen_at < excluded.last_seen_at`,
    values: [timer.ruleId, timer.featureId, timer.factor, timer.lastSeenMs, timer.dueMs],
  })
}

export interface DueTimer {
  readonly ruleId: string
  readonly featureId: number
  readonly factor: string
  readonly lastSeenMs: number
}

export async function dueTimers(q: Queryable, nowMs: number, limit: number): Promise<DueTimer[]> {
  const { rows } = await q.query<DueTimer>(
    `select rule_id as "ruleId", feature_id as "featureId", factor, ${ms('last_seen_at')} as "lastSeenMs"
       from lead_timer where not fired and due_at <= ${at(1)} order by due_at limit $2`,
    [nowMs, limit],
  )
  return rows
}

/** A timer that has run out and was looked at. */
export async function markFired(q: Queryable, timer: DueTimer): Promise<void> {
  await q.query(
    `update lead_timer set fired = true where rule_id = $1 and feature_id = $2 and factor = $3 and last_seen_at <= ${at(4)}`,
    [timer.ruleId, timer.featureId, timer.factor, timer.lastSeenMs],
  )
}

export interface DueReminder {
  readonly id: number
  readonly featureId: number
  readonly escalation: number
  readonly escalateMs: number
}

export async function dueReminders(q: Queryable, nowMs: number, limit: number): Promise<DueReminder[]> {
  const { rows } = await q.query<DueReminder>(
    `select l.id, l.feature_id as "featureId", l.escalation,
            ${ms(`l.opened_at + coalesce(k.escalate_hours, 48) * interval '1 hour'`)} as "escalateMs"
       from lead l left join lead_rule k on k.id = l.rule_id
      where l.remind_at <= ${at(1)} order by l.remind_at limit $2`,
    [nowMs, limit],
  )
  return rows
}

/** Moves the reminder of a lead on; false when somebody has acknowledged or reminded meanwhile. */
export async function advanceReminder(
  q: Queryable,
  id: number,
  seen: number,
  next: { escalation: number; remindMs: number | null },
): Promise<boolean> {
  const { rowCount } = await q.query(
    `update lead set escalation = $3, remind_at = ${at(4)}, version = version + 1
      where id = $1 and state = 'open' and escalation = $2 and remind_at is not null`,
    [id, seen, next.escalation, next.remindMs],
  )
  return rowCount === 1
}

/** Leads whose rule has waited long enough in quiet, and objects with a score that fell long ago. */
export async function quietLeads(
  q: Queryable,
  nowMs: number,
  limit: number,
): Promise<{ featureId: number; ruleId: string }[]> {
  const { rows } = await q.query<{ featureId: number; ruleId: string }>(
    `select distinct l.feature_id as "featureId", l.rule_id as "ruleId" from lead l left join lead_rule k on k.id = l.rule_id
      where l.active and l.quiet_since is not null
        and l.quiet_since + coalesce(k.calm_after_hours, 24) * interval '1 hour' <= ${at(1)} limit $2`,
    [nowMs, limit],
  )
  return rows
}

export async function fallenObjects(q: Queryable, nowMs: number, limit: number): Promise<number[]> {
  const { rows } = await q.query<{ feature_id: number }>(
    `select distinct l.feature_id from lead l left join lead_rule k on k.id = l.rule_id
      where l.active and l.low_since is not null
        and l.low_since + least(coalesce(k.calm_after_hours, 24), 24) * interval '1 hour' <= ${at(1)} limit $2`,
    [nowMs, limit],
  )
  return rows.map((r) => r.feature_id)
}

/** Points whose newest minute lies in (afterMs, …], with that minute. */
export async function newestMinutes(
  q: Queryable,
  afterMs: number,
): Promise<{ pointId: number; ms: number }[]> {
  const { rows } = await q.query<{ pointId: number; ms: number }>(
    `select point_id as "pointId", ${ms('max(ts)')} as ms from latest where period = 'min' and ts > ${at(1)} group by 1`,
    [afterMs],
  )
  return rows
}

/** False when the day has been handed to a job already. */
export async function claimScanDay(q: Queryable, day: string, jobId: number): Promise<boolean> {
  const { rowCount } = await q.query(
    'insert into lead_scan_day (day, job_id) values ($1, $2) on conflict do nothing',
    [day, jobId],
  )
  return rowCount === 1
}

export async function scanDayClaimed(q: Queryable, day: string): Promise<boolean> {
  const { rowCount } = await q.query('select from lead_scan_day where day = $1', [day])
  return rowCount === 1
}

/** Notes that the windows of an outlet are to be scanned anew, from the earliest change on. */
export async function noteScanDue(
  q: Queryable,
  outletId: number,
  fromMs: number,
  nowMs: number,
): Promise<void> {
  await q.query({
    name: 'lead-scan-due',
    text: `insert into lead_scan_due (outlet_id, from_at, changed_at) values ($1, ${at(2)}, ${at(3)})
      on conflict (outlet_id) do update set from_at = least(lead_scan_due.from_at, excluded.from_at),
        changed_at = greatest(lead_scan_due.changed_at, excluded.changed_at)`,
    values: [outletId, fromMs, nowMs],
  })
}

/**
 * Outlets that are due, taken out; none while changes still come in (unless the first has waited for too long) or while
 * a scan waits or runs.
 */
export async function takeScanDue(
  trx: Trx,
  jobName: string,
  settledBeforeMs: number,
  overdueBeforeMs: number,
): Promise<{ outletIds: number[]; fromMs: number } | undefined> {
  const { rows } = await trx.query<{ outlet_id: number; fromMs: number }>(
    `with ready as (
       select 1 from lead_scan_due having max(changed_at) <= ${at(2)} or min(changed_at) <= ${at(3)}
     )
     delete from lead_scan_due where exists (select from ready)
       and not exists (select from job where name = $1 and state in ('queued', 'running'))
     returning outlet_id, ${ms('from_at')} as "fromMs"`,
    [jobName, settledBeforeMs, overdueBeforeMs],
  )
  if (rows.length === 0) return undefined
  return { outletIds: rows.map((r) => r.outlet_id), fromMs: Math.min(...rows.map((r) => r.fromMs)) }
}

/** Beginning of the earliest stretch of the outlet's open leads of the rules that reaches to `fromMs` or beyond. */
export async function openStretchBegan(
  q: Queryable,
  featureId: number,
  ruleIds: readonly string[],
  fromMs: number,
): Promise<number | null> {
  const { rows } = await q.query<{ began: number | null }>(
    `select (extract(epoch from min(o.from_at)) * 1000)::float8 as began
       from lead l join lead_occurrence o on o.lead_id = l.id
      where l.feature_id = $1 and l.rule_id = any($2) and l.active and o.to_at >= to_timestamp($3::float8 / 1000)`,
    [featureId, ruleIds, fromMs],
  )
  return rows[0]?.began ?? null
}
