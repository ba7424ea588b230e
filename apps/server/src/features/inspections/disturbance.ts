/** 无事不扰: whether a unit may be visited now, and if not, why. */
import type { CapException, PoolKind, VisitKind } from '@shanshui/contract'
import { dayMs } from '../series/index.ts'

export interface DisturbanceFacts {
  readonly pool: PoolKind
  /** Yearly ceiling of visits, of the unit itself or of its pool; null: none is set. */
  readonly cap: number | null
  /** Visits of the year that count: done, and planned from today on; those under an exception do not. */
  readonly visits: number
  readonly lastVisitOn: string | null
  readonly positiveList: { readonly from: string; readonly to: string } | null
  readonly quietDays: number
}

/**
 * The reason why a visit must not be planned; undefined when it may. Complaints, transferred leads, emergencies and
 * abnormal online data stand outside the ceiling (国办发〔2024〕54号); a unit of the positive list is still subject to
 * random checks (环办执法〔2021〕10号).
 */
export function disturbanceOf(
  facts: DisturbanceFacts,
  visit: {
    readonly kinds: readonly VisitKind[]
    readonly exception: CapException | null
    readonly on: string
  },
): string | undefined {
  if (visit.exception !== null) return undefined
  if (facts.cap !== null && facts.visits >= facts.cap)
    return `已达年度检查频次上限：本年 ${facts.visits} 次，上限 ${facts.cap} 次`
  const only = (kind: VisitKind) => visit.kinds.every((one) => one === kind)
  const { positiveList } = facts
  if (only('risk') && positiveList !== null && positiveList.from <= visit.on && visit.on <= positiveList.to)
    return `监督执法正面清单单位（至 ${positiveList.to}）：以非现场方式为主，不安排巡查`
  if (facts.lastVisitOn === null || visit.kinds.includes('look-back')) return undefined
  const days = Math.round((Date.parse(visit.on) - Date.parse(facts.lastVisitOn)) / dayMs)
  if (days < facts.quietDays && days >= 0)
    return `${facts.lastVisitOn} 刚检查过，${facts.quietDays} 天内不再安排`
  return undefined
}
