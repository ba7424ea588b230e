/** Settings of the judgement: shown with their source, changed with a reason; a change judges everything again. */
import type { SourceSetting } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { queueEverything } from './dirty.repository.ts'
import { replaceSetting, type SettingRow, settingRows } from './setting.repository.ts'

type SettingDeps = Pick<Deps, 'db' | 'clock'>

const present = ({ least: _, most: __, ...row }: SettingRow): SourceSetting => row

export async function listSettings(deps: SettingDeps, actor: Actor): Promise<{ items: SourceSetting[] }> {
  return { items: (await deps.db.asActor(actor, settingRows)).map(present) }
}

/** @throws `source.setting-unknown`, `source.setting-invalid`, `request.changed-meanwhile` */
export async function changeSetting(
  deps: SettingDeps,
  actor: Actor,
  key: string,
  body: Pick<SourceSetting, 'value' | 'source' | 'status' | 'version'> & { reason: string },
): Promise<SourceSetting> {
  return deps.db.transaction(async (trx) => {
    const before = (await settingRows(trx)).find((row) => row.key === key)
    if (before === undefined) throw new AppError('source.setting-unknown', { detail: key })
    if (body.value < before.least || body.value > before.most)
      throw new AppError('source.setting-invalid', {
        detail: `${before.title}为 ${body.value}，应在 ${before.least} 至 ${before.most} 之间`,
      })
    if (!(await replaceSetting(trx, key, body, actor.userId, deps.clock.now())))
      throw new AppError('request.changed-meanwhile', { detail: `版本 ${before.version}` })
    await queueEverything(trx, null, `判定参数“${before.title}”变更`)
    await recordAudit(trx, actor, 'source.setting-changed', `source-setting:${key}`, {
      before: before.value,
      after: body.value,
      reason: body.reason,
    })
    const after = (await settingRows(trx)).find((row) => row.key === key)
    return present(after ?? before)
  })
}
