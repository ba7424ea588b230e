import type { Queryable } from '../../platform/db/index.ts'

/** Leads that turned out to be true since an instant, by enterprise. */
export async function confirmedLeadsByEnterprise(
  q: Queryable,
  enterpriseIds: readonly number[],
  sinceMs: number,
): Promise<Map<number, number>> {
  const { rows } = await q.query<{ enterprise_id: number; n: number }>(
    `select enterprise_id, count(*)::int as n from lead
      where enterprise_id = any($1::int[]) and outcome = 'confirmed' and outcome_at >= to_timestamp($2 / 1000.0)
      group by enterprise_id`,
    [enterpriseIds, sinceMs],
  )
  return new Map(rows.map((row) => [row.enterprise_id, row.n]))
}

export interface ConfirmedLead {
  readonly id: number
  readonly rule_id: string
  readonly rule_title: string | null
  readonly enterprise_id: number | null
  readonly enterprise_code: string | null
  readonly enterprise_name: string | null
  readonly at_ms: number
  readonly explanation: string
  readonly grounds: string | null
}

/** Leads of some rules that turned out to be true, the newest first; as the reader may see them. */
export async function confirmedLeadsOfRules(
  q: Queryable,
  ruleIds: readonly string[],
  limit: number,
): Promise<ConfirmedLead[]> {
  const { rows } = await q.query<ConfirmedLead>(
    `select l.id, l.rule_id, k.title as rule_title, l.enterprise_id, e.code as enterprise_code,
            e.name as enterprise_name, round(extract(epoch from l.outcome_at) * 1000)::float8 as at_ms,
            l.explanation, l.outcome_grounds as grounds
       from lead l left join feature e on e.id = l.enterprise_id left join lead_rule k on k.id = l.rule_id
      where l.rule_id = any($1::text[]) and l.outcome = 'confirmed' order by l.outcome_at desc, l.id desc limit $2`,
    [ruleIds, limit],
  )
  return rows
}
