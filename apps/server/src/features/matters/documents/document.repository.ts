/** SQL of what documents name; runs as the actor, so that row-level security holds. */
import type { Queryable } from '../../../platform/db/index.ts'

export interface SubjectRow {
  readonly code: string
  readonly name: string
  readonly properties: {
    readonly legalRepresentative?: string
    readonly address?: string
    readonly contact?: string
    readonly phone?: string
  }
}

/** The enterprise as the registry has it; undefined when the actor does not see it. */
export async function subjectById(q: Queryable, id: number): Promise<SubjectRow | undefined> {
  const { rows } = await q.query<SubjectRow>('select code, name, properties from feature where id = $1', [id])
  return rows[0]
}

export async function namesOfPeople(q: Queryable, ids: readonly number[]): Promise<Map<number, string>> {
  return namesIn(q, 'select id, name from app_user where id = any($1)', ids)
}

export async function namesOfOrganizations(
  q: Queryable,
  ids: readonly number[],
): Promise<Map<number, string>> {
  return namesIn(q, 'select id, name from organization where id = any($1)', ids)
}

async function namesIn(q: Queryable, sql: string, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await q.query<{ id: number; name: string }>(sql, [ids])
  return new Map(rows.map((row) => [row.id, row.name]))
}
