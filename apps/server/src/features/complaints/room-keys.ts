/** The keys of a running server: opened once, and only made where nothing has been sealed yet. */
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import { sealedWith } from './complainant.repository.ts'
import { type Keys, keyFileName, makeKeys, readKeys } from './sealing.ts'

type KeyDeps = Pick<Deps, 'db' | 'config' | 'log'>

/**
 * A lost file is not replaced: whoever restores it later would find some persons under the one key and some under the
 * other, and nobody would have noticed the loss. A failed opening is tried again.
 * Errors: `complaint.key-missing`.
 */
export function keysOnFirstUse(deps: KeyDeps): () => Promise<Keys> {
  let opened: Promise<Keys> | undefined
  return () => {
    opened ??= open(deps).catch((error: unknown) => {
      opened = undefined
      throw error
    })
    return opened
  }
}

async function open({ db, config, log }: KeyDeps): Promise<Keys> {
  const used = await sealedWith(db.pool)
  const keys = readKeys(config.dataDir)
  const missing = used.filter((id) => keys?.ids.includes(id) !== true)
  if (missing.length > 0) {
    log.error(
      { event: 'complainants.key-missing', missing },
      'keys that seal complainants are not in the key file',
    )
    throw new AppError('complaint.key-missing', {
      detail: `已有举报人信息由密钥 ${missing.join('、')} 加密，但 ${keyFileName} 中没有；请从备份恢复该文件`,
    })
  }
  if (keys !== undefined) return keys
  log.warn(
    { event: 'complainants.key-made', file: keyFileName },
    'made the key of the complainants: keep a copy of it',
  )
  return makeKeys(config.dataDir)
}
