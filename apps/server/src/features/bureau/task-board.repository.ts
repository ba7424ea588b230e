import { workflows } from '@shanshui/workflow'
import type { Queryable } from '../../platform/db/index.ts'
import { regionSpan } from '../../platform/region.ts'
import type { TaskRow } from './task-board.ts'

const states = new Map(
  workflows.find(({ id }) => id === 'key-task')?.states.map((state) => [state.id, state.title]) ?? [],
)

/** Key tasks of a year with their owners and the pieces of evidence. */
export async function selectTasks(
  q: Queryable,
  year: number,
  regionCode: number | undefined,
): Promise<TaskRow[]> {
  const [from, to] = regionSpan(regionCode)
  const { rows } = await q.query<{
    id: number
    number: string
    state: string
    fields: Record<string, unknown>
    handler_id: number | null
    handler_name: string | null
    evidence: Record<string, number> | null
  }>(
    `select m.id, m.number, m.state, m.fields, m.handler_id, o.name as handler_name,
       (select jsonb_object_agg(e.demand, e.n) from (
          select demand, count(*)::int as n from evidence
          where subject_kind = 'matter' and subject_id = m.id and withdrawn_at is null group by demand) e) as evidence
     from matter m left join organization o on o.id = m.handler_id
     where m.workflow = 'key-task' and (m.fields->>'year')::numeric = $1
       and ($2::int is null or m.region_code between $2 and $3)
     order by m.id limit 2000`,
    [year, from, to],
  )
  return rows.map(({ handler_id, handler_name, evidence, ...row }) => ({
    ...row,
    stateTitle: states.get(row.state) ?? { zh: row.state, en: row.state },
    handler: handler_id === null ? null : { id: handler_id, name: handler_name ?? '' },
    evidence: evidence ?? {},
  }))
}
