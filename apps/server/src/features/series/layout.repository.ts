import type { Queryable } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import type { Layout, Procedure } from './series.table.ts'

const maxFactors = 400

/** Ids by connection: a layout never changes, so what was once seen committed stays true. */
const known = new WeakMap<object, Map<string, number>>()

/**
 * Id of the layout that has these factors at these indexes, made if it is new. Cached per connection.
 * @throws AppError `series.factors-too-many` for more than 400 factors or none
 */
export async function internLayout(
  q: Queryable,
  factors: readonly string[],
  procedure: Procedure = 'measured',
): Promise<number> {
  if (factors.length === 0 || factors.length > maxFactors) {
    throw new AppError('series.factors-too-many', {
      detail: `${factors.length} 个因子，应为 1 至 ${maxFactors} 个`,
    })
  }
  const cache = known.get(q) ?? new Map<string, number>()
  known.set(q, cache)
  const key = `${procedure}\n${factors.join('\n')}`
  const cached = cache.get(key)
  if (cached !== undefined) return cached
  const found = await findLayout(q, factors, procedure)
  if (found !== undefined) {
    if (found.committed) cache.set(key, found.id)
    return found.id
  }
  await q.query('insert into layout (procedure, factors) values ($1, $2) on conflict do nothing', [
    procedure,
    factors,
  ])
  const made = await findLayout(q, factors, procedure)
  if (made === undefined) throw new Error('a layout just made cannot be read')
  return made.id
}

/** `committed` is false for a row of the running transaction: it may yet be rolled back and must not be cached. */
async function findLayout(
  q: Queryable,
  factors: readonly string[],
  procedure: Procedure,
): Promise<{ id: number; committed: boolean } | undefined> {
  const { rows } = await q.query<{ id: number; committed: boolean }>(
    `select id, xmin is distinct from pg_current_xact_id_if_assigned()::xid as committed
     from layout where procedure = $1 and factors = $2`,
    [procedure, factors],
  )
  return rows[0]
}

/** Layouts of the procedures that carry at least one of the factors (any factor when the list is empty). */
export async function layoutsWith(
  q: Queryable,
  procedures: readonly Procedure[],
  factors: readonly string[],
): Promise<Layout[]> {
  const { rows } = await q.query<Layout>(
    `select id, procedure, factors from layout
     where procedure = any($1) and (cardinality($2::text[]) = 0 or factors && $2::text[]) order by id`,
    [procedures, factors],
  )
  return rows
}

export async function layoutsById(q: Queryable, ids: readonly number[]): Promise<Map<number, Layout>> {
  const { rows } = await q.query<Layout>('select id, procedure, factors from layout where id = any($1)', [
    ids,
  ])
  return new Map(rows.map((layout) => [layout.id, layout]))
}
