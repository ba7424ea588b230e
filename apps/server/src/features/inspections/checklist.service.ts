/** Checklists, and what happened in this city on the same point before. */
import type { Checklist, ChecklistTheme, LawText } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import { AppError } from '../../platform/errors.ts'
import { confirmedLeadsOfRules } from '../leads/index.ts'
import { isoOf } from '../series/index.ts'
import { pastAnswers } from './case.repository.ts'
import { checklists, itemNamed, lawsOf } from './checklists/index.ts'
import type { InspectionRoomDeps } from './inspection-doors.ts'

export function listChecklists(theme?: ChecklistTheme): { items: Checklist[]; laws: LawText[] } {
  const items = checklists.filter((list) => theme === undefined || list.theme === theme)
  return { items, laws: lawsOf(items) }
}

export interface PastCase {
  readonly kind: 'lead' | 'inspection'
  readonly id: number
  readonly title: string
  readonly enterprise: { id: number; name: string; code: string } | null
  readonly at: string
  readonly finding: string
}

const casesShown = 10

/** The newest first, as the reader may see them. Errors: `inspection.item-unknown`. */
export async function pastCases(
  deps: InspectionRoomDeps,
  actor: Actor,
  itemId: string,
): Promise<{ items: PastCase[] }> {
  const item = itemNamed(itemId)
  if (item === undefined) throw new AppError('inspection.item-unknown', { detail: `没有检查项 ${itemId}` })
  return deps.db.asActor(actor, async (trx) => {
    const leads = actor.permissions.has('lead:read')
      ? await confirmedLeadsOfRules(trx, item.rules, casesShown)
      : []
    const answers = await pastAnswers(trx, itemId, casesShown)
    const cases: PastCase[] = [
      ...leads.map((lead) => ({
        kind: 'lead' as const,
        id: lead.id,
        title: lead.rule_title ?? lead.rule_id,
        enterprise:
          lead.enterprise_id === null
            ? null
            : { id: lead.enterprise_id, name: lead.enterprise_name ?? '', code: lead.enterprise_code ?? '' },
        at: isoOf(lead.at_ms),
        finding: lead.grounds ?? lead.explanation,
      })),
      ...answers.map((answer) => ({
        kind: 'inspection' as const,
        id: answer.inspection_id,
        title: `${answer.number} 不符合`,
        enterprise:
          answer.enterprise_id === null
            ? null
            : {
                id: answer.enterprise_id,
                name: answer.enterprise_name ?? '',
                code: answer.enterprise_code ?? '',
              },
        at: isoOf(answer.at_ms),
        finding: answer.note ?? '',
      })),
    ]
    return { items: cases.sort((a, b) => b.at.localeCompare(a.at)).slice(0, casesShown) }
  })
}
