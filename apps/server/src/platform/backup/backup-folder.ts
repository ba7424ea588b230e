/** Files of the data folder in a backup: written whole or not at all, and never outside the folder. */
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../errors.ts'
import type { BackupRecord } from './backup-file.ts'

/** What is on its way in, or can be made again, is left out. */
const kept = ['files', 'quarantine']
const safeName = /^(files|quarantine)(\/[0-9a-f]+)+$/

/** Names below the folder, in order; none when there is no folder. */
export async function keptFiles(folder: string): Promise<string[]> {
  const names: string[] = []
  for (const part of kept) {
    const entries = await readdir(join(folder, part), { recursive: true, withFileTypes: true }).catch(
      () => [],
    )
    for (const entry of entries) {
      const name = join(entry.parentPath, entry.name).slice(folder.length + 1)
      if (entry.isFile() && safeName.test(name)) names.push(name)
    }
  }
  return names.sort()
}

/** Takes the bytes of one file from the records and puts it in its place; returns how many. Errors: `backup.damaged`. */
export async function putFile(
  folder: string,
  name: string,
  records: AsyncGenerator<BackupRecord>,
): Promise<number> {
  if (!safeName.test(name)) throw new AppError('backup.damaged', { detail: `文件名“${name.slice(0, 80)}”` })
  const path = join(folder, name)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.restore`
  const handle = await open(draft, 'w', 0o600)
  let bytes = 0
  try {
    for (;;) {
      const next = await records.next()
      if (next.done === true) throw new AppError('backup.damaged', { detail: `文件 ${name} 没有结束` })
      if (next.value.kind === 'end') break
      if (next.value.kind !== 'rows') throw new AppError('backup.damaged', { detail: `文件 ${name} 中断` })
      await handle.writeFile(next.value.bytes)
      bytes += next.value.bytes.length
    }
    await handle.sync()
  } catch (error) {
    await handle.close()
    await rm(draft, { force: true })
    throw error
  }
  await handle.close()
  await rename(draft, path)
  return bytes
}
