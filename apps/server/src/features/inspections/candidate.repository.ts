import type { Queryable } from '../../platform/db/index.ts'

export interface DueDrawn {
  draw_id: number
  number: string
  enterprise_id: number
  quarter: string
  officers: number[]
}

/** Units that were drawn (and frozen) and not visited yet. */
export async function undoneDrawn(q: Queryable, region: readonly [number, number]): Promise<DueDrawn[]> {
  const { rows } = await q.query<DueDrawn>(
    `select d.draw_id, w.number, d.enterprise_id, w.quarter, d.officers
       from inspection_drawn d join inspection_draw w on w.id = d.draw_id
      where w.region_code between $1 and $2 and w.state in ('frozen', 'published')
        and not exists (select from inspection i where i.draw_id = d.draw_id and i.enterprise_id = d.enterprise_id
                          and i.conclusion is distinct from 'could-not-inspect')
      order by d.draw_id, d.position`,
    [...region],
  )
  return rows
}

export interface OpenTask {
  enterprise_id: number
  number: string
  planned_on: string
}

/** Tasks that wait for their day, by enterprise. */
export async function openTasks(
  q: Queryable,
  region: readonly [number, number],
  today: string,
): Promise<OpenTask[]> {
  const { rows } = await q.query<OpenTask>(
    `select enterprise_id, number, planned_on from inspection
      where region_code between $1 and $2 and enterprise_id is not null and finished_at is null and planned_on >= $3`,
    [...region, today],
  )
  return rows
}
