/** How a reduction advances and is reviewed: never by who wrote it. */
import type { ReductionClaimDetail, ReductionState } from '@shanshui/contract'
import { roundHalfEven } from '@shanshui/standards'
import { type Actor, requirePermission } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import { AppError } from '../../platform/errors.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import { type ClaimRow, moveClaim } from './reduction.repository.ts'
import { changed, claimForChange, noteEvent, numberOrNull } from './reduction.service.ts'
import { nextState, type ReductionEvent } from './reduction-states.ts'
import { writing } from './refusal-of-database.ts'

/** Start and completion; Errors: `total.claim-state`. */
export async function advanceClaim(
  deps: PermitRoomDeps,
  actor: Actor,
  id: number,
  { event: name, version }: { event: 'start' | 'complete'; version: number },
): Promise<ReductionClaimDetail> {
  requirePermission(actor, 'total:write')
  await writing(deps, actor, async (trx) => {
    const row = await claimForChange(trx, id, version)
    const to = stateAfter(row, name)
    const now = deps.clock.now()
    await moveClaim(
      trx,
      id,
      { state: to, verified: null, recognised: null, reason: null, reviewedBy: null },
      now,
    )
    await noteEvent(trx, row, actor, { name, to, tonnes: null, reason: null }, now)
    await recordAudit(trx, actor, `total.claim-${name}`, `reduction-claim:${id}`, { from: row.state, to })
  })
  return changed(deps, actor, id)
}

function stateAfter(row: ClaimRow, name: ReductionEvent): ReductionState {
  const to = nextState(row.state, name)
  if (to === undefined) {
    throw new AppError('total.claim-state', {
      detail: `${row.code} ${row.pollutant} 现为 ${row.state}，不能 ${name}`,
    })
  }
  return to
}

/** Verified by the city, recognised by the province, or rejected: never by who wrote it. */
export async function reviewClaim(
  deps: PermitRoomDeps,
  actor: Actor,
  id: number,
  input: { event: 'verify' | 'recognise' | 'reject'; tonnes?: number; reason?: string; version: number },
): Promise<ReductionClaimDetail> {
  requirePermission(actor, 'total:review')
  await writing(deps, actor, async (trx) => {
    const row = await claimForChange(trx, id, input.version)
    if (row.written_by === actor.userId) {
      throw new AppError('total.own-work', { detail: `${row.code} ${row.pollutant} 由您填报` })
    }
    const to = stateAfter(row, input.event)
    const outcome = reviewed(row, input)
    const now = deps.clock.now()
    await moveClaim(trx, id, { state: to, ...outcome, reviewedBy: actor.userId }, now)
    const tonnes = input.event === 'verify' ? outcome.verified : outcome.recognised
    await noteEvent(trx, row, actor, { name: input.event, to, tonnes, reason: outcome.reason }, now)
    await recordAudit(trx, actor, `total.claim-${input.event}`, `reduction-claim:${id}`, {
      tonnes,
      reason: outcome.reason,
    })
  })
  return changed(deps, actor, id)
}

/** Errors: `total.reason-missing`, `total.evidence-missing`, `total.claim-too-much`, `total.amount-invalid`. */
function reviewed(
  row: ClaimRow,
  {
    event: name,
    tonnes,
    reason = '',
  }: { event: 'verify' | 'recognise' | 'reject'; tonnes?: number; reason?: string },
): { verified: number | null; recognised: number | null; reason: string | null } {
  if (name === 'reject') {
    if (reason.trim().length < 2) throw new AppError('total.reason-missing', { detail: '不予认定须写明理由' })
    return { verified: numberOrNull(row.verified), recognised: null, reason }
  }
  if (row.evidence.length === 0)
    throw new AppError('total.evidence-missing', { detail: `${row.code} 没有佐证材料` })
  const most = name === 'verify' ? Number(row.claimed) : Number(row.verified ?? 0)
  const value = tonnes ?? most
  if (roundHalfEven(value, 3) !== value) throw new AppError('total.amount-invalid', { detail: `${value} t` })
  if (value > most) throw new AppError('total.claim-too-much', { detail: `${value} t 大于 ${most} t` })
  if (value < most && reason.trim().length < 2) {
    throw new AppError('total.reason-missing', { detail: `由 ${most} t 减为 ${value} t，须写明理由` })
  }
  const note = reason === '' ? null : reason
  return name === 'verify'
    ? { verified: value, recognised: null, reason: note }
    : { verified: Number(row.verified), recognised: value, reason: note }
}
