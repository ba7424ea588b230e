/** What is known of units when their risk is worked out. */
import type { Queryable } from '../../platform/db/index.ts'
import { confirmedLeadsByEnterprise } from '../leads/index.ts'
import { listOutlets, type Point } from '../registry/index.ts'
import { dayMs } from '../series/index.ts'
import { readExceedances } from '../sources/index.ts'
import type { InspectionDoors } from './inspection-doors.ts'
import { dayOf } from './inspector.service.ts'
import { visitedSince } from './pool.repository.ts'
import type { RiskFacts } from './risk.ts'

const yearDays = 365
const exceedanceDays = 90

export const permitClassOf = (enterprise: Point): RiskFacts['permitClass'] => {
  const found = enterprise.properties.permitClass
  return found === 'key' || found === 'simplified' ? found : 'registered'
}

/** Facts by id of the enterprise, as the reader may see them. */
export async function riskFactsOf(
  q: Queryable,
  doors: InspectionDoors,
  enterprises: readonly Point[],
  nowMs: number,
): Promise<Map<number, RiskFacts>> {
  const ids = enterprises.map((one) => one.id)
  const confirmed = await confirmedLeadsByEnterprise(q, ids, nowMs - yearDays * dayMs)
  const outlets = new Map(
    (await listOutlets(q, { enterpriseIds: ids })).map((outlet) => [outlet.id, outlet.enterprise.id]),
  )
  const exceedances = new Map<number, number>()
  for (const { outletId } of await readExceedances(
    q,
    [...outlets.keys()],
    nowMs - exceedanceDays * dayMs,
    nowMs,
  )) {
    const id = outlets.get(outletId)
    if (id !== undefined) exceedances.set(id, (exceedances.get(id) ?? 0) + 1)
  }
  const overdue = await doors.permits.overdueByEnterprise(q, ids)
  const visited = await visitedSince(q, dayOf(nowMs - yearDays * dayMs))
  return new Map(
    enterprises.map((one) => [
      one.id,
      {
        permitClass: permitClassOf(one),
        confirmedLeads: confirmed.get(one.id) ?? 0,
        exceedances: exceedances.get(one.id) ?? 0,
        overdueObligations: overdue.get(one.id) ?? 0,
        visitedWithinYear: visited.has(one.id),
      },
    ]),
  )
}
