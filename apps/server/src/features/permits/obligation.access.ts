import type { Actor } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import { selectPermits } from './permit.repository.ts'
import { permitRow } from './permit.service.ts'
import type { PermitRoomDeps } from './permit-doors.ts'

/** The permits an actor may have compiled: the one asked for, or all of the own scope; it is kept who asked. Errors: `permit.unknown`. */
export async function compilableFor(
  deps: PermitRoomDeps,
  actor: Actor,
  permitId: number | undefined,
): Promise<number[]> {
  return deps.db.asActor(actor, async (trx) => {
    const ids =
      permitId === undefined
        ? (await selectPermits(trx)).map((row) => row.id)
        : [(await permitRow(trx, permitId)).id]
    await recordAudit(trx, actor, 'permit.obligations-compiled', `permit:${permitId ?? '*'}`, {
      permits: ids.length,
    })
    return ids
  })
}
