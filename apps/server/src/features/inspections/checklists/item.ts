/** How an item of a checklist is written: short forms of what the contract says at length. */
import type { ChecklistItem, ChecklistTheme } from '@shanshui/contract'
import type { LawId } from './law.ts'

type Status = NonNullable<ChecklistItem['limitStatus']>

export interface ItemText {
  readonly id: string
  readonly question: string
  readonly law: readonly LawId[]
  /** Requirement, with how far it is confirmed; limits of an outlet are those by which its hours are judged. */
  readonly limit?: readonly [text: string, status: Status]
  /** Step by step, for somebody who does it for the first time. */
  readonly how: readonly string[]
  readonly conform: string
  readonly notConform: string
  readonly evidence: readonly string[]
  readonly rules?: readonly string[]
  /** The off-site item that answers part of it from data. */
  readonly offSite?: string
}

export const themed = (theme: ChecklistTheme, items: readonly ItemText[]): ChecklistItem[] =>
  items.map((item) => ({
    id: `${theme}.${item.id}`,
    theme,
    question: item.question,
    law: [...item.law],
    limit: item.limit?.[0] ?? null,
    limitStatus: item.limit?.[1] ?? null,
    how: [...item.how],
    conform: item.conform,
    notConform: item.notConform,
    evidence: [...item.evidence],
    rules: [...(item.rules ?? [])],
    offSite: item.offSite ?? null,
  }))
