/** What the bureau's record of service is counted from: matters, their steps and clocks. */
import { workflows } from '@shanshui/workflow'
import type { Queryable } from '../../platform/db/index.ts'
import { regionSpan } from '../../platform/region.ts'

export type ServiceGroup = 'organization' | 'workflow' | 'person' | 'region'

export interface ServiceSpan {
  readonly fromMs: number
  readonly toMs: number
  readonly regionCode?: number | undefined
}

export interface ServiceCount {
  key: string
  title: string | null
  opened: number
  closed: number
  open: number
  overdue: number
  clocks: number
  clocks_on_time: number
  first_step_days: number | null
  closing_days: number | null
  rebounds: number
  people: number
}

/** States in which somebody still has to act, as pairs of arrays. */
const openStates = workflows.flatMap(({ id, states }) =>
  states.filter(({ phase }) => phase === 'open').map((state) => [id, state.id] as const),
)

/** Key and title of the group that a matter belongs to; a matter counts once in each person's row who moved it. */
const groups: Readonly<Record<ServiceGroup | 'all', { key: string; title: string; join: string }>> = {
  all: { key: `''`, title: `''`, join: '' },
  organization: {
    key: `coalesce(m.handler_id::text, '')`,
    title: `coalesce(o.name, '未明确')`,
    join: 'left join organization o on o.id = m.handler_id',
  },
  workflow: { key: 'm.workflow', title: 'm.workflow', join: '' },
  region: {
    key: 'm.region_code::text',
    title: 'coalesce(r.name, m.region_code::text)',
    join: 'left join region r on r.code = m.region_code',
  },
  person: {
    key: 'p.user_id::text',
    title: 'u.name',
    join: `join lateral (select distinct s.user_id from matter_step s
             where s.matter_id = m.id and s.kind = 'step' and s.user_id is not null
               and s.at >= to_timestamp($1 / 1000.0) and s.at < to_timestamp($2 / 1000.0)) p on true
           join app_user u on u.id = p.user_id`,
  },
}

/**
 * Counts of a span `[fromMs, toMs)`. A matter is finished when it left the states in which somebody has to act; limits
 * count by when they ended; what was open and overdue is as of the end of the span.
 */
export async function countService(
  q: Queryable,
  span: ServiceSpan,
  by: ServiceGroup | 'all',
): Promise<ServiceCount[]> {
  const [from, to] = regionSpan(span.regionCode)
  const { key, title, join } = groups[by]
  const { rows } = await q.query<ServiceCount>(
    `with open_state as (select * from unnest($5::text[], $6::text[]) as s(workflow, state)),
     m as (
       select m.*, f.first_at, case when m.phase = 'open' then null else e.finished_at end as finished_at
       from matter m
       left join lateral (select min(s.at) as first_at from matter_step s
          where s.matter_id = m.id and s.kind = 'step' and s.seq > 1) f on true
       left join lateral (select max(s.at) as finished_at from matter_step s
          where s.matter_id = m.id and s.kind = 'step' and s.round = m.round
            and exists (select from open_state x where x.workflow = m.workflow and x.state = s.state_from)
            and not exists (select from open_state x where x.workflow = m.workflow and x.state = s.state_to)) e on true
       where m.opened_at < to_timestamp($2 / 1000.0) and ($3::int is null or m.region_code between $3 and $4)),
     k as (
       select m.id, count(*) filter (where c.ended_at >= to_timestamp($1 / 1000.0) and c.ended_at < to_timestamp($2 / 1000.0)) as ended,
         count(*) filter (where c.ended_at >= to_timestamp($1 / 1000.0) and c.ended_at < to_timestamp($2 / 1000.0)
           and c.ended_at <= c.due_at) as on_time,
         bool_or(c.due_at < to_timestamp($2 / 1000.0) and c.started_at < to_timestamp($2 / 1000.0)
           and (c.ended_at is null or c.ended_at >= to_timestamp($2 / 1000.0))) as overdue
       from m join matter_clock c on c.matter_id = m.id group by m.id)
     select ${key} as key, ${title} as title,
       count(*) filter (where m.opened_at >= to_timestamp($1 / 1000.0))::int as opened,
       count(*) filter (where m.finished_at >= to_timestamp($1 / 1000.0) and m.finished_at < to_timestamp($2 / 1000.0))::int as closed,
       count(*) filter (where m.finished_at is null or m.finished_at >= to_timestamp($2 / 1000.0))::int as open,
       count(*) filter (where (m.finished_at is null or m.finished_at >= to_timestamp($2 / 1000.0)) and k.overdue)::int as overdue,
       coalesce(sum(k.ended), 0)::int as clocks, coalesce(sum(k.on_time), 0)::int as clocks_on_time,
       percentile_cont(0.5) within group (order by extract(epoch from m.first_at - m.opened_at) / 86400)
         filter (where m.opened_at >= to_timestamp($1 / 1000.0) and m.first_at is not null) as first_step_days,
       percentile_cont(0.5) within group (order by extract(epoch from m.finished_at - m.opened_at) / 86400)
         filter (where m.finished_at >= to_timestamp($1 / 1000.0) and m.finished_at < to_timestamp($2 / 1000.0)) as closing_days,
       coalesce(sum(m.rebounds), 0)::int as rebounds,
       (select count(distinct s.user_id)::int from matter_step s where s.matter_id = any(array_agg(m.id)) and s.kind = 'step'
          and s.at >= to_timestamp($1 / 1000.0) and s.at < to_timestamp($2 / 1000.0)) as people
     from m left join k on k.id = m.id ${join}
     group by 1, 2 order by 5 desc, 1`,
    [
      span.fromMs,
      span.toMs,
      from,
      to,
      openStates.map(([workflow]) => workflow),
      openStates.map(([, state]) => state),
    ],
  )
  return rows
}

export interface LeadService {
  raised: number
  acknowledged: number
  acknowledged_on_time: number
  decided_days: number | null
}

/** Leads opened in the span: acknowledged within their limit, and the median of the days to a decision. */
export async function countLeads(q: Queryable, span: ServiceSpan): Promise<LeadService> {
  const [from, to] = regionSpan(span.regionCode)
  const { rows } = await q.query<LeadService>(
    `select count(*)::int as raised,
       count(*) filter (where acknowledged_at is not null)::int as acknowledged,
       count(*) filter (where acknowledged_at is not null and (due_at is null or acknowledged_at <= due_at))::int as acknowledged_on_time,
       percentile_cont(0.5) within group (order by extract(epoch from decided_at - opened_at) / 86400)
         filter (where decided_at is not null) as decided_days
     from lead where opened_at >= to_timestamp($1 / 1000.0) and opened_at < to_timestamp($2 / 1000.0)
       and level <> 'watch' and ($3::int is null or region_code between $3 and $4)`,
    [span.fromMs, span.toMs, from, to],
  )
  return rows[0] ?? { raised: 0, acknowledged: 0, acknowledged_on_time: 0, decided_days: null }
}
