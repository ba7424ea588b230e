/**
 * Small pictures, made when somebody first looks and kept beside the evidence. Decoding runs in the library's own
 * threads. A picture that unpacks to more than the limit is not decoded: a file of kilobytes can claim gigapixels.
 */
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import sharp from 'sharp'
import { AppError } from '../../platform/errors.ts'
import { storedPath } from './store/disk-store.ts'
import type { EvidenceStore } from './store/store.ts'

const thumbnailPixels = 320
/** About the largest camera there is (150 megapixels); the library's default would allow 268. */
export const largestPixels = 160_000_000
const largestFileBytes = 128 * 1_048_576
/** HEIC is not among what the prebuilt library decodes (patents on HEVC). */
const decodable = new Set(['image/jpeg', 'image/png', 'image/webp'])

export const hasThumbnail = (file: { readonly media_type: string; readonly bytes: number }): boolean =>
  decodable.has(file.media_type) && file.bytes <= largestFileBytes

// One thread a picture: two cores have other work to do, and many pictures are asked for at once.
sharp.concurrency(1)
sharp.cache(false)

/** At most so many are decoded at a time; the others wait. */
const atOnce = 2
let running = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) await new Promise<void>((go) => waiting.push(go))
  running++
  try {
    return await work()
  } finally {
    running--
    waiting.shift()?.()
  }
}

/** Small picture as WebP without the metadata of the original. */
async function shrink(picture: Buffer): Promise<Buffer> {
  try {
    return await sharp(picture, { limitInputPixels: largestPixels, failOn: 'error', sequentialRead: true })
      .rotate()
      .resize(thumbnailPixels, thumbnailPixels, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 70 })
      .toBuffer()
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : ''
    throw new AppError('evidence.no-thumbnail', { detail: `不能解码：${reason}`, cause: error })
  }
}

/** The small picture of a stored file, made on the first look. Errors: `evidence.no-thumbnail`. */
export async function thumbnailOf(
  store: EvidenceStore,
  folder: string,
  file: { readonly sha256: string; readonly media_type: string; readonly bytes: number },
): Promise<Buffer> {
  if (!hasThumbnail(file)) throw new AppError('evidence.no-thumbnail', { detail: file.media_type })
  const path = `${storedPath(folder, file.sha256)}.webp`
  const kept = await readFile(path).catch(() => undefined)
  if (kept !== undefined) return kept
  const made = await inTurn(async () => {
    const pieces: Buffer[] = []
    for await (const piece of await store.open(file.sha256)) pieces.push(piece as Buffer)
    return shrink(Buffer.concat(pieces))
  })
  await keep(path, made)
  return made
}

let serial = 0

/** A thumbnail that cannot be kept is made again the next time. */
async function keep(path: string, bytes: Buffer): Promise<void> {
  const draft = `${path}.${process.pid}.${serial++}.part`
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const handle = await open(draft, 'wx', 0o600)
    await handle.writeFile(bytes)
    await handle.close()
    await rename(draft, path)
  } catch {
    await rm(draft, { force: true })
  }
}
