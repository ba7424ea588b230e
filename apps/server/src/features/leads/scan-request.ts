/** A person asks for a scan: of outlets that the person may decide about, and it is kept who asked. */
import { type Actor, isInScope, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { listOutlets } from '../registry/index.ts'
import { type ScanInput, scanJobName, scanWindow } from './scan-window.ts'

/** Number of the job. Errors: `lead.window-invalid`; `source.outlet-unknown` for an outlet outside the scope. */
export async function requestScan(
  deps: Pick<Deps, 'db' | 'clock' | 'jobs'>,
  actor: Actor,
  input: ScanInput,
): Promise<number> {
  requirePermission(actor, 'rule:write')
  // Refused here rather than by the job.
  scanWindow(input, deps.clock.now())
  const outletIds = await deps.db.asActor(actor, async (trx) => {
    const { outletIds: asked } = input
    const outlets = await listOutlets(trx, asked === undefined ? {} : { ids: asked })
    const own = new Set(outlets.filter((outlet) => isInScope(actor, outlet)).map((outlet) => outlet.id))
    const unknown = asked?.find((id) => !own.has(id))
    if (unknown !== undefined) throw new AppError('source.outlet-unknown', { detail: `排放口 ${unknown}` })
    return [...own]
  })
  const { from, to } = input
  return deps.db.transaction(async (trx) => {
    const jobId = await deps.jobs.enqueue(trx, scanJobName, { ...input, outletIds }, actor)
    const detail = { job: jobId, from: from ?? null, to: to ?? null, outlets: outletIds.length }
    await recordAudit(trx, actor, 'lead.scan-requested', `job:${jobId}`, detail)
    return jobId
  })
}
