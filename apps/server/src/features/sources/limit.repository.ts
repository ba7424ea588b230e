/** Limits as they were chosen, and layouts of outlet hours: dictionaries, interned by content. */
import type { Queryable } from '../../platform/db/index.ts'
import type { LimitDraft, LimitRow } from './source.table.ts'

const columns = 'id, value, least as min, decimals, unit, averaging, source, clause, why, status'

/** Rows of the drafts by digest; new ones are made. */
export async function internLimits(
  q: Queryable,
  drafts: ReadonlyMap<string, LimitDraft>,
): Promise<Map<string, LimitRow>> {
  const found = await limitsByDigest(q, [...drafts.keys()])
  for (const [digest, draft] of drafts) {
    if (found.has(digest)) continue
    await q.query(
      `insert into limit_choice (digest, value, least, decimals, unit, averaging, source, clause, why, status)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (digest) do nothing`,
      [
        digest,
        draft.value,
        draft.min,
        draft.decimals,
        draft.unit,
        draft.averaging,
        draft.source,
        draft.clause,
        draft.why,
        draft.status,
      ],
    )
  }
  return found.size === drafts.size ? found : limitsByDigest(q, [...drafts.keys()])
}

async function limitsByDigest(q: Queryable, digests: readonly string[]): Promise<Map<string, LimitRow>> {
  const { rows } = await q.query<LimitRow & { digest: string }>(
    `select digest, ${columns} from limit_choice where digest = any($1)`,
    [digests],
  )
  return new Map(rows.map(({ digest, ...row }) => [digest, row]))
}

export async function limitsById(q: Queryable, ids: Iterable<number>): Promise<Map<number, LimitRow>> {
  const wanted = [...new Set(ids)].filter((id) => id > 0)
  if (wanted.length === 0) return new Map()
  const { rows } = await q.query<LimitRow>(`select ${columns} from limit_choice where id = any($1)`, [wanted])
  return new Map(rows.map((row) => [row.id, row]))
}

/** Id of the layout with these factors, made if new. */
export async function internOutletLayout(q: Queryable, factors: readonly string[]): Promise<number> {
  const read = () => q.query<{ id: number }>('select id from outlet_layout where factors = $1', [factors])
  const known = (await read()).rows[0]
  if (known !== undefined) return known.id
  await q.query('insert into outlet_layout (factors) values ($1) on conflict do nothing', [factors])
  const made = (await read()).rows[0]
  if (made === undefined) throw new Error('an outlet layout just made cannot be read')
  return made.id
}

export async function outletLayouts(q: Queryable): Promise<Map<number, readonly string[]>> {
  const { rows } = await q.query<{ id: number; factors: string[] }>('select id, factors from outlet_layout')
  return new Map(rows.map((row) => [row.id, row.factors]))
}
