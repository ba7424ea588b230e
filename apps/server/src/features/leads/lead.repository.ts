/** SQL of leads as people read and decide on them; runs as the actor, so that row-level security holds. */
import { activeLeadStates, actLevels, type DismissalReason, type LeadStateName } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import type { HistoryRow, LeadRow } from './lead.table.ts'

const ms = (column: string) => `round(extract(epoch from ${column}) * 1000)::float8`
const at = (n: number) => `to_timestamp($${n} / 1000.0)`

const columns = `l.id, l.feature_id, f.kind as feature_kind, f.code as feature_code, f.name as feature_name, l.enterprise_id,
  e.name as enterprise_name, l.rule_id, k.title as rule_title, k.family as rule_family, k.clause as rule_clause,
  k.status as rule_status, l.factor, l.region_code, r.name as region_name, l.owner_id, l.operator, l.state, l.level, l.weight,
  l.score, ${ms('l.from_at')} as from_ms, ${ms('l.to_at')} as to_ms, l.occurrences, l.statistic, l.threshold, l.n,
  l.explanation, l.refutation, ${ms('l.opened_at')} as opened_ms, ${ms('l.changed_at')} as changed_ms,
  u.name as acknowledged_by_name, ${ms('l.due_at')} as due_ms, l.escalation, l.outcome, l.outcome_grounds, l.dismissal, l.version`
const joins = `join feature f on f.id = l.feature_id left join feature e on e.id = l.enterprise_id
  left join lead_rule k on k.id = l.rule_id left join region r on r.code = l.region_code
  left join app_user u on u.id = l.acknowledged_by`

export interface LeadFilter {
  readonly state: 'active' | 'all' | LeadStateName
  readonly level?: string
  readonly rule?: string
  readonly family?: string
  readonly region?: readonly [number, number]
  readonly enterpriseId?: number
  readonly featureId?: number
  readonly overdueAtMs?: number
  readonly search?: string
}

/** Conditions on `l` (and names by sub-select, so that the index of the order is walked); values go into `values`. */
function conditions(filter: LeadFilter, values: unknown[]): string {
  const all: string[] = ['true']
  const given = (value: unknown, sql: (n: string) => string) => {
    if (value === undefined) return
    values.push(value)
    all.push(sql(`$${values.length}`))
  }
  if (filter.state === 'active') all.push('l.active')
  else if (filter.state !== 'all') {
    all.push(activeLeadStates.includes(filter.state) ? 'l.active' : 'not l.active')
    given(filter.state, (n) => `l.state = ${n}`)
  }
  if (filter.level === actLevels) all.push(`l.level <> 'watch'`)
  else given(filter.level, (n) => `l.level = ${n}`)
  given(filter.rule, (n) => `l.rule_id = ${n}`)
  given(filter.family, (n) => `l.rule_id in (select id from lead_rule where family = ${n})`)
  given(filter.region?.[0], (n) => `l.region_code >= ${n}`)
  given(filter.region?.[1], (n) => `l.region_code <= ${n}`)
  given(filter.enterpriseId, (n) => `l.enterprise_id = ${n}`)
  given(filter.featureId, (n) => `l.feature_id = ${n}`)
  given(filter.overdueAtMs, (n) => `l.active and l.due_at < to_timestamp(${n} / 1000.0)`)
  given(
    filter.search,
    (n) => `exists (select from feature s where s.id in (l.feature_id, l.enterprise_id)
        and (position(lower(${n}) in lower(s.name)) > 0 or position(lower(${n}) in lower(s.code)) > 0))`,
  )
  return all.join(' and ')
}

export interface LeadPage {
  readonly order: 'rank' | 'recent'
  /** Last row of the page before: its score or its opening (ms), and its id. */
  readonly after?: readonly [number, number]
  readonly limit: number
}

/** A page in the order of an index: as quick at any depth. */
export async function selectLeads(q: Queryable, filter: LeadFilter, page: LeadPage): Promise<LeadRow[]> {
  const values: unknown[] = []
  const where = conditions(filter, values)
  const by = page.order === 'rank' ? 'l.score' : 'l.opened_at'
  let after = ''
  if (page.after !== undefined) {
    values.push(page.after[0], page.after[1])
    const first = `$${values.length - 1}`
    const value = page.order === 'rank' ? `${first}::float8` : `to_timestamp(${first}::float8 / 1000.0)`
    after = ` and (${by}, l.id) < (${value}, $${values.length}::int)`
  }
  values.push(page.limit)
  // Row-level security hides from the planner how many rows there are: it would sort them all instead of walking the index.
  const narrow = filter.enterpriseId ?? filter.featureId ?? filter.rule ?? filter.search
  if (narrow === undefined) await q.query(`select set_config('enable_sort', 'off', true)`)
  const { rows } = await q.query<LeadRow>(
    `with page as (select l.* from lead l where ${where}${after} order by ${by} desc, l.id desc limit $${values.length})
     select ${columns} from page l ${joins} order by ${by} desc, l.id desc`,
    values,
  )
  return rows
}

export async function leadsByIds(q: Queryable, ids: readonly number[]): Promise<LeadRow[]> {
  const { rows } = await q.query<LeadRow>(
    `select ${columns} from lead l ${joins} where l.id = any($1) order by l.score desc, l.id desc`,
    [ids],
  )
  return rows
}

export interface PlantRow {
  readonly plant: number
  readonly score: number
  readonly count: number
  readonly newestMs: number
  readonly oldestMs: number
  readonly ids: readonly number[]
}

const leadsShown = 20

/** Plants (or objects without one) with their open leads, the highest score first. */
export async function selectPlants(
  q: Queryable,
  filter: LeadFilter,
  after: readonly [number, number] | undefined,
  limit: number,
): Promise<PlantRow[]> {
  const values: unknown[] = []
  const where = conditions(filter, values)
  values.push(after?.[0] ?? null, after?.[1] ?? null, limit)
  const [score, plant, count] = [values.length - 2, values.length - 1, values.length]
  const { rows } = await q.query<PlantRow>(
    `select * from (
       select coalesce(l.enterprise_id, -l.feature_id) as plant, max(l.score) as score, count(*)::int as count,
              ${ms('max(l.opened_at)')} as "newestMs", ${ms('min(l.opened_at)')} as "oldestMs",
              (array_agg(l.id order by l.score desc, l.id desc))[1:${leadsShown}] as ids
         from lead l where ${where} group by 1) g
      where $${score}::float8 is null or (score, plant) < ($${score}::float8, $${plant}::int)
      order by score desc, plant desc limit $${count}`,
    values,
  )
  return rows
}

/** Feature of a lead that the actor sees. */
export async function featureOfLead(q: Queryable, id: number): Promise<number | undefined> {
  const { rows } = await q.query<{ feature_id: number }>('select feature_id from lead where id = $1', [id])
  return rows[0]?.feature_id
}

export interface DecidableLead {
  readonly id: number
  readonly featureId: number
  readonly ruleId: string
  readonly factor: string
  readonly state: LeadStateName
  readonly version: number
  readonly regionCode: number
  readonly ownerId: number
}

export async function leadForUpdate(q: Queryable, id: number): Promise<DecidableLead | undefined> {
  const { rows } = await q.query<DecidableLead>(
    `select id, feature_id as "featureId", rule_id as "ruleId", factor, state, version, region_code as "regionCode",
            owner_id as "ownerId" from lead where id = $1 for update`,
    [id],
  )
  return rows[0]
}

/** Leads that were confirmed at all events, the newest first; for the list of those that nobody works on. */
export async function confirmedLeads(
  q: Queryable,
  known: readonly number[] | null,
  limit: number,
): Promise<LeadRow[]> {
  const { rows } = await q.query<LeadRow>(
    `select ${columns} from lead l ${joins}
      where not l.active and l.outcome = 'confirmed' and not l.id = any($1::int[])
      order by l.changed_at desc, l.id desc limit $2`,
    [known ?? [], limit],
  )
  return rows
}

export async function commandDone(q: Queryable, leadId: number, commandId: string): Promise<boolean> {
  const { rowCount } = await q.query('select from lead_history where lead_id = $1 and command_id = $2', [
    leadId,
    commandId,
  ])
  return rowCount === 1
}

export interface Decision {
  readonly state: LeadStateName
  readonly atMs: number
  /** null: the platform, when the matter behind it ended. */
  readonly by: number | null
  readonly outcome?: 'confirmed' | 'not-confirmed' | null
  readonly grounds?: string | null
  readonly dismissal?: DismissalReason | null
}

/** The columns that follow from a step of a person; reminders stop with the first of them. */
export async function decide(
  q: Queryable,
  id: number,
  action: 'acknowledge' | 'watch' | 'confirm' | 'dismiss',
  decision: Decision,
): Promise<void> {
  const ends = action === 'confirm' || action === 'dismiss'
  await q.query(
    `update lead set state = $2, changed_at = ${at(3)}, acknowledged_at = coalesce(acknowledged_at, ${at(3)}),
       acknowledged_by = coalesce(acknowledged_by, $4::int), remind_at = null, version = version + 1,
       decided_at = case when $5 then ${at(3)} end, decided_by = case when $5 then $4::int end,
       outcome = case when $5 then $6 end, outcome_grounds = case when $5 then $7 end,
       outcome_at = case when $5 and $6::text is not null then ${at(3)} end, dismissal = case when $5 then $8 end
     where id = $1`,
    [
      id,
      decision.state,
      decision.atMs,
      decision.by,
      ends,
      decision.outcome ?? null,
      decision.grounds ?? null,
      decision.dismissal ?? null,
    ],
  )
}

export async function openAgain(
  q: Queryable,
  id: number,
  atMs: number,
  remindMs: number,
  dueMs: number | null,
): Promise<void> {
  await q.query(
    `update lead set state = 'open', openings = openings + 1, changed_at = ${at(2)}, remind_at = ${at(3)}, due_at = ${at(4)},
       escalation = 0, acknowledged_at = null, acknowledged_by = null, decided_at = null, decided_by = null, outcome = null,
       outcome_grounds = null, outcome_at = null, dismissal = null, ended_at = null, quiet_since = null, version = version + 1
     where id = $1`,
    [id, atMs, remindMs, dueMs],
  )
}

export async function setOutcome(
  q: Queryable,
  id: number,
  outcome: 'confirmed' | 'not-confirmed',
  grounds: string,
  atMs: number,
): Promise<void> {
  await q.query(
    `update lead set outcome = $2, outcome_grounds = $3, outcome_at = ${at(4)}, changed_at = ${at(4)}, version = version + 1
      where id = $1`,
    [id, outcome, grounds, atMs],
  )
}

export async function historyOf(q: Queryable, id: number): Promise<HistoryRow[]> {
  const { rows } = await q.query<HistoryRow>(
    `select ${ms('h.at')} as at_ms, h.action, u.name as by_name, h.note, h.state_from, h.state_to
       from lead_history h left join app_user u on u.id = h.by_user where h.lead_id = $1 order by h.id desc limit 500`,
    [id],
  )
  return rows
}

/** Outcomes at a plant, whatever the rule. */
export async function outcomesAt(
  q: Queryable,
  plantId: number | null,
  featureId: number,
): Promise<{ confirmed: number; notConfirmed: number }> {
  const { rows } = await q.query<{ confirmed: number; notConfirmed: number }>(
    `select count(*) filter (where outcome = 'confirmed')::int as confirmed,
            count(*) filter (where outcome = 'not-confirmed')::int as "notConfirmed"
       from lead where case when $1::int is null then feature_id = $2 else enterprise_id = $1 end`,
    [plantId, featureId],
  )
  return rows[0] ?? { confirmed: 0, notConfirmed: 0 }
}

export interface SummaryRow {
  readonly open: number
  readonly acknowledged: number
  readonly watching: number
  readonly high: number
  readonly medium: number
  readonly watch: number
  readonly overdue: number
  readonly plants: number
  readonly openedToday: number
  readonly decidedToday: number
}

export async function summarize(q: Queryable, nowMs: number, midnightMs: number): Promise<SummaryRow> {
  const { rows } = await q.query<SummaryRow>(
    `select count(*) filter (where state = 'open')::int as open,
            count(*) filter (where state = 'acknowledged')::int as acknowledged,
            count(*) filter (where state = 'watching')::int as watching,
            count(*) filter (where active and level = 'high')::int as high,
            count(*) filter (where active and level = 'medium')::int as medium,
            count(*) filter (where active and level = 'watch')::int as watch,
            count(*) filter (where active and due_at < ${at(1)})::int as overdue,
            count(distinct coalesce(enterprise_id, -feature_id)) filter (where active)::int as plants,
            count(*) filter (where opened_at >= ${at(2)})::int as "openedToday",
            count(*) filter (where decided_at >= ${at(2)})::int as "decidedToday"
       from lead where active or opened_at >= ${at(2)} or decided_at >= ${at(2)}`,
    [nowMs, midnightMs],
  )
  return rows[0] as SummaryRow
}

/** Open leads, and earlier confirmations of one rule, of many objects at once. */
export async function leadsOfFeatures(q: Queryable, featureIds: readonly number[]): Promise<LeadRow[]> {
  const { rows } = await q.query<LeadRow>(
    `select ${columns} from lead l ${joins} where l.feature_id = any($1) and l.active order by l.score desc, l.id desc`,
    [featureIds],
  )
  return rows
}

export async function confirmationsOf(
  q: Queryable,
  featureIds: readonly number[],
  ruleId: string,
): Promise<Map<number, number>> {
  const { rows } = await q.query<{ feature_id: number; n: number }>(
    `select feature_id, count(*)::int as n from lead
      where feature_id = any($1) and rule_id = $2 and outcome = 'confirmed' group by 1`,
    [featureIds, ruleId],
  )
  return new Map(rows.map((r) => [r.feature_id, r.n]))
}

/** Leads of a plant whose window meets the range, for its time line. */
export async function leadsWithin(
  q: Queryable,
  enterpriseId: number,
  featureIds: readonly number[],
  fromMs: number,
  toMs: number,
): Promise<LeadRow[]> {
  const { rows } = await q.query<LeadRow>(
    `select ${columns} from lead l ${joins}
      where (l.enterprise_id = $1 or l.feature_id = any($2)) and l.from_at < ${at(4)} and l.to_at >= ${at(3)}
      order by l.from_at desc limit 1000`,
    [enterpriseId, featureIds, fromMs, toMs],
  )
  return rows
}

/** Of outlets those with an open lead of the fraud rules: their data are no evidence of the first grade. */
export async function outletsInDoubt(
  q: Queryable,
  outletIds: readonly number[],
): Promise<ReadonlySet<number>> {
  const { rows } = await q.query<{ feature_id: number }>(
    `select distinct l.feature_id from lead l join lead_rule k on k.id = l.rule_id
      where l.active and l.feature_id = any($1) and k.family = 'fraud'`,
    [outletIds],
  )
  return new Set(rows.map((row) => row.feature_id))
}
