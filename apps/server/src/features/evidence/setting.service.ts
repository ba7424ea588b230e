/** Tolerances of the comparison: shown with their source, changed with a reason. They judge what comes after. */
import type { EvidenceSetting } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Queryable } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { replaceSetting, type SettingRow, settingRows } from './setting.repository.ts'
import type { Tolerance } from './verdict.ts'

const present = ({ least: _, most: __, ...row }: SettingRow): EvidenceSetting => row

/** @throws Error for a name that no migration made: a mistake in the program */
export async function readTolerance(q: Queryable): Promise<Tolerance> {
  const values = new Map((await settingRows(q)).map((row) => [row.name, row.value]))
  const number = (name: string): number => {
    const value = values.get(name)
    if (value === undefined) throw new Error(`no setting ${name}`)
    return value
  }
  return {
    timeMinutes: number('time.minutes'),
    placeMetres: number('place.metres'),
    deviceMetres: number('device.metres'),
  }
}

export async function listSettings(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
): Promise<{ items: EvidenceSetting[] }> {
  return { items: (await deps.db.asActor(actor, settingRows)).map(present) }
}

/** @throws AppError `evidence.setting-unknown`, `evidence.setting-invalid`, `request.changed-meanwhile` */
export async function changeSetting(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  name: string,
  body: { value: number; version: number; reason: string },
): Promise<EvidenceSetting> {
  return deps.db.transaction(async (trx) => {
    const before = (await settingRows(trx)).find((row) => row.name === name)
    if (before === undefined) throw new AppError('evidence.setting-unknown', { detail: name })
    if (body.value < before.least || body.value > before.most)
      throw new AppError('evidence.setting-invalid', {
        detail: `${before.title}为 ${body.value}，应在 ${before.least} 至 ${before.most} 之间`,
      })
    const change = { value: body.value, version: body.version, by: actor.userId, atMs: deps.clock.now() }
    if (!(await replaceSetting(trx, name, change)))
      throw new AppError('request.changed-meanwhile', { detail: `版本 ${before.version}` })
    await recordAudit(trx, actor, 'evidence.setting-changed', `evidence-setting:${name}`, {
      before: before.value,
      after: body.value,
      reason: body.reason,
    })
    return { ...present(before), value: body.value, version: before.version + 1 }
  })
}
