/** Targets of total-emission reduction: set as data, by year, region and pollutant. */
import type { ReductionTarget, ReductionTargetInput } from '@shanshui/contract'
import { type Actor, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import { AppError } from '../../platform/errors.ts'
import { regionSpan } from '../../platform/region.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import { putTarget, selectReductionTargets, type TargetRow } from './reduction.repository.ts'
import { numberOrNull } from './reduction.service.ts'
import { writing } from './refusal-of-database.ts'

const presentTarget = (row: TargetRow): ReductionTarget => ({
  id: row.id,
  year: row.year,
  regionCode: row.region_code,
  regionName: row.region_name,
  pollutant: row.pollutant,
  tonnes: Number(row.tonnes),
  planTonnes: numberOrNull(row.plan_tonnes),
  planFrom: row.plan_from,
  planTo: row.plan_to,
  source: row.source,
  version: row.version,
})

export async function listReductionTargets(
  deps: PermitRoomDeps,
  actor: Actor,
  { regionCode, ...filter }: { year?: number; regionCode?: number },
): Promise<{ items: ReductionTarget[] }> {
  const rows = await deps.db.asActor(actor, (trx) =>
    selectReductionTargets(trx, { ...filter, region: regionSpan(regionCode) }),
  )
  return { items: rows.map(presentTarget) }
}

export async function putReductionTarget(
  deps: PermitRoomDeps,
  actor: Actor,
  input: ReductionTargetInput,
): Promise<ReductionTarget> {
  requirePermission(actor, 'total:write')
  const { planTonnes = null, planFrom = null, planTo = null, ...rest } = input
  // A plan's target without its years, or the other way round, says nothing.
  const whole = planTonnes !== null && planFrom !== null && planTo !== null && planFrom <= planTo
  const values = {
    ...rest,
    planTonnes: whole ? planTonnes : null,
    planFrom: whole ? planFrom : null,
    planTo: whole ? planTo : null,
  }
  return writing(deps, actor, async (trx) => {
    const row = await putTarget(trx, values, deps.clock.now(), actor.userId)
    if (row === undefined)
      throw new AppError('auth.forbidden', { detail: `行政区 ${input.regionCode} 不在您的范围内` })
    await recordAudit(trx, actor, 'total.target-put', `reduction-target:${row.id}`, values)
    return presentTarget(row)
  })
}
