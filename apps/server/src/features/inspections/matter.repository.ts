/** Matters as this room reads them; row-level security is that of the matters room. */
import type { Queryable } from '../../platform/db/index.ts'

export interface MatterState {
  id: number
  number: string
  workflow: string
  title: string
  state: string
  phase: string
  version: number
  enterprise_id: number | null
  due_ms: number | null
  /** Civil day on which a look-back falls due. */
  look_back_on: string | null
}

const columns = `m.id, m.number, m.workflow, m.title, m.state, m.phase, m.version, m.enterprise_id,
  round(extract(epoch from m.due_at) * 1000)::float8 as due_ms, m.look_back_on`

/** Open complaints and supervision, and what waits for a look-back by a civil day, of enterprises of a region. */
export async function mattersToVisit(
  q: Queryable,
  region: readonly [number, number],
  until: string,
): Promise<MatterState[]> {
  const { rows } = await q.query<MatterState>(
    `select ${columns} from matter m where m.region_code between $1 and $2 and m.enterprise_id is not null
       and ((m.phase = 'open' and m.workflow in ('complaint', 'supervision'))
            or (m.phase = 'watched' and m.look_back_on <= $3)) order by m.id`,
    [...region, until],
  )
  return rows
}

/** Matters of enterprises that are not over, without tasks of inspection. */
export async function openMattersOf(q: Queryable, enterpriseIds: readonly number[]): Promise<MatterState[]> {
  const { rows } = await q.query<MatterState>(
    `select ${columns} from matter m where m.enterprise_id = any($1) and m.phase in ('open', 'watched')
       and m.workflow <> 'inspection-task' order by m.id`,
    [enterpriseIds],
  )
  return rows
}
