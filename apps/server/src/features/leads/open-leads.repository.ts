import { activeLeadStates } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import { factorName } from './factor-name.ts'

export interface OpenLead {
  readonly id: number
  readonly featureId: number
  readonly ruleTitle: string
  readonly factorName: string | null
  readonly score: number
}

/** Leads at outlets that somebody still has to act on, the highest score first; as the caller's scope shows them. */
export async function openLeadsAt(q: Queryable, featureIds: readonly number[]): Promise<OpenLead[]> {
  const { rows } = await q.query<{
    id: number
    feature_id: number
    title: string | null
    rule_id: string
    factor: string
    score: number
  }>(
    `select l.id, l.feature_id, k.title, l.rule_id, l.factor, l.score
       from lead l left join lead_rule k on k.id = l.rule_id
      where l.feature_id = any ($1::int[]) and l.state = any ($2::text[])
      order by l.score desc, l.id desc`,
    [featureIds, activeLeadStates],
  )
  return rows.map((row) => ({
    id: row.id,
    featureId: row.feature_id,
    ruleTitle: row.title ?? row.rule_id,
    factorName: row.factor === '' ? null : factorName(row.factor),
    score: row.score,
  }))
}
