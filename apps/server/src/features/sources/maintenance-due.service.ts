/** Which calibrations and verifications of waste-gas outlets are due, overdue, or not known. */
import type { MaintenanceDue } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Deps } from '../../platform/deps.ts'
import { devicesOf } from '../registry/index.ts'
import { dateOf, dayMs, isoOf } from '../series/index.ts'
import { maintenanceForQa } from './maintenance.repository.ts'
import { momentsOf } from './qa.ts'
import { readSettings } from './setting.repository.ts'
import { outletsSeen } from './source.policy.ts'

type LedgerDeps = Pick<Deps, 'db' | 'clock'>
const soonDays = 14

/** Calibrations and verifications of waste-gas outlets: last, due, overdue. */
export async function maintenanceDue(
  deps: LedgerDeps,
  actor: Actor,
  query: { enterpriseId?: number; outletId?: number; state?: MaintenanceDue['items'][number]['state'] },
): Promise<MaintenanceDue> {
  const nowMs = deps.clock.now()
  return deps.db.asActor(actor, async (trx) => {
    const settings = await readSettings(trx)
    const outlets = await outletsSeen(trx, query)
    const air = outlets.filter((outlet) => outlet.medium === 'air')
    const ids = air.map((outlet) => outlet.id)
    const [devices, records] = [await devicesOf(trx, ids), await maintenanceForQa(trx, ids)]
    const items = air.flatMap((outlet) =>
      (['calibration', 'verification'] as const).map((kind) => {
        const own = devices.filter((device) => device.outletId === outlet.id)
        const ledger = records.filter((record) => record.outletId === outlet.id)
        const last = momentsOf(kind, own, ledger).at(-1)
        const { value, source, status } = settings.row(
          kind === 'calibration' ? 'qa.calibrationDays' : 'qa.verificationDays',
        )
        const dueMs = last === undefined ? undefined : last + value * dayMs
        const state =
          dueMs === undefined
            ? ('never' as const)
            : dueMs <= nowMs
              ? ('overdue' as const)
              : dueMs <= nowMs + soonDays * dayMs
                ? ('due-soon' as const)
                : ('in-date' as const)
        return {
          outletId: outlet.id,
          outletName: outlet.name,
          enterprise: { id: outlet.enterprise.id, name: outlet.enterprise.name },
          operator: outlet.operator,
          kind,
          last: last === undefined ? null : isoOf(last),
          due: dueMs === undefined ? null : dateOf(dueMs),
          state,
          everyDays: value,
          source,
          status,
        }
      }),
    )
    return { items: query.state === undefined ? items : items.filter((item) => item.state === query.state) }
  })
}
