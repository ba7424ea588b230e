import type { Queryable } from '../../platform/db/index.ts'

export interface PastAnswer {
  inspection_id: number
  number: string
  enterprise_id: number | null
  enterprise_code: string | null
  enterprise_name: string | null
  at_ms: number
  note: string | null
}

/** Visits at which an item of a checklist did not conform, the newest first. */
export async function pastAnswers(q: Queryable, itemId: string, limit: number): Promise<PastAnswer[]> {
  const { rows } = await q.query<PastAnswer>(
    `select t.inspection_id, i.number, i.enterprise_id, f.code as enterprise_code, f.name as enterprise_name,
            round(extract(epoch from t.at) * 1000)::float8 as at_ms, t.value->>'note' as note
       from inspection_item t join inspection i on i.id = t.inspection_id left join feature f on f.id = i.enterprise_id
      where t.key = 'answer:' || $1 and t.value->>'verdict' = 'not-conform' order by t.at desc limit $2`,
    [itemId, limit],
  )
  return rows
}
