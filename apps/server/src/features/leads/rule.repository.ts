/** SQL of the rules of leads and of how they fare. */
import type { Condition, RuleParameter } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import type { RuleRow, RuleSeed } from './rule.table.ts'

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`
const at = (n: number) => `to_timestamp($${n} / 1000.0)`
const columns = `r.id, r.title, r.title_en as "titleEn", r.description, r.kind, r.family, r.subject_kind as "subjectKind",
  r.medium, r.condition, r.weight, r.clause, r.status, r.parameters, r.enabled, r.calm_after_hours as "calmAfterHours",
  r.follow_up_hours as "followUpHours", r.escalate_hours as "escalateHours", r.own, r.version,
  ${ms('r.enabled_since')} as "enabledSinceMs", ${ms('r.updated_at')} as "updatedMs", u.name as "updatedBy"`
const from = 'from lead_rule r left join app_user u on u.id = r.updated_by'

export async function selectRules(q: Queryable, ids?: readonly string[]): Promise<RuleRow[]> {
  const { rows } = await q.query<RuleRow>(
    `select ${columns} ${from} where $1::text[] is null or r.id = any($1) order by r.own, r.id`,
    [ids ?? null],
  )
  return rows
}

/** Locks the row until the end of the transaction. */
export async function selectRuleForUpdate(q: Queryable, id: string): Promise<RuleRow | undefined> {
  const { rows } = await q.query<RuleRow>(`select ${columns} ${from} where r.id = $1 for update of r`, [id])
  return rows[0]
}

/**
 * A delivered rule: made when it is not there; when it is, its words are renewed and its parameters keep the values that
 * the bureau gave them.
 */
export async function putSeed(
  q: Queryable,
  seed: RuleSeed,
  parameters: readonly RuleParameter[],
  atMs: number,
): Promise<void> {
  await q.query(
    `insert into lead_rule (id, title, title_en, description, kind, family, subject_kind, medium, condition, weight, clause, status,
       parameters, calm_after_hours, follow_up_hours, escalate_hours, enabled_since, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, ${at(17)}, ${at(17)})
     on conflict (id) do update set title = excluded.title, title_en = excluded.title_en, description = excluded.description,
       clause = excluded.clause, status = excluded.status, parameters = excluded.parameters
     where not lead_rule.own and (lead_rule.title, lead_rule.title_en, lead_rule.description, lead_rule.clause,
       lead_rule.status, lead_rule.parameters) is distinct from (excluded.title, excluded.title_en, excluded.description,
       excluded.clause, excluded.status, excluded.parameters)`,
    [
      seed.id,
      seed.title,
      seed.titleEn,
      seed.description,
      seed.kind,
      seed.family,
      seed.subjectKind,
      seed.medium,
      JSON.stringify(seed.condition),
      seed.weight,
      seed.clause,
      seed.status,
      JSON.stringify(parameters),
      seed.calmAfterHours,
      seed.followUpHours,
      seed.escalateHours,
      atMs,
    ],
  )
}

/** The delivered condition, where the bureau has not made the rule its own by a change. True when it was another. */
export async function renewCondition(
  q: Queryable,
  seed: Pick<RuleSeed, 'id' | 'condition'>,
  atMs: number,
): Promise<boolean> {
  const { rowCount } = await q.query(
    `update lead_rule set condition = $2, version = version + 1, updated_at = ${at(3)}
      where id = $1 and not own and updated_by is null and condition <> $2::jsonb`,
    [seed.id, JSON.stringify(seed.condition), atMs],
  )
  return rowCount === 1
}

export interface NewRule {
  readonly id: string
  readonly title: string
  readonly titleEn: string
  readonly description: string
  readonly family: string
  readonly medium: 'air' | 'water' | null
  readonly kind: 'stream' | 'day'
  readonly condition: Condition
  readonly weight: number
  readonly clause: string
  readonly status: string
  readonly calmAfterHours: number
  readonly followUpHours: number
  readonly escalateHours: number
}

/** False when the id is taken. */
export async function insertRule(q: Queryable, rule: NewRule, atMs: number, by: number): Promise<boolean> {
  const { rowCount } = await q.query(
    `insert into lead_rule (id, title, title_en, description, kind, family, subject_kind, medium, condition, weight, clause, status,
       calm_after_hours, follow_up_hours, escalate_hours, own, enabled_since, updated_at, updated_by)
     values ($1, $2, $3, $4, $5, $6, 'outlet', $7, $8, $9, $10, $11, $12, $13, $14, true, ${at(15)}, ${at(15)}, $16)
     on conflict (id) do nothing`,
    [
      rule.id,
      rule.title,
      rule.titleEn,
      rule.description,
      rule.kind,
      rule.family,
      rule.medium,
      JSON.stringify(rule.condition),
      rule.weight,
      rule.clause,
      rule.status,
      rule.calmAfterHours,
      rule.followUpHours,
      rule.escalateHours,
      atMs,
      by,
    ],
  )
  return rowCount === 1
}

export interface RuleChange {
  readonly enabled: boolean
  readonly weight: number
  readonly condition: Condition
  readonly parameters: readonly RuleParameter[]
  readonly calmAfterHours: number
  readonly followUpHours: number
  readonly escalateHours: number
}

export async function updateRule(
  q: Queryable,
  id: string,
  change: RuleChange,
  atMs: number,
  by: number,
): Promise<void> {
  await q.query(
    `update lead_rule set enabled_since = case when $2 and not enabled then ${at(9)} else enabled_since end, enabled = $2,
       weight = $3, condition = $4, parameters = $5, calm_after_hours = $6, follow_up_hours = $7, escalate_hours = $8,
       version = version + 1, updated_at = ${at(9)}, updated_by = $10 where id = $1`,
    [
      id,
      change.enabled,
      change.weight,
      JSON.stringify(change.condition),
      JSON.stringify(change.parameters),
      change.calmAfterHours,
      change.followUpHours,
      change.escalateHours,
      atMs,
      by,
    ],
  )
}

/** Keeps the version that stands now, with why it came about. */
export async function keepRuleVersion(
  q: Queryable,
  id: string,
  reason: string,
  atMs: number,
  by: number | null,
): Promise<void> {
  await q.query(
    `insert into lead_rule_history (rule_id, version, changed_at, changed_by, reason, row)
     select id, version, ${at(3)}, $4, $2, to_jsonb(lead_rule) from lead_rule where id = $1
     on conflict do nothing`,
    [id, reason, atMs, by],
  )
}

export interface RuleVersionRow {
  readonly version: number
  readonly changedMs: number
  readonly changedBy: string | null
  readonly reason: string
  readonly row: {
    readonly enabled: boolean
    readonly weight: number
    readonly condition: Condition
    readonly parameters: readonly RuleParameter[]
  }
}

export async function ruleVersions(q: Queryable, id: string): Promise<RuleVersionRow[]> {
  const { rows } = await q.query<RuleVersionRow>(
    `select h.version, ${ms('h.changed_at')} as "changedMs", u.name as "changedBy", h.reason, h.row
       from lead_rule_history h left join app_user u on u.id = h.changed_by where h.rule_id = $1 order by h.version desc`,
    [id],
  )
  return rows
}

export interface TallyRow {
  readonly key: string
  readonly month: string
  readonly hits: number
  readonly open: number
  readonly confirmed: number
  readonly notConfirmed: number
  readonly lastMs: number
}

export type TallyBy = 'rule' | 'operator' | 'region'
const tallyKeys: Readonly<Record<TallyBy, string>> = {
  rule: 'l.rule_id',
  operator: `coalesce(l.operator, '')`,
  region: 'l.region_code::text',
}

/** Leads and their outcomes by key and month in which they were first triggered, within [fromMs, toMs). As the caller sees them. */
export async function tally(
  q: Queryable,
  by: TallyBy,
  fromMs: number,
  toMs: number,
  region?: readonly [number, number],
): Promise<TallyRow[]> {
  const { rows } = await q.query<TallyRow>(
    `select ${tallyKeys[by]} as key, to_char(l.from_at, 'YYYY-MM') as month, count(*)::int as hits,
            count(*) filter (where l.active)::int as open,
            count(*) filter (where l.outcome = 'confirmed')::int as confirmed,
            count(*) filter (where l.outcome = 'not-confirmed')::int as "notConfirmed",
            ${ms('max(l.from_at)')} as "lastMs"
       from lead l where l.from_at >= ${at(1)} and l.from_at < ${at(2)}
        and ($3::int is null or l.region_code between $3 and $4)
      group by 1, 2`,
    [fromMs, toMs, region?.[0] ?? null, region?.[1] ?? null],
  )
  return rows
}

/** Ids of rules that have ever raised a lead. */
export async function rulesThatHit(q: Queryable): Promise<Set<string>> {
  const { rows } = await q.query<{ rule_id: string }>('select distinct rule_id from lead')
  return new Set(rows.map((r) => r.rule_id))
}

/** Medians in hours from opening to acknowledgement and to decision. */
export async function handlingTimes(
  q: Queryable,
  fromMs: number,
  toMs: number,
): Promise<{ acknowledge: number | null; decide: number | null }> {
  const { rows } = await q.query<{ acknowledge: number | null; decide: number | null }>(
    `select percentile_cont(0.5) within group (order by extract(epoch from acknowledged_at - opened_at) / 3600)
              filter (where acknowledged_at is not null) as acknowledge,
            percentile_cont(0.5) within group (order by extract(epoch from decided_at - opened_at) / 3600)
              filter (where decided_at is not null) as decide
       from lead where opened_at >= ${at(1)} and opened_at < ${at(2)}`,
    [fromMs, toMs],
  )
  return rows[0] ?? { acknowledge: null, decide: null }
}
