/** SQL of raising and calming; runs as owner of the tables. Times go in and out as epoch milliseconds. */
import type { LeadLevelName, LeadStateName } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import type { LeadDraft, LeadStanding, Occurrence } from './lead.table.ts'
import type { KnownLead } from './lead-decision.ts'
import type { ScoredStretch } from './lead-score.ts'

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`
const standing = `id, feature_id as "featureId", rule_id as "ruleId", factor, state, level, weight, score,
  ${ms('from_at')} as "fromMs", ${ms('to_at')} as "toMs", openings, ${ms('opened_at')} as "openedMs",
  ${ms('quiet_since')} as "quietSinceMs", ${ms('ended_at')} as "endedMs", ${ms('low_since')} as "lowSinceMs",
  region_code as "regionCode", owner_id as "ownerId"`
const at = (n: number) => `to_timestamp($${n} / 1000.0)`

/** Any constant: class of the advisory locks of this room. */
const lockClass = 7_212_106

/** Writers on one object wait for each other; the lock holds to the end of the transaction. */
export async function lockObject(trx: Queryable, featureId: number): Promise<void> {
  await trx.query({
    name: 'lead-lock',
    text: 'select pg_advisory_xact_lock($1, $2)',
    values: [lockClass, featureId],
  })
}

export interface LeadKey {
  readonly featureId: number
  readonly ruleId: string
  readonly factor: string
}

const occurrence = `o.lead_id as "leadId", ${ms('o.from_at')} as "fromMs", ${ms('o.to_at')} as "toMs", o.score,
  o.statistic, o.threshold, o.n, o.explanation, o.refutation,
  array(select ${ms('h')} from unnest(o.hours) h) as "hoursMs", o.msgs::text[] as msgs`

/** Leads of the key that are open, decided but not ended, or meet the window; with the occurrences that meet it. */
export async function knownLeads(
  trx: Queryable,
  key: LeadKey,
  fromMs: number,
  toMs: number,
): Promise<KnownLead[]> {
  const { rows } = await trx.query<{ id: number; state: LeadStateName; endedMs: number | null }>({
    name: 'lead-known',
    text: `select id, state, ${ms('ended_at')} as "endedMs" from lead
      where feature_id = $1 and rule_id = $2 and factor = $3
        and (active or (ended_at is null and state in ('confirmed', 'dismissed'))
             or (from_at <= ${at(5)} and to_at >= ${at(4)}))
      order by id`,
    values: [key.featureId, key.ruleId, key.factor, fromMs, toMs],
  })
  if (rows.length === 0) return []
  const { rows: occurrences } = await trx.query<Occurrence>({
    name: 'lead-occurrences-met',
    text: `select ${occurrence} from lead_occurrence o
      where o.lead_id = any($1) and o.from_at <= ${at(3)} and o.to_at >= ${at(2)}`,
    values: [rows.map((r) => r.id), fromMs, toMs],
  })
  return rows.map((row) => ({ ...row, occurrences: occurrences.filter((o) => o.leadId === row.id) }))
}

export async function occurrencesOf(q: Queryable, leadId: number): Promise<Occurrence[]> {
  const { rows } = await q.query<Occurrence>(
    `select ${occurrence} from lead_occurrence o where o.lead_id = $1 order by o.from_at`,
    [leadId],
  )
  return rows
}

export async function standingOf(trx: Queryable, id: number): Promise<LeadStanding | undefined> {
  const { rows } = await trx.query<LeadStanding>({
    name: 'lead-standing',
    text: `select ${standing} from lead where id = $1`,
    values: [id],
  })
  return rows[0]
}

/** Open leads of an object, and decided ones whose condition has not ended; of one rule or of all. */
export async function liveLeads(trx: Queryable, featureId: number, ruleId?: string): Promise<LeadStanding[]> {
  const { rows } = await trx.query<LeadStanding>({
    name: 'lead-live',
    text: `select ${standing} from lead
      where feature_id = $1 and ($2::text is null or rule_id = $2)
        and (active or (ended_at is null and state in ('confirmed', 'dismissed'))) order by id`,
    values: [featureId, ruleId ?? null],
  })
  return rows
}

/** Stretches of the leads that count for the scores of an object: the open ones, and the confirmed ones that have not ended. */
export async function scoredStretches(trx: Queryable, featureId: number): Promise<ScoredStretch[]> {
  const { rows } = await trx.query<ScoredStretch>({
    name: 'lead-scored',
    text: `select l.id as "leadId", l.rule_id as "ruleId", l.factor, o.score as weight, ${ms('o.from_at')} as "fromMs",
         ${ms('o.to_at')} as "toMs"
       from lead l join lead_occurrence o on o.lead_id = l.id
      where l.feature_id = $1 and (l.active or (l.ended_at is null and l.state = 'confirmed'))
      order by l.id, o.from_at`,
    values: [featureId],
  })
  return rows
}

export interface Opening {
  readonly level: LeadLevelName
  readonly weight: number
  readonly atMs: number
  readonly dueMs: number | null
  readonly remindMs: number
}

/** Undefined when another writer has opened one: the partial unique index lets only one through. */
export async function insertLead(
  trx: Queryable,
  draft: LeadDraft,
  opening: Opening,
): Promise<number | undefined> {
  const { rows } = await trx.query<{ id: number }>({
    name: 'lead-insert',
    text: `insert into lead (feature_id, enterprise_id, rule_id, factor, region_code, owner_id, operator, state, level,
       weight, score, from_at, to_at, statistic, threshold, n, explanation, refutation, opened_at, changed_at, due_at, remind_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9, $9, ${at(10)}, ${at(11)}, $12, $13, $14, $15, $16, ${at(17)}, ${at(17)},
       ${at(18)}, ${at(19)})
     on conflict (feature_id, rule_id, factor) where active do nothing returning id`,
    values: [
      draft.featureId,
      draft.enterpriseId,
      draft.ruleId,
      draft.factor ?? '',
      draft.regionCode,
      draft.ownerId,
      draft.operator ?? null,
      opening.level,
      opening.weight,
      draft.fromMs,
      draft.toMs,
      JSON.stringify(draft.statistic),
      draft.threshold,
      draft.n,
      draft.explanation,
      draft.refutation,
      opening.atMs,
      opening.dueMs,
      opening.remindMs,
    ],
  })
  return rows[0]?.id
}

export async function replaceOccurrences(
  trx: Queryable,
  lead: { id: number; regionCode: number; ownerId: number },
  absorbed: readonly Occurrence[],
  made: Omit<Occurrence, 'leadId'>,
  atMs: number,
): Promise<void> {
  if (absorbed.length > 0) {
    await trx.query({
      name: 'lead-occurrence-absorb',
      text: `delete from lead_occurrence where lead_id = $1
        and from_at = any(array(select to_timestamp(t / 1000.0) from unnest($2::float8[]) t))`,
      values: [lead.id, absorbed.map((o) => o.fromMs)],
    })
  }
  await trx.query({
    name: 'lead-occurrence-insert',
    text: `insert into lead_occurrence (lead_id, from_at, to_at, region_code, owner_id, score, statistic, threshold, n, explanation,
       refutation, hours, msgs, raised_at)
     values ($1, ${at(2)}, ${at(3)}, $4, $5, $6, $7, $8, $9, $10, $11,
       array(select to_timestamp(t / 1000.0) from unnest($12::float8[]) t), $13::bigint[], ${at(14)})`,
    values: [
      lead.id,
      made.fromMs,
      made.toMs,
      lead.regionCode,
      lead.ownerId,
      made.score,
      JSON.stringify(made.statistic),
      made.threshold,
      made.n,
      made.explanation,
      made.refutation,
      made.hoursMs,
      made.msgs,
      atMs,
    ],
  })
}

/**
 * Brings the lead's own columns into line with its occurrences: window and count of all, words of the newest, weight of
 * the heaviest. False when no occurrence is left.
 */
export async function refreshLead(trx: Queryable, id: number, atMs: number): Promise<boolean> {
  const { rowCount } = await trx.query({
    name: 'lead-refresh',
    text: `update lead set from_at = a.from_at, to_at = a.to_at, occurrences = a.n, weight = a.weight, statistic = w.statistic,
         threshold = w.threshold, n = w.n, explanation = w.explanation, refutation = w.refutation, changed_at = ${at(2)},
         quiet_since = case when a.to_at > quiet_since then null else quiet_since end,
         ended_at = case when a.to_at > ended_at then null else ended_at end, version = version + 1
       from (select min(from_at) as from_at, max(to_at) as to_at, count(*)::int as n, max(score) as weight
               from lead_occurrence where lead_id = $1) a,
            lateral (select * from lead_occurrence where lead_id = $1 order by to_at desc, from_at desc limit 1) w
      where lead.id = $1 and a.n > 0`,
    values: [id, atMs],
  })
  return rowCount === 1
}

export async function reopenLead(trx: Queryable, id: number, opening: Opening): Promise<void> {
  await trx.query(
    `update lead set state = 'open', openings = openings + 1, opened_at = ${at(2)}, changed_at = ${at(2)}, due_at = ${at(3)},
       remind_at = ${at(4)}, escalation = 0, quiet_since = null, ended_at = null, acknowledged_at = null, acknowledged_by = null,
       low_since = null, version = version + 1 where id = $1`,
    [id, opening.atMs, opening.dueMs, opening.remindMs],
  )
}

export async function setScore(
  trx: Queryable,
  id: number,
  score: number,
  level: LeadLevelName,
  dueMs: number | null,
  lowSinceMs: number | null,
): Promise<void> {
  await trx.query({
    name: 'lead-score',
    text: `update lead set score = $2, level = $3, due_at = ${at(4)}, low_since = ${at(5)}, version = version + 1 where id = $1`,
    values: [id, score, level, dueMs, lowSinceMs],
  })
}

/** A decided lead whose condition has ended. */
export async function endLead(trx: Queryable, id: number, dataMs: number): Promise<void> {
  await trx.query(
    `update lead set ended_at = greatest(ended_at, ${at(2)}), quiet_since = to_at where id = $1`,
    [id, dataMs],
  )
}

export async function markQuiet(trx: Queryable, id: number): Promise<void> {
  await trx.query('update lead set quiet_since = to_at where id = $1 and quiet_since is null', [id])
}

export async function setCalmed(trx: Queryable, id: number, dataMs: number, atMs: number): Promise<void> {
  await trx.query(
    `update lead set state = 'calmed', ended_at = greatest(to_at, ${at(2)}), changed_at = ${at(3)}, remind_at = null, due_at = null,
       quiet_since = coalesce(quiet_since, to_at), low_since = null, version = version + 1 where id = $1`,
    [id, dataMs, atMs],
  )
}

export interface HistoryEntry {
  readonly action: string
  readonly atMs: number
  readonly byUser?: number | null
  readonly note?: string | null
  readonly from?: LeadStateName | null
  readonly to?: LeadStateName | null
  readonly commandId?: string | null
}

/** Keeps the step and, when the transaction commits, tells those who look at the leads. */
export async function insertHistory(
  trx: Queryable,
  lead: { id: number; regionCode: number; ownerId: number },
  entry: HistoryEntry,
): Promise<void> {
  await trx.query({
    name: 'lead-history-insert',
    text: `with kept as (
       insert into lead_history (lead_id, region_code, owner_id, at, action, by_user, note, state_from, state_to, command_id)
       values ($1, $2, $3, ${at(4)}, $5, $6, $7, $8, $9, $10))
     select pg_notify('shanshui_event', json_build_object('topic', 'lead', 'data', json_build_object('id', $1::int))::text)`,
    values: [
      lead.id,
      lead.regionCode,
      lead.ownerId,
      entry.atMs,
      entry.action,
      entry.byUser ?? null,
      entry.note ?? null,
      entry.from ?? null,
      entry.to ?? null,
      entry.commandId ?? null,
    ],
  })
}

/** Occurrences of a lead that lie wholly inside a window. */
export async function occurrencesWithin(
  trx: Queryable,
  leadId: number,
  fromMs: number,
  toMs: number,
): Promise<Occurrence[]> {
  const { rows } = await trx.query<Occurrence>({
    name: 'lead-occurrences-within',
    text: `select ${occurrence} from lead_occurrence o where o.lead_id = $1 and o.from_at >= ${at(2)} and o.to_at <= ${at(3)}`,
    values: [leadId, fromMs, toMs],
  })
  return rows
}

export async function deleteOccurrence(trx: Queryable, leadId: number, fromMs: number): Promise<void> {
  await trx.query(`delete from lead_occurrence where lead_id = $1 and from_at = ${at(2)}`, [leadId, fromMs])
}

export interface RuleTerms {
  readonly enabled: boolean
  readonly title: string
  readonly calmAfterHours: number
  readonly followUpHours: number
  readonly escalateHours: number
}

export async function ruleTerms(trx: Queryable, ruleId: string): Promise<RuleTerms | undefined> {
  const { rows } = await trx.query<RuleTerms>({
    name: 'lead-rule-terms',
    text: `select enabled, title, calm_after_hours as "calmAfterHours", follow_up_hours as "followUpHours",
       escalate_hours as "escalateHours" from lead_rule where id = $1`,
    values: [ruleId],
  })
  return rows[0]
}

export async function explanationOf(trx: Queryable, leadId: number): Promise<string> {
  const { rows } = await trx.query<{ explanation: string }>('select explanation from lead where id = $1', [
    leadId,
  ])
  return rows[0]?.explanation ?? ''
}

/** Registered name of an object, for words to people. */
export async function nameOf(trx: Queryable, featureId: number): Promise<string> {
  const { rows } = await trx.query<{ name: string }>({
    name: 'lead-feature-name',
    text: 'select name from feature where id = $1',
    values: [featureId],
  })
  return rows[0]?.name ?? `对象 ${featureId}`
}
