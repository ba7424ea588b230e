/** Numbers that inspections go by; each is a row with its source and how far it is confirmed. */
import type { InspectionSetting } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Queryable } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import type { NumberStatus, SettingRow } from './inspection.table.ts'
import type { InspectionRoomDeps } from './inspection-doors.ts'
import { selectSettings, updateSetting } from './setting.repository.ts'

export interface Settings {
  number(key: string): number
  row(key: string): SettingRow
}

/** Every setting; asking for one that does not exist is a fault of this program. */
export async function readSettings(q: Queryable): Promise<Settings> {
  const byKey = new Map((await selectSettings(q)).map((row) => [row.key, row]))
  const row = (key: string): SettingRow => {
    const found = byKey.get(key)
    if (found === undefined) throw new Error(`no setting of inspections ${key}`)
    return found
  }
  return { row, number: (key) => row(key).value }
}

export async function listSettings(
  deps: InspectionRoomDeps,
  actor: Actor,
): Promise<{ items: InspectionSetting[] }> {
  return deps.db.asActor(actor, async (trx) => ({ items: await selectSettings(trx) }))
}

/** Errors: `inspection.setting-unknown`. */
export async function putSetting(
  deps: InspectionRoomDeps,
  actor: Actor,
  key: string,
  change: { value: number; source: string; status: NumberStatus },
): Promise<InspectionSetting> {
  return deps.db.asActor(actor, async (trx) => {
    const row = await updateSetting(trx, key, { ...change, by: actor.userId, atMs: deps.clock.now() })
    if (row === undefined) throw new AppError('inspection.setting-unknown', { detail: `没有参数 ${key}` })
    await recordAudit(trx, actor, 'inspection.setting-changed', `inspection-setting:${key}`, change)
    return row
  })
}
