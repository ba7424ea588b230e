import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { BackupRecord } from './backup-file.ts'
import { putFile } from './backup-folder.ts'

test.each(['../outside', 'files/../../outside', '/etc/passwd', 'files/ab/cd/x.sh', 'incoming/1', 'files'])(
  'a file called %s is refused',
  async (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'shanshui-folder-'))
    async function* records(): AsyncGenerator<BackupRecord> {
      yield { kind: 'rows', bytes: Buffer.from('x') }
      yield { kind: 'end', table: { name, rows: 0, bytes: 1, sha256: '' } }
    }
    await expect(putFile(join(folder, 'evidence'), name, records())).rejects.toMatchObject({
      code: 'backup.damaged',
    })
    expect(existsSync(join(folder, 'outside'))).toBe(false)
    rmSync(folder, { recursive: true })
  },
)
