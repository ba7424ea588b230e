/** Evidence on the disk: `evidence/ab/cd/abcd…`, written whole or not at all. */
import { constants, createReadStream } from 'node:fs'
import { copyFile, link, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { AppError } from '../../../platform/errors.ts'
import type { ByteRange, EvidenceStore } from './store.ts'

const hexHash = /^[0-9a-f]{64}$/

/** Path of a file in the store. @throws Error for what is no hash: nothing else may become a path */
export function storedPath(folder: string, sha256: string): string {
  if (!hexHash.test(sha256)) throw new Error('not a SHA-256')
  return join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
}

/** What a directory says is durable only when the directory itself has been synced. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function makeFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 })
  // Every new level stands in the one above it.
  for (let at = folder; made !== undefined && at.length >= made.length; at = dirname(at))
    await syncFolder(dirname(at))
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined
    throw error
  }
}

/** A second name for the same bytes; a copy where the file system knows no links. */
async function duplicate(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
  } catch {
    await copyFile(from, to, constants.COPYFILE_EXCL)
  }
  const handle = await open(to, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

let serial = 0

export function diskStore(folder: string): EvidenceStore {
  const unavailable = (error: unknown) =>
    new AppError('evidence.store-unavailable', {
      detail: `数据目录：${error instanceof Error ? error.message.replaceAll(folder, 'evidence') : ''}`,
      cause: error,
    })
  return {
    async put(file, sha256, bytes) {
      const target = storedPath(folder, sha256)
      try {
        if ((await sizeOf(target)) === bytes) return
        await makeFolder(dirname(target))
        serial++
        const draft = `${target}.${process.pid}.${serial}.part`
        try {
          await duplicate(file, draft)
          await rename(draft, target)
          await syncFolder(dirname(target))
        } finally {
          await rm(draft, { force: true })
        }
      } catch (error) {
        throw unavailable(error)
      }
    },
    async open(sha256, range?: ByteRange): Promise<Readable> {
      const path = storedPath(folder, sha256)
      // Opened here, so that a missing file is an answer and not a broken one.
      const handle = await open(path, 'r').catch((error: unknown) => {
        throw unavailable(error)
      })
      return createReadStream(path, { fd: handle, ...range })
    },
    size: (sha256) => sizeOf(storedPath(folder, sha256)),
  }
}
