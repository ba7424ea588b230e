/** Leads on the time line of a plant. */
import { leadLevelTitles, leadStateTitles } from '@shanshui/contract'
import type { Queryable } from '../../platform/db/index.ts'
import { isoOf } from '../series/index.ts'
import { factorName } from './factor-name.ts'
import { leadsWithin } from './lead.repository.ts'

/** One entry a lead, at the beginning of what triggered it; as the caller sees them. */
export async function leadsTimeline(
  q: Queryable,
  range: { enterpriseId: number; outletIds: readonly number[]; fromMs: number; toMs: number },
) {
  const rows = await leadsWithin(q, range.enterpriseId, range.outletIds, range.fromMs, range.toMs)
  return rows.map((row) => ({
    at: isoOf(row.from_ms),
    until: isoOf(row.to_ms),
    kind: 'lead' as const,
    title: `线索：${row.rule_title ?? row.rule_id}${row.factor === '' ? '' : ` ${factorName(row.factor)}`}`,
    detail: `${leadLevelTitles[row.level].zh} · ${leadStateTitles[row.state].zh}。${row.explanation}`,
    featureId: row.feature_id,
    link: `/leads?lead=${row.id}`,
  }))
}
