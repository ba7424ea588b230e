/** Looks at who complained: by those who handle the matter, with a reason, each on record before anything is shown. */
import type { Complainant, ComplaintLook } from '@shanshui/contract'
import { type Actor, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import { shanghaiIso } from '../../platform/clock.ts'
import { AppError } from '../../platform/errors.ts'
import { cursorId } from '../../platform/page.ts'
import { insertLook, isKept, type LookRow, sealedForLook, selectLooks } from './complainant.repository.ts'
import { isKeeper } from './complaint.repository.ts'
import type { ComplaintDeps } from './room.ts'
import { visibleComplaint } from './visible-complaint.ts'

/**
 * @throws AppError `complaint.unknown`, `complaint.complainant-missing`, `complaint.look-refused`, `complaint.key-missing`
 */
export async function lookAtComplainant(
  deps: ComplaintDeps,
  actor: Actor,
  id: number,
  reason: string,
): Promise<{ complainant: Complainant; lookId: number }> {
  requirePermission(actor, 'complainant:read')
  const text = reason.trim()
  if (text.length < 4)
    throw new AppError('complaint.invalid', { detail: '请写明查看举报人信息的事由（至少 4 个字）' })
  const lookId = await deps.db.asActor(actor, async (trx) => {
    const row = await visibleComplaint(trx, id)
    if (row.matter_id === null || !(await isKeeper(trx, row.matter_id, actor.organizationId)))
      throw new AppError('complaint.look-refused', { detail: row.number })
    if (!(await isKept(deps.db.pool, id)))
      throw new AppError('complaint.complainant-missing', { detail: row.number })
    const made = await insertLook(trx, {
      complaintId: id,
      regionCode: row.region_code,
      ownerId: row.owner_id,
      userId: actor.userId,
      organizationId: actor.organizationId,
      atMs: deps.clock.now(),
      reason: text,
    })
    await recordAudit(trx, actor, 'complaint.complainant-looked', `complaint:${id}`, {
      look: made,
      reason: text,
    })
    return made
  })
  // The look is committed: whatever happens from here on, it is known who wanted to see it.
  const sealed = await sealedForLook(deps.db.pool, lookId, actor.userId)
  if (sealed === undefined) throw new AppError('complaint.complainant-missing')
  return { complainant: (await deps.keys()).open(sealed.complaintId, sealed), lookId }
}

const presentLook = (row: LookRow): ComplaintLook => ({
  id: row.id,
  complaint: { id: row.complaint_id, number: row.number },
  at: shanghaiIso(row.at_ms),
  by: row.by ?? '',
  organization: row.organization ?? '',
  reason: row.reason,
})

/** Auditor and clerk see every look of their area, others their own: row-level security says so. */
export async function listLooks(
  deps: ComplaintDeps,
  actor: Actor,
  query: { readonly complaintId?: number; readonly limit?: number; readonly cursor?: string },
): Promise<{ items: ComplaintLook[]; next: string | null }> {
  const { limit = 100, complaintId } = query
  const before = cursorId(query.cursor)
  const rows = await deps.db.asActor(actor, (trx) =>
    selectLooks(trx, {
      limit,
      ...(complaintId === undefined ? {} : { complaintId }),
      ...(before === undefined ? {} : { before }),
    }),
  )
  const last = rows.at(-1)
  return {
    items: rows.map(presentLook),
    next: rows.length < limit || last === undefined ? null : String(last.id),
  }
}
