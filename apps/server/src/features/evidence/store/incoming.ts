/** Unfinished uploads on the disk: `incoming/<upload>.part`, each piece durable before its offset is acknowledged. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder } from './disk-store.ts'

export interface Incoming {
  readonly folder: string
  path(uploadId: number): string
  /** Writes a piece at its place and waits for the disk; a piece that was half written before is overwritten. */
  write(uploadId: number, offset: number, piece: Uint8Array): Promise<void>
  /** Cuts off what lies beyond the acknowledged bytes. */
  cut(uploadId: number, bytes: number): Promise<void>
  remove(uploadId: number): Promise<void>
  /** Moves a file to where nothing is served from. */
  quarantine(uploadId: number, sha256: string): Promise<void>
  /** Uploads that have a file here and were last written so long ago, by the clock of the file system. */
  idleFor(ms: number): Promise<number[]>
}

const partName = /^(\d+)\.part$/

export function openIncoming(evidenceFolder: string): Incoming {
  const folder = join(evidenceFolder, 'incoming')
  const quarantined = join(evidenceFolder, 'quarantine')
  const path = (uploadId: number) => join(folder, `${uploadId}.part`)
  return {
    folder,
    path,
    async write(uploadId, offset, piece) {
      if (offset === 0) await mkdir(folder, { recursive: true, mode: 0o700 })
      const handle = await open(path(uploadId), offset === 0 ? 'w' : 'r+', 0o600)
      try {
        for (let done = 0; done < piece.length; ) {
          const { bytesWritten } = await handle.write(piece, done, piece.length - done, offset + done)
          done += bytesWritten
        }
        await handle.sync()
      } finally {
        await handle.close()
      }
      if (offset === 0) await syncFolder(folder)
    },
    async cut(uploadId, bytes) {
      const handle = await open(path(uploadId), 'r+')
      try {
        await handle.truncate(bytes)
        await handle.sync()
      } finally {
        await handle.close()
      }
    },
    remove: (uploadId) => rm(path(uploadId), { force: true }),
    async quarantine(uploadId, sha256) {
      await mkdir(quarantined, { recursive: true, mode: 0o700 })
      await rename(path(uploadId), join(quarantined, sha256))
    },
    async idleFor(ms) {
      const beforeMs = Date.now() - ms
      const names = await readdir(folder).catch(() => [])
      const idle: number[] = []
      for (const name of names) {
        const id = partName.exec(name)?.[1]
        if (id === undefined) continue
        const found = await stat(join(folder, name)).catch(() => undefined)
        if (found !== undefined && found.mtimeMs < beforeMs) idle.push(Number(id))
      }
      return idle
    },
  }
}

/** SHA-256 of a stream of bytes, and how many they are. */
export async function hashOf(bytes: AsyncIterable<Uint8Array>): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256')
  let count = 0
  for await (const piece of bytes) {
    hash.update(piece)
    count += piece.length
  }
  return { sha256: hash.digest('hex'), bytes: count }
}

export const hashOfFile = (file: string) => hashOf(createReadStream(file, { highWaterMark: 1 << 20 }))
