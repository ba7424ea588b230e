import type { Queryable } from '../../platform/db/index.ts'
import type { ComplaintRow, NewComplaint, StoredAnswer } from './complaint.table.ts'

const ms = (instant: string) => `round(extract(epoch from ${instant}) * 1000)::float8`
const at = (parameter: number) => `to_timestamp($${parameter}::float8 / 1000)`

const columns = `c.id, c.number, c.region_code, r.name as region_name, c.owner_id, c.channel, c.outer_number,
  c.platform_number, c.title, c.content, c.theme, c.urgency, c.nature, c.named, c.campaign, c.place, c.lon, c.lat,
  c.enterprise_id, e.name as enterprise_name, c.accused, c.occurred_on, ${ms('c.received_at')} as received_ms,
  c.problem_id, p.number as problem_number, c.matter_id, m.number as matter_number, c.merged_into,
  main.number as merged_number,
  (select count(*)::int from complaint child where child.merged_into = c.id) as children, c.repeats,
  m.state, m.phase,
  array(select o.name from matter_party w join organization o on o.id = w.organization_id
         where w.matter_id = m.id and w.waiting order by o.id) as waits_names,
  m.due_clock, ${ms('m.due_started_at')} as due_started_ms, ${ms('m.due_at')} as due_ms,
  coalesce(m.due_provisional, false) as due_provisional,
  ${ms('inform.due_at')} as inform_due_ms, ${ms('own.accepted_at')} as accepted_ms,
  ${ms('finish.due_at')} as finish_due_ms, coalesce(jsonb_array_length(finish.extensions) > 0, false) as extended,
  ${ms('told.answered_at')} as answered_ms,
  ${ms(`case when t.phase in ('closed', 'dropped') then t.closed_at end`)} as finished_ms,
  t.fields ->> 'verdict' as verdict, m.fields ->> 'satisfaction' as satisfaction,
  c.answers, c.look_up_hash, c.version`

/** `m` is the complaint's own matter; `t` the one that treats it, which after a merger is that of the main complaint. */
const from = `complaint c
  left join region r on r.code = c.region_code
  left join feature e on e.id = c.enterprise_id
  left join problem p on p.id = c.problem_id
  left join matter m on m.id = c.matter_id
  left join complaint main on main.id = c.merged_into
  left join matter t on t.id = coalesce(main.matter_id, c.matter_id)
  left join lateral (
    select k.due_at from matter_clock k where k.matter_id = m.id and k.clock = 'inform' order by k.ordinal limit 1
  ) inform on true
  left join lateral (
    select k.due_at, k.extensions from matter_clock k
     where k.matter_id = t.id and k.clock = 'finish' order by k.ordinal desc limit 1
  ) finish on true
  left join lateral (
    select min(s.at) as accepted_at from matter_step s
     where s.matter_id = m.id and s.kind = 'step' and s.transition in ('accept', 'transfer', 'send-back', 'join')
  ) own on true
  left join lateral (
    select max(s.at) as answered_at from matter_step s
     where s.matter_id = t.id and s.kind = 'step' and s.transition in ('reply', 'no-reply')
  ) told on true`

export async function nextNumber(trx: Queryable, regionCode: number, year: number): Promise<string> {
  const { rows } = await trx.query<{ number: string }>(`select next_number('XF', $1, $2) as number`, [
    regionCode,
    year,
  ])
  return rows[0]?.number ?? ''
}

export async function insertComplaint(trx: Queryable, row: NewComplaint): Promise<number> {
  const { rows } = await trx.query<{ id: number }>(
    `insert into complaint (number, region_code, owner_id, channel, outer_number, platform_number,
       title, content, theme, urgency, nature, named, campaign, place, lon, lat, enterprise_id, accused, occurred_on,
       received_at, registered_at, registered_by, repeats, command_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
       ${at(20)}, ${at(21)}, $22, $23, $24)
     returning id`,
    [
      row.number,
      row.regionCode,
      row.ownerId,
      row.channel,
      row.outerNumber,
      row.platformNumber,
      row.title,
      row.content,
      row.theme,
      row.urgency,
      row.nature,
      row.named,
      row.campaign,
      row.place,
      row.lon,
      row.lat,
      row.enterpriseId,
      row.accused,
      row.occurredOn,
      row.receivedMs,
      row.registeredMs,
      row.registeredBy,
      row.repeats,
      row.commandId,
    ],
  )
  return rows[0]?.id ?? 0
}

/** Reads and writes as the platform: problem and matter are set once, right after they were made. */
export async function linkComplaint(
  trx: Queryable,
  id: number,
  problemId: number,
  matterId: number,
): Promise<void> {
  await trx.query(`update complaint set problem_id = $2, matter_id = $3 where id = $1`, [
    id,
    problemId,
    matterId,
  ])
}

export interface ComplaintFilter {
  readonly ids?: readonly number[]
  readonly phase?: 'open' | 'ended' | 'all'
  readonly state?: string
  readonly channel?: string
  readonly theme?: string
  readonly urgency?: string
  readonly named?: boolean
  readonly campaign?: string
  readonly region?: readonly [number, number]
  readonly enterpriseId?: number
  readonly problemId?: number
  readonly mergedInto?: number
  readonly overdueAtMs?: number
  readonly repeated?: boolean
  readonly waitsFor?: number
  readonly fromMs?: number
  readonly toMs?: number
  readonly search?: string
}

/** Escapes what `like` takes for a pattern. */
const like = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

function conditionsOf(filter: ComplaintFilter): { where: string; values: unknown[] } {
  const values: unknown[] = []
  const parts: string[] = []
  const add = (condition: (n: string) => string, value: unknown) => {
    if (value === undefined) return
    values.push(value)
    parts.push(condition(`$${values.length}`))
  }
  add((n) => `c.id = any (${n}::int[])`, filter.ids)
  // Merged ones are shown with the one that they were merged into.
  if (filter.phase === 'open') parts.push(`m.phase in ('open', 'watched')`)
  if (filter.phase === 'ended') parts.push(`m.phase in ('closed', 'dropped')`)
  add((n) => `m.state = ${n}`, filter.state)
  add((n) => `c.channel = ${n}`, filter.channel)
  add((n) => `c.theme = ${n}`, filter.theme)
  add((n) => `c.urgency = ${n}`, filter.urgency)
  add((n) => `c.named = ${n}`, filter.named)
  add((n) => `c.campaign = ${n}`, filter.campaign)
  add((n) => `c.region_code >= ${n}`, filter.region?.[0])
  add((n) => `c.region_code <= ${n}`, filter.region?.[1])
  add((n) => `c.enterprise_id = ${n}`, filter.enterpriseId)
  add((n) => `c.problem_id = ${n}`, filter.problemId)
  add((n) => `c.merged_into = ${n}`, filter.mergedInto)
  add((n) => `m.phase = 'open' and m.due_at <= to_timestamp(${n}::float8 / 1000)`, filter.overdueAtMs)
  if (filter.repeated === true) parts.push('c.repeats > 0')
  add(
    (n) =>
      `exists (select from matter_party w where w.matter_id = m.id and w.waiting and w.organization_id = ${n})`,
    filter.waitsFor,
  )
  add((n) => `c.received_at >= to_timestamp(${n}::float8 / 1000)`, filter.fromMs)
  add((n) => `c.received_at < to_timestamp(${n}::float8 / 1000)`, filter.toMs)
  add(
    (n) =>
      `(c.number ilike ${n} or c.outer_number ilike ${n} or c.title ilike ${n} or c.place ilike ${n} or c.accused ilike ${n} or e.name ilike ${n})`,
    filter.search === undefined ? undefined : like(filter.search),
  )
  return { where: parts.length === 0 ? 'true' : parts.join(' and '), values }
}

export interface ComplaintPage {
  readonly order: 'due' | 'recent'
  readonly limit: number
  /** Of the last row of the page before: due or received time in milliseconds, and id. */
  readonly after?: readonly [number, number]
}

/** Key of a row whose matter has no limit that runs: after all that have one. */
export const neverDueMs = 8.64e15

/** What rows are ordered by; ids decide between equals. */
const orders = {
  due: { key: `coalesce(m.due_at, 'infinity')`, direction: 'asc', beyond: '>' },
  recent: { key: 'c.received_at', direction: 'desc', beyond: '<' },
} as const

/** The page is found by the order alone; only its rows are joined with what a list shows. */
export async function selectComplaints(
  q: Queryable,
  filter: ComplaintFilter,
  page: ComplaintPage,
): Promise<ComplaintRow[]> {
  const { where, values } = conditionsOf(filter)
  const { key, direction, beyond } = orders[page.order]
  const [n, id] = [values.length + 1, values.length + 2]
  const after = `case when $${n}::float8 >= ${neverDueMs} then 'infinity' else to_timestamp($${n}::float8 / 1000) end`
  const bounds = page.after === undefined ? '' : `and (${key}, c.id) ${beyond} (${after}, $${id}::int)`
  const { rows } = await q.query<ComplaintRow>(
    `with page as materialized (
       select c.id from complaint c
         left join matter m on m.id = c.matter_id left join feature e on e.id = c.enterprise_id
        where ${where} ${bounds}
        order by ${key} ${direction}, c.id ${direction} limit ${Math.floor(page.limit)}
     )
     select ${columns} from ${from} where c.id in (select id from page)
      order by ${key} ${direction}, c.id ${direction}`,
    [...values, ...(page.after ?? [])],
  )
  return rows
}

export async function complaintBy(
  q: Queryable,
  by: 'id' | 'number',
  value: number | string,
): Promise<ComplaintRow | undefined> {
  const { rows } = await q.query<ComplaintRow>(`select ${columns} from ${from} where c.${by} = $1`, [value])
  return rows[0]
}

/** Held until the transaction ends, so that two who change one complaint come one after the other. */
export async function lockComplaint(trx: Queryable, id: number): Promise<void> {
  await trx.query('select 1 from complaint where id = $1 for update', [id])
}

export async function complaintOfOuterNumber(
  q: Queryable,
  channel: string,
  outerNumber: string,
): Promise<{ id: number; number: string } | undefined> {
  const { rows } = await q.query<{ id: number; number: string }>(
    'select id, number from complaint where channel = $1 and outer_number = $2',
    [channel, outerNumber],
  )
  return rows[0]
}

export async function complaintOfCommand(
  q: Queryable,
  userId: number,
  commandId: string,
): Promise<number | undefined> {
  const { rows } = await q.query<{ id: number }>(
    'select id from complaint where registered_by = $1 and command_id = $2',
    [userId, commandId],
  )
  return rows[0]?.id
}

export interface Candidate {
  readonly id: number
  readonly theme: string
  readonly lon: number | null
  readonly lat: number | null
  readonly enterprise_id: number | null
  readonly place: string | null
  readonly title: string
  readonly received_ms: number
}

/** Those that may be about the same: within the days on either side, near by box or of the same enterprise. */
export async function selectCandidates(
  q: Queryable,
  about: {
    readonly id: number
    readonly lon: number | null
    readonly lat: number | null
    readonly enterpriseId: number | null
    readonly regionCode: number
    readonly receivedMs: number
  },
  box: { readonly lon: number; readonly lat: number },
  days: number,
): Promise<Candidate[]> {
  const { rows } = await q.query<Candidate>(
    `select c.id, c.theme, c.lon, c.lat, c.enterprise_id, c.place, c.title, ${ms('c.received_at')} as received_ms
       from complaint c
      where c.id <> $1
        and c.received_at between to_timestamp($2::float8 / 1000) - make_interval(days => $3)
                              and to_timestamp($2::float8 / 1000) + make_interval(days => $3)
        and ((c.enterprise_id is not null and c.enterprise_id = $4)
             or (c.lon between $5::float8 - $7 and $5::float8 + $7 and c.lat between $6::float8 - $8 and $6::float8 + $8)
             or ($5::float8 is null and c.region_code = $9))
      order by c.received_at desc limit 500`,
    [
      about.id,
      about.receivedMs,
      days,
      about.enterpriseId,
      about.lon,
      about.lat,
      box.lon,
      box.lat,
      about.regionCode,
    ],
  )
  return rows
}

export async function addAnswer(trx: Queryable, id: number, answer: StoredAnswer): Promise<void> {
  await trx.query(
    `update complaint set answers = answers || $2::jsonb, version = version + 1 where id = $1`,
    [id, JSON.stringify([answer])],
  )
}

export interface ReplyRow {
  readonly at_ms: number
  readonly text: string | null
  readonly way: string | null
  readonly by: string | null
}

/** Answers that the matter gave, oldest first. */
export async function repliesOfMatter(q: Queryable, matterId: number): Promise<ReplyRow[]> {
  const { rows } = await q.query<ReplyRow>(
    `select ${ms('s.at')} as at_ms, s.detail -> 'fields' ->> 'replyText' as text,
       s.detail -> 'fields' ->> 'replyWay' as way, o.name as by
     from matter_step s left join organization o on o.id = s.organization_id
     where s.matter_id = $1 and s.kind = 'step' and s.transition in ('reply', 'no-reply') order by s.seq`,
    [matterId],
  )
  return rows
}

/** Named ones that were merged into the complaint of a matter and have not been told the result: their numbers. */
export async function unansweredChildren(q: Queryable, matterId: number): Promise<string[]> {
  const { rows } = await q.query<{ number: string }>(
    `select child.number from complaint main join complaint child on child.merged_into = main.id
      where main.matter_id = $1 and child.named and child.answers = '[]' order by child.id`,
    [matterId],
  )
  return rows.map(({ number }) => number)
}

/** Whether an organization gives out or handles the matter: those may look at who complained. */
export async function isKeeper(q: Queryable, matterId: number, organizationId: number): Promise<boolean> {
  const { rows } = await q.query(
    `select from matter_party where matter_id = $1 and organization_id = $2 and party in ('overseer', 'handler')`,
    [matterId, organizationId],
  )
  return rows.length > 0
}

/** Children of the merged one become children of the one it was merged into. */
export async function setMerged(trx: Queryable, id: number, into: number): Promise<void> {
  await trx.query(
    `update complaint set merged_into = $2, version = version + 1 where id = $1 or merged_into = $1`,
    [id, into],
  )
}

export interface Particulars {
  readonly title: string
  readonly theme: string
  readonly urgency: string
  readonly nature: string
  readonly place: string | null
  readonly lon: number | null
  readonly lat: number | null
  readonly enterpriseId: number | null
  readonly ownerId: number
  readonly campaign: string | null
  readonly platformNumber: string | null
}

export async function changeParticulars(trx: Queryable, id: number, to: Particulars): Promise<void> {
  await trx.query(
    `update complaint set title = $2, theme = $3, urgency = $4, nature = $5, place = $6, lon = $7,
       lat = $8, enterprise_id = $9, owner_id = $10, campaign = $11, platform_number = $12, version = version + 1
      where id = $1`,
    [
      id,
      to.title,
      to.theme,
      to.urgency,
      to.nature,
      to.place,
      to.lon,
      to.lat,
      to.enterpriseId,
      to.ownerId,
      to.campaign,
      to.platformNumber,
    ],
  )
}

/** The bureau that takes complaints in for a region: that of the region itself, else of its city, else the first. */
export async function deskOf(q: Queryable, regionCode: number): Promise<number | undefined> {
  const { rows } = await q.query<{ id: number }>(
    `select id from organization where type = 'bureau'
      order by (region_code = $1) desc, (region_code = $1 / 100 * 100) desc, id limit 1`,
    [regionCode],
  )
  return rows[0]?.id
}

export interface SummaryRow {
  readonly open: number
  readonly received: number
  readonly overdue: number
  readonly waits: number
  readonly repeats: number
  readonly named: number
  readonly today: number
}

const noComplaints: SummaryRow = {
  open: 0,
  received: 0,
  overdue: 0,
  waits: 0,
  repeats: 0,
  named: 0,
  today: 0,
}

export async function summarize(
  q: Queryable,
  nowMs: number,
  todayMs: number,
  organizationId: number,
): Promise<SummaryRow> {
  const { rows } = await q.query<SummaryRow>(
    `select count(*) filter (where m.phase = 'open')::int as open,
       count(*) filter (where m.state = 'received')::int as received,
       count(*) filter (where m.phase = 'open' and m.due_at <= ${at(1)})::int as overdue,
       count(*) filter (where m.phase = 'open' and exists (
         select from matter_party w where w.matter_id = m.id and w.waiting and w.organization_id = $3))::int as waits,
       count(*) filter (where m.phase = 'open' and c.repeats > 0)::int as repeats,
       count(*) filter (where m.phase = 'open' and c.named)::int as named,
       count(*) filter (where c.received_at >= ${at(2)})::int as today
     from complaint c left join matter m on m.id = c.matter_id`,
    [nowMs, todayMs, organizationId],
  )
  return rows[0] ?? noComplaints
}

/** Start and end of the limits that run, for the count of those that end soon. */
export async function runningLimits(q: Queryable): Promise<{ started_ms: number; due_ms: number }[]> {
  const { rows } = await q.query<{ started_ms: number; due_ms: number }>(
    `select ${ms('m.due_started_at')} as started_ms, ${ms('m.due_at')} as due_ms
       from complaint c join matter m on m.id = c.matter_id where m.phase = 'open' and m.due_at is not null`,
  )
  return rows
}

export async function selectCampaigns(q: Queryable): Promise<{ name: string; count: number }[]> {
  const { rows } = await q.query<{ name: string; count: number }>(
    `select campaign as name, count(*)::int as count from complaint where campaign is not null
      group by campaign order by max(received_at) desc limit 50`,
  )
  return rows
}

export interface KpiRow {
  readonly region_code: number
  readonly region_name: string | null
  readonly theme: string
  readonly channel: string
  readonly campaign: string | null
  readonly received_ms: number
  readonly inform_due_ms: number | null
  readonly accepted_ms: number | null
  readonly finish_due_ms: number | null
  readonly answered_ms: number | null
  readonly verdict: string | null
  readonly satisfaction: string | null
  readonly repeats: number
}

export async function selectKpiRows(
  q: Queryable,
  fromMs: number,
  toMs: number,
  region: readonly [number, number] | readonly [null, null],
): Promise<KpiRow[]> {
  const { rows } = await q.query<KpiRow>(
    `select c.region_code, r.name as region_name, c.theme, c.channel, c.campaign,
       ${ms('c.received_at')} as received_ms, ${ms('inform.due_at')} as inform_due_ms,
       ${ms('own.accepted_at')} as accepted_ms, ${ms('finish.due_at')} as finish_due_ms,
       ${ms('told.answered_at')} as answered_ms, t.fields ->> 'verdict' as verdict,
       m.fields ->> 'satisfaction' as satisfaction, c.repeats
     from ${from}
     where c.received_at >= ${at(1)} and c.received_at < ${at(2)}
       and ($3::int is null or c.region_code between $3 and $4)`,
    [fromMs, toMs, region[0], region[1]],
  )
  return rows
}

/** Organizations that take part in a matter, without the one that it is about. */
export async function partiesOf(q: Queryable, matterId: number): Promise<number[]> {
  const { rows } = await q.query<{ id: number }>(
    `select distinct organization_id as id from matter_party where matter_id = $1 and party <> 'owner' order by 1`,
    [matterId],
  )
  return rows.map(({ id }) => id)
}

export async function versionOfMatter(q: Queryable, matterId: number): Promise<number> {
  const { rows } = await q.query<{ version: number }>('select version from matter where id = $1', [matterId])
  return rows[0]?.version ?? 0
}

export async function moveComplaintRows(trx: Queryable, fromId: number, toId: number): Promise<void> {
  await trx.query('update complaint set enterprise_id = $2 where enterprise_id = $1', [fromId, toId])
}
