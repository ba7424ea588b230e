/** Accounting by factor (系数核算): activity × coefficient × (1 − η), with where each comes from. */
import type { AccountingEntry, AccountingInput } from '@shanshui/contract'
import { coefficientTonnes } from '@shanshui/standards'
import { type Actor, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import { AppError } from '../../platform/errors.ts'
import { regionSpan } from '../../platform/region.ts'
import { listOutlets, type Outlet } from '../registry/index.ts'
import { decodeCursor } from '../series/index.ts'
import { iso } from './civil-time.ts'
import { defaultPage, pageOf } from './page.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import { writing } from './refusal-of-database.ts'
import { type AccountedRow, insertAccounting, selectAccounting } from './tonnage.repository.ts'

const present = (row: AccountedRow): AccountingEntry => ({
  id: row.id,
  outletId: row.outlet_id,
  outletNumber: row.outlet_number,
  enterpriseName: row.enterprise_name,
  pollutant: row.pollutant,
  month: row.month,
  activity: row.activity,
  activityUnit: row.activity_unit,
  coefficientKgPerUnit: row.coefficient_kg_per_unit,
  removalPercent: row.removal_percent,
  reference: row.reference,
  coefficientStatus: row.coefficient_status,
  tonnes: row.tonnes,
  directDischarge: row.removal_percent === 0,
  formula: row.formula,
  updatedAt: iso(row.updated_at),
})

export async function listAccounting(
  deps: PermitRoomDeps,
  actor: Actor,
  query: {
    limit?: number
    cursor?: string
    year: number
    enterpriseId?: number
    regionCode?: number
    outletId?: number
  },
) {
  const { limit = defaultPage, cursor, regionCode, outletId, ...filter } = query
  const after = decodeCursor(cursor, ['number'])
  const rows = await deps.db.asActor(actor, (trx) =>
    selectAccounting(trx, {
      ...filter,
      outletIds: outletId === undefined ? undefined : [outletId],
      region: regionSpan(regionCode),
      afterId: after?.[0],
      limit: limit + 1,
    }),
  )
  return pageOf(rows, limit, present, (row) => [row.id])
}

/** The newest entry of an outlet, pollutant and month counts; the former ones stay. Errors: `total.outlet-unknown`. */
export async function putAccounting(
  deps: PermitRoomDeps,
  actor: Actor,
  entries: readonly AccountingInput[],
): Promise<{ stored: number }> {
  requirePermission(actor, 'total:write')
  await writing(deps, actor, async (trx) => {
    const ids = [...new Set(entries.map((entry) => entry.outletId))]
    const outlets = new Map<number, Outlet>(
      (await listOutlets(trx, { ids })).map((outlet) => [outlet.id, outlet]),
    )
    for (const entry of entries) {
      const outlet = outlets.get(entry.outletId)
      if (outlet === undefined)
        throw new AppError('total.outlet-unknown', { detail: `没有排放口 ${entry.outletId}` })
      const { activity, coefficientKgPerUnit, removalPercent } = entry
      const tonnes = coefficientTonnes(activity, coefficientKgPerUnit, removalPercent)
      const formula = `${activity} ${entry.activityUnit} × ${coefficientKgPerUnit} kg × (1 − ${removalPercent}%) × 1e-3 = ${tonnes} t`
      const about = { regionCode: outlet.regionCode, ownerId: outlet.ownerId }
      await insertAccounting(trx, { ...entry, tonnes, formula, ...about }, deps.clock.now(), actor.userId)
    }
    await recordAudit(trx, actor, 'total.accounting-put', `outlet:${ids[0] ?? 0}`, {
      entries: entries.length,
    })
  })
  deps.events.publish('total', { accounting: entries.length })
  return { stored: entries.length }
}
