/** SQL of one matter: its rows, locked and written. Runs as the actor, so that row-level security holds. */
import type { MatterParty } from '@shanshui/contract'
import type { ClockState, Facts } from '@shanshui/workflow'
import type { Queryable } from '../../platform/db/index.ts'
import type { ClockRow, MatterListRow, MatterRow, PartyRow, StepDraft, StepRow } from './matter.table.ts'
import type { NearestDue } from './matter-facts.ts'

const ms = (column: string) => `round(extract(epoch from ${column}) * 1000)::float8`

export const matterColumns = `m.id, m.number, m.workflow, m.title, m.state, m.phase, m.round, m.rebounds,
  m.region_code as "regionCode", m.owner_id as "ownerId", m.enterprise_id as "enterpriseId", m.feature_id as "featureId",
  m.problem_id as "problemId", m.parent_id as "parentId", m.source, m.ref, m.parties, m.shown_to_owner as "shownToOwner",
  m.fields, m.look_back_on as "lookBackOn", m.published, ${ms('m.opened_at')} as "openedMs",
  ${ms('m.recorded_at')} as "recordedMs", ${ms('m.changed_at')} as "changedMs", ${ms('m.closed_at')} as "closedMs",
  ${ms('m.due_at')} as "dueMs", m.due_clock as "dueClock", ${ms('m.due_started_at')} as "dueStartedMs",
  m.due_provisional as "dueProvisional", m.version`

export const listColumns = `${matterColumns}, r.name as "regionName", e.name as "enterpriseName", f.kind as "featureKind",
  f.code as "featureCode", f.name as "featureName", p.number as "problemNumber"`
export const listJoins = `left join region r on r.code = m.region_code left join feature e on e.id = m.enterprise_id
  left join feature f on f.id = m.feature_id left join problem p on p.id = m.problem_id`

/** Locked to the end of the transaction. */
export async function matterForUpdate(q: Queryable, id: number): Promise<MatterRow | undefined> {
  const { rows } = await q.query<MatterRow>(
    `select ${matterColumns} from matter m where m.id = $1 for update of m`,
    [id],
  )
  return rows[0]
}

export async function matterById(q: Queryable, id: number): Promise<MatterListRow | undefined> {
  const { rows } = await q.query<MatterListRow>(
    `select ${listColumns} from matter m ${listJoins} where m.id = $1`,
    [id],
  )
  return rows[0]
}

export async function partiesOfMatters(q: Queryable, ids: readonly number[]): Promise<PartyRow[]> {
  const { rows } = await q.query<PartyRow>(
    `select p.matter_id as "matterId", p.party, p.organization_id as "organizationId", o.name as "organizationName",
            p.user_id as "userId", u.name as "userName", p.waiting
       from matter_party p join organization o on o.id = p.organization_id left join app_user u on u.id = p.user_id
      where p.matter_id = any($1)
      order by p.matter_id, array_position(array['overseer', 'handler', 'acceptor', 'reviewer', 'owner'], p.party)`,
    [ids],
  )
  return rows
}

export async function clocksOfMatter(q: Queryable, id: number): Promise<ClockRow[]> {
  const { rows } = await q.query<ClockRow>(
    `select clock, round, occurrence, ${ms('started_at')} as "startedMs", ${ms('due_at')} as "dueMs", provisional, stops,
            extensions, ${ms('ended_at')} as "endedMs", reached
       from matter_clock where matter_id = $1 order by ordinal`,
    [id],
  )
  return rows
}

export async function stepsOfMatter(q: Queryable, id: number): Promise<StepRow[]> {
  const { rows } = await q.query<StepRow>(
    `select s.seq, s.kind, s.transition, s.state_from as "stateFrom", s.state_to as "stateTo", ${ms('s.at')} as "atMs",
            ${ms('s.recorded_at')} as "recordedMs", s.user_id as "userId", u.name as "userName",
            s.organization_id as "organizationId", o.name as "organizationName", s.round, s.reason, s.detail,
            encode(s.hash, 'hex') as hash
       from matter_step s left join app_user u on u.id = s.user_id left join organization o on o.id = s.organization_id
      where s.matter_id = $1 order by s.seq`,
    [id],
  )
  return rows
}

export async function nextNumber(
  q: Queryable,
  prefix: string,
  region: number,
  year: number,
): Promise<string> {
  const { rows } = await q.query<{ number: string }>('select next_number($1, $2, $3) as number', [
    prefix,
    region,
    year,
  ])
  return rows[0]?.number ?? ''
}

export async function commandOfOpening(
  q: Queryable,
  userId: number,
  commandId: string,
): Promise<{ id: number; number: string } | undefined> {
  const { rows } = await q.query<{ id: number; number: string }>(
    'select id, number from matter where opened_by = $1 and command_id = $2',
    [userId, commandId],
  )
  return rows[0]
}

/** Whether a command was carried out on the matter before; the lock of the matter is held. */
export async function commandDone(q: Queryable, matterId: number, commandId: string): Promise<boolean> {
  const { rowCount } = await q.query('select from matter_step where matter_id = $1 and command_id = $2', [
    matterId,
    commandId,
  ])
  return rowCount === 1
}

export interface NewMatter {
  readonly number: string
  readonly workflow: string
  readonly title: string
  readonly regionCode: number
  readonly ownerId: number
  readonly enterpriseId: number | null
  readonly featureId: number | null
  readonly problemId: number | null
  readonly parentId: number | null
  readonly source: string
  readonly ref: string | null
  readonly openedMs: number
  readonly openedBy: number | null
  readonly recordedMs: number
  readonly commandId: string | null
}

/** What follows from the facts of the engine and stands in the matter's own row. */
export interface Standing {
  readonly facts: Facts
  readonly phase: string
  readonly parties: readonly number[]
  readonly shownToOwner: boolean
  readonly published: boolean
  readonly due: NearestDue | null
  readonly wakeMs: number | null
}

const standingValues = ({ facts, phase, parties, shownToOwner, published, due, wakeMs }: Standing) => [
  facts.state,
  phase,
  facts.round,
  facts.rebounds,
  parties,
  shownToOwner,
  JSON.stringify(facts.fields),
  facts.lookBackOn,
  published,
  due?.dueMs ?? null,
  due?.clock ?? null,
  due?.startedMs ?? null,
  due?.provisional ?? false,
  wakeMs,
  facts.parties.handler?.organizationId ?? null,
]

export async function insertMatter(q: Queryable, matter: NewMatter, standing: Standing): Promise<number> {
  const { rows } = await q.query<{ id: number }>(
    `insert into matter (state, phase, round, rebounds, parties, shown_to_owner, fields, look_back_on, published,
       due_at, due_clock, due_started_at, due_provisional, wake_at, handler_id,
       number, workflow, title, region_code, owner_id, enterprise_id, feature_id, problem_id, parent_id, source, ref,
       opened_at, opened_by, recorded_at, command_id, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, to_timestamp($10 / 1000.0), $11, to_timestamp($12 / 1000.0), $13,
       to_timestamp($14 / 1000.0), $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,
       to_timestamp($27 / 1000.0), $28, to_timestamp($29 / 1000.0), $30, to_timestamp($27 / 1000.0))
     returning id`,
    [
      ...standingValues(standing),
      matter.number,
      matter.workflow,
      matter.title,
      matter.regionCode,
      matter.ownerId,
      matter.enterpriseId,
      matter.featureId,
      matter.problemId,
      matter.parentId,
      matter.source,
      matter.ref,
      matter.openedMs,
      matter.openedBy,
      matter.recordedMs,
      matter.commandId,
    ],
  )
  return rows[0]?.id ?? 0
}

/** A step of a person, or of the platform in a person's stead: a new version. */
export async function updateMatter(
  q: Queryable,
  id: number,
  standing: Standing,
  at: { readonly changedMs: number; readonly recordedMs: number },
): Promise<void> {
  await q.query(
    `update matter set state = $1, phase = $2, round = $3, rebounds = $4, parties = $5, shown_to_owner = $6, fields = $7,
       look_back_on = $8, published = $9, due_at = to_timestamp($10 / 1000.0), due_clock = $11,
       due_started_at = to_timestamp($12 / 1000.0), due_provisional = $13, wake_at = to_timestamp($14 / 1000.0),
       handler_id = $15, changed_at = to_timestamp($17 / 1000.0), recorded_at = to_timestamp($18 / 1000.0),
       closed_at = case when $2 in ('closed', 'dropped') then coalesce(closed_at, to_timestamp($17 / 1000.0)) end,
       version = version + 1
     where id = $16`,
    [...standingValues(standing), id, at.changedMs, at.recordedMs],
  )
}

/** What time brought: limits and the next look, without a new version, so that nobody's form goes stale. */
export async function updateClocksOnly(
  q: Queryable,
  id: number,
  due: NearestDue | null,
  wakeMs: number | null,
): Promise<void> {
  await q.query(
    `update matter set due_at = to_timestamp($2 / 1000.0), due_clock = $3, due_started_at = to_timestamp($4 / 1000.0),
       due_provisional = $5, wake_at = to_timestamp($6 / 1000.0) where id = $1`,
    [id, due?.dueMs ?? null, due?.clock ?? null, due?.startedMs ?? null, due?.provisional ?? false, wakeMs],
  )
}

export async function replaceParties(
  q: Queryable,
  id: number,
  parties: Facts['parties'],
  waiting: ReadonlySet<string>,
): Promise<void> {
  const rows = (Object.entries(parties) as [MatterParty, { organizationId: number; userId?: number }][]).map(
    ([party, { organizationId, userId }]) => ({
      party,
      organization: organizationId,
      person: userId ?? null,
      waiting: waiting.has(party),
    }),
  )
  await q.query(
    `with given as (
       select * from jsonb_to_recordset($2::jsonb) as g(party text, organization int, person int, waiting boolean)),
     gone as (delete from matter_party where matter_id = $1 and party not in (select party from given))
     insert into matter_party (matter_id, party, organization_id, user_id, waiting)
     select $1, party, organization, person, waiting from given
     on conflict (matter_id, party) do update set organization_id = excluded.organization_id,
       user_id = excluded.user_id, waiting = excluded.waiting`,
    [id, JSON.stringify(rows)],
  )
}

export async function saveClocks(q: Queryable, id: number, clocks: readonly ClockState[]): Promise<void> {
  if (clocks.length === 0) return
  const rows = clocks.map((state, index) => ({ ...state, ordinal: index + 1 }))
  await q.query(
    `insert into matter_clock (matter_id, clock, round, occurrence, ordinal, started_at, due_at, provisional, stops,
       extensions, ended_at, reached)
     select $1, c.clock, c.round, c.occurrence, c.ordinal, to_timestamp(c."startedMs" / 1000.0),
       to_timestamp(c."dueMs" / 1000.0), c.provisional, c.stops, c.extensions, to_timestamp(c."endedMs" / 1000.0),
       array(select jsonb_array_elements_text(c.reached)::int)
       from jsonb_to_recordset($2::jsonb) as c(clock text, round int, occurrence int, ordinal int, "startedMs" float8,
         "dueMs" float8, provisional boolean, stops jsonb, extensions jsonb, "endedMs" float8, reached jsonb)
     on conflict (matter_id, clock, round, occurrence) do update set due_at = excluded.due_at,
       provisional = excluded.provisional, stops = excluded.stops, extensions = excluded.extensions,
       ended_at = excluded.ended_at, reached = excluded.reached`,
    [id, JSON.stringify(rows)],
  )
}

/** Adds an entry to the sealed history. Returns its place in it. */
export async function appendStep(q: Queryable, step: StepDraft): Promise<number> {
  const { rows } = await q.query<{ seq: number }>(
    `insert into matter_step (matter_id, seq, kind, transition, state_from, state_to, at, recorded_at, user_id,
       organization_id, round, reason, detail, command_id, prev_hash, hash)
     values ($1, 0, $2, $3, $4, $5, to_timestamp($6 / 1000.0), to_timestamp($7 / 1000.0), $8, $9, $10, $11, $12, $13, '', '')
     returning seq`,
    [
      step.matterId,
      step.kind,
      step.transition,
      step.stateFrom,
      step.stateTo,
      step.atMs,
      step.recordedMs,
      step.userId,
      step.organizationId,
      step.round,
      step.reason,
      JSON.stringify(step.detail),
      step.commandId,
    ],
  )
  return rows[0]?.seq ?? 0
}

/** False when the level was told before. */
export async function insertEscalation(
  q: Queryable,
  matterId: number,
  told: {
    readonly clock: string
    readonly round: number
    readonly occurrence: number
    readonly level: number
    readonly atMs: number
  },
  nowMs: number,
  silent: boolean,
): Promise<boolean> {
  const { rowCount } = await q.query(
    `insert into matter_escalation (matter_id, clock, round, occurrence, level, due_at, told_at, silent)
     values ($1, $2, $3, $4, $5, to_timestamp($6 / 1000.0), to_timestamp($7 / 1000.0), $8) on conflict do nothing`,
    [matterId, told.clock, told.round, told.occurrence, told.level, told.atMs, nowMs, silent],
  )
  return rowCount === 1
}

export interface LevelRow {
  readonly clock: string
  readonly round: number
  readonly occurrence: number
  readonly level: number
  readonly toldMs: number
}

export async function escalationsOf(q: Queryable, id: number): Promise<LevelRow[]> {
  const { rows } = await q.query<LevelRow>(
    `select clock, round, occurrence, level, ${ms('told_at')} as "toldMs" from matter_escalation
      where matter_id = $1 order by told_at, level`,
    [id],
  )
  return rows
}

export async function queueEffect(
  q: Queryable,
  matterId: number,
  seq: number,
  effect: object,
): Promise<void> {
  await q.query('insert into matter_effect (matter_id, seq, effect) values ($1, $2, $3)', [
    matterId,
    seq,
    JSON.stringify(effect),
  ])
}

/** People who hold one of the roles, of organizations or of a region. */
export async function peopleWith(
  q: Queryable,
  organizations: readonly number[] | null,
  roles: readonly string[],
  regionCode: number | null,
): Promise<number[]> {
  const { rows } = await q.query<{ ids: number[] }>('select people_with($1, $2, $3) as ids', [
    organizations,
    roles,
    regionCode,
  ])
  return rows[0]?.ids ?? []
}

/** Organizations and people that were named: what is there of them. */
export async function namedParties(
  q: Queryable,
  organizationIds: readonly number[],
  userIds: readonly number[],
): Promise<{ organizations: ReadonlySet<number>; people: ReadonlyMap<number, number> }> {
  const organizations = await q.query<{ id: number }>('select id from organization where id = any($1)', [
    organizationIds,
  ])
  const people = await q.query<{ id: number; organization_id: number }>(
    'select id, organization_id from app_user where id = any($1)',
    [userIds],
  )
  return {
    organizations: new Set(organizations.rows.map(({ id }) => id)),
    people: new Map(people.rows.map((row) => [row.id, row.organization_id])),
  }
}

/** The chain of one matter, with what each hash covers. */
export async function chainOf(
  q: Queryable,
  id: number,
): Promise<{ seq: number; prev: string; hash: string; payload: string }[]> {
  const { rows } = await q.query<{ seq: number; prev: string; hash: string; payload: string }>(
    `select seq, encode(prev_hash, 'hex') as prev, encode(hash, 'hex') as hash, matter_step_payload(s) as payload
       from matter_step s where matter_id = $1 order by seq`,
    [id],
  )
  return rows
}
